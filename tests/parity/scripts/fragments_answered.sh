# SPDX-License-Identifier: GPL-2.0-or-later
# the first fragment is refused before the second leaves; /proc/net/dev lists devices that came with a high number
ip netns add red
ip netns add blue
ip link add to-blue type veth peer name to-red
ip link set to-blue netns red
ip link set to-red netns blue
ip -n red addr add 10.1.0.1/24 dev to-blue
ip -n blue addr add 10.1.0.2/24 dev to-red
ip -n red link set to-blue up
ip -n blue link set to-red up
ip netns exec blue sysctl -w net.ipv4.ip_forward=1
ip -n red route add default via 10.1.0.2
sleep 1.2
ip netns exec red ping -c 1 -W 1 -s 2000 10.2.0.2
ip netns exec red cat /proc/net/dev
ip netns exec red ifconfig to-blue
