# SPDX-License-Identifier: GPL-2.0-or-later
# a namespace without any address has no table `main` yet
ip netns add x
ip -n x route; echo $?
ip -n x route show table main; echo $?
ip -n x route show table local; echo $?
ip -n x route show table all; echo $?
ip -n x route show table 100; echo $?
ip -n x route get 1.1.1.1; echo $?
ip -n x route flush table main; echo $?
ip -n x route del default; echo $?
ip netns exec x cat /proc/net/route
ip -n x link add v0 type veth peer name v1
ip -n x link set v0 up
ip netns exec x cat /proc/net/route
ip -n x rule add lookup 100; ip netns exec x cat /proc/net/route
ip -n x route add 1.0.0.0/8 dev v0 table 100
ip netns exec x cat /proc/net/route
ip -n x addr add 1.1.1.1/32 dev v1
ip netns exec x cat /proc/net/route
ip netns add y
ip netns exec y cat /proc/net/route
ip netns exec y route -n
echo $?
ip netns exec y netstat -rn
echo $?
ip netns exec y route -ee
echo $?
ip netns exec y route add default gw 1.1.1.1
ip -n y link set lo up
ip netns exec y route -n
echo $?
ip netns exec y cat /proc/net/route
