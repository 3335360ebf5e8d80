/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_br_fdb.c - learning, ageing, moving, and what users add
 */
#include <linux/neighbour.h>

#include "br_fixture.h"
#include "core/rtnetlink.h"

static struct net_bridge_fdb_entry *find_station(struct fixture *f, int n)
{
	uint8_t addr[ETH_ALEN];

	station(addr, n);
	return br_fdb_find(f->br, addr, 0);
}

static void test_br_fdb_update_learns_where_a_station_is(void **state)
{
	struct fixture *f = *state;
	struct net_bridge_fdb_entry *e;

	fixture_send(f, 2, 1, 9);
	e = find_station(f, 1);
	assert_non_null(e);
	assert_ptr_equal(e->dst, br_port_get(f->port[2]));
	assert_int_equal(f->br->fdb_n_learned, 1);
	assert_null(find_station(f, 9));
}

static void test_br_fdb_update_follows_a_station_that_moves_unless_sticky(void **state)
{
	struct fixture *f = *state;

	fixture_send(f, 1, 1, 9);
	fixture_send(f, 2, 1, 9);
	assert_ptr_equal(find_station(f, 1)->dst, br_port_get(f->port[2]));
	find_station(f, 1)->flags |= BR_FDB_STICKY;
	fixture_send(f, 3, 1, 9);
	assert_ptr_equal(find_station(f, 1)->dst, br_port_get(f->port[2]));
}

static void test_br_fdb_update_keeps_the_bridges_own_addresses(void **state)
{
	struct fixture *f = *state;

	fixture_in(f, 2, fixture_broadcast, f->port[1]->dev_addr);
	assert_ptr_equal(br_fdb_find(f->br, f->port[1]->dev_addr, 0)->dst, br_port_get(f->port[1]));
	assert_int_equal(f->br->fdb_n_learned, 0);
}

static void test_br_fdb_entry_is_gone_after_the_ageing_time(void **state)
{
	struct fixture *f = *state;

	br_set_ageing_time(f->br, 1000);
	fixture_send(f, 1, 1, 9);
	fixture_wait(f, 6 * NSEC_PER_SEC);
	fixture_send(f, 1, 1, 9);
	fixture_wait(f, 6 * NSEC_PER_SEC);
	assert_non_null(find_station(f, 1));
	fixture_wait(f, 5 * NSEC_PER_SEC);
	assert_null(find_station(f, 1));
	assert_int_equal(f->br->fdb_n_learned, 0);
	assert_false(sim_timer_pending(&f->br->gc_timer));
}

static void test_br_fdb_learns_nothing_when_the_ageing_time_is_0(void **state)
{
	struct fixture *f = *state;

	fixture_send(f, 2, 2, 9);
	br_set_ageing_time(f->br, 0);
	fixture_wait(f, NSEC_PER_SEC);
	assert_null(find_station(f, 2));
	fixture_send(f, 1, 1, 9);
	assert_null(find_station(f, 1));
}

static void test_br_fdb_grows_and_keeps_every_entry(void **state)
{
	struct fixture *f = *state;
	uint8_t addr[ETH_ALEN] = { 2, 1, 0, 0, 0, 0 };

	for (int i = 0; i < 1000; i++) {
		addr[4] = (uint8_t)(i >> 8);
		addr[5] = (uint8_t)i;
		br_fdb_update(br_port_get(f->port[1]), addr, 0, 0, NULL, NULL);
	}
	for (int i = 0; i < 1000; i++) {
		addr[4] = (uint8_t)(i >> 8);
		addr[5] = (uint8_t)i;
		assert_non_null(br_fdb_find(f->br, addr, 0));
	}
	br_fdb_delete_by_port(f->br, br_port_get(f->port[1]), false);
	assert_null(br_fdb_find(f->br, addr, 0));
	assert_non_null(br_fdb_find(f->br, f->port[1]->dev_addr, 0));
}

static void test_br_fdb_learns_no_more_than_allowed(void **state)
{
	struct fixture *f = *state;

	f->br->fdb_max_learned = 2;
	fixture_send(f, 1, 1, 9);
	fixture_send(f, 1, 2, 9);
	fixture_send(f, 1, 3, 9);
	assert_non_null(find_station(f, 2));
	assert_null(find_station(f, 3));
}

