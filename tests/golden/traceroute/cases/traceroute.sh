for n in red r blue; do ip netns add $n; ip netns exec $n ip link set lo up; done
ip link add va netns red type veth peer name vr0 netns r
ip link add vb netns blue type veth peer name vr1 netns r
ip -n red addr add 10.0.1.2/24 dev va
ip -n red link set va up
ip -n r addr add 10.0.1.1/24 dev vr0
ip -n r link set vr0 up
ip -n r addr add 10.0.2.1/24 dev vr1
ip -n r link set vr1 up
ip netns exec r sysctl -qw net.ipv4.ip_forward=1 net.ipv4.icmp_ratelimit=0
ip netns exec blue sysctl -qw net.ipv4.icmp_ratelimit=0
ip -n blue addr add 10.0.2.2/24 dev vb
ip -n blue link set vb up
ip -n red route add default via 10.0.1.1
ip -n blue route add default via 10.0.2.1
# the pause lets routers send their ICMP errors again
r() { sleep 1; echo "\$ $*"; ip netns exec red "$@" > /run/out 2> /run/err < /dev/null; rc=$?; cat /run/out; sed 's/^/2> /' /run/err; echo "= $rc"; }
sleep 1.5
r traceroute -n -q 1 -N 1 10.0.2.2
r traceroute -n 10.0.2.2
r traceroute 10.0.2.2
r traceroute -I 10.0.2.2
r traceroute -T 10.0.2.2
r traceroute -T -p 81 -n -q 1 -N 1 10.0.2.2
r traceroute -U -n -q 1 -N 1 10.0.2.2
r traceroute -nI -q1 -N1 10.0.2.2
r traceroute -n 10.0.2.2 100
r traceroute -n -F 10.0.2.2 2000
r traceroute -n -F 10.0.2.2 1500
r traceroute -n 10.0.2.2 3000
r traceroute -I -n 10.0.2.2 3000
r traceroute -n -f 2 10.0.2.2
r traceroute -n -N 100 10.0.2.2
r traceroute -n -s 10.0.1.2 10.0.2.2
r traceroute -n -i va 10.0.2.2
r traceroute -n -i lo -q1 -w 1 -m 2 10.0.2.2
r traceroute -n --back 10.0.2.2
r traceroute -n -t 16 10.0.2.2
r traceroute -n -z 0.05 10.0.2.2
r traceroute -n --sport=5000 10.0.2.2
r traceroute -n -r 10.0.2.2
r traceroute -n -d 10.0.2.2
r traceroute -n --fwmark=3 10.0.2.2
r traceroute -M icmp -n 10.0.2.2
r traceroute -n -I -p 5 10.0.2.2
r traceroute localhost
r traceroute alpha
r traceroute -n 10.0.1.2
r traceroute -n 10.9.9.9
r traceroute -n 10.0.1.255
r traceroute -n -w 1 -m 2 224.0.0.1
r traceroute -n 10.0.2.77
r traceroute -n -I -N 1 -q 2 10.0.2.78
r traceroute -n -N 1 -q 2 -w 1.5 -m 3 10.0.2.79
r traceroute -n -N 1 -q 1 10.0.1.99
ip -n r route add prohibit 10.0.3.0/24
ip -n r route add unreachable 10.0.4.0/24
ip -n r route add blackhole 10.0.5.0/24
r traceroute -n 10.0.3.1
r traceroute -n 10.0.4.1
r traceroute -n -w 1 -q 1 -m 4 10.0.5.1
r traceroute -n -w 1 -q 2 -N 1 -m 2 10.0.5.1
for w in icmp-net-unreachable icmp-proto-unreachable icmp-port-unreachable icmp-admin-prohibited icmp-net-prohibited icmp-host-prohibited; do
	ip netns exec r iptables -F
	ip netns exec r iptables -A FORWARD -d 10.0.2.2 -j REJECT --reject-with $w
	r traceroute -n 10.0.2.2
	r traceroute -n -I 10.0.2.2
done
ip netns exec r iptables -F
ip netns exec r iptables -A FORWARD -d 10.0.2.2 -j DROP
r traceroute -n -m 3 -w 0.5 10.0.2.2
ip netns exec r iptables -F
ip netns exec red iptables -A OUTPUT -d 10.0.2.2 -j DROP
r traceroute -n 10.0.2.2
r traceroute -n -I 10.0.2.2
r traceroute -n -T 10.0.2.2
ip netns exec red iptables -F
ip -n red route del default
r traceroute -n 10.0.2.2
r traceroute -I -n 10.0.2.2
