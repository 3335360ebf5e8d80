# Ten thousand rules: listed, counted, walked to the last one, changed in the middle
n=${RULES:-10000}
ip link set lo up
{
	echo '*filter'
	echo ':many -'
	echo '-A INPUT -p icmp -j many'
	i=0
	while [ $i -lt $n ]; do
		echo "-A many -s 10.$((i / 65536)).$((i / 256 % 256)).$((i % 256))/32 -j DROP"
		i=$((i + 1))
	done
	echo '-A many -s 127.0.0.1/32 -m comment --comment last -j REJECT --reject-with icmp-host-prohibited'
	echo COMMIT
} >/run/rules
iptables-restore /run/rules; echo "status $?"
iptables -S many | wc -l | awk -v n=$n '{ print $1 - n }'
ping -n -c1 -W1 127.0.0.1; echo "status $?"
iptables -L many -v -n -x | awk '$1 > 0 || /last/' | tail -1
iptables -I many 5000 -s 127.0.0.1 -j ACCEPT; echo "status $?"
ping -n -q -c1 -W1 127.0.0.1 | grep received | sed 's/time.*//'
iptables -L many 5000 -v -n -x
iptables -D many 5000; echo "status $?"
ping -n -q -c1 -W1 127.0.0.1 | grep received | sed 's/time.*//'
iptables -D many $((n + 2)); echo "status $?"
iptables -X many; echo "status $?"
iptables -F; iptables -X many; echo "status $?"
iptables -S
