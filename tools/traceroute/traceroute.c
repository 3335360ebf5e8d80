/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traceroute.c - the path packets take, hop by hop
 *
 * mirrors traceroute 2.1.2's traceroute.c
 *
 * traceroute_main()
 *   tr_options()               options.c
 *   method->init()             methods.c, tcp.c
 *   run()
 *     method->send()
 *     tr_receive()             socket.c
 *     print_probe()
 *
 * Not modelled: IPv6, -g, -A, -D, -UL.
 */
#include "traceroute.h"

#include "../lib/prog.h"
#include "../lib/program.h"

#include <math.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <string.h>

int traceroute_main(struct ng_task *task, int argc, char **argv);

#define US_PER_SEC INT64_C(1000000)
#define WAIT_PREC 0.001 /* s added to a time another probe took, DEF_WAIT_PREC */

/* An errno ends the program: the line of output begun is ended first. */
_Noreturn void tr_error(struct tr *t, const char *what, int errnum)
{
	ng_flush(t->out);
	ng_printf(ng_stderr(t->task), "\n%s: %s\n", what, ng_strerror(errnum));
	prog_exit(t->task, 1);
}

static unsigned int ttl_to_hops(int ttl)
{
	if (ttl > 128)
		return (unsigned int)(256 - ttl);
	return (unsigned int)(ttl > 64 ? 129 - ttl : 65 - ttl);
}

static void print_addr(struct tr *t, __be32 addr)
{
	char text[NG_ADDRSTRLEN];
	char name[256];

	ng_inet_ntoa(text, addr);
	if (t->numeric)
		ng_printf(t->out, " %s", text);
	else if (ng_gethostbyaddr(t->task, addr, name, sizeof(name)))
		ng_printf(t->out, " %s (%s)", name, text);
	else
		ng_printf(t->out, " %s (%s)", text, text);
}

/* Is @p's address new among the probes of its hop printed so far? */
static bool address_is_new(const struct tr *t, const struct tr_probe *p, unsigned int np)
{
	const struct tr_probe *q = p - 1;

	for (; np && !q->answered; q--, np--)
		;
	return !np || q->from != p->from || strcmp(q->ext, p->ext) != 0 ||
	       (t->backward && q->recv_ttl != p->recv_ttl);
}

static void print_probe(struct tr *t, const struct tr_probe *p)
{
	unsigned int idx = (unsigned int)(p - t->probes);
	unsigned int ttl = idx / t->per_hop + 1;

	if (idx % t->per_hop == 0)
		ng_printf(t->out, "\n%2u ", ttl);
	if (!p->answered) {
		ng_puts(t->out, " *");
	} else if (address_is_new(t, p, idx % t->per_hop)) {
		print_addr(t, p->from);
		if (p->ext[0])
			ng_printf(t->out, " <%s>", p->ext);
		if (t->backward && p->recv_ttl && ttl_to_hops(p->recv_ttl) != ttl)
			ng_printf(t->out, " '-%u'", ttl_to_hops(p->recv_ttl));
	}
	if (p->recv_us)
		ng_printf(t->out, "  %.3f ms", (double)(p->recv_us - p->send_us) / 1000);
	if (p->err[0])
		ng_printf(t->out, " %s", p->err);
	ng_flush(t->out);
}

/* How long an answer took, times @factor; 0: this one gives no hint. */
static double hint(const struct tr *t, const struct tr_probe *p, double factor)
{
	double value;

	if (!p->done || p->recv_us <= p->send_us)
		return 0;
	value = ((double)(p->recv_us - p->send_us) / (double)US_PER_SEC + WAIT_PREC) * factor;
	return value < t->wait_secs ? value : t->wait_secs;
}

/* Seconds to wait for @p: less than -w says where other answers tell how long they take. */
static double timeout_of(const struct tr *t, const struct tr_probe *p)
{
	unsigned int idx = (unsigned int)(p - t->probes);
	const struct tr_probe *q = p - idx % t->per_hop;
	const struct tr_probe *end = t->probes + t->num_probes;
	unsigned int i;
	double value;

	for (i = 0; t->here_factor > 0 && i < t->per_hop; i++) {
		value = hint(t, q + i, t->here_factor);
		if (value > 0)
			return value;
	}
	for (q = p + 1; t->near_factor > 0 && q < end && q->send_us; q++) {
		value = hint(t, q, t->near_factor);
		if (value > 0)
			return value;
	}
	return t->wait_secs;
}

/* The answer of a later probe is shown in this one's place; the later one is judged anew. */
static void take_over(struct tr_probe *p, struct tr_probe *later)
{
	*p = *later;
	p->fd = -1;
	later->done = later->final = later->answered = false;
	later->err[0] = '\0';
	later->recv_us = 0;
	later->send_us = 1;
}

/*
 * @p got no answer. A host may answer only the last of many probes sent at
 * once: an error that came for a later one is moved here where that is clear.
 */
static void check_expired(struct tr *t, struct tr_probe *p)
{
	unsigned int idx = (unsigned int)(p - t->probes);
	struct tr_probe *end = t->probes + t->num_probes;
	struct tr_probe *later = NULL;
	struct tr_probe *q;
	bool earlier_final = false;

	for (q = p - idx % t->per_hop; q < p; q++) {
		if (!q->done || !q->final)
			return;
		earlier_final = true;
	}
	for (q = p + 1; q < end && q->send_us; q++) {
		if (q->done && q->final) {
			later = q;
			break;
		}
		if (q->done)
			return;
	}
	if (!later || !later->err[0])
		return;
	if (earlier_final || idx % t->per_hop + (unsigned int)(later - p) < t->per_hop) {
		take_over(p, later);
		return;
	}
	for (q = p - 1; q >= t->probes; q--) {
		if (q->answered && q->from == later->from) {
			take_over(p, later);
			return;
		}
	}
}

