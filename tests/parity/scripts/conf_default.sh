# SPDX-License-Identifier: GPL-2.0-or-later
# conf/default reaches devices without an address whose own value was never set
ip link add v0 type veth peer name v1
ip addr add 10.0.0.1/24 dev v0
ip link add d0 type veth peer name d1
sysctl -w net.ipv4.conf.default.accept_redirects=0
ip link add e0 type veth peer name e1
sysctl -w net.ipv4.conf.default.rp_filter=2
sysctl -a 2>/dev/null | grep -E "^net.ipv4.conf.*[.](rp_filter|accept_redirects|send_redirects)"
sysctl -w net.ipv4.conf.e0.rp_filter=1
ip addr add 10.5.0.1/24 dev d0
sysctl -w net.ipv4.conf.default.rp_filter=0
sysctl -a 2>/dev/null | grep -E "^net.ipv4.conf.*[.](rp_filter|accept_redirects|send_redirects)"
