# SPDX-License-Identifier: GPL-2.0-or-later
# A bridge that put fragments together for conntrack cuts them again and leaves IP options in each
# as they were in the first; not when they came bigger than the bridge's own MTU, that of its smallest port.
ip netns add red
ip netns add blue
ip link add br0 type bridge
ip link set br0 up
for n in red:1 blue:2; do ip link add eth0 netns ${n%:*} type veth peer name p-${n%:*}; ip link set p-${n%:*} master br0; ip link set p-${n%:*} up; ip -n ${n%:*} addr add 10.0.0.${n#*:}/24 dev eth0; ip -n ${n%:*} link set eth0 up; ip -n ${n%:*} link set lo up; done
sysctl -w net.bridge.bridge-nf-call-iptables=1
iptables -A FORWARD -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT
sleep 1.2
ip netns exec red ping -c 1 -W 1 -s 2000 -R 10.0.0.2
iptables -nvL FORWARD
ip -n blue -s link show eth0
ip link add vx type veth peer name vy
ip link set vx mtu 1400 master br0
ip netns exec red ping -c 1 -W 0.4 -s 2000 10.0.0.2
ip netns exec red ping -c 1 -W 0.4 -s 1300 10.0.0.2
ip -s link show p-red
