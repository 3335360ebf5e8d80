/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nft.h - nf_tables as iptables sees it: expressions, rules, chains, the cache
 * of what the kernel has, the commands waiting, the batch
 */
#ifndef TOOLS_IPTABLES_NFT_H
#define TOOLS_IPTABLES_NFT_H

#include "xt.h"

#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <netglass/netlink.h>

enum nft_kind {
	E_PAYLOAD,
	E_CMP,
	E_META,
	E_BITWISE,
	E_COUNTER,
	E_IMMEDIATE,
	E_RANGE,
	E_MATCH,
	E_TARGET,
	E_LIMIT,
	E_LOG,
	E_OTHER, /* iptables writes no such one */
};

struct nft_expr {
	struct nft_expr *next;
	enum nft_kind kind;
	uint32_t sreg; /* 0: not set */
	uint32_t dreg;
	bool has_dreg; /* immediate: the verdict register is number 0 */
	uint32_t key;  /* meta key; payload base; cmp, range, bitwise operation */
	bool has_op;   /* bitwise: the operation is named */
	uint32_t off;
	uint32_t len; /* of data, payload, info */
	uint8_t data[32];
	uint8_t data2[32]; /* xor of bitwise, upper end of range */
	int32_t verdict;
	bool has_verdict;
	const char *chain;
	uint64_t n[2]; /* counter: packets, bytes; limit: rate, unit; log: group, threshold */
	uint32_t burst;
	uint32_t type;
	uint32_t flags;
	const char *name; /* match and target; log: the prefix */
	uint32_t rev;
	const uint8_t *info;
};

struct nft_rule {
	struct nft_rule *next;
	uint64_t handle;
	struct nft_expr *exprs;
	struct nft_expr **tail;
	bool has_compat;
	uint32_t compat_proto;
	uint32_t compat_flags;
	bool has_pos;
	uint64_t pos;
	struct ipt_rule *words; /* in iptables' terms, when made */
};

struct nft_builtin_chain {
	const char *name;
	const char *type;
	int32_t prio;
	uint32_t hook;
};

struct nft_builtin_table {
	const char *name;
	const struct nft_builtin_chain *chains;
	unsigned int nchains;
};

#define NFT_TABLES 5
#define NFT_HOOKS 5

extern const struct nft_builtin_table nft_builtin_tables[NFT_TABLES];

struct nft_chain {
	struct nft_chain *next;
	char name[32];
	bool has_hook;
	uint32_t hook;
	int32_t prio;
	char type[16];
	bool has_policy;
	uint32_t policy;
	bool has_counters;
	uint64_t cnt[2]; /* packets, bytes */
	bool has_use;
	uint32_t use;
	bool has_handle;
	uint64_t handle;
	bool has_flags;
	uint32_t flags;
	bool fake; /* not in the kernel */
	struct nft_rule *rules;
};

struct nft_table {
	const struct nft_builtin_table *builtin;
	bool exists;
	bool foreign; /* has base chains that are not iptables' */
	struct nft_chain *base[NFT_HOOKS];
	struct nft_chain *chains; /* users', in the kernel's order until sorted */
};

enum nft_level { NFT_CL_NONE, NFT_CL_TABLES, NFT_CL_CHAINS, NFT_CL_SETS, NFT_CL_RULES };

enum nft_cmd_type {
	NFT_CMD_APPEND,
	NFT_CMD_INSERT,
	NFT_CMD_REPLACE,
	NFT_CMD_DELETE,
	NFT_CMD_DELETE_NUM,
	NFT_CMD_CHECK,
	NFT_CMD_LIST,
	NFT_CMD_SAVE,
	NFT_CMD_FLUSH,
	NFT_CMD_ZERO,
	NFT_CMD_ZERO_NUM,
	NFT_CMD_NEW_CHAIN,
	NFT_CMD_DEL_CHAIN,
	NFT_CMD_RENAME,
	NFT_CMD_POLICY,
	NFT_CMD_RESTORE_CHAIN,
	NFT_CMD_TABLE_FLUSH,
};

struct nft_cmd {
	struct nft_cmd *next;
	enum nft_cmd_type type;
	const char *table;
	const char *chain;
	const char *arg; /* policy, new name */
	struct ipt_rule *rule;
	unsigned int rulenum; /* from 1, 0: none */
	unsigned int format;
	bool verbose;
	bool has_counters;
	uint64_t cnt[2];
	int line;
};

/* One message of the batch, for the words of its failure. */
struct nft_obj {
	struct nft_obj *next;
	uint32_t seq;
	const char *what; /* "RULE_APPEND" */
	const char *kind; /* "rule in chain" */
	const char *name;
	int line;
	int err;
};

struct nft_handle {
	struct ipt *x;
	int fd;
	uint32_t seq;
	uint32_t genid;
	bool cached;
	bool restore; /* commands come from a restore file */
	bool verbose; /* a verbose flush came before */
	bool debug;   /* -vv */
	struct nft_note *notes;
	bool no_chains; /* the tables are made anew: what is in them does not matter */
	struct nft_table tables[NFT_TABLES];
	/* what the commands want to know */
	enum nft_level level;
	int want_table;	   /* index, -1: all */
	bool want_all;	   /* all chains */
	const char **want; /* names of chains, sorted */
	unsigned int nwant;
	bool want_any;
	struct nft_cmd *cmds;
	struct nft_cmd **cmd_tail;
	int cmd_line; /* of the restore file: the command being carried out */
	struct nft_obj *objs;
	struct nft_obj **obj_tail;
	struct nl_buf batch;
	const char *error; /* of a command, when the tool itself found it */
	bool error_dmesg;
};

