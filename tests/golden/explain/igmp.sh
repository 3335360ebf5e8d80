# two members of a group speak IGMPv2: one report is enough, the last who reported says that it leaves
ip netns add red
ip netns add blue
ip link add r0 netns red type veth peer name b0 netns blue
for i in 'red r0 1' 'blue b0 2'; do
	set -- $i
	ip -n $1 link set $2 up
	ip -n $1 addr add 10.0.0.$3/24 dev $2
	ip netns exec $1 sysctl -qw net.ipv4.conf.$2.force_igmp_version=2
done
ip -n red addr add 239.1.1.1/32 dev r0 autojoin
sleep 0.1
ip -n blue addr add 239.1.1.1/32 dev b0 autojoin
sleep 20
ip -n blue addr del 239.1.1.1/32 dev b0
ip netns exec blue sysctl -qw net.ipv4.conf.b0.force_igmp_version=0
ip -n blue addr add 239.1.1.2/32 dev b0 autojoin
sleep 2
ip netns exec red ping -c 1 -W 1 -I r0 239.1.1.3
