/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * packetline.c - a packet in words
 *
 * Reads bytes only behind a check of their number; what is cut short is said so.
 */
#include "packetline.h"

#include <linux/icmp.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <string.h>

#define IP_FMT "%u.%u.%u.%u"
#define IP_ARGS(p) (p)[0], (p)[1], (p)[2], (p)[3]
#define MAC_FMT "%02x:%02x:%02x:%02x:%02x:%02x"
#define MAC_ARGS(p) (p)[0], (p)[1], (p)[2], (p)[3], (p)[4], (p)[5]
#define ARP_LEN 28

/* Where the parts of a packet are. */
struct parts {
	const uint8_t *mac; /* NULL: none yet */
	const uint8_t *net;
	size_t net_len;
	unsigned int type; /* ETH_P_*; 0: not known */
	int vlan;	   /* -1: none */
};

static unsigned int get16(const uint8_t *p)
{
	return (unsigned int)p[0] << 8 | p[1];
}

static unsigned int get32(const uint8_t *p)
{
	return get16(p) << 16 | get16(p + 2);
}

static void find_parts(const struct ng_trace_event *ev, struct parts *ret)
{
	const uint8_t *at = ev->frame, *end = ev->frame ? ev->frame + ev->frame_len : NULL;

	*ret = (struct parts){ .vlan = -1 };
	if (!at)
		return;
	if (ev->mac_at >= 0 && ev->frame_len >= (uint32_t)ev->mac_at + ETH_HLEN) {
		ret->mac = at + ev->mac_at;
		ret->type = get16(ret->mac + 12);
		at = ret->mac + ETH_HLEN;
		if (ret->type == ETH_P_8021Q && end - at >= 4) {
			ret->vlan = (int)(get16(at) & 0xfff);
			ret->type = get16(at + 2);
			at += 4;
		}
	} else if (ev->net_at >= 0 && (uint32_t)ev->net_at <= ev->frame_len) {
		at += ev->net_at;
	}
	ret->net = at;
	ret->net_len = (size_t)(end - at);
	if (!ret->type && ret->net_len && at[0] >> 4 == 4)
		ret->type = ETH_P_IP;
	else if (!ret->type && ret->net_len >= ARP_LEN && get16(at) == ARPHRD_ETHER &&
		 get16(at + 2) == ETH_P_IP)
		ret->type = ETH_P_ARP;
}

static const char *icmp_name(unsigned int type, unsigned int code)
{
	static const char *const unreachable[] = {
		"network unreachable",
		"host unreachable",
		"protocol unreachable",
		"port unreachable",
		"fragmentation needed",
		"source route failed",
		"network unknown",
		"host unknown",
		"host isolated",
		"network prohibited",
		"host prohibited",
		"network unreachable for TOS",
		"host unreachable for TOS",
		"administratively prohibited",
	};

	switch (type) {
	case ICMP_ECHOREPLY:
		return "echo reply";
	case ICMP_DEST_UNREACH:
		return code < G_N_ELEMENTS(unreachable) ? unreachable[code] : "unreachable";
	case ICMP_REDIRECT:
		return "redirect";
	case ICMP_ECHO:
		return "echo request";
	case ICMP_TIME_EXCEEDED:
		return code ? "fragment reassembly time exceeded" : "time exceeded (TTL)";
	case ICMP_PARAMETERPROB:
		return "parameter problem";
	case ICMP_TIMESTAMP:
		return "timestamp request";
	case ICMP_TIMESTAMPREPLY:
		return "timestamp reply";
	default:
		return NULL;
	}
}

static void put_tcp_flags(GString *s, unsigned int flags)
{
	static const char *const names[] = { "FIN", "SYN", "RST", "PSH", "ACK", "URG" };
	bool any = false;

	for (unsigned int i = 0; i < G_N_ELEMENTS(names); i++) {
		if (flags & 1U << i) {
			g_string_append_printf(s, "%s%s", any ? "," : "", names[i]);
			any = true;
		}
	}
	if (!any)
		g_string_append(s, "no flags");
}

static const char *igmp_name(uint8_t type)
{
	switch (type) {
	case 0x11:
		return "query";
	case 0x12:
		return "v1 report";
	case 0x16:
		return "v2 report";
	case 0x17:
		return "leave";
	default:
		return NULL;
	}
}

