/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frames.c - sends hostile frames to the host and tells what came of each; written once over the door
 *
 * frames FILE: FILE is what cases.py prints; the network is that of setup.sh. For each case: the frames that came
 * back, the counters that moved (/proc/net/snmp, netstat, dev), entries of /proc/net/arp and igmp that came or went,
 * the bridge's view of its root, and why packets died. What chance decides is blotted out: IP ids and what follows from
 * them, sequence numbers of the host, time stamps.
 */
#include "frames.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/sched.h>
#include <net/if.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#define NSEC_PER_MS INT64_C(1000000)
#define QUIET_MS 12 /* after the last frame */
#define CABLES 2
#define TEXT_MAX 65536
#define SHOWN 54 /* Ethernet, IP and TCP headers; the rest as a checksum */

static const char *const state_files[] = {
	"/proc/net/snmp",
	"/proc/net/netstat",
	"/proc/net/dev",
	"/proc/net/arp",
	"/proc/net/igmp",
	"/sys/class/net/br0/bridge/root_id",
	"/sys/class/net/br0/bridge/topology_change_detected",
	"/sys/class/net/br0/brif/p0/designated_root",
	"/sys/class/net/br0/brif/p0/state",
};

#define FILES (sizeof(state_files) / sizeof(state_files[0]))

struct run {
	struct ng_task *task;
	struct ng_out *out;
	int fd[CABLES];
	char *before[FILES], *after[FILES];
};

static int cable_socket(struct ng_task *task, const char *name)
{
	struct sockaddr_ll sll = { .sll_family = AF_PACKET,
				   .sll_protocol = cpu_to_be16(ETH_P_ALL) };
	struct ifreq ifr = { 0 };
	int rcvbuf = 8 << 20;
	int fd = ng_sys_socket(task, AF_PACKET, SOCK_RAW, 0);

	strcpy(ifr.ifr_name, name);
	if (fd < 0 || ng_sys_ioctl(task, fd, SIOCGIFINDEX, &ifr) < 0)
		return -1;
	sll.sll_ifindex = ifr.ifr_ifindex;
	ng_sys_setsockopt(task, fd, SOL_SOCKET, SO_RCVBUF, &rcvbuf, sizeof(rcvbuf));
	return ng_sys_bind(task, fd, &sll, sizeof(sll)) < 0 ? -1 : fd;
}

/* Sockets of the other side; the program itself stays with the host. */
static bool reach_far(struct run *r)
{
	int home = ng_sys_open(r->task, "/proc/self/ns/net", O_RDONLY, 0);
	int far = ng_sys_open(r->task, "/run/netns/far", O_RDONLY, 0);

	if (home < 0 || far < 0 || ng_sys_setns(r->task, far, CLONE_NEWNET) < 0)
		return false;
	r->fd[0] = cable_socket(r->task, "f1");
	r->fd[1] = cable_socket(r->task, "f2");
	return ng_sys_setns(r->task, home, CLONE_NEWNET) == 0 && r->fd[0] >= 0 && r->fd[1] >= 0;
}

static void listen_on(struct ng_task *task, int type, uint16_t port)
{
	struct sockaddr_in {
		uint16_t family;
		__be16 port;
		uint8_t rest[12];
	} any = { .family = AF_INET, .port = cpu_to_be16(port) };
	int fd = ng_sys_socket(task, AF_INET, type, 0);

	if (fd < 0 || ng_sys_bind(task, fd, &any, sizeof(any)) < 0)
		abort();
	if (type == SOCK_STREAM)
		ng_sys_listen(task, fd, 4096);
}

static void read_file(struct ng_task *task, const char *path, char *buf)
{
	int fd = ng_sys_open(task, path, O_RDONLY, 0);
	ssize_t n;
	size_t len = 0;

	while (fd >= 0 && (n = ng_sys_read(task, fd, buf + len, TEXT_MAX - 1 - len)) > 0)
		len += (size_t)n;
	buf[len] = '\0';
	if (fd >= 0)
		ng_sys_close(task, fd);
}

static void look(struct run *r, char **to)
{
	for (size_t i = 0; i < FILES; i++)
		read_file(r->task, state_files[i], to[i]);
}

/* ---- what moved */

static const char *next_word(const char **p, size_t *ret_len)
{
	const char *start = *p + strspn(*p, " \t");

	*ret_len = strcspn(start, " \t\n");
	*p = start + *ret_len;
	return start;
}

static const char *next_line(const char *p)
{
	p += strcspn(p, "\n");
	return *p ? p + 1 : p;
}

