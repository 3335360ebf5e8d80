/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * capture.c - every frame on every interface of one network namespace
 *
 * One AF_PACKET ring (TPACKET_V3: frames up to 64 KiB side by side in blocks) per namespace,
 * opened inside it, bound to no interface: a device is seen from its first frame on. Names come
 * from link messages, in step with the frames.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "real.h"

#define BLOCK_SIZE (128U * 1024)
#define BLOCKS 32U
#define RETIRE_MS 4

struct tap {
	char *name;
	ino_t ns;   /* the namespace's number */
	bool loose; /* not under /run/netns: lives as long as a process does in it */
	int sock;
	int nl;
	uint8_t *ring;
	unsigned int block;
	GHashTable *names; /* ifindex -> name */
	struct nftrace *rules;
};

static void tap_free(struct tap *t)
{
	if (t->ring)
		munmap(t->ring, (size_t)BLOCK_SIZE * BLOCKS);
	if (t->sock >= 0)
		close(t->sock);
	if (t->nl >= 0)
		close(t->nl);
	nftrace_close(t->rules);
	g_hash_table_unref(t->names);
	g_free(t->name);
	g_free(t);
}

static bool open_ring(struct tap *t)
{
	struct tpacket_req3 req = {
		.tp_block_size = BLOCK_SIZE,
		.tp_block_nr = BLOCKS,
		.tp_frame_size = 2048,
		.tp_frame_nr = BLOCK_SIZE / 2048 * BLOCKS,
		.tp_retire_blk_tov = RETIRE_MS,
	};
	struct sockaddr_ll sll = { .sll_family = AF_PACKET, .sll_protocol = g_htons(ETH_P_ALL) };
	int version = TPACKET_V3;
	int one = 1;

	t->sock = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (t->sock < 0 ||
	    setsockopt(t->sock, SOL_PACKET, PACKET_VERSION, &version, sizeof(version)) ||
	    setsockopt(t->sock, SOL_PACKET, PACKET_RX_RING, &req, sizeof(req)))
		return false;
	setsockopt(t->sock, SOL_PACKET, PACKET_AUXDATA, &one, sizeof(one));
	/* while any socket of the machine wants them (ping's), frames are stamped where they are put on
	 * the backlog, else where the tap sees them: let it be always so
	 */
	setsockopt(t->sock, SOL_SOCKET, SO_TIMESTAMP, &one, sizeof(one));
	t->ring = mmap(NULL, (size_t)BLOCK_SIZE * BLOCKS, PROT_READ | PROT_WRITE, MAP_SHARED,
		       t->sock, 0);
	if (t->ring == MAP_FAILED) {
		t->ring = NULL;
		return false;
	}
	return !bind(t->sock, (struct sockaddr *)&sll, sizeof(sll));
}

static bool open_links(struct tap *t)
{
	struct sockaddr_nl snl = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK };
	struct {
		struct nlmsghdr h;
		struct ifinfomsg i;
	} dump = {
		.h = { sizeof(dump), RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, 1, 0 },
	};

	t->nl = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
	return t->nl >= 0 && !bind(t->nl, (struct sockaddr *)&snl, sizeof(snl)) &&
	       send(t->nl, &dump, sizeof(dump), 0) == sizeof(dump);
}

static void link_message(struct tap *t, struct nlmsghdr *h)
{
	struct ifinfomsg *ifi = NLMSG_DATA(h);
	int len = (int)h->nlmsg_len - (int)NLMSG_LENGTH(sizeof(*ifi));
	struct rtattr *a;

	if (h->nlmsg_type != RTM_NEWLINK || ifi->ifi_family == AF_BRIDGE)
		return;
	for (a = IFLA_RTA(ifi); RTA_OK(a, len); a = RTA_NEXT(a, len)) {
		if (a->rta_type == IFLA_IFNAME)
			g_hash_table_insert(t->names, GINT_TO_POINTER(ifi->ifi_index),
					    g_strdup(RTA_DATA(a)));
	}
}

