# peer wrong ns
ip netns add left
ip netns add right
ip netns add other
ip link add l0 type veth peer name r0
ip link set l0 netns left
ip link set r0 netns other
ip -n left addr add 10.0.9.1/24 dev l0
ip -n right addr add 10.0.9.2/24 dev r0
ip -n left link set l0 up
ip -n right link set r0 up
ip netns exec left ping -c 2 -W 1 10.0.9.2
