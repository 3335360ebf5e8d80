# SPDX-License-Identifier: GPL-2.0-or-later
# socat: between two of standard input and output, TCP, UDP, files and programs; who listens, forks, refuses
ip link set lo up
timeout 5 socat -u TCP-LISTEN:8080,reuseaddr STDOUT &
sleep 0.2
echo hello | socat -u - TCP:127.0.0.1:8080; r=$?; wait; echo rc $r
socat TCP4-LISTEN:8081,fork,reuseaddr EXEC:'echo hi' &
P=$!
sleep 0.2
socat STDIO TCP4:127.0.0.1:8081 </dev/null; echo rc $?
socat - TCP:127.0.0.1:8081 < /dev/null; echo rc $?
kill $P
socat UDP-LISTEN:9000,fork EXEC:cat 2>/dev/null &
P=$!
sleep 0.2
echo ping | socat -t 1 - UDP:127.0.0.1:9000; echo rc $?
echo pong | socat -t 1 - UDP:127.0.0.1:9000; echo rc $?
kill $P; pkill socat; sleep 0.1
socat - TCP:127.0.0.1:4444; echo rc $?
timeout 2 socat -u UDP4-RECV:5353 - &
sleep 0.1
echo one | socat -u STDIN UDP4-SENDTO:127.0.0.1:5353; sleep 0.2; echo rc $?
echo two | socat - UDP4-DATAGRAM:127.0.0.1:5353; sleep 0.1; echo rc $?
wait
sleep 0.1
wait
socat; echo rc $?
socat -; echo rc $?
socat - FOO:1; echo rc $?
socat - TCP; echo rc $?
socat - TCP:127.0.0.1; echo rc $?
socat - TCP:nosuch:80; echo rc $?
socat TCP-LISTEN:8090 STDOUT < /dev/null & sleep .1; socat TCP-LISTEN:8090 -; echo rc $?; pkill socat; sleep 0.1
echo abc | socat - OPEN:/tmp/f,creat,append; cat /tmp/f
socat -u FILE:/tmp/f STDOUT
socat -u FILE:/tmp/nofile STDOUT
socat - TCP:127.0.0.1:4444,bind=127.0.0.9,connect-timeout=1
socat TCP-LISTEN:8101,reuseaddr EXEC:cat &
sleep .1; echo through | socat - TCP:127.0.0.1:8101,sourceport=5555; wait
echo 1 | socat -u - /tmp/g; echo 2 | socat -u - /tmp/g; cat /tmp/g; socat -u /tmp/g -
ip netns add a
ip link add va netns a type veth peer name vb
ip -n a addr add 10.0.0.1/24 dev va
ip addr add 10.0.0.2/24 dev vb
ip -n a link set va up
ip link set vb up
sleep 1
ip netns exec a socat TCP4-LISTEN:7000,fork,reuseaddr EXEC:cat &
sleep 0.2
echo over the wire | socat - TCP4:10.0.0.1:7000
echo again | socat -t 0.1 - TCP:10.0.0.1:7000,bind=10.0.0.2
ip netns exec a iptables -A INPUT -p tcp --dport 7000 -j REJECT
echo no | socat - TCP:10.0.0.1:7000; echo rc $?
ip netns exec a iptables -F
ip netns exec a iptables -A INPUT -p tcp --dport 7000 -j DROP
echo no | socat - TCP:10.0.0.1:7000,connect-timeout=1; echo rc $?
kill $!
