# SPDX-License-Identifier: GPL-2.0-or-later
# br_netfilter drops a frame bigger than the port it leaves by that must not be cut; without it a few bytes more pass.
ip netns add red
ip netns add blue
ip link add br0 type bridge
ip link set br0 up
for n in red:1 blue:2; do ip link add eth0 netns ${n%:*} type veth peer name p-${n%:*}; ip link set p-${n%:*} master br0; ip link set p-${n%:*} up; ip -n ${n%:*} addr add 10.0.0.${n#*:}/24 dev eth0; ip -n ${n%:*} link set eth0 up; ip -n ${n%:*} link set lo up; done
sysctl -w net.bridge.bridge-nf-call-iptables=1
ip -n red link set eth0 mtu 9000
sleep 1.2
ip netns exec red ping -c 1 -W 0.4 -s 1472 10.0.0.2
ip netns exec red ping -c 1 -W 0.4 -s 1473 10.0.0.2
ip netns exec red ping -c 1 -W 0.4 -s 1477 10.0.0.2
ip netns exec red ping -c 1 -W 0.4 -s 1473 -M dont 10.0.0.2
iptables -P FORWARD ACCEPT
ip netns exec red ping -c 1 -W 0.4 -s 1473 10.0.0.2
sysctl -w net.bridge.bridge-nf-call-iptables=0
ip netns exec red ping -c 1 -W 0.4 -s 1473 10.0.0.2
