# SPDX-License-Identifier: GPL-2.0-or-later
# Settings nothing modelled depends on are shown, take a value and give it back; bad values are refused.
sysctl net.ipv4.tcp_syncookies net.ipv4.tcp_fin_timeout net.core.somaxconn
sysctl -w net.ipv4.tcp_syncookies=0
sysctl net.ipv4.tcp_syncookies
sysctl -w net.ipv4.tcp_rmem="4096 87380 6291456"
sysctl net.ipv4.tcp_rmem
sysctl -w net.core.somaxconn=1024
sysctl net.core.somaxconn
sysctl -w net.ipv4.ip_forward=
sysctl -w net.ipv4.ip_local_port_range="1000 2000"
sysctl -w net.ipv4.ip_local_port_range="2000 1024"
sysctl -w net.ipv4.ip_local_port_range="1024 65535"
sysctl net.ipv4.ip_local_port_range
ip link add v0 type veth peer name v1
sysctl -w net.ipv4.neigh.v0.unres_qlen=10
sysctl net.ipv4.neigh.v0.unres_qlen net.ipv4.neigh.v0.unres_qlen_bytes
cat /proc/sys/net/ipv4/route/flush
sysctl net.ipv4.route.flush
ip route flush cache
