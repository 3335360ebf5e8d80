#!/bin/sh
# names that a terminal, a browser or a diagram could act on
ns=$(printf 'n"\033[31m</script>&;')
if1=$(printf '<b>\033]0;x')
ip netns add "$ns"
ip link add "$if1" type veth peer name far0
ip link set far0 netns "$ns"
ip addr add 192.0.2.1/24 dev "$if1"
ip link set "$if1" up
ip -n "$ns" addr add 192.0.2.2/24 dev far0
ip -n "$ns" link set far0 up
ping -c1 192.0.2.2
iptables -A OUTPUT -o "$if1" -m comment --comment '</script>"' -j DROP
ping -c1 -W1 192.0.2.2
