/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iplink_stats.c - the counters of an interface (-s, -s -s)
 *
 * mirrors print_stats64() of iproute2's ip/ipaddress.c
 */
#include "ip_common.h"

#include <stdio.h>

#define COLS 8

/* A number with a unit, for -human. */
static const char *human(struct ipr *c, uint64_t count)
{
	const char *prefix = "kMGTPE";
	uint64_t base = c->iec ? 1024 : 1000;
	uint64_t unit = 1;
	uint64_t ten = 1;
	int precision = 2;

	for (;;) {
		unit *= base;
		if (count / base < unit || !prefix[1])
			break;
		prefix++;
	}
	for (; precision > 0; precision--) {
		ten *= 10;
		if (count / unit < ten)
			break;
	}
	return ipr_strf(c, "%.*f%c%s", precision, (double)count / (double)unit, *prefix,
			c->iec ? "i" : "");
}

static void print_num(struct ipr *c, int width, uint64_t count)
{
	if (!c->human || count < (c->iec ? 1024U : 1000U))
		ng_printf(c->out, "%*llu ", width, (unsigned long long)count);
	else
		ng_printf(c->out, "%*s ", width, human(c, count));
}

static void size_columns(int *cols, const uint64_t *vals, int n)
{
	int len;
	int i;

	for (i = 0; i < n; i++) {
		len = snprintf(NULL, 0, "%llu", (unsigned long long)vals[i]);
		if (len > cols[i])
			cols[i] = len;
	}
}

struct row {
	const char *head; /* "RX" */
	const char *const *names;
	uint64_t vals[COLS];
	int n; /* columns always shown; those behind only when not zero */
};

static void print_counts(struct ipr *c, const struct row *r, const int *cols)
{
	int i;

	ng_printf(c->out, "    %s: %*s", r->head, cols[0] - 4, r->names[0]);
	for (i = 1; i < 6; i++)
		ng_printf(c->out, " %*s", cols[i], r->names[i]);
	ng_printf(c->out, " %*s%s    ", cols[6], r->vals[6] ? "compressed" : "", c->sl);
	for (i = 0; i < 6; i++)
		print_num(c, cols[i], r->vals[i]);
	if (r->vals[6])
		print_num(c, cols[6], r->vals[6]);
}

static void print_errors(struct ipr *c, const struct row *r, const int *cols)
{
	int i;

	ng_printf(c->out, "%s    %s errors:%*s", c->sl, r->head, cols[0] - 10, "");
	for (i = 1; i < 6; i++)
		ng_printf(c->out, " %*s", cols[i], r->names[i]);
	for (i = 6; i < r->n; i++)
		ng_printf(c->out, "%*s", r->vals[i] ? cols[i] + 1 : 0,
			  r->vals[i] ? r->names[i] : "");
	ng_printf(c->out, "%s%*s", c->sl, cols[0] + 5, "");
	for (i = 1; i < r->n; i++) {
		if (i < 6 || r->vals[i])
			print_num(c, cols[i], r->vals[i]);
	}
}

static void print_text(struct ipr *c, const struct rtnl_link_stats64 *s, uint32_t changes)
{
	static const char *const rx_names[] = { "bytes",   "packets", "errors",
						"dropped", "missed",  "mcast" };
	static const char *const tx_names[] = { "bytes",   "packets", "errors",
						"dropped", "carrier", "collsns" };
	static const char *const rxe_names[] = { "",	 "length",  "crc",	  "frame",
						 "fifo", "overrun", " nohandler", " otherhost" };
	static const char *const txe_names[] = { "",	   "aborted", "fifo",
						 "window", "heartbt", "transns" };
	int cols[COLS] = { 10, 7, 6, 7, 7, 7, 10, 9 };
	struct row rx = { "RX",
			  rx_names,
			  { s->rx_bytes, s->rx_packets, s->rx_errors, s->rx_dropped,
			    s->rx_missed_errors, s->multicast, s->rx_compressed },
			  7 };
	struct row rxe = { "RX",
			   rxe_names,
			   { 0, s->rx_length_errors, s->rx_crc_errors, s->rx_frame_errors,
			     s->rx_fifo_errors, s->rx_over_errors, s->rx_nohandler,
			     s->rx_otherhost_dropped },
			   8 };
	struct row tx = { "TX",
			  tx_names,
			  { s->tx_bytes, s->tx_packets, s->tx_errors, s->tx_dropped,
			    s->tx_carrier_errors, s->collisions, s->tx_compressed },
			  7 };
	struct row txe = { "TX",
			   txe_names,
			   { 0, s->tx_aborted_errors, s->tx_fifo_errors, s->tx_window_errors,
			     s->tx_heartbeat_errors, changes },
			   6 };

	size_columns(cols, rx.vals, rx.n);
	size_columns(cols, tx.vals, tx.n);
	if (c->stats > 1) {
		size_columns(cols, rxe.vals, rxe.n);
		size_columns(cols, txe.vals, txe.n);
	}
	print_counts(c, &rx, cols);
	if (c->stats > 1)
		print_errors(c, &rxe, cols);
	ng_puts(c->out, c->sl);
	print_counts(c, &tx, cols);
	if (c->stats > 1)
		print_errors(c, &txe, cols);
}

