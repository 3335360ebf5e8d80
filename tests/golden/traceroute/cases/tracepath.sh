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
sleep 1.5
r tracepath -n 10.0.2.2
r tracepath 10.0.2.2
r tracepath -b -m 1 10.0.2.2
r tracepath -n -l 100 10.0.2.2
r tracepath -n -l 3000 10.0.2.2
r tracepath -n -l 70000 -m 2 10.0.2.2
r tracepath -n -p 5000 10.0.2.2
r tracepath nohost
r tracepath ""
r tracepath
r tracepath -m 0 10.0.2.2
r tracepath -m 300 10.0.2.2
r tracepath -l 5 10.0.2.2
r tracepath -l x 10.0.2.2
r tracepath -V
r tracepath -h
r tracepath -x
r tracepath a b
r tracepath -6 10.0.2.2
r tracepath 10.0.2.2/70000
r tracepath -n 10.0.2.2/7000
r tracepath -n 127.0.0.1
r tracepath localhost
r tracepath -n 10.0.2.77
ip -n r link set vr1 mtu 1300
r tracepath -n 10.0.2.2
r tracepath -n 10.0.2.2
r tracepath -n 10.9.9.9
ip -n r route add prohibit 10.0.3.0/24
ip -n r route add blackhole 10.0.5.0/24
r tracepath -n 10.0.3.1
r tracepath -n -m 2 10.0.5.1
ip netns exec r iptables -A FORWARD -d 10.0.2.2 -j REJECT --reject-with icmp-proto-unreachable
r tracepath -n 10.0.2.2
ip -n red route del default
r tracepath -n 10.0.2.2
