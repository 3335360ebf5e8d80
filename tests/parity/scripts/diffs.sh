# SPDX-License-Identifier: GPL-2.0-or-later
# diff
cd /tmp
echo one > a; echo two > b; printf 'x\ny\nz\n' > c; printf 'x\nY\nz\nw\n' > d; printf 'x\ny' > e
diff a b
diff c d
diff a a
diff -s a a
diff -q a b
diff --brief a a
diff -u a b | tail -n +3
diff -u c d | tail -n +3
diff -U1 c d | tail -n +3
diff -U0 c d | tail -n +3
diff c e
diff -u c e | tail -n +3
diff -i c d
diff -w a b
diff a nosuch
diff a
diff a b c
diff -N a nosuch
diff c /dev/null
diff /dev/null c
diff - a < b
seq 1 30 > s1
seq 1 30 | sed '5d; 6s/6/six/; 15a extra' > s2
diff s1 s2
diff -u s1 s2 | tail -n +3
seq 1 30 | sed '2s/2/two/; 28d' > s3
diff -u s1 s3 | tail -n +3
diff -u s1 s3 | head -2 | cut -f1
printf 'a  b\nc\n' > w1; printf 'a b\n\nc\n' > w2
diff -b w1 w2
diff -bB w1 w2; echo $?
diff -w w1 w2
printf 'lo UP\neth0 DOWN\n' > i1; printf 'lo UP\neth0 UP\neth1 UP\n' > i2
diff i1 i2
diff <(echo same) <(echo same) && echo equal
diff <(printf '1\n2\n3\n4\n') <(printf '2\n3\n4\n5\n')
diff <(printf 'a\nb\na\nb\n') <(printf 'b\na\n')
