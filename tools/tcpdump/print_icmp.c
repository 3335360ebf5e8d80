/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print_icmp.c - ICMP
 *
 * mirrors print-icmp.c of tcpdump 4.99.3
 */
#include "../lib/netdb.h"
#include "tcpdump.h"

#include <linux/icmp.h>
#include <linux/in.h>
#include <stdio.h>

enum { ICMP_HLEN = 8, IP_HLEN = 20 };

/* the quoted packet's port: "TARGET udp port 53 unreachable" */
static void print_port_unreachable(struct td *d, const uint8_t *ip, uint32_t cap)
{
	uint32_t hlen = (ip[0] & 15U) * 4;
	uint16_t port;

	td_print_host(d, ip + 16);
	if (cap < hlen + 4) {
		ng_puts(d->out, " port unreachable");
		return;
	}
	port = td_u16(ip + hlen + 2);
	if (ip[9] == IPPROTO_TCP || ip[9] == IPPROTO_UDP) {
		const char *proto = ip[9] == IPPROTO_TCP ? "tcp" : "udp";

		ng_printf(d->out, " %s port ", proto);
		td_print_port(d, port, proto);
		ng_puts(d->out, " unreachable");
	} else {
		ng_printf(d->out, " protocol %u port %u unreachable", ip[9], port);
	}
}

static void print_unreachable(struct td *d, struct td_bytes b)
{
	static const struct {
		const char *before, *after;
	} words[] = {
		[ICMP_NET_UNREACH] = { "net ", " unreachable" },
		[ICMP_HOST_UNREACH] = { "host ", " unreachable" },
		[ICMP_SR_FAILED] = { "", " unreachable - source route failed" },
		[ICMP_NET_UNKNOWN] = { "net ", " unreachable - unknown" },
		[ICMP_HOST_UNKNOWN] = { "host ", " unreachable - unknown" },
		[ICMP_HOST_ISOLATED] = { "", " unreachable - source host isolated" },
		[ICMP_NET_ANO] = { "net ", " unreachable - admin prohibited" },
		[ICMP_HOST_ANO] = { "host ", " unreachable - admin prohibited" },
		[ICMP_NET_UNR_TOS] = { "net ", " unreachable - tos prohibited" },
		[ICMP_HOST_UNR_TOS] = { "host ", " unreachable - tos prohibited" },
		[ICMP_PKT_FILTERED] = { "host ", " unreachable - admin prohibited filter" },
		[ICMP_PREC_VIOLATION] = { "host ", " unreachable - host precedence violation" },
		[ICMP_PREC_CUTOFF] = { "host ", " unreachable - precedence cutoff" },
	};
	const uint8_t *ip = b.p + ICMP_HLEN;
	uint8_t code = b.p[1];
	uint16_t mtu = td_u16(b.p + 6);

	if (code == ICMP_PORT_UNREACH) {
		print_port_unreachable(d, ip, b.cap - ICMP_HLEN);
	} else if (code == ICMP_PROT_UNREACH) {
		td_print_host(d, ip + 16);
		ng_printf(d->out, " protocol %u unreachable", ip[9]);
	} else if (code == ICMP_FRAG_NEEDED) {
		td_print_host(d, ip + 16);
		ng_puts(d->out, " unreachable - need to frag");
		if (mtu)
			ng_printf(d->out, " (mtu %u)", mtu);
	} else if (code < sizeof(words) / sizeof(words[0]) && words[code].after) {
		ng_puts(d->out, words[code].before);
		td_print_host(d, ip + 16);
		ng_puts(d->out, words[code].after);
	} else {
		td_print_host(d, ip + 16);
		ng_printf(d->out, " unreachable - #%u", code);
	}
}

static void print_redirect(struct td *d, struct td_bytes b)
{
	static const char *const what[] = { "net", "host", "tos", "tos" };
	uint8_t code = b.p[1];

	ng_puts(d->out, "redirect ");
	if (code >= 2)
		ng_printf(d->out, "-%s ", what[code & 3]);
	td_print_host(d, b.p + ICMP_HLEN + 16);
	ng_printf(d->out, " to %s ", code & 1 ? "host" : "net");
	td_print_host(d, b.p + 4);
}

static void print_error(struct td *d, struct td_bytes b)
{
	if (b.cap < ICMP_HLEN + IP_HLEN) {
		ng_puts(d->out, "[|icmp]");
		return;
	}
	if (b.p[0] == ICMP_DEST_UNREACH)
		print_unreachable(d, b);
	else if (b.p[0] == ICMP_REDIRECT)
		print_redirect(d, b);
	else if (b.p[0] == ICMP_TIME_EXCEEDED)
		ng_puts(d->out, b.p[1] == ICMP_EXC_TTL ? "time exceeded in-transit"
						       : "ip reassembly time exceeded");
	else
		ng_printf(d->out, "parameter problem - octet %u", b.p[4]);
}

static bool is_error(uint8_t type)
{
	return type == ICMP_DEST_UNREACH || type == ICMP_REDIRECT || type == ICMP_TIME_EXCEEDED ||
	       type == ICMP_PARAMETERPROB;
}

/**
 * td_print_icmp() - ICMP
 * @d: the run
 * @b: from its header on
 */
void td_print_icmp(struct td *d, struct td_bytes b)
{
	if (b.cap < ICMP_HLEN) {
		ng_puts(d->out, "ICMP [|icmp]");
		return;
	}
	ng_puts(d->out, "ICMP ");
	switch (b.p[0]) {
	case ICMP_ECHO:
	case ICMP_ECHOREPLY:
		ng_printf(d->out, "echo %s, id %u, seq %u",
			  b.p[0] == ICMP_ECHO ? "request" : "reply", td_u16(b.p + 4),
			  td_u16(b.p + 6));
		break;
	case ICMP_TIMESTAMP:
		ng_printf(d->out, "time stamp query id %u seq %u", td_u16(b.p + 4),
			  td_u16(b.p + 6));
		break;
	default:
		if (is_error(b.p[0]))
			print_error(d, b);
		else
			ng_printf(d->out, "type-#%u", b.p[0]);
	}
	ng_printf(d->out, ", length %u", b.len);
	if (d->v && is_error(b.p[0]) && b.cap > ICMP_HLEN + IP_HLEN) {
		ng_puts(d->out, d->e ? "\n\t" : "\n\tIP ");
		td_print_ip(d, td_skip(b, ICMP_HLEN));
	}
}
