# SPDX-License-Identifier: GPL-2.0-or-later
# whose an answer is: a SYN/ACK the listener's, a RST the kernel's
ip netns add red
ip netns add blue
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip -n red addr add 10.0.0.1/24 dev veth-red
ip -n blue addr add 10.0.0.2/24 dev veth-blue
ip -n red link set lo up
ip -n blue link set lo up
ip -n red link set veth-red up
ip -n blue link set veth-blue up
ip netns exec blue iptables -A OUTPUT -m owner --socket-exists
ip netns exec blue iptables -A OUTPUT -m owner --uid-owner 0
ip netns exec blue iptables -A OUTPUT -m owner ! --socket-exists
ip netns exec blue iptables -A OUTPUT -m owner ! --uid-owner 0
ip netns exec blue iptables -A OUTPUT -p tcp --tcp-flags SYN,ACK SYN,ACK -m owner --uid-owner 0
sleep 1.2
ip netns exec blue timeout 5 nc -d -l 80 & sleep 0.5; echo hello | ip netns exec red nc -N -w 2 10.0.0.2 80; wait
ip netns exec blue iptables -vnL OUTPUT
ip netns exec red nc -v -z -n -w 1 10.0.0.2 81
ip netns exec blue iptables -vnL OUTPUT
echo x | ip netns exec red nc -u -w 1 10.0.0.2 80
ip netns exec red ping -c 1 10.0.0.2
ip netns exec blue ping -c 1 10.0.0.1
ip netns exec blue iptables -vnL OUTPUT
