# SPDX-License-Identifier: GPL-2.0-or-later
# A redirect that comes while connect() or send() runs finds the socket busy and is forgotten; ping takes it.
ip netns add red
ip netns add r1
ip netns add r2
ip link add br0 type bridge
ip link set br0 up
for n in red:1 r1:2 r2:3; do ip link add eth0 netns ${n%:*} type veth peer name p-${n%:*}; ip link set p-${n%:*} master br0; ip link set p-${n%:*} up; ip -n ${n%:*} addr add 10.0.0.${n#*:}/24 dev eth0; ip -n ${n%:*} link set eth0 up; ip -n ${n%:*} link set lo up; done
ip -n r2 addr add 10.9.0.1/24 dev lo
ip -n red route add default via 10.0.0.2
ip -n r1 route add 10.9.0.0/24 via 10.0.0.3
ip netns exec r1 sysctl -w net.ipv4.ip_forward=1
sleep 1.2
ip netns exec r2 timeout 2 nc -d -l 80 & sleep 0.3; echo hello | ip netns exec red nc -N -w 1 10.9.0.1 80; wait
ip -n red neigh show 10.0.0.3
ip -n red route get 10.9.0.1
ip netns exec red grep -A1 ^TcpExt /proc/net/netstat | awk 'NR == 1 { n = split($0, k) } NR == 2 { split($0, v); for (i = 1; i <= n; i++) if (k[i] ~ /Icmps/) print k[i], v[i] }'
ip netns exec red ping -c 2 -i 0.3 -W 1 10.9.0.1
ip -n red route get 10.9.0.1
