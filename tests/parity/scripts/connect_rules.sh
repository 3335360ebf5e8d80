# SPDX-License-Identifier: GPL-2.0-or-later
# connect() asks the rules a second time, with the source it has chosen
ip netns add red
ip link add v0 type veth peer name v1
ip link set v1 netns red
ip addr add 10.0.0.1/24 dev v0
ip -n red addr add 10.0.0.2/24 dev v1
ip link set v0 up
ip -n red link set v1 up
sleep 1.2
ip -n red rule add from 10.0.0.2 blackhole
ip netns exec red ping -c 1 -W 1 10.0.0.1
ip -n red rule del from 10.0.0.2 blackhole
ip -n red rule add from 10.0.0.2 prohibit
ip netns exec red ping -c 1 -W 1 10.0.0.1
ip -n red rule del from 10.0.0.2 prohibit
ip -n red rule add not from 10.0.0.9 table 100
ip -n red route add unreachable 10.0.0.1 table 100
ip netns exec red ping -c 1 -W 1 10.0.0.1
ip netns exec red nc -z -n -w 1 10.0.0.1 80
ip -n red route replace default dev v1 table 100
ip -n red route del unreachable 10.0.0.1 table 100
ip netns exec red ping -c 1 -W 1 10.0.0.1
