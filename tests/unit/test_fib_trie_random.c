/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_fib_trie_random.c - random changes of `local` and `main`, against a list that is searched */
#include "ipv4/fib_trie.h"
#include "ipv4_fixture.h"

#define MODEL_MAX 400

struct model_route {
	uint32_t table, key, metric;
	uint8_t plen, tos, type;
	int oif; /* 0: a reject route */
};

struct model {
	struct host h;
	uint64_t n; /* into the stream of chance */
	struct model_route r[MODEL_MAX];
	int nr;
};

static uint32_t dice(struct model *m, uint32_t sides)
{
	return (uint32_t)(rng_hash(1, RNG_HASH, 7, m->n++) >> 33) % sides;
}

static uint32_t mask_of(unsigned int plen)
{
	return plen ? ~UINT32_C(0) << (32 - plen) : 0;
}

/* few bits, so that prefixes nest; or neighbours, so that nodes grow */
static uint32_t random_address(struct model *m)
{
	uint32_t r = dice(m, UINT32_MAX);

	return dice(m, 2) ? (r & 0x70f00103) : 0x0b000000 + (r & 0x3ff00);
}

static struct model_route random_route(struct model *m)
{
	static const uint8_t lengths[] = { 0, 1, 4, 8, 12, 23, 24, 24, 24, 24, 31, 32 };
	struct model_route r = { .table = dice(m, 3) ? RT_TABLE_MAIN : RT_TABLE_LOCAL,
				 .plen = lengths[dice(m, sizeof(lengths))],
				 .metric = dice(m, 3),
				 .tos = dice(m, 8) ? 0 : 8,
				 .type = dice(m, 8) ? RTN_UNICAST : RTN_UNREACHABLE };

	r.key = random_address(m) & mask_of(r.plen);
	if (r.type == RTN_UNICAST)
		r.oif = dice(m, 2) ? m->h.e0->ifindex : m->h.e1->ifindex;
	return r;
}

/* the order in which a look-up asks: prefix, table, TOS, metric */
static int model_cmp(const struct model_route *a, const struct model_route *b)
{
	if (a->plen != b->plen)
		return b->plen - a->plen;
	if (a->table != b->table)
		return a->table < b->table ? 1 : -1;
	if (a->tos != b->tos)
		return b->tos - a->tos;
	return (int)a->metric - (int)b->metric;
}

static bool model_same(const struct model_route *a, const struct model_route *b)
{
	return a->key == b->key && !model_cmp(a, b);
}

static void model_add(struct model *m, struct model_route r)
{
	int at = m->nr;

	while (at > 0 && model_cmp(&m->r[at - 1], &r) > 0) {
		m->r[at] = m->r[at - 1];
		at--;
	}
	m->r[at] = r;
	m->nr++;
}

static struct fib_config config_of(struct model *m, const struct model_route *r)
{
	return (struct fib_config){ .fc_dst = cpu_to_be32(r->key),
				    .fc_dst_len = r->plen,
				    .fc_type = r->type,
				    .fc_tos = r->tos,
				    .fc_priority = r->metric,
				    .fc_scope = r->oif ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE,
				    .fc_oif = r->oif,
				    .fc_table = r->table,
				    .fc_nlflags = NLM_F_CREATE | NLM_F_EXCL,
				    .net = m->h.f->net };
}

static void step(struct model *m, bool grow)
{
	struct model_route r = random_route(m);
	struct fib_config cfg;
	bool there = false;

	if (m->nr == MODEL_MAX || (m->nr && dice(m, 4) < (grow ? 1 : 3))) {
		int i = (int)dice(m, (uint32_t)m->nr);

		cfg = config_of(m, &m->r[i]);
		assert_int_equal(fib_table_delete(fib_get_table(cfg.net, cfg.fc_table), &cfg, NULL),
				 0);
		memmove(&m->r[i], &m->r[i + 1], (size_t)(--m->nr - i) * sizeof(m->r[0]));
		return;
	}
	cfg = config_of(m, &r);
	for (int i = 0; i < m->nr; i++)
		there |= model_same(&m->r[i], &r);
	assert_int_equal(fib_table_insert(fib_get_table(cfg.net, cfg.fc_table), &cfg, NULL),
			 there ? -EEXIST : 0);
	if (!there)
		model_add(m, r);
}

