# SPDX-License-Identifier: GPL-2.0-or-later
# grep -P: what is looked back at, \K, words, mistakes
printf '    inet 10.0.0.1/24 brd 10.0.0.255 scope global v0\nlink/ether 02:00:00:00:00:01\nnothing\n' > f
grep -oP '(?<=inet )[\d.]+/\d+' f
grep -oP 'inet \K[\d.]+' f
grep -P '\binet\b' f
grep -cP '\d+' f
grep -vP '\d' f
grep -P -o '[0-9a-f]{2}(?=:)' f
grep -oP '^\s*inet \K\S+' f
grep -oPi 'LINK/(\w+)' f
grep -P '(' f; echo $?
grep -P 'a**' f; echo $?
grep -P '[' f; echo $?
grep -P '(?<=a+)b' f; echo $?
grep -P '\' f; echo $?
grep -wP 'inet' f
grep -xP 'nothin.' f
grep -P -e a -e b f; echo $?
grep -P nosuch f; echo $?
grep -nP '^l' f
echo aXbX | grep -oP 'X'
echo abc | grep -oP 'x*'; echo $?
echo 'time=1.23 ms' | grep -oP 'time=\K[0-9.]+'
echo 'a.b' | grep -P '\Qa.b\E'
echo abcabc | grep -oP '^abc'
grep --perl-regexp -o '\d+\.\d+' f
