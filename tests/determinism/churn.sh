# SPDX-License-Identifier: GPL-2.0-or-later
# a script with much of what could come out in another order
ip link add br0 type bridge
ip link set br0 up
ip addr add 10.0.0.254/24 dev br0
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	ip netns add n$i
	ip link add v$i type veth peer name eth0 netns n$i
	ip link set v$i master br0 up
	ip -n n$i addr add 10.0.0.$i/24 dev eth0
	ip -n n$i link set lo up
	ip -n n$i link set eth0 up
	ip -n n$i route add default via 10.0.0.254
done
sleep 2
for i in 1 2 3 4 5 6 7 8 9 10 11; do
	ip netns exec n$i ping -c 2 -i 0.3 10.0.0.$((i + 1)) &
done
wait
ip netns exec n1 ping -b -c 1 -W 1 10.0.0.255
iptables -N chain1
for i in 1 2 3 4 5; do
	iptables -A chain1 -s 10.0.0.$i -j ACCEPT
	iptables -A FORWARD -d 10.0.$i.0/24 -j chain1
	iptables -t nat -A POSTROUTING -s 10.0.0.$i/32 ! -o br0 -j MASQUERADE
done
iptables-save
ip netns exec n3 ping -c 1 -W 1 10.0.7.7
ip addr
ip route show table all
ip neigh
ip netns
bridge link
bridge fdb
ls /sys/class/net /proc/sys/net/ipv4/conf
cat /proc/net/dev /proc/net/route
for i in 12 3 7; do ip netns del n$i; done
ip -br link
ip -s link show br0
dmesg
date
