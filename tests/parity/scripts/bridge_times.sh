# SPDX-License-Identifier: GPL-2.0-or-later
# The times of a bridge are kept in ticks of 4 ms, 64 bits wide.
ip link add br0 type bridge
for t in 0 1 101 207 4294967295; do ip link set br0 type bridge ageing_time $t forward_delay $t; ip -d link show br0 | grep -oE '(ageing_time|forward_delay) [0-9]+'; done
for t in 0 1 101 4294967295 429496729600; do ip link set br0 type bridge mcast_querier_interval $t mcast_query_interval $t mcast_last_member_interval $t; ip -d link show br0 | grep -oE '(querier_interval|query_interval|member_interval) [0-9]+'; done
ip link set br0 type bridge hello_time 101 max_age 607
ip -d link show br0 | grep -oE '(hello_time|max_age) [0-9]+'
ip link set br0 type bridge hello_time 99
ip link set br0 type bridge hello_time 1001
ip link set br0 type bridge max_age 599
ip link set br0 type bridge max_age 4001
ip link set br0 type bridge stp_state 1
ip -d link show br0 | grep -oE '(ageing_time|forward_delay) [0-9]+'