/* one group, or (version 3) what the records say: to_in is a leave, the rest is membership */
static void line_igmp(GString *s, const uint8_t *l4, size_t len)
{
	const char *name = igmp_name(l4[0]);
	unsigned int n = get16(l4 + 6);

	if (l4[0] == 0x22 && n == 1 && len >= 16)
		g_string_append_printf(s, "IGMP v3 %s " IP_FMT,
				       l4[8] == 3   ? "leave"
				       : l4[8] == 4 ? "join"
						    : "report",
				       IP_ARGS(l4 + 12));
	else if (l4[0] == 0x22)
		g_string_append_printf(s, "IGMP v3 report, %u groups", n);
	else if (!name)
		g_string_append_printf(s, "IGMP type %u", l4[0]);
	else if (get16(l4 + 4) || n)
		g_string_append_printf(s, "IGMP %s " IP_FMT, name, IP_ARGS(l4 + 4));
	else
		g_string_append_printf(s, "IGMP %s", name);
	g_string_append_c(s, ',');
}

static void line_l4(GString *s, unsigned int protocol, const uint8_t *ip, const uint8_t *l4,
		    size_t len)
{
	if ((protocol == IPPROTO_TCP && len >= sizeof(struct tcphdr)) ||
	    (protocol == IPPROTO_UDP && len >= sizeof(struct udphdr))) {
		g_string_append(s, protocol == IPPROTO_TCP ? "TCP " : "UDP");
		if (protocol == IPPROTO_TCP)
			put_tcp_flags(s, l4[13]);
		g_string_append_printf(s, " " IP_FMT ":%u > " IP_FMT ":%u", IP_ARGS(ip + 12),
				       get16(l4), IP_ARGS(ip + 16), get16(l4 + 2));
		return;
	}
	if (protocol == IPPROTO_ICMP && len >= sizeof(struct icmphdr)) {
		const char *name = icmp_name(l4[0], l4[1]);

		if (name)
			g_string_append_printf(s, "ICMP %s", name);
		else
			g_string_append_printf(s, "ICMP type %u code %u", l4[0], l4[1]);
	} else if (protocol == IPPROTO_TCP || protocol == IPPROTO_UDP) {
		g_string_append(s, protocol == IPPROTO_TCP ? "TCP (short)" : "UDP (short)");
	} else if (protocol == IPPROTO_IGMP && len >= 8) {
		line_igmp(s, l4, len);
	} else {
		g_string_append_printf(s, "IP protocol %u", protocol);
	}
	g_string_append_printf(s, " " IP_FMT " > " IP_FMT, IP_ARGS(ip + 12), IP_ARGS(ip + 16));
}

static size_t ip_header_len(const uint8_t *ip, size_t len)
{
	size_t hlen = len ? (size_t)(ip[0] & 15) * 4 : 0;

	return hlen >= sizeof(struct iphdr) && hlen <= len ? hlen : 0;
}

static void line_ip(GString *s, const uint8_t *ip, size_t len)
{
	size_t hlen = ip_header_len(ip, len);
	unsigned int frag;

	if (!hlen) {
		g_string_append(s, "IP (short)");
		return;
	}
	frag = get16(ip + 6);
	if (frag & 0x1fff)
		g_string_append_printf(s, "fragment at %u of IP protocol %u " IP_FMT " > " IP_FMT,
				       (frag & 0x1fff) * 8, ip[9], IP_ARGS(ip + 12),
				       IP_ARGS(ip + 16));
	else
		line_l4(s, ip[9], ip, ip + hlen, len - hlen);
	if (!(frag & 0x1fff) && ip[9] == IPPROTO_ICMP && len - hlen >= 8 &&
	    (ip[hlen] == ICMP_ECHO || ip[hlen] == ICMP_ECHOREPLY))
		g_string_append_printf(s, " seq %u", get16(ip + hlen + 6));
	if (frag & 0x2000 && !(frag & 0x1fff))
		g_string_append(s, " (first fragment)");
	g_string_append_printf(s, " ttl %u", ip[8]);
}

static void line_arp(GString *s, const uint8_t *a, size_t len)
{
	if (len < ARP_LEN) {
		g_string_append(s, "ARP (short)");
		return;
	}
	if (get16(a + 6) == ARPOP_REQUEST)
		g_string_append_printf(s, "ARP who has " IP_FMT "? tell " IP_FMT, IP_ARGS(a + 24),
				       IP_ARGS(a + 14));
	else if (get16(a + 6) == ARPOP_REPLY)
		g_string_append_printf(s, "ARP " IP_FMT " is at " MAC_FMT, IP_ARGS(a + 14),
				       MAC_ARGS(a + 8));
	else
		g_string_append_printf(s, "ARP operation %u", get16(a + 6));
}

