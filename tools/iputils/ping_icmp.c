/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping_icmp.c - ping's words for ICMP messages and addresses
 *
 * mirrors pr_icmph(), pr_iph() and pr_addr() of iputils' ping.c
 */
#include "ping.h"

#include <linux/ip.h>
#include <stdio.h>
#include <string.h>

/**
 * ping_addr() - Name an address.
 * @p: the run
 * @addr: the address
 *
 * Return: "10.0.0.1", or "name (10.0.0.1)" when ping was given a name and /etc/hosts knows the
 * address.
 */
const char *ping_addr(struct ping *p, __be32 addr)
{
	char name[256];
	char quad[NG_ADDRSTRLEN];

	if (p->last_valid && p->last_addr == addr)
		return p->addr_name;
	p->last_addr = addr;
	p->last_valid = true;
	ng_inet_ntoa(quad, addr);
	if (!p->exiting && !p->opt.numeric && ng_gethostbyaddr(p->task, addr, name, sizeof(name)))
		snprintf(p->addr_name, sizeof(p->addr_name), "%s (%s)", name, quad);
	else
		snprintf(p->addr_name, sizeof(p->addr_name), "%s", quad);
	return p->addr_name;
}

/* -v: the quoted IP header. Fields are shown as they lie in memory, as iputils does. */
static void print_iph(struct ping *p, const uint8_t *quote)
{
	char src[NG_ADDRSTRLEN];
	char dst[NG_ADDRSTRLEN];
	struct iphdr ip;
	uint16_t frag;

	memcpy(&ip, quote, sizeof(ip));
	frag = (ng_force uint16_t)ip.frag_off;
	ng_puts(p->out, "Vr HL TOS  Len   ID Flg  off TTL Pro  cks      Src      Dst Data\n");
	ng_printf(p->out, " %1x  %1x  %02x %04x %04x   %1x %04x  %02x  %02x %04x %s  %s \n",
		  ip.version, ip.ihl, ip.tos, (ng_force uint16_t)ip.tot_len,
		  (ng_force uint16_t)ip.id, (frag & 0xe000) >> 13, frag & 0x1fff, ip.ttl,
		  ip.protocol, (ng_force uint16_t)ip.check, ng_inet_ntoa(src, ip.saddr),
		  ng_inet_ntoa(dst, ip.daddr));
}

static void print_unreach(struct ping *p, uint8_t code, uint32_t info)
{
	static const char *const words[] = {
		[ICMP_NET_UNREACH] = "Destination Net Unreachable",
		[ICMP_HOST_UNREACH] = "Destination Host Unreachable",
		[ICMP_PROT_UNREACH] = "Destination Protocol Unreachable",
		[ICMP_PORT_UNREACH] = "Destination Port Unreachable",
		[ICMP_SR_FAILED] = "Source Route Failed",
		[ICMP_NET_UNKNOWN] = "Destination Net Unknown",
		[ICMP_HOST_UNKNOWN] = "Destination Host Unknown",
		[ICMP_HOST_ISOLATED] = "Source Host Isolated",
		[ICMP_NET_ANO] = "Destination Net Prohibited",
		[ICMP_HOST_ANO] = "Destination Host Prohibited",
		[ICMP_NET_UNR_TOS] = "Destination Net Unreachable for Type of Service",
		[ICMP_HOST_UNR_TOS] = "Destination Host Unreachable for Type of Service",
		[ICMP_PKT_FILTERED] = "Packet filtered",
		[ICMP_PREC_VIOLATION] = "Precedence Violation",
		[ICMP_PREC_CUTOFF] = "Precedence Cutoff",
	};

	if (code == ICMP_FRAG_NEEDED)
		ng_printf(p->out, "Frag needed and DF set (mtu = %u)\n", info);
	else if (code < sizeof(words) / sizeof(words[0]))
		ng_printf(p->out, "%s\n", words[code]);
	else
		ng_printf(p->out, "Dest Unreachable, Bad Code: %d\n", code);
}

static void print_redirect(struct ping *p, const struct icmphdr *head)
{
	static const char *const words[] = { "Redirect Network", "Redirect Host",
					     "Redirect Type of Service and Network",
					     "Redirect Type of Service and Host" };

	if (head->code < sizeof(words) / sizeof(words[0]))
		ng_puts(p->out, words[head->code]);
	else
		ng_printf(p->out, "Redirect, Bad Code: %d", head->code);
	ng_printf(p->out, "(New nexthop: %s)\n", ping_addr(p, head->un.gateway));
}

static void print_simple(struct ping *p, uint8_t type)
{
	const char *text = NULL;

	switch (type) {
	case ICMP_ECHOREPLY:
		text = "Echo Reply";
		break;
	case ICMP_ECHO:
		text = "Echo Request";
		break;
	case ICMP_TIMESTAMP:
		text = "Timestamp";
		break;
	case ICMP_TIMESTAMPREPLY:
		text = "Timestamp Reply";
		break;
	case ICMP_INFO_REQUEST:
		text = "Information Request";
		break;
	case ICMP_INFO_REPLY:
		text = "Information Reply";
		break;
	default:
		ng_printf(p->out, "Bad ICMP type: %d\n", type);
		return;
	}
	ng_printf(p->out, "%s\n", text);
}

/**
 * ping_print_icmp() - Print what an ICMP message says.
 * @p: the run
 * @head: its type and code; the gateway of a redirect
 * @info: the next hop's MTU or the pointer, host order
 * @quote: the packet it quotes, for -v; NULL when it came through the error queue
 */
void ping_print_icmp(struct ping *p, const struct icmphdr *head, uint32_t info,
		     const uint8_t *quote)
{
	switch (head->type) {
	case ICMP_DEST_UNREACH:
		print_unreach(p, head->code, info);
		break;
	case ICMP_SOURCE_QUENCH:
		ng_puts(p->out, "Source Quench\n");
		break;
	case ICMP_REDIRECT:
		print_redirect(p, head);
		break;
	case ICMP_TIME_EXCEEDED:
		if (head->code == ICMP_EXC_TTL)
			ng_puts(p->out, "Time to live exceeded\n");
		else if (head->code == ICMP_EXC_FRAGTIME)
			ng_puts(p->out, "Frag reassembly time exceeded\n");
		else
			ng_printf(p->out, "Time exceeded, Bad Code: %d\n", head->code);
		break;
	case ICMP_PARAMETERPROB:
		ng_printf(p->out, "Parameter problem: pointer = %u\n", quote ? info >> 24 : info);
		break;
	default:
		print_simple(p, head->type);
		return;
	}
	if (quote && p->opt.verbose)
		print_iph(p, quote);
}
