/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_icmp.c - answers, errors, and how many of them; what sockets hear of errors */
#include "ipv4_fixture.h"

static void test_icmp_echo_answers_with_the_same_bytes(void **state)
{
	struct host h = host_new(state);
	_Alignas(8) uint8_t buf[64];
	struct packet p = echo_request(buf, 56, E0_PEER, E0_ME);

	p.frag_off = IP_DF;
	p.tos = 0x28;
	p.ttl = 3;
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 1);
	assert_int_equal(sent_icmp(&h, 0)->type, ICMP_ECHOREPLY);
	assert_int_equal(ip_compute_csum(sent_icmp(&h, 0), 64), 0);
	assert_memory_equal(sent_icmp(&h, 0) + 1, buf + 8, 56);
	assert_int_equal(sent_ip(&h, 0)->frag_off, 0);
	assert_int_equal(sent_ip(&h, 0)->ttl, 64);
	assert_int_equal(sent_ip(&h, 0)->tos, 0x28);
	assert_int_not_equal(sent_ip(&h, 0)->id, 0);
}

static void test_icmp_rcv_stays_silent_when_it_must(void **state)
{
	static const struct {
		const char *what;
		uint8_t dst[4];
		int ignore_all, break_csum;
	} cases[] = {
		{ "broadcast", { 192, 0, 2, 255 }, 0, 0 },
		{ "everybody", { 255, 255, 255, 255 }, 0, 0 },
		{ "all hosts", { 224, 0, 0, 1 }, 0, 0 },
		{ "icmp_echo_ignore_all", { 192, 0, 2, 1 }, 1, 0 },
		{ "bad checksum", { 192, 0, 2, 1 }, 0, 1 },
	};
	struct host h = host_new(state);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		_Alignas(8) uint8_t buf[64];
		struct packet p = echo_request(buf, 56, E0_PEER, E0_ME);

		memcpy(&p.dst, cases[i].dst, 4);
		buf[20] ^= (uint8_t)cases[i].break_csum;
		h.f->net->ipv4->sysctl_icmp_echo_ignore_all = cases[i].ignore_all;
		host_in(h.e0, &p);
		if (h.f->nr_sent)
			fail_msg("%s: answered", cases[i].what);
	}
}

static void test_icmp_send_quotes_up_to_576_bytes_and_never_answers_an_error(void **state)
{
	struct host h = host_new(state);
	_Alignas(8) uint8_t big[1200] = { 0 };
	struct packet p = {
		.src = E0_PEER, .dst = E0_ME, .proto = 200, .payload = big, .len = 100, .tos = 0x10
	};
	struct icmphdr unreach = { .type = ICMP_DEST_UNREACH };

	host_in(h.e0, &p);
	assert_int_equal(be16_to_cpu(sent_ip(&h, 0)->tot_len), 20 + 8 + 120);
	assert_int_equal(sent_ip(&h, 0)->tos, 0xd0);
	assert_int_equal(sent_icmp(&h, 0)->code, ICMP_PROT_UNREACH);
	p.len = 1200;
	host_in(h.e0, &p);
	assert_int_equal(be16_to_cpu(sent_ip(&h, 1)->tot_len), 576);
	h.f->nr_sent = 0;
	p.frag_off = 10; /* not the first piece */
	p.proto = IPPROTO_UDP;
	host_forward(&h);
	p.dst = ip4(203, 0, 113, 1);
	host_in(h.e0, &p);
	p.frag_off = 0;
	p.proto = IPPROTO_ICMP;
	p.payload = &unreach;
	p.len = sizeof(unreach);
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 0);
}

static void test_errors_to_one_host_are_six_at_once_then_one_a_second(void **state)
{
	struct host h = host_new(state);
	struct packet p = { .src = E0_PEER, .dst = E0_ME, .proto = 200, .len = 8 };

	for (int i = 0; i < 20; i++)
		host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 6);
	fixture_wait(h.f, NSEC_PER_SEC + NSEC_PER_SEC / 10);
	for (int i = 0; i < 5; i++)
		host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 7);
}

static void test_ip_error_pays_twice(void **state)
{
	struct host h = host_new(state);
	struct packet p = {
		.src = E0_PEER, .dst = ip4(10, 0, 0, 1), .proto = IPPROTO_UDP, .len = 8
	};

	host_forward(&h);
	assert_int_equal(host_route(&h, RTN_UNREACHABLE, ip4(10, 0, 0, 0), 8, 0, 0), 0);
	for (int i = 0; i < 10; i++) {
		host_in(h.e0, &p);
		fixture_wait(h.f, NSEC_PER_SEC / 20);
	}
	assert_int_equal(h.f->nr_sent, 2);
	assert_int_equal(sent_icmp(&h, 0)->code, ICMP_HOST_UNREACH);
}

