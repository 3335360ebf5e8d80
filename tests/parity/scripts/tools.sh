# SPDX-License-Identifier: GPL-2.0-or-later
# the old programs
ip link add v0 type veth peer name v1
ifconfig v0 10.0.0.1 netmask 255.255.255.0 up
sleep 1.2
ifconfig v0
ifconfig nosuch
ifconfig v0 mtu 1400
ip addr show v0
route add -net 10.1.0.0/16 gw 10.0.0.2
route add default gw 10.0.0.2
route add default gw 10.9.0.2
route -n
route del default
route del default
brctl addbr br0
brctl addbr br0
brctl addif br0 v1
brctl addif br0 v1
brctl addif br0 nosuch
brctl show
brctl delif br0 v1
brctl delbr br0
brctl delbr br0
arp -n
