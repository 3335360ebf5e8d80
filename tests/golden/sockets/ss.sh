ip link set lo up
python3 -m http.server 8000 > /dev/null 2>&1 &
nc -l -k 127.0.0.1 9000 > /dev/null &
nc -lu 127.0.0.1 5353 > /dev/null &
sleep 1
sleep 100 | nc 127.0.0.1 9000 &
sleep 0.5
ss -tln
ss -tlnp
ss -tunap
ss -s
ss -tan state established
ss -tan sport = :9000
ss -tan '( sport = :9000 or sport = :8000 )' and not dst 127.0.0.1
ss -tan dport '>=' 9000
ss -lntH
ss
ss -uan
ss -tl
ss -tn sport = 80x
ss -tn state foo
netstat -tln
netstat -tulpn
netstat -tuna
netstat -tano
netstat -tane
netstat
netstat -st
cat /proc/net/tcp /proc/net/udp /proc/net/sockstat
