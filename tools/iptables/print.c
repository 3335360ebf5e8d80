/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print.c - a rule as a line of -L or of -S
 *
 * Mirrors the columns of iptables/xshared.c and nft-ipv4.c. CONTROL.
 *
 * ipt_print_header()
 * ipt_print_rule()
 *   print_details() print_addrs()
 * ipt_save_rule()
 */
#include "xt.h"

#include <stdio.h>

#define T(wide, narrow) ((format & FMT_NOTABLE) ? (narrow) : (wide))

static void print_proto(struct ipt *x, const struct ipt_rule *r, unsigned int format)
{
	bool number = (format & (FMT_NUMERIC | FMT_NOTABLE)) == FMT_NUMERIC;
	const char *name = number ? NULL : xt_protocol_name(x, r->ip.proto);

	ng_putc(x->out, (r->ip.invflags & XT_INV_PROTO) ? '!' : ' ');
	if (name)
		ng_printf(x->out, T("%-4s ", "%s "), name);
	else
		ng_printf(x->out, T("%-4hu ", "%hu "), r->ip.proto);
}

static void print_iface(struct ipt *x, const char *name, bool inv, unsigned int format,
			const char *fmt)
{
	char buf[IFNAMSIZ + 2];

	if (name[0] == '\0')
		name = (format & FMT_NUMERIC) ? "*" : "any";
	snprintf(buf, sizeof(buf), "%s%s", inv ? "!" : "", name);
	ng_printf(x->out, fmt, buf);
}

static void print_details(struct ipt *x, const struct ipt_rule *r, unsigned int num,
			  unsigned int format)
{
	struct ng_out *out = x->out;

	if (format & FMT_LINENUMBERS)
		ng_printf(out, T("%-4u ", "%u "), num);
	if (!(format & FMT_NOCOUNTS)) {
		xt_print_num(out, r->pcnt, format);
		xt_print_num(out, r->bcnt, format);
	}
	ng_printf(out, T("%-9s ", "%s "),
		  r->target && r->target->ext->kernel ? r->target->ext->kernel : r->jumpto);
	print_proto(x, r, format);
	if (format & FMT_OPTIONS) {
		if (format & FMT_NOTABLE)
			ng_puts(out, "opt ");
		ng_putc(out, (r->ip.invflags & IPT_INV_FRAG) ? '!' : '-');
		ng_putc(out, (r->ip.flags & IPT_F_FRAG) ? 'f' : '-');
		ng_putc(out, ' ');
	}
	if (format & FMT_VIA) {
		print_iface(x, r->ip.iniface, r->ip.invflags & IPT_INV_VIA_IN, format,
			    T(" %-6s ", "in %s "));
		print_iface(x, r->ip.outiface, r->ip.invflags & IPT_INV_VIA_OUT, format,
			    T("%-6s ", "out %s "));
	}
}

static const char *addr_word(struct ipt *x, __be32 addr, __be32 mask, unsigned int format,
			     char buf[300])
{
	char num[16];
	char tail[20];

	if (mask == 0 && !(format & FMT_NUMERIC))
		return "anywhere";
	snprintf(buf, 300, "%s%s",
		 (format & FMT_NUMERIC) ? xt_addr_text(addr, num)
					: xt_anyname(x, addr, num, sizeof(num)),
		 xt_mask_text(mask, tail));
	return buf;
}

static void print_addrs(struct ipt *x, const struct ipt_rule *r, unsigned int format)
{
	char buf[300];

	ng_putc(x->out, (r->ip.invflags & IPT_INV_SRCIP) ? '!' : ' ');
	ng_printf(x->out, T("%-19s ", "%s "),
		  addr_word(x, r->ip.src.s_addr, r->ip.smsk.s_addr, format, buf));
	ng_putc(x->out, (r->ip.invflags & IPT_INV_DSTIP) ? '!' : ' ');
	ng_printf(x->out, T("%-19s ", "-> %s"),
		  addr_word(x, r->ip.dst.s_addr, r->ip.dmsk.s_addr, format, buf));
}

/**
 * ipt_print_rule() - Prints a rule as -L does
 * @x: the program
 * @r: the rule
 * @num: its number from 1
 * @format: FMT_ bits
 */
void ipt_print_rule(struct ipt *x, const struct ipt_rule *r, unsigned int num, unsigned int format)
{
	struct xt_show s = { .x = x, .out = x->out, .rule = r, .numeric = format & FMT_NUMERIC };
	const struct xt_inst *m;

	print_details(x, r, num, format);
	print_addrs(x, r, format);
	if (format & FMT_NOTABLE)
		ng_puts(x->out, "  ");
	if (r->ip.flags & IPT_F_GOTO)
		ng_puts(x->out, "[goto] ");
	for (m = r->matches; m; m = m->next) {
		s.info = m->info;
		if (m->ext->print)
			m->ext->print(&s);
	}
	if (r->target && r->target->ext->print) {
		s.info = r->target->info;
		r->target->ext->print(&s);
	}
	ng_putc(x->out, '\n');
}

