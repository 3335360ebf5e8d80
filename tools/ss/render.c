/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * render.c - columns as wide as what they hold
 *
 * mirrors render() and its helpers in misc/ss.c of iproute2 6.1. Output is never a terminal, so no
 * room is distributed: a column is as wide as its longest entry.
 */
#include "ss.h"

#include <stdio.h>
#include <string.h>

/**
 * ss_columns_init() - The columns there are
 * @s: the run
 */
void ss_columns_init(struct ss *s)
{
	static const struct ss_column cols[COL_MAX] = {
		[COL_NETID] = { .header = "Netid", .ldelim = "" },
		[COL_STATE] = { .header = "State", .ldelim = " " },
		[COL_RECVQ] = { .header = "Recv-Q", .ldelim = " " },
		[COL_SENDQ] = { .header = "Send-Q", .ldelim = " " },
		[COL_ADDR] = { .header = "Local Address:", .ldelim = " ", .right = true },
		[COL_SERV] = { .header = "Port", .ldelim = "" },
		[COL_RADDR] = { .header = "Peer Address:", .ldelim = " ", .right = true },
		[COL_RSERV] = { .header = "Port", .ldelim = "" },
		[COL_PROC] = { .header = "Process", .ldelim = "" },
	};

	memcpy(s->cols, cols, sizeof(cols));
}

static void end_token(struct ss *s)
{
	struct ss_column *c = &s->cols[s->col];
	size_t len = s->text_len - s->token_at;

	if (c->disabled)
		return;
	if (s->ntokens == s->tokens_cap) {
		size_t cap = s->tokens_cap ? 2 * s->tokens_cap : 64;

		s->tokens = ng_task_realloc(s->task, s->tokens, s->tokens_cap * sizeof(*s->tokens),
					    cap * sizeof(*s->tokens));
		s->tokens_cap = cap;
	}
	s->tokens[s->ntokens++] = (struct ss_token){ s->token_at, len, s->col };
	if (len > c->max_len)
		c->max_len = len;
	s->token_at = s->text_len;
}

/**
 * ss_out() - Adds to the current field
 * @s: the run
 * @fmt: as printf()
 */
void ss_out(struct ss *s, const char *fmt, ...)
{
	char buf[512];
	va_list ap;
	size_t n;

	if (s->cols[s->col].disabled)
		return;
	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	n = strlen(buf);
	if (s->text_len + n > s->text_cap) {
		size_t cap = 2 * (s->text_len + n) + 1024;

		s->text = ng_task_realloc(s->task, s->text, s->text_cap, cap);
		s->text_cap = cap;
	}
	memcpy(s->text + s->text_len, buf, n);
	s->text_len += n;
}

/**
 * ss_field() - Goes on to a field; COL_MAX ends the line
 * @s: the run
 * @col: which; those between stay empty
 */
void ss_field(struct ss *s, enum ss_col col)
{
	while (s->col != col) {
		end_token(s);
		s->col++;
		if (s->col == COL_MAX) {
			s->col = COL_NETID;
			return;
		}
	}
}

/**
 * ss_header() - The headings are the first row
 * @s: the run
 */
void ss_header(struct ss *s)
{
	if (s->no_header)
		return;
	for (int i = 0; i < COL_MAX; i++) {
		ss_field(s, (enum ss_col)i);
		ss_out(s, "%s", s->cols[i].header);
	}
	ss_field(s, COL_MAX);
}

static void spaces(struct ss *s, size_t n)
{
	while (n--)
		ng_putc(s->out, ' ');
}

/**
 * ss_render() - Prints all rows
 * @s: the run
 */
void ss_render(struct ss *s)
{
	int first = -1, last = -1;
	bool line_started = false;

	for (int i = 0; i < COL_MAX; i++) {
		struct ss_column *c = &s->cols[i];

		if (c->disabled)
			continue;
		c->width = c->max_len + (first >= 0 && c->max_len ? strlen(c->ldelim) : 0);
		if (c->width && first < 0)
			first = i;
		if (c->width)
			last = i;
	}
	for (size_t i = 0; i < s->ntokens; i++) {
		const struct ss_token *t = &s->tokens[i];
		const struct ss_column *c = &s->cols[t->col];
		size_t used = t->len, pad;

		if (!c->width)
			continue;
		if (line_started) {
			ng_puts(s->out, c->ldelim);
			used += strlen(c->ldelim);
		}
		line_started = true;
		pad = c->width > used ? c->width - used : 0;
		if (c->right)
			spaces(s, pad);
		ng_write(s->out, s->text + t->at, t->len);
		if (!c->right)
			spaces(s, pad);
		if ((int)t->col == last) {
			ng_putc(s->out, '\n');
			line_started = false;
		}
	}
}
