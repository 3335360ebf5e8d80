# The kernel's log: martians and redirects when log_martians is set, ten lines in five seconds, devices; dmesg's options.
ip netns add a
ip netns add b
ip link add a0 netns a address 02:00:00:00:00:0a type veth peer name b0 address 02:00:00:00:00:0b netns b
for x in a b; do ip -n $x link set ${x}0 up; ip -n $x link set lo up; done
ip -n a addr add 10.0.0.1/24 dev a0
ip -n b addr add 10.0.0.2/24 dev b0
ip netns exec b sysctl -qw net.ipv4.conf.all.rp_filter=1 net.ipv4.ip_forward=1
ip -n a addr add 192.168.7.7/32 dev lo
ip -n a neigh add 10.0.0.2 lladdr 02:00:00:00:00:0b dev a0
ip netns exec a ping -c 1 -W 0.2 -I 192.168.7.7 10.0.0.2 >/dev/null
dmesg
ip netns exec b sysctl -qw net.ipv4.conf.b0.log_martians=1
ip netns exec a ping -c 1 -W 0.2 -I 192.168.7.7 10.0.0.2 >/dev/null
ip -n a route add 10.5.0.0/16 via 10.0.0.2
ip -n b route add 10.5.0.0/16 dev lo
ip netns exec a ping -c 1 -W 0.2 -I 192.168.7.7 10.5.0.2 >/dev/null
ip netns exec a ping -b -I 192.168.7.7 -c 1 -W 0.2 10.0.0.255 >/dev/null 2>&1
ip netns exec a ping -c 20 -i 0.01 -W 0.2 -I 192.168.7.7 10.0.0.2 >/dev/null
sleep 5
ip netns exec a ping -c 1 -W 0.2 -I 192.168.7.7 10.0.0.2 >/dev/null
dmesg
# a redirect that is not wanted is told in two lines
ip link add sw type bridge
ip link set sw up
for n in h r1 r2; do ip netns add $n; ip link add p$n type veth peer name e0 netns $n; ip link set p$n master sw up; ip -n $n link set e0 up; ip -n $n link set lo up; ip netns exec $n sysctl -qw net.ipv4.conf.all.log_martians=1; done
ip -n h addr add 10.0.0.10/24 dev e0
ip -n r1 addr add 10.0.0.1/24 dev e0
ip -n r2 addr add 10.0.0.2/24 dev e0
ip -n r2 addr add 10.9.0.1/32 dev lo
for n in r1 r2; do ip netns exec $n sysctl -qw net.ipv4.ip_forward=1; done
ip -n h route add 10.9.0.0/16 via 10.0.0.1
ip -n r1 route add 10.9.0.0/16 via 10.0.0.2
ip netns exec h sysctl -qw net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.e0.accept_redirects=0
ip netns exec h ping -c 1 -W 1 10.9.0.1 >/dev/null
ip link set pr2 down
ip link set pr2 name uplink
dmesg -t | tail -n 4
dmesg -l warn -x | tail -n 1
dmesg --level=info -r | tail -n 1
dmesg -T | tail -n 1
# why a rule is refused, as the real kernel's log said it
iptables -t mangle -A PREROUTING -m owner --uid-owner 0 2>/dev/null
iptables -A INPUT -j TTL --ttl-set 3 2>/dev/null
iptables -A INPUT -m tcpmss --mss 5 2>/dev/null
iptables -A INPUT -p udp -j REJECT --reject-with tcp-reset 2>/dev/null
dmesg -t | tail -n 4
dmesg -l loud
