# SPDX-License-Identifier: GPL-2.0-or-later
# find: tests, actions, mistakes
mkdir -p t/a/b t/c; echo x > t/a/one.txt; : > t/a/b/two.TXT; echo y > t/c/three.conf; ln -s a t/link
find t | sort
find t -type f | sort
find t -type d -name 'b'
find t -iname '*.txt' | sort
find t -name '*.txt' -o -name '*.conf' | sort
find t \( -name '*.txt' -o -name '*.conf' \) -a -type f | sort
find t ! -type d | sort
find t -not -name '*.txt' -type f | sort
find t -maxdepth 1 | sort
find t -mindepth 2 -maxdepth 2 | sort
find t -empty
find t -type f -empty -print
find t -name two.TXT -exec echo found {} \;
find t -type f -exec echo f {} {} \; | sort
find t -type f -name 'o*' -exec cat {} +
find t/c t/a -type f -exec wc -l {} + | tail -1
find t -path '*/a/*' | sort
find t -type l
find t -type l,f | sort
find -L t -name one.txt | sort
find t -printf '%f %p %P %d %y\n' | sort
find t -name one.txt -printf '%h|%s|%H|%%|\t|\n'
find t/link -printf '%l\n'
find t -maxdepth 0 -printf '[%h] [%f] [%P]\n'
find t/ -maxdepth 0 -printf '[%h] [%f] [%P]\n'
find ./t/ -maxdepth 1 -name c
find / -maxdepth 0 -printf '[%h] [%f] [%P]\n'
find /etc -maxdepth 1 -name hosts
find t -type d -name a -prune -o -type f -print
find t -depth -name '*' -type d | sort
find t -name '*.conf' -quit
find t -name '*.conf' -print -quit
find t -print0 | tr '\0' '\n' | sort
find t -newer t/a/one.txt -type f -name nosuch
find nosuch; echo $?
find t nosuch -name c; echo $?
find t -foo; echo $?
find t -name; echo $?
find t -type x; echo $?
find t -type; echo $?
find t -maxdepth x; echo $?
find t -exec echo; echo $?
find t -name a b; echo $?
find t \( -name a; echo $?
find t \) >o; echo $?; sort o
find t -exec nosuchprog {} \; ; echo $?
find t -name three.conf -exec false {} \; -print; echo $?
find t -name three.conf -exec false {} +; echo $?
find t -newer nosuch; echo $?
find t -type d,; echo $?
cd t/c; find; find . -name 'three*'; cd ../..
find t -name '*.TXT' -delete; find t -name '*.TXT'
find t -delete; ls t
find /proc/sys/net/ipv4 -maxdepth 1 -name 'ip_forward'
find /sys/class/net -name lo
find /proc/sys/net/ipv4/conf/lo -name 'rp_*'
for f in $(find /proc/sys/net/ipv4/conf -name rp_filter); do echo $f $(cat $f); done | grep lo
