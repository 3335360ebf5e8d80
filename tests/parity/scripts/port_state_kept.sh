# SPDX-License-Identifier: GPL-2.0-or-later
# a port set to disabled by hand comes back with the next change of its link
ip link add br0 type bridge
ip link add p0 type veth peer name q0
ip link set p0 master br0
ip link set br0 up
ip link set p0 up
ip link set q0 up
ip link set p0 type bridge_slave state 0
bridge link show dev p0 | grep -o state.*
bridge link set dev p0 state 0
bridge link show dev p0 | grep -o state.*
ip link set p0 type bridge_slave state 1
bridge link show dev p0 | grep -o state.*
ip link set p0 type bridge_slave state 0
bridge link show dev p0 | grep -o state.*
ip link set p0 type bridge_slave cost 5
bridge link show dev p0 | grep -o state.*
bridge link set dev p0 state 0
ip link set p0 type bridge_slave cost 6
bridge link show dev p0 | grep -o state.*
bridge link set dev p0 state 0
ip link set p0 mtu 1400
bridge link show dev p0 | grep -o state.*
ip link set p0 alias foo
bridge link show dev p0 | grep -o state.*
