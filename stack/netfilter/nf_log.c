/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_log.c - what target LOG writes into the kernel's log
 *
 * mirrors net/netfilter/nf_log_syslog.c
 * PATH
 *
 * Only the host's namespace logs, as with nf_log_all_netns = 0.
 */
#include "netfilter/nf_log.h"

#include <linux/netfilter/nf_log.h>
#include <stdarg.h>

#include "core/vsprintf.h"
#include "core/netdevice.h"
#include "core/sock.h"
#include "core/world.h"
#include "ipv4/ip.h"
#include "netfilter/x_tables.h"

struct nf_log_buf {
	size_t len;
	char text[1020];
};

__attribute__((format(printf, 2, 3))) static void nf_log_buf_add(struct nf_log_buf *m,
								 const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	m->len += vscnprintf(m->text + m->len, sizeof(m->text) - m->len, fmt, ap);
	va_end(ap);
}

static void nf_log_options(struct nf_log_buf *m, const uint8_t *opt, uint32_t len)
{
	uint32_t i;

	nf_log_buf_add(m, "OPT (");
	for (i = 0; opt && i < len; i++)
		nf_log_buf_add(m, "%02X", opt[i]);
	nf_log_buf_add(m, opt ? ") " : "TRUNCATED)");
}

static void nf_log_tcp(struct nf_log_buf *m, const struct sk_buff *skb, uint32_t off,
		       unsigned int logflags)
{
	const struct tcphdr *th = xt_peek(skb, off, sizeof(*th));

	if (!th) {
		nf_log_buf_add(m, "INCOMPLETE [%u bytes] ", skb_len(skb) - off);
		return;
	}
	nf_log_buf_add(m, "SPT=%u DPT=%u ", be16_to_cpu(th->source), be16_to_cpu(th->dest));
	if (logflags & NF_LOG_TCPSEQ)
		nf_log_buf_add(m, "SEQ=%u ACK=%u ", be32_to_cpu(th->seq), be32_to_cpu(th->ack_seq));
	nf_log_buf_add(m, "WINDOW=%u RES=0x%02x ", be16_to_cpu(th->window), th->res1 << 2);
	nf_log_buf_add(m, "%s%s%s%s%s%s%s%sURGP=%u ", th->cwr ? "CWR " : "", th->ece ? "ECE " : "",
		       th->urg ? "URG " : "", th->ack ? "ACK " : "", th->psh ? "PSH " : "",
		       th->rst ? "RST " : "", th->syn ? "SYN " : "", th->fin ? "FIN " : "",
		       be16_to_cpu(th->urg_ptr));
	if (!(logflags & NF_LOG_TCPOPT) || th->doff <= 5)
		return;
	nf_log_options(m, xt_peek(skb, off + 20, th->doff * 4U - 20), th->doff * 4U - 20);
}

static void nf_log_udp(struct nf_log_buf *m, const struct sk_buff *skb, uint32_t off)
{
	const struct udphdr *uh = xt_peek(skb, off, sizeof(*uh));

	if (!uh)
		nf_log_buf_add(m, "INCOMPLETE [%u bytes] ", skb_len(skb) - off);
	else
		nf_log_buf_add(m, "SPT=%u DPT=%u LEN=%u ", be16_to_cpu(uh->source),
			       be16_to_cpu(uh->dest), be16_to_cpu(uh->len));
}

static void nf_log_ip(struct nf_log_buf *m, const struct sk_buff *skb, uint32_t off,
		      unsigned int logflags);

static void nf_log_icmp(struct nf_log_buf *m, const struct sk_buff *skb, uint32_t off, bool outer,
			unsigned int logflags)
{
	const struct icmphdr *ih = xt_peek(skb, off, sizeof(*ih));

	if (!ih) {
		nf_log_buf_add(m, "INCOMPLETE [%u bytes] ", skb_len(skb) - off);
		return;
	}
	nf_log_buf_add(m, "TYPE=%u CODE=%u ", ih->type, ih->code);
	switch (ih->type) {
	case ICMP_ECHO:
	case ICMP_ECHOREPLY:
		nf_log_buf_add(m, "ID=%u SEQ=%u ", be16_to_cpu(ih->un.echo.id),
			       be16_to_cpu(ih->un.echo.sequence));
		break;
	case ICMP_PARAMETERPROB:
		nf_log_buf_add(m, "PARAMETER=%u ", be32_to_cpu(ih->un.gateway) >> 24);
		break;
	case ICMP_REDIRECT:
		nf_log_buf_add(m, "GATEWAY=%pI4 ", (const void *)&ih->un.gateway);
		/* fallthrough */
	case ICMP_DEST_UNREACH:
	case ICMP_SOURCE_QUENCH:
	case ICMP_TIME_EXCEEDED:
		if (outer) {
			nf_log_buf_add(m, "[");
			nf_log_ip(m, skb, off + (uint32_t)sizeof(*ih), logflags);
			nf_log_buf_add(m, "] ");
		}
		if (ih->type == ICMP_DEST_UNREACH && ih->code == ICMP_FRAG_NEEDED)
			nf_log_buf_add(m, "MTU=%u ", be16_to_cpu(ih->un.frag.mtu));
		break;
	default:
		break;
	}
}

