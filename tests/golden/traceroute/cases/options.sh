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
r() { echo "\$ $*"; ip netns exec red "$@" > /run/out 2> /run/err < /dev/null; rc=$?; cat /run/out; sed 's/^/2> /' /run/err; echo "= $rc"; }
r traceroute
r traceroute --help
r traceroute -V
r traceroute -n
r traceroute nohost
r traceroute -n -f 5 -m 3 10.0.2.2
r traceroute -m 300 10.0.2.2
r traceroute -q 20 10.0.2.2
r traceroute -q 0 10.0.2.2
r traceroute -p 0x10 -n -m 1 10.0.2.2
r traceroute -s 9.9.9.9 10.0.2.2
r traceroute -I -s 9.9.9.9 10.0.2.2
r traceroute -i nonesuch 10.0.2.2
r traceroute -M foo 10.0.2.2
r traceroute -w x 10.0.2.2
r traceroute -w 1,2,3,4 10.0.2.2
r traceroute -w -1 10.0.2.2
r traceroute -z -1 10.0.2.2
r traceroute -x 10.0.2.2
r traceroute -nx 10.0.2.2
r traceroute -m
r traceroute -m x 10.0.2.2
r traceroute 10.0.2.2 70000
r traceroute 10.0.2.2 x
r traceroute 10.0.2.2 1 2
r traceroute --frob 10.0.2.2
r traceroute --que=2 10.0.2.2
r traceroute --icmp=2 10.0.2.2
r traceroute --queries
r traceroute --queries=
r traceroute --queries 3 10.0.2.2
r traceroute -6 10.0.2.2
r traceroute -m 0 10.0.2.2
r traceroute -f 0 10.0.2.2
r traceroute -s nohost 10.0.2.2
r traceroute "" 
