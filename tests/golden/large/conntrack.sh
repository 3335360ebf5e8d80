# A full table of connections: the new one dies with a line in the log, the old ones go on; nobody who is ASSURED is
# thrown out for it; one that goes makes room for one. (The limit is the machine's: only its owner sets it.)
sysctl -qw net.netfilter.nf_conntrack_max=${ENTRIES:-600} 2>/dev/null
id=$(readlink /proc/self/ns/net | tr -dc 0-9)
max=$(cat /proc/sys/net/netfilter/nf_conntrack_max)
left() {
	n=$(conntrack -C)
	[ "$n" -lt 10 ] && echo "$n of them" || echo "room for $((max - n))"
}
ip netns add red
ip link add veth0 type veth peer name eth0 netns red
ip addr add 10.0.0.1/24 dev veth0
ip link set veth0 up
ip -n red addr add 10.0.0.2/24 dev eth0
ip -n red link set eth0 up
iptables -A OUTPUT -m conntrack --ctstate INVALID -j DROP
sleep 2
ping -n -q -c1 10.0.0.2 | grep received | sed 's/time.*//'
left
if [ "$max" -gt 5000 ]; then
	i=1
	while [ $i -lt "$max" ]; do
		echo "-I -p tcp -s 10.$((i >> 16)).$((i >> 8 & 255)).9 -d 10.0.0.9 --sport $((1000 + i % 256)) --dport 6 --state ESTABLISHED -t 1000 -u ASSURED,SEEN_REPLY"
		i=$((i + 1))
	done >/run/entries
	conntrack -R /run/entries 2>/dev/null
else
	i=1
	while [ $i -lt "$max" ]; do
		conntrack -I -p tcp -s 10.$((i >> 16)).$((i >> 8 & 255)).9 -d 10.0.0.9 --sport $((1000 + i % 256)) --dport 6 --state ESTABLISHED -t 1000 -u ASSURED,SEEN_REPLY 2>/dev/null
		i=$((i + 1))
	done
fi
left
before=$(grep -h ^Ip: /proc/net/snmp | awk 'NR == 2 { print $12 }')
ping -n -q -c1 -W1 10.0.0.2; echo "status $?"
grep -h ^Ip: /proc/net/snmp | awk -v b="$before" 'NR == 2 { print "output discards", $12 - b }'
conntrack -S | awk '{ for (i = 2; i <= NF; i++) { split($i, w, "="); sum[w[1]] += w[2] } } END { print "drop", sum["drop"], "early_drop", sum["early_drop"], "insert_failed", sum["insert_failed"] }'
conntrack -I -p tcp -s 11.0.0.1 -d 10.0.0.9 --sport 1 --dport 6 --state ESTABLISHED -t 100; echo "status $?"
conntrack -I -p icmp -s 10.0.0.1 -d 10.0.0.2 --icmp-type 3 --icmp-code 0 --icmp-id 1 -t 5; echo "status $?"
# what comes in from the wire dies without an answer
ip netns exec red ping -n -q -c1 -W1 10.0.0.1; echo "status $?"
conntrack -S | awk '{ for (i = 2; i <= NF; i++) { split($i, w, "="); sum[w[1]] += w[2] } } END { print "drop", sum["drop"] }'
dmesg | grep -o -e 'table full, dropping packet' -e "table full in netns $id, dropping packet" | sed "s/ in netns $id//" | sort -u
conntrack -D -p tcp -s 10.0.0.9 --orig-port-src 1001 | wc -l
left
ping -n -q -c1 -W1 10.0.0.2 | grep received | sed 's/time.*//'
left
iptables -F
conntrack -F
left
