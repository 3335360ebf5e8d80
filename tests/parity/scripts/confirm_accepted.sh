# SPDX-License-Identifier: GPL-2.0-or-later
# Who is connected to takes his peer's neighbour for confirmed with the first segment he sends.
ip netns add green
ip netns add mid
ip link add v0 netns green type veth peer name v1 netns mid
ip -n green link set v0 up
ip -n mid link set v1 up
ip -n mid link set lo up
ip -n green link set lo up
ip -n green addr add 10.3.0.2/24 dev v0
ip -n mid addr add 10.3.0.1/24 dev v1
ip -n mid addr add 10.1.0.1/24 dev lo
ip -n green route add default via 10.3.0.1
sleep 1.2
ip netns exec green ping -c 1 -W 0.4 10.3.0.1
ip netns exec mid timeout 1.5 nc -d -l 80 & sleep 0.3; ip netns exec green timeout 0.4 nc -d 10.3.0.1 80 & sleep 0.2; ip -n mid -s neigh show 10.3.0.2 | grep -o "used.*p"; wait
ip -n mid -s neigh show 10.3.0.2 | grep -o "used.*p"
ip netns exec green nc -z -n -w 1 10.3.0.1 81
sleep 5
ip -n mid -s neigh show 10.3.0.2 | grep -o "[A-Z]*. $"
