ip netns add red
ip netns add blue
ip link add v0 type veth peer name v1
ip link set v0 netns red
ip link set v1 netns blue
ip -n red addr add 10.0.0.1/24 dev v0
ip -n blue addr add 10.0.0.2/24 dev v1
ip -n red link set v0 up
ip -n blue link set v1 up
ip netns exec red tcpdump -i v0 -w /tmp/all.pcap &
ip netns exec blue tcpdump -n -i v1 -c 4 icmp &
ip netns exec red tcpdump -l -n -i any -c 2 arp &
sleep 1
ip netns exec red ping -c 2 10.0.0.2 > /dev/null
mkdir -p /tmp/page
echo hello > /tmp/page/index.html
ip netns exec blue python3 -m http.server 80 -d /tmp/page > /dev/null 2>&1 &
sleep 1
ip netns exec red curl -s http://10.0.0.2/
ip netns exec red curl -s http://10.0.0.2:81/
echo foo | ip netns exec red nc -u -w 1 10.0.0.2 9999
ip -n blue addr add 239.1.1.1/32 dev v1 autojoin
ip -n blue addr add 239.1.1.2/32 dev v1 autojoin
sleep 2
ip -n blue addr del 239.1.1.2/32 dev v1
ip netns exec blue sysctl -qw net.ipv4.conf.v1.force_igmp_version=2
ip -n blue addr add 239.1.1.3/32 dev v1 autojoin
sleep 0.1
ip -n blue addr del 239.1.1.3/32 dev v1
kill %1
wait %1
tcpdump -n -r /tmp/all.pcap
tcpdump -n -e -q -r /tmp/all.pcap tcp port 80 and 'tcp[tcpflags] & tcp-syn != 0'
tcpdump -v -r /tmp/all.pcap icmp or arp
tcpdump -nvv -r /tmp/all.pcap udp
tcpdump -tttt -nX -c 2 -r /tmp/all.pcap
tcpdump -n --count -r /tmp/all.pcap
tcpdump -i nope
tcpdump -r /tmp/all.pcap port nosuch
tcpdump -r /tmp/all.pcap icmp and and