static void test_br_fdb_flush_removes_what_matches(void **state)
{
	struct fixture *f = *state;
	const struct br_fdb_flush dynamic = { .flags_mask = BR_FDB_STATIC };
	const struct br_fdb_flush port = { .port_ifindex = f->port[2]->ifindex };

	fixture_send(f, 1, 1, 9);
	fixture_send(f, 2, 2, 9);
	br_fdb_flush(f->br, &port);
	assert_null(find_station(f, 2));
	assert_null(br_fdb_find(f->br, f->port[2]->dev_addr, 0));
	assert_non_null(find_station(f, 1));
	br_fdb_flush(f->br, &dynamic);
	assert_null(find_station(f, 1));
	assert_non_null(br_fdb_find(f->br, f->port[1]->dev_addr, 0));
}

/* ---- as messages ---- */

struct fdb_request {
	uint16_t type;
	uint16_t flags;
	uint8_t ndm_flags;
	uint16_t ndm_state;
	int port; /* 0: the bridge */
	int station;
};

static int fdb_ask(struct fixture *f, const struct fdb_request *r, struct ng_extack *extack,
		   struct nl_buf *reply)
{
	struct nl_request req = { .net = f->net, .extack = extack };
	struct nl_buf buf = { 0 };
	struct ndmsg *ndm = nlmsg_put(&buf, 0, 1, r->type, NLM_F_REQUEST | r->flags, sizeof(*ndm));
	uint8_t addr[ETH_ALEN];
	int err;

	ndm->ndm_family = AF_BRIDGE;
	ndm->ndm_ifindex = r->port ? f->port[r->port]->ifindex : f->brdev->ifindex;
	ndm->ndm_flags = r->ndm_flags;
	ndm->ndm_state = r->ndm_state;
	station(addr, r->station);
	nla_put(&buf, NDA_LLADDR, ETH_ALEN, addr);
	nlmsg_end(&buf);
	req.nlh = (struct nlmsghdr *)(void *)buf.data;
	extack->msg = NULL;
	if (r->type == RTM_NEWNEIGH)
		err = rtnl_fdb_add(&req);
	else if (r->type == RTM_DELNEIGH)
		err = rtnl_fdb_del(&req);
	else
		err = rtnl_fdb_get(&req);
	nl_buf_fini(&buf);
	if (reply)
		*reply = req.reply;
	else
		nl_buf_fini(&req.reply);
	return err;
}

static void test_rtnl_fdb_add_answers_as_linux_does(void **state)
{
	enum {
		ADD = NLM_F_CREATE | NLM_F_EXCL,
		APPEND = NLM_F_CREATE | NLM_F_APPEND,
		REPLACE = NLM_F_CREATE | NLM_F_REPLACE
	};
	static const struct {
		const char *what;
		struct fdb_request req;
		int want;
	} cases[] = {
		{ "permanent", { RTM_NEWNEIGH, ADD, NTF_MASTER, NUD_PERMANENT, 1, 1 }, 0 },
		{ "twice", { RTM_NEWNEIGH, ADD, NTF_MASTER, NUD_PERMANENT, 1, 1 }, -EEXIST },
		{ "append", { RTM_NEWNEIGH, APPEND, NTF_MASTER, NUD_PERMANENT, 1, 1 }, 0 },
		{ "replace", { RTM_NEWNEIGH, REPLACE, NTF_MASTER, NUD_NOARP, 2, 1 }, 0 },
		{ "change nothing", { RTM_NEWNEIGH, 0, NTF_MASTER, NUD_NOARP, 2, 7 }, -ENOENT },
		{ "no state", { RTM_NEWNEIGH, ADD, NTF_MASTER, 0, 1, 2 }, -EINVAL },
		{ "bridge, not permanent",
		  { RTM_NEWNEIGH, ADD, NTF_SELF, NUD_NOARP, 0, 2 },
		  -EINVAL },
		{ "bridge", { RTM_NEWNEIGH, ADD, NTF_SELF, NUD_PERMANENT, 0, 2 }, 0 },
		{ "bridge has no master",
		  { RTM_NEWNEIGH, ADD, NTF_MASTER, NUD_PERMANENT, 0, 3 },
		  -EOPNOTSUPP },
		{ "sticky permanent",
		  { RTM_NEWNEIGH, ADD, NTF_MASTER | NTF_STICKY, NUD_PERMANENT, 1, 4 },
		  -EINVAL },
		{ "own list", { RTM_NEWNEIGH, ADD, NTF_SELF, NUD_PERMANENT, 1, 5 }, 0 },
		{ "own list twice", { RTM_NEWNEIGH, ADD, NTF_SELF, NUD_PERMANENT, 1, 5 }, -EEXIST },
		{ "delete", { RTM_DELNEIGH, 0, NTF_MASTER, NUD_PERMANENT, 2, 1 }, 0 },
		{ "delete again", { RTM_DELNEIGH, 0, NTF_MASTER, NUD_PERMANENT, 2, 1 }, -ENOENT },
		{ "delete from own list", { RTM_DELNEIGH, 0, NTF_SELF, NUD_PERMANENT, 1, 5 }, 0 },
		{ "delete from own list again",
		  { RTM_DELNEIGH, 0, NTF_SELF, NUD_PERMANENT, 1, 5 },
		  -ENOENT },
		{ "get", { RTM_GETNEIGH, 0, NTF_SELF, 0, 0, 2 }, 0 },
		{ "get through a port", { RTM_GETNEIGH, 0, NTF_MASTER, 0, 1, 2 }, 0 },
		{ "get what is not there", { RTM_GETNEIGH, 0, NTF_MASTER, 0, 1, 3 }, -ENOENT },
		{ "get from own list", { RTM_GETNEIGH, 0, NTF_SELF, 0, 1, 3 }, -EOPNOTSUPP },
	};
	struct fixture *f = *state;
	struct ng_extack extack;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int err = fdb_ask(f, &cases[i].req, &extack, NULL);

		if (err != cases[i].want)
			fail_msg("%s: %d instead of %d", cases[i].what, err, cases[i].want);
	}
}

