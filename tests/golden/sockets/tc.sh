ip link add va type veth peer name vb
ip link set va up
ip link set vb up
tc qdisc show
tc qdisc add dev va root netem delay 100ms 10ms 25% loss 1% duplicate 2% reorder 5% 50% corrupt 0.1% rate 1mbit limit 100
tc qdisc add dev va root netem delay 1ms
tc qdisc show dev va
tc qdisc replace dev va root netem delay 1500us
tc -s qdisc show dev va
ip -o link show va
tc qdisc del dev va root
tc qdisc del dev va root
tc qdisc change dev va root netem loss 1%
tc qdisc add dev nope root netem delay 1ms
tc qdisc add dev va root netem delay
tc qdisc add dev va root netem loss 200%
tc qdisc foo
tc foo
