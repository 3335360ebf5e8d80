# mask one side
ip netns add n1
ip netns add n2
ip netns add n3
ip link add sw0 type bridge
ip link set sw0 up
ip link add n1eth type veth peer name p1
ip link add n2eth type veth peer name p2
ip link add n3eth type veth peer name p3
ip link set n1eth netns n1
ip link set n2eth netns n2
ip link set n3eth netns n3
ip link set p1 master sw0
ip link set p2 master sw0
ip link set p3 master sw0
ip link set p1 up
ip link set p2 up
ip link set p3 up
ip -n n1 addr add 192.168.77.1/24 dev n1eth
ip -n n2 addr add 192.168.77.2/25 dev n2eth
ip -n n3 addr add 192.168.77.130/24 dev n3eth
ip -n n1 link set lo up
ip -n n2 link set lo up
ip -n n3 link set lo up
ip -n n1 link set n1eth up
ip -n n2 link set n2eth up
ip -n n3 link set n3eth up
ip netns exec n3 ping -c 2 -W 1 192.168.77.2
