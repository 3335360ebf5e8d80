# SPDX-License-Identifier: GPL-2.0-or-later
# routes that are refused, and what is said
ip link add d0 type veth peer name e0; ip link set e0 up
ip route add 10.1.0.0/16 dev d0
ip link set d0 up
ip addr add 10.0.0.1/24 dev d0
ip route add 10.1.0.0/16 dev d0
ip route add 10.1.0.0/16 dev d0
ip route add 10.2.0.0/16 via 10.9.0.1
ip route add 10.2.0.0/16 via 10.0.0.1
ip route add 10.2.0.0/16 via 10.0.0.2
ip route add default via 10.0.0.2
ip route add default via 10.0.0.3
ip route add default via 10.0.0.3 metric 100
ip route add 0/0 via nosuch
ip route add 10.3.0.1/16 via 10.0.0.2
ip route add blackhole 10.4.0.0/16
ip route add unreachable 10.5.0.0/16
ip route add prohibit 10.6.0.0/16
ip route
ip route get 10.2.3.4
ip route get 10.4.0.1
ip route get 10.5.0.1
ip route get 10.6.0.1
ip route get 10.0.0.1
ip route get 8.8.8.8
ping -c 1 -W 1 10.4.0.1
ping -c 1 -W 1 10.5.0.1
ping -c 1 -W 1 10.6.0.1
ip route del 10.7.0.0/16
ip route del default
ip route replace default via 10.0.0.9
ip route change 10.1.0.0/16 dev d0 metric 5
ip route
ip route flush 10.1.0.0/16
ip route show 10.1.0.0/16
route -n
