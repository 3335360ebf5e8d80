# SPDX-License-Identifier: GPL-2.0-or-later
# expr, dumps of bytes, dd, cmp, column, comm
cd /tmp
echo one > a; echo two > b; printf 'x\ny\nz\n' > c; printf 'x\nY\nz\nw\n' > d; printf 'x\ny' > e
printf 'a b c\n11 2 3333\n' > g; printf 'a:b::c\n11:2:x:3333\n' > h
expr
expr 1 +
expr 1 / 0
expr a + 1
expr 5 '>' 3
expr 10 '<' 9
expr abc '<' abd
expr abc : b
expr abc : 'a\(.\)c'
expr hello : '.*'
expr substr hello 2 3
expr index hello l
expr length hello
expr 0
expr '' '|' x
expr 1 '&' 0
expr \( 1 + 2 \) \* 3
expr 7 % 3 - 10
expr -5 / 2
expr 1 2
expr \( 1
i=0; while [ $i -lt 3 ]; do i=$(expr $i + 1); done; echo $i
od a
od -c c
od -An -tx1 c
od -x c
od -A d -t u1 c
od -A x -t x1z c
od -tx1 -tc c
od -An -td4 c
od -b a
od -N 3 -c c
head -c 40 /dev/zero | od -tx1
od nosuch
xxd c
xxd -p c
xxd -g1 c
xxd -c 4 c
xxd -l 3 c
xxd -r -p <<< 6869
echo 0a0b | xxd -r -p | od -An -tx1
hexdump c
hexdump -C c
hexdump -C e
hexdump -n 3 -C c
hexdump -C /dev/null
head -c 40 /dev/zero | hexdump -C
head -c 4 /dev/zero | xxd
dd if=/dev/zero of=z bs=1k count=4 2>&1 | head -2
wc -c < z
dd if=a of=/nosuch/x
dd if=nosuch
dd foo=1
dd if=z bs=1M count=1 of=/dev/null status=none
dd if=z of=y bs=1000 2>&1 | head -2
dd if=z of=y bs=512 skip=2 count=2 2>&1 | head -2
echo hello | dd bs=1 count=3 2>/dev/null
echo
echo abc | dd of=q conv=notrunc status=none; cat q
dd if=/dev/zero bs=100 count=3 status=noxfer > w; cmp w w && echo same
cmp a b
cmp -s a b; echo $?
cmp a nosuch
cmp c d
cmp c e
cmp e c
cmp a a
cmp /dev/null a
column -t c
column -t g
column -t -s : h
column -t -s : -o ' | ' h
echo 'one two
three' | column -t
comm a b
comm -12 c d
comm -3 c d
comm c c
comm -23 a b
comm
comm a
