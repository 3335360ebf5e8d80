# SPDX-License-Identifier: GPL-2.0-or-later
# what ip netns refuses
ip netns
ip netns list
ip netns add red
ip netns add red
ip netns add blue
ip netns
ip netns del green
ip netns add a/b
ip netns add ''
ip netns exec green ip link
ip netns exec red nosuchprogram
ip netns exec
ip netns exec red
ip netns identify
ip netns frobnicate
ip netns del red
ip netns
ip -n red link
ip netns delete blue
ls /run/netns
