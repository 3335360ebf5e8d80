/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print_tcp.c - TCP, and the first line of the text protocols above it
 *
 * mirrors print-tcp.c and txtproto_print() in util-print.c of tcpdump 4.99.3
 */
#include "tcpdump.h"

#include <ctype.h>
#include <linux/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { TCP_HLEN = 20, CONV_HASH = 919 };
enum { F_FIN = 1, F_SYN = 2, F_RST = 4, F_PSH = 8, F_ACK = 16, F_URG = 32 };

struct td_conv {
	struct td_conv *next;
	uint8_t src[4], dst[4];
	uint16_t sport, dport;
	uint32_t seq, ack;
};

struct seg {
	const uint8_t *ip;
	uint16_t sport, dport, win, urg;
	uint32_t seq, ack, hlen, length;
	uint8_t flags;
	uint32_t thseq, thack; /* where the conversation began */
	bool rev;
};

static bool is_reverse(const struct seg *s)
{
	if (s->sport != s->dport)
		return s->sport > s->dport;
	return memcmp(s->ip + 12, s->ip + 16, 4) > 0;
}

/* As tcp_print(): numbers count from the first segment with an ACK that was seen */
static void relative(struct td *d, struct seg *s)
{
	const uint8_t *src, *dst;
	uint16_t sport, dport;
	struct td_conv *c;

	s->rev = is_reverse(s);
	src = s->ip + (s->rev ? 16 : 12);
	dst = s->ip + (s->rev ? 12 : 16);
	sport = s->rev ? s->dport : s->sport;
	dport = s->rev ? s->sport : s->dport;
	for (c = d->convs; c; c = c->next) {
		if (c->sport == sport && c->dport == dport && !memcmp(c->src, src, 4) &&
		    !memcmp(c->dst, dst, 4))
			break;
	}
	if (!c || (s->flags & F_SYN)) {
		if (!c) {
			c = ng_task_alloc(d->task, sizeof(*c));
			memcpy(c->src, src, 4);
			memcpy(c->dst, dst, 4);
			c->sport = sport;
			c->dport = dport;
			c->next = d->convs;
			d->convs = c;
		}
		c->seq = s->rev ? s->ack - 1 : s->seq;
		c->ack = s->rev ? s->seq : s->ack - 1;
	} else {
		s->seq -= s->rev ? c->ack : c->seq;
		s->ack -= s->rev ? c->seq : c->ack;
	}
	s->thseq = c->seq;
	s->thack = c->ack;
}

static void print_flags(struct td *d, uint8_t flags)
{
	static const char letters[] = "FSRP.UEW";

	ng_puts(d->out, "Flags [");
	for (int i = 0; i < 8; i++) {
		if (flags & (1 << i))
			ng_putc(d->out, letters[i]);
	}
	if (!flags)
		ng_puts(d->out, "none");
	ng_putc(d->out, ']');
}

static void print_sack(struct td *d, const struct seg *s, const uint8_t *p, uint32_t len)
{
	uint32_t base = d->S || !(s->flags & F_ACK) ? 0 : s->rev ? s->thseq : s->thack;

	ng_printf(d->out, "sack %u ", len / 8);
	for (uint32_t i = 0; i + 8 <= len; i += 8)
		ng_printf(d->out, "{%u:%u}", td_u32(p + i) - base, td_u32(p + i + 4) - base);
}

