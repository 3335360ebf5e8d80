/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip.c - what ip and its relatives say
 */
#include "topics.h"

const struct help_entry help_ip_errors[] = {
	{ "Cannot find device \"...\"",
	  "There is no interface of that name in this namespace. It may be in another one, or its "
	  "other end was deleted: both ends of a veth pair go together. Status 1.",
	  "ip link; ip -n NAME link" },
	{ "Device \"...\" does not exist.", "The same, said by ip addr show and ip link show.", 0 },
	{ "Cannot open network namespace \"...\": No such file or directory",
	  "No namespace of that name: ip netns add was never done, or the name is misspelt. Status "
	  "255.",
	  "ip netns" },
	{ "argument \"...\" is wrong: Invalid \"netns\" value",
	  "The namespace to move the interface to does not exist. Status 255.", "ip netns" },
	{ "argument \"...\" is wrong: Device does not exist",
	  "The bridge named behind master does not exist. Status 255.",
	  "ip link show type bridge" },
	{ "RTNETLINK answers: File exists",
	  "It is there already: the interface, the route. Status 2.", "ip link; ip route" },
	{ "RTNETLINK answers: No such process", "The route or rule to delete is not there.",
	  "ip route; ip rule" },
	{ "RTNETLINK answers: Operation not permitted", "Not root.", 0 },
	{ "Error: Nexthop has invalid gateway.",
	  "The gateway must be reachable directly: no address here is in its network. A usual "
	  "cause "
	  "is an address without prefix length (/32). Status 2.",
	  "ip addr; ip route get GATEWAY" },
	{ "Error: Device for nexthop is not up.", "Routes over it need the interface up.",
	  "ip link set IFNAME up" },
	{ "Error: Invalid prefix for given prefix length.",
	  "The network address has bits behind its prefix: 192.168.1.5/24 is a host, not a "
	  "network.",
	  "ip route add 192.168.1.0/24 ..." },
	{ "Error: ipv4: Address already assigned.",
	  "This very address with this prefix length is on the interface already. Status 2.",
	  "ip addr" },
	{ "Error: An interface with the same name exists in the target netns.",
	  "Two interfaces of one name cannot be in one namespace.", "ip -n NAME link" },
	{ "Error: Attribute failed policy validation.", "A name longer than 15 characters.", 0 },
	{ "\"...\" not a valid ifname", "A blank or a slash in the name of an interface.", 0 },
	{ "exec of \"...\" failed: No such file or directory",
	  "ip netns exec found no such program. Status 1 (a shell would say 127).", 0 },
	{ "NO-CARRIER, LOWERLAYERDOWN",
	  "The interface is up, but the other end of its cable is not; a bridge: no port of it is "
	  "up.",
	  "ip link set OTHER-END up" },
	{ "state disabled (bridge link)",
	  "A port that is down passes nothing. To put an interface into a bridge does not set it "
	  "up.",
	  "ip link set PORT up" },
	{ "an address accepted without a word, but no route",
	  "ip addr add 192.168.15.1 means 192.168.15.1/32: no route to 192.168.15.0/24 is made, "
	  "and "
	  "the next ping says Network is unreachable.",
	  "ip addr add 192.168.15.1/24 dev IFNAME" },
	{ 0 },
};
