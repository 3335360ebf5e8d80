# A checksum left to the device is shown as the stack left it; with tx-checksum-ip-generic off it is there
ip link set lo up
ip netns add red
ip netns add blue
ip link add br0 type bridge
ip link set br0 up
for n in red blue; do
	ip link add v-$n type veth peer name eth0 netns $n
	ip link set v-$n master br0
	ip link set v-$n up
	ip -n $n link set eth0 up
done
ip -n red addr add 10.0.0.1/24 dev eth0
ip -n blue addr add 10.0.0.2/24 dev eth0
sleep 1
send() {
	ip netns exec red bash -c 'echo hi > /dev/udp/10.0.0.2/9'
}
ip netns exec blue tcpdump -Z root -nvvi eth0 -c 3 udp 2> /dev/null &
sleep 0.1
send
ip netns exec red ethtool -K eth0 tx off > /dev/null
send
ip netns exec red ethtool -K eth0 tx on > /dev/null
ethtool -K br0 tx off > /dev/null
send
wait
tcpdump -Z root -nvvi lo -c 2 udp 2> /dev/null &
sleep 0.1
echo hi > /dev/udp/127.0.0.1/9
sleep 0.1
ethtool -K lo tx off > /dev/null
echo hi > /dev/udp/127.0.0.1/9
wait
