# SPDX-License-Identifier: GPL-2.0-or-later
# ip rule tun_id: of no packet here; "t" is short for it
ip rule add tun_id 5 table 1
ip rule add tun_id 0x10 table 2 dport 5 ipproto tcp uidrange 0-0 pref 50
ip rule add tun_id 0 table 3
ip rule add tun_id foo table 3
ip rule add tun_id -1 table 3
ip rule add tun_id 18446744073709551615 table 3
ip rule add tun_id 18446744073709551616 table 3
ip rule add tun_id
ip rule add from 1.1.1.1 t 5
ip rule add from 1.1.1.2 ta 5
ip rule add from 1.1.1.3 tu 5 table 9
ip rule add tun_id 5 table 1
ip rule
ip -j rule
ip rule list tun_id 5
ip rule list t 16
ip rule list tun_id foo
ip rule del tun_id 5
ip rule del tun_id 99
ip rule del tun_id 16
ip rule
ip route add table 1 default dev lo
ip route get 9.9.9.9
