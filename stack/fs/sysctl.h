/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysctl.h - one value of /proc/sys
 */
#ifndef STACK_FS_SYSCTL_H
#define STACK_FS_SYSCTL_H

#include <netglass/types.h>

struct ipv4_devconf;
struct net;
struct net_device;
struct netns_ipv4;
struct seq_file;

/* a full Ethernet frame, of which unres_qlen counts: SKB_TRUESIZE(ETH_FRAME_LEN) */
#define UNRES_PACKET 2090

enum ctl_kind {
	CTL_NUMBER,  /* one or more of row->type at data */
	CTL_U32,     /* a uint32_t in neigh_parms */
	CTL_NS,	     /* a time in ns at data or in neigh_parms, as row->type has it */
	CTL_CONF,    /* an int of conf/NAME/ */
	CTL_FORWARD, /* ip_forward: conf/all/forwarding under its old name */
	CTL_TEXT,    /* a fixed text; writes are taken and change nothing */
	CTL_ITSELF,  /* a fixed text; nothing else may be written */
	CTL_HOSTNAME,
	CTL_TCP_CA, /* tcp_congestion_control: one of the available names */
	CTL_PORTS,  /* ip_local_reserved_ports: proc_do_large_bitmap() */
	CTL_FLUSH,  /* route/flush: write only */
	CTL_QLEN,   /* unres_qlen: unres_qlen_bytes in packets */
};

/* which numbers a handler takes: kernel/sysctl.c */
enum ctl_type {
	CTL_PLAIN,   /* proc_dointvec_minmax() */
	CTL_LONG,    /* proc_doulongvec_minmax(): an int64_t, not negative */
	CTL_SECONDS, /* proc_dointvec_jiffies(): as many as fit an int of ticks */
	CTL_MSECS,   /* proc_dointvec_ms_jiffies(): whole ticks of 4 ms */
	CTL_USER_HZ, /* proc_dointvec_userhz_jiffies(): hundredths of a second, in ticks of 4 ms */
};

struct ctl_row {
	const char *name;
	size_t offset;
	enum ctl_type type;
	int n; /* numbers */
	int64_t min, max;
	/* what else must hold of the new values; may change them. 0 or an error */
	int (*check)(struct net *net, int64_t *v);
	/* only values from @from to @to are modelled: any other is -NG_ENOTSUPP */
	bool partly;
	int from, to;
};

struct ctl {
	char path[96]; /* below /proc/sys */
	enum ctl_kind kind;
	const struct ctl_row *row; /* NULL: one int, any */
	void *data;
	const char *text;
	int index;
	size_t offset;
	bool is_neigh;
	bool truth; /* whatever is not 0 is stored as 1 */
	bool readonly;
	struct net *net;
	struct net_device *dev;
	struct ipv4_devconf *cnf;
};

/* /proc/sys as one namespace sees it, a value at a time */
struct ctl_walk {
	struct net *net;
	const char *under;				 /* the folder or the value it is about */
	bool (*visit)(void *arg, const struct ctl *ctl); /* true: stop */
	void *arg;
	bool stopped;
};

/* sysctl_walk.c */
void sysctl_walk(struct ctl_walk *w);
bool sysctl_wanted(const struct ctl_walk *w, const char *folder);
void sysctl_visit(struct ctl_walk *w, struct ctl *ctl);
/* sysctl_ports.c */
void sysctl_ports_show(const struct ctl *ctl, struct seq_file *m);
int sysctl_ports_store(const struct ctl *ctl, const char *text, size_t len);
/* sysctl_tables.c */
void sysctl_tables_init(struct netns_ipv4 *ipv4);
void sysctl_tables_walk(struct ctl_walk *w);
/* netfilter/: net/netfilter/nf_conntrack_* */
void nf_conntrack_sysctl_walk(struct ctl_walk *w);

#endif
