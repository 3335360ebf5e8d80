/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proc_sysctl.c - /proc/sys: every value, by path
 *
 * mirrors fs/proc/proc_sysctl.c, and proc_dointvec() and its kin of kernel/sysctl.c
 * CONTROL
 */
#include <errno.h>
#include <string.h>

#include "core/config_trace.h"
#include "core/jiffies.h"
#include "core/neighbour.h"
#include "core/net_namespace.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "fs/inode.h"
#include "fs/sysctl.h"
#include "ipv4/devinet.h"
#include "ipv4/inetdevice.h"
#include "ipv4/route.h"

/* ---- one value */

static const void *neigh_data(const struct ctl *ctl)
{
	const struct neigh_parms *p = ctl->dev && ctl->dev->arp_parms
					      ? ctl->dev->arp_parms
					      : &ctl->net->world->arp_tbl->parms;

	return (const uint8_t *)p + ctl->offset;
}

/* A time as its handler shows it: jiffies_to_clock_t() and its kin */
static void show_time(struct seq_file *m, enum ctl_type type, int64_t ns)
{
	int64_t ticks = ns / TICK_NSEC;

	if (type == CTL_USER_HZ)
		seq_printf(m, "%s%lld", ns < 0 ? "-" : "",
			   (long long)((ticks < 0 ? -ticks : ticks) * 100 / HZ));
	else
		seq_printf(m, "%lld",
			   (long long)(ns / (type == CTL_MSECS ? NSEC_PER_MSEC : NSEC_PER_SEC)));
}

static int64_t number_at(const struct ctl *ctl, int i)
{
	if (ctl->row && ctl->row->type == CTL_LONG)
		return ((const int64_t *)ctl->data)[i];
	return ((const int *)ctl->data)[i];
}

static int ctl_show(struct dyn_node *node, struct seq_file *m)
{
	const struct ctl *ctl = &node->ctl;
	int i;

	switch (ctl->kind) {
	case CTL_NUMBER:
	case CTL_CONF:
	case CTL_FORWARD:
		for (i = 0; i < (ctl->row ? ctl->row->n : 1); i++)
			seq_printf(m, i ? "\t%lld" : "%lld", (long long)number_at(ctl, i));
		break;
	case CTL_NS:
		show_time(m, ctl->row->type,
			  *(const int64_t *)(ctl->is_neigh ? neigh_data(ctl) : ctl->data));
		break;
	case CTL_U32:
		seq_printf(m, "%u", *(const uint32_t *)neigh_data(ctl));
		break;
	case CTL_QLEN:
		seq_printf(m, "%u", *(const uint32_t *)neigh_data(ctl) / UNRES_PACKET);
		break;
	case CTL_PORTS:
		sysctl_ports_show(ctl, m);
		break;
	case CTL_FLUSH:
		return -EACCES;
	case CTL_ITSELF:
	case CTL_TEXT:
		seq_printf(m, "%s", ctl->text);
		break;
	case CTL_TCP_CA:
		seq_printf(m, "%s", tcp_ca_name_of(*(const int *)ctl->data));
		break;
	case CTL_HOSTNAME:
		seq_printf(m, "%s", node->task->ns[NS_UTS]->nodename);
		break;
	}
	seq_printf(m, "\n");
	return 0;
}

/* Up to @max numbers out of a text, as proc_dointvec(): -EINVAL for anything else. */
static int parse_numbers(const char *text, size_t len, int64_t *ret, int max)
{
	size_t i = 0;
	int n = 0;

	for (;;) {
		bool neg = false;
		int64_t v = 0;
		size_t start;

		while (i < len && strchr(" \t\n", text[i]) && text[i])
			i++;
		if (i >= len || n == max)
			return n;
		if (text[i] == '-') {
			neg = true;
			i++;
		}
		for (start = i; i < len && text[i] >= '0' && text[i] <= '9'; i++) {
			v = v * 10 + (text[i] - '0');
			if (v > INT64_C(1) << 40)
				return -EINVAL;
		}
		if (i == start || (i < len && !strchr(" \t\n", text[i])))
			return -EINVAL;
		ret[n++] = neg ? -v : v;
	}
}

/* One number as its handler takes it: -EINVAL, or the value that is kept. Times: in the unit written. */
static int take_number(const struct ctl_row *row, int64_t *v)
{
	int64_t msecs;

	switch (row ? row->type : CTL_PLAIN) {
	case CTL_PLAIN:
	case CTL_LONG:
		return *v < (row ? row->min : INT32_MIN) || *v > (row ? row->max : INT32_MAX)
			       ? -EINVAL
			       : 0;
	case CTL_SECONDS:
		return *v < -(INT32_MAX / HZ) || *v > INT32_MAX / HZ ? -EINVAL : 0;
	case CTL_MSECS:
		msecs = (uint32_t)*v; /* as msecs_to_jiffies() gets it */
		if (msecs > INT32_MAX || msecs < row->min)
			return -EINVAL;
		*v = (msecs + 1000 / HZ - 1) / (1000 / HZ) * (1000 / HZ);
		return 0;
	case CTL_USER_HZ:
		return 0;
	}
	return 0;
}

