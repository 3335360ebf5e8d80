# A reader that never reads: its window shuts, probes go on for ever, the writer waits; then it reads again.
ip netns add red
ip netns add blue
ip link add veth-red netns red type veth peer name veth-blue netns blue
ip -n red addr add 10.0.0.1/24 dev veth-red
ip -n blue addr add 10.0.0.2/24 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
# the second connection waits until the first is over
ip netns exec blue nc -lk 10.0.0.2 5000 > /tmp/got &
sleep 1
sleep 40000 | ip netns exec red nc -N 10.0.0.2 5000 &
sleep 1
seq 1 100000 | ip netns exec red nc -N 10.0.0.2 5000 &
sleep 20
ip netns exec red ss -tnoim dst 10.0.0.2 and dport = :5000 | grep busy | tr ' ' '\n' | grep -E 'limited|retrans|unacked'
ip netns exec red ss -tno | grep -o 'timer.*'
ip netns exec blue ss -tnm | grep -o 'skmem:(r[0-9]*,rb[0-9]*'
sleep 20000
ip netns exec red ss -tno | grep -o 'timer.persist'
ip netns exec red cat /proc/net/netstat | awk '/^TcpExt/ { if (h++ == 0) split($0, n); else for (i = 1; i <= NF; i++) if (n[i] ~ /WinProbe|TCPTimeouts|AbortOnTimeout/) print n[i], $i }'
sleep 20001
wc -c < /tmp/got
seq 1 100000 | cmp - /tmp/got && echo whole
