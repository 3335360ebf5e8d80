# SPDX-License-Identifier: GPL-2.0-or-later
# record route and timestamps: ping -R, ping -T
ip netns add red
ip netns add r
ip netns add blue
ip link add red0 type veth peer name r0
ip link add blue0 type veth peer name r1
ip link set red0 netns red
ip link set r0 netns r
ip link set blue0 netns blue
ip link set r1 netns r
ip -n red addr add 10.0.1.2/24 dev red0
ip -n r addr add 10.0.1.1/24 dev r0
ip -n r addr add 10.0.2.1/24 dev r1
ip -n blue addr add 10.0.2.2/24 dev blue0
for n in red r blue; do ip -n $n link set lo up; done
ip -n red link set red0 up
ip -n r link set r0 up
ip -n r link set r1 up
ip -n blue link set blue0 up
ip -n red route add default via 10.0.1.1
ip -n blue route add default via 10.0.2.1
ip netns exec r sysctl -w net.ipv4.ip_forward=1
sleep 1.2
ip netns exec red ping -c 2 -i 0.2 -R 10.0.2.2
ip netns exec red ping -c 1 -R 10.0.1.2
ip netns exec red ping -c 1 -R 10.0.2.1
ip netns exec red ping -c 1 -T tsandaddr 10.0.2.2 | sed 's/[0-9]* absolute/N absolute/; s/\(10[0-9.]*\)\t[0-9]*$/\1 N/'
ip netns exec red ping -c 1 -R -s 3000 10.0.2.2
ip netns exec red ping -c 1 -R -s 1472 10.0.2.2
ip netns exec red ping -c 1 -R -t 1 10.0.2.2
ip netns exec red ping -c 1 -R -W 0.5 10.0.9.9
ip netns exec red ping -R -T tsonly 10.0.2.2
ip netns exec red ping -c 1 -q -R 10.0.2.2
ip netns exec red ping -c 1 -f -R 10.0.2.2
ip netns exec r iptables -t nat -A POSTROUTING -o r1 -j MASQUERADE
ip netns exec red ping -c 1 -R 10.0.2.2
ip netns exec r conntrack -L
ip -n r link set r1 mtu 1000
ip netns exec red ping -c 1 -R -W 0.5 -s 1200 10.0.2.2
ip netns exec red ping -c 1 -R -W 0.5 -M do -s 980 10.0.2.2
ip netns exec r iptables -A FORWARD -j REJECT
ip netns exec red ping -c 1 -R -W 0.5 10.0.2.2
