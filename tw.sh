ip netns add red
ip netns add blue
ip link add va1 netns red type veth peer name vb1 netns blue
ip -n red link set va1 up
ip -n blue link set vb1 up
ip -n red addr add 10.0.0.1/24 dev va1
ip -n blue addr add 10.0.0.2/24 dev vb1
sleep 1.2
ip netns exec blue timeout 1.5 nc -d -l 80 & sleep 0.2; ip netns exec red timeout 0.8 nc -d 10.0.0.2 80 & sleep 0.5; wait
ip netns exec red ss -tan
ip netns exec blue ss -tan
ip netns exec red nstat -asz TcpTimeWaited 2>/dev/null
ip netns exec red awk '/TcpExt/ && n++ {print $12}' /proc/net/netstat
sleep 1
ip netns exec red ss -tan
ip netns exec red awk '/TcpExt/ && n++ {print $12}' /proc/net/netstat
sleep 2
ip netns exec red awk '/TcpExt/ && n++ {print $12}' /proc/net/netstat
