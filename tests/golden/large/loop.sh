# Three routers, each of which sends what it does not know to the next: a packet goes round until its TTL dies, but
# one of a router's own when it comes home: a martian
ip netns add h
for i in 1 2 3; do
	ip netns add r$i
	ip -n r$i link set lo up
done
for i in 1 2 3; do
	n=$((i % 3 + 1))
	ip link add to$n netns r$i type veth peer name from$i netns r$n
	ip -n r$i addr add 10.0.$i.1/24 dev to$n
	ip -n r$n addr add 10.0.$i.2/24 dev from$i
	ip -n r$i link set to$n up
	ip -n r$n link set from$i up
done
ip link add eth0 netns h type veth peer name eth0 netns r1
ip -n h addr add 10.9.0.1/24 dev eth0
ip -n r1 addr add 10.9.0.2/24 dev eth0
ip -n h link set eth0 up
ip -n r1 link set eth0 up
ip -n h route add default via 10.9.0.2
ip -n r2 route add 10.9.0.0/24 via 10.0.1.1
ip -n r3 route add 10.9.0.0/24 via 10.0.3.2
for i in 1 2 3; do
	ip -n r$i route add default via 10.0.$i.2
	ip netns exec r$i sysctl -qw net.ipv4.ip_forward=1
	ip netns exec r$i sysctl -qw net.ipv4.icmp_ratelimit=0
	ip netns exec r$i sh -c 'for f in /proc/sys/net/ipv4/conf/*; do echo 0 >$f/rp_filter; echo 0 >$f/send_redirects; done'
done
sleep 2
counts() {
	for i in 1 2 3; do
		ip netns exec r$i awk -v r=r$i '/^Ip:/ && $2 != "Forwarding" { print r, "forwarded", $7, "died", $5 }' /proc/net/snmp
	done
}
one() {
	ip netns exec $1 ping -n -c1 -W1 $2 203.0.113.9 2>&1 | sed '/^$/d; s/time [0-9]*ms/time Tms/'
	counts
}
for ttl in 1 2 3 4 5 6 63 64 255; do
	echo "ttl $ttl"
	one h "-t $ttl"
done
echo "a router's own"
one r1 "-t 2"
one r1 "-t 3"
one r1 "-t 64"
echo "fragments"
one h "-s 4000"
ip netns exec h traceroute -n -q1 -w1 -m 7 203.0.113.9 | awk 'NR > 1 { print $1, $2 }'
# nothing waits anywhere: the same again
one h
