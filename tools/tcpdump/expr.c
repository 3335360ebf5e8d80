/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * expr.c - the filter: words to a BPF program
 *
 * libpcap compiles it, on a handle that captures nothing. Names of hosts, ports and protocols are the world's,
 * so they become numbers before it sees them.
 */
#include "../lib/netdb.h"
#include "tcpdump.h"

#include <ctype.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <string.h>

enum { WORD_MAX_LEN = 256 };

static bool is_keyword(const char *word)
{
	static const char *const keywords[] = {
		"host",	    "net",	  "port",      "portrange", "src",  "dst",
		"and",	    "or",	  "not",       "ether",	    "ip",   "ip6",
		"arp",	    "rarp",	  "tcp",       "udp",	    "icmp", "icmp6",
		"igmp",	    "sctp",	  "gateway",   "mask",	    "less", "greater",
		"proto",    "protochain", "broadcast", "multicast", "vlan", "mpls",
		"len",	    "inbound",	  "outbound",  "stp",	    "llc",  "pppoes",
		"tcpflags", "icmptype",	  "icmpcode",  "ifindex",   "ra",   "ta",
		"addr1",    "addr2",	  "type",      "subtype",   "link", "esp",
		"ah",	    "vrrp",	  "pim",       "iso",	    "byte", "fddi",
	};

	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (!strcmp(word, keywords[i]))
			return true;
	}
	return !strncmp(word, "tcp-", 4) || !strncmp(word, "icmp-", 5);
}

/* a word that may be a name: it begins like one and is no number, address or MAC */
static bool is_name(const char *word)
{
	if (!isalpha((unsigned char)*word) || is_keyword(word))
		return false;
	return !strchr(word, ':') && strspn(word, "0123456789abcdefABCDEF") < strlen(word);
}

static void translate(struct td *d, const char *word, const char *before, char *out, size_t size)
{
	char addr[NG_ADDRSTRLEN];
	uint16_t port;
	uint8_t proto;
	__be32 be;

	snprintf(out, size, "%s", word);
	if (!is_name(word))
		return;
	if (!strcmp(before, "port") || !strcmp(before, "portrange")) {
		if (!ng_getservbyname(d->task, word, NULL, &port))
			td_error(d, "unknown port '%s'", word);
		snprintf(out, size, "%u", port);
	} else if (!strcmp(before, "proto")) {
		if (ng_getprotobyname(d->task, word, &proto))
			snprintf(out, size, "%u", proto);
	} else if (ng_gethostbyname(d->task, word, &be, NULL, 0)) {
		snprintf(out, size, "%s", ng_inet_ntoa(addr, be));
	} else if (!strcmp(before, "host") || !strcmp(before, "src") || !strcmp(before, "dst")) {
		td_error(d, "unknown host '%s'", word);
	}
}

/* the expression with the world's names replaced */
static char *with_numbers(struct td *d, const char *expr)
{
	static const char breaks[] = " \t()!&|<>=[]+*/";
	size_t cap = strlen(expr) * 4 + 64, n = 0;
	char *out = ng_task_alloc(d->task, cap);
	char before[WORD_MAX_LEN] = "", word[WORD_MAX_LEN], as[WORD_MAX_LEN];

	while (*expr && n + WORD_MAX_LEN < cap) {
		size_t len = strcspn(expr, breaks);

		if (!len || len >= sizeof(word)) {
			out[n++] = *expr++;
			continue;
		}
		snprintf(word, sizeof(word), "%.*s", (int)len, expr);
		translate(d, word, before, as, sizeof(as));
		n += (size_t)snprintf(out + n, cap - n, "%s", as);
		memcpy(before, word, sizeof(before));
		expr += len;
	}
	while (*expr && n + 1 < cap)
		out[n++] = *expr++;
	return out;
}

/**
 * td_compile() - Makes the filter's program
 * @d: the run; its link type is known
 */
void td_compile(struct td *d)
{
	struct bpf_program prog = { 0 };
	char *expr, text[PCAP_ERRBUF_SIZE] = "";
	pcap_t *dead;

	if (!d->expr)
		return;
	expr = with_numbers(d, d->expr);
	/* a live filter takes whole packets: -s cuts what is shown, the length stays known */
	dead = pcap_open_dead(d->linktype == TD_LINKTYPE_SLL2 ? DLT_LINUX_SLL2 : DLT_EN10MB,
			      (int)(d->dump_code ? d->snaplen : TD_SNAPLEN));
	if (pcap_compile(dead, &prog, expr, 1, PCAP_NETMASK_UNKNOWN)) {
		snprintf(text, sizeof(text), "%s", pcap_geterr(dead));
	} else {
		d->code.len = (uint16_t)prog.bf_len;
		d->code.insns = ng_task_alloc(d->task, prog.bf_len * sizeof(struct bpf_insn) + 1);
		memcpy(d->code.insns, prog.bf_insns, prog.bf_len * sizeof(struct bpf_insn));
		pcap_freecode(&prog);
	}
	pcap_close(dead);
	if (*text)
		td_error(d, "%s", text);
}

/**
 * td_match() - Does the filter want a packet?
 * @d: the run
 * @p: the packet
 */
bool td_match(const struct td *d, const struct td_packet *p)
{
	return !d->code.len || bpf_filter(d->code.insns, p->data, p->len, p->caplen);
}

/**
 * td_dump_code() - tcpdump -d: the program
 * @d: the run
 */
void td_dump_code(struct td *d)
{
	const struct bpf_insn *insns = d->code.insns;

	if (!d->code.len)
		ng_printf(d->out, "(000) ret      #%u\n", d->snaplen);
	for (int i = 0; i < d->code.len; i++)
		ng_printf(d->out, "%s\n", bpf_image(&insns[i], i));
}