static void save_addr(struct ng_out *out, char letter, __be32 addr, __be32 mask, bool inv)
{
	char buf[20];

	if (!mask && !inv && !addr)
		return;
	ng_printf(out, "%s -%c ", inv ? " !" : "", letter);
	xt_print_addr(out, addr);
	if (xt_mask_len(mask) == 32)
		ng_puts(out, "/32");
	else
		ng_puts(out, xt_mask_text(mask, buf));
}

static void save_details(struct ipt *x, const struct ipt_rule *r)
{
	struct ng_out *out = x->out;
	const char *name;

	save_addr(out, 's', r->ip.src.s_addr, r->ip.smsk.s_addr, r->ip.invflags & IPT_INV_SRCIP);
	save_addr(out, 'd', r->ip.dst.s_addr, r->ip.dmsk.s_addr, r->ip.invflags & IPT_INV_DSTIP);
	if (r->ip.iniface[0])
		ng_printf(out, "%s -i %s", (r->ip.invflags & IPT_INV_VIA_IN) ? " !" : "",
			  r->ip.iniface);
	if (r->ip.outiface[0])
		ng_printf(out, "%s -o %s", (r->ip.invflags & IPT_INV_VIA_OUT) ? " !" : "",
			  r->ip.outiface);
	if (r->ip.proto) {
		name = xt_protocol_name(x, r->ip.proto);
		ng_puts(out, (r->ip.invflags & XT_INV_PROTO) ? " !" : "");
		if (name)
			ng_printf(out, " -p %s", name);
		else
			ng_printf(out, " -p %u", r->ip.proto);
	}
	if (r->ip.flags & IPT_F_FRAG)
		ng_printf(out, "%s -f", (r->ip.invflags & IPT_INV_FRAG) ? " !" : "");
}

/**
 * ipt_save_rule() - Prints a rule as the words that make it
 * @x: the program
 * @r: the rule
 * @format: FMT_C_COUNTS adds -c
 */
void ipt_save_rule(struct ipt *x, const struct ipt_rule *r, unsigned int format)
{
	struct xt_show s = { .x = x, .out = x->out, .rule = r, .numeric = true };
	const struct xt_inst *m;

	save_details(x, r);
	for (m = r->matches; m; m = m->next) {
		s.info = m->info;
		ng_printf(x->out, " -m %s", m->ext->alias ? m->ext->alias(m->info) : m->ext->name);
		if (m->ext->save)
			m->ext->save(&s);
	}
	if ((format & (FMT_NOCOUNTS | FMT_C_COUNTS)) == FMT_C_COUNTS)
		ng_printf(x->out, " -c %llu %llu", (unsigned long long)r->pcnt,
			  (unsigned long long)r->bcnt);
	if (r->target) {
		s.info = r->target->info;
		ng_printf(x->out, " -j %s",
			  r->target->ext->alias ? r->target->ext->alias(s.info) : r->jumpto);
		if (r->target->ext->save)
			r->target->ext->save(&s);
	} else if (r->jumpto[0]) {
		ng_printf(x->out, " -%c %s", (r->ip.flags & IPT_F_GOTO) ? 'g' : 'j', r->jumpto);
	}
	ng_putc(x->out, '\n');
}

/**
 * ipt_print_header() - Prints the two lines over a chain's rules
 * @x: the program
 * @chain: its name
 * @pol: its policy, NULL for a user's chain
 * @cnt: packets and bytes of the policy
 * @refs: how many rules jump to a user's chain
 * @format: FMT_ bits
 */
void ipt_print_header(struct ipt *x, const char *chain, const char *pol, uint64_t cnt[2], int refs,
		      unsigned int format)
{
	struct ng_out *out = x->out;

	ng_printf(out, "Chain %s", chain);
	if (pol) {
		ng_printf(out, " (policy %s", pol);
		if (!(format & FMT_NOCOUNTS)) {
			ng_putc(out, ' ');
			xt_print_num(out, cnt[0], format | FMT_NOTABLE);
			ng_puts(out, "packets, ");
			xt_print_num(out, cnt[1], format | FMT_NOTABLE);
			ng_puts(out, "bytes");
		}
		ng_puts(out, ")\n");
	} else {
		ng_printf(out, " (%d references)\n", refs);
	}
	if (format & FMT_LINENUMBERS)
		ng_puts(out, "num  ");
	if (!(format & FMT_NOCOUNTS)) {
		if (format & FMT_KILOMEGAGIGA)
			ng_printf(out, "%5s %5s ", "pkts", "bytes");
		else
			ng_printf(out, "%8s %10s ", "pkts", "bytes");
	}
	ng_printf(out, "%-9s ", "target");
	ng_puts(out, " prot ");
	if (format & FMT_OPTIONS)
		ng_puts(out, "opt");
	if (format & FMT_VIA)
		ng_printf(out, " %-6s %-6s ", "in", "out");
	ng_printf(out, " %-19s  %-19s \n", "source", "destination");
}
