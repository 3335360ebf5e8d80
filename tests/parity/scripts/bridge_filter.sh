# SPDX-License-Identifier: GPL-2.0-or-later
# bridged packets and the FORWARD chain
ip link add br0 type bridge
ip link set br0 up
for i in 1 2; do
	ip netns add h$i
	ip link add p$i type veth peer name eth0 netns h$i
	ip link set p$i master br0
	ip link set p$i up
	ip -n h$i addr add 10.0.0.$i/24 dev eth0
	ip -n h$i link set eth0 up
done
sleep 1.2
iptables -P FORWARD DROP
ip netns exec h1 ping -c 1 -W 1 10.0.0.2
iptables -L FORWARD -n -v
sysctl net.bridge.bridge-nf-call-iptables
sysctl -w net.bridge.bridge-nf-call-iptables=0
ip netns exec h1 ping -c 1 -W 1 10.0.0.2
sysctl -w net.bridge.bridge-nf-call-iptables=1
iptables -A FORWARD -m physdev --physdev-in p1 -j ACCEPT
iptables -A FORWARD -m physdev --physdev-is-bridged -i br0 -j ACCEPT
ip netns exec h1 ping -c 1 -W 1 10.0.0.2
iptables -L FORWARD -n -v
