/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt.h - what the files of iptables share: the program's state, a rule, the
 * extensions (matches and targets), typed options, errors and names
 */
#ifndef TOOLS_IPTABLES_XT_H
#define TOOLS_IPTABLES_XT_H

#include "../lib/getopt.h"
#include "../lib/program.h"

#include <linux/netfilter/nf_log.h>
#include <linux/netfilter/xt_NFLOG.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <netglass/types.h>
#include <string.h>

#define IPT_VERSION "1.8.9 (nf_tables)"
#define XT_MAX_INFO 2048 /* no blob of a modelled extension is longer */

/* exit statuses, as iptables' enum xtables_exittype */
enum ipt_status {
	OTHER_PROBLEM = 1,
	PARAMETER_PROBLEM = 2,
	VERSION_PROBLEM = 3,
	RESOURCE_PROBLEM = 4,
};

struct nft_handle;

struct ipt {
	struct ng_task *task;
	struct ng_out *out;
	struct ng_out *err;
	const char *prog;
	int line; /* of the restore file, 0: none */
	struct nft_handle *nft;
	struct xt_loaded *loaded; /* extensions the kernel was asked about */
};

/* ---- extensions ---- */

enum xt_type {
	XTT_NONE,
	XTT_U8,
	XTT_U16,
	XTT_U32,
	XTT_U64,
	XTT_U16RC,
	XTT_U32RC,
	XTT_U64RC,
	XTT_DOUBLE,
	XTT_STRING,
	XTT_MARK, /* value[/mask] */
	XTT_TOS,  /* value[/mask] or a name */
	XTT_HOST,
	XTT_HOSTMASK,
	XTT_PLEN,
	XTT_PLENMASK, /* a mask, or a prefix length */
	XTT_PROTOCOL,
	XTT_PORT,
	XTT_PORTRC,
	XTT_ETHERMAC,
	XTT_SYSLOG,
};

#define XTO_INVERT 1
#define XTO_MAND 2
#define XTO_MULTI 4
#define XTO_PUT 8

struct xt_opt {
	const char *name; /* NULL ends the table */
	uint8_t id;
	uint8_t type;
	uint8_t flags;
	uint16_t off;  /* XTO_PUT: where in the blob */
	uint16_t size; /* of that place */
	uint32_t also; /* bits of ids that must be given too */
	uint32_t excl; /* bits of ids that must not */
	uint32_t min;
	uint32_t max;
};

/* One option being parsed. */
struct xt_call {
	struct ipt *x;
	const struct xt_ext *ext;
	const struct xt_opt *opt;
	const char *arg;
	char **argv; /* the words, and where getopt is: for options with two */
	int argc;
	int *optind;
	bool invert;
	void *info;
	uint32_t *flags; /* bits of ids seen */
	const struct ipt_rule *rule;
	unsigned int nvals;
	union {
		uint64_t u;
		uint16_t u16r[2];
		uint32_t u32r[2];
		uint64_t u64r[2];
		double d;
		struct {
			uint32_t value;
			uint32_t mask;
		} mark;
		struct {
			__be32 addr;
			__be32 mask;
		} host;
		uint8_t mac[6];
	} val;
};

/* An extension asked to print itself. */
struct xt_show {
	struct ipt *x;
	struct ng_out *out;
	const struct ipt_rule *rule;
	const void *info;
	bool numeric;
};

struct xt_ext {
	const char *name;   /* as typed */
	const char *kernel; /* its kernel name, NULL: the same */
	uint8_t rev;
	bool target;
	uint16_t size;
	uint16_t user_size; /* how much of it two equal rules share; 0: all */
	const struct xt_opt *opts;
	void (*init)(void *info);
	void (*parse)(struct xt_call *c); /* NULL: xt_option_parse() */
	/* flags: bits of the options seen */
	void (*check)(struct ipt *x, void *info, uint32_t flags);
	void (*print)(struct xt_show *s);
	void (*save)(struct xt_show *s);
	/* the words a blob is printed with, where an alias exists */
	const char *(*alias)(const void *info);
};

struct xt_inst {
	struct xt_inst *next;
	const struct xt_ext *ext;
	uint8_t *info;
	uint32_t flags;
	int opt_base;
	bool completed;
};

