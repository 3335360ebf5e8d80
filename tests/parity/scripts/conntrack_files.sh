# SPDX-License-Identifier: GPL-2.0-or-later
# conntrack's files, and the end of a flow that was refused at once
ip link set lo up
iptables -A INPUT -m state --state NEW
ls -l /proc/net/nf_conntrack /proc/net/nf_conntrack_expect /proc/net/ip_tables_names | cut -c1-10
conntrack -E > /tmp/ng.events 2>/dev/null & sleep 0.3; nc -z -n -w 1 127.0.0.1 81; nc -z -n -w 1 127.0.0.1 82; sleep 0.2; kill $!; wait 2>/dev/null
sed 's/port=[0-9]*/port=#/g' /tmp/ng.events
rm /tmp/ng.events
