# vlan pvid differs
ip netns add red
ip netns add blue
ip netns add green
ip link add br0 type bridge
ip link set br0 up
ip link add eth0 netns red type veth peer name p-red
ip link set p-red master br0
ip link set p-red up
ip link add eth0 netns blue type veth peer name p-blue
ip link set p-blue master br0
ip link set p-blue up
ip link add eth0 netns green type veth peer name p-green
ip link set p-green master br0
ip link set p-green up
ip -n red addr add 10.1.1.1/24 dev eth0
ip -n red link set eth0 up
ip -n red link set lo up
ip -n blue addr add 10.1.1.2/24 dev eth0
ip -n blue link set eth0 up
ip -n blue link set lo up
ip -n green addr add 10.1.1.3/24 dev eth0
ip -n green link set eth0 up
ip -n green link set lo up
ip link set br0 type bridge vlan_filtering 1
bridge vlan add dev p-red vid 10 pvid untagged
bridge vlan add dev p-blue vid 20 pvid untagged
ip netns exec red ping -c 2 -W 1 10.1.1.2
