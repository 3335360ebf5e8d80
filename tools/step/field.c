/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * field.c - the parts of an event by name
 *
 * Names of its own fields come from the lists of <netglass/trace.h>; a few more
 * are the same for all events (ns, dev, packet, line) or are read from the
 * packet (src, dst, proto, sport, dport, ttl).
 */
#include "step.h"

#include <linux/if_ether.h>
#include <linux/in.h>
#include <string.h>

#include "../trace/packetline.h"
#include "../trace/traceline.h"

static char *ip_text(const uint8_t *a)
{
	return g_strdup_printf("%u.%u.%u.%u", a[0], a[1], a[2], a[3]);
}

static char *number(uint64_t v)
{
	return g_strdup_printf("%" G_GUINT64_FORMAT, v);
}

static char *value_text(const void *at, enum ng_trace_type type)
{
	switch (type) {
	case NG_TRACE_T_BOOL:
		return number(*(const bool *)at);
	case NG_TRACE_T_I32:
		return g_strdup_printf("%d", *(const int32_t *)at);
	case NG_TRACE_T_I64:
		return g_strdup_printf("%" G_GINT64_FORMAT, *(const int64_t *)at);
	case NG_TRACE_T_U32:
		return number(*(const uint32_t *)at);
	case NG_TRACE_T_U64:
		return number(*(const uint64_t *)at);
	case NG_TRACE_T_WORD:
	case NG_TRACE_T_TEXT:
		return g_strdup(*(const char *const *)at);
	case NG_TRACE_T_IP:
		return ip_text(at);
	case NG_TRACE_T_PORT:
		return number(*(const uint16_t *)at);
	case NG_TRACE_T_MAC: {
		const uint8_t *m = *(const uint8_t *const *)at;

		return m ? g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3],
					   m[4], m[5])
			 : NULL;
	}
	case NG_TRACE_T_ORIGIN:
		return number(((const struct ng_origin *)at)->line);
	case NG_TRACE_T_REASON:
		return g_strdup(ng_drop_reason_name(*(const enum skb_drop_reason *)at));
	case NG_TRACE_T_PACKET:
		return g_strdup(((const struct ng_packet *)at)->name);
	case NG_TRACE_T_TEXTS: {
		const char *const *v = *(const char *const *const *)at;

		return v ? g_strjoinv(" ", (char **)(uintptr_t)v) : NULL;
	}
	case NG_TRACE_T_BYTES:
	case NG_TRACE_T_MAX:
		break;
	}
	return NULL;
}

static char *own_field(const struct ng_trace_event *ev, const char *name)
{
	const struct ng_trace_info *info = ng_trace_info(ev->kind);

	for (size_t i = 0; i < info->nr_fields; i++) {
		if (!strcmp(info->fields[i].name, name))
			return value_text((const char *)ev + info->fields[i].offset,
					  info->fields[i].type);
	}
	return NULL;
}

static char *common_field(const struct ng_trace_event *ev, const char *name)
{
	if (!strcmp(name, "ns"))
		return g_strdup(ev->netns);
	if (!strcmp(name, "dev") || !strcmp(name, "if"))
		return g_strdup(ev->dev);
	if (!strcmp(name, "kind"))
		return g_strdup(ng_trace_info(ev->kind)->name);
	if (!strcmp(name, "line"))
		return number(ev->command.line);
	if (!strcmp(name, "step"))
		return number(ev->nr);
	if (!strcmp(name, "func"))
		return g_strdup(ev->func);
	if (!strcmp(name, "file"))
		return g_strdup(ev->file);
	if (!strcmp(name, "text"))
		return trace_line(ev, NULL);
	if (!ev->packet.id)
		return NULL;
	if (!strcmp(name, "packet") || !strcmp(name, "pkt"))
		return g_strdup(ev->packet.name);
	return strcmp(name, "id") ? NULL : number(ev->packet.id);
}

static unsigned int get16(const uint8_t *p)
{
	return (unsigned int)p[0] << 8 | p[1];
}

static char *l4_field(const uint8_t *ip, size_t len, const char *name)
{
	size_t hlen = (size_t)(ip[0] & 15) * 4;

	if (len < hlen + 4 || get16(ip + 6) & 0x1fff)
		return NULL;
	if (ip[9] == IPPROTO_TCP || ip[9] == IPPROTO_UDP) {
		if (!strcmp(name, "sport"))
			return number(get16(ip + hlen));
		if (!strcmp(name, "dport"))
			return number(get16(ip + hlen + 2));
	} else if (ip[9] == IPPROTO_ICMP) {
		if (!strcmp(name, "icmp_type"))
			return number(ip[hlen]);
		if (!strcmp(name, "icmp_code"))
			return number(ip[hlen + 1]);
	}
	return NULL;
}

static const char *proto_name(unsigned int protocol)
{
	return protocol == IPPROTO_TCP	  ? "tcp"
	       : protocol == IPPROTO_UDP  ? "udp"
	       : protocol == IPPROTO_ICMP ? "icmp"
					  : NULL;
}

static char *packet_field(const struct ng_trace_event *ev, const char *name)
{
	const uint8_t *ip = ev->net_at >= 0 && ev->frame ? ev->frame + ev->net_at : NULL;
	size_t len = ip && ev->frame_len > (uint32_t)ev->net_at
			     ? ev->frame_len - (uint32_t)ev->net_at
			     : 0;

	if (ev->mac_at >= 0 && ev->frame_len >= (uint32_t)ev->mac_at + ETH_HLEN) {
		const uint8_t *mac = ev->frame + ev->mac_at;
		bool arp = get16(mac + 12) == ETH_P_ARP;

		if (!strcmp(name, "proto") && arp)
			return g_strdup("arp");
		if (arp && len >= 28 && (!strcmp(name, "src") || !strcmp(name, "dst")))
			return ip_text(ip + (name[0] == 's' ? 14 : 24));
	}
	if (len < 20 || ip[0] >> 4 != 4)
		return NULL;
	if (!strcmp(name, "src"))
		return ip_text(ip + 12);
	if (!strcmp(name, "dst"))
		return ip_text(ip + 16);
	if (!strcmp(name, "ttl"))
		return number(ip[8]);
	if (!strcmp(name, "proto"))
		return proto_name(ip[9]) ? g_strdup(proto_name(ip[9])) : number(ip[9]);
	return l4_field(ip, len, name);
}

/**
 * step_field() - A field of an event by its name
 * @ev: the event
 * @name: as people write it in a break expression
 *
 * Return: its text, to be freed; NULL: the event has none.
 */
char *step_field(const struct ng_trace_event *ev, const char *name)
{
	char *v = common_field(ev, name);

	if (!v)
		v = own_field(ev, name);
	return v ? v : packet_field(ev, name);
}
