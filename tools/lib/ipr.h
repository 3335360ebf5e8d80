/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipr.h - what ip and bridge share: options, arguments, names, printing
 *
 * One struct ipr per run holds everything iproute2 keeps in globals. The
 * arguments are read through a cursor (argc, argv) in it.
 */
#ifndef TOOLS_LIB_IPR_H
#define TOOLS_LIB_IPR_H

#include "libnetlink.h"

#include <netglass/out.h>
#include <netglass/task.h>
#include <netglass/types.h>
#include <sys/socket.h>

struct jsonw;
struct ll_entry;
struct ipr_names;

struct ipr {
	struct ng_task *task;
	struct ng_out *out;
	struct ng_out *err;
	struct rtnl_handle rth;
	const char *prog; /* "ip" or "bridge" */
	int argc;	  /* the cursor: arguments left, the first is argv[0] */
	char **argv;
	int family; /* AF_UNSPEC or what -4, -6, -f said */
	int details;
	int stats;
	int resolve;
	int max_flush_loops;
	bool brief;
	bool oneline;
	bool json;
	bool pretty;
	bool numeric;
	bool human;
	bool iec;
	bool force;
	bool echo;
	bool all;
	bool color;
	bool compress_vlans;
	bool timestamp, timestamp_short;
	const char *batch;
	const char *sl; /* line end inside a record: "\n", or "\\" with -oneline */
	struct jsonw *jw;
	struct ll_entry *ll_map;
	struct ipr_names *names;
	bool do_link;	   /* ipaddress.c shows links */
	bool ll_known;	   /* all links were asked for */
	bool have_newlink; /* the probe was sent */
	bool nsid_known;   /* ipnetns.c has read its names */
	struct ipr_nsid *nsid;
	struct nsid_name *nsids;
	void *filter; /* the object's own */
};

/* ipr_monitor.c: listening */
#define IPR_LISTEN_BUFFERED 1 /* what was printed may wait for more */
void ipr_listen_open(struct ipr *c, uint64_t groups);
int ipr_listen(struct ipr *c, int (*accept)(struct ipr *c, const struct nlmsghdr *n));
void ipr_print_timestamp(struct ipr *c);

/* ipr_utils.c: arguments */
_Noreturn void ipr_exit(struct ipr *c, int status);
_Noreturn void incomplete_command(struct ipr *c);
_Noreturn void missarg(struct ipr *c, const char *key);
_Noreturn void invarg(struct ipr *c, const char *msg, const char *arg);
_Noreturn void duparg(struct ipr *c, const char *key, const char *arg);
_Noreturn void duparg2(struct ipr *c, const char *key, const char *arg);
int nodev(struct ipr *c, const char *dev);
_Noreturn void invalid_vrf(struct ipr *c, const char *msg, const char *name);
const char *next_arg(struct ipr *c);
bool next_arg_ok(const struct ipr *c);
void next_arg_fwd(struct ipr *c);
void prev_arg(struct ipr *c);
bool matches(const char *arg, const char *word);
bool is_word(const char *arg, const char *word);
bool parse_on_off(struct ipr *c, const char *msg, const char *arg, bool *ret_bad);
int parse_one_of(struct ipr *c, const char *msg, const char *arg, const char *const *list, int n);

int get_integer(int *ret_val, const char *arg, int base);
int get_unsigned(unsigned int *ret_val, const char *arg, int base);
int get_u64(uint64_t *ret_val, const char *arg, int base);
int get_u32(uint32_t *ret_val, const char *arg, int base);
int get_u16(uint16_t *ret_val, const char *arg, int base);
int get_u8(uint8_t *ret_val, const char *arg, int base);
int get_s32(int32_t *ret_val, const char *arg, int base);
int get_time_rtt(unsigned int *ret_val, const char *arg, int *ret_raw);
int check_ifname(const char *name);
int check_altifname(const char *name);

/* ipr_addr.c: addresses */
#define PREFIXLEN_SPECIFIED 1

struct inet_prefix {
	uint16_t flags;
	uint16_t bytelen;
	int16_t bitlen;
	uint16_t family;
	uint8_t data[16];
};

int get_addr_1(struct inet_prefix *ret_addr, const char *arg, int family);
int get_prefix_1(struct inet_prefix *ret_addr, const char *arg, int family);
void get_addr(struct ipr *c, struct inet_prefix *ret_addr, const char *arg, int family);
void get_prefix(struct ipr *c, struct inet_prefix *ret_addr, const char *arg, int family);
uint32_t get_addr32(struct ipr *c, const char *arg);
int af_bit_len(int family);
int af_byte_len(int family);
const char *family_name(int family);
const char *family_name_verbose(int family);
int read_family(const char *name);
bool addr_matches(const struct inet_prefix *addr, const struct inet_prefix *pfx, int bits);
const char *rt_addr_n2a(struct ipr *c, int family, size_t len, const void *addr);
const char *rt_addr_n2a_rta(struct ipr *c, int family, const struct nlattr *nla);
const char *format_host(struct ipr *c, int family, size_t len, const void *addr);
const char *format_host_rta(struct ipr *c, int family, const struct nlattr *nla);
int ll_addr_a2n(struct ipr *c, uint8_t *lladdr, size_t len, const char *arg);
const char *ll_addr_n2a(struct ipr *c, const void *addr, size_t len, uint16_t type);
const char *ll_type_n2a(struct ipr *c, uint16_t type);
const char *hexstring_n2a(struct ipr *c, const uint8_t *data, size_t len);
/* a string in the task's memory */
__attribute__((format(printf, 2, 3))) const char *ipr_strf(struct ipr *c, const char *fmt, ...);

