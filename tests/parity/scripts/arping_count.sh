# SPDX-License-Identifier: GPL-2.0-or-later
# arping -c succeeds when there were as many answers as questions: two answers to one question are a failure.
ip netns add red
ip link add v0 type veth peer name v1
ip link add v2 type veth peer name v3
ip link add br0 type bridge
ip link set br0 up
ip link set v1 master br0
ip link set v3 master br0
ip link set v2 netns red
ip link set v0 netns red
ip link set v1 up
ip link set v3 up
ip addr add 10.0.0.1/24 dev br0
ip -n red addr add 10.0.0.2/24 dev v0
ip -n red addr add 10.0.0.3/24 dev v2
ip -n red link set v0 up
ip -n red link set v2 up
sleep 1.2
arping -c 1 -w 1 -I br0 10.0.0.2 | tail -2
arping -q -c 1 -w 1 -I br0 10.0.0.2; echo $?
arping -q -c 1 -I br0 10.0.0.2; echo $?
arping -q -c 2 -w 2 -I br0 10.0.0.2; echo $?
arping -q -c 4 -w 2 -I br0 10.0.0.2; echo $?
arping -q -w 1 -I br0 10.0.0.2; echo $?
arping -q -f -I br0 10.0.0.2; echo $?
arping -q -c 2 -w 1 -I br0 10.0.0.9; echo $?
