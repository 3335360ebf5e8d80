# SPDX-License-Identifier: GPL-2.0-or-later
# every word of ifconfig: aliases, add and del, address families, media, the order of names
ip netns add red
ip netns add blue
ip link add v0 netns red type veth peer name v1 netns blue
ip -n red link set lo up
ip -n blue link set lo up
ip -n red link set v0 up
ip -n blue link set v1 up
ip -n red addr add 10.0.0.1/24 dev v0
ip -n blue addr add 10.0.0.2/24 dev v1
sleep 0.5
R="ip netns exec red"
$R ifconfig v0 add 10.9.0.1
$R ifconfig v0 add 10.9.0.2
$R ifconfig v0
$R ifconfig
$R ip addr show v0
$R ifconfig v0 del 10.9.0.1
$R ip addr show v0
$R ifconfig v0 del 10.9.0.9
$R ip addr show v0
$R ifconfig v0 del 10.0.0.1
$R ip addr show v0
$R ifconfig v0 add foo
$R ifconfig v0 add 10.9.0.7/24
$R ifconfig v0 del foo
$R ifconfig nosuch add 10.9.0.1
$R ifconfig nosuch del 10.9.0.1
$R ifconfig v0:2 add 10.9.0.77
$R ifconfig v0 add 10.9.0.1
$R ifconfig v0 add 10.9.0.1
$R ip addr show v0
$R ifconfig -v v0 add foo
$R ifconfig -v v0 mtu 1
$R ifconfig -v nosuch up
$R ifconfig v0 broadcast foo mtu 1400
$R ifconfig v0 netmask foo mtu 1300
$R ifconfig v0 10.0.0.8/24 netmask 255.255.0.0
$R ip addr show v0
$R ifconfig v0 netmask 255.255.0.0 10.0.0.8/24
$R ifconfig v0 hw slip 1 mtu 1200
$R ifconfig v0 hw fddi 02:00:00:00:00:05
$R ifconfig v0 hw hippi zz
$R ifconfig v0 media
$R ifconfig v0 -pointtopoint
$R ifconfig v0 pointtopoint 10.0.0.99
$R ifconfig v0
$R ifconfig v0 unix 10.0.0.1
$R ifconfig v0 unix down
$R ifconfig v0 inet up mtu 1499
$R ifconfig v0 x25 up
$R ifconfig v0 keepalive 4
$R ifconfig v0 outfill
$R ifconfig nosuch keepalive 4
$R ifconfig nosuch -promisc
$R ifconfig v0:5 10.5.0.1/24 up
$R ifconfig v0:5 10.5.0.2/16
$R ifconfig v0:5- 10.5.0.3
$R ip addr show v0
$R ifconfig v0:5 down
$R ifconfig v0:5 del 10.5.0.3
$R ip addr
$R ifconfig v0:6 up 10.6.0.1
$R ifconfig v0:6 10.6.0.1 netmask 255.255.255.0 up
$R ifconfig v0:7 10.7.0.1 netmask 255.255.255.0 broadcast 10.7.0.255
$R ifconfig v0:8 10.8.0.1 255.255.255.0
$R ifconfig v0 10.8.0.1 255.255.255.0
$R ip addr
$R ip link add br0 type bridge
$R ifconfig br0 up
$R ifconfig br0
$R ifconfig br0 keepalive 3
$R ifconfig br0 outfill 3
$R ifconfig br0 10.66.0.1/24
$R ifconfig br0:1 10.66.0.2/24
$R ifconfig br0
$R ip addr add 10.67.0.1/24 dev br0
$R ip addr add 10.67.0.2/24 dev br0 label br0:x
$R ifconfig br0
$R ifconfig
$R ifconfig br0 10.67.0.9
$R ip addr show br0
$R ifconfig br0 down 10.68.0.1
$R ifconfig -a -v
for i in br-lan br10 br2 bra br-a br-lan2 br br-1 veth-x veth10 veth2 vetha eth0 eth0x; do $R ip link add $i type bridge; done
$R ip addr add 10.70.0.1/24 dev br10 label br10:foo
$R ip addr add 10.71.0.1/24 dev br10 label br10:bar
$R ip addr add 10.72.0.1/24 dev br10 label br10:a1
$R ifconfig -a -s
$R ifconfig br10:foo
$R netstat -i
$R netstat -ia
