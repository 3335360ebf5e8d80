# SPDX-License-Identifier: GPL-2.0-or-later
# processes by name; digests
cd /tmp
echo one > a; echo two > b; printf 'x\ny\nz\n' > c
sleep 2.77 &
sleep 78 &
p=$(pgrep -f "sleep 2.77" | head -1)
[ "$p" = "$(pgrep -o -x sleep)" ] && echo oldest
pgrep -x -a sleep | cut -d' ' -f2-
pgrep -l slee | cut -d' ' -f2
pgrep -c sleep
pgrep -d, sleep | tr -d 0-9
pidof sleep | wc -w
pkill -f "sleep 78"
sleep 0.1
pgrep -c -x sleep
wait 2>/dev/null
pidof sleep
echo $?
sleep 50 &
killall sleep
sleep 0.1
killall sleep
killall -q sleep
echo $?
/bin/kill 99999
/bin/kill -l 9
/bin/kill -l TERM
echo 5 | xargs -n1 true
kill -l 9
kill -l TERM
/bin/kill -l 9
/bin/kill 99999
/bin/kill -9 abc
/bin/kill -s KILL 99999
pgrep
pgrep nosuchxx
pgrep -c nosuchxx
pkill
pkill nosuchxx
killall nosuchxx
pidof nosuchxx
md5sum a b
md5sum nosuch
md5sum a > s
md5sum -c s
echo x >> a
md5sum -c s
sha256sum a
sha1sum < b
sha512sum b | cut -c1-20
base64 nosuch
base64 -w 4 c
base64 c
echo '!!' > f
base64 -d f
echo aGVsbG8K | base64 -d
seq 100 | base64 | md5sum
seq 1 100 | base64 | base64 -d | tail -1
# comm looks at the order once the files differ, or as it is told
printf 'a\nb\nc\nz\n' > cx; printf 'a\nB\nc\nd\n' > cy; printf 'b\na\n' > cu
comm cx cy; comm --check-order cx cy; comm --nocheck-order cx cu; comm cu cu; comm -3 cu cx
yes a b | head -2