static void test_rtnl_fdb_add_refuses_dynamic_entries_of_a_dead_port(void **state)
{
	static const struct fdb_request dynamic = {
		RTM_NEWNEIGH, NLM_F_CREATE, NTF_MASTER, NUD_REACHABLE, 1, 1
	};
	struct fixture *f = *state;
	struct ng_extack extack;

	dev_close(f->port[1]);
	assert_int_equal(fdb_ask(f, &dynamic, &extack, NULL), -EPERM);
	dev_open(f->port[1], NULL);
	sim_run_queue(&f->world->sim);
	assert_int_equal(fdb_ask(f, &dynamic, &extack, NULL), 0);
	assert_non_null(find_station(f, 1));
	fixture_wait(f, 320 * NSEC_PER_SEC);
	assert_null(find_station(f, 1));
}

static void test_rtnl_fdb_get_fills_the_attributes_in_the_kernels_order(void **state)
{
	static const struct fdb_request get = { RTM_GETNEIGH, 0, NTF_MASTER, 0, 1, 1 };
	static const uint16_t want[] = { NDA_LLADDR, NDA_MASTER, 15, NDA_CACHEINFO };
	struct fixture *f = *state;
	struct ng_extack extack;
	struct nl_buf reply;
	const struct nlattr *pos;
	const struct ndmsg *ndm;
	size_t left, i = 0;

	fixture_send(f, 2, 1, 9);
	assert_int_equal(fdb_ask(f, &get, &extack, &reply), 0);
	ndm = nlmsg_data((struct nlmsghdr *)(void *)reply.data);
	assert_int_equal(ndm->ndm_ifindex, f->port[2]->ifindex);
	assert_int_equal(ndm->ndm_state, NUD_REACHABLE);
	nla_for_each(pos, ndm + 1, reply.len - NLMSG_HDRLEN - sizeof(*ndm), left)
		assert_int_equal(nla_type(pos), want[i++]);
	assert_int_equal(i, 4);
	nl_buf_fini(&reply);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_br_fdb_update_learns_where_a_station_is),
		fixture_test(test_br_fdb_update_follows_a_station_that_moves_unless_sticky),
		fixture_test(test_br_fdb_update_keeps_the_bridges_own_addresses),
		fixture_test(test_br_fdb_entry_is_gone_after_the_ageing_time),
		fixture_test(test_br_fdb_learns_nothing_when_the_ageing_time_is_0),
		fixture_test(test_br_fdb_grows_and_keeps_every_entry),
		fixture_test(test_br_fdb_learns_no_more_than_allowed),
		fixture_test(test_br_fdb_flush_removes_what_matches),
		fixture_test(test_rtnl_fdb_add_answers_as_linux_does),
		fixture_test(test_rtnl_fdb_add_refuses_dynamic_entries_of_a_dead_port),
		fixture_test(test_rtnl_fdb_get_fills_the_attributes_in_the_kernels_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