static void test_reject_routes_have_their_own_code(void **state)
{
	static const struct {
		uint8_t type;
		int want_code, want_err;
	} cases[] = {
		{ RTN_UNREACHABLE, ICMP_HOST_UNREACH, -EHOSTUNREACH },
		{ RTN_PROHIBIT, ICMP_PKT_FILTERED, -EACCES },
		{ RTN_BLACKHOLE, -1, -EINVAL },
		{ RTN_THROW, ICMP_NET_UNREACH, -ENETUNREACH },
	};
	struct host h = host_new(state);

	host_forward(&h);
	for (uint8_t i = 0; i < 4; i++) {
		struct packet p = { .src = ip4(192, 0, 2, 2),
				    .dst = ip4(10, i, 0, 1),
				    .proto = IPPROTO_UDP,
				    .len = 8 };
		__be32 src, via;

		h.f->nr_sent = 0;
		assert_int_equal(host_route(&h, cases[i].type, ip4(10, i, 0, 0), 16, 0, 0), 0);
		assert_int_equal(host_lookup(&h, p.dst, &src, &via), cases[i].want_err);
		host_in(h.e0, &p);
		assert_int_equal(h.f->nr_sent, cases[i].want_code >= 0);
		if (h.f->nr_sent)
			assert_int_equal(sent_icmp(&h, 0)->code, cases[i].want_code);
		fixture_wait(h.f, 10 * NSEC_PER_SEC);
	}
}

static struct sock *udp_socket(struct host *h, uint16_t port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = cpu_to_be16(port) };
	struct sock *sk;

	assert_int_equal(inet_create(h->f->net, SOCK_DGRAM, 0, &sk), 0);
	assert_int_equal(sk->ops->bind(sk, &sin, sizeof(sin)), 0);
	return sk;
}

static ssize_t send_to(struct sock *sk, __be32 addr, uint16_t port, const char *text)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = cpu_to_be16(port) };
	struct iovec iov = { (void *)(uintptr_t)text, strlen(text) };
	struct msghdr msg = {
		.msg_name = &sin, .msg_namelen = sizeof(sin), .msg_iov = &iov, .msg_iovlen = 1
	};
	ssize_t n;

	sin.sin_addr.s_addr = addr;
	n = sk->ops->sendmsg(NULL, sk, &msg, iov.iov_len, 0);
	sim_run_queue(&sk->world->sim);
	return n;
}

static ssize_t recv_from(struct sock *sk, char *buf, size_t len, struct sockaddr_in *ret_from)
{
	struct iovec iov = { buf, len };
	struct msghdr msg = { .msg_name = ret_from,
			      .msg_namelen = sizeof(*ret_from),
			      .msg_iov = &iov,
			      .msg_iovlen = 1 };

	return sk->ops->recvmsg(NULL, sk, &msg, MSG_DONTWAIT);
}

static void test_udp_carries_data_and_a_closed_port_refuses(void **state)
{
	struct host h = host_new(state);
	struct sock *server = udp_socket(&h, 53), *client = udp_socket(&h, 1024);
	struct sockaddr_in from, to = { .sin_family = AF_INET, .sin_port = cpu_to_be16(54) };
	char buf[16];

	assert_int_equal(send_to(client, E0_ME, 53, "hello"), 5);
	assert_int_equal(recv_from(server, buf, sizeof(buf), &from), 5);
	assert_memory_equal(buf, "hello", 5);
	assert_int_equal(be16_to_cpu(from.sin_port), 1024);
	assert_int_equal(recv_from(server, buf, sizeof(buf), &from), -EAGAIN);

	to.sin_addr.s_addr = E0_ME;
	assert_int_equal(client->ops->connect(NULL, client, &to, sizeof(to)), 0);
	assert_int_equal(send_to(client, E0_ME, 54, "?"), 1);
	assert_int_equal(recv_from(client, buf, sizeof(buf), &from), -ECONNREFUSED);
	assert_int_equal(recv_from(client, buf, sizeof(buf), &from), -EAGAIN);

	assert_int_equal(send_to(server, ip4(192, 0, 2, 255), 9, "all"), -EACCES);
	server->broadcast = true;
	assert_int_equal(send_to(server, ip4(192, 0, 2, 255), 9, "all"), 3);
	assert_int_equal(send_to(server, ip4(203, 0, 113, 1), 9, "far"), -ENETUNREACH);
	sock_release(server);
	sock_release(client);
}

