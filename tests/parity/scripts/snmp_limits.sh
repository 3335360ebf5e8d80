# SPDX-License-Identifier: GPL-2.0-or-later
# errors held back by the limit, and errors about sockets that are gone, are counted
ip netns add a
ip netns add r
ip link add va netns a type veth peer name ra netns r
ip -n a link set lo up
ip -n r link set lo up
ip -n a link set va up
ip -n r link set ra up
ip -n a addr add 10.0.1.1/24 dev va
ip -n r addr add 10.0.1.254/24 dev ra
ip -n a route add default via 10.0.1.254
ip netns exec r sysctl -w net.ipv4.ip_forward=1
ip netns exec r sysctl -w net.ipv4.icmp_ratelimit=60000
ip netns exec a ping -c 1 10.0.1.254
ip -n r route add prohibit 10.0.4.0/24
ip netns exec a ping -c 10 -i 0.02 -W 1 10.0.4.1
ip netns exec r grep Icmp: /proc/net/snmp
ip netns exec r sysctl -w net.ipv4.icmp_ratelimit=0
ip netns exec a ping -c 10 -i 0.02 -W 1 10.0.4.1
ip netns exec r grep Icmp: /proc/net/snmp
ip netns exec a traceroute -n -q 1 -w 1 -m 2 -T -p 80 10.0.4.1 | sed 's/[0-9.]* ms/ms/'
ip netns exec a grep Icmp: /proc/net/snmp