static void nf_log_transport(struct nf_log_buf *m, const struct sk_buff *skb,
			     const struct iphdr *ih, uint32_t off, unsigned int logflags)
{
	uint32_t thoff = off + ih->ihl * 4U;
	bool later = be16_to_cpu(ih->frag_off) & IP_OFFSET;

	switch (ih->protocol) {
	case IPPROTO_TCP:
		nf_log_buf_add(m, "PROTO=TCP ");
		if (!later)
			nf_log_tcp(m, skb, thoff, logflags);
		break;
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
		nf_log_buf_add(m, ih->protocol == IPPROTO_UDP ? "PROTO=UDP " : "PROTO=UDPLITE ");
		if (!later)
			nf_log_udp(m, skb, thoff);
		break;
	case IPPROTO_ICMP:
		nf_log_buf_add(m, "PROTO=ICMP ");
		if (!later)
			nf_log_icmp(m, skb, thoff, off == 0, logflags);
		break;
	default:
		nf_log_buf_add(m, "PROTO=%u ", ih->protocol);
		break;
	}
}

static void nf_log_ip(struct nf_log_buf *m, const struct sk_buff *skb, uint32_t off,
		      unsigned int logflags)
{
	const struct iphdr *p = xt_peek(skb, off, sizeof(*p));
	struct iphdr ih;
	uint16_t frag;

	if (!p) {
		nf_log_buf_add(m, "TRUNCATED");
		return;
	}
	memcpy(&ih, p, sizeof(ih));
	frag = be16_to_cpu(ih.frag_off);
	nf_log_buf_add(m, "SRC=%pI4 DST=%pI4 ", (const void *)&ih.saddr, (const void *)&ih.daddr);
	nf_log_buf_add(m, "LEN=%u TOS=0x%02X PREC=0x%02X TTL=%u ID=%u ", be16_to_cpu(ih.tot_len),
		       ih.tos & 0x1e, ih.tos & 0xe0, ih.ttl, be16_to_cpu(ih.id));
	nf_log_buf_add(m, "%s%s%s", frag & 0x8000 ? "CE " : "", frag & IP_DF ? "DF " : "",
		       frag & IP_MF ? "MF " : "");
	if (frag & IP_OFFSET)
		nf_log_buf_add(m, "FRAG:%u ", frag & IP_OFFSET);
	if ((logflags & NF_LOG_IPOPT) && ih.ihl > 5)
		nf_log_options(m, xt_peek(skb, off + 20, ih.ihl * 4U - 20), ih.ihl * 4U - 20);
	nf_log_transport(m, skb, &ih, off, logflags);
	if (off)
		return;
	if ((logflags & NF_LOG_UID) && skb->sk && sock_has_file(skb->sk))
		nf_log_buf_add(m, "UID=0 GID=0 ");
	if (skb->mark)
		nf_log_buf_add(m, "MARK=0x%x ", skb->mark);
}

static void nf_log_mac(struct nf_log_buf *m, const struct sk_buff *skb, unsigned int logflags)
{
	const uint8_t *p = skb_mac_header(skb);
	bool there = skb->dev && skb->dev->hard_header_len &&
		     p + ETH_HLEN <= (uint8_t *)skb_network_header(skb);
	unsigned int i;

	if ((logflags & NF_LOG_MACDECODE) && skb->dev && skb->dev->type == ARPHRD_ETHER) {
		if (there)
			nf_log_buf_add(m, "MACSRC=%pM MACDST=%pM MACPROTO=%04x ",
				       (const void *)(p + ETH_ALEN), (const void *)p,
				       p[12] << 8 | p[13]);
		return;
	}
	nf_log_buf_add(m, "MAC=");
	for (i = 0; there && i < ETH_HLEN; i++)
		nf_log_buf_add(m, i ? ":%02x" : "%02x", p[i]);
	nf_log_buf_add(m, " ");
}

/**
 * nf_log_packet - Writes one line about a packet
 * @skb: the packet, borrowed
 * @state: where it is
 * @prefix: text in front
 * @level: of the log, LOGLEVEL_*
 * @logflags: NF_LOG_*
 */
void nf_log_packet(const struct sk_buff *skb, const struct nf_hook_state *state, const char *prefix,
		   unsigned int level, unsigned int logflags)
{
	struct nf_log_buf m = { .len = 0 };

	if (state->net != state->net->world->init_net && !state->net->world->nf_log_all_netns)
		return;
	nf_log_buf_add(&m, "%sIN=%s OUT=%s ", prefix, state->in ? state->in->name : "",
		       state->out ? state->out->name : "");
	if (skb->nf_bridge) {
		if (skb->nf_bridge->physindev && state->in != skb->nf_bridge->physindev)
			nf_log_buf_add(&m, "PHYSIN=%s ", skb->nf_bridge->physindev->name);
		if (skb->nf_bridge->physoutdev && state->out != skb->nf_bridge->physoutdev)
			nf_log_buf_add(&m, "PHYSOUT=%s ", skb->nf_bridge->physoutdev->name);
	}
	if (state->in)
		nf_log_mac(&m, skb, logflags);
	nf_log_ip(&m, skb, 0, logflags);
	printk(state->net->world, level, "%s", m.text);
}
