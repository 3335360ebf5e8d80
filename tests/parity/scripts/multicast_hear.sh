# SPDX-License-Identifier: GPL-2.0-or-later
# Who hears a group: ping and nc, from the link and from the host itself; loop, TTL, counters, routes.
ip netns add h1
ip netns add h2
ip link add e0 netns h1 type veth peer name e0 netns h2
for i in 1 2; do ip -n h$i link set e0 up; ip -n h$i link set lo up; ip -n h$i addr add 10.0.0.$i/24 dev e0; done
ip netns exec h1 ip route add 224.0.0.0/4 dev e0
ip -n h2 addr add 239.1.1.1/32 dev e0 autojoin
sleep 2.2
ip netns exec h2 sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0
ip netns exec h1 ping -c 2 -i 0.3 -W 1 239.1.1.1
ip netns exec h1 ping -c 1 -W 0.5 239.1.1.9
ip netns exec h1 ping -c 1 -W 0.5 224.0.0.1
ip netns exec h1 ping -c 1 -W 0.5 -t 3 239.1.1.1
ip netns exec h1 ping -c 1 -W 0.5 -L 239.1.1.1
ip netns exec h2 ip route add 224.0.0.0/4 dev e0
ip netns exec h2 ping -c 1 -W 0.5 239.1.1.1
ip netns exec h2 ping -c 1 -W 0.5 224.0.0.1
ip netns exec h2 ping -c 1 -W 0.5 -L 224.0.0.1
ip netns exec h2 sh -c 'timeout 2 nc -u -l -p 5000 > /tmp/got' &
sleep 0.5
echo hello | ip netns exec h1 timeout 1 nc -u -w 1 239.1.1.1 5000
echo other | ip netns exec h1 timeout 1 nc -u -w 1 239.1.1.2 5000
wait
cat /tmp/got
ip netns exec h2 sh -c 'timeout 2 nc -u -l -s 239.1.1.1 -p 5000 > /tmp/got' &
sleep 0.5
echo hello | ip netns exec h1 timeout 1 nc -u -w 1 239.1.1.1 5000
wait
cat /tmp/got
ip netns exec h2 cat /proc/net/netstat | grep IpExt
ip netns exec h1 cat /proc/net/netstat | grep IpExt
ip -n h2 route get 239.1.1.1
ip -n h2 route get 239.1.1.2
ip -n h1 route get 239.1.1.2
ip -n h2 route show table local
