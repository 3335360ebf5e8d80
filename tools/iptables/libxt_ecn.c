/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_ecn.c - -m ecn, -j ECN, -m ah, -m esp, -j CHECKSUM: small looks at headers
 *
 * Mirrors iptables/extensions/libxt_ecn.c, libipt_ECN.c, libipt_ah.c, libxt_esp.c, libxt_CHECKSUM.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_CHECKSUM.h>
#include <linux/netfilter/xt_ecn.h>
#include <linux/netfilter/xt_esp.h>
#include <linux/netfilter_ipv4/ipt_ECN.h>
#include <linux/netfilter_ipv4/ipt_ah.h>

enum { O_CWR, O_ECE, O_ECT };

static const struct xt_opt ecn_opts[] = {
	{ .name = "ecn-tcp-cwr", .id = O_CWR, .type = XTT_NONE, .flags = XTO_INVERT },
	{ .name = "ecn-tcp-ece", .id = O_ECE, .type = XTT_NONE, .flags = XTO_INVERT },
	{ .name = "ecn-ip-ect", .id = O_ECT, .type = XTT_U8, .flags = XTO_INVERT, .max = 3 },
	{ .name = NULL },
};

static void ecn_parse(struct xt_call *c)
{
	static const uint8_t bits[] = { XT_ECN_OP_MATCH_CWR, XT_ECN_OP_MATCH_ECE,
					XT_ECN_OP_MATCH_IP };
	struct xt_ecn_info *info = c->info;

	xt_option_parse(c);
	info->operation |= bits[c->opt->id];
	if (c->invert)
		info->invert |= bits[c->opt->id];
	if (c->opt->id == O_ECT)
		info->ip_ect = (uint8_t)c->val.u;
}

static void ecn_check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM, "ECN match: some option required");
}

static void ecn_print(struct xt_show *s)
{
	const struct xt_ecn_info *info = s->info;

	ng_puts(s->out, " ECN match");
	if (info->operation & XT_ECN_OP_MATCH_ECE)
		ng_printf(s->out, " %sECE", (info->invert & XT_ECN_OP_MATCH_ECE) ? "!" : "");
	if (info->operation & XT_ECN_OP_MATCH_CWR)
		ng_printf(s->out, " %sCWR", (info->invert & XT_ECN_OP_MATCH_CWR) ? "!" : "");
	if (info->operation & XT_ECN_OP_MATCH_IP)
		ng_printf(s->out, " %sECT=%d", (info->invert & XT_ECN_OP_MATCH_IP) ? "!" : "",
			  info->ip_ect);
}

static void ecn_save(struct xt_show *s)
{
	const struct xt_ecn_info *info = s->info;

	if (info->operation & XT_ECN_OP_MATCH_ECE)
		ng_printf(s->out, "%s --ecn-tcp-ece",
			  (info->invert & XT_ECN_OP_MATCH_ECE) ? " !" : "");
	if (info->operation & XT_ECN_OP_MATCH_CWR)
		ng_printf(s->out, "%s --ecn-tcp-cwr",
			  (info->invert & XT_ECN_OP_MATCH_CWR) ? " !" : "");
	if (info->operation & XT_ECN_OP_MATCH_IP)
		ng_printf(s->out, "%s --ecn-ip-ect %d",
			  (info->invert & XT_ECN_OP_MATCH_IP) ? " !" : "", info->ip_ect);
}

const struct xt_ext libxt_ecn = {
	.name = "ecn",
	.size = sizeof(struct xt_ecn_info),
	.opts = ecn_opts,
	.parse = ecn_parse,
	.check = ecn_check,
	.print = ecn_print,
	.save = ecn_save,
};

enum { O_T_REMOVE, O_T_CWR, O_T_ECE, O_T_ECT };

#define F_T_ANY (1u << O_T_REMOVE | 1u << O_T_CWR | 1u << O_T_ECE | 1u << O_T_ECT)
#define ECN_TCP (IPT_ECN_OP_SET_ECE | IPT_ECN_OP_SET_CWR)

