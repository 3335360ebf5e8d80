# SPDX-License-Identifier: GPL-2.0-or-later
# ip -d link shows a bridge's own id as the designated root; its ports, brctl and /sys know the real one.
ip link add br0 address 02:00:00:00:00:0a type bridge stp_state 1 forward_delay 200
ip link add br1 address 02:00:00:00:00:0b type bridge stp_state 1 forward_delay 200
ip link add v0 type veth peer name v1
ip link set v0 master br0
ip link set v1 master br1
ip link set br0 up
ip link set br1 up
ip link set v0 up
ip link set v1 up
sleep 5
ip -d link show br1 | grep -o 'bridge_id.*root_path_cost [0-9]*'
ip -d link show v1 | grep -o 'designated_root [^ ]*'
brctl showstp br1 | sed -n 3p
cat /sys/class/net/br1/bridge/root_id
ip -j -d link show br1 | grep -o '"root_id":"[^"]*"'
