# SPDX-License-Identifier: GPL-2.0-or-later
# ip route, address and rule: save, restore, showdump
ip link add v0 type veth peer name v1; ip link set v0 up; ip link set v1 up
ip addr add 10.0.1.1/24 dev v0
ip addr add 10.0.2.1/24 dev v0
ip route add 10.9.0.0/16 via 10.0.1.9
ip route add 10.8.0.0/16 dev v0
ip route add default via 10.0.1.77 table 100
ip route add blackhole 10.4.0.0/16
ip route save table all > r.all
ip route save > r.main
ip route showdump < r.main
ip -d route showdump < r.all
ip -j route showdump < r.main
ip route flush table main
ip route show
ip route restore < r.all; echo rc $?
ip route show
ip addr save > a.sav
ip addr showdump < a.sav
ip addr flush dev v0
ip addr restore < a.sav; echo rc $?
ip -br addr
cat r.main | ip route restore; echo rc $?
ip route restore < /dev/null; echo $?
ip route showdump < /dev/null; echo $?
ip route restore x; echo $?
ip route save x; echo $?
ip route save 10.9.0.0/16 | wc -c
ip addr restore < r.main; echo $?
(head -c 4 r.main; echo abc) | ip route showdump; echo $?
(head -c 40 r.main) | ip route showdump; echo $?
ip rule restore < r.main; echo $?
ip addr save dev v0 | wc -c
ip route save dev nosuch; echo $?
(head -c 44 r.sav0; echo abc) | ip rule restore; echo $?
ip -j addr showdump < a.sav | head -c 300; echo
ip -j -p addr showdump < a.sav | head -20
ip -o addr showdump < a.sav
ip -d addr showdump < a.sav | head -5
ip -j addr save | wc -c
ip -j route save | wc -c
ip route save dev v0 | wc -c
ip route save proto kernel | wc -c
ip route save table 7 | wc -c
ip addr save dev nosuch | wc -c; ip addr save dev nosuch
(head -c 40 a.sav) | ip addr restore; echo $?
(head -c 10 a.sav) | ip addr restore; echo $?
ip addr del 10.0.1.1/24 dev v0; ip route restore < r.main; echo $?; ip route
ip route save < /dev/null >/dev/null; echo $?
ip rule add from 10.0.0.5 table 7
ip rule save > r.rule; ip rule flush; ip rule; ip rule restore < r.rule; echo $?; ip rule
ip rule save foo; ip rule restore < r.main; echo $?; echo garbage | ip rule restore; echo $?