static void expire(struct tr *t, struct tr_probe *p)
{
	tr_probe_done(t, p);
	check_expired(t, p);
}

static void wait_until(struct tr *t, int64_t when_us)
{
	int64_t ms = (when_us - tr_now_us(t) + 999) / 1000;
	unsigned int n = 0;
	unsigned int i;
	int ready;

	if (t->fd >= 0)
		t->fds[n++] = (struct pollfd){ t->fd, POLLIN | POLLERR, 0 };
	for (i = 0; t->fd < 0 && i < t->num_probes && n < TR_MAX_POLL; i++) {
		if (t->probes[i].fd >= 0)
			t->fds[n++] = (struct pollfd){ t->probes[i].fd, POLLIN | POLLERR, 0 };
	}
	ready = ng_sys_poll(t->task, t->fds, n, (ms < 0 ? 0 : ms) * NSEC_PER_MSEC);
	for (i = 0; ready > 0 && i < n; i++) {
		if (t->fds[i].revents)
			tr_receive(t, t->fds[i].fd, t->fds[i].revents & POLLERR);
	}
}

/* What one pass over the probes knows. */
struct pass {
	unsigned int start, end; /* probes not printed yet */
	int64_t next_us;	 /* when there is something to do; 0: at once */
	int64_t last_send_us;
};

/* Return: false: no further probe now. */
static bool start_probe(struct tr *t, struct pass *s, unsigned int n)
{
	struct tr_probe *p = &t->probes[n];
	int64_t gap_us = (int64_t)(t->send_secs * (double)US_PER_SEC);

	if (gap_us && tr_now_us(t) - s->last_send_us < gap_us) {
		s->next_us = s->last_send_us + gap_us;
		return false;
	}
	t->method->send(t, p, (int)(n / t->per_hop) + 1);
	if (!p->send_us) {
		if (!s->next_us)
			tr_error(t, "send probe", 11 /* EAGAIN */);
		return false;
	}
	s->last_send_us = p->send_us;
	return true;
}

static void one_pass(struct tr *t, struct pass *s)
{
	unsigned int flying = 0;
	unsigned int n;

	s->next_us = 0;
	for (n = s->start; n < s->end; n++) {
		struct tr_probe *p = &t->probes[n];

		if (n == s->start && !p->done && p->send_us) {
			int64_t expire_us =
				p->send_us + (int64_t)(timeout_of(t, p) * (double)US_PER_SEC);

			if (expire_us > tr_now_us(t))
				s->next_us = expire_us;
			else
				expire(t, p);
		}
		if (p->done) {
			if (n == s->start) {
				print_probe(t, p);
				s->start++;
			}
			if (p->final)
				s->end = (n / t->per_hop + 1) * t->per_hop;
			continue;
		}
		if (!p->send_us && !start_probe(t, s, n))
			return;
		if (++flying >= t->sim)
			return;
	}
}

static void run(struct tr *t)
{
	struct pass s = { .start = (t->first_hop - 1) * t->per_hop, .end = t->num_probes };
	char addr[NG_ADDRSTRLEN];

	ng_printf(t->out, "traceroute to %s (%s), %u hops max, %u byte packets", t->host,
		  ng_inet_ntoa(addr, t->dst), t->max_hops, t->method->header_len + t->data_len);
	ng_flush(t->out);
	while (s.start < s.end) {
		one_pass(t, &s);
		if (s.next_us)
			wait_until(t, s.next_us);
	}
	ng_puts(t->out, "\n");
}

static void prepare(struct tr *t)
{
	unsigned int i;

	if (!t->have_packet_len)
		t->packet_len = 60;
	t->data_len =
		t->packet_len > t->method->header_len ? t->packet_len - t->method->header_len : 0;
	if (t->data_len < t->method->min_len)
		t->data_len = t->method->min_len;
	t->data = ng_task_alloc(t->task, t->data_len + 1);
	for (i = 0; i < t->data_len; i++)
		t->data[i] = (uint8_t)(0x40 + (i & 0x3f));
	t->num_probes = t->max_hops * t->per_hop;
	t->probes = ng_task_alloc(t->task, t->num_probes * sizeof(*t->probes));
	t->fds = ng_task_alloc(t->task, (t->num_probes + 1) * sizeof(*t->fds));
	for (i = 0; i < t->num_probes; i++)
		t->probes[i].fd = -1;
}

/**
 * traceroute_main() - The program traceroute.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status: 0, or 1 and 2 for errors of the kernel and of the command line.
 */
int traceroute_main(struct ng_task *task, int argc, char **argv)
{
	struct tr *t = ng_task_alloc(task, sizeof(*t));

	t->task = task;
	t->out = ng_stdout(task);
	t->first_hop = 1;
	t->max_hops = 30;
	t->per_hop = 3;
	t->sim = 16;
	t->wait_secs = 5;
	t->here_factor = 3;
	t->near_factor = 10;
	t->fd = -1;
	t->protocol = 253;
	tr_options(t, argc, argv);
	if (t->not_modelled)
		return ng_not_modelled(task, "traceroute %s", t->not_modelled);
	tr_keywords(t);
	prepare(t);
	t->method->init(t);
	run(t);
	return 0;
}
