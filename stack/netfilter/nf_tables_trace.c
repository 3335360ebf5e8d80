/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_tables_trace.c - each rule a packet meets, as steps of the trace
 *
 * mirrors net/netfilter/nf_tables_trace.c in what it is for
 * PATH (leaf). Runs only while somebody listens.
 *
 *	nft_do_chain() [nf_tables_core.c]
 *	  nft_do_chain_told(): the same walk, rule by rule, without the quick tests
 */
#include <linux/rtnetlink.h>

#include "core/task.h"
#include "core/trace.h"
#include "ipv4/ip.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/nft_fast.h"

static const char *const hook_names[] = {
	[NF_INET_PRE_ROUTING] = "PREROUTING",	[NF_INET_LOCAL_IN] = "INPUT",
	[NF_INET_FORWARD] = "FORWARD",		[NF_INET_LOCAL_OUT] = "OUTPUT",
	[NF_INET_POST_ROUTING] = "POSTROUTING",
};

/**
 * nf_hook_name() - A hook, as iptables calls its chains
 * @hook: NF_INET_*
 *
 * Return: "PREROUTING"
 */
const char *nf_hook_name(uint8_t hook)
{
	return hook < sizeof(hook_names) / sizeof(hook_names[0]) ? hook_names[hook] : "OTHER";
}

static const char *family_name(uint8_t pf)
{
	switch (pf) {
	case NFPROTO_IPV4:
		return "ip";
	case NFPROTO_ARP:
		return "arp";
	case NFPROTO_BRIDGE:
		return "bridge";
	case NFPROTO_INET:
		return "inet";
	default:
		return "other";
	}
}

static const char *dev_name_of(const struct net_device *dev)
{
	return dev ? dev->name : NULL;
}

static const struct net_device *where(const struct nf_hook_state *state)
{
	return state->in ? state->in : state->out;
}

/* Does br_netfilter show the packet, or did it only come over a bridge once? */
static bool is_bridged(const struct sk_buff *skb, const struct nf_hook_state *state)
{
	const struct nf_bridge_info *info = skb->nf_bridge;

	if (!info)
		return false;
	return state->hook == NF_INET_PRE_ROUTING ? info->in_prerouting : info->physoutdev != NULL;
}

/**
 * nf_trace_hook() - A packet comes to a hook
 * @skb: borrowed
 * @state: where it is
 */
void nf_trace_hook(struct sk_buff *skb, const struct nf_hook_state *state)
{
	/* br_netfilter has shown it there already: ip_sabotage_in() will pass it on */
	if (skb->nf_bridge && state->pf == NFPROTO_IPV4 && state->hook == NF_INET_PRE_ROUTING &&
	    !skb->nf_bridge->in_prerouting && !skb->nf_bridge->sabotage_in_done)
		return;
	trace_skb_from(skb, where(state), "core.c", "nf_hook_slow", HOOK, hook,
		       .hook = state->pf == NFPROTO_ARP ? (state->hook ? "OUTPUT" : "INPUT")
							: nf_hook_name(state->hook),
		       .family = family_name(state->pf), .in = dev_name_of(state->in),
		       .out = dev_name_of(state->out), .bridged = is_bridged(skb, state));
}

static const char *verdict_name(int32_t code)
{
	switch (code) {
	case NF_ACCEPT:
		return "ACCEPT";
	case NF_DROP:
		return "DROP";
	case NF_STOLEN:
		return "STOLEN";
	case NFT_JUMP:
		return "JUMP";
	case NFT_GOTO:
		return "GOTO";
	case NFT_RETURN:
		return "RETURN";
	default:
		return "DROP"; /* NF_DROP_ERR() */
	}
}

static void trace_chain(const struct nft_chain *chain, const struct nft_pktinfo *pkt)
{
	bool base = nft_is_base_chain(chain);
	const struct nft_row *row;
	uint32_t n = 0;

	for (row = chain->rows; row->rule; row++)
		n++;
	trace_skb_from(pkt->skb, where(pkt->state), "nf_tables_core.c", "nft_do_chain", CHAIN,
		       chain, .family = family_name(chain->table->family),
		       .table = chain->table->name, .chain = chain->name,
		       .type = base ? nft_chain_type_name(chain->type) : NULL, .base = base,
		       .rules = n, .policy = base ? verdict_name(chain->policy) : NULL,
		       .chain_origin = chain->origin, .policy_origin = chain->policy_origin);
}

