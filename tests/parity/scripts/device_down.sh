# SPDX-License-Identifier: GPL-2.0-or-later
# a packet socket whose device goes down, or away, hears of it
ip link add v0 type veth peer name v1
ip link set v0 up
ip link set v1 up
ip addr add 10.0.0.1/24 dev v0
(arping -I v0 -c 4 10.0.0.9; echo "arping $?") & sleep 1.5; ip link set v0 down; wait
ip link set v0 up
(arping -I v0 -c 4 10.0.0.9; echo "arping $?") & sleep 1.5; ip link del v1; wait
