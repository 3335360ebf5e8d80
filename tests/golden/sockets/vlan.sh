# SPDX-License-Identifier: GPL-2.0-or-later
ip netns add r1
ip netns add r2
ip link add eth0 netns r1 type veth peer name eth0 netns r2
ip -n r1 link add link eth0 name eth0.10 type vlan id 10
ip -n r2 link add link eth0 name eth0.10 type vlan id 10
ip -n r1 link add link eth0 name eth0.20 type vlan id 20
ip -n r1 link set eth0.10 up
echo $?
ip -n r1 addr add 10.0.10.1/24 dev eth0.10
ip -n r2 addr add 10.0.10.2/24 dev eth0.10
ip -n r1 link set eth0 up
ip -n r2 link set eth0 up
ip -n r2 link set eth0.10 up
sleep 1.2
ip -n r1 -br link
ip -n r1 -d link show eth0.10
ip netns exec r1 ping -c2 10.0.10.2
ip -n r1 neigh
ip netns exec r1 cat /proc/net/vlan/config
ip netns exec r1 cat /proc/net/vlan/eth0.10
ip -n r1 link add link eth0 name x type vlan id 10
ip -n r1 link add link eth0 name x type vlan id 4095
ip -n r1 link add link eth0 name x type vlan
ip -n r1 link add name x type vlan id 3
ip -n r1 link add link nosuch name x type vlan id 3
ip -n r1 link add link lo name x type vlan id 3
ip -n r1 link set eth0.10 mtu 1600
ip -n r1 link set eth0 mtu 1400
ip -n r1 -br link
ip -n r1 -o link show eth0.10
ip -n r1 link set eth0 down
ip -n r1 -br link
ip -n r1 link set eth0 up
ip -n r1 -br addr
ip -n r1 link add link eth0.20 name eth0.20.5 type vlan id 5 protocol 802.1ad reorder_hdr off egress-qos-map 0:3
ip -n r1 -d link show eth0.20.5
ip netns exec r1 timeout 2 tcpdump -nei eth0 -c 3 > /tmp/td 2>/dev/null &
sleep 0.3
ip netns exec r1 ping -c1 10.0.10.2 > /dev/null
wait
cat /tmp/td
ip -n r1 -s link show eth0.10
ip -n r1 -s link show eth0
ip -n r1 link del eth0
ip -n r1 link
# a tag nobody wants; a filter that does not speak of tags sees through them
ip netns add a
ip netns add b
ip link add v netns a type veth peer name v netns b
ip -n a link add link v name v.7 type vlan id 7
ip -n b link add link v name v.8 type vlan id 8
ip -n a addr add 10.7.0.1/24 dev v.7
ip -n b addr add 10.7.0.2/24 dev v.8
ip -n a link set v up
ip -n b link set v up
ip netns exec b timeout 3 tcpdump -nei v arp 2>/dev/null &
sleep 0.1
ip netns exec a ping -c1 -W1 10.7.0.2
wait
# a tag in a tag
ip -n a link add link v.7 name v.7.9 type vlan id 9
ip -n b link add link v name v.7 type vlan id 7
ip -n b link add link v.7 name v.7.9 type vlan id 9
ip -n a link set v.7.9 up
ip -n b link set v.7 up
ip -n b link set v.7.9 up
ip -n a addr add 10.9.0.1/24 dev v.7.9
ip -n b addr add 10.9.0.2/24 dev v.7.9
ip netns exec b timeout 2 tcpdump -nei v -c 2 icmp or vlan 2>/dev/null &
sleep 0.1
ip netns exec a ping -c1 -W1 10.9.0.2
wait
# a VLAN device as a bridge's port, and above a bridge
ip netns add c
ip link add w netns c type veth peer name w2 netns a
ip -n a link add name sw0 type bridge
ip -n a link set w2 master sw0
ip -n a link set w2 up
ip -n a link set v.7 master sw0
ip -n a link set sw0 up
ip -n c link set w up
ip -n c addr add 10.1.0.1/24 dev w
ip -n b addr add 10.1.0.2/24 dev v.7
sleep 1.5
ip netns exec c ping -c1 -W1 10.1.0.2
ip -n a link add link sw0 name sw0.5 type vlan id 5
ip -n c link add link w name w.5 type vlan id 5
ip -n a link set sw0.5 up
ip -n c link set w.5 up
ip -n a addr add 10.5.0.1/24 dev sw0.5
ip -n c addr add 10.5.0.2/24 dev w.5
ip netns exec c ping -c1 -W1 10.5.0.1
ip -n a link show sw0.5
# what has no effect here is not taken
ip -n a link add link v name v.5 type vlan id 5 gvrp on
echo $?
ip -n a link add link v name v.6 type vlan id 6 gvrp off mvrp off
ip -n a link set v.6 type vlan bridge_binding on
echo $?
ip -n a -d link show v.6 | grep -o '<REORDER.*>'
