# two bridges, two cables between them: spanning tree closes one, and opens it again
ip netns add red
ip netns add blue
ip link add br1 type bridge stp_state 1 forward_delay 200
ip link add br2 type bridge stp_state 1 forward_delay 200
ip link add a1 type veth peer name a2
ip link add b1 type veth peer name b2
ip link set a1 master br1
ip link set a2 master br2
ip link set b1 master br1
ip link set b2 master br2
ip link add r0 netns red type veth peer name r1
ip link set r1 master br1
ip link add s0 netns blue type veth peer name s1
ip link set s1 master br2
for i in br1 br2 a1 a2 b1 b2 r1 s1; do ip link set $i up; done
ip -n red addr add 10.0.0.1/24 dev r0
ip -n red link set r0 up
ip -n blue addr add 10.0.0.2/24 dev s0
ip -n blue link set s0 up
sleep 6
bridge link
ip netns exec red ping -c 2 -W 1 10.0.0.2
ip link set a1 down
sleep 6
ip netns exec red ping -c 2 -W 1 10.0.0.2
