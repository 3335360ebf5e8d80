# route and netstat -r: showing, adding, deleting, complaints
ip netns add red
ip link add v0 address 02:00:00:00:01:01 type veth peer name v0 netns red address 02:00:00:00:01:02
t route
t route -n
ip link set v0 up; ip -n red link set v0 up
ip addr add 10.0.0.1/24 dev v0
ip link set lo up
t route
t route -n
t route add default gw 10.0.0.2
t route
t route -n
t route -e
t route -ee
t route -eee
t route -en
t route add -net 10.5.0.0 netmask 255.255.0.0 gw 10.0.0.2 metric 5
t route add -net 10.5.0.0 netmask 255.255.0.0 gw 10.0.0.2 metric 5
t route add -net 10.6.0.0/16 dev v0
t route add -host 10.7.0.1 gw 10.0.0.2
t route add 10.8.0.1 gw beta
t route add -net 10.9.0.0/16 reject
t route add -net 10.10.0.0 gw 10.0.0.2
t route add -net 10.11.0.0 netmask 255.0.255.0 gw 10.0.0.2
t route add -net 10.11.0.1 netmask 255.255.0.0 gw 10.0.0.2
t route add -host 10.11.0.1 netmask 255.255.0.0 gw 10.0.0.2
t route add -net 10.12.0.0/16 gw 10.99.0.2
t route add -net 10.13.0.0/16
t route add -net 10.13.0.0/16 nosuch
t route add -net 10.14.0.0/16 gw nosuch
t route add -net nosuch gw 10.0.0.2
t route add -net 10.15.0.0/16 gw 10.0.0.2 mss 1000 window 3000
t route add -net 10.16.0.0/16 gw 10.0.0.2 mss 10
t route add -net 10.16.0.0/16 gw 10.0.0.2 window 10
t route add -net 10.16.0.0/16 gw 10.0.0.2 metric x
t route add -net 10.16.0.0/16 gw 10.0.0.2 foo bar
t route add -net 10.16.0.0/16 gw default
t route add -net 10.16.0.0/33 gw 10.0.0.2
t route add
t route add -net
t route add default
t route add default v0
t route -n
t route
t route -e
t route -ee
t route -een
t route del -net 10.5.0.0 netmask 255.255.0.0
t route del -net 10.5.0.0 netmask 255.255.0.0
t route del -net 10.6.0.0/16 dev v0
t route del default gw 10.0.0.99
t route del default
t route del -host 10.7.0.1
t route del 10.8.0.1
t route del -net 10.9.0.0/16 reject
t route del
t route foo
t route -Z
t route -h
t route -V
t route flush
t route -C
t route -A inet
t route -A nosuch
t route --inet -n
t route -4 -n
t route add -net far netmask 255.255.0.0 gw beta
t route add -net 10.20.0.0/16 gw 10.0.0.2 irtt 100
t route
t netstat -rn
t netstat -r
t netstat -nr -e
t route add 10.30.0.0/16 gw 10.0.0.2
t route add 10.30.0.1/32 gw 10.0.0.2
t route add -host 10.31.0.1/32 dev v0
t route add -net 10.32.0.0/x gw 10.0.0.2
t route add -net 10.32.0.0/16 gw 10.0.0.2 gw 10.0.0.3
t route add -net 10.32.0.0/16 gw 10.0.0.2 dev
t route add -net 10.32.0.0/16 gw 10.0.0.2 dev v0 dev v0
t route add -net 10.32.0.0/16 gw 10.0.0.2 dev v0 v0
t route add -net 10.32.0.0/16 netmask 255.255.0.0 gw 10.0.0.2
t route add -net 10.33.0.0 netmask 255.255.0.0 dev v0 mod
t route add -net 10.34.0.0 netmask 255.255.0.0 v0 dyn
t route add -net 10.34.0.0 netmask nosuch v0
t route add -net 10.35.0.0/16 reject
t route add -net 10.36.0.0/16 gw
t route add -net 10.36.0.0/16 metric
t route add -net 10.36.0.0/16 metric 7 dev v0
t route add -net 224.0.0.0 netmask 240.0.0.0 dev v0
t route add far gw beta
t route add beta dev v0
t route add -net 0.0.0.0/0 gw 10.0.0.3 metric 9
t route add default gw 10.0.0.2 v0
t route add default gw 10.0.0.2 metric 100 v0
t route -n
t route
t route -h -4
t route --help
t route --version
t route -C -e
t route -C -ee
t route -FC
t route -C add default gw 10.0.0.2
t route delete default gw 10.0.0.2 metric 100
t route del -net 10.36.0.0/16 metric 7
t route del -net 10.33.0.0/16 gw 10.0.0.2
t route del -net 10.33.0.0 netmask 255.255.0.0 dev lo
t route del 10.200.0.0
t route del -net 10.200.0.0
t route del nosuch
t route del -host nosuch
ip link set v0 down
t route -n
t route add default gw 10.0.0.2
