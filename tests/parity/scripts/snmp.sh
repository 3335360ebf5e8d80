# SPDX-License-Identifier: GPL-2.0-or-later
# what a namespace counts: /proc/net/snmp after each kind of packet
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
sleep 1.2
ip netns exec red ping -c 1 -W 0.3 10.0.2.2
ip netns exec r sysctl -w net.ipv4.ip_forward=1
ip netns exec red ping -c 2 -i 0.2 10.0.2.2
ip netns exec red ping -c 1 -s 3000 10.0.2.2
ip netns exec red ping -c 1 -t 1 10.0.2.2
ip netns exec red ping -c 1 -W 0.3 10.0.9.9
ip netns exec r ping -c 1 -W 0.3 10.9.9.9
ip -n r link set r1 mtu 1000
ip netns exec red ping -c 1 -W 0.3 -M do -s 1200 10.0.2.2
ip netns exec red ping -c 1 -W 0.3 -s 1200 10.0.2.2
ip netns exec red ping -c 1 -W 0.3 -b 10.0.1.255
ip netns exec red nc -u -n -w 1 10.0.2.2 99 < /dev/null
ip netns exec red sh -c 'echo x | nc -u -n -w 1 10.0.2.2 99'
ip netns exec r sysctl -w net.ipv4.conf.r0.rp_filter=1
ip -n red addr add 10.7.0.1/32 dev lo
ip netns exec red ping -c 1 -W 0.3 -I 10.7.0.1 10.0.2.2
ip netns exec red ping -c 1 127.0.0.1
ip netns exec red ping -c 1 -R 10.0.1.1
for n in red r blue; do ip netns exec $n grep -E '^(Ip|Icmp|IcmpMsg|Udp):' /proc/net/snmp; done
for n in red r blue; do ip netns exec $n grep -E '^IpExt:' /proc/net/netstat; done
for n in red r blue; do ip netns exec $n grep -E '^TcpExt:' /proc/net/netstat | cut -d' ' -f 78-81; done
