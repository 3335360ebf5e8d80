# SPDX-License-Identifier: GPL-2.0-or-later
# links that cannot be
ip link add v0 type veth peer name v1
ip link add v0 type veth peer name v2
ip link add v3 type veth peer name v0
ip link add averyveryverylongname type dummy
ip link add d0 type nosuchkind
ip link add type
ip link set nosuch up
ip link set dev v0 nosuchoption
ip link set v0 mtu 67
ip link set v0 mtu 70000
ip link set v0 mtu 1400
ip link set v0 address 02:00:00:00
ip link set v0 address 01:00:00:00:00:01
ip link set v0 address 02:00:00:00:00:01
ip link show v0
ip link set v0 name v9
ip link set v9 name v1
ip link set v9 up
ip link set v9 down
ip link del v9
ip link show
ip link del v1
ip link del lo
ip link set lo down
ip link show lo
ip link set lo up