static void read_links(struct tap *t)
{
	union {
		struct nlmsghdr h;
		char bytes[65536];
	} buf;
	ssize_t n;

	while ((n = recv(t->nl, &buf, sizeof(buf), 0)) > 0) {
		int len = (int)n;

		for (struct nlmsghdr *h = &buf.h; NLMSG_OK(h, (unsigned int)len);
		     h = NLMSG_NEXT(h, len))
			link_message(t, h);
	}
}

/**
 * tap_open() - Starts to listen in a namespace
 * @r: the run
 * @name: what it is called
 * @ns_fd: the network namespace; borrowed
 *
 * The namespace is made to look like a fresh host on the way.
 *
 * Return: the tap; NULL after a note was made.
 */
struct tap *tap_open(struct real *r, const char *name, int ns_fd)
{
	struct tap *t = g_new0(struct tap, 1);
	struct stat st;
	bool ok;

	t->name = g_strdup(name);
	t->ns = fstat(ns_fd, &st) ? 0 : st.st_ino;
	t->sock = -1;
	t->nl = -1;
	t->names = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	ok = !setns(ns_fd, CLONE_NEWNET);
	if (ok) {
		setup_netns(r, name);
		ok = open_ring(t) && open_links(t);
		if (ok && r->options->only & VL_ONLY_RULES)
			t->rules = nftrace_open(r, name);
	}
	if (!ok)
		vl_record_note(r->rec, "%s: no capture: %s", name, g_strerror(errno));
	if (setns(r->home_ns, CLONE_NEWNET))
		g_error("the way back to the root namespace is lost");
	if (!ok) {
		tap_free(t);
		return NULL;
	}
	read_links(t);
	g_ptr_array_add(r->taps, t);
	return t;
}

static GBytes *frame_bytes(const struct tpacket3_hdr *h, const uint8_t *data)
{
	uint16_t tag[2] = { g_htons(h->hv1.tp_vlan_tpid), g_htons((uint16_t)h->hv1.tp_vlan_tci) };
	GByteArray *b;

	if (!(h->tp_status & TP_STATUS_VLAN_VALID) || h->tp_snaplen < 12)
		return g_bytes_new(data, h->tp_snaplen);
	if (!(h->tp_status & TP_STATUS_VLAN_TPID_VALID))
		tag[0] = g_htons(ETH_P_8021Q);
	b = g_byte_array_new();
	g_byte_array_append(b, data, 12);
	g_byte_array_append(b, (const uint8_t *)tag, 4);
	g_byte_array_append(b, data + 12, h->tp_snaplen - 12);
	return g_byte_array_free_to_bytes(b);
}

static void take_frame(struct real *r, struct tap *t, uint8_t *at)
{
	const struct tpacket3_hdr *h = (void *)at;
	const struct sockaddr_ll *sll = (void *)(at + TPACKET_ALIGN(sizeof(*h)));
	const uint8_t *data = at + h->tp_mac;
	struct vl_frame f = {
		.t_ns = (int64_t)h->tp_sec * NSEC_PER_SEC + h->tp_nsec - r->t0_ns,
		.dir = sll->sll_pkttype,
		.partial = h->tp_status & TP_STATUS_CSUMNOTREADY,
		.wire_len = h->tp_len,
	};
	const char *ifname;

	if (!g_hash_table_contains(t->names, GINT_TO_POINTER(sll->sll_ifindex)))
		read_links(t);
	ifname = g_hash_table_lookup(t->names, GINT_TO_POINTER(sll->sll_ifindex));
	/* what leaves through lo comes in through lo: once is enough */
	if (ifname && !strcmp(ifname, "lo") && sll->sll_pkttype == PACKET_OUTGOING)
		return;
	if (r->frame_bytes > VL_FRAMES_MAX) {
		if (!r->rec->stopped)
			r->rec->stopped =
				g_strdup_printf("more than %u bytes of frames", VL_FRAMES_MAX);
		return;
	}
	r->frame_bytes += h->tp_snaplen + 64;
	f.key = ifname ? g_strdup_printf("%s-%s", t->name, ifname)
		       : g_strdup_printf("%s-if%d", t->name, sll->sll_ifindex);
	f.data = frame_bytes(h, data);
	vl_record_frame(r->rec, &f);
	g_free(f.key);
	g_bytes_unref(f.data);
}

/**
 * tap_drain() - Takes what the kernel has handed over
 * @r: the run
 * @t: the tap
 */
