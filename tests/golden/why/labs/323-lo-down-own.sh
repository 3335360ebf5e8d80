# lo down own
ip netns add solo
ip link add e0 netns solo type veth peer name e1
ip link set e1 up
ip -n solo addr add 10.3.3.3/24 dev e0
ip -n solo link set e0 up
ip netns exec solo ping -c 2 -W 1 10.3.3.3
