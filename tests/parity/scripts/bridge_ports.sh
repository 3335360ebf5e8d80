# SPDX-License-Identifier: GPL-2.0-or-later
# a switch with three hosts
ip link add v-net-0 type bridge
ip link add v-net-0 type bridge
for i in 1 2 3; do
	ip netns add h$i
	ip link add p$i type veth peer name eth0 netns h$i
	ip link set p$i address 02:00:00:00:00:0$i
	ip link set p$i master v-net-0
	ip -n h$i addr add 192.168.15.$i/24 dev eth0
	ip -n h$i link set eth0 up
done
bridge link
ip link set dev v-net-0 up
for i in 1 2 3; do ip link set p$i up; done
sleep 1.2
bridge link
ip -d link show p1
ip link show master v-net-0
ip netns exec h1 ping -c 1 -W 1 192.168.15.2
ip netns exec h1 ping -c 1 -W 1 192.168.15.3
bridge fdb show br v-net-0
ip link set p2 nomaster
ip netns exec h1 ping -c 1 -W 1 192.168.15.2
ip link set p2 master nosuch
ip link set v-net-0 master v-net-0
ip link set lo master v-net-0
ip link set p2 master v-net-0
ip addr add 192.168.15.5/24 dev v-net-0
sleep 0.2
ip netns exec h2 ping -c 1 -W 1 192.168.15.5
ping -c 1 -W 1 192.168.15.2
ip link set v-net-0 down
ip netns exec h1 ping -c 1 -W 1 192.168.15.3
brctl show
ip link del v-net-0
ip -br link