static int store_numbers(const struct ctl *ctl, int64_t *v, int n)
{
	const struct ctl_row *row = ctl->row;
	int i, err;

	for (i = 0; i < n; i++) {
		err = take_number(row, &v[i]);
		if (err)
			return err;
	}
	if (row && row->partly && (v[0] < row->from || v[0] > row->to))
		return -NG_ENOTSUPP;
	for (i = n; row && i < row->n; i++)
		v[i] = number_at(ctl, i);
	err = row && row->check ? row->check(ctl->net, v) : 0;
	if (err)
		return err;
	for (i = 0; i < (row ? row->n : 1); i++) {
		if (row && row->type == CTL_LONG)
			((int64_t *)ctl->data)[i] = v[i];
		else
			((int *)ctl->data)[i] = ctl->truth	   ? v[i] != 0
						: v[i] > INT32_MAX ? INT32_MAX
								   : (int)v[i];
	}
	return 0;
}

static int64_t time_ns(enum ctl_type type, int64_t v)
{
	if (type == CTL_MSECS)
		return v * NSEC_PER_MSEC;
	if (type == CTL_SECONDS)
		return v * NSEC_PER_SEC;
	/* clock_t_to_jiffies(), which takes what is negative for very much */
	return v < 0 ? -TICK_NSEC : (int32_t)(v * HZ / 100) * TICK_NSEC;
}

/* net/ipv4/devinet.c: devinet_conf_proc() and devinet_sysctl_forward() */
static int store_conf(const struct ctl *ctl, int64_t v)
{
	struct netns_ipv4 *ipv4 = ctl->net->ipv4;
	int *to = ctl->data;
	int old = *to;

	if (v < INT32_MIN || v > INT32_MAX)
		return -EINVAL;
	*to = (int)v;
	if (ctl->cnf)
		ctl->cnf->set |= UINT64_C(1) << (ctl->index - 1);
	if (ctl->kind == CTL_FORWARD ||
	    (ctl->index == IPV4_DEVCONF_FORWARDING && ctl->cnf == &ipv4->devconf_all)) {
		if (old != *to)
			inet_forward_change(ctl->net);
	} else if (ctl->cnf == &ipv4->devconf_dflt && ctl->index != IPV4_DEVCONF_FORWARDING) {
		devinet_copy_dflt_conf(ctl->net, ctl->index - 1);
	}
	if (old != *to && ctl->cnf)
		devinet_conf_changed(ctl->net, ctl->cnf, ctl->index);
	rt_cache_flush(ctl->net);
	return 0;
}

static void set_neigh_value(const struct ctl *ctl, struct neigh_parms *p, int64_t v)
{
	uint8_t *to = (uint8_t *)p + ctl->offset;

	if (ctl->kind == CTL_NS)
		*(int64_t *)(void *)to = time_ns(ctl->row->type, v);
	else if (ctl->kind == CTL_QLEN)
		*(uint32_t *)(void *)to = (uint32_t)v * UNRES_PACKET;
	else
		*(uint32_t *)(void *)to = (uint32_t)v;
}

/* net/core/neighbour.c: neigh_proc_update(); `default` reaches the devices whose own value was never set */
static int store_neigh(const struct ctl *ctl, int64_t v)
{
	uint64_t bit = UINT64_C(1) << ctl->index;
	struct neigh_parms *p;

	if (take_number(ctl->row, &v))
		return -EINVAL;
	if (ctl->dev) {
		p = neigh_parms_of(ctl->dev);
		p->set |= bit;
		set_neigh_value(ctl, p, v);
		return 0;
	}
	set_neigh_value(ctl, &ctl->net->world->arp_tbl->parms, v);
	list_for_each_entry(p, &ctl->net->neigh->parms_list, list) {
		if (!(p->set & bit))
			set_neigh_value(ctl, p, v);
	}
	return 0;
}

static int store_value(struct dyn_node *node, const char *text, size_t len)
{
	const struct ctl *ctl = &node->ctl;
	int64_t v[3];
	int n;

	if (ctl->kind == CTL_TEXT)
		return 0;
	if (ctl->kind == CTL_ITSELF) {
		while (len && (text[len - 1] == '\n' || !text[len - 1]))
			len--;
		return len == strlen(ctl->text) && !memcmp(text, ctl->text, len) ? 0 : -ENOENT;
	}
	if (ctl->kind == CTL_PORTS)
		return sysctl_ports_store(ctl, text, len);
	if (ctl->kind == CTL_TCP_CA) {
		while (len && (text[len - 1] == '\n' || text[len - 1] == ' ' || !text[len - 1]))
			len--;
		n = tcp_ca_find(text, len);
		if (n >= 0)
			*(int *)ctl->data = n;
		return n < 0 ? n : 0;
	}
	if (ctl->kind == CTL_HOSTNAME) {
		while (len && (text[len - 1] == '\n' || !text[len - 1]))
			len--;
		struct ns_plain *uts = node->task->ns[NS_UTS];

		scnprintf(uts->nodename, sizeof(uts->nodename), "%.*s", (int)len, text);
		return 0;
	}
	n = parse_numbers(text, len, v, ctl->row ? ctl->row->n : 1);
	if (n <= 0)
		return n || !len ? n : -EINVAL;
	if (ctl->kind == CTL_FLUSH) {
		rt_cache_flush(ctl->net);
		ctl->net->ipv4->fnhe_genid++;
		return 0;
	}
	if (ctl->kind == CTL_NUMBER)
		return store_numbers(ctl, v, n);
	if (ctl->is_neigh)
		return store_neigh(ctl, v[0]);
	if (ctl->kind == CTL_NS) {
		n = take_number(ctl->row, &v[0]);
		if (!n)
			*(int64_t *)ctl->data = time_ns(ctl->row->type, v[0]);
		return n;
	}
	return store_conf(ctl, v[0]);
}

