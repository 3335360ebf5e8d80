/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keywords.c - what -O asks of a method
 *
 * mirrors the option tables of mod-tcp.c, mod-icmp.c and mod-raw.c of
 * traceroute 2.1.2 and CLIF_parse() with keywords: a name, a comma, NAME=VALUE.
 */
#include "traceroute.h"

#include "../lib/netdb.h"
#include "../lib/prog.h"

#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>

struct keyword {
	const char *name;
	const char *value; /* as it is named; NULL: takes none */
	bool short_too;	   /* its beginning is enough */
	unsigned int flag; /* of TCP */
};

static const struct keyword tcp_keywords[] = {
	{ "syn", NULL, false, 0x02 },
	{ "ack", NULL, false, 0x10 },
	{ "fin", NULL, false, 0x01 },
	{ "rst", NULL, false, 0x04 },
	{ "psh", NULL, false, 0x08 },
	{ "urg", NULL, false, 0x20 },
	{ "ece", NULL, false, 0x40 },
	{ "cwr", NULL, false, 0x80 },
	{ "flags", "NUM", true, 0 },
	{ "ecn", NULL, false, TR_TCP_ECN },
	{ "sack", NULL, false, TR_TCP_SACK },
	{ "timestamps", NULL, true, TR_TCP_TSTAMP },
	{ "window_scaling", NULL, true, TR_TCP_WSCALE },
	{ "sysctl", NULL, false, 0 },
	{ "reuse", NULL, false, 0 },
	{ "mss", "NUM", false, 0 },
	{ "info", NULL, false, 0 },
	{ NULL, NULL, false, 0 },
};

static const char tcp_help[] =
	"  syn                         Set tcp flag SYN (default if no other tcp flags\n"
	"                              specified)\n"
	"  ack                         Set tcp flag ACK,\n"
	"  fin                         FIN,\n"
	"  rst                         RST,\n"
	"  psh                         PSH,\n"
	"  urg                         URG,\n"
	"  ece                         ECE,\n"
	"  cwr                         CWR\n"
	"  flags=NUM                   Set tcp flags exactly to value NUM\n"
	"  ecn                         Send syn packet with tcp flags ECE and CWR (for\n"
	"                              Explicit Congestion Notification, rfc3168)\n"
	"  sack                        Use sack,\n"
	"  timestamps                  timestamps,\n"
	"  window_scaling              window_scaling option for tcp\n"
	"  sysctl                      Use current sysctl (/proc/sys/net/*) setting for\n"
	"                              the tcp options and ecn. Always set by default\n"
	"                              (with \"syn\") if nothing else specified\n"
	"  reuse                       Allow to reuse local port numbers for the huge\n"
	"                              workloads (SO_REUSEADDR)\n"
	"  mss=NUM                     Use value of NUM for maxseg tcp option (when syn)\n"
	"  info                        Print tcp flags of final tcp replies when target\n"
	"                              host is reached. Useful to determine whether an\n"
	"                              application listens the port etc.\n";

static const struct keyword icmp_keywords[] = {
	{ "raw", NULL, false, 0 },
	{ "dgram", NULL, false, 0 },
	{ NULL, NULL, false, 0 },
};

static const char icmp_help[] =
	"  raw                         Use raw sockets way only. Default is try this way\n"
	"                              first (probably not allowed for unprivileged\n"
	"                              users), then try dgram\n"
	"  dgram                       Use dgram sockets way only. May be not\n"
	"                              implemented by old kernels or restricted by\n"
	"                              sysadmins\n"
	"Only one of these may be specified:\n"
	"    raw | dgram\n";

static const struct keyword raw_keywords[] = {
	{ "protocol", "PROT", true, 0 },
	{ NULL, NULL, false, 0 },
};

static const char raw_help[] = "  protocol=PROT               Use protocol PROT (default is 253)\n";

