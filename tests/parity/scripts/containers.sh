# SPDX-License-Identifier: GPL-2.0-or-later
# a container's network by hand: namespaces of processes, links to them, files they are kept in
unshare --net sleep 100 &
pid=$!
sleep 0.2
ln -s /proc/$pid/ns/net /run/netns/c1
ip netns list
ip link add veth0 type veth peer name ceth0
ip link set ceth0 netns $pid
ip netns exec c1 ip addr add 10.200.0.2/24 dev ceth0
ip netns exec c1 ip link set ceth0 up
nsenter -t $pid -n ip link set lo up
ip addr add 10.200.0.1/24 dev veth0
ip link set veth0 up
sleep 1.2
nsenter --target $pid --net ip -br addr
nsenter -t $pid -n ping -c1 -W1 10.200.0.1
nsenter --net=/run/netns/c1 ip route
nsenter --net=/run/netns/c1 bash -c 'ip -br link; ip route'
ip netns identify $pid
ip netns pids c1 | wc -l
lsns -n -t net -o NSFS,COMMAND | grep -o "sleep 100"
[ "$(readlink /proc/self/ns/net)" = "$(readlink /proc/$$/ns/net)" ] && echo same
[ "$(readlink /proc/self/ns/net)" = "$(readlink /proc/$pid/ns/net)" ] || echo other
kill $pid
wait $pid 2>/dev/null
ip netns exec c1 true
rm /run/netns/c1
# mounted over a file
unshare -n sleep 50 &
p=$!
sleep 0.2
touch /run/netns/x
mount --bind /proc/$p/ns/net /run/netns/x
ls -l /run/netns | cut -c1-12
kill $p
ip netns exec x ip -br link
umount /run/netns/x
umount /run/netns/x
ip netns exec x true
rm -f /run/netns/x
touch /run/netns/y
unshare --net=/run/netns/y true
ip -n y -br link
ip netns del y
ip netns
# names and mounts of their own
unshare -u sh -c 'hostname inside; hostname'
hostname
mkdir -p /etc/netns/z
mkdir /tmp/q
touch /tmp/q/f
unshare -m sh -c 'mount -t tmpfs tmpfs /tmp/q; ls /tmp/q; touch /tmp/q/g; ls /tmp/q'
ls /tmp/q
echo one > /tmp/a
echo two > /tmp/b
unshare -m sh -c 'mount --bind /tmp/a /tmp/b; cat /tmp/b; umount /tmp/b; cat /tmp/b'
# mistakes
mount --bind /proc/99999/ns/net /tmp/q/f
mount --bind /proc/self/ns/net /tmp/q/none
umount /tmp/q/none
umount
mount --bind
mount --bind /proc/self/ns/net /tmp/q
mountpoint /tmp/q
mountpoint /proc
nsenter -t 99999 -n ip link
nsenter -t abc -n ip link
nsenter -n ip link
nsenter --net=/nosuch ip link
nsenter --net=/tmp/q/f ip link
nsenter -t $$ -n nosuch
nsenter -t $$ -n /tmp
nsenter -t $$ -U echo hi
lsns -t foo
lsns 1
readlink /proc/99999/ns/net