void tap_drain(struct real *r, struct tap *t)
{
	for (;;) {
		struct tpacket_block_desc *b = (void *)(t->ring + (size_t)t->block * BLOCK_SIZE);
		uint8_t *at = (uint8_t *)b;

		if (!(__atomic_load_n(&b->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER))
			break;
		at += b->hdr.bh1.offset_to_first_pkt;
		for (uint32_t i = 0; i < b->hdr.bh1.num_pkts; i++) {
			take_frame(r, t, at);
			at += ((const struct tpacket3_hdr *)(void *)at)->tp_next_offset;
		}
		__atomic_store_n(&b->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
		t->block = (t->block + 1) % BLOCKS;
	}
	read_links(t);
	nftrace_read(r, t->rules, t->name, t->names);
}

static void settle(void)
{
	struct timespec ts = { 0, (RETIRE_MS * 2 + 4) * NSEC_PER_MSEC };

	nanosleep(&ts, NULL);
}

/* Takes the last frames, if there were any at all. */
static void finish(struct real *r, struct tap *t)
{
	struct tpacket_stats_v3 st = { 0 };
	socklen_t len = sizeof(st);

	if (!getsockopt(t->sock, SOL_PACKET, PACKET_STATISTICS, &st, &len)) {
		r->rec->drops += st.tp_drops;
		if (!st.tp_packets)
			return;
	}
	settle();
	tap_drain(r, t);
}

/**
 * taps_settle() - Everything sent so far is in the record afterwards
 * @r: the run
 */
void taps_settle(struct real *r)
{
	settle();
	for (unsigned int i = 0; i < r->taps->len; i++)
		tap_drain(r, r->taps->pdata[i]);
}

/**
 * tap_close() - Ends a tap; its namespace may die then
 * @r: the run
 * @t: the tap
 */
void tap_close(struct real *r, struct tap *t)
{
	finish(r, t);
	g_ptr_array_remove(r->taps, t);
	tap_free(t);
}

/**
 * tap_find() - The tap of a namespace under /run/netns
 * @r: the run
 * @name: the namespace
 *
 * Return: the tap or NULL.
 */
struct tap *tap_find(struct real *r, const char *name)
{
	for (unsigned int i = 0; i < r->taps->len; i++) {
		struct tap *t = r->taps->pdata[i];

		if (!t->loose && !strcmp(t->name, name))
			return t;
	}
	return NULL;
}

/**
 * tap_find_ns() - The tap of a namespace, whatever it is called
 * @r: the run
 * @ns: the namespace's number
 *
 * Return: the tap or NULL.
 */
struct tap *tap_find_ns(struct real *r, ino_t ns)
{
	for (unsigned int i = 0; i < r->taps->len; i++) {
		struct tap *t = r->taps->pdata[i];

		if (t->ns == ns)
			return t;
	}
	return NULL;
}

/**
 * tap_ns() - Which namespace it listens in
 * @t: the tap
 *
 * Return: the namespace's number.
 */
ino_t tap_ns(const struct tap *t)
{
	return t->ns;
}

/**
 * tap_rename() - Its namespace was given a name
 * @r: the run
 * @t: the tap
 * @name: the name; frames from now on have it
 */
void tap_rename(struct real *r, struct tap *t, const char *name)
{
	finish(r, t);
	g_free(t->name);
	t->name = g_strdup(name);
	t->loose = false;
}

/**
 * tap_loosen() - Its namespace has no name
 * @t: the tap
 */
void tap_loosen(struct tap *t)
{
	t->loose = true;
}

/**
 * tap_is_loose() - Has its namespace no name?
 * @t: the tap
 *
 * Return: true when so.
 */
bool tap_is_loose(const struct tap *t)
{
	return t->loose;
}

/**
 * tap_rules_fd() - What to poll for its trace of rules
 * @t: the tap
 *
 * Return: a descriptor or -1.
 */
int tap_rules_fd(const struct tap *t)
{
	return nftrace_fd(t->rules);
}

/**
 * tap_fd() - What to poll
 * @t: the tap
 *
 * Return: a descriptor, readable when a block is full or old.
 */
int tap_fd(const struct tap *t)
{
	return t->sock;
}
