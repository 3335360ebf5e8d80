# SPDX-License-Identifier: GPL-2.0-or-later
# /proc/sys/net
ip netns add n
sysctl net.ipv4.ip_forward
sysctl -n net.ipv4.ip_forward
sysctl -w net.ipv4.ip_forward=1
sysctl net.ipv4.ip_forward=2
sysctl net.ipv4.nosuch
sysctl -w net.ipv4.nosuch=1
sysctl -w net.ipv4.ip_forward=x
cat /proc/sys/net/ipv4/conf/all/forwarding
ip link add d0 type veth peer name e0; ip link set e0 up
ls /proc/sys/net/ipv4/conf
cat /proc/sys/net/ipv4/conf/d0/forwarding
echo 0 >/proc/sys/net/ipv4/conf/d0/forwarding
sysctl net.ipv4.conf.d0.forwarding
sysctl net.ipv4.ip_forward
ip netns exec n sysctl net.ipv4.ip_forward
echo 1 >/proc/sys/net/ipv4/nosuch
ip netns exec n sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
ip netns exec n cat /proc/sys/net/ipv4/ip_forward
ls /sys/class/net
cat /sys/class/net/d0/mtu /sys/class/net/d0/operstate
cat /sys/class/net/nosuch/mtu
