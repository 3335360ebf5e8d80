# SPDX-License-Identifier: GPL-2.0-or-later
# routes by route(8): metrics, windows, hosts that look like networks, what del finds
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
$R route add -net 10.20.0.0/16 gw 10.0.0.2 mss 1000
$R route add -net 10.21.0.0/16 gw 10.0.0.2 mss 1000 window 3000 irtt 300
$R route add -net 10.22.0.0/16 gw 10.0.0.2 metric 5
$R route add -net 10.22.0.0/16 gw 10.0.0.2 metric 7
$R route add -net 10.22.0.0/16 dev v0 metric 0
$R route add -net 10.23.0.0/16 gw 10.0.0.2 metric foo
$R route add -net 10.23.0.0/16 gw 10.0.0.2 metric
$R route add -net 10.23.0.0/16 gw 10.0.0.2 mss foo
$R route add -net 10.23.0.0/16 gw 10.0.0.2 mss 30
$R route add -net 10.23.0.0/16 gw 10.0.0.2 mss 99999
$R route add -net 10.24.0.0/16 gw 10.0.0.2 window 100
$R route add -net 10.25.0.0/16 gw 10.0.0.2 window foo
$R route add -net 10.26.0.0/16 gw 10.0.0.2 irtt foo
$R route add -net 10.26.0.0/16 gw 10.0.0.2 irtt 1000
$R route add -net 10.27.0.0/16 gw 10.0.0.2 mod
$R route add -net 10.27.0.0/16 gw 10.0.0.2 dyn
$R route add -net 10.27.0.0/16 gw 10.0.0.2 reinstate
$R route add -net 10.28.0.0/16 gw 10.0.0.2 device v0
$R route add -net 10.29.0.0/16 gateway 10.0.0.2
$R route add -net 10.30.0.0/16 gw 10.0.0.2 gw 10.0.0.3
$R route add -net 10.31.0.0/16 gw 0.0.0.0
$R route add -net 10.31.0.0/16 gw 0.0.0.0 dev v0
$R route add -net 10.32.0.0/16 gw 10.0.0.0/24
$R route add -net 10.32.0.0/16 gw 10.0.0.0
$R route add -net 10.32.0.0/16 gw 10.0.0.255
$R route add -net 10.32.0.0/16 gw 10.0.0.1
$R route add -net 10.33.0.0/16 dev
$R route add -net 10.33.0.0/16 dev v0 dev v0
$R route add -net 10.33.0.0/16 foo
$R route add -net 10.33.0.0/16 foo bar
$R route add -net 10.34.0.0/16 dev lo
$R route add -net 224.0.0.0 netmask 240.0.0.0 dev v0
$R route add -net 224.0.0.0/4 v0
$R route add -host 224.0.0.5 dev v0
$R route add -host 255.255.255.255 dev v0
$R route add -net 0.0.0.0 gw 10.0.0.2
$R route add -net 0.0.0.0 netmask 0.0.0.0 gw 10.0.0.3
$R route add -net default gw 10.0.0.4 metric 9
$R route add -host default gw 10.0.0.5
$R route add 0.0.0.0 gw 10.0.0.6 metric 4
$R route add 0/0 gw 10.0.0.6 metric 12
$R route add -net 127.0.0.0 netmask 255.0.0.0 lo
$R route add -net loopback lo
$R route add localhost lo
$R route -n
$R route -een
$R route
$R route -ee
$R ip route
$R route del -net 10.20.0.0/16
$R route del -net 10.20.0.0/16
$R route del -net 10.21.0.0 netmask 255.255.0.0
$R route del -net 10.22.0.0
$R route del -net 10.22.0.0/16 metric 7
$R route del -net 10.22.0.0/16 gw 10.0.0.3
$R route del -net 10.22.0.0/16 gw 10.0.0.2 dev lo
$R route del -net 10.22.0.0/16 gw 10.0.0.2
$R route del -host 10.24.0.0
$R route del 10.24.0.0
$R route del 10.24.0.0/16
$R route del -net 10.29.0.0/16 dev v0
$R route del -net 10.28.0.0/16 v0
$R route del -net 10.99.0.0/16
$R route del -net 10.0.0.0/24
$R route del -net 10.0.0.0 netmask 255.255.255.0 dev v0
$R route add -net 10.26.0.0/16 gw 10.0.0.2
$R route del default gw 10.0.0.2
$R route del -net 0.0.0.0 gw 10.0.0.3
$R route delete default
$R route -n
$R ip route
$R ip link set v0 down
$R route -n
$R ip link set v0 up
$R route -n
$R route add default dev v0
$R route add default v0
$R route -n
$R route
$R ip route add blackhole 10.50.0.0/16
$R ip route add unreachable 10.51.0.0/16
$R ip route add prohibit 10.52.0.0/16
$R ip route add throw 10.53.0.0/16
$R ip route add 10.54.0.0/16 nexthop via 10.0.0.2 weight 1 nexthop via 10.0.0.3 weight 2
$R ip route add 10.55.0.0/16 via 10.0.0.2 src 10.0.0.1 onlink
$R ip route add 10.56.0.0/16 via 10.0.0.2 mtu 1300 advmss 1200 window 4000 rtt 30ms
$R route -n
$R route -een