static int ctl_store(struct dyn_node *node, const char *text, size_t len)
{
	struct seq_file old = { 0 }, new = { 0 };
	int err;

	if (!trace_on(node->ctl.net->world))
		return store_value(node, text, len);
	ctl_show(node, &old);
	err = store_value(node, text, len);
	ctl_show(node, &new);
	if (!err)
		trace_sysctl(node->ctl.net, node->path, &old, &new);
	free(old.buf);
	free(new.buf);
	return err;
}

/* ---- look-up and listing */

static uint32_t ctl_mode(const struct ctl *ctl)
{
	return ctl->readonly ? 0444 : ctl->kind == CTL_FLUSH ? 0200 : 0644;
}

struct finder {
	const char *path;
	size_t len;
	struct ctl *ret;
	bool is_dir;
};

static bool find_path(void *arg, const struct ctl *ctl)
{
	struct finder *f = arg;

	if (strncmp(ctl->path, f->path, f->len) && f->len)
		return false;
	if (f->len == 0 || ctl->path[f->len] == '/') {
		f->is_dir = true;
		return true;
	}
	if (ctl->path[f->len])
		return false;
	*f->ret = *ctl;
	return true;
}

struct lister {
	const char *folder;
	size_t len;
	struct listed {
		char name[96];
		uint32_t mode;
	} * names;
	size_t nr, max;
};

static bool list_path(void *arg, const struct ctl *ctl)
{
	struct lister *l = arg;
	struct listed *to;
	const char *rest;
	size_t n;

	if (l->len && (strncmp(ctl->path, l->folder, l->len) || ctl->path[l->len] != '/'))
		return false;
	rest = ctl->path + (l->len ? l->len + 1 : 0);
	n = strcspn(rest, "/");
	if (l->nr == l->max) {
		l->max = l->max ? l->max * 2 : 64;
		l->names = xrealloc(l->names, l->max * sizeof(*l->names));
	}
	to = &l->names[l->nr++];
	scnprintf(to->name, sizeof(to->name), "%.*s", (int)n, rest);
	to->mode = rest[n] ? S_IFDIR | 0555 : S_IFREG | ctl_mode(ctl);
	return false;
}

static int cmp_listed(const void *a, const void *b)
{
	return strcmp(((const struct listed *)a)->name, ((const struct listed *)b)->name);
}

/* By name: Linux keeps them in such a tree. */
static void ctl_list(struct dyn_node *node, dyn_emit_fn emit, void *arg)
{
	struct lister l = { .folder = node->path, .len = strlen(node->path) };
	struct ctl_walk w = {
		.net = node->net, .under = node->path, .visit = list_path, .arg = &l
	};
	size_t i;

	sysctl_walk(&w);
	if (l.nr)
		qsort(l.names, l.nr, sizeof(*l.names), cmp_listed);
	for (i = 0; i < l.nr; i++) {
		if (!i || strcmp(l.names[i].name, l.names[i - 1].name))
			emit(arg, l.names[i].name, l.names[i].mode);
	}
	free(l.names);
}

/**
 * proc_sys_lookup() - What is at /proc/sys/REST
 * @task: who looks; the values are its namespace's
 * @rest: the path
 * @ret_node: filled
 *
 * Return: 0 or -ENOENT.
 */
int proc_sys_lookup(struct ng_task *task, const char *rest, struct dyn_node *ret_node)
{
	struct finder f = { .path = rest, .len = strlen(rest) };
	struct ctl_walk w = { .net = task->net, .under = rest, .visit = find_path, .arg = &f };

	if (f.len >= sizeof(ret_node->path))
		return -ENOENT;
	f.ret = &ret_node->ctl;
	sysctl_walk(&w);
	if (!w.stopped)
		return -ENOENT;
	ret_node->net = task->net;
	memcpy(ret_node->path, rest, f.len + 1);
	if (f.is_dir) {
		dyn_dir(ret_node, ctl_list);
		return 0;
	}
	ret_node->mode = S_IFREG | ctl_mode(&ret_node->ctl);
	ret_node->show = ctl_show;
	ret_node->store = ret_node->mode & 0200 ? ctl_store : NULL;
	return 0;
}
