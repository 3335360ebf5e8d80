/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sch_netem.c - delay, jitter, loss, duplication, reordering, corruption, rate
 *
 * mirrors net/sched/sch_netem.c
 *
 * Chance is the device's own stream (RNG_NETEM): the same script has the same losses. Unlike Linux: no
 * distribution tables (jitter is uniform), no loss models, no slots, no ECN.
 *
 * PATH
 *
 *	netem_enqueue()			from dev_queue_xmit()
 *	  tfifo_enqueue()		waits its time: an event
 *	netem_watchdog()
 *	  dev_hard_start_xmit()		core/dev.c
 */
#include "sched/sch_netem.h"

#include <errno.h>
#include <linux/rtnetlink.h>

#include "core/trace.h"

struct netem_skb_cb {
	int64_t time_to_send;
};
#define NETEM_CB(skb) ((struct netem_skb_cb *)(uintptr_t)(skb)->cb)

#define PSCHED_SHIFT 6 /* a tick of user space is 64 ns */

static struct ng_world *world_of(const struct Qdisc *q)
{
	return q->dev->world;
}

static uint32_t prandom(struct Qdisc *q)
{
	return (uint32_t)rng_hash(world_of(q)->config.seed, RNG_NETEM, q->key, q->nr_random++);
}

/* a number that resembles the one before it as much as rho says. As get_crandom() */
static uint32_t get_crandom(struct Qdisc *q, struct netem_crng *state)
{
	uint64_t value = prandom(q), rho;

	if (!state->rho)
		return (uint32_t)value;
	rho = (uint64_t)state->rho + 1;
	value = (value * ((UINT64_C(1) << 32) - rho) + state->last * rho) >> 32;
	state->last = (uint32_t)value;
	return state->last;
}

static int64_t delay_of(struct Qdisc *q)
{
	uint32_t rnd;

	if (!q->jitter_ns)
		return q->latency_ns;
	rnd = get_crandom(q, &q->delay_cor);
	return (int64_t)(rnd % (uint64_t)(2 * q->jitter_ns)) + q->latency_ns - q->jitter_ns;
}

static int64_t packet_time_ns(const struct Qdisc *q, uint32_t len)
{
	int64_t bytes = (int64_t)len + q->rate.packet_overhead;

	if (q->rate.cell_size) {
		int64_t cells = (bytes + q->rate.cell_size - 1) / q->rate.cell_size;

		bytes = cells * ((int64_t)q->rate.cell_size + q->rate.cell_overhead);
	}
	return (int64_t)((uint64_t)bytes * NSEC_PER_SEC / q->rate64);
}

static void arm(struct Qdisc *q)
{
	const struct sk_buff *head;

	if (list_empty(&q->queue)) {
		sim_timer_del(&world_of(q)->sim, &q->watchdog);
		return;
	}
	head = list_first_entry(&q->queue, struct sk_buff, list);
	sim_timer_mod(&world_of(q)->sim, &q->watchdog, NETEM_CB(head)->time_to_send);
}

static void tfifo_enqueue(struct Qdisc *q, struct sk_buff *skb)
{
	struct list_head *after = q->queue.prev;

	while (after != &q->queue &&
	       NETEM_CB(list_entry(after, struct sk_buff, list))->time_to_send >
		       NETEM_CB(skb)->time_to_send)
		after = after->prev;
	list_add(&skb->list, after);
	q->qlen++;
	q->backlog += skb_len(skb);
	arm(q);
}

static void netem_watchdog(struct sim_timer *timer)
{
	struct Qdisc *q = container_of(timer, struct Qdisc, watchdog);
	struct sk_buff *skb = list_first_entry(&q->queue, struct sk_buff, list);

	list_del(&skb->list);
	q->qlen--;
	q->backlog -= skb_len(skb);
	q->packets++;
	q->bytes += skb_len(skb);
	arm(q);
	dev_hard_start_xmit(skb, q->dev);
}

/* one bit of it is wrong from now on */
static void corrupt_one(struct Qdisc *q, struct sk_buff *skb)
{
	uint32_t at;

	skb_checksum_help(skb);
	skb_ensure_writable(skb, 0);
	skb->written = true;
	at = prandom(q) % skb_len(skb);
	skb->data[at] ^= (uint8_t)(1U << (prandom(q) % 8));
}

