# rp filter
ip netns add a
ip netns add b
ip link add x0 netns a type veth peer name x1 netns b
ip link add y0 netns a type veth peer name y1 netns b
for n in a b; do ip -n $n link set lo up; done
ip -n a link set x0 up
ip -n a link set y0 up
ip -n b link set x1 up
ip -n b link set y1 up
ip -n a addr add 10.1.0.1/24 dev x0
ip -n a addr add 10.2.0.1/24 dev y0
ip -n b addr add 10.1.0.2/24 dev x1
ip -n b addr add 10.2.0.2/24 dev y1
ip -n b addr add 10.9.9.9/32 dev lo
ip -n a route add 10.9.9.9 via 10.1.0.2
ip -n b route add 10.1.0.1 via 10.2.0.1
ip netns exec a sysctl -w net.ipv4.conf.all.rp_filter=1
sleep 1.2
ip netns exec a ping -c 2 -W 1 -I 10.1.0.1 10.9.9.9
