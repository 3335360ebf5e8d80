# SPDX-License-Identifier: GPL-2.0-or-later
# Each setting of a namespace takes, rounds and refuses the numbers the kernel's does; what a namespace has, in order.
cat >/tmp/values.sh <<'X'
while read -r f; do
	read -r old <$f
	out=
	for v in -2147483649 -2147483648 -1 0 1 2 3 4 5 6 9 10 11 31 32 33 48 49 67 68 100 127 128 255 256 300 301 1000 1001 4095 4096 \
		32768 32769 60000 60001 65535 65536 86400 120000 120001 1027504 1027505 8589934 8589935 17179869 17179870 \
		2147483646 2147483648 4294967295 4294967296 1x x ""; do
		if echo "$v" >$f; then
			read -r new <$f
			[ "$new" = "$v" ] && new=ok
		else
			new=-
		fi
		out="$out $new"
	done 2>/dev/null
	echo "$old" >$f
	echo "$f:$out"
done
X
ip netns add red
# left out: what is not modelled or only with its default, what differs by machine, the groups of a user namespace
ip netns exec red find /proc/sys/net/bridge /proc/sys/net/core/somaxconn /proc/sys/net/ipv4 /proc/sys/net/netfilter -type f |
	grep -Ev 'route/(flush|min_adv_mss)|congestion|ping_group|_mem$|ip_autobind|app_win|limit_output|rtt_wlen|mtu_probing|reflect_tos|shrink_win|workaround|tcp_ecn$|ratelimit$|hash_seed|backlog_ack|ehash|slack_ns|ecn_option|fastopen_|fwmark_acc|l3mdev_acc|migrate|probe_floor|notsent|plb|hash_entries|xfrm4|frag6_high|lwtunnel|nf_log|_(buckets|count|max)$' >/tmp/names
wc -l </tmp/names
cat /tmp/names
sed -n 1,25p /tmp/names | ip netns exec red bash /tmp/values.sh
sed -n 26,50p /tmp/names | ip netns exec red bash /tmp/values.sh
sed -n 51,75p /tmp/names | ip netns exec red bash /tmp/values.sh
sed -n 76,100p /tmp/names | ip netns exec red bash /tmp/values.sh
sed -n 101,125p /tmp/names | ip netns exec red bash /tmp/values.sh
sed -n 126,150p /tmp/names | ip netns exec red bash /tmp/values.sh
sed -n 151,175p /tmp/names | ip netns exec red bash /tmp/values.sh
sed -n 176,200p /tmp/names | ip netns exec red bash /tmp/values.sh
sed -n 201,225p /tmp/names | ip netns exec red bash /tmp/values.sh
sed -n 226,250p /tmp/names | ip netns exec red bash /tmp/values.sh
sed -n 251,275p /tmp/names | ip netns exec red bash /tmp/values.sh
ip netns exec red ls -l /proc/sys/net/netfilter/nf_conntrack_max /proc/sys/net/ipv4/conf/all/mc_forwarding | cut -d' ' -f1
ip netns exec red sysctl -w net.ipv4.neigh.default.gc_thresh1=1
ip netns exec red sysctl net.ipv4.neigh.default.gc_stale_time
ip -n red ntable change name arp_cache retrans 2000
ip -n red ntable change name arp_cache thresh1 4
ip netns exec red bash -c 'echo 5 0 >/proc/sys/net/ipv4/ip_local_port_range; cat /proc/sys/net/ipv4/ip_local_port_range'
ip netns exec red bash -c 'echo 61000 >/proc/sys/net/ipv4/ip_local_port_range; cat /proc/sys/net/ipv4/ip_local_port_range'
ip netns exec red bash -c 'echo 50000 >/proc/sys/net/ipv4/ip_local_port_range; cat /proc/sys/net/ipv4/ip_local_port_range'
ip netns exec red sysctl -w net.ipv4.tcp_max_reordering=400 net.ipv4.tcp_reordering=401
ip netns exec red sysctl -w net.ipv4.tcp_reordering=400
for ports in 8080,9148-9150 32768-32800 70000 5-3 1,2,3,5 '' a '1 2' 1,,2 65535 1- 3, ,3 0 10-20,15-30 10-20-30 -5; do
	ip netns exec red sysctl -w net.ipv4.ip_local_reserved_ports="$ports"
	ip netns exec red sysctl net.ipv4.ip_local_reserved_ports
done
# only one port is left
ip -n red link set lo up
ip netns exec red sysctl -w net.ipv4.ip_local_port_range="40000 40005" net.ipv4.ip_local_reserved_ports=40000-40003,40005
ip netns exec red nc -zv 127.0.0.1 9
ip netns exec red bash -c 'nc -lk 127.0.0.1 80 & p=$!; sleep .3; (sleep 1 | nc 127.0.0.1 80) & sleep .5; ss -Htn | grep -c :40004; (sleep 1 | nc 127.0.0.1 80) & sleep .5; ss -Htn | wc -l; kill $p'
