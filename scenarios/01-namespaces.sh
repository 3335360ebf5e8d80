#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: Two rooms in one house
#@ level: 1
#@ goal: a network namespace has its own interfaces, routes and ARP table, and nothing else at first
#@ trap: a new namespace's lo is down: it cannot even reach itself
ip netns add red
ip netns add blue
ip netns
ip link
ip netns exec red ip link
ip -n red link
ip netns exec red ping -c 1 -W 1 127.0.0.1
ip -n red link set lo up
ip netns exec red ping -c 1 -W 1 127.0.0.1
arp
ip netns exec red arp
ip -n red route