/* netlink.c */
int nft_compat_get(struct ipt *x, const char *name, unsigned int rev, bool target);
struct nft_handle *nft_open(struct ipt *x);
typedef void (*nft_msg_fn)(struct nft_handle *h, const struct nlmsghdr *nlh, void *arg);
int nft_talk(struct nft_handle *h, const struct nl_buf *req, nft_msg_fn fn, void *arg);
void *nft_msg(struct nft_handle *h, struct nl_buf *b, uint16_t type, uint16_t flags,
	      uint8_t family);
uint32_t nft_genid(struct nft_handle *h);

/* cache.c */
int nft_table_index(const char *name);
struct nft_table *nft_table_find(struct nft_handle *h, const char *name);
const struct nft_builtin_chain *nft_builtin_find(const struct nft_builtin_table *t,
						 const char *chain);
struct nft_chain *nft_chain_find(struct nft_handle *h, const char *table, const char *chain);
void nft_want(struct nft_handle *h, enum nft_level level, const char *table, const char *chain,
	      const char *jumpto);
void nft_want_everything(struct nft_handle *h);
void nft_want_nothing(struct nft_handle *h);
void nft_cache_build(struct nft_handle *h);
void nft_cache_drop(struct nft_handle *h);
void nft_sort_chains(struct nft_table *t);
void nft_fake_chains(struct nft_handle *h, const char *table);
struct nft_chain *nft_chain_new(struct nft_handle *h, struct nft_table *t,
				const struct nft_builtin_chain *b, const char *name);
struct nft_chain *nft_next_chain(struct nft_table *t, struct nft_chain *prev);
void nft_chain_forget(struct nft_table *t, struct nft_chain *c);

/* expr.c */
struct nft_rule *nft_rule_new(struct ipt *x);
struct nft_expr *nft_expr_add(struct ipt *x, struct nft_rule *r, enum nft_kind kind);
void nft_put_rule(struct nl_buf *b, const struct nft_rule *r);
struct nft_rule *nft_get_rule(struct ipt *x, const struct nlmsghdr *nlh);

/* build.c, parse.c, same.c */
struct nft_rule *nft_build(struct ipt *x, const struct ipt_rule *rule);
struct ipt_rule *nft_words(struct ipt *x, struct nft_rule *r);
bool ipt_rule_same(const struct ipt_rule *a, const struct ipt_rule *b);

/* batch.c */
void nft_batch_table(struct nft_handle *h, uint16_t type, uint16_t flags, const char *table);
void nft_batch_chain(struct nft_handle *h, const char *what, uint16_t type, uint16_t flags,
		     const char *table, const struct nft_chain *c);
void nft_batch_rule(struct nft_handle *h, const char *what, const char *table, const char *chain,
		    const struct nft_rule *r);
int nft_batch_send(struct nft_handle *h);
void nft_batch_drop(struct nft_handle *h);

/* debug.c */
void nft_debug_table(struct nft_handle *h, const char *table);
void nft_debug_chain(struct nft_handle *h, const char *table, const struct nft_chain *c);
void nft_debug_rule(struct nft_handle *h, const char *table, const char *chain,
		    const struct nft_rule *r);
void nft_debug_flush(struct nft_handle *h);

/* cmd.c, chaincmd.c, list.c */
struct nft_cmd *nft_cmd_add(struct nft_handle *h, enum nft_cmd_type type, const char *table,
			    const char *chain);
bool nft_commit(struct nft_handle *h);
void nft_builtin_init(struct nft_handle *h, const char *table, const char *chain);
bool nft_fail(struct nft_handle *h, const char *words, bool dmesg);
bool nft_do_flush(struct nft_handle *h, const struct nft_cmd *c);
bool nft_do_zero(struct nft_handle *h, const struct nft_cmd *c);
bool nft_do_zero_num(struct nft_handle *h, const struct nft_cmd *c);
bool nft_do_new_chain(struct nft_handle *h, const struct nft_cmd *c);
bool nft_do_del_chain(struct nft_handle *h, const struct nft_cmd *c);
bool nft_do_rename(struct nft_handle *h, const struct nft_cmd *c);
bool nft_do_policy(struct nft_handle *h, const struct nft_cmd *c);
bool nft_do_restore_chain(struct nft_handle *h, const struct nft_cmd *c);
bool nft_do_table_flush(struct nft_handle *h, const struct nft_cmd *c);
bool nft_do_list(struct nft_handle *h, const struct nft_cmd *c);
bool nft_do_save(struct nft_handle *h, const struct nft_cmd *c);
void nft_assert_compatible(struct nft_handle *h, const char *table, const char *chain);
const char *nft_policy_word(const struct nft_chain *c);

#define NFT_BAD_RULE "Bad rule (does a matching rule exist in that chain?)"
#define NFT_NO_CHAIN "No chain/target/match by that name"

#endif
