/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysctl_ports.c - a set of ports as text: "8080,9148-9150"
 *
 * mirrors proc_do_large_bitmap() of kernel/sysctl.c
 * CONTROL
 */
#include <errno.h>

#include "core/xalloc.h"
#include "fs/inode.h"
#include "fs/sysctl.h"

#define NR_PORTS 65536U

static bool has(const uint64_t *set, uint32_t port)
{
	return set && set[port / 64] >> port % 64 & 1;
}

/**
 * sysctl_ports_show() - Prints the set: ranges in order
 * @ctl: the value; its data is the set's pointer
 * @m: output
 */
void sysctl_ports_show(const struct ctl *ctl, struct seq_file *m)
{
	const uint64_t *set = *(uint64_t *const *)ctl->data;
	const char *comma = "";
	uint32_t from, to;

	for (from = 0; set && from < NR_PORTS; from = to + 1) {
		to = from;
		if (!has(set, from))
			continue;
		while (to + 1 < NR_PORTS && has(set, to + 1))
			to++;
		seq_printf(m, from == to ? "%s%u" : "%s%u-%u", comma, from, to);
		comma = ",";
	}
}

/* The number @*text begins with; false: none, or no port */
static bool take_port(const char **text, const char *end, uint32_t *ret)
{
	const char *p = *text;

	for (*ret = 0; p < end && *p >= '0' && *p <= '9'; p++) {
		*ret = *ret * 10 + (uint32_t)(*p - '0');
		if (*ret >= NR_PORTS)
			return false;
	}
	if (p == *text)
		return false;
	*text = p;
	return true;
}

/**
 * sysctl_ports_store() - Replaces the set
 * @ctl: the value
 * @text: "", or ports and ranges with commas between them
 * @len: of it
 *
 * Return: 0 or -EINVAL: the set stays as it was.
 */
int sysctl_ports_store(const struct ctl *ctl, const char *text, size_t len)
{
	uint64_t **set = ctl->data, *new;
	const char *end = text + len;
	uint32_t from, to;

	while (end > text && (end[-1] == '\n' || !end[-1]))
		end--;
	new = text < end ? xzalloc(NR_PORTS / 8) : NULL;
	while (text < end) {
		if (!take_port(&text, end, &from))
			goto bad;
		to = from;
		if (text < end && *text == '-') {
			text++;
			if (!take_port(&text, end, &to) || to < from)
				goto bad;
		}
		if (text < end && *text++ != ',')
			goto bad;
		for (; from <= to; from++)
			new[from / 64] |= UINT64_C(1) << from % 64;
	}
	free(*set);
	*set = new;
	return 0;
bad:
	free(new);
	return -EINVAL;
}
