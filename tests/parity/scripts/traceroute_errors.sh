# SPDX-License-Identifier: GPL-2.0-or-later
# an ICMP error that waits on a raw socket does not stop the next probe
ip netns add red
ip netns add blue
ip link add to-red type veth peer name host-red
ip link add to-blue type veth peer name host-blue
ip link set host-red netns red
ip link set host-blue netns blue
ip addr add 10.1.0.1/24 dev to-red
ip addr add 10.2.0.1/24 dev to-blue
ip link set to-red up
ip link set to-blue up
ip -n red addr add 10.1.0.2/24 dev host-red
ip -n red link set host-red up
ip -n red route add default via 10.1.0.1
ip -n blue addr add 10.2.0.2/24 dev host-blue
ip -n blue link set host-blue up
ip -n blue route add default via 10.2.0.1
sysctl -w net.ipv4.ip_forward=1
sleep 1.2
ip netns exec red ping -c 1 -W 1 10.2.0.2
ip netns exec red traceroute -I -n -q 1 -w 0.3 -m 4 10.2.0.2
ip -n blue addr del 10.2.0.2/24 dev host-blue
ip netns exec red traceroute -I -n -q 1 -w 0.3 -m 4 10.2.0.2
ip -s link show to-blue