/* ipr_print.c: one call for text and JSON */
enum output_type { PRINT_FP = 1, PRINT_JSON = 2, PRINT_ANY = 3 };
enum color_attr {
	COLOR_IFNAME,
	COLOR_MAC,
	COLOR_INET,
	COLOR_INET6,
	COLOR_OPERSTATE_UP,
	COLOR_OPERSTATE_DOWN,
	COLOR_NONE
};

void new_json_obj(struct ipr *c);
void delete_json_obj(struct ipr *c);
bool is_json_context(const struct ipr *c);
void open_json_object(struct ipr *c, const char *key);
void close_json_object(struct ipr *c);
void open_json_array(struct ipr *c, int type, const char *str);
void close_json_array(struct ipr *c, int type, const char *str);
void print_color_string(struct ipr *c, int type, enum color_attr color, const char *key,
			const char *fmt, const char *value);
void print_string(struct ipr *c, int type, const char *key, const char *fmt, const char *value);
void print_uint(struct ipr *c, int type, const char *key, const char *fmt, unsigned int value);
void print_int(struct ipr *c, int type, const char *key, const char *fmt, int value);
void print_u64(struct ipr *c, int type, const char *key, const char *fmt, uint64_t value);
void print_hex(struct ipr *c, int type, const char *key, const char *fmt, unsigned int value);
void print_0xhex(struct ipr *c, int type, const char *key, const char *fmt,
		 unsigned long long value);
void print_float(struct ipr *c, int type, const char *key, const char *fmt, double value);
void print_bool(struct ipr *c, int type, const char *key, const char *fmt, bool value);
void print_on_off(struct ipr *c, int type, const char *key, const char *fmt, bool value);
void print_null(struct ipr *c, int type, const char *key, const char *fmt, const char *value);
void print_json_raw(struct ipr *c, const char *key, const char *text);
void print_nl(struct ipr *c);
enum color_attr ifa_family_color(int family);
enum color_attr oper_state_color(uint8_t state);

/* ipr_link.c */
bool print_name_and_link(struct ipr *c, const char *fmt, const char *name,
			 const struct nlattr *const *tb);
void print_link_flags(struct ipr *c, unsigned int flags, bool m_down);

/* ll_map.c: interface numbers and names */
int ll_remember_index(const struct nlmsghdr *n, void *ipr);
int ll_init_map(struct ipr *c);
const char *ll_index_to_name(struct ipr *c, unsigned int idx);
unsigned int ll_name_to_index(struct ipr *c, const char *name);
int ll_index_to_type(struct ipr *c, unsigned int idx);
unsigned int ll_index_to_flags(struct ipr *c, unsigned int idx);
void ll_drop_by_index(struct ipr *c, unsigned int idx);
const char *ll_idx_n2a(struct ipr *c, unsigned int idx);

/* ipr_names.c: the tables of /etc/iproute2 */
const char *rtnl_rtprot_n2a(struct ipr *c, int id);
int rtnl_rtprot_a2n(struct ipr *c, uint32_t *ret_id, const char *arg);
const char *rtnl_rtscope_n2a(struct ipr *c, int id);
int rtnl_rtscope_a2n(struct ipr *c, uint32_t *ret_id, const char *arg);
const char *rtnl_rttable_n2a(struct ipr *c, uint32_t id);
int rtnl_rttable_a2n(struct ipr *c, uint32_t *ret_id, const char *arg);
const char *rtnl_dsfield_n2a(struct ipr *c, int id);
int rtnl_dsfield_a2n(struct ipr *c, uint32_t *ret_id, const char *arg);
const char *rtnl_group_n2a(struct ipr *c, int id);
int rtnl_group_a2n(struct ipr *c, int *ret_id, const char *arg);
const char *rtnl_rtrealm_n2a(struct ipr *c, int id);
int rtnl_rtrealm_a2n(struct ipr *c, uint32_t *ret_id, const char *arg);
const char *rtnl_rtntype_n2a(struct ipr *c, int id);
int rtnl_rtntype_a2n(int *ret_id, const char *arg);

/* ipr_ns.c: network namespaces by name */
#define NETNS_RUN_DIR "/run/netns"
const char *netns_path(struct ipr *c, const char *name);
int netns_switch(struct ipr *c, const char *name);
int netns_get_fd(struct ipr *c, const char *name);
typedef int (*ipr_netns_fn)(struct ipr *c, const char *name, void *arg);
int netns_foreach(struct ipr *c, ipr_netns_fn fn, void *arg);

/* ipr_batch.c */
typedef int (*ipr_cmd_fn)(struct ipr *c);
int do_batch(struct ipr *c, const char *file, ipr_cmd_fn run);

/* ipr_options.c: before the object */
struct ipr *ipr_begin(struct ng_task *task, const char *prog, int argc, char **argv);
const char *ipr_option(struct ipr *c);
bool ipr_option_color(struct ipr *c, const char *opt);
bool ipr_run(struct ipr *c, ipr_cmd_fn cmd, ipr_cmd_fn batch, int *ret_status);

#endif
