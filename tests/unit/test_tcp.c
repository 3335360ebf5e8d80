/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_tcp.c - segments in, segments out: one peer at 192.0.2.2, one socket of ours */
#include "ipv4/tcp.h"

#include "core/xalloc.h"
#include "ipv4_fixture.h"

#define PEER_PORT 4000
#define PEER_ISN 1000U
#define WIN 65535

enum { F = TCPHDR_FIN, S = TCPHDR_SYN, R = TCPHDR_RST, P = TCPHDR_PSH, A = TCPHDR_ACK };

/* A connection as the test sees it. Sequence numbers in steps count from each side's SYN. */
struct conn {
	struct host h;
	struct ng_task *task;
	struct sock *listener, *sk;
	uint16_t port, peer_port;
	uint32_t isn; /* ours */
	int seen;     /* frames already looked at */
};

static const uint8_t syn_opts[] = { 2, 4, 0x05, 0xb4, 1, 1, 4, 2 };

static void seg_opt(struct conn *c, uint8_t flags, uint32_t seq, uint32_t ack, uint32_t len,
		    uint16_t win, const uint8_t *opt, uint32_t nr_opt)
{
	_Alignas(8) static uint8_t buf[2000];
	struct tcphdr *th = (struct tcphdr *)(void *)buf;
	struct packet p = { .src = E0_PEER, .dst = E0_ME, .proto = IPPROTO_TCP, .payload = buf };

	memset(buf, 'x', sizeof(buf));
	memset(th, 0, sizeof(*th));
	th->source = cpu_to_be16(c->peer_port);
	th->dest = cpu_to_be16(c->port);
	th->seq = cpu_to_be32(PEER_ISN + seq);
	th->ack_seq = cpu_to_be32(flags & A ? c->isn + ack : 0);
	th->doff = (20 + nr_opt) / 4;
	buf[13] = flags;
	th->window = cpu_to_be16(win);
	if (nr_opt)
		memcpy(th + 1, opt, nr_opt);
	p.len = 20 + nr_opt + len;
	th->check =
		csum_tcpudp_magic(p.src, p.dst, p.len, IPPROTO_TCP, csum_partial(buf, p.len, 0));
	host_in(c->h.e0, &p);
}

static void seg(struct conn *c, uint8_t flags, uint32_t seq, uint32_t ack, uint32_t len)
{
	seg_opt(c, flags, seq, ack, len, WIN, NULL, 0);
}

static const struct tcphdr *sent_tcp(const struct conn *c, int n)
{
	return (const struct tcphdr *)(const void *)(sent_ip(&c->h, n) + 1);
}

static void expect_at(struct conn *c, int line, uint8_t flags, uint32_t seq, uint32_t ack,
		      uint32_t len)
{
	const struct tcphdr *th;
	uint32_t got_len;
	uint8_t got;

	if (c->seen >= c->h.f->nr_sent)
		fail_msg("line %d: nothing was sent", line);
	th = sent_tcp(c, c->seen);
	got = ((const uint8_t *)th)[13];
	got_len = be16_to_cpu(sent_ip(&c->h, c->seen)->tot_len) - 20U - th->doff * 4U;
	c->seen++;
	if (got != flags || got_len != len || be32_to_cpu(th->seq) - c->isn != seq ||
	    ((flags & A) && be32_to_cpu(th->ack_seq) - PEER_ISN != ack))
		fail_msg("line %d: sent flags %02x seq %u ack %u len %u", line, got,
			 be32_to_cpu(th->seq) - c->isn, be32_to_cpu(th->ack_seq) - PEER_ISN,
			 got_len);
}
#define expect(c, ...) expect_at(c, __LINE__, __VA_ARGS__)

static void expect_nothing_at(const struct conn *c, int line)
{
	if (c->seen != c->h.f->nr_sent)
		fail_msg("line %d: %d frames too many, the first with flags %02x", line,
			 c->h.f->nr_sent - c->seen, ((const uint8_t *)sent_tcp(c, c->seen))[13]);
}
#define expect_nothing(c) expect_nothing_at(c, __LINE__)

static void forget_frames(struct conn *c)
{
	c->h.f->nr_sent = 0;
	c->seen = 0;
}

static struct sock *new_sock(struct conn *c)
{
	struct sock *sk;

	assert_int_equal(inet_create(c->h.f->net, SOCK_STREAM, 0, &sk), 0);
	sk->nonblock = true;
	return sk;
}

static struct conn conn_new(void **state)
{
	struct conn c = { .h = host_new(state), .port = 80, .peer_port = PEER_PORT };

