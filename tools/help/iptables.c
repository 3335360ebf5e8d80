/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iptables.c - what iptables says
 */
#include "topics.h"

const struct help_entry help_iptables_errors[] = {
	{ "unknown option \"--dport\"",
	  "Ports belong to a protocol: -p tcp or -p udp must stand before --dport. Status 2.",
	  "iptables -A FORWARD -p tcp --dport 80 -j ACCEPT" },
	{ "unknown option \"--to-destination\" (or --to-source)",
	  "The options of a target come behind it: -j DNAT first. Status 2.",
	  "... -j DNAT --to-destination 192.168.15.2:80" },
	{ "unknown option \"--A\"", "Short commands have one dash: -A. The long one is --append.",
	  0 },
	{ "iptables: No chain/target/match by that name.",
	  "The chain is not in this table (without -t it is filter): PREROUTING and POSTROUTING "
	  "are in "
	  "nat and mangle, FORWARD is not in nat. Or a chain of one's own was never made. Status "
	  "1.",
	  "iptables -t nat ...; iptables -N NAME" },
	{ "Chain '...' does not exist", "The target behind -j is no target and no chain. Status 2.",
	  "iptables -N NAME" },
	{ "Can't use -o with PREROUTING (or INPUT), -i with OUTPUT (or POSTROUTING)",
	  "A packet has no outgoing interface yet, or no incoming one any more. Status 2.", 0 },
	{ "Bad argument `...'", "A word without its option: -j ACCEPT, not ACCEPT. Status 2.", 0 },
	{ "iptables: Bad rule (does a matching rule exist in that chain?).",
	  "-D or -C found no rule that is exactly this one. Status 1.", "iptables -S" },
	{ "iptables: Index of insertion too big.", "-I with a number beyond the end of the chain.",
	  "iptables -L --line-numbers" },
	{ "Bad policy name", "-P takes ACCEPT or DROP; REJECT is a target of rules only.", 0 },
	{ "RULE_APPEND failed (Invalid argument): rule in chain ...",
	  "The kernel refused the rule: a target that does not work in this table or chain "
	  "(MASQUERADE and SNAT: nat POSTROUTING; DNAT and REDIRECT: nat PREROUTING and OUTPUT), "
	  "or "
	  "REJECT --reject-with tcp-reset without -p tcp. Status 4.",
	  0 },
	{ "RULE_APPEND failed (Too many links)", "A jump that would make a loop of chains.", 0 },
	{ "CHAIN_DEL failed (Device or resource busy)",
	  "The chain has rules, or a rule elsewhere jumps to it. Status 4.", "iptables -S" },
	{ "chain `...' in table `...' is incompatible, use 'nft' tool.",
	  "This iptables says so too when the chain of -L is just not there.", "iptables -S" },
	{ "the rule is there, its counter stays 0",
	  "The packet never comes by, or an earlier rule took it. What is for the machine itself "
	  "goes "
	  "through INPUT, what goes on through FORWARD, what it sends through OUTPUT. FORWARD sees "
	  "the address after DNAT and before SNAT, and the TTL already lower. In nat only the "
	  "first "
	  "packet of a flow is looked at.",
	  "netglass explain -d 2 SCRIPT" },
	{ "DNAT works from outside, not from the machine itself",
	  "What the machine sends does not go through PREROUTING: a rule in nat OUTPUT is needed.",
	  "iptables -t nat -A OUTPUT -d ADDRESS -p tcp --dport 80 -j DNAT --to-destination ..." },
	{ "a rule was added, but a running ping does not care",
	  "The flow is known to connection tracking: the nat table is not asked again until it is "
	  "forgotten (ICMP: 30 s).",
	  "conntrack -D" },
	{ 0 },
};
