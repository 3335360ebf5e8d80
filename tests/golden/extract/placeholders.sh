#!/bin/sh
#@ from: placeholders.md
# line 7: placeholder, not run: ip netns add <NAME>
ip link add veth0 type veth peer name ceth0 # line 8
# line 9: placeholder, not run: ip link set ceth0 netns <NAME>
ip addr add 192.0.2.1/24 dev veth0 # line 10
ip link set veth0 up # line 11
# line 12: placeholder, not run: ip netns exec <NAME> ip addr add <IP>/24 dev ceth0
# line 13: placeholder, not run: ip netns exec <NAME> ip link set ceth0 up
NS=web # line 19
IP=192.0.2.2 # line 20
ip netns add $NS # line 21
ip link add veth0 type veth peer name ceth0 # line 22
ip link set ceth0 netns $NS # line 23
ip addr add 192.0.2.1/24 dev veth0 # line 24
ip link set veth0 up # line 25
ip netns exec $NS ip addr add $IP/24 dev ceth0 # line 26
ip netns exec $NS ip link set ceth0 up # line 27
ip netns exec $NS ip link set lo up # line 28
ip netns exec web python3 -m http.server 80 & # line 34
iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 192.0.2.2:80 # line 40
iptables -t nat -A OUTPUT -p tcp -d 127.0.0.1 --dport 8080 -j DNAT --to-destination ${IP}:80 # line 41
curl -s http://192.0.2.2/ | head -n 3 # line 42
cat > /tmp/hosts.txt <<EOF # line 50
192.0.2.2 web
EOF
cat /tmp/hosts.txt # line 53
