# SPDX-License-Identifier: GPL-2.0-or-later
# A frame to the address of a port, which is not the bridge's, begins a flow and is thrown away.
ip netns add red
ip link add br0 type bridge
ip link set br0 address 02:00:00:00:00:99
ip link set br0 up
ip link add p0 address 02:00:00:00:00:03 type veth peer name v0 netns red
ip link set p0 master br0
ip link set p0 up
ip addr add 10.0.0.1/24 dev br0
ip -n red addr add 10.0.0.2/24 dev v0
ip -n red link set v0 up
sysctl -w net.bridge.bridge-nf-call-iptables=1
iptables -t nat -A POSTROUTING -s 10.0.9.0/24 -j MASQUERADE
iptables -A INPUT -p icmp
sleep 1.2
ip -n red neigh add 10.0.0.1 lladdr 02:00:00:00:00:03 dev v0
ip netns exec red ping -c 1 -W 0.3 10.0.0.1
conntrack -L
iptables -nvL INPUT
conntrack -F
ip -n red neigh del 10.0.0.1 dev v0
bridge fdb add 02:00:00:00:00:aa dev br0 self local
ip -n red neigh add 10.0.0.77 lladdr 02:00:00:00:00:aa dev v0
ip netns exec red ping -c 1 -W 0.3 10.0.0.77
conntrack -L
ip netns exec red ping -c 1 -W 0.3 -b 10.0.0.255
conntrack -L
