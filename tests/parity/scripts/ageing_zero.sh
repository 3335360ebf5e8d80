# SPDX-License-Identifier: GPL-2.0-or-later
# ageing time 0: what was learned goes at once, nothing is learned any more
ip netns add red
ip netns add blue
ip link add br0 type bridge ageing_time 300
ip link add p1 type veth peer name r1
ip link add p2 type veth peer name b1
ip link set r1 netns red
ip link set b1 netns blue
for p in p1 p2; do ip link set $p master br0; ip link set $p up; done
ip link set br0 up
ip -n red addr add 10.0.0.1/24 dev r1
ip -n blue addr add 10.0.0.2/24 dev b1
ip -n red link set r1 up
ip -n blue link set b1 up
sleep 1.2
ip netns exec red ping -c 1 10.0.0.2
bridge fdb show br br0 dynamic
ip link set br0 type bridge ageing_time 0
bridge fdb show br br0 dynamic
ip netns exec red ping -c 1 10.0.0.2
bridge fdb show br br0 dynamic
ip link set br0 type bridge ageing_time 30000
ip netns exec red ping -c 1 10.0.0.2
bridge fdb show br br0 dynamic