	c.task = xzalloc(sizeof(*c.task));
	c.task->world = c.h.f->world;
	return c;
}

static void conn_free(struct conn *c)
{
	if (c->sk)
		sock_release(c->sk);
	if (c->listener)
		sock_release(c->listener);
	free(c->task);
}

static struct conn listening(void **state, int backlog)
{
	const struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = cpu_to_be16(80) };
	struct conn c = conn_new(state);

	c.listener = new_sock(&c);
	assert_int_equal(c.listener->ops->bind(c.listener, &sin, sizeof(sin)), 0);
	assert_int_equal(c.listener->ops->listen(c.listener, backlog), 0);
	return c;
}

static struct conn established(void **state)
{
	struct conn c = listening(state, 5);

	seg_opt(&c, S, 0, 0, 0, WIN, syn_opts, sizeof(syn_opts));
	c.isn = be32_to_cpu(sent_tcp(&c, 0)->seq);
	expect(&c, S | A, 0, 1, 0);
	seg(&c, A, 1, 1, 0);
	assert_int_equal(c.listener->ops->accept(c.task, c.listener, &c.sk), 0);
	expect_nothing(&c);
	return c;
}

static ssize_t send_bytes(struct conn *c, size_t n)
{
	static uint8_t buf[200000];
	struct iovec v = { buf, n };
	const struct msghdr msg = { .msg_iov = &v, .msg_iovlen = 1 };

	return c->sk->ops->sendmsg(c->task, c->sk, &msg, n, MSG_DONTWAIT);
}

static ssize_t recv_bytes(struct conn *c, size_t n)
{
	static uint8_t buf[200000];
	struct iovec v = { buf, n };
	struct msghdr msg = { .msg_iov = &v, .msg_iovlen = 1 };

	return c->sk->ops->recvmsg(c->task, c->sk, &msg, MSG_DONTWAIT);
}

static int connect_peer(struct conn *c)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = cpu_to_be16(PEER_PORT) };
	int err;

	sin.sin_addr.s_addr = E0_PEER;
	c->sk = new_sock(c);
	err = c->sk->ops->connect(c->task, c->sk, &sin, sizeof(sin));
	c->isn = be32_to_cpu(sent_tcp(c, 0)->seq);
	c->port = be16_to_cpu(sent_tcp(c, 0)->source);
	return err;
}

/* lets timers run for so long */
static void pass(struct conn *c, int64_t ms)
{
	struct sim *sim = &c->h.f->world->sim;
	int64_t until = sim_now(sim) + ms * NSEC_PER_MSEC;

	while (sim_run_timer(sim, until))
		sim_run_queue(sim);
	if (sim_now(sim) < until)
		sim_advance(sim, until - sim_now(sim));
}

static int state_of(const struct conn *c)
{
	return tcp_sk(c->sk)->state;
}

static void test_tcp_syn_has_the_options_of_linux_in_its_order(void **state)
{
	static const uint8_t want[] = { 2, 4, 0x05, 0xb4, 4, 2, 8, 10 };
	static const uint8_t wscale[] = { 1, 3, 3, 10 };
	struct conn c = conn_new(state);
	const uint8_t *opt;

	assert_int_equal(connect_peer(&c), -EINPROGRESS);
	opt = (const uint8_t *)(sent_tcp(&c, 0) + 1);
	assert_int_equal(sent_tcp(&c, 0)->doff, 10);
	assert_memory_equal(opt, want, sizeof(want));
	assert_memory_equal(opt + 16, wscale, sizeof(wscale));
	assert_int_equal(be16_to_cpu(sent_tcp(&c, 0)->window), 64240);
	assert_int_equal(sent_ip(&c.h, 0)->frag_off, cpu_to_be16(IP_DF));
	expect(&c, S, 0, 0, 0);
	seg_opt(&c, S | A, 0, 1, 0, WIN, syn_opts, sizeof(syn_opts));
	expect(&c, A, 1, 1, 0);
	assert_int_equal(state_of(&c), TCP_ESTABLISHED);
	conn_free(&c);
}

