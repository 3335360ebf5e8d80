# SPDX-License-Identifier: GPL-2.0-or-later
# ip rule show and flush take the same words; l3mdev
ip rule add from 10.0.0.1 ipproto tcp dport 80 table 5
ip rule add from 10.0.0.2 sport 8 table 6
ip rule add l3mdev pref 1000
ip rule add iif lo oif lo uidrange 0-0 table 9
ip rule show l3mdev
echo a; ip rule show uidrange 0-0
echo b; ip rule show uidrange 1-2
ip rule show uidrange x
echo c; ip rule show ipproto tcp
echo c2; ip rule show ipproto udp
echo d; ip rule show dport 80
echo e; ip rule show dport 81
echo f; ip rule show sport 8
ip rule show sport x
ip rule show dport 5-x
ip rule show ipproto x
echo h; ip rule show iif lo
echo i; ip rule show oif lo
echo j; ip rule show fwmark 0
echo k; ip rule show fwmark 0/0
echo l; ip rule show table all
echo m; ip rule show table 0
echo n; ip rule show protocol all
echo o; ip rule show protocol boot
echo o2; ip rule show protocol kernel
echo o3; ip rule show protocol xyz
echo p; ip rule show from 10.0.0.0/8
echo q; ip rule show from 10.0.0.1
echo r; ip rule show to 0/0
echo s; ip rule show pref 0
echo t; ip rule show not
echo u; ip rule show tos 0
ip rule show pref x
ip rule show fwmark 5/x
ip rule show fwmark x
ip rule show tos x
ip rule show table
ip rule show goto 5
ip rule show suppress_prefixlength 0
ip rule flush table 5
ip rule
ip rule flush l3mdev; echo $?
ip rule
ip rule flush pref 5
ip rule flush protocol boot
ip rule