/* Priority and address of a bridge, as `ip -d link` writes them. */
static void put_bridge_id(GString *s, const char *before, const uint8_t *id)
{
	g_string_append_printf(s, "%s%04x.%02x%02x%02x%02x%02x%02x", before, get16(id), id[2],
			       id[3], id[4], id[5], id[6], id[7]);
}

/* A frame with a length instead of a type: spanning tree has a SAP of its own. */
static void line_802(GString *s, const struct parts *p)
{
	const uint8_t *llc = p->net;

	if (p->net_len < 7 || llc[0] != 0x42 || llc[1] != 0x42 || llc[2] != 3) {
		g_string_append_printf(s, "802.2 frame " MAC_FMT " > " MAC_FMT,
				       MAC_ARGS(p->mac + 6), MAC_ARGS(p->mac));
	} else if (llc[6] == 0x80) {
		g_string_append(s, "STP topology change");
	} else if (p->net_len < 38) {
		g_string_append(s, "STP (short)");
	} else {
		put_bridge_id(s, "STP ", llc + 20);
		put_bridge_id(s, ": root ", llc + 8);
		g_string_append_printf(s, " cost %u port %x", get32(llc + 16), get16(llc + 28));
	}
}

static const char *type_name(unsigned int type)
{
	return type == ETH_P_IPV6    ? "IPv6"
	       : type == ETH_P_LLDP  ? "LLDP"
	       : type == ETH_P_PAUSE ? "pause"
				     : NULL;
}

/**
 * packet_line() - A packet in one line
 * @ev: an event with a packet
 *
 * Return: to be freed; "" without one.
 */
char *packet_line(const struct ng_trace_event *ev)
{
	GString *s = g_string_new(NULL);
	struct parts p;

	find_parts(ev, &p);
	if (p.vlan >= 0)
		g_string_append_printf(s, "VLAN %d ", p.vlan);
	if (p.type == ETH_P_IP)
		line_ip(s, p.net, p.net_len);
	else if (p.type == ETH_P_ARP)
		line_arp(s, p.net, p.net_len);
	else if (p.mac && p.type < 1536)
		line_802(s, &p);
	else if (p.mac && type_name(p.type))
		g_string_append_printf(s, "%s frame " MAC_FMT " > " MAC_FMT, type_name(p.type),
				       MAC_ARGS(p.mac + 6), MAC_ARGS(p.mac));
	else if (p.mac)
		g_string_append_printf(s, "frame of type 0x%04x " MAC_FMT " > " MAC_FMT, p.type,
				       MAC_ARGS(p.mac + 6), MAC_ARGS(p.mac));
	else if (ev->frame)
		g_string_append_printf(s, "%u bytes", ev->frame_len);
	return g_string_free(s, FALSE);
}

static void headers_l4(GString *s, unsigned int protocol, const uint8_t *l4, size_t len)
{
	if (protocol == IPPROTO_TCP && len >= sizeof(struct tcphdr)) {
		g_string_append_printf(s, "TCP       %u > %u  flags ", get16(l4), get16(l4 + 2));
		put_tcp_flags(s, l4[13]);
		g_string_append_printf(
			s,
			"\n          seq %u  ack %u  window %u  checksum 0x%04x  header %u bytes\n",
			get32(l4 + 4), get32(l4 + 8), get16(l4 + 14), get16(l4 + 16),
			(unsigned int)(l4[12] >> 4) * 4);
	} else if (protocol == IPPROTO_UDP && len >= sizeof(struct udphdr)) {
		g_string_append_printf(s, "UDP       %u > %u  length %u  checksum 0x%04x\n",
				       get16(l4), get16(l4 + 2), get16(l4 + 4), get16(l4 + 6));
	} else if (protocol == IPPROTO_ICMP && len >= sizeof(struct icmphdr)) {
		const char *name = icmp_name(l4[0], l4[1]);

		g_string_append_printf(s, "ICMP      type %u code %u (%s)  checksum 0x%04x\n",
				       l4[0], l4[1], name ? name : "?", get16(l4 + 2));
		if (l4[0] == ICMP_ECHO || l4[0] == ICMP_ECHOREPLY)
			g_string_append_printf(s, "          id %u  seq %u\n", get16(l4 + 4),
					       get16(l4 + 6));
		else if (l4[0] == ICMP_DEST_UNREACH && l4[1] == ICMP_FRAG_NEEDED)
			g_string_append_printf(s, "          next hop's mtu %u\n", get16(l4 + 6));
	} else {
		g_string_append_printf(s, "data      %zu bytes\n", len);
	}
}

