/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_tables.h - tables, chains, rules and expressions, for the nf_tables files only
 *
 * A batch of messages changes the tables in place and writes down each step
 * (struct nft_trans); commit makes the steps final, abort takes them back. What
 * a batch has deleted stays in its list, marked dead, until then. Packets see
 * the compiled rows (nft_chain->rows), which change only at commit.
 */
#ifndef STACK_NETFILTER_NF_TABLES_H
#define STACK_NETFILTER_NF_TABLES_H

#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>

#include "core/list.h"
#include "netfilter/netfilter.h"
#include "netlink/af_netlink.h"

#define NFT_REG32_NUM 20U
#define NFT_RULE_MAXEXPRS 128
#define NFT_MAX_ATTR 12

/*
 * A table or chain a rule names may be gone by the time its line is printed; a batch names it by
 * text.
 */
struct netns_nft {
	struct list_head tables;
	struct list_head commit_list; /* struct nft_trans */
	uint32_t base_seq;	      /* generation */
	uint64_t table_handle;
	uint8_t validate_state; /* enum nft_validate */
	uint64_t nr_statistic;	/* rules with chance ever made: keys of their draws */
	struct list_head recent_tables, hashlimit_tables; /* xt_recent.c, xt_hashlimit.c */
};

enum nft_validate { NFT_VALIDATE_SKIP, NFT_VALIDATE_NEED, NFT_VALIDATE_DO };

struct nft_table {
	struct list_head list;
	struct list_head chains; /* oldest first */
	struct net *net;
	char *name;
	uint8_t *udata;
	uint16_t udlen;
	uint8_t family;
	bool dead;
	uint32_t flags;
	uint32_t use;
	uint64_t hgenerator;
	uint64_t handle;
	struct ng_origin origin;
};

enum nft_chain_type { NFT_CHAIN_T_FILTER, NFT_CHAIN_T_ROUTE, NFT_CHAIN_T_NAT };

struct nft_chain {
	struct list_head list;
	struct nft_table *table;
	struct list_head rules; /* struct nft_rule, in order */
	struct nft_row *rows;	/* what packets see; the last one has no rule */
	char *name;
	uint8_t *udata;
	uint16_t udlen;
	bool dead;
	bool dirty; /* rows must be made anew at commit */
	uint32_t flags;
	uint32_t use;
	uint64_t handle;

	/* base chains (NFT_CHAIN_BASE) */
	struct nf_hook_ops ops;
	enum nft_chain_type type;
	uint8_t policy; /* NF_ACCEPT or NF_DROP */
	bool has_stats;
	uint64_t pkts, bytes; /* that met the policy */
	struct ng_origin origin;
	struct ng_origin policy_origin; /* of the line that last set the policy */
};

/* A test of four bytes of the IP header, cheap enough to make before the rule itself is touched. */
struct nft_word_test {
	uint32_t mask; /* 0: always true */
	uint32_t value;
};

/* A rule as packets meet it: tests that its first expressions would make too. */
struct nft_row {
	struct nft_rule *rule; /* NULL: the end */
	struct nft_word_test test[2];
	uint8_t offset[2]; /* at most 16 */
	bool invert[2];
};

struct nft_rule {
	struct list_head list;
	struct nft_chain *chain;
	uint64_t handle;
	uint8_t *udata;
	uint16_t udlen;
	uint16_t nr_exprs;
	bool dead;
	uint32_t dlen; /* bytes of expressions */
	struct ng_origin origin;
	uint64_t data[];
};

struct nft_verdict {
	int32_t code; /* NF_*, NFT_* */
	struct nft_chain *chain;
};

struct nft_regs {
	uint32_t data[NFT_REG32_NUM];
	struct nft_verdict verdict;
};

struct nft_pktinfo {
	struct sk_buff *skb;
	const struct nf_hook_state *state;
	const struct iphdr *iph;
	uint32_t thoff; /* from the network header */
	uint16_t fragoff;
	uint8_t tprot;
};

struct nft_ctx {
	struct net *net;
	struct nft_table *table;
	struct nft_chain *chain;
	const struct nlattr *compat; /* NFTA_RULE_COMPAT */
	unsigned int level;
};

struct xt_ext;
struct nft_expr;

/* what an expression's attributes ask for */
struct nft_expr_pick {
	const struct nft_expr_ops *ops;
	const struct xt_ext *ext; /* match and target */
	size_t size;		  /* of private data */
	const struct nlattr *tb[NFT_MAX_ATTR + 1];
};

