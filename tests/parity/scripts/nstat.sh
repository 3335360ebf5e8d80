# SPDX-License-Identifier: GPL-2.0-or-later
# nstat: what came since last time; hostname -I
rm -f /tmp/.nstat.u0
nstat -n
ping -c2 -i0.1 127.0.0.1 >/dev/null
nstat
nstat
ping -c1 127.0.0.1 >/dev/null
nstat -s; nstat -s IcmpInEchos IpOut\*
nstat -a | head -5
nstat -az 'IcmpIn*'
nstat -z TcpExtSyncookies\* UdpI\*
nstat -j; nstat -aj; nstat -ajp; nstat -jp
nstat -r | head -3
nstat -x; echo $?
nstat nosuch; echo $?
nstat -V; nstat -h; echo $?
nstat --zeros --ignore TcpRetransSegs
NSTAT_HISTORY=/nosuch/x nstat; echo $?
cat /tmp/.nstat.u0 | head -3
rm -f /tmp/.nstat.u0
hostname -I | cat -A
ip link add v0 type veth peer name v1; ip link set v0 up; ip link set v1 up; ip addr add 10.0.0.1/24 dev v0; ip addr add 10.0.0.2/24 dev v0; ip addr add 10.1.0.1/24 dev v1; ip addr add 10.5.0.1/8 dev lo
hostname -I; hostname --all-ip-addresses
ip link set v1 down; hostname -I
ip netns add r; ip netns exec r hostname -I
