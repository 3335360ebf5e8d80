# SPDX-License-Identifier: GPL-2.0-or-later
# A device that listens to a second unicast address is promiscuous while it is up; a new bridge has small segments.
ip link add br0 type bridge
ip -d link show br0
ip link add v0 type veth peer name v1
ip link set v0 master br0
ip -d link show br0
bridge fdb add 02:00:00:00:00:79 dev v0 self
ip -d link show v0
ip link set v0 up
ip -d link show v0
bridge fdb del 02:00:00:00:00:79 dev v0 self
ip -d link show v0
cat /proc/net/igmp
ip addr add 10.0.0.1/24 dev br0
ip link set br0 up
ip route add 10.5.0.0/16 via 10.0.0.9 window 3000 rtt 100 congctl cubic mtu 1400
ip route
ip route del 10.5.0.0/16 congctl reno
ip route del 10.5.0.0/16 congctl cubic
ip route add 10.5.0.0/16 via 10.0.0.9 congctl nosuch