static bool out_of_order(struct Qdisc *q)
{
	return q->opt.gap && q->counter >= q->opt.gap - 1 &&
	       q->reorder.probability >= get_crandom(q, &q->reorder_cor);
}

static void schedule(struct Qdisc *q, struct sk_buff *skb)
{
	int64_t now = world_now(world_of(q)), delay;

	if (out_of_order(q)) {
		NETEM_CB(skb)->time_to_send = now;
		q->counter = 0;
		q->requeues++;
		tfifo_enqueue(q, skb);
		return;
	}
	delay = delay_of(q);
	if (q->rate64) {
		if (!list_empty(&q->queue)) {
			struct sk_buff *last = list_last_entry(&q->queue, struct sk_buff, list);

			/* the line is busy until then */
			delay -= NETEM_CB(last)->time_to_send - now;
			delay = delay < 0 ? 0 : delay;
			now = NETEM_CB(last)->time_to_send;
		}
		delay += packet_time_ns(q, skb_len(skb));
	}
	NETEM_CB(skb)->time_to_send = now + (delay < 0 ? 0 : delay);
	q->counter++;
	tfifo_enqueue(q, skb);
}

/* consumes; @again: this is the copy of a duplicated packet */
static int enqueue_one(struct Qdisc *q, struct sk_buff *skb, bool again)
{
	bool twice = !again && q->opt.duplicate && q->opt.duplicate >= get_crandom(q, &q->dup_cor);
	bool lost = q->opt.loss && q->opt.loss >= get_crandom(q, &q->loss_cor);

	if (lost && !twice) {
		q->drops++;
		kfree_skb_reason(skb, SKB_DROP_REASON_QDISC_DROP);
		return NET_XMIT_SUCCESS;
	}
	if (twice && !lost) {
		struct sk_buff *copy = skb_clone(skb);

		if (trace_on(skb->world))
			trace_copy(copy, skb, skb->dev, "duplicate");
		enqueue_one(q, copy, true);
	}
	if (q->corrupt.probability && q->corrupt.probability >= get_crandom(q, &q->corrupt_cor))
		corrupt_one(q, skb);
	if (q->qlen >= q->opt.limit) {
		q->drops++;
		q->overlimits++;
		kfree_skb_reason(skb, SKB_DROP_REASON_QDISC_DROP);
		return NET_XMIT_DROP;
	}
	schedule(q, skb);
	return NET_XMIT_SUCCESS;
}

/**
 * netem_enqueue() - A frame for a bad link
 * @q: the device's
 * @skb: consumed: lost, or sent later, perhaps twice, perhaps wrong
 *
 * Return: NET_XMIT_*; a loss is no failure.
 */
int netem_enqueue(struct Qdisc *q, struct sk_buff *skb)
{
	skb_orphan(skb);
	return enqueue_one(q, skb, false);
}

/**
 * netem_reset() - Everything that waits is dropped
 * @q: the device's
 */
void netem_reset(struct Qdisc *q)
{
	while (!list_empty(&q->queue)) {
		struct sk_buff *skb = list_first_entry(&q->queue, struct sk_buff, list);

		list_del(&skb->list);
		kfree_skb_reason(skb, SKB_DROP_REASON_QDISC_DROP);
	}
	q->qlen = 0;
	q->backlog = 0;
	arm(q);
}

/**
 * netem_init() - A new one: a perfect link
 * @q: zeroed; dev, handle and key are set
 */
void netem_init(struct Qdisc *q)
{
	INIT_LIST_HEAD(&q->queue);
	q->watchdog.fn = netem_watchdog;
	q->opt.limit = 1000;
}

static void get_attr(void *to, size_t size, const struct nlattr *nla)
{
	if (nla && nla_len(nla) >= size)
		memcpy(to, nla_data(nla), size);
	else
		memset(to, 0, size);
}