static const struct xt_opt ecn_t_opts[] = {
	{ .name = "ecn-tcp-remove",
	  .id = O_T_REMOVE,
	  .type = XTT_NONE,
	  .excl = 1u << O_T_CWR | 1u << O_T_ECE },
	{ .name = "ecn-tcp-cwr", .id = O_T_CWR, .type = XTT_U8, .max = 1 },
	{ .name = "ecn-tcp-ece", .id = O_T_ECE, .type = XTT_U8, .max = 1 },
	{ .name = "ecn-ip-ect", .id = O_T_ECT, .type = XTT_U8, .max = 3 },
	{ .name = NULL },
};

static void ecn_t_parse(struct xt_call *c)
{
	static const uint8_t bits[] = { ECN_TCP, IPT_ECN_OP_SET_CWR, IPT_ECN_OP_SET_ECE,
					IPT_ECN_OP_SET_IP };
	struct ipt_ECN_info *info = c->info;

	xt_option_parse(c);
	info->operation |= bits[c->opt->id];
	if (c->opt->id == O_T_CWR)
		info->proto.tcp.cwr = c->val.u & 1;
	else if (c->opt->id == O_T_ECE)
		info->proto.tcp.ece = c->val.u & 1;
	else if (c->opt->id == O_T_ECT)
		info->ip_ect = (uint8_t)c->val.u;
}

static void ecn_t_check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!(flags & F_T_ANY))
		xt_error(x, PARAMETER_PROBLEM, "ECN target: An operation is required");
}

static void ecn_t_put(struct xt_show *s, const char *const words[4])
{
	const struct ipt_ECN_info *info = s->info;

	if (info->operation == ECN_TCP && !info->proto.tcp.ece && !info->proto.tcp.cwr) {
		ng_puts(s->out, words[0]);
		return;
	}
	if (info->operation & IPT_ECN_OP_SET_ECE)
		ng_printf(s->out, "%s%u", words[1], info->proto.tcp.ece);
	if (info->operation & IPT_ECN_OP_SET_CWR)
		ng_printf(s->out, "%s%u", words[2], info->proto.tcp.cwr);
	if (info->operation & IPT_ECN_OP_SET_IP)
		ng_printf(s->out, "%s%u", words[3], info->ip_ect);
}

static void ecn_t_print(struct xt_show *s)
{
	static const char *const words[4] = { " TCP remove", " ECE=", " CWR=", " ECT codepoint=" };

	ng_puts(s->out, " ECN");
	ecn_t_put(s, words);
}

static void ecn_t_save(struct xt_show *s)
{
	static const char *const words[4] = { " --ecn-tcp-remove", " --ecn-tcp-ece ",
					      " --ecn-tcp-cwr ", " --ecn-ip-ect " };

	ecn_t_put(s, words);
}

const struct xt_ext libipt_ECN = {
	.name = "ECN",
	.target = true,
	.size = sizeof(struct ipt_ECN_info),
	.opts = ecn_t_opts,
	.parse = ecn_t_parse,
	.check = ecn_t_check,
	.print = ecn_t_print,
	.save = ecn_t_save,
};

/* -m ah and -m esp: a range of SPIs */
static void put_spis(struct xt_show *s, const char *name, const uint32_t spis[2], bool inv)
{
	ng_printf(s->out, " %s", name);
	if (spis[0] == 0 && spis[1] == UINT32_MAX && !inv)
		return;
	if (spis[0] == spis[1])
		ng_printf(s->out, " spi:%s%u", inv ? "!" : "", spis[0]);
	else
		ng_printf(s->out, " spis:%s%u:%u", inv ? "!" : "", spis[0], spis[1]);
}

static void save_spis(struct xt_show *s, const char *word, const uint32_t spis[2], bool inv)
{
	if (spis[0] == 0 && spis[1] == UINT32_MAX)
		return;
	ng_printf(s->out, "%s --%s ", inv ? " !" : "", word);
	if (spis[0] == spis[1])
		ng_printf(s->out, "%u", spis[0]);
	else
		ng_printf(s->out, "%u:%u", spis[0], spis[1]);
}