static void test_tcp_syn_is_sent_again_as_measured_and_then_times_out(void **state)
{
	static const int gap_s[] = { 1, 1, 1, 1, 1, 2, 4, 8, 16, 32 };
	struct conn c = conn_new(state);

	assert_int_equal(connect_peer(&c), -EINPROGRESS);
	pass(&c, 130 * 1000);
	assert_int_equal(c.sk->err, 0);
	pass(&c, 8 * 1000);
	assert_int_equal(c.h.f->nr_sent, 1 + sizeof(gap_s) / sizeof(gap_s[0]));
	for (int i = 0; i < c.h.f->nr_sent - 1; i++) {
		int64_t late =
			c.h.f->sent[i + 1].at_ns - c.h.f->sent[i].at_ns - gap_s[i] * NSEC_PER_SEC;

		/* the wheel's slots: never early, later the longer the wait */
		assert_true(late >= 0 && late <= (gap_s[i] <= 2	   ? 33
						  : gap_s[i] <= 16 ? 257
								   : 2049) *
							 NSEC_PER_MSEC);
	}
	assert_int_equal(c.sk->err, ETIMEDOUT);
	conn_free(&c);
}

static void test_tcp_nobody_listens_answers_reset(void **state)
{
	struct conn c = conn_new(state);

	seg(&c, S, 0, 0, 0);
	expect(&c, R | A, 0, 1, 0);
	seg(&c, A, 1, 77, 5);
	expect(&c, R, 77, 0, 0);
	seg(&c, R, 1, 0, 0);
	seg(&c, 0, 5, 0, 10);
	expect(&c, R | A, 0, 15, 0);
	expect_nothing(&c);
	conn_free(&c);
}

static void test_tcp_refused_connect_says_so(void **state)
{
	struct conn c = conn_new(state);

	assert_int_equal(connect_peer(&c), -EINPROGRESS);
	expect(&c, S, 0, 0, 0);
	seg(&c, R | A, 0, 99, 0); /* of another SYN */
	assert_int_equal(state_of(&c), TCP_SYN_SENT);
	seg(&c, R | A, 0, 1, 0);
	assert_int_equal(state_of(&c), TCP_CLOSE);
	assert_int_equal(c.sk->err, ECONNREFUSED);
	conn_free(&c);
}

static void test_tcp_data_is_acknowledged_and_read_in_order(void **state)
{
	struct conn c = established(state);

	seg(&c, A | P, 1, 1, 100);
	expect(&c, A, 1, 101, 0);
	seg(&c, A | P, 201, 1, 100); /* a hole */
	expect(&c, A, 1, 101, 0);
	assert_int_equal(recv_bytes(&c, 1000), 100);
	assert_int_equal(recv_bytes(&c, 1000), -EAGAIN);
	seg(&c, A | P, 51, 1, 200); /* overlaps on both sides */
	expect(&c, A, 1, 301, 0);
	assert_int_equal(recv_bytes(&c, 1000), 200);
	seg(&c, A | P, 1, 1, 300); /* again */
	expect(&c, A, 1, 301, 0);
	seg(&c, A | P, 301 + 70000 + 2000000, 1, 100); /* behind the window */
	expect(&c, A, 1, 301, 0);
	expect_nothing(&c);
	assert_int_equal(recv_bytes(&c, 1000), -EAGAIN);
	conn_free(&c);
}

static void test_tcp_reset_must_be_exact(void **state)
{
	struct conn c = established(state);

	seg(&c, R, 1 + 90000, 0, 0); /* outside */
	expect_nothing(&c);
	seg(&c, R, 100, 0, 0); /* in the window */
	expect(&c, A, 1, 1, 0);
	assert_int_equal(state_of(&c), TCP_ESTABLISHED);
	seg(&c, R, 1, 0, 0);
	assert_int_equal(state_of(&c), TCP_CLOSE);
	assert_int_equal(recv_bytes(&c, 10), -ECONNRESET);
	assert_int_equal(recv_bytes(&c, 10), 0);
	expect_nothing(&c);
	conn_free(&c);
}

static void test_tcp_active_close_ends_in_time_wait_for_a_minute(void **state)
{
	struct conn c = established(state);
	struct tcp_hashinfo *h = tcp_hashinfo(c.h.f->net);

	sock_release(c.sk);
	c.sk = NULL;
	expect(&c, F | A, 1, 1, 0);
	seg(&c, A, 1, 2, 0);
	assert_int_equal(h->nr_timewaits, 1); /* FIN_WAIT2 without a socket */
	seg(&c, F | A, 1, 2, 0);
	expect(&c, A, 2, 2, 0);
	seg(&c, F | A, 1, 2, 0); /* our ACK got lost */
	expect(&c, A, 2, 2, 0);
	pass(&c, 59 * 1000);
	assert_int_equal(h->nr_timewaits, 1);
	pass(&c, 2 * 1000);
	assert_int_equal(h->nr_timewaits, 0);
	expect_nothing(&c);
	conn_free(&c);
}