static const char *what_is_missing(const struct nlattr **tb)
{
	if (tb[TCA_NETEM_DELAY_DIST] || tb[TCA_NETEM_LOSS] || tb[TCA_NETEM_SLOT] ||
	    tb[TCA_NETEM_SLOT_DIST])
		return "netglass: not modelled: netem distributions, loss models and slots";
	return NULL;
}

/**
 * netem_change() - Takes settings over
 * @q: the device's
 * @opt: TCA_OPTIONS
 * @extack: says what is wrong
 *
 * Return: 0, -EINVAL or -EOPNOTSUPP.
 */
int netem_change(struct Qdisc *q, const struct nlattr *opt, struct ng_extack *extack)
{
	const struct nlattr *tb[TCA_NETEM_MAX + 1];
	const char *missing;

	if (!opt || nla_len(opt) < sizeof(q->opt))
		return -EINVAL;
	nla_parse(tb, TCA_NETEM_MAX, (const uint8_t *)nla_data(opt) + NLA_ALIGN(sizeof(q->opt)),
		  nla_len(opt) - NLA_ALIGN(sizeof(q->opt)));
	missing = what_is_missing(tb);
	if (missing) {
		NG_SET_ERR_MSG(extack, missing);
		return -EOPNOTSUPP;
	}
	memcpy(&q->opt, nla_data(opt), sizeof(q->opt));
	get_attr(&q->corr, sizeof(q->corr), tb[TCA_NETEM_CORR]);
	get_attr(&q->reorder, sizeof(q->reorder), tb[TCA_NETEM_REORDER]);
	get_attr(&q->corrupt, sizeof(q->corrupt), tb[TCA_NETEM_CORRUPT]);
	get_attr(&q->rate, sizeof(q->rate), tb[TCA_NETEM_RATE]);
	q->rate64 = tb[TCA_NETEM_RATE64] ? nla_get_u64(tb[TCA_NETEM_RATE64]) : q->rate.rate;
	q->latency_ns = tb[TCA_NETEM_LATENCY64] ? (int64_t)nla_get_u64(tb[TCA_NETEM_LATENCY64])
						: (int64_t)q->opt.latency << PSCHED_SHIFT;
	q->jitter_ns = tb[TCA_NETEM_JITTER64] ? (int64_t)nla_get_u64(tb[TCA_NETEM_JITTER64])
					      : (int64_t)q->opt.jitter << PSCHED_SHIFT;
	if (q->latency_ns < 0 || q->jitter_ns < 0 || q->latency_ns > 3600 * NSEC_PER_SEC ||
	    q->jitter_ns > 3600 * NSEC_PER_SEC)
		return -EINVAL;
	/* without reordering every packet waits; a gap without probability means always */
	q->counter = 0;
	if (q->opt.gap && !tb[TCA_NETEM_REORDER])
		q->reorder.probability = UINT32_MAX;
	q->delay_cor.rho = q->corr.delay_corr;
	q->loss_cor.rho = q->corr.loss_corr;
	q->dup_cor.rho = q->corr.dup_corr;
	q->reorder_cor.rho = q->reorder.correlation;
	q->corrupt_cor.rho = q->corrupt.correlation;
	return 0;
}

/**
 * netem_dump() - TCA_OPTIONS
 * @q: the device's
 * @b: written to
 */
void netem_dump(const struct Qdisc *q, struct nl_buf *b)
{
	size_t nest = nla_nest_start(b, TCA_OPTIONS);

	memcpy(nl_buf_put(b, NLA_ALIGN(sizeof(q->opt))), &q->opt, sizeof(q->opt));
	nla_put_u64(b, TCA_NETEM_LATENCY64, (uint64_t)q->latency_ns);
	nla_put_u64(b, TCA_NETEM_JITTER64, (uint64_t)q->jitter_ns);
	nla_put(b, TCA_NETEM_CORR, sizeof(q->corr), &q->corr);
	nla_put(b, TCA_NETEM_REORDER, sizeof(q->reorder), &q->reorder);
	nla_put(b, TCA_NETEM_CORRUPT, sizeof(q->corrupt), &q->corrupt);
	nla_put(b, TCA_NETEM_RATE, sizeof(q->rate), &q->rate);
	nla_nest_end(b, nest);
}
