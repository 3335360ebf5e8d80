# SPDX-License-Identifier: GPL-2.0-or-later
# a service by rules: chains of a cluster, a share for each pod, back to itself by hairpin
set -e
ip link add cni0 type bridge
ip addr add 10.244.0.1/24 dev cni0
ip link set cni0 up
ip route add 10.96.0.0/12 dev cni0
for i in 1 2 3; do
  ip netns add pod$i
  ip link add vethp$i type veth peer name eth0 netns pod$i
  ip link set vethp$i master cni0 up
  ip -n pod$i addr add 10.244.0.1$i/24 dev eth0
  ip -n pod$i link set eth0 up
  ip -n pod$i link set lo up
  ip -n pod$i route add default via 10.244.0.1
  mkdir -p /tmp/www$i; echo "pod$i" > /tmp/www$i/index.html
  ip netns exec pod$i python3 -m http.server 8080 --directory /tmp/www$i &>/dev/null &
done
sysctl -w net.ipv4.ip_forward=1
sysctl -w net.bridge.bridge-nf-call-iptables=1
iptables -t nat -N KUBE-SERVICES
iptables -t nat -N KUBE-SVC-WEB
iptables -t nat -N KUBE-MARK-MASQ
iptables -t nat -N KUBE-POSTROUTING
iptables -t nat -A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
iptables -t nat -A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
iptables -t nat -A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING
iptables -t nat -A KUBE-MARK-MASQ -j MARK --or-mark 0x4000
iptables -t nat -A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
iptables -t nat -A KUBE-POSTROUTING -j MARK --xor-mark 0x4000
iptables -t nat -A KUBE-POSTROUTING -j MASQUERADE --random-fully
iptables -t nat -A KUBE-SERVICES -d 10.96.0.10/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-WEB
n=3
for i in 1 2 3; do
  iptables -t nat -N KUBE-SEP-$i
  iptables -t nat -A KUBE-SEP-$i -s 10.244.0.1$i/32 -j KUBE-MARK-MASQ
  iptables -t nat -A KUBE-SEP-$i -p tcp -m tcp -j DNAT --to-destination 10.244.0.1$i:8080
  if [ $n -gt 1 ]; then
    iptables -t nat -A KUBE-SVC-WEB -m statistic --mode nth --every $n --packet 0 -j KUBE-SEP-$i
  else
    iptables -t nat -A KUBE-SVC-WEB -j KUBE-SEP-$i
  fi
  n=$((n-1))
done
sleep 1
for i in 1 2 3 4; do curl -s --max-time 2 10.96.0.10; done
ip netns exec pod1 curl -s --connect-timeout 2 http://10.96.0.10/ || echo fail $?
bridge link set dev vethp1 hairpin on
ip link set vethp2 type bridge_slave hairpin on
echo 1 > /sys/class/net/vethp3/brport/hairpin_mode
for i in 1 2 3; do ip netns exec pod1 curl -s --connect-timeout 2 http://10.96.0.10/ || echo fail $?; done
iptables -t nat -S
iptables-save -t nat | grep -c KUBE
conntrack -L -p tcp 2>/dev/null | wc -l
