# vlan ids differ
ip netns add red
ip netns add blue
ip link add eth0 netns red type veth peer name eth0 netns blue
ip -n red link add link eth0 name eth0.10 type vlan id 10
ip -n blue link add link eth0 name eth0.11 type vlan id 11
ip -n red link set eth0 up
ip -n blue link set eth0 up
ip -n red link set eth0.10 up
ip -n blue link set eth0.11 up
ip -n red link set lo up
ip -n blue link set lo up
ip -n red addr add 10.1.1.1/24 dev eth0.10
ip -n blue addr add 10.1.1.2/24 dev eth0.11
ip netns exec red ping -c 2 -W 1 10.1.1.2