/* what a list says; @table 0: both tables as one */
static const struct model_route *model_lookup(const struct model *m, uint32_t table,
					      const struct flowi4 *fl4)
{
	uint32_t addr = be32_to_cpu(fl4->daddr);

	for (int i = 0; i < m->nr; i++) {
		const struct model_route *r = &m->r[i];

		if ((table && r->table != table) || (addr & mask_of(r->plen)) != r->key ||
		    (r->tos && r->tos != fl4->tos))
			continue;
		if (!r->oif || !fl4->oif || r->oif == fl4->oif)
			return r;
	}
	return NULL;
}

static void check_lookup(struct model *m, uint32_t table, bool merged)
{
	struct flowi4 fl4 = { .daddr = cpu_to_be32(random_address(m)),
			      .tos = dice(m, 4) ? 0 : 8,
			      .oif = dice(m, 2) ? 0 : m->h.e0->ifindex };
	const struct model_route *want = model_lookup(m, merged ? 0 : table, &fl4);
	struct fib_result res = { 0 };
	int err = fib_table_lookup(fib_get_table(m->h.f->net, table), &fl4, &res, 0);

	assert_int_equal(err, !want ? -EAGAIN : want->oif ? 0 : -EHOSTUNREACH);
	if (!want)
		return;
	assert_int_equal(res.prefixlen, want->plen);
	assert_int_equal(be32_to_cpu(res.prefix), want->key);
	if (err)
		return;
	assert_int_equal(res.fi->fib_priority, want->metric);
	assert_int_equal(res.tos, want->tos);
	assert_int_equal(res.nhc->fib_nh_oif, want->oif);
	assert_int_equal(res.fi->fib_tb_id, want->table);
	assert_int_equal(fib_result_leaf(&res)->key, want->key);
}

static unsigned int check_leaf(const struct fib_trie *t, uint64_t slot, unsigned int hint,
			       unsigned int pos)
{
	const struct fib_leaf *l = slot_leaf(slot);
	const struct fib_answer *a = &t->answers[slot_answer(slot)];
	const struct fib_alias *fa;

	assert_non_null(l->first);
	for (fa = l->first; fa->next; fa = fa->next)
		assert_true(fa->fa_slen <= fa->next->fa_slen);
	assert_int_equal(l->slen, fa->fa_slen);
	fa = l->first;
	assert_int_equal(slot_first_slen(slot), fa->fa_slen);
	assert_int_equal(slot & SLOT_MIXED, fa->fa_slen != l->slen ? SLOT_MIXED : 0);
	assert_true(!hint || slot_known(slot, pos) == (hint & HINT_MAX));
	if (fa->fa_tos)
		assert_int_equal(slot_answer(slot), 0);
	if (slot_answer(slot)) {
		assert_ptr_equal(a->fi, fa->fa_info);
		assert_int_equal(a->slen, fa->fa_slen);
		assert_int_equal(a->type, fa->fa_type);
		assert_true(a->leaves > 0);
	}
	return l->slen;
}

/* counts, keys, parents and suffix lengths of a node and all below; its slen */
static unsigned int check_node(const struct fib_trie *t, struct tnode *tn)
{
	uint32_t empty = 0, full = 0;

	assert_true(tn->slen >= tn->pos);
	for (uint32_t i = 0; i < child_length(tn); i++) {
		uint64_t slot = tn->child[i];
		struct tnode *n = slot_is_tnode(slot) ? slot_tnode(slot) : NULL;
		unsigned int hint = tnode_hint(tn, i);

		empty += !slot;
		assert_true(!hint || slot_is_leaf(slot));
		if (!slot)
			continue;
		assert_int_equal(get_cindex(n ? n->key : slot_leaf(slot)->key, tn), i);
		if (!n) {
			assert_true(check_leaf(t, slot, hint, tn->pos) <= tn->slen);
			continue;
		}
		assert_true(n->parent == tn);
		assert_true(check_node(t, n) <= tn->slen);
		full += n->pos + n->bits == tn->pos;
	}
	assert_int_equal(tn->empty_children, empty);
	assert_int_equal(tn->full_children, full);
	assert_true(child_length(tn) - empty >= 2);
	return tn->slen;
}

static void check_shape(const struct fib_table *tb)
{
	uint64_t slot = tb->trie->root->child[0];

	if (slot_is_tnode(slot))
		check_node(tb->trie, slot_tnode(slot));
	else if (slot)
		check_leaf(tb->trie, slot, 0, FIB_KEYLENGTH);
}