struct xt_loaded {
	struct xt_loaded *next;
	const struct xt_ext *ext;
	const char *name;
	bool ok;
};

#define XT_OPT_STEP 64

#define EXT(name) extern const struct xt_ext name;
#include "extensions.def"
#undef EXT

extern const struct xt_ext *const xt_exts[]; /* all of them, NULL at the end */

/* ---- a rule ---- */

struct ipt_rule {
	struct ipt_ip ip;
	struct xt_inst *matches; /* in order */
	struct xt_inst *target;
	const char *jumpto; /* "" for none */
	uint64_t pcnt;
	uint64_t bcnt;
	uint64_t handle;
	bool foreign; /* has expressions iptables does not write */
	bool trace_like;
};

/* NFLOG travels as an expression, whose prefix may be longer than the blob's. */
struct xt_nflog_words {
	struct xt_nflog_info info;
	char prefix[NF_LOG_PREFIXLEN];
};

/* how a rule is printed */
#define FMT_NUMERIC 0x01
#define FMT_NOCOUNTS 0x02
#define FMT_KILOMEGAGIGA 0x04
#define FMT_OPTIONS 0x08
#define FMT_NOTABLE 0x10
#define FMT_VIA 0x40
#define FMT_LINENUMBERS 0x100
#define FMT_C_COUNTS 0x200

/* xtables.c */
_Noreturn void xt_exit(struct ipt *x, int status);
_Noreturn __attribute__((format(printf, 3, 4))) void xt_error(struct ipt *x, enum ipt_status st,
							      const char *fmt, ...);
_Noreturn void xt_bad_value(struct ipt *x, const char *ext, const char *option, const char *value);
_Noreturn void xt_tryhelp(struct ipt *x, int status);
bool xt_strtoul(const char *s, char **end, uint64_t *ret, uint64_t min, uint64_t max);
uint8_t xt_parse_protocol(struct ipt *x, const char *s);
const char *xt_protocol_name(struct ipt *x, unsigned int proto);
uint16_t xt_parse_port(struct ipt *x, const char *s, const char *proto);
void xt_parse_interface(struct ipt *x, const char *arg, char *ret_name, unsigned char *ret_mask);

struct xt_addrs {
	__be32 *addr;
	__be32 *mask;
	unsigned int n;
};

bool xt_numeric_addr(const char *s, __be32 *ret);
__be32 xt_parse_mask(struct ipt *x, const char *s);
void xt_parse_addrs(struct ipt *x, const char *s, struct xt_addrs *ret);
void xt_print_addr(struct ng_out *out, __be32 addr);
int xt_mask_len(__be32 mask); /* -1: not a prefix */
const char *xt_mask_text(__be32 mask, char buf[20]);
const char *xt_addr_text(__be32 addr, char buf[16]);
const char *xt_anyname(struct ipt *x, __be32 addr, char *buf, size_t len);
void xt_save_string(struct ng_out *out, const char *s);
void xt_print_num(struct ng_out *out, uint64_t n, unsigned int format);

/* names.c */
int ng_proto_by_name(struct ng_task *task, const char *name);
const char *ng_proto_by_number(struct ng_task *task, int proto);
int ng_service_by_name(struct ng_task *task, const char *name, const char *proto);
const char *ng_service_by_port(struct ng_task *task, uint16_t port, const char *proto);
unsigned int ng_hosts_by_name(struct ng_task *task, const char *name, __be32 *ret,
			      unsigned int max);
const char *ng_host_by_addr(struct ng_task *task, __be32 addr);
bool ng_net_by_name(struct ng_task *task, const char *name, __be32 *ret);
const char *ng_net_by_addr(struct ng_task *task, __be32 addr);
bool ng_id_by_name(struct ng_task *task, const char *name, bool group, uint32_t *ret);
const char *ng_name_by_id(struct ng_task *task, uint32_t id, bool group);
int ng_map_by_name(struct ng_task *task, const char *file, const char *name);
const char *ng_map_by_id(struct ng_task *task, const char *file, int id);

