# SPDX-License-Identifier: GPL-2.0-or-later
# links, permissions, temporary files
cd /tmp
echo hello > f
ln -s /a l
ln -s /a l
ln -sf /b l
ln -sv /b l2
ln -sfn /etc l
ln
ln -s
ln -s a b c
readlink l
[ -L l ] && echo link
[ -L f ] || echo no link
ls -l l | cut -c1-10
ls -l f | cut -c1-24
ls -l | head -1 | cut -c1-5
ls -1F
ls -l /nosuch
chmod
chmod 600
chmod 640 f
stat -c '%a %A %s %F %U %h' f
chmod u+x,go-r f
stat -c %A f
chmod +x f
[ -x f ] && echo runs
chmod a= f
stat -c %a f
chmod 755 f
chmod +x /nosuch
chmod xyz f
stat -c %F /tmp /proc/self/ns/net /dev/null
stat -L -c '%a %F' /proc/self/ns/net
stat /nosuch
t=$(mktemp)
[ -f "$t" ] && echo made ${#t}
d=$(mktemp -d)
[ -d "$d" ] && stat -c %a "$d"
mktemp /tmp/foo
mktemp -d -t abc.XXXX | wc -c
mktemp -u -p /nosuch | cut -c1-12
mktemp -p /nosuch
truncate -s 2K z
stat -c %s z
truncate -s 3 f
cat f; echo
mv f g
ls | grep -v XX | grep "^.$"
mv g /nosuch/g
# what is mounted over is busy; a link is not what it points to
mkdir -p /tmp/mnt/x /tmp/mnt/y; echo hi >/tmp/mnt/x/f
mount --bind /tmp/mnt/x /tmp/mnt/y
rmdir /tmp/mnt/y
mv /tmp/mnt/y /tmp/mnt/z
umount /tmp/mnt/x 2>/dev/null; echo $?
ls /tmp/mnt /tmp/mnt/y
umount /tmp/mnt/y; rmdir /tmp/mnt/y; echo $?
mount -t tmpfs t /tmp/mnt/x; echo 2 >/tmp/mnt/x/two; mount -t tmpfs t /tmp/mnt/x; ls /tmp/mnt/x
umount /tmp/mnt/x; ls /tmp/mnt/x; umount /tmp/mnt/x; ls /tmp/mnt/x
ip netns add busy; rm /run/netns/busy; ip netns del busy; ls /run/netns
ln -s /tmp/mnt/x /tmp/mnt/l; rm -r /tmp/mnt/l; ls /tmp/mnt /tmp/mnt/x
# mv gives another name
cd /tmp/mnt; mkdir d f f/e; touch f/e/in
mv d e; mv e f; mv e f/e/in; mv e e/sub; mv f/e/in e; ls e
ln -s f l; mv l m; readlink m; mv nosuch z
touch q; mv -T q f; mv q nodir/; mv q no/such; mv -v q r; mv r r
rm -r /tmp/mnt; ls /tmp | grep mnt
cat /proc/sys/fs/break-time
