# name too long
ip netns add red
ip netns add blue
ip link add veth-red-to-blue1 type veth peer name veth-blue
ip link set veth-red-to-blue1 netns red
ip link set veth-blue netns blue
ip -n red addr add 10.1.1.1/24 dev veth-red-to-blue1
ip -n blue addr add 10.1.1.2/24 dev veth-blue
ip -n red link set veth-red-to-blue1 up
ip -n blue link set veth-blue up
ip netns exec red ping -c 2 -W 1 10.1.1.2
