# SPDX-License-Identifier: GPL-2.0-or-later
# a frame dropped by a device without carrier counts as sent for a packet socket; arping -U waits an interval at its end
ip netns add out
ip link add to-out type veth peer name to-host
ip link set to-host netns out
ip addr add 10.2.0.1/25 dev to-out
ip -n out addr add 10.2.0.2/24 dev to-host
ip -n out link set to-host up
sleep 1.2
ip netns exec out arping -c 1 -w 1 -I to-host 10.1.0.1
ip netns exec out arping -c 2 -w 1 -I to-host 10.2.0.1
ip netns exec out arping -c 1 -U -I to-host 10.2.0.2
ip -n out -s link show to-host