static void test_ip_recverr_names_the_offender(void **state)
{
	struct host h = host_new(state);
	struct sock *sk = udp_socket(&h, 1024);
	_Alignas(8) uint8_t quote[36] = { 0 };
	_Alignas(8) uint8_t control[256];
	struct icmphdr *icmph = (struct icmphdr *)(void *)quote;
	struct iphdr *iph = (struct iphdr *)(void *)(quote + 8);
	struct udphdr *uh = (struct udphdr *)(void *)(quote + 28);
	struct packet p = {
		.src = E0_PEER, .dst = E0_ME, .proto = IPPROTO_ICMP, .payload = quote, .len = 36
	};
	struct sockaddr_in name;
	struct msghdr msg = { .msg_name = &name,
			      .msg_namelen = sizeof(name),
			      .msg_control = control,
			      .msg_controllen = sizeof(control) };
	const struct cmsghdr *c;
	struct {
		struct sock_extended_err ee;
		struct sockaddr_in offender;
	} e;
	int one = 1;

	sk->ops->setsockopt(sk, IPPROTO_IP, IP_RECVERR, &one, sizeof(one));
	icmph->type = ICMP_TIME_EXCEEDED;
	*iph = (struct iphdr){
		.version = 4, .ihl = 5, .protocol = IPPROTO_UDP, .saddr = E0_ME, .daddr = E1_PEER
	};
	uh->source = cpu_to_be16(1024);
	uh->dest = cpu_to_be16(33434);
	icmph->checksum = ip_compute_csum(quote, sizeof(quote));
	host_in(h.e0, &p);
	assert_int_equal(sk->err, EHOSTUNREACH);
	assert_int_equal(sk->ops->recvmsg(NULL, sk, &msg, MSG_ERRQUEUE), 0);
	assert_true(name.sin_addr.s_addr == E1_PEER && be16_to_cpu(name.sin_port) == 33434);
	c = CMSG_FIRSTHDR(&msg);
	if (!c) {
		fail_msg("no control message");
		return;
	}
	memcpy(&e, CMSG_DATA(c), sizeof(e));
	assert_int_equal(c->cmsg_type, IP_RECVERR);
	assert_int_equal(e.ee.ee_origin, SO_EE_ORIGIN_ICMP);
	assert_int_equal(e.ee.ee_type, ICMP_TIME_EXCEEDED);
	assert_true(e.offender.sin_addr.s_addr == E0_PEER);
	assert_int_equal(sk->err, 0);
	sock_release(sk);
}

static void test_tcp_v4_rcv_resets_what_nobody_listens_to(void **state)
{
	struct host h = host_new(state);
	struct tcphdr syn = { .source = cpu_to_be16(1000),
			      .dest = cpu_to_be16(80),
			      .seq = cpu_to_be32(41),
			      .doff = 5,
			      .syn = 1 };
	struct packet p = { .src = E0_PEER,
			    .dst = E0_ME,
			    .proto = IPPROTO_TCP,
			    .payload = &syn,
			    .len = sizeof(syn) };
	const struct tcphdr *rst;

	syn.check = csum_tcpudp_magic(p.src, p.dst, sizeof(syn), IPPROTO_TCP,
				      csum_partial(&syn, sizeof(syn), 0));
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 1);
	rst = (const struct tcphdr *)(const void *)(sent_ip(&h, 0) + 1);
	assert_true(rst->rst && rst->ack && !rst->seq && be32_to_cpu(rst->ack_seq) == 42);
	assert_int_equal(be16_to_cpu(sent_ip(&h, 0)->frag_off), IP_DF);
	assert_int_equal(sent_ip(&h, 0)->id, 0);
	syn.rst = 1;
	syn.check = 0;
	syn.check = csum_tcpudp_magic(p.src, p.dst, sizeof(syn), IPPROTO_TCP,
				      csum_partial(&syn, sizeof(syn), 0));
	host_in(h.e0, &p);
	assert_int_equal(h.f->nr_sent, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_icmp_echo_answers_with_the_same_bytes),
		fixture_test(test_icmp_rcv_stays_silent_when_it_must),
		fixture_test(test_icmp_send_quotes_up_to_576_bytes_and_never_answers_an_error),
		fixture_test(test_errors_to_one_host_are_six_at_once_then_one_a_second),
		fixture_test(test_ip_error_pays_twice),
		fixture_test(test_reject_routes_have_their_own_code),
		fixture_test(test_udp_carries_data_and_a_closed_port_refuses),
		fixture_test(test_ip_recverr_names_the_offender),
		fixture_test(test_tcp_v4_rcv_resets_what_nobody_listens_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