/* xtoptions.c */
void xt_option_parse(struct xt_call *c);
void xt_option_call(struct xt_call *c);
void xt_options_check(struct ipt *x, const struct xt_inst *inst);
const char *xt_tos_name(uint8_t tos);

/* exthelp.c */
void xt_help(struct ipt *x, const char *name, bool target);

/* extensions.c */
const struct xt_ext *xt_find(struct ipt *x, const char *name, bool target, bool must);
const struct xt_ext *xt_find_kernel(struct ipt *x, const char *name, unsigned int rev,
				    const void *info, bool target);
struct xt_inst *xt_inst_new(struct ipt *x, const struct xt_ext *ext);
struct xt_inst *xt_add_match(struct ipt *x, struct ipt_rule *rule, const struct xt_ext *ext);
bool xt_is_standard(const char *name);
size_t xt_align(size_t n);

/* print.c */
void ipt_print_rule(struct ipt *x, const struct ipt_rule *r, unsigned int num, unsigned int format);
void ipt_save_rule(struct ipt *x, const struct ipt_rule *r, unsigned int format);
void ipt_print_header(struct ipt *x, const char *chain, const char *pol, uint64_t cnt[2], int refs,
		      unsigned int format);

/* iptables.c */
enum ipt_cmd {
	CMD_INSERT = 1 << 0,
	CMD_DELETE = 1 << 1,
	CMD_DELETE_NUM = 1 << 2,
	CMD_REPLACE = 1 << 3,
	CMD_APPEND = 1 << 4,
	CMD_LIST = 1 << 5,
	CMD_FLUSH = 1 << 6,
	CMD_ZERO = 1 << 7,
	CMD_NEW_CHAIN = 1 << 8,
	CMD_DELETE_CHAIN = 1 << 9,
	CMD_SET_POLICY = 1 << 10,
	CMD_RENAME_CHAIN = 1 << 11,
	CMD_LIST_RULES = 1 << 12,
	CMD_ZERO_NUM = 1 << 13,
	CMD_CHECK = 1 << 14,
};

#define OPT_NUMERIC 0x0001
#define OPT_SOURCE 0x0002
#define OPT_DESTINATION 0x0004
#define OPT_PROTOCOL 0x0008
#define OPT_JUMP 0x0010
#define OPT_VERBOSE 0x0020
#define OPT_EXPANDED 0x0040
#define OPT_VIANAMEIN 0x0080
#define OPT_VIANAMEOUT 0x0100
#define OPT_LINENUMBERS 0x0200
#define OPT_COUNTERS 0x0400
#define OPT_FRAGMENT 0x0800

struct ipt_args {
	struct ipt *x;
	bool restore;
	unsigned int command;
	unsigned int options;
	uint8_t invflags;
	const char *chain;
	const char *newname;
	const char *policy;
	const char *table;
	unsigned int rulenum;
	unsigned int verbose;
	const char *proto_word;
	bool proto_used;
	bool stop; /* -6 on a restore line: nothing to do */
	bool table_set;
	bool wait;
	bool wait_interval;
	const char *src;
	const char *dst;
	struct xt_addrs s;
	struct xt_addrs d;
	struct ipt_rule rule;
	/* getopt */
	struct ng_getopt go;
	struct ng_option *longopts;
	unsigned int nlong;
	int next_base;
	int argc;
	char **argv;
};

/* command.c */
bool ipt_on_command(struct ipt_args *a, int c, bool invert);
char ipt_letter(const char *letters, unsigned int bit);

/* Does a word follow that is no option? */
static inline bool ipt_has_word(const struct ipt_args *a)
{
	const char *w = a->go.optind < a->argc ? a->argv[a->go.optind] : NULL;

	return w && w[0] != '-' && w[0] != '!';
}

static inline const char *ipt_take_word(struct ipt_args *a)
{
	return a->argv[a->go.optind++];
}

void ipt_parse(struct ipt_args *a, int argc, char **argv);
void ipt_run(struct ipt_args *a); /* queues the command on a->x->nft */
void ipt_help(const struct ipt_args *a);
struct ipt *ipt_new(struct ng_task *task, const char *prog);

/* the program's name, as it was called */
static inline const char *ipt_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

#endif