static const struct xt_opt ah_opts[] = {
	{ .name = "ahspi", .id = 0, .type = XTT_U32RC, .flags = XTO_INVERT },
	{ .name = "ahlen", .id = 1, .type = XTT_U32 },
	{ .name = "ahres", .id = 2, .type = XTT_NONE },
	{ .name = NULL },
};

static void ah_init(void *data)
{
	struct ipt_ah *info = data;

	info->spis[1] = UINT32_MAX;
}

static void ah_parse(struct xt_call *c)
{
	struct ipt_ah *info = c->info;

	xt_option_parse(c);
	if (c->opt->id != 0)
		xt_exit(c->x, ng_not_modelled(c->x->task, "iptables -m ah --%s", c->opt->name));
	info->spis[0] = c->val.u32r[0];
	info->spis[1] = c->val.u32r[1];
	if (c->invert)
		info->invflags |= IPT_AH_INV_SPI;
}

static void ah_print(struct xt_show *s)
{
	const struct ipt_ah *info = s->info;

	put_spis(s, "ah", info->spis, info->invflags & IPT_AH_INV_SPI);
	if (info->spis[0] == 0 && info->spis[1] == UINT32_MAX)
		ng_putc(s->out, ' ');
}

static void ah_save(struct xt_show *s)
{
	const struct ipt_ah *info = s->info;

	save_spis(s, "ahspi", info->spis, info->invflags & IPT_AH_INV_SPI);
}

const struct xt_ext libipt_ah = {
	.name = "ah",
	.size = sizeof(struct ipt_ah),
	.opts = ah_opts,
	.init = ah_init,
	.parse = ah_parse,
	.print = ah_print,
	.save = ah_save,
};

static const struct xt_opt esp_opts[] = {
	{ .name = "espspi", .id = 0, .type = XTT_U32RC, .flags = XTO_INVERT },
	{ .name = NULL },
};

static void esp_init(void *data)
{
	struct xt_esp *info = data;

	info->spis[1] = UINT32_MAX;
}

static void esp_parse(struct xt_call *c)
{
	struct xt_esp *info = c->info;

	xt_option_parse(c);
	info->spis[0] = c->val.u32r[0];
	info->spis[1] = c->val.u32r[1];
	if (c->invert)
		info->invflags |= XT_ESP_INV_SPI;
}

static void esp_print(struct xt_show *s)
{
	const struct xt_esp *info = s->info;

	put_spis(s, "esp", info->spis, info->invflags & XT_ESP_INV_SPI);
}

static void esp_save(struct xt_show *s)
{
	const struct xt_esp *info = s->info;

	save_spis(s, "espspi", info->spis, info->invflags & XT_ESP_INV_SPI);
}

const struct xt_ext libxt_esp = {
	.name = "esp",
	.size = sizeof(struct xt_esp),
	.opts = esp_opts,
	.init = esp_init,
	.parse = esp_parse,
	.print = esp_print,
	.save = esp_save,
};

static const struct xt_opt checksum_opts[] = {
	{ .name = "checksum-fill", .id = 0, .type = XTT_NONE, .flags = XTO_MAND },
	{ .name = NULL },
};

static void checksum_parse(struct xt_call *c)
{
	struct xt_CHECKSUM_info *info = c->info;

	xt_option_parse(c);
	info->operation = XT_CHECKSUM_OP_FILL;
}

static void checksum_print(struct xt_show *s)
{
	ng_puts(s->out, " CHECKSUM fill");
}

static void checksum_save(struct xt_show *s)
{
	ng_puts(s->out, " --checksum-fill");
}

const struct xt_ext libxt_CHECKSUM = {
	.name = "CHECKSUM",
	.target = true,
	.size = sizeof(struct xt_CHECKSUM_info),
	.opts = checksum_opts,
	.parse = checksum_parse,
	.print = checksum_print,
	.save = checksum_save,
};