static const char *ct_state(const struct sk_buff *skb)
{
	if (skb->nfctinfo == IP_CT_UNTRACKED && !skb->nfct)
		return "UNTRACKED";
	return skb->nfct ? nf_ct_state_name(skb->nfctinfo) : "INVALID";
}

/* @broke: the expression that said no; nr_exprs: it matched */
static void trace_rule(const struct nft_rule *rule, uint32_t number, const struct nft_pktinfo *pkt,
		       uint32_t broke)
{
	const struct nf_hook_state *state = pkt->state;
	struct nl_buf buf = { 0 };

	nft_rule_dump(&buf, rule);
	trace_skb_from(pkt->skb, where(state), "nf_tables_core.c", "nft_do_chain", RULE, rule,
		       .table = rule->chain->table->name, .chain = rule->chain->name,
		       .number = number, .handle = rule->handle, .matched = broke >= rule->nr_exprs,
		       .broke = broke, .in = dev_name_of(state->in), .out = dev_name_of(state->out),
		       .mark = pkt->skb->mark, .ct_state = ct_state(pkt->skb),
		       .rule = { .data = buf.data, .len = buf.len }, .rule_origin = rule->origin);
	nl_buf_fini(&buf);
}

/* @rule NULL: the policy of @chain, or the end of a chain jumped to */
static void trace_verdict(const struct nft_chain *chain, const struct nft_rule *rule,
			  uint32_t number, const struct nft_verdict *verdict,
			  const struct nft_pktinfo *pkt)
{
	bool policy = !rule && nft_is_base_chain(chain);

	trace_skb_from(pkt->skb, where(pkt->state), "nf_tables_core.c", "nft_do_chain", VERDICT,
		       verdict, .table = chain->table->name, .chain = chain->name,
		       .hook = nf_hook_name(pkt->state->hook),
		       .verdict = verdict_name(verdict->code), .policy = policy, .number = number,
		       .handle = rule ? rule->handle : 0,
		       .target = verdict->code == NFT_JUMP || verdict->code == NFT_GOTO
					 ? verdict->chain->name
					 : NULL,
		       .verdict_origin = rule ? rule->origin : chain->policy_origin);
}

/* Is this where a rule stops to ask and begins to act? */
static bool acts(const struct nft_expr *expr)
{
	return expr->ops == &nft_counter_ops || expr->ops == &nft_immediate_ops ||
	       expr->ops == &nft_target_ops || expr->ops == &nft_log_ops;
}

/*
 * One rule, told before it acts: what it does is told after it.
 * As nft_rule_eval().
 */
static void rule_eval_told(struct nft_rule *rule, uint32_t number, struct nft_regs *regs,
			   const struct nft_pktinfo *pkt)
{
	struct ng_trace *trace = pkt->skb->world->trace;
	struct nft_expr *expr;
	bool told = false;
	uint32_t i = 0;

	regs->verdict.code = NFT_CONTINUE;
	nft_rule_for_each_expr(expr, rule)
	{
		if (!told && acts(expr)) {
			trace_rule(rule, number, pkt, rule->nr_exprs);
			trace->rule_origin = rule->origin;
			trace->rule_skb = pkt->skb;
			told = true;
		}
		nft_expr_eval(expr, regs, pkt);
		if (regs->verdict.code != NFT_CONTINUE)
			break;
		i++;
	}
	trace->rule_skb = NULL;
	trace->rule_origin = (struct ng_origin){ 0 };
	if (!told)
		trace_rule(rule, number, pkt, i);
	if (regs->verdict.code == NFT_BREAK)
		regs->verdict.code = NFT_CONTINUE;
}

struct told_walk {
	struct nft_chain *chain;
	const struct nft_row *row;
};

/* To the next rule that says something; its number, 0 at the end of the chain. */
static uint32_t walk_told(struct told_walk *at, struct nft_regs *regs, struct nft_pktinfo *pkt)
{
	for (; at->row->rule; at->row++) {
		uint32_t number = (uint32_t)(at->row - at->chain->rows) + 1;

		rule_eval_told(at->row->rule, number, regs, pkt);
		/* below zero nobody has consumed it; its bytes may have moved */
		if (regs->verdict.code < 0)
			pkt->iph = ip_hdr(pkt->skb);
		if (regs->verdict.code != NFT_CONTINUE) {
			at->row++;
			return number;
		}
	}
	regs->verdict.code = NFT_RETURN;
	regs->verdict.chain = NULL;
	return 0;
}