/* "Group: names" above "Group: values"; both texts have the same lines, but IcmpMsg may be longer now */
static void tell_counters(struct run *r, const char *before, const char *after)
{
	while (*after) {
		const char *names = after, *now = next_line(after);
		const char *values = strstr(before, "\n");
		size_t group_len, n, k;
		const char *group = next_word(&names, &group_len);

		after = next_line(now);
		if (group_len >= 7 && !memcmp(group, "IcmpMsg", 7))
			continue;
		for (const char *b = before; *b; b = next_line(next_line(b))) {
			if (!strncmp(b, group, group_len))
				values = next_line(b);
		}
		next_word(&now, &k);
		next_word(&values, &k);
		for (;;) {
			const char *name = next_word(&names, &n);
			long long was, is;

			if (!n)
				break;
			is = atoll(next_word(&now, &k));
			was = atoll(next_word(&values, &k));
			if (is != was)
				ng_printf(r->out, " %.*s%.*s%+lld", (int)group_len - 1, group,
					  (int)n, name, is - was);
		}
	}
}

/* rx drop (column 4) and rx errors (3), frame (6), tx of a device */
static void tell_devices(struct run *r, const char *before, const char *after)
{
	static const char *const columns[] = { "rx_bytes", "rx_packets", "rx_errs",  "rx_drop",
					       "fifo",	   "frame",	 "compress", "multicast",
					       "tx_bytes", "tx_packets", "tx_errs",  "tx_drop" };

	for (; *after && *before; after = next_line(after), before = next_line(before)) {
		const char *a = after, *b = before;
		size_t n, k;
		const char *name = next_word(&a, &n);

		next_word(&b, &k);
		if (!n || name[n - 1] != ':')
			continue;
		for (size_t c = 0; c < sizeof(columns) / sizeof(columns[0]); c++) {
			long long d = atoll(next_word(&a, &k));

			d -= atoll(next_word(&b, &k));
			/* bridges send their own frames every two seconds */
			if (d && strcmp(columns[c], "tx_bytes") && strcmp(columns[c], "tx_packets"))
				ng_printf(r->out, " %.*s%s%+lld", (int)n, name, columns[c], d);
		}
	}
}

static bool has_line(const char *text, const char *line, size_t len)
{
	for (; *text; text = next_line(text)) {
		if (!strncmp(text, line, len) && (text[len] == '\n' || !text[len]))
			return true;
	}
	return false;
}

static void tell_lines(struct run *r, const char *what, const char *a, const char *b)
{
	for (; *a; a = next_line(a)) {
		size_t len = strcspn(a, "\n");

		if (!has_line(b, a, len))
			ng_printf(r->out, "  %s %.*s\n", what, (int)len, a);
	}
}

static void tell_reason(void *arg, const char *reason, unsigned int n)
{
	struct run *r = arg;

	ng_printf(r->out, " %s", reason);
	if (n > 1)
		ng_printf(r->out, "*%u", n);
}

static void tell_changes(struct run *r)
{
	ng_puts(r->out, "  counters:");
	tell_counters(r, r->before[0], r->after[0]);
	tell_counters(r, r->before[1], r->after[1]);
	tell_devices(r, r->before[2], r->after[2]);
	ng_putc(r->out, '\n');
	for (size_t i = 3; i < FILES; i++) {
		tell_lines(r, "-", r->before[i], r->after[i]);
		tell_lines(r, "+", r->after[i], r->before[i]);
	}
	ng_puts(r->out, "  drops:");
	frames_drops(r->task, tell_reason, r);
	ng_putc(r->out, '\n');
}

/* ---- what came back */

static void blot_tcp(uint8_t *t, size_t len)
{
	size_t end, i = 20;

	if (len < 20)
		return;
	t[16] = t[17] = 0;
	if ((t[13] & 0x12) == 0x12) /* SYN and ACK: the number is the host's */
		memset(t + 4, 0, 4);
	end = (size_t)(t[12] >> 4) * 4;
	end = end < len ? end : len;
	while (i + 1 < end && t[i]) {
		if (t[i] == 1) {
			i++;
			continue;
		}
		if (t[i] == 8 && i + 6 <= end)
			memset(t + i + 2, 0, 4);
		i += t[i + 1] < 2 ? 2 : t[i + 1];
	}
}

