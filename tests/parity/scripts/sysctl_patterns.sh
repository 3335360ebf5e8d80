# SPDX-License-Identifier: GPL-2.0-or-later
# keys with wildcards: patterns in a file, plain names on the command line
ip link add v0 type veth peer name v1
sysctl 'net.ipv4.conf.*.rp_filter'
sysctl -w 'net.ipv4.conf.*.rp_filter=1'
printf 'net.ipv4.conf.*.forwarding=1\nnet.ipv4.conf.v?.rp_filter = 2\nnet.ipv4.conf.v1.rp_filter = 1\n-net.ipv4.conf.v0.rp_filter\n' >s.conf
sysctl -p s.conf
sysctl net.ipv4.conf.v0.rp_filter net.ipv4.conf.v1.rp_filter net.ipv4.ip_forward
printf -- '-net.ipv4.conf.all.arp_ignore\nnet.ipv4.conf.*.arp_ignore=1\nnet.ipv4.nosuch*.x=1\nnet.ipv4.*.v0.arp_announce=2\nnoequals\n' >s.conf
sysctl -p s.conf
sysctl -q -p s.conf
sysctl --pattern 'arp_ann' -p s.conf
printf 'net.ipv4.conf.[dl]*.arp_filter=1\n' | sysctl -p -
