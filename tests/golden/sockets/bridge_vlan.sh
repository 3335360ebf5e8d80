# SPDX-License-Identifier: GPL-2.0-or-later
# a switch with two VLANs, a trunk to another switch, a router on a stick
for n in a1 a2 b1 b2 sw1 sw2; do ip netns add $n; done
for s in sw1 sw2; do ip -n $s link add br0 type bridge vlan_filtering 1; ip -n $s link set br0 up; done
host() { # HOST SWITCH PORT ADDRESS VLAN
	ip link add eth0 netns $1 type veth peer name $3 netns $2
	ip -n $2 link set $3 master br0 up
	bridge -n $2 vlan add dev $3 vid $5 pvid untagged
	bridge -n $2 vlan del dev $3 vid 1
	ip -n $1 addr add $4/24 dev eth0
	ip -n $1 link set eth0 up
}
host a1 sw1 p1 10.0.10.1 10
host b1 sw1 p2 10.0.20.1 20
host a2 sw2 p1 10.0.10.2 10
host b2 sw2 p2 10.0.20.2 20
ip link add trunk netns sw1 type veth peer name trunk netns sw2
ip -n sw1 link set trunk master br0 up
ip -n sw2 link set trunk master br0 up
bridge -n sw1 vlan add dev trunk vid 10
bridge -n sw1 vlan add dev trunk vid 20
bridge -n sw2 vlan add dev trunk vid 10-20
sleep 1.5
bridge -n sw1 vlan show
bridge -n sw2 vlan show dev trunk
bridge -n sw2 -c vlan show dev trunk
ip netns exec a1 ping -c1 -W1 10.0.10.2
ip netns exec b1 ping -c1 -W1 10.0.20.2
ip -n b1 addr add 10.0.10.99/24 dev eth0
ip netns exec b1 ping -c1 -W1 10.0.10.1
bridge -n sw1 fdb show dev trunk | grep -v permanent
bridge -n sw1 fdb show br br0 vlan 10 | sort | cut -d' ' -f2-
# the router: br0 itself is in both VLANs
bridge -n sw1 vlan add dev br0 vid 10 self
bridge -n sw1 vlan add dev br0 vid 20 self
ip -n sw1 link add link br0 name br0.10 type vlan id 10
ip -n sw1 link add link br0 name br0.20 type vlan id 20
ip -n sw1 addr add 10.0.10.254/24 dev br0.10
ip -n sw1 addr add 10.0.20.254/24 dev br0.20
ip -n sw1 link set br0.10 up
ip -n sw1 link set br0.20 up
ip netns exec sw1 sysctl -w net.ipv4.ip_forward=1
for h in a1 a2; do ip -n $h route add default via 10.0.10.254; done
for h in b1 b2; do ip -n $h route add default via 10.0.20.254; done
ip -n b1 addr del 10.0.10.99/24 dev eth0
ip netns exec a2 ping -c1 -W1 10.0.20.2
ip netns exec a2 traceroute -n 10.0.20.1
bridge -n sw1 vlan del dev br0 vid 20 self
ip netns exec a1 ping -c1 -W1 10.0.20.2
bridge -n sw1 vlan show dev br0
ip -n sw1 link set br0 type bridge vlan_filtering 0
ip -n sw1 -d link show br0 | grep -o 'vlan_filtering.*vlan_protocol [^ ]*'
# a port without a pvid takes no untagged frame
ip -n sw1 link set br0 type bridge vlan_filtering 1
bridge -n sw1 vlan add dev p1 vid 10
bridge -n sw1 vlan show dev p1
ip -n a1 neigh flush all
ip netns exec a1 ping -c1 -W1 10.0.10.2
bridge -n sw1 fdb add 02:00:00:00:00:09 dev p1 master static vlan 10
bridge -n sw1 fdb show dev p1 | grep 09
bridge -n sw1 fdb add 02:00:00:00:00:0a dev p1 master static vlan 11
bridge -n sw1 fdb del 02:00:00:00:00:09 dev p1 master vlan 10
ip -n sw1 link add br1 type bridge vlan_default_pvid 0
ip -n sw1 link add dm0 type dummy
ip -n sw1 link set dm0 master br1
bridge -n sw1 vlan show dev dm0
ip -n sw1 link set br0 type bridge vlan_default_pvid 7
bridge -n sw1 vlan show
ip -n sw1 link del br0
# in the sysfs way; adding before filtering is switched on
ip netns add s3
ip -n s3 link add name br0 type bridge
bridge -n s3 vlan show
ip netns exec s3 cat /sys/class/net/br0/bridge/vlan_filtering
bridge -n s3 vlan add vid 30 dev br0 self
bridge -n s3 vlan show
ip netns exec s3 sh -c 'echo 1 > /sys/class/net/br0/bridge/vlan_filtering'
ip netns exec s3 cat /sys/class/net/br0/bridge/vlan_filtering
ip -n s3 -d link show br0 | grep -o 'vlan_filtering.*\|vlan_default_pvid [0-9]*'
bridge -n s3 -j vlan show
# `use` learns in the VLAN that is named, or in each of the port's; flushing one VLAN; what the kernel says
ip netns add s4
ip netns add h4
ip -n s4 link add br0 type bridge vlan_filtering 1
ip -n s4 link set br0 up
ip link add eth0 netns h4 type veth peer name p1 netns s4
ip -n s4 link set p1 master br0 up
ip -n h4 link set eth0 up
sleep 1.2
bridge -n s4 vlan add dev p1 vid 10
bridge -n s4 fdb add 02:00:00:00:00:07 dev p1 master dynamic use vlan 10
bridge -n s4 fdb add 02:00:00:00:00:08 dev p1 master dynamic use
bridge -n s4 fdb show dev p1 | grep 02:00
bridge -n s4 fdb flush dev br0 vlan 10
bridge -n s4 fdb show dev p1 | grep 02:00
bridge -n s4 vlan add dev p1 vid 4095
# only what changes something is told
ip netns exec s4 timeout 2 bridge monitor link >/tmp/monitor &
sleep 0.2
bridge -n s4 vlan add dev p1 vid 10
bridge -n s4 vlan del dev p1 vid 11
cat /tmp/monitor
bridge -n s4 vlan del dev p1 vid 10
bridge -n s4 vlan add dev br0 vid 10 self
wait
cut -d' ' -f2 /tmp/monitor
