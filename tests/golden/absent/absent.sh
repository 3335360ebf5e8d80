#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Files and modules that Linux has and the simulated kernel has not: seen, not opened; what nobody has is not found
# shellcheck disable=SC2002,SC2012,SC1091,SC2034,SC2162,SC3034,SC2320
cat /proc/cpuinfo; echo $?
cat /proc/net/softnet_stat /proc/net/dev | head -2; echo $?
cat < /proc/mounts; echo $?
x=$(cat /proc/self/limits); echo $?
x=$(</proc/loadavg); echo $?
echo 1 > /proc/sys/vm/drop_caches; echo $?
sysctl vm.swappiness net.ipv4.ip_forward; echo $?
sysctl -w kernel.panic=1 net.ipv4.ip_forward=1; echo $?
sysctl net.ipv4.ip_forward
cat /proc/nosuch /proc/net/nosuch /proc/sys/vm/nosuch /proc/1/nosuch /proc/99999/limits; echo $?
test -f /proc/cpuinfo; echo $?
test -d /proc/irq; echo $?
readlink /proc/self/exe; echo $?
ls /proc/net/softnet_stat /proc/bus; echo $?
cat /sys/kernel/uevent_seqnum; echo $?
cat /sys/class/net/nosuch/speed; echo $?
cat /sys/class/net/lo/nosuch; echo $?
ls /sys/module; echo $?
while read a; do echo "$a"; done < /proc/modules; echo $?
while read a; do echo "$a"; done < /proc/net/protocols; echo $?
. /proc/cmdline; echo $?
cat /proc/$$/net/stat/nf_conntrack; echo $?
ip netns add r; ip netns exec r cat /proc/net/ptype; echo $?
head -1 /proc/swaps && echo no
sysctl -w net.ipv6.conf.all.forwarding=1; echo $?
modprobe br_netfilter; echo $?
modprobe xt-conntrack hashsize=5 && modprobe -av veth bridge; echo $?
modprobe vxlan; echo $?
modprobe nosuch; echo $?
modprobe -q nosuch; echo $?
modprobe -aq nosuch veth; echo $?
modprobe -a nosuch veth nosuch2; echo $?
modprobe --all --verbose --quiet nosuch; echo $?
modprobe; echo $?
modprobe -r veth; echo $?
# the machine's own: only the host has them
ip netns add red
sysctl net.ipv4.neigh.default.gc_thresh1 net.ipv4.neigh.default.gc_thresh2 net.ipv4.neigh.default.gc_thresh3 net.ipv4.neigh.default.gc_interval
sysctl -w net.ipv4.neigh.default.gc_thresh3=4096 net.nf_conntrack_max=65536 net.netfilter.nf_conntrack_buckets=1000
sysctl net.netfilter.nf_conntrack_max net.netfilter.nf_conntrack_buckets
ip netns exec red sysctl net.ipv4.neigh.default.gc_thresh3 net.nf_conntrack_max net.netfilter.nf_conntrack_max
cat /proc/sys/net/core/netdev_max_backlog /proc/sys/net/ipv4/route/error_cost
ip netns exec red cat /proc/sys/net/core/netdev_max_backlog /proc/sys/net/ipv4/route/error_cost
ip netns exec red iptables -A OUTPUT -j LOG
ip -n red link set lo up
ip netns exec red ping -qc1 127.0.0.1 | grep loss; dmesg | grep -c OUT=lo
sysctl -w net.netfilter.nf_log_all_netns=1
ip netns exec red ping -qc1 127.0.0.1 | grep loss; dmesg | grep -c OUT=lo
