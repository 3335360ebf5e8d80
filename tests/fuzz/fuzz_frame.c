/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_frame.c - any bytes as frames that reach a host with a bridge, a filter and NAT
 *
 * The input is a row of frames, each with two bytes before it: its length, little endian; the top bit lets it
 * come in over the bridge instead of the other cable.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/sched.h>

#include "../unit/world.h"

#define FRAMES_MAX 64

/* 02:..:01 is the host on the cable, 02:..:02 in the bridge; the sender is 02:..:f1 and f2 */
static const char setup[] =
	"ip netns add far\n"
	"ip link add eth0 address 02:00:00:00:00:01 type veth peer name f1 netns far\n"
	"ip link add p0 type veth peer name f2 netns far\n"
	"ip link add p1 type veth peer name q1\n"
	"ip link add br0 address 02:00:00:00:00:02 type bridge\n"
	"ip link set p0 master br0\n"
	"ip link set p1 master br0\n"
	"for d in eth0 p0 p1 q1 br0; do ip link set $d up; done\n"
	"ip -n far link set f1 up\n"
	"ip -n far link set f2 up\n"
	"ip addr add 10.0.0.1/24 dev eth0\n"
	"ip addr add 10.1.0.1/24 dev br0\n"
	"ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:f1 dev eth0\n"
	"ip neigh add 10.1.0.2 lladdr 02:00:00:00:00:f2 dev br0\n"
	"echo 1 >/proc/sys/net/ipv4/ip_forward\n"
	"iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE\n"
	"iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.1.0.2:8080\n"
	"iptables -t nat -A PREROUTING -p udp --dport 53 -j REDIRECT --to-ports 5353\n"
	"iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT\n"
	"iptables -A FORWARD -m physdev --physdev-is-bridged -j ACCEPT\n"
	"iptables -A FORWARD -p tcp --tcp-flags SYN,RST SYN -m multiport --dports 80,8080 -j "
	"ACCEPT\n"
	"iptables -A INPUT -p udp --dport 99 -j REJECT\n"
	"iptables -A INPUT -p tcp --dport 99 -j REJECT --reject-with tcp-reset\n"
	"iptables -A INPUT -p icmp --icmp-type timestamp-request -j LOG\n";

struct input {
	const uint8_t *data;
	size_t size;
};

static int send_all(struct ng_task *task, void *arg)
{
	struct sockaddr_ll to[2] = { { .sll_family = AF_PACKET, .sll_ifindex = 2 },
				     { .sll_family = AF_PACKET, .sll_ifindex = 3 } };
	struct input *in = arg;
	int ns = ng_sys_open(task, "/run/netns/far", O_RDONLY, 0);
	int fd;

	if (ns < 0 || ng_sys_setns(task, ns, CLONE_NEWNET))
		return 1;
	fd = ng_sys_socket(task, AF_PACKET, SOCK_RAW, 0);
	for (int i = 0; i < FRAMES_MAX && in->size >= 2; i++) {
		size_t len = in->data[0] | (size_t)(in->data[1] & 0x7f) << 8;
		int which = in->data[1] >> 7;

		in->data += 2;
		in->size -= 2;
		len = len < in->size ? len : in->size;
		ng_sys_sendto(task, fd, in->data, len, 0, &to[which], sizeof(to[which]));
		in->data += len;
		in->size -= len;
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct ng_world_config limits = { .seed = 1, .max_busy_events = 20000 };
	struct test_world *w = test_world_new(&limits);
	struct input in = { data, size };

	if (test_world_sh(w, setup) || w->err->len)
		__builtin_trap();
	ng_world_run_for(w->world, 2 * NSEC_PER_SEC);
	if (test_world_call(w, send_all, &in))
		__builtin_trap();
	ng_world_run_for(w->world, 40 * NSEC_PER_SEC);
	test_world_free(w);
	return 0;
}
