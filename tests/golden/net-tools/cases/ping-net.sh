# ping between namespaces: dead hosts, errors from routers, MTU
ip netns add red; ip netns add blue; ip netns add r
ip link add r1 netns r address 02:00:00:00:01:01 type veth peer name v0 netns red address 02:00:00:00:01:02
ip link add r2 netns r address 02:00:00:00:02:01 type veth peer name v0 netns blue address 02:00:00:00:02:02
for n in red blue r; do ip -n $n link set lo up; done
ip -n r link set r1 up; ip -n r link set r2 up; ip -n red link set v0 up; ip -n blue link set v0 up
ip -n r addr add 10.0.0.1/24 dev r1; ip -n red addr add 10.0.0.2/24 dev v0
ip -n r addr add 10.0.1.1/24 dev r2; ip -n blue addr add 10.0.1.2/24 dev v0
ip -n red route add default via 10.0.0.1; ip -n blue route add default via 10.0.1.1
ip netns exec r sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
r() { t ip netns exec red "$@"; }
r ping -c 2 -i 0.2 10.0.0.1
r ping -c 2 -i 0.2 10.0.1.2
r ping -c 1 alpha
r ping -c 1 beta
r ping -c 1 -W 1 10.0.0.77
r ping -c 1 10.0.0.77
r ping -c 3 10.0.0.78
r ping -c 3 -i 0.2 -q 10.0.0.79
r ping -c 2 -f 10.0.0.80
r ping -c 5 -w 2 10.0.0.81
r ping -c 2 -O -i 0.5 10.0.0.83
r ping -c 1 10.9.9.9
r ping -c 2 -i 0.2 -t 1 10.0.1.2
r ping -c 1 -t 1 -v 10.0.1.2
r ping -c 1 -D -t 1 10.0.1.2
r ping -c 1 -t 1 -q 10.0.1.2
ip -n r route add unreachable 10.5.0.0/16
ip -n r route add prohibit 10.6.0.0/16
ip -n r route add blackhole 10.7.0.0/16
r ping -c 1 10.5.0.1
r ping -c 1 10.6.0.1
r ping -c 1 -W 1 10.7.0.1
ip -n red route add unreachable 10.15.0.0/16
ip -n red route add prohibit 10.16.0.0/16
ip -n red route add blackhole 10.17.0.0/16
ip -n red route add throw 10.18.0.0/16
r ping -c 1 10.15.0.1
r ping -c 1 10.16.0.1
r ping -c 1 10.17.0.1
r ping -c 1 10.18.0.1
r ping -c 1 -b -W 1 10.0.0.255
r ping -c 1 10.0.0.255
r ping -c 1 -I v0 10.0.1.2
r ping -c 1 -I 10.0.0.2 10.0.1.2
r ping -c 1 -I v0 10.0.0.2
r ping -c 1 -I lo 10.0.1.2
r ping -c 1 -I lo 127.0.0.1
r ping -c 1 -I 10.0.0.99 10.0.1.2
r ping -c 1 -I nosuch 10.0.1.2
ip -n r link set r2 mtu 1200; ip -n blue link set v0 mtu 1200
r ping -c 1 -W 1 -s 1472 -M do 10.0.1.2
r ping -c 2 -i 0.2 -W 1 -s 1472 -M do 10.0.1.2
r ping -c 1 -s 1472 -M dont 10.0.1.2
r ping -c 1 -s 1472 -M want 10.0.1.2
r ping -c 1 -s 1472 10.0.1.2
r ping -c 1 -s 1473 -M do 10.0.0.1
r ping -c 1 -q -s 1473 -M do 10.0.0.1
r ping -c 1 -s 4000 10.0.0.1
ip -n red addr flush dev v0
r ping -c 1 10.0.0.1
ip -n red link set v0 down
r ping -c 1 10.0.0.1
ip -n red link set lo down
r ping -c 1 127.0.0.1
ip -n red link set v0 up
ip -n red addr add 10.0.0.2/24 dev v0
r ping -c 1 10.0.0.77
r ping -c 1 -W 4 10.0.0.77
r ping -c 2 -i 0.5 -W 2 10.0.0.76
r ping -c 1 10.0.0.2
