# SPDX-License-Identifier: GPL-2.0-or-later
# what ip monitor and bridge monitor hear
ip monitor all > /tmp/mon.txt 2>&1 &
m=$!
sleep 0.3
ip link add d1 type veth peer name d2
ip addr add 10.0.0.1/24 dev d1
ip link set d1 up
ip link set d2 up
sleep 1.3
ip route add 10.9.0.0/16 via 10.0.0.2
ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev d1
ip route del 10.9.0.0/16
ip addr del 10.0.0.1/24 dev d1
ip link del d1
sleep 0.3
kill $m
sed 's/link\/ether [0-9a-f:]*/link\/ether M/; s/lladdr 02/L 02/' /tmp/mon.txt | grep -v inet6
ip link add br0 type bridge
ip link add v1 address 02:00:00:00:00:11 type veth peer name v2
ip link add v3 address 02:00:00:00:00:13 type veth peer name v4
ip netns add r
timeout 1.5 ip monitor link > /tmp/m &
timeout 1.5 ip -n r monitor all > /tmp/r &
timeout 1.5 bridge monitor all > /tmp/bm &
sleep 0.3
echo A | tee -a /tmp/m >> /tmp/bm
ip link set v1 master br0
echo B | tee -a /tmp/m >> /tmp/bm
ip link set v3 master br0
echo C | tee -a /tmp/m >> /tmp/bm
ip link set v1 nomaster
echo D | tee -a /tmp/m >> /tmp/bm
ip link set v3 nomaster
echo E | tee -a /tmp/m >> /tmp/bm
ip link set v3 mtu 1400
ip link set v3 name vv
echo F | tee -a /tmp/m >> /tmp/bm
ip link set vv txqueuelen 10
echo G | tee -a /tmp/m >> /tmp/bm
ip link set vv promisc on
echo H | tee -a /tmp/m >> /tmp/bm
ip link set vv alias foo
echo I | tee -a /tmp/m >> /tmp/bm
ip link set vv up
ip link set vv down
ip link set v2 netns r
echo J | tee -a /tmp/m >> /tmp/bm
ip -n r addr add 10.0.0.1/24 dev v2
ip -n r link set v2 up
ip link set v1 up
sysctl -qw net.ipv4.ip_forward=1
ip netns exec r sysctl -qw net.ipv4.conf.v2.forwarding=1
ip -n r route add default via 10.0.0.9
ip -n r route replace default via 10.0.0.8
ip -n r rule add fwmark 3 table 7
ip -n r rule del fwmark 3 table 7
ip -n r neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev v2 nud reachable
ip -n r neigh change 10.0.0.5 lladdr 02:00:00:00:00:06 dev v2
ip -n r neigh del 10.0.0.5 dev v2
ip -n r link del v2
ip link del br0
wait
sed 's/[0-9a-f:]\{17\}/M/g; s/^[0-9]*/N/' /tmp/m
sed 's/[0-9a-f:]\{17\}/M/g; s/\]\([0-9]\)*/]N/; s/@if[0-9]*/@ifN/' /tmp/r | grep -v inet6
sed 's/[0-9a-f:]\{17\}/M/g; s/\]\([0-9]\)*/]N/; s/@if[0-9]*/@ifN/' /tmp/bm
timeout 0.2 ip -ts monitor label route > /tmp/x
echo $?
ip monitor foo
bridge monitor foo
ip monitor help