struct json_row {
	const char *key;
	uint64_t val;
	int level; /* 1: always, 2: with -s -s; +10: only when not zero */
};

static void print_json_rows(struct ipr *c, const char *name, const struct json_row *rows, size_t n)
{
	size_t i;

	open_json_object(c, name);
	for (i = 0; i < n; i++) {
		if (rows[i].level % 10 > c->stats || (rows[i].level > 10 && !rows[i].val))
			continue;
		print_u64(c, PRINT_JSON, rows[i].key, NULL, rows[i].val);
	}
	close_json_object(c);
}

static void print_json(struct ipr *c, const struct rtnl_link_stats64 *s,
		       const struct nlattr *changes)
{
	const struct json_row rx[] = {
		{ "bytes", s->rx_bytes, 1 },
		{ "packets", s->rx_packets, 1 },
		{ "errors", s->rx_errors, 1 },
		{ "dropped", s->rx_dropped, 1 },
		{ "over_errors", s->rx_over_errors, 1 },
		{ "multicast", s->multicast, 1 },
		{ "compressed", s->rx_compressed, 11 },
		{ "length_errors", s->rx_length_errors, 2 },
		{ "crc_errors", s->rx_crc_errors, 2 },
		{ "frame_errors", s->rx_frame_errors, 2 },
		{ "fifo_errors", s->rx_fifo_errors, 2 },
		{ "missed_errors", s->rx_missed_errors, 2 },
		{ "otherhost_dropped", s->rx_otherhost_dropped, 12 },
		{ "nohandler", s->rx_nohandler, 12 },
	};
	const struct json_row tx[] = {
		{ "bytes", s->tx_bytes, 1 },
		{ "packets", s->tx_packets, 1 },
		{ "errors", s->tx_errors, 1 },
		{ "dropped", s->tx_dropped, 1 },
		{ "carrier_errors", s->tx_carrier_errors, 1 },
		{ "collisions", s->collisions, 1 },
		{ "compressed", s->tx_compressed, 11 },
		{ "aborted_errors", s->tx_aborted_errors, 2 },
		{ "fifo_errors", s->tx_fifo_errors, 2 },
		{ "window_errors", s->tx_window_errors, 2 },
		{ "heartbeat_errors", s->tx_heartbeat_errors, 2 },
		{ "carrier_changes", changes ? nla_get_u32(changes) : 0, changes ? 2 : 12 },
	};

	open_json_object(c, "stats64");
	print_json_rows(c, "rx", rx, sizeof(rx) / sizeof(rx[0]));
	print_json_rows(c, "tx", tx, sizeof(tx) / sizeof(tx[0]));
	close_json_object(c);
}

/**
 * print_stats64() - The counters
 * @c: the run
 * @tb: attributes of the RTM_NEWLINK
 */
void print_stats64(struct ipr *c, const struct nlattr *const *tb)
{
	const struct nlattr *changes = tb[IFLA_CARRIER_CHANGES];
	struct rtnl_link_stats64 s = { 0 };
	const struct nlattr *nla = tb[IFLA_STATS64];

	if (!nla)
		return;
	memcpy(&s, nla_data(nla), nla_len(nla) < sizeof(s) ? nla_len(nla) : sizeof(s));
	if (is_json_context(c))
		print_json(c, &s, changes);
	else
		print_text(c, &s, changes ? nla_get_u32(changes) : 0);
}
