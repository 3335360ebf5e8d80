sysctl net.ipv4.tcp_congestion_control net.ipv4.tcp_available_congestion_control
ip link set lo up
nc -l 127.0.0.1 9000 > /dev/null &
sleep 0.5
sleep 100 | nc 127.0.0.1 9000 &
sleep 0.5
ss -tni dport = :9000 | grep -o 'cubic\|reno'
kill %1 %2
sysctl -w net.ipv4.tcp_congestion_control=reno
nc -l 127.0.0.1 9001 > /dev/null &
sleep 0.5
sleep 100 | nc 127.0.0.1 9001 &
sleep 0.5
ss -tni dport = :9001 | grep -o 'cubic\|reno'
ip netns add red
ip netns exec red sysctl net.ipv4.tcp_congestion_control
sysctl -w net.ipv4.tcp_congestion_control=vegas