static void test_tcp_simultaneous_close(void **state)
{
	struct conn c = established(state);

	assert_int_equal(c.sk->ops->shutdown(c.sk, SHUT_WR), 0);
	expect(&c, F | A, 1, 1, 0);
	seg(&c, F | A, 1, 1, 0);
	expect(&c, A, 2, 2, 0);
	assert_int_equal(state_of(&c), TCP_CLOSING);
	seg(&c, A, 2, 2, 0);
	assert_int_equal(tcp_hashinfo(c.h.f->net)->nr_timewaits, 1);
	assert_int_equal(recv_bytes(&c, 1), 0);
	conn_free(&c);
}

static void test_tcp_passive_close_half_open(void **state)
{
	struct conn c = established(state);

	seg(&c, F | A, 1, 1, 0);
	assert_int_equal(state_of(&c), TCP_CLOSE_WAIT);
	assert_int_equal(recv_bytes(&c, 1), 0);
	assert_int_equal(send_bytes(&c, 10), 10);
	expect(&c, P | A, 1, 2, 10);
	seg(&c, A, 2, 11, 0);
	sock_release(c.sk);
	c.sk = NULL;
	expect(&c, F | A, 11, 2, 0);
	seg(&c, A, 2, 12, 0);
	seg(&c, A, 2, 12, 0); /* nothing is left */
	expect(&c, R, 12, 0, 0);
	conn_free(&c);
}

static void test_tcp_close_with_unread_data_resets(void **state)
{
	struct conn c = established(state);

	seg(&c, A | P, 1, 1, 4);
	expect(&c, A, 1, 5, 0);
	sock_release(c.sk);
	c.sk = NULL;
	expect(&c, R | A, 1, 5, 0);
	expect_nothing(&c);
	conn_free(&c);
}

static void test_tcp_data_after_close_is_reset(void **state)
{
	struct conn c = established(state);

	sock_release(c.sk);
	c.sk = NULL;
	expect(&c, F | A, 1, 1, 0);
	seg(&c, A, 1, 2, 0);
	seg(&c, A | P, 1, 2, 3);
	expect(&c, R, 2, 0, 0);
	expect_nothing(&c);
	conn_free(&c);
}

static void test_tcp_lost_data_is_sent_again_and_again(void **state)
{
	struct conn c = established(state);
	int64_t t[5];

	assert_int_equal(send_bytes(&c, 10), 10);
	pass(&c, 4000);
	assert_true(c.h.f->nr_sent >= 6);
	for (int i = 0; i < 5; i++) {
		t[i] = (c.h.f->sent[i + 1].at_ns) / NSEC_PER_MSEC;
		expect(&c, P | A, 1, 1, 10);
	}
	/* a probe of the tail, the time-out, and its doublings */
	assert_in_range(t[1] - t[0], 200, 210);
	assert_in_range(t[2] - t[1], 200, 210);
	assert_in_range(t[3] - t[2], 400, 420);
	assert_in_range(t[4] - t[3], 800, 840);
	conn_free(&c);
}

static void sack(struct conn *c, uint32_t ack, uint32_t from, uint32_t to)
{
	uint8_t opt[12] = { 1, 1, 5, 10 };
	const __be32 b[2] = { cpu_to_be32(c->isn + from), cpu_to_be32(c->isn + to) };

	memcpy(opt + 4, b, sizeof(b));
	seg_opt(c, A, 1, ack, 0, WIN, opt, sizeof(opt));
}

static void test_tcp_three_segments_behind_a_hole_mean_it_is_lost(void **state)
{
	struct conn c = established(state);

	assert_int_equal(send_bytes(&c, 14600), 14600);
	for (unsigned int i = 0; i < 10; i++)
		expect(&c, i == 9 ? P | A : A, 1 + i * 1460, 1, 1460);
	sack(&c, 1, 1461, 2921);
	sack(&c, 1, 1461, 4381);
	expect_nothing(&c);
	sack(&c, 1, 1461, 5841);
	expect(&c, A, 1, 1, 1460);
	expect_nothing(&c);
	/* lies: behind what was sent, backwards, too old */
	sack(&c, 1, 100000, 200000);
	sack(&c, 1, 5841, 1461);
	sack(&c, 1, 0x80000000, 1);
	seg(&c, A, 1, 14601, 0);
	assert_int_equal(tcp_sk(c.sk)->packets_out, 0);
	assert_int_equal(tcp_sk(c.sk)->sacked_out, 0);
	conn_free(&c);
}

