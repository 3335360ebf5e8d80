# SPDX-License-Identifier: GPL-2.0-or-later
# Two answers within one tick: the first wins, without a lock time too. Later ones win.
ip netns add n1
ip netns add n2
ip netns add n3
ip link add br0 type bridge
ip link set br0 up
for i in 1 2 3; do ip link add p$i type veth peer name e0 netns n$i; ip link set p$i master br0; ip link set p$i up; done
for i in 1 2 3; do ip -n n$i link set e0 address 02:00:00:00:00:0$i; ip -n n$i addr add 10.1.0.$i/24 dev e0; ip -n n$i link set e0 up; done
ip -n n3 addr add 10.1.0.2/24 dev e0
ip netns exec n1 sysctl -w net.ipv4.neigh.e0.locktime=0
sleep 1.2
ip netns exec n1 ping -c 1 10.1.0.2
ip -n n1 neigh
ip netns exec n2 arping -q -c 1 -A -I e0 10.1.0.2
ip -n n1 neigh
ip netns exec n2 ping -q -c 1 -W 1 10.1.0.1
ip -n n1 neigh
