# sysctl: reading, writing, files, complaints
ip link add v0 type veth peer name v1
t sysctl
t sysctl net.ipv4.ip_forward
t sysctl -n net.ipv4.ip_forward
t sysctl net/ipv4/ip_forward
t sysctl net.ipv4.nosuch
t sysctl -e net.ipv4.nosuch
t sysctl -w net.ipv4.ip_forward=1
t sysctl net.ipv4.ip_forward=0
t sysctl -q -w net.ipv4.ip_forward=1
t sysctl -qw net.ipv4.ip_forward=1
t sysctl -nw net.ipv4.ip_forward=1
t sysctl -w net.ipv4.ip_forward
t sysctl -w net.ipv4.nosuch=1
t sysctl -w net.ipv4.ip_forward=
t sysctl -w net.ipv4.ip_forward=abc
t sysctl -w net.ipv4.ip_forward = 1
t sysctl -w "net.ipv4.ip_forward = 1"
t sysctl -w =1
t sysctl -w kernel.version=foo
t sysctl kernel.nosuch net.ipv4.ip_forward
t sysctl net.ipv4.conf.v0.forwarding net.ipv4.conf.all.rp_filter
t sysctl -w net.ipv4.conf.all.rp_filter=2 net.ipv4.conf.v0.forwarding=0
t sysctl net.ipv4.ping_group_range
t sysctl -w net.ipv4.ping_group_range="0 10"
t sysctl net.ipv4.ping_group_range
t sysctl net.ipv4.conf.v0
t sysctl net.ipv4.tcp_rmem
t sysctl -N net.ipv4.ip_forward
t sysctl -b net.ipv4.ip_forward
t sysctl -n -e net.ipv4.nosuch
t sysctl -p /run/nosuch
printf '# c\n; d\nnet.ipv4.ip_forward=0\n net.ipv4.conf.all.forwarding = 1 \n-net.ipv4.nosuch=1\nnet.ipv4.nosuch2=1\nbadline\n' > /run/s.conf
t sysctl -p /run/s.conf
t sysctl -q -p /run/s.conf
t sysctl -e -p /run/s.conf
t sysctl -p
t sysctl -h
t sysctl -V
t sysctl -Z
t sysctl --pattern forwarding -a
t sysctl -a -r 'conf.v0.*filter'
t sysctl -ar ip_forward
t sysctl 'net.ipv4.conf.*.forwarding'
t sysctl net.ipv4.conf.v0/x.forwarding
t sysctl -w net.ipv4.conf.all.forwarding=1 -q
t sysctl --values net.ipv4.ip_forward
t sysctl -w 
t sysctl -n
t sysctl net.ipv4.ip_forward net.ipv4.ip_forward=1
t sysctl net.ipv4.route.flush
t sysctl -w net.ipv4.route.flush=1
t sysctl --ignore net.ipv4.nosuch
t sysctl --write net.ipv4.ip_forward=1
t sysctl .net.ipv4.ip_forward
t sysctl /proc/sys/net/ipv4/ip_forward
t sysctl -x net.ipv4.ip_forward
t sysctl -A -r ip_forw
t sysctl --dry-run -w net.ipv4.ip_forward=0
t sysctl net.ipv4.conf.v0
t sysctl kernel.nosuch1 kernel.nosuch2
t sysctl net.ipv4.ip_local_reserved_ports
t sysctl -w net.ipv4.ip_local_port_range="1000 2000"
t sysctl net.ipv4.ip_local_port_range
t sysctl -w net/ipv4/ip_forward=1
t sysctl -w net.ipv4.conf.v0.rp_filter=1 net.ipv4.nosuch=1 net.ipv4.conf.v1.rp_filter=1
t sysctl -qe -w net.ipv4.nosuch=1
t sysctl -N -w net.ipv4.ip_forward=1
t sysctl -b -w net.ipv4.ip_forward=1
t sysctl -w net.ipv4=1
t sysctl -a -N -r '^net.ipv4.conf.v0'
t sysctl -r forw net.ipv4.conf.v0
t sysctl net.ipv4.neigh.v0
t sysctl --deprecated net.ipv4.neigh.v0
ip link add link v0 name v0.5 type vlan id 5
t sysctl net.ipv4.conf.v0/5.forwarding
t sysctl net/ipv4/conf/v0.5/forwarding
t sysctl -n net.ipv4.ip_forward net.ipv4.conf.v0.forwarding
t sysctl -N -q net.ipv4.ip_forward
t sysctl -p /run/s.conf /run/nosuch
t sysctl -w net.ipv4.ip_forward net.ipv4.conf.all.rp_filter=1
t sysctl net.ipv4.conf.all.rp_filter
t sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.ip_forward net.ipv4.conf.v0.rp_filter=0