static void test_tcp_shut_window_is_probed(void **state)
{
	struct conn c = established(state);

	seg_opt(&c, A, 1, 1, 0, 0, NULL, 0);
	assert_int_equal(send_bytes(&c, 100), 100);
	expect_nothing(&c);
	pass(&c, 250);
	expect(&c, A, 0, 1, 0);
	pass(&c, 450);
	expect(&c, A, 0, 1, 0);
	seg(&c, A, 1, 1, 0);
	expect(&c, P | A, 1, 1, 100);
	conn_free(&c);
}

static void test_tcp_receive_memory_is_bounded(void **state)
{
	struct conn c = established(state);
	uint32_t seq = 1;

	for (int i = 0; i < 400; i++, seq += 1400)
		seg(&c, A, seq, 1, 1400);
	for (int i = 0; i < 5000; i++)
		seg(&c, A, tcp_sk(c.sk)->rcv_nxt - PEER_ISN + 10 + (uint32_t)i * 7, 1, 3);
	assert_true(c.sk->rmem <= c.sk->rcvbuf + 4096);
	forget_frames(&c);
	assert_true(recv_bytes(&c, 150000) > 0);
	assert_true(c.h.f->nr_sent > 0); /* the window opens again */
	conn_free(&c);
}

static void test_tcp_syn_flood_is_bounded(void **state)
{
	struct conn c = listening(state, 4);

	for (int i = 0; i < 1000; i++) {
		c.peer_port = (uint16_t)(1000 + i);
		seg(&c, S, 0, 0, 0);
	}
	/* each is answered, by a cookie when the queue is full; what is remembered is bounded */
	assert_int_equal(c.h.f->nr_sent, 1000);
	assert_int_equal(tcp_sk(c.listener)->syn_backlog, 5);
	tcp_ns(tcp_sk(c.listener))->sysctl_tcp_syncookies = 0;
	forget_frames(&c);
	for (int i = 0; i < 1000; i++) {
		c.peer_port = (uint16_t)(3000 + i);
		seg(&c, S, 0, 0, 0);
	}
	assert_int_equal(c.h.f->nr_sent, 0);
	assert_int_equal(tcp_sk(c.listener)->syn_backlog, 5);
	pass(&c, 70 * 1000);
	assert_int_equal(tcp_sk(c.listener)->syn_backlog, 0);
	conn_free(&c);
}

static void test_tcp_survives_every_flag_in_every_state(void **state)
{
	static const uint8_t bad_opts[][8] = {
		{ 0 },	       { 2, 0 },       { 8, 40 }, { 5, 3 }, { 1, 1, 1, 1, 1, 1, 1, 2 },
		{ 3, 3, 255 }, { 2, 4, 0, 0 },
	};
	struct conn c = established(state);

	for (unsigned int flags = 0; flags < 256; flags++) {
		for (size_t o = 0; o < sizeof(bad_opts) / sizeof(bad_opts[0]); o++) {
			c.peer_port = (uint16_t)(5000 + flags);
			seg_opt(&c, (uint8_t)flags, 0, 0, flags & 3, 0, bad_opts[o], 8);
			c.peer_port = PEER_PORT;
			seg_opt(&c, (uint8_t)flags, (uint32_t)(flags * 37), flags & 7, flags & 31,
				WIN, bad_opts[o], 8);
		}
		if (flags == 100) {
			sock_release(c.sk);
			c.sk = NULL;
		}
		if (flags == 200) {
			c.peer_port = PEER_PORT;
			forget_frames(&c);
			connect_peer(&c);
		}
	}
	pass(&c, 600 * 1000);
	conn_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_tcp_syn_has_the_options_of_linux_in_its_order),
		fixture_test(test_tcp_syn_is_sent_again_as_measured_and_then_times_out),
		fixture_test(test_tcp_nobody_listens_answers_reset),
		fixture_test(test_tcp_refused_connect_says_so),
		fixture_test(test_tcp_data_is_acknowledged_and_read_in_order),
		fixture_test(test_tcp_reset_must_be_exact),
		fixture_test(test_tcp_active_close_ends_in_time_wait_for_a_minute),
		fixture_test(test_tcp_simultaneous_close),
		fixture_test(test_tcp_passive_close_half_open),
		fixture_test(test_tcp_close_with_unread_data_resets),
		fixture_test(test_tcp_data_after_close_is_reset),
		fixture_test(test_tcp_lost_data_is_sent_again_and_again),
		fixture_test(test_tcp_three_segments_behind_a_hole_mean_it_is_lost),
		fixture_test(test_tcp_shut_window_is_probed),
		fixture_test(test_tcp_receive_memory_is_bounded),
		fixture_test(test_tcp_syn_flood_is_bounded),
		fixture_test(test_tcp_survives_every_flag_in_every_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
