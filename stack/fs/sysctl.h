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

enum ctl_kind {
	CTL_INT,     /* one or more ints at data */
	CTL_U32,     /* a uint32_t at data, or in neigh_parms */
	CTL_NS,	     /* a time in neigh_parms, shown in unit_ns */
	CTL_CONF,    /* an int of conf/NAME/ */
	CTL_FORWARD, /* ip_forward: conf/all/forwarding under its old name */
	CTL_CONST,   /* index is the value; read only */
	CTL_TEXT,    /* a fixed text; writes are taken and change nothing */
	CTL_ITSELF,  /* a fixed text; nothing else may be written */
	CTL_HOSTNAME,
	CTL_TCP_CA, /* tcp_congestion_control: one of the available names */
	CTL_FLUSH,  /* route/flush: write only */
	CTL_QLEN,   /* unres_qlen: unres_qlen_bytes in packets */
};

struct ctl_row {
	const char *name;
	size_t offset;
	int n; /* ints */
	int min, max;
	bool ordered; /* the second is no smaller than the first */
	/* only values from @from to @to are modelled: any other is -NG_ENOTSUPP */
	bool partly;
	int from, to;
};

struct ctl {
	char path[96]; /* below /proc/sys */
	enum ctl_kind kind;
	const struct ctl_row *row;
	void *data;
	const char *text;
	int index;
	size_t offset;
	int64_t unit_ns;
	bool is_neigh;
	bool truth; /* whatever is not 0 is stored as 1 */
	bool readonly;
	struct net *net;
	struct net_device *dev;
	struct ipv4_devconf *cnf;
};

/* netfilter/: visits net/netfilter/nf_conntrack_*; stops when *stopped */
void nf_conntrack_sysctl_walk(struct net *net, bool (*visit)(void *arg, const struct ctl *ctl),
			      void *arg, bool *stopped);

void sysctl_more_init(struct netns_ipv4 *ipv4);
void sysctl_more_walk(struct net *net, const char *folder,
		      bool (*visit)(void *arg, const struct ctl *ctl), void *arg, bool *stopped);

#endif
