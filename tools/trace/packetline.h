/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * packetline.h - a packet in words
 */
#ifndef TOOLS_TRACE_PACKETLINE_H
#define TOOLS_TRACE_PACKETLINE_H

#include <glib.h>
#include <netglass/trace.h>

/* "ICMP echo request 192.168.15.1 > 192.168.15.2 id 7 seq 1 ttl 64"; "" without a packet. g_free() it. */
char *packet_line(const struct ng_trace_event *ev);
/* Each header on a line or more, fields by name. g_free() it. */
char *packet_headers(const struct ng_trace_event *ev);
/* The bytes, 16 to a line, with their printable characters. g_free() it. */
char *packet_hex(const struct ng_trace_event *ev);

#endif
