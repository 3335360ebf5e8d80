# SPDX-License-Identifier: GPL-2.0-or-later
# a socket bound to a device hears what the host sends to an address of that device, though it travels over lo
ip link set lo up
ip link add br0 type bridge
ip link set br0 up
ip addr add 10.1.0.1/24 dev br0
ping -c 1 -W 1 -I br0 10.1.0.1
ip addr add 10.3.0.1/24 label br0:1 dev br0
ping -c 1 -W 1 -I br0 10.3.0.1