static void print_options(struct td *d, const struct seg *s, const uint8_t *p, uint32_t left)
{
	const char *sep = "";

	ng_puts(d->out, ", options [");
	while (left) {
		uint32_t len = *p <= 1 ? 1 : left > 1 ? p[1] : 0;

		ng_puts(d->out, sep);
		sep = ",";
		if (!len || len > left || (*p > 1 && len < 2)) {
			ng_puts(d->out, "bad opt");
			break;
		}
		if (*p == 0)
			ng_puts(d->out, "eol");
		else if (*p == 1)
			ng_puts(d->out, "nop");
		else if (*p == 2 && len == 4)
			ng_printf(d->out, "mss %u", td_u16(p + 2));
		else if (*p == 3 && len == 3)
			ng_printf(d->out, "wscale %u", p[2]);
		else if (*p == 4)
			ng_puts(d->out, "sackOK");
		else if (*p == 5)
			print_sack(d, s, p + 2, len - 2);
		else if (*p == 8 && len == 10)
			ng_printf(d->out, "TS val %u ecr %u", td_u32(p + 2), td_u32(p + 6));
		else
			ng_printf(d->out, "unknown-%u", *p);
		if (*p == 0)
			break;
		p += len;
		left -= len;
	}
	ng_putc(d->out, ']');
}

/* a line of printable text: its end, 0: it is not */
static uint32_t text_line(struct td *d, const char *prefix, struct td_bytes b, uint32_t at)
{
	uint32_t i = at, end = 0;

	while (i < b.cap) {
		uint8_t c = b.p[i];

		if (c == '\n') {
			end = i + 1;
			break;
		}
		if (c == '\r') {
			if (i + 1 >= b.cap || b.p[i + 1] != '\n')
				break;
			end = i + 2;
			break;
		}
		if ((c < 32 || c > 126) && c != '\t')
			break;
		i++;
	}
	if (!end && i < b.cap && b.p[i] != '\r')
		return 0;
	ng_printf(d->out, "%s%.*s", prefix, (int)(i - at), (const char *)b.p + at);
	return end;
}

static uint32_t token_end(struct td_bytes b, uint32_t at)
{
	while (at < b.cap && isgraph(b.p[at]))
		at++;
	return at;
}

/* a command, or "ANYTHING NNN": an answer */
static bool is_request_or_response(struct td_bytes b, const char *const *commands)
{
	uint32_t end = token_end(b, 0), second, i;

	for (; *commands; commands++) {
		if (strlen(*commands) == end && !strncasecmp(*commands, (const char *)b.p, end))
			return true;
	}
	for (i = 0; i < end && isdigit(b.p[i]); i++)
		;
	if (end == 3 && i == 3)
		return true;
	second = end;
	while (second < b.cap && isspace(b.p[second]) && b.p[second] != '\r' && b.p[second] != '\n')
		second++;
	end = token_end(b, second);
	for (i = second; i < end && isdigit(b.p[i]); i++)
		;
	return end == second + 3 && i == end;
}

static void print_text_protocol(struct td *d, const char *name, const char *const *commands,
				struct td_bytes b)
{
	uint32_t at = 0;

	ng_printf(d->out, ": %s", name);
	if (!is_request_or_response(b, commands))
		return;
	if (!d->v) {
		text_line(d, ": ", b, 0);
		return;
	}
	ng_printf(d->out, ", length: %u", b.len);
	do {
		at = text_line(d, "\n\t", b, at);
	} while (at && at < b.cap);
}

static void print_payload(struct td *d, const struct seg *s, struct td_bytes b)
{
	static const char *const http[] = {
		"GET",	   "PUT",      "COPY",	  "HEAD",      "LOCK",	   "MOVE",	"POLL",
		"POST",	   "BCOPY",    "BMOVE",	  "MKCOL",     "TRACE",	   "LABEL",	"MERGE",
		"DELETE",  "SEARCH",   "UNLOCK",  "REPORT",    "UPDATE",   "NOTIFY",	"OPTIONS",
		"CONNECT", "PROPFIND", "CHECKIN", "PROPPATCH", "CHECKOUT", "SUBSCRIBE", NULL
	};
	static const char *const ftp[] = { "ACCT", "CWD",  "LIST", "PASS", "PASV", "PORT",
					   "QUIT", "RETR", "STOR", "TYPE", "USER", NULL };
	static const char *const smtp[] = { "DATA", "EHLO", "HELO", "MAIL",
					    "QUIT", "RCPT", "RSET", NULL };
	static const struct {
		uint16_t port;
		const char *name;
		const char *const *commands;
	} protocols[] = {
		{ 80, "HTTP", http }, { 8080, "HTTP", http }, { 3128, "HTTP", http },
		{ 21, "FTP", ftp },   { 25, "SMTP", smtp },
	};

	if (s->flags & F_RST) {
		ng_printf(d->out, " [RST %.*s]", (int)b.cap, (const char *)b.p);
		return;
	}
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		if (s->sport != protocols[i].port && s->dport != protocols[i].port)
			continue;
		print_text_protocol(d, protocols[i].name, protocols[i].commands, b);
		return;
	}
}