static void headers_ip(GString *s, const uint8_t *ip, size_t len)
{
	size_t hlen = ip_header_len(ip, len);
	unsigned int frag;

	if (!hlen) {
		g_string_append_printf(s, "IP        cut short: %zu bytes\n", len);
		return;
	}
	frag = get16(ip + 6);
	g_string_append_printf(s, "IP        " IP_FMT " > " IP_FMT "  ttl %u  protocol %u\n",
			       IP_ARGS(ip + 12), IP_ARGS(ip + 16), ip[8], ip[9]);
	g_string_append_printf(s,
			       "          length %u  header %zu bytes  tos 0x%02x  id %u%s%s  "
			       "offset %u  checksum 0x%04x\n",
			       get16(ip + 2), hlen, ip[1], get16(ip + 4),
			       frag & 0x4000 ? "  DF" : "", frag & 0x2000 ? "  MF" : "",
			       (frag & 0x1fff) * 8, get16(ip + 10));
	if (!(frag & 0x1fff))
		headers_l4(s, ip[9], ip + hlen, len - hlen);
}

static void headers_arp(GString *s, const uint8_t *a, size_t len)
{
	if (len < ARP_LEN) {
		g_string_append_printf(s, "ARP       cut short: %zu bytes\n", len);
		return;
	}
	g_string_append_printf(s,
			       "ARP       %s\n          sender " IP_FMT " at " MAC_FMT
			       "\n          target " IP_FMT " at " MAC_FMT "\n",
			       get16(a + 6) == ARPOP_REQUEST ? "request"
			       : get16(a + 6) == ARPOP_REPLY ? "reply"
							     : "other operation",
			       IP_ARGS(a + 14), MAC_ARGS(a + 8), IP_ARGS(a + 24), MAC_ARGS(a + 18));
}

/**
 * packet_headers() - A packet header by header
 * @ev: an event with a packet
 *
 * Return: lines, to be freed; "" without one.
 */
char *packet_headers(const struct ng_trace_event *ev)
{
	GString *s = g_string_new(NULL);
	struct parts p;

	find_parts(ev, &p);
	if (p.mac)
		g_string_append_printf(s, "Ethernet  " MAC_FMT " > " MAC_FMT "  type 0x%04x\n",
				       MAC_ARGS(p.mac + 6), MAC_ARGS(p.mac), get16(p.mac + 12));
	else if (ev->frame)
		g_string_append(s, "Ethernet  (no header here)\n");
	if (p.vlan >= 0)
		g_string_append_printf(s, "VLAN      %d\n", p.vlan);
	if (p.type == ETH_P_IP)
		headers_ip(s, p.net, p.net_len);
	else if (p.type == ETH_P_ARP)
		headers_arp(s, p.net, p.net_len);
	else if (ev->frame)
		g_string_append_printf(s, "data      %zu bytes\n", p.net_len);
	return g_string_free(s, FALSE);
}

/**
 * packet_hex() - A packet's bytes
 * @ev: an event with a packet
 *
 * Return: lines, to be freed; "" without one.
 */
char *packet_hex(const struct ng_trace_event *ev)
{
	GString *s = g_string_new(NULL);

	for (uint32_t at = 0; ev->frame && at < ev->frame_len; at += 16) {
		uint32_t n = MIN(16, ev->frame_len - at);

		g_string_append_printf(s, "%04x  ", at);
		for (uint32_t i = 0; i < 16; i++) {
			if (i < n)
				g_string_append_printf(s, "%02x ", ev->frame[at + i]);
			else
				g_string_append(s, "   ");
			if (i == 7)
				g_string_append_c(s, ' ');
		}
		g_string_append_c(s, ' ');
		for (uint32_t i = 0; i < n; i++) {
			uint8_t c = ev->frame[at + i];

			g_string_append_c(s, c >= ' ' && c < 0x7f ? (char)c : '.');
		}
		g_string_append_c(s, '\n');
	}
	return g_string_free(s, FALSE);
}