static void check_walk(const struct model *m, const struct fib_table *tb)
{
	struct fib_walk at = { 0 };
	uint32_t key = 0;
	int nr = 0;

	while (fib_table_next(tb, &at)) {
		assert_true(at.key >= key);
		assert_int_equal(at.fa->tb_id, tb->tb_id);
		key = at.key;
		nr++;
	}
	for (int i = 0; i < m->nr; i++)
		nr -= m->r[i].table == tb->tb_id;
	assert_int_equal(nr, 0);
}

static void churn(struct model *m, int steps, bool grow, bool merged)
{
	struct fib_table *local = m->h.f->net->ipv4->fib_local, *main = m->h.f->net->ipv4->fib_main;

	for (int i = 0; i < steps; i++) {
		step(m, grow);
		for (int j = 0; j < 4; j++)
			check_lookup(m, j & 1 ? RT_TABLE_MAIN : RT_TABLE_LOCAL, merged);
		if (i % 16)
			continue;
		check_shape(local);
		check_shape(main);
		check_walk(m, local);
		check_walk(m, main);
	}
}

static struct model model_new(void **state)
{
	struct model m = { .h = host_new(state) };
	struct netns_ipv4 *ipv4 = m.h.f->net->ipv4;

	/* the model knows nothing of the addresses' own routes */
	fib_table_flush(ipv4->fib_main, true);
	fib_table_flush(ipv4->fib_local, true);
	return m;
}

static void test_fib_table_lookup_answers_as_a_search_of_all_routes_would(void **state)
{
	struct model m = model_new(state);
	const struct netns_ipv4 *ipv4 = m.h.f->net->ipv4;

	churn(&m, 1200, true, true);
	churn(&m, 400, false, true);
	assert_ptr_equal(ipv4->fib_local->trie, ipv4->fib_main->trie);
	fib_unmerge(m.h.f->net);
	assert_ptr_not_equal(ipv4->fib_local->trie, ipv4->fib_main->trie);
	churn(&m, 1200, true, false);
	churn(&m, 1600, false, false);
	fib_table_flush(ipv4->fib_main, true);
	fib_table_flush(ipv4->fib_local, true);
	assert_int_equal(ipv4->fib_main->trie->nr_leaves, 0);
	assert_int_equal(ipv4->fib_main->trie->root->child[0], 0);
}

static void test_fib_unmerge_gives_each_table_its_own_routes(void **state)
{
	struct model m = model_new(state);
	const struct netns_ipv4 *ipv4 = m.h.f->net->ipv4;

	for (int i = 0; i < 300; i++)
		step(&m, true);
	fib_unmerge(m.h.f->net);
	fib_unmerge(m.h.f->net); /* a second change of rules: nothing */
	check_shape(ipv4->fib_local);
	check_shape(ipv4->fib_main);
	check_walk(&m, ipv4->fib_local);
	check_walk(&m, ipv4->fib_main);
	for (int i = 0; i < 1000; i++)
		check_lookup(&m, i & 1 ? RT_TABLE_MAIN : RT_TABLE_LOCAL, false);
}

static void test_rt_cache_is_flushed_when_a_used_route_goes(void **state)
{
	struct model m = model_new(state);
	struct model_route r = { .table = RT_TABLE_MAIN,
				 .key = 0x0b000000,
				 .plen = 24,
				 .type = RTN_UNICAST,
				 .oif = m.h.e0->ifindex };
	const struct netns_ipv4 *ipv4 = m.h.f->net->ipv4;

	for (int used = 0; used < 2; used++) {
		struct flowi4 fl4 = { .daddr = cpu_to_be32(r.key + 7) };
		struct fib_config cfg = config_of(&m, &r);
		struct fib_result res;
		uint32_t genid;

		assert_int_equal(fib_table_insert(ipv4->fib_main, &cfg, NULL), 0);
		cfg.fc_dst = cpu_to_be32(r.key + 256); /* so that the leaf has a node above it */
		assert_int_equal(fib_table_insert(ipv4->fib_main, &cfg, NULL), 0);
		cfg.fc_dst = cpu_to_be32(r.key);
		genid = ipv4->rt_genid;
		if (used)
			assert_int_equal(fib_table_lookup(ipv4->fib_main, &fl4, &res, 0), 0);
		assert_int_equal(fib_table_delete(ipv4->fib_main, &cfg, NULL), 0);
		assert_int_equal(ipv4->rt_genid != genid, used);
		fib_table_flush(ipv4->fib_main, true);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_fib_table_lookup_answers_as_a_search_of_all_routes_would),
		fixture_test(test_fib_unmerge_gives_each_table_its_own_routes),
		fixture_test(test_rt_cache_is_flushed_when_a_used_route_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
