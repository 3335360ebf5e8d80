#!/bin/sh
#@ from: console.md
ip link # line 4
ip netns add web # line 7
ip netns list # line 8
ip netns exec web ip link # line 10
ip netns exec web ping -c 1 127.0.0.1 # line 13
for n in web db; do
  echo "$n"
done # line 15
ip link add veth0 type veth peer name veth1 # line 25
ip link set veth1 netns web # line 26
ip \
  addr add 10.0.0.1/24 dev veth0 # line 27
ip link set veth0 up # line 29
ip netns exec web ip link set veth1 up # line 30
sysctl -w net.ipv4.ip_forward=1 # line 35
echo 1 | tee /proc/sys/net/ipv4/ip_forward # line 36
cat <<END > /tmp/hosts # line 38
10.0.0.1 host
10.0.0.2 web   # the container
END
if ip link show veth0; then
	echo "there it is"
fi # line 42
iptables -t nat -A POSTROUTING \
	-s 10.0.0.0/24 \
	-j MASQUERADE # line 45
ip netns exec web ip route # line 51
ping -c 1 10.0.0.2 # line 53
ip addr show dev veth0 # line 64
