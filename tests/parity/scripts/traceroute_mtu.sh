# SPDX-License-Identifier: GPL-2.0-or-later
# traceroute --mtu: each "too long" makes the probes smaller; -e finds no extensions
ip netns add red
ip netns add r
ip netns add blue
ip link add eth0 netns red type veth peer name r0 netns r
ip link add eth0 netns blue type veth peer name r1 netns r
for n in red r blue; do ip -n $n link set lo up; done
ip -n red link set eth0 up
ip -n blue link set eth0 up
ip -n r link set r0 up
ip -n r link set r1 up
ip -n red addr add 10.0.1.2/24 dev eth0
ip -n r addr add 10.0.1.1/24 dev r0
ip -n r addr add 10.0.2.1/24 dev r1
ip -n blue addr add 10.0.2.2/24 dev eth0
ip -n red route add default via 10.0.1.1
ip -n blue route add default via 10.0.2.1
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip -n r link set r1 mtu 1000
ip -n blue link set eth0 mtu 1000
sleep 1.2
ip netns exec red traceroute -n -q 1 --mtu 10.0.2.2
ip -n red route get 10.0.2.2
ip -n red route flush cache
ip netns exec red traceroute -n -q 1 --mtu -I 10.0.2.2
sleep 2
ip -n red route flush cache
ip netns exec red traceroute -n -q 1 --mtu 10.0.2.2 1200
ip netns exec red traceroute -n -q 1 --mtu 10.0.2.2 500
sleep 4
ip netns exec red traceroute -n -q 1 -e 10.0.2.2
ip netns exec red traceroute -n -q 1 --mtu 10.0.1.1
ip netns exec red traceroute -n -q 1 --mtu 127.0.0.1