static void blot(uint8_t *f, size_t len)
{
	if (len < 34 || f[12] != 8 || f[13] || f[14] >> 4 != 4)
		return;
	f[18] = f[19] = f[24] = f[25] = 0; /* id, checksum */
	if ((f[14] & 15) > 5 &&
	    f[34] == 0x44) /* time stamps of the option, and addresses among them */
		memset(f + 38, 0, f[35] > 4 && f[35] <= 40 && len > 74 ? f[35] - 4U : 0);
	if (f[23] == 1 && f[34] == 14 && len >= 54) { /* of a time stamp reply */
		f[36] = f[37] = 0;
		memset(f + 46, 0, 8);
	}
	if (f[23] == 6 && (f[14] & 15) == 5)
		blot_tcp(f + 34, len - 34);
}

static uint32_t sum(const uint8_t *p, size_t len)
{
	uint32_t h = 2166136261U;

	while (len--)
		h = (h ^ *p++) * 16777619U;
	return h;
}

/* One frame from the host; false: none. */
static bool tell_frame(struct run *r, int cable)
{
	struct sockaddr_ll from;
	uint32_t fromlen = sizeof(from);
	uint8_t f[2048];
	ssize_t n =
		ng_sys_recvfrom(r->task, r->fd[cable], f, sizeof(f), MSG_DONTWAIT, &from, &fromlen);
	size_t i, len = (size_t)n;

	if (n < 0)
		return false;
	if (from.sll_pkttype == PACKET_OUTGOING || (len > 2 && f[0] == 1 && f[1] == 0x80))
		return true;
	blot(f, len);
	ng_printf(r->out, "  f%d %zu ", cable + 1, len);
	for (i = 0; i < len && i < SHOWN; i++)
		ng_printf(r->out, "%02x", f[i]);
	if (len > SHOWN)
		ng_printf(r->out, " %08x", sum(f + SHOWN, len - SHOWN));
	ng_putc(r->out, '\n');
	return true;
}

static void tell_answers(struct run *r, int64_t quiet_ms)
{
	struct pollfd p[CABLES];

	do {
		for (int i = 0; i < CABLES; i++) {
			while (tell_frame(r, i))
				;
			p[i] = (struct pollfd){ .fd = r->fd[i], .events = POLLIN };
		}
	} while (ng_sys_poll(r->task, p, CABLES, quiet_ms * NSEC_PER_MS) > 0);
}

/* ---- the cases */

static size_t from_hex(const char *s, uint8_t *to)
{
	size_t n = 0;
	unsigned int v;

	while (sscanf(s + 2 * n, "%2x", &v) == 1)
		to[n++] = (uint8_t)v;
	return n;
}

static void send_word(struct run *r, const char *word)
{
	uint8_t f[2048];
	size_t len;
	ssize_t n;

	if (*word == '+') {
		tell_answers(r, 1);
		ng_sys_nanosleep(r->task, atoi(word + 1) * NSEC_PER_MS);
		return;
	}
	len = from_hex(word + 3, f);
	n = ng_sys_sendto(r->task, r->fd[word[1] - '1'], f, len, 0, NULL, 0);
	if (n < 0)
		ng_printf(r->out, "  not sent: %s\n", ng_strerror((int)-n));
	while (tell_frame(r, 0) || tell_frame(r, 1))
		;
}

static void ignore_reason(void *arg, const char *reason, unsigned int n)
{
	(void)arg;
	(void)reason;
	(void)n;
}

static void run_case(struct run *r, char *line)
{
	char *save;

	ng_printf(r->out, "%s\n", strtok_r(line, " \n", &save));
	tell_answers(r, 0);
	frames_drops(r->task, ignore_reason, NULL);
	look(r, r->before);
	for (const char *w = strtok_r(NULL, " \n", &save); w; w = strtok_r(NULL, " \n", &save))
		send_word(r, w);
	tell_answers(r, QUIET_MS);
	look(r, r->after);
	tell_changes(r);
	ng_flush(r->out);
}

/**
 * frames_main() - The program
 * @task: its task
 * @argc: 2
 * @argv: the file with the cases, of this machine
 *
 * Return: 0, or 1 when the network is not there.
 */
int frames_main(struct ng_task *task, int argc, char **argv)
{
	struct run r = { .task = task, .out = ng_stdout(task) };
	FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
	char *line = NULL;
	size_t size = 0;

	if (!f || !reach_far(&r))
		return 1;
	listen_on(task, SOCK_DGRAM, 5000);
	listen_on(task, SOCK_STREAM, 5001);
	for (size_t i = 0; i < FILES; i++) {
		r.before[i] = malloc(TEXT_MAX);
		r.after[i] = malloc(TEXT_MAX);
	}
	while (getline(&line, &size, f) > 0)
		run_case(&r, line);
	for (size_t i = 0; i < FILES; i++) {
		free(r.before[i]);
		free(r.after[i]);
	}
	free(line);
	fclose(f);
	return 0;
}