struct nft_expr_ops {
	const char *name;
	size_t size;
	uint8_t maxattr;
	/* sets pick->size (and ext); NULL: ops->size */
	int (*select)(struct nft_expr_pick *pick);
	int (*init)(const struct nft_ctx *ctx, struct nft_expr *expr,
		    const struct nft_expr_pick *pick);
	void (*destroy)(const struct nft_ctx *ctx, struct nft_expr *expr);
	void (*activate)(struct nft_expr *expr);
	void (*deactivate)(struct nft_expr *expr);
	int (*validate)(const struct nft_ctx *ctx, const struct nft_expr *expr);
	void (*dump)(struct nl_buf *buf, const struct nft_expr *expr);
	void (*eval)(struct nft_expr *expr, struct nft_regs *regs, const struct nft_pktinfo *pkt);
	/* resets counters after a dump */
	void (*reset)(struct nft_expr *expr);
};

struct nft_expr {
	const struct nft_expr_ops *ops;
	uint32_t size; /* of the whole, a multiple of 8 */
	bool ready;    /* init succeeded */
	uint64_t data[];
};

static inline void *nft_expr_priv(const struct nft_expr *expr)
{
	return (void *)(uintptr_t)expr->data;
}

static inline struct nft_expr *nft_expr_first(const struct nft_rule *rule)
{
	return (struct nft_expr *)(void *)(uintptr_t)rule->data;
}

static inline struct nft_expr *nft_expr_next(const struct nft_expr *expr)
{
	return (struct nft_expr *)(void *)((char *)(uintptr_t)expr + expr->size);
}

static inline struct nft_expr *nft_expr_end(const struct nft_rule *rule)
{
	return (struct nft_expr *)(void *)((char *)(uintptr_t)rule->data + rule->dlen);
}

#define nft_rule_for_each_expr(expr, rule) \
	for (expr = nft_expr_first(rule); expr < nft_expr_end(rule); expr = nft_expr_next(expr))

static inline bool nft_is_base_chain(const struct nft_chain *chain)
{
	return chain->flags & NFT_CHAIN_BASE;
}

/* one step of a batch */
enum nft_trans_type {
	NFT_TRANS_NEWTABLE,
	NFT_TRANS_DELTABLE,
	NFT_TRANS_NEWCHAIN,
	NFT_TRANS_UPDCHAIN,
	NFT_TRANS_DELCHAIN,
	NFT_TRANS_NEWRULE,
	NFT_TRANS_DELRULE,
	NFT_TRANS_NONE, /* counts as a step, changes nothing */
};

struct nft_trans {
	struct list_head list;
	enum nft_trans_type type;
	struct nft_table *table;
	struct nft_chain *chain;
	struct nft_rule *rule;
	uint32_t id; /* NFTA_CHAIN_ID, NFTA_RULE_ID */
	/* NFT_TRANS_UPDCHAIN */
	int policy; /* -1: stays */
	bool has_stats;
	uint64_t pkts, bytes;
	char *name;
};

/* nf_tables_api.c: CONTROL */
struct netns_nft *nft_pernet(struct net *net);
struct nft_table *nft_table_lookup(struct net *net, const struct nlattr *nla, uint8_t family,
				   int *ret_err);
int nf_tables_newtable(struct nl_request *req);
int nf_tables_deltable(struct nl_request *req);
void nft_table_free(struct nft_table *table);

/* nf_tables_trans.c */
struct nft_trans *nft_trans_add(struct net *net, enum nft_trans_type type, struct nft_table *table,
				struct nft_chain *chain, struct nft_rule *rule);
bool nf_tables_valid_genid(struct net *net, uint32_t genid);
int nf_tables_commit(struct net *net);
void nf_tables_abort(struct net *net);

/* nf_tables_chain.c */
int nf_tables_newchain(struct nl_request *req);
int nf_tables_delchain(struct nl_request *req);
struct nft_chain *nft_chain_lookup(const struct nft_table *table, const struct nlattr *nla);
struct nft_chain *nft_chain_lookup_byid(struct net *net, const struct nft_table *table,
					const struct nlattr *nla);
void nft_delchain(struct nft_chain *chain);
void nft_chain_free(struct nft_chain *chain);
void nft_chain_unregister_hook(struct nft_chain *chain);
const char *nft_chain_type_name(enum nft_chain_type type);

