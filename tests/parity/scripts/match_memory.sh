# SPDX-License-Identifier: GPL-2.0-or-later
# matches that remember: recent, hashlimit, connlimit, quota
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
sleep 1.2
ip netns exec blue iptables -A INPUT -p icmp -m recent --name p --set
ip netns exec blue iptables -A INPUT -p icmp -m recent --name p --update --seconds 60 --hitcount 4 -j DROP
ip netns exec red ping -c 6 -i 0.2 -W 1 10.0.0.2
ip netns exec blue iptables -L INPUT -n -v
ip netns exec blue cat /proc/net/xt_recent/p | sed 's/last_seen.*//'
ip netns exec blue iptables -F
ip netns exec blue iptables -A INPUT -p icmp -m hashlimit --hashlimit-upto 1/sec --hashlimit-burst 3 --hashlimit-mode srcip --hashlimit-name h -j ACCEPT
ip netns exec blue iptables -A INPUT -p icmp -j DROP
ip netns exec red ping -c 6 -i 0.3 -W 1 10.0.0.2
ip netns exec blue iptables -L INPUT -n -v
ip netns exec blue iptables -F
ip netns exec blue iptables -A INPUT -p icmp -m connlimit --connlimit-above 2 -j REJECT
for i in 1 2 3 4; do ip netns exec red ping -c 1 -W 1 10.0.0.2; done
ip netns exec blue iptables -L INPUT -n -v
ip netns exec blue iptables -F
ip netns exec blue iptables -A INPUT -p icmp -m quota --quota 200 -j ACCEPT
ip netns exec blue iptables -A INPUT -p icmp -j DROP
ip netns exec red ping -c 4 -i 0.1 -W 1 10.0.0.2
ip netns exec blue iptables -L INPUT -n -v
