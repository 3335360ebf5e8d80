/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lines.c - a text, or a web page, cut into lines
 *
 *	lines_split
 *	 ├ put_fence		``` ~~~ and AsciiDoc's ---- ....
 *	 └ put_line
 *	    └ take_tag		<pre> <code> <br> <p>; <name> is none
 */
#include <string.h>

#include "read.h"
#include "words.h"

static const char block_tags[] =
	"p div li ul ol dl dt dd td th tr table thead tbody h1 h2 h3 h4 h5 h6 section article "
	"blockquote header footer nav figure figcaption main hr body html head title br";
static const char inline_tags[] = "span strong em small mark sub sup font button svg label del ins "
				  "abbr cite var wbr img link meta input time";
static const char code_tags[] = "code kbd tt samp";

struct cutter {
	struct reader *r;
	GString *now; /* the line that is being put together */
	unsigned int number;
	const char *until; /* skipping, up to here: a comment, a style sheet */
	bool page;	   /* a whole web page */
	bool adoc;
	bool pre;
	bool code;
	unsigned int block;
	/* of a fence */
	size_t open;
	char sign;
	bool exact;
};

static struct block *block_new(struct cutter *c, bool prose)
{
	struct block b = { .code = true, .prose = prose };

	g_array_append_val(c->r->blocks, b);
	c->block = c->r->blocks->len - 1;
	return READ_BLOCK(c->r, c->block);
}

static void put(struct cutter *c, bool mark)
{
	struct line line = { .text = text_clean_line(c->now->str, c->now->len),
			     .number = c->number,
			     .block = c->open || c->pre || mark ? c->block : 0,
			     .mark = mark };

	g_array_append_val(c->r->lines, line);
	g_string_truncate(c->now, 0);
}

/* Ends the line that is being put together, unless there is nothing in it. */
static void cut(struct cutter *c)
{
	if (c->now->str[strspn(c->now->str, " \t")])
		put(c, false);
	else
		g_string_truncate(c->now, 0);
}

static bool tag_is(const char *list, const char *name, size_t len)
{
	g_autofree char *low = g_ascii_strdown(name, (gssize)len);

	return word_in(list, low, len);
}

/* <a href=x>, </a>, or <a> with its </a>: else one letter is somebody's placeholder */
static bool is_letter_tag(const struct cutter *c, const char *name, size_t len, bool end,
			  const char *close, size_t left)
{
	char mark[] = { '<', '/', *name, '>', '\0' };

	if (len != 1 || !strchr("abiusqABIUSQ", *name))
		return false;
	return c->page || end || close > name + 1 || g_strstr_len(close, (gssize)left, mark);
}

static void pre_tag(struct cutter *c, bool end)
{
	cut(c);
	c->pre = !end;
	c->code = false;
	if (c->pre)
		block_new(c, false);
}

/* What a tag at @s, of a line with @len bytes from there, does. Returns its bytes, 0: it is none. */
static size_t take_tag(struct cutter *c, const char *s, size_t len)
{
	const char *close = memchr(s, '>', len);
	bool end = len > 1 && s[1] == '/';
	const char *name = s + 1 + end;
	size_t n = 0;

	if (len > 3 && !memcmp(s, "<!--", 4)) {
		c->until = "-->";
		return 4;
	}
	if (!close)
		return 0;
	while (name + n < close && g_ascii_isalnum(name[n]))
		n++;
	if (!n || !strchr(" \t/>", name[n])) {
		return len > 1 && s[1] == '!' && c->page ? (size_t)(close - s) + 1 : 0;
	} else if (tag_is("script style", name, n)) {
		c->until = end ? NULL : tag_is("script", name, n) ? "</script" : "</style";
	} else if (tag_is("pre", name, n)) {
		pre_tag(c, end);
	} else if (tag_is(code_tags, name, n)) {
		c->code = !end;
		if (!c->pre)
			g_string_append_c(c->now, '`');
	} else if (tag_is(block_tags, name, n)) {
		if (tag_is("br", name, n) && c->pre)
			put(c, false);
		else
			cut(c);
	} else if (!tag_is(inline_tags, name, n) &&
		   !is_letter_tag(c, name, n, end, close, len - (size_t)(close - s))) {
		return 0;
	}
	return (size_t)(close - s) + 1;
}

static size_t skip_until(struct cutter *c, const char *s, size_t len)
{
	size_t n = strlen(c->until);

	for (size_t i = 0; i + n <= len; i++) {
		if (!g_ascii_strncasecmp(s + i, c->until, n)) {
			bool comment = !strcmp(c->until, "-->");

			c->until = NULL;
			return comment ? i + n : i;
		}
	}
	return len;
}

