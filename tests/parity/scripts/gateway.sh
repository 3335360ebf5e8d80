# SPDX-License-Identifier: GPL-2.0-or-later
# two networks and a host between them
ip netns add a
ip netns add b
ip link add ra type veth peer name eth0 netns a
ip link add rb type veth peer name eth0 netns b
ip addr add 10.1.0.254/24 dev ra
ip addr add 10.2.0.254/24 dev rb
ip -n a addr add 10.1.0.1/24 dev eth0
ip -n b addr add 10.2.0.1/24 dev eth0
for l in ra rb; do ip link set $l up; done
for n in a b; do ip -n $n link set eth0 up; ip -n $n link set lo up; done
sleep 1.2
ip netns exec a ping -c 1 -W 1 10.2.0.1
ip -n a route add default via 10.1.0.254
ip netns exec a ping -c 1 -W 1 10.2.0.1
ip netns exec a ping -c 1 -W 1 10.2.0.254
cat /proc/sys/net/ipv4/ip_forward
echo 1 >/proc/sys/net/ipv4/ip_forward
ip netns exec a ping -c 1 -W 1 10.2.0.1
ip -n b route add 10.1.0.0/24 via 10.2.0.254
ip netns exec a ping -c 1 -W 1 10.2.0.1
ip netns exec a ping -c 1 -W 1 -t 1 10.2.0.1
ip netns exec a ping -c 1 -W 1 10.3.0.1
ip link set rb mtu 1000
ip -n b link set eth0 mtu 1000
ip netns exec a ping -c 1 -W 1 -M do -s 1200 10.2.0.1
ip -n a route get 10.2.0.1
ip netns exec a ping -c 1 -W 1 -s 1200 10.2.0.1
sysctl net.ipv4.ip_forward net.ipv4.conf.ra.forwarding