/* The policy decides. */
static unsigned int policy_told(struct nft_chain *chain, const struct nft_pktinfo *pkt)
{
	struct nft_verdict verdict = { .code = chain->policy };

	if (chain->has_stats) {
		chain->pkts++;
		chain->bytes += skb_len(pkt->skb);
	}
	trace_verdict(chain, NULL, 0, &verdict, pkt);
	return chain->policy;
}

/**
 * nft_do_chain_told() - nft_do_chain() while somebody listens
 * @basechain: where to begin
 * @pkt: the packet; targets may change it, or consume it (NF_STOLEN)
 *
 * Return: NF_ACCEPT, NF_DROP or NF_STOLEN.
 */
unsigned int nft_do_chain_told(struct nft_chain *basechain, struct nft_pktinfo *pkt)
{
	struct told_walk stack[NFT_JUMP_STACK_SIZE], at = { basechain, basechain->rows };
	unsigned int depth = 0;
	struct nft_regs regs;

	memset(&regs, 0, sizeof(regs));
	trace_chain(basechain, pkt);
	for (;;) {
		uint32_t number = walk_told(&at, &regs, pkt);
		const struct nft_rule *rule = number ? at.row[-1].rule : NULL;

		if (!number && !depth)
			return policy_told(basechain, pkt);
		if (regs.verdict.code != NF_STOLEN)
			trace_verdict(at.chain, rule, number, &regs.verdict, pkt);
		switch (regs.verdict.code) {
		case NFT_JUMP:
			if (depth == NFT_JUMP_STACK_SIZE)
				return NF_DROP;
			stack[depth++] = at;
			break;
		case NFT_GOTO:
			break;
		case NFT_RETURN:
			if (depth == 0)
				return policy_told(basechain, pkt);
			at = stack[--depth];
			continue;
		default:
			return (unsigned int)regs.verdict.code;
		}
		at = (struct told_walk){ regs.verdict.chain, regs.verdict.chain->rows };
		trace_chain(at.chain, pkt);
	}
}

static uint32_t number_of(const struct nft_rule *rule)
{
	const struct nft_rule *pos;
	uint32_t n = 1;

	list_for_each_entry(pos, &rule->chain->rules, list) {
		if (pos == rule)
			return n;
		n += !pos->dead;
	}
	return 0;
}

static void trace_set(struct net *net, const struct nft_trans *trans, const char *what,
		      const char *thing)
{
	const struct nft_chain *chain = trans->chain;
	const struct nft_rule *rule = trans->rule;
	struct nl_buf buf = { 0 };

	if (rule)
		nft_rule_dump(&buf, rule);
	trace_net_from(
		net, "nf_tables_api.c", "nf_tables_commit", NFT_SET, nft_set, .what = what,
		.thing = thing, .family = family_name(trans->table->family),
		.table = trans->table->name, .chain = chain ? chain->name : NULL,
		.number = rule ? number_of(rule) : 0, .handle = rule ? rule->handle : 0,
		.policy = chain && !rule && nft_is_base_chain(chain)
				  ? verdict_name(trans->policy >= 0 &&
								 trans->type == NFT_TRANS_UPDCHAIN
							 ? trans->policy
							 : chain->policy)
				  : NULL,
		.rule = { .data = buf.data, .len = buf.len },
		.rule_origin = rule    ? rule->origin
			       : chain ? chain->origin
				       : trans->table->origin);
	nl_buf_fini(&buf);
}

/**
 * nft_trace_commit() - A step of a batch becomes final
 * @net: the namespace
 * @trans: the step, before it is carried out
 */
void nft_trace_commit(struct net *net, const struct nft_trans *trans)
{
	switch (trans->type) {
	case NFT_TRANS_NEWTABLE:
		trace_set(net, trans, "add", "table");
		return;
	case NFT_TRANS_DELTABLE:
		trace_set(net, trans, "del", "table");
		return;
	case NFT_TRANS_NEWCHAIN:
		trace_set(net, trans, "add", "chain");
		return;
	case NFT_TRANS_DELCHAIN:
		trace_set(net, trans, "del", "chain");
		return;
	case NFT_TRANS_UPDCHAIN:
		if (trans->policy >= 0)
			trace_set(net, trans, "policy", "chain");
		return;
	case NFT_TRANS_NEWRULE:
		trace_set(net, trans, "add", "rule");
		return;
	case NFT_TRANS_DELRULE:
		trace_set(net, trans, "del", "rule");
		return;
	case NFT_TRANS_NONE:
		return;
	}
}