static const struct keyword *keywords_of(const char *method, const char **ret_help)
{
	*ret_help = !strcmp(method, "tcp")    ? tcp_help
		    : !strcmp(method, "icmp") ? icmp_help
		    : !strcmp(method, "raw")  ? raw_help
					      : NULL;
	return !strcmp(method, "tcp")	 ? tcp_keywords
	       : !strcmp(method, "icmp") ? icmp_keywords
	       : !strcmp(method, "raw")	 ? raw_keywords
					 : NULL;
}

/**
 * tr_keywords_help() - What "-O help" prints; ends the program.
 * @t: the run
 * @method: chosen so far
 */
void tr_keywords_help(struct tr *t, const char *method)
{
	const char *help;

	if (keywords_of(method, &help))
		ng_puts(ng_stderr(t->task), help);
	else
		ng_printf(ng_stderr(t->task), "No options for module `%s'\n", method);
	prog_exit(t->task, 0);
}

static bool set_number(const char *s, unsigned int *ret)
{
	char *end;
	unsigned long v = strtoul(s, &end, 0);

	*ret = (unsigned int)v;
	return end != s;
}

static bool set_protocol(struct tr *t, const char *s)
{
	uint8_t number;

	if (set_number(s, &t->protocol))
		return true;
	if (!ng_getprotobyname(t->task, s, &number))
		return false;
	t->protocol = number;
	return true;
}

static bool set_keyword(struct tr *t, const struct keyword *k, const char *value)
{
	unsigned int v;

	if (!strcmp(k->name, "protocol"))
		return set_protocol(t, value);
	if (!strcmp(k->name, "mss"))
		return set_number(value, &t->tcp.mss) && !value[strspn(value, "0123456789xX"
									      "abcdefABCDEF")];
	if (!strcmp(k->name, "flags")) {
		if (!set_number(value, &v))
			return false;
		t->tcp.flags = (t->tcp.flags & ~0xffU) | (v & 0xff) | TR_TCP_EXACT;
	}
	t->tcp.flags |= k->flag;
	t->tcp.sysctl |= !strcmp(k->name, "sysctl");
	t->tcp.reuse |= !strcmp(k->name, "reuse");
	t->tcp.info |= !strcmp(k->name, "info");
	t->icmp_dgram |= !strcmp(k->name, "dgram");
	return true;
}

static const struct keyword *find(const struct keyword *k, const char *word, size_t len)
{
	for (; k->name; k++) {
		if (!strncmp(k->name, word, len) && (k->short_too || !k->name[len]))
			return k;
	}
	return NULL;
}

#define complain(t, ...)                                      \
	do {                                                  \
		ng_printf(ng_stderr((t)->task), __VA_ARGS__); \
		prog_exit((t)->task, 2);                      \
	} while (0)

static void parse_word(struct tr *t, const struct keyword *table, const char *word, unsigned int i)
{
	size_t len = strcspn(word, "=");
	const struct keyword *k = find(table, word, len);
	const char *value = word[len] ? word + len + 1 : NULL;

	if (!k || (value && !k->value))
		complain(t, "`%s' (argc %u): arguments are not allowed\n", word, i);
	if (k->value && !value)
		complain(t, "Keyword `%s' (argc %u) requires an argument: `%s=%s'\n", word, i,
			 k->name, k->value);
	if (!set_keyword(t, k, value))
		complain(t, "Cannot handle `%s' keyword with arg `%s' (argc %u)\n", k->name, value,
			 i);
}

/**
 * tr_keywords() - Read what -O gave, where the method knows keywords.
 * @t: the run; its method is set
 */
void tr_keywords(struct tr *t)
{
	const char *help;
	const struct keyword *table = keywords_of(t->method->name, &help);

	for (unsigned int i = 0; table && i < t->num_keywords; i++) {
		const char *s = t->keywords[i];

		while (*s) {
			size_t len = strcspn(s, ",");

			parse_word(t, table, ng_task_strndup(t->task, s, len), i + 1);
			s += len + (s[len] == ',');
		}
	}
}
