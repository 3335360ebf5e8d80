# arping: probes, announcements, complaints
ip netns add red
ip link add v0 address 02:00:00:00:01:01 type veth peer name v0 netns red address 02:00:00:00:01:02
ip link set v0 up; ip -n red link set v0 up
ip addr add 10.0.0.1/24 dev v0; ip -n red addr add 10.0.0.2/24 dev v0; ip link set lo up
t arping -c 2 -I v0 10.0.0.2
t arping -c 1 10.0.0.2
t arping -c 1 -w 1 -I v0 10.0.0.77
t arping -f -c 3 -I v0 10.0.0.2
t arping -q -c 1 -I v0 10.0.0.2
t arping -b -c 2 -I v0 10.0.0.2
t arping -U -c 1 -I v0 10.0.0.1
t arping -A -c 1 -I v0 10.0.0.1
t arping -D -c 1 -I v0 10.0.0.2
t arping -D -c 1 -I v0 10.0.0.77
t arping -D -c 2 -w 1 -I v0 10.0.0.2
t arping -U -c 1 -I v0 10.0.0.9
t arping -s 10.0.0.9 -c 1 -w 1 -I v0 10.0.0.2
t arping -c 1 -I nosuch 10.0.0.2
t arping -c 1 -I lo 127.0.0.1
t arping
t arping -c 1
t arping -x
t arping -h
t arping -V
t arping -c 0 -I v0 10.0.0.2
t arping -c x -I v0 10.0.0.2
t arping -w x -I v0 10.0.0.2
t arping -s x -c 1 -I v0 10.0.0.2
t arping -c 1 -I v0 nosuch
t arping -c 1 -i 2 -I v0 10.0.0.2
t arping -C 1 -I v0 10.0.0.2
t arping -c 1 10.99.0.1
t arping -0 -c 1 -I v0 10.0.0.2
t arping -c 1 127.0.0.1
t arping -c 2 -w 5 -I v0 10.0.0.77
t arping -w 2 -I v0 10.0.0.2
ip link set v0 down
t arping -c 1 -I v0 10.0.0.2
t arping -c 1 10.0.0.2
ip link set v0 up; ip addr flush v0
t arping -D -c 1 -I v0 10.0.0.2
t arping -c 1 -w 1 -I v0 10.0.0.2
