# SPDX-License-Identifier: GPL-2.0-or-later
# policy routing
ip link add d0 type veth peer name e0; ip link set e0 up
ip link set d0 up
ip addr add 10.0.0.1/24 dev d0
ip rule
ip rule add from 10.0.0.1 table 100
ip rule add to 10.8.0.0/16 lookup 101 priority 50
ip rule add from 10.0.0.1 table 100
ip route add default via 10.0.0.2 table 100
ip route add prohibit default table 101
ip rule
ip route show table 100
ip route get 8.8.8.8
ip route get 8.8.8.8 from 10.0.0.1
ip route get 10.8.0.1
ip rule del priority 50
ip rule del priority 51
ip rule