static void put_line(struct cutter *c, const char *s, size_t len)
{
	unsigned int before = c->r->lines->len;
	bool tags = false;

	for (size_t i = 0; i < len;) {
		size_t n = 0;

		if (c->until) {
			i += skip_until(c, s + i, len - i);
			tags = true;
			continue;
		}
		if (s[i] == '<')
			n = take_tag(c, s + i, len - i);
		tags |= n > 0;
		if (!n)
			g_string_append_c(c->now, s[i++]);
		i += n;
	}
	if (c->page && c->code && !c->pre)
		g_string_append_c(c->now, ' ');
	else if (tags && (!c->pre || c->r->lines->len != before))
		cut(c);
	else if (!c->until)
		put(c, false);
}

/* Bytes of ``` or ~~~ */
static size_t fence_length(const char *s, size_t len, char *ret_sign)
{
	size_t n = 0;

	*ret_sign = len && *s == '~' ? '~' : '`';
	while (n < len && s[n] == *ret_sign)
		n++;
	return n >= 3 && !memchr(s + n, '`', len - n) ? n : 0;
}

static bool info_is_text(const char *info, size_t len)
{
	g_autofree char *word = g_ascii_strdown(info, (gssize)len);

	g_strstrip(word);
	word[strcspn(word, " {,")] = '\0';
	return !*word || word_in("md markdown text txt plain plaintext none", word, strlen(word));
}

/* A line of four or more - or . alone */
static size_t adoc_length(const char *s, size_t len, char *ret_sign)
{
	size_t n = 0;

	*ret_sign = len ? *s : 0;
	while (n < len && s[n] == *s)
		n++;
	return n == len && n >= 4 && strchr("-.", *s) ? n : 0;
}

/* Is the line the beginning or the end of a fence? */
static bool put_fence(struct cutter *c, const char *line, size_t len)
{
	const char *s = line;
	size_t left = len, n;
	char sign;
	bool exact = false;

	while (left && strchr(" \t>", *s)) {
		s++;
		left--;
	}
	while (left && strchr(" \t\r", s[left - 1]))
		left--;
	n = fence_length(s, left, &sign);
	if (!n && c->adoc) {
		n = adoc_length(s, left, &sign);
		exact = n > 0;
	}
	if (!n || c->pre || c->until)
		return false;
	if (c->open) {
		if (sign != c->sign || n != left || (c->exact ? n != c->open : n < c->open))
			return false;
	} else {
		c->sign = sign;
		c->exact = exact;
		block_new(c, exact || info_is_text(s + n, left - n));
	}
	g_string_append_len(c->now, line, (gssize)len);
	put(c, true);
	c->open = c->open ? 0 : n;
	return true;
}

static bool has(const char *buf, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= len; i++) {
		if (!g_ascii_strncasecmp(buf + i, word, n))
			return true;
	}
	return false;
}

/* The text as it is looked at for what the author says: a line for each of its lines. */
static void keep_lines(struct reader *r, unsigned int n)
{
	unsigned int at = 0;

	for (unsigned int number = 1; number <= n; number++) {
		GString *s = g_string_new(NULL);

		for (; at < r->lines->len && READ_LINE(r, at)->number == number; at++)
			g_string_append_printf(s, "%s%s", s->len ? " " : "",
					       READ_LINE(r, at)->text);
		g_ptr_array_add(r->t->lines, g_string_free(s, FALSE));
	}
}

/**
 * lines_split() - Cuts a text into lines
 * @r: gets lines and blocks, and the text its lines
 * @buf: the bytes
 * @len: how many
 */
void lines_split(struct reader *r, const char *buf, size_t len)
{
	const char *end = buf + len;
	size_t look = MIN(len, (size_t)65536);
	struct cutter c = {
		.r = r,
		.now = g_string_new(NULL),
		.page = has(buf, look, "<html") || has(buf, look, "<body") ||
			has(buf, look, "</p>") || has(buf, look, "</div>"),
		.adoc = has(buf, look, "\n[source") || has(buf, look, "\n:toc") ||
			(look > 2 && !memcmp(buf, "= ", 2)),
	};

	if (len >= 3 && !memcmp(buf, "\xef\xbb\xbf", 3))
		buf += 3;
	while (buf < end) {
		const char *nl = memchr(buf, '\n', (size_t)(end - buf));
		size_t n = (size_t)((nl ? nl : end) - buf);

		c.number++;
		if (!put_fence(&c, buf, n)) {
			if (c.open || n > LINE_LOOK) {
				g_string_append_len(c.now, buf, (gssize)n);
				put(&c, false);
			} else {
				put_line(&c, buf, n);
			}
		}
		buf += n + 1;
	}
	cut(&c);
	g_string_free(c.now, TRUE);
	keep_lines(r, c.number);
}
