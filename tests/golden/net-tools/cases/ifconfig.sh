# ifconfig and netstat -i: showing, setting, complaints
ip link add v0 address 02:00:00:00:01:01 type veth peer name v1 address 02:00:00:00:01:02
echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
sysctl -qw net.ipv4.igmp_link_local_mcast_reports=0
t ifconfig
t ifconfig -a
t ifconfig v0
t ifconfig nosuch
t ifconfig v0 10.0.0.1; ifconfig v1 up; sleep 1.2
t ifconfig v0
t ifconfig v0 10.0.0.1 netmask 255.255.255.0 up
t ifconfig v1 10.1.0.1/16
t ifconfig
t ifconfig -s
t ifconfig -s v0
t ifconfig v0 mtu 1400
t ifconfig v0 hw ether 02:00:00:00:01:99
t ifconfig v0 down
t ifconfig v0 hw ether 02:00:00:00:01:99
t ifconfig v0 up promisc
t ifconfig v0 -arp
t ifconfig v0 arp -promisc
t ifconfig v0 broadcast 10.255.255.255
t ifconfig v0 10.0.0.9 broadcast 10.0.0.127 netmask 255.255.255.128
t ifconfig v0:1 10.0.5.1 netmask 255.255.255.0
t ifconfig v0:1
t ifconfig
t ifconfig v0:1 down
t ifconfig v0 0.0.0.0
t ifconfig v0 nosuch
t ifconfig v0 mtu 10
t ifconfig v0 mtu
t ifconfig v0 mtu x
t ifconfig v0 netmask
t ifconfig v0 netmask 255.0.255.0
t ifconfig v0 hw ether zz
t ifconfig v0 hw foo 11
t ifconfig v0 txqueuelen 500
t ifconfig v0 allmulti
t ifconfig v0 -allmulti multicast
t ifconfig v0 metric 2
t ifconfig nosuch up
t ifconfig nosuch 10.0.0.1
t ifconfig lo up
t ifconfig lo
t ifconfig -a -s
t ifconfig -v v0
t ifconfig -x
t ifconfig --help
t ifconfig -V
t ifconfig --version
t ifconfig v0 pointopoint 10.0.0.9
t ifconfig v0 dstaddr 10.0.0.9
t ifconfig v0 10.300.0.1
t ifconfig v0 10.0.0.1/33
t ifconfig v0 inet 10.0.0.7
t netstat -i
t netstat -ia
t netstat -in
t ifconfig v0 -broadcast
t ifconfig v0 -multicast
t ifconfig v0 -promisc -allmulti -dynamic -pointopoint
t ifconfig v0 multicast name v9
t ifconfig v9 name
t ifconfig v9 name lo
t ifconfig v9 name averyverylongnameindeed
t ifconfig nosuch name v9
t ifconfig v9 -foo