/* nf_tables_rule.c */
int nf_tables_newrule(struct nl_request *req);
int nf_tables_delrule(struct nl_request *req);
struct nft_rule *nft_rule_lookup(const struct nft_chain *chain, const struct nlattr *nla);
void nft_delrule(struct nft_rule *rule);
void nft_delrule_by_chain(struct nft_chain *chain);
void nft_rule_activate(struct nft_rule *rule);
void nft_rule_deactivate(struct nft_rule *rule);
void nft_rule_free(struct nft_rule *rule);

/* nf_tables_compile.c */
void nft_chain_compile(struct nft_chain *chain);

/* nf_tables_validate.c */
int nft_chain_validate(const struct nft_ctx *ctx, const struct nft_chain *chain);
int nft_table_validate(const struct nft_table *table);

/* nf_tables_dump.c */
void nft_rule_dump(struct nl_buf *buf, const struct nft_rule *rule);
int nf_tables_getgen(struct nl_request *req);
int nf_tables_gettable(struct nl_request *req);
int nf_tables_getchain(struct nl_request *req);
int nf_tables_getrule(struct nl_request *req);
int nf_tables_getrule_reset(struct nl_request *req);
int nf_tables_getset(struct nl_request *req);
int nf_tables_getobj(struct nl_request *req);

/* nf_tables_core.c: PATH */
unsigned int nft_do_chain(struct nft_chain *chain, struct nft_pktinfo *pkt);
void nft_set_pktinfo_ipv4(struct nft_pktinfo *pkt, struct sk_buff *skb,
			  const struct nf_hook_state *state);
unsigned int nft_do_chain_ipv4(void *priv, struct sk_buff *skb, const struct nf_hook_state *state);
unsigned int nft_route_hook(void *priv, struct sk_buff *skb, const struct nf_hook_state *state);

/* nf_tables_trace.c: while somebody listens */
#define NFT_JUMP_STACK_SIZE 16
unsigned int nft_do_chain_told(struct nft_chain *basechain, struct nft_pktinfo *pkt);
void nft_trace_commit(struct net *net, const struct nft_trans *trans);

/* nft_expr.c */
extern const struct nft_expr_ops nft_bitwise_ops, nft_cmp_ops, nft_counter_ops, nft_immediate_ops,
	nft_limit_ops, nft_log_ops, nft_match_ops, nft_meta_ops, nft_payload_ops, nft_range_ops,
	nft_target_ops;
int nft_expr_parse(const struct nlattr *nla, struct nft_expr_pick *pick);
void nft_expr_dump(struct nl_buf *buf, const struct nft_expr *expr);
int nft_parse_register_load(const struct nlattr *nla, uint8_t *ret_reg, uint32_t len);
int nft_parse_register_store(const struct nlattr *nla, uint8_t *ret_reg, uint32_t len);
void nft_dump_register(struct nl_buf *buf, uint16_t type, uint8_t reg);
/* NFTA_DATA_VALUE of at most @max bytes */
int nft_data_value(const struct nlattr *nla, void *dst, uint32_t max, uint32_t *ret_len);
void nft_data_value_dump(struct nl_buf *buf, uint16_t type, const void *data, uint32_t len);
int nft_parse_u32_check(const struct nlattr *nla, uint32_t max, uint32_t *ret);

/* nft_compat.c */
int nfnl_compat_get(struct nl_request *req);

/* nft_meta.c */
bool nft_meta_loads_l4proto(const struct nft_expr *expr, uint8_t *ret_reg);

static inline void nft_break(struct nft_regs *regs)
{
	regs->verdict.code = NFT_BREAK;
}

static inline uint32_t nla_be32(const struct nlattr *nla)
{
	return be32_to_cpu(nla_get_be32(nla));
}

static inline uint64_t nla_be64(const struct nlattr *nla)
{
	return be64_to_cpu((ng_force __be64)nla_get_u64(nla));
}

static inline void nla_put_h32(struct nl_buf *buf, uint16_t type, uint32_t v)
{
	nla_put_be32(buf, type, cpu_to_be32(v));
}

static inline void nla_put_h64(struct nl_buf *buf, uint16_t type, uint64_t v)
{
	nla_put_be64(buf, type, cpu_to_be64(v));
}

#endif
