/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcpdump.h - what the files of tcpdump share
 */
#ifndef TOOLS_TCPDUMP_TCPDUMP_H
#define TOOLS_TCPDUMP_TCPDUMP_H

#include <netglass/out.h>
#include <netglass/task.h>
#include <netglass/types.h>

#define TD_SNAPLEN 262144U
#define TD_LINKTYPE_EN10MB 1
#define TD_LINKTYPE_SLL2 276 /* DLT_LINUX_SLL2 */
#define TD_SLL2_LEN 20U

struct td_conv; /* print_tcp.c: conversations, for relative numbers */

struct td_packet {
	int64_t when_ns; /* since 1970 */
	uint32_t caplen, len;
	const uint8_t *data;
};

struct bpf_insn_list {
	void *insns; /* struct sock_filter, in task memory */
	uint16_t len;
};

struct td {
	struct ng_task *task;
	struct ng_out *out;
	/* options */
	int n, t, v, x, X; /* how often */
	bool e, q, S, A, l, U, number, K;
	bool count_only, list, dump_code, print_too, not_promiscuous;
	int64_t count; /* 0: no end */
	int direction; /* -Q: 0 both, 1 in, 2 out */
	uint32_t snaplen;
	const char *device, *read_from, *write_to;
	char *expr;
	struct bpf_insn_list code;
	/* state */
	int linktype;
	int fd, ifindex;
	bool any;
	int out_fd;	    /* of -w */
	bool swapped, nano; /* of -r */
	struct td_conv *convs;
	uint64_t captured, received, dropped, printed;
	int64_t first_ns, last_ns;
	bool stopped;
	bool failed; /* the device is gone */
};

/* tcpdump.c: shows or writes one packet; false: that was the last one */
bool td_handle(struct td *d, const struct td_packet *p);
_Noreturn __attribute__((format(printf, 2, 3))) void td_error(struct td *d, const char *fmt, ...);
/* expr.c */
void td_compile(struct td *d);
bool td_match(const struct td *d, const struct td_packet *p);
void td_dump_code(struct td *d);
/* live.c */
void td_open_live(struct td *d);
void td_loop_live(struct td *d);
void td_list_devices(struct td *d);
const char *td_device_name(struct td *d, int ifindex, char *name);
/* savefile.c */
void td_open_read(struct td *d);
void td_loop_read(struct td *d);
void td_open_write(struct td *d);
void td_write(struct td *d, const struct td_packet *p);
/* print.c */
void td_print(struct td *d, const struct td_packet *p);
const char *td_linktype_name(int linktype);
const char *td_linktype_text(int linktype);

/* what is left of a packet: bytes caught, and bytes that were on the wire */
struct td_bytes {
	const uint8_t *p;
	uint32_t cap, len;
};

static inline uint16_t td_u16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t td_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline struct td_bytes td_skip(struct td_bytes b, uint32_t n)
{
	if (n > b.cap)
		n = b.cap;
	return (struct td_bytes){ b.p + n, b.cap - n, b.len - (n < b.len ? n : b.len) };
}

/* print_ip.c */
void td_print_ip(struct td *d, struct td_bytes b);
void td_print_arp(struct td *d, struct td_bytes b);
void td_print_host(struct td *d, const uint8_t *addr);
void td_print_port(struct td *d, uint16_t port, const char *proto);
uint16_t td_plain_checksum(const uint8_t *p, uint32_t len); /* 0: right */
uint16_t td_checksum(const uint8_t *ip, const uint8_t *p, uint32_t len, uint8_t proto);
void td_print_mac(struct td *d, const uint8_t *mac);
/* print_icmp.c */
void td_print_icmp(struct td *d, struct td_bytes b);
/* print_igmp.c */
void td_print_igmp(struct td *d, struct td_bytes b);
/* print_tcp.c */
void td_print_tcp(struct td *d, const uint8_t *ip, struct td_bytes b);

#endif
