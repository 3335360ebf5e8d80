# SPDX-License-Identifier: GPL-2.0-or-later
# what the values below net/ipv4 take: bounds, bounds that are other values, times kept as ticks
ip link add v0 type veth peer name v1
sysctl -w net.ipv4.icmp_ratelimit=-1
sysctl -w net.ipv4.icmp_ratelimit=1
sysctl net.ipv4.icmp_ratelimit
sysctl -w net.ipv4.icmp_ratelimit=250
sysctl -n net.ipv4.icmp_ratelimit
sysctl -w net.ipv4.neigh.v0.retrans_time_ms=50
sysctl -n net.ipv4.neigh.v0.retrans_time_ms net.ipv4.neigh.v0.retrans_time
sysctl -w net.ipv4.neigh.v0.base_reachable_time_ms=1501
sysctl -n net.ipv4.neigh.v0.base_reachable_time_ms net.ipv4.neigh.v0.base_reachable_time
sysctl -w net.ipv4.neigh.v0.locktime=255
sysctl -n net.ipv4.neigh.v0.locktime
sysctl -w net.ipv4.neigh.v0.proxy_delay=1
sysctl -n net.ipv4.neigh.v0.proxy_delay
sysctl -w net.ipv4.ip_no_pmtu_disc=9
sysctl -n net.ipv4.ip_no_pmtu_disc
sysctl -w net.ipv4.ip_no_pmtu_disc=256
sysctl -w net.ipv4.fib_multipath_hash_fields=4095
sysctl -w net.ipv4.fib_multipath_hash_fields=4096
sysctl -w net.ipv4.ipfrag_high_thresh=1
sysctl -w net.ipv4.ipfrag_low_thresh=5000000
sysctl -w net.ipv4.ipfrag_low_thresh=1000
sysctl -w net.ipv4.ipfrag_high_thresh=2000
sysctl -w net.ipv4.ipfrag_high_thresh=999
sysctl -n net.ipv4.ipfrag_low_thresh net.ipv4.ipfrag_high_thresh
ls /proc/sys/net/ipv4 | sort | uniq -d