static void print_ends(struct td *d, const struct seg *s)
{
	td_print_host(d, s->ip + 12);
	ng_putc(d->out, '.');
	td_print_port(d, s->sport, "tcp");
	ng_puts(d->out, " > ");
	td_print_host(d, s->ip + 16);
	ng_putc(d->out, '.');
	td_print_port(d, s->dport, "tcp");
	ng_puts(d->out, ": ");
}

static void print_checksum(struct td *d, const struct seg *s, struct td_bytes b)
{
	uint16_t sum = td_u16(b.p + 16), off;
	uint32_t right;

	if (b.cap < b.len)
		return;
	off = td_checksum(s->ip, b.p, b.len, IPPROTO_TCP);
	ng_printf(d->out, ", cksum 0x%04x", sum);
	right = (uint32_t)sum + off;
	if (!off)
		ng_puts(d->out, " (correct)");
	else
		ng_printf(d->out, " (incorrect -> 0x%04x)", (right & 0xffff) + (right >> 16));
}

/**
 * td_print_tcp() - TCP
 * @d: the run
 * @ip: the header below it
 * @b: from the TCP header on
 */
void td_print_tcp(struct td *d, const uint8_t *ip, struct td_bytes b)
{
	struct seg s = { .ip = ip };

	if (b.cap < TCP_HLEN) {
		td_print_host(d, ip + 12);
		ng_puts(d->out, " > ");
		td_print_host(d, ip + 16);
		ng_puts(d->out, ":  [|tcp]");
		return;
	}
	s.sport = td_u16(b.p);
	s.dport = td_u16(b.p + 2);
	s.seq = td_u32(b.p + 4);
	s.ack = td_u32(b.p + 8);
	s.hlen = (b.p[12] >> 4) * 4U;
	s.flags = b.p[13];
	s.win = td_u16(b.p + 14);
	s.urg = td_u16(b.p + 18);
	print_ends(d, &s);
	if (s.hlen < TCP_HLEN || s.hlen > b.len) {
		ng_printf(d->out, " tcp %u [bad hdr length %u - too %s]", b.len - s.hlen, s.hlen,
			  s.hlen < TCP_HLEN ? "short, < 20" : "long");
		return;
	}
	s.length = b.len - s.hlen;
	if (d->q) {
		ng_printf(d->out, "tcp %u", s.length);
		return;
	}
	if (!d->S && (s.flags & F_ACK))
		relative(d, &s);
	print_flags(d, s.flags);
	if (d->v && !d->K)
		print_checksum(d, &s, b);
	if (d->v > 1 || s.length || (s.flags & (F_SYN | F_FIN | F_RST))) {
		ng_printf(d->out, ", seq %u", s.seq);
		if (s.length)
			ng_printf(d->out, ":%u", s.seq + s.length);
	}
	if (s.flags & F_ACK)
		ng_printf(d->out, ", ack %u", s.ack);
	ng_printf(d->out, ", win %u", s.win);
	if (s.flags & F_URG)
		ng_printf(d->out, ", urg %u", s.urg);
	if (s.hlen > TCP_HLEN && b.cap >= s.hlen)
		print_options(d, &s, b.p + TCP_HLEN, s.hlen - TCP_HLEN);
	ng_printf(d->out, ", length %u", s.length);
	if (s.length && b.cap > s.hlen)
		print_payload(d, &s, td_skip(b, s.hlen));
}
