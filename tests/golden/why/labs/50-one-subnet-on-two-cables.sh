# one subnet on two cables
ip netns add s
ip netns add t
ip netns add u
ip link add ea netns s type veth peer name e0 netns t
ip link add eb netns s type veth peer name e0 netns u
for n in s t u; do ip -n $n link set lo up; done
ip -n s addr add 10.5.0.1/24 dev ea
ip -n s addr add 10.5.0.2/24 dev eb
ip -n t addr add 10.5.0.11/24 dev e0
ip -n u addr add 10.5.0.12/24 dev e0
ip -n s link set ea up
ip -n s link set eb up
ip -n t link set e0 up
ip -n u link set e0 up
sleep 1.2
ip netns exec s ping -c 1 -W 4 10.5.0.12
