/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_cmdwords.c - what Tab offers behind the words of a command
 */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../tools/cli/cmdwords.h"

static const struct {
	const char *line, *offered;
} cases[] = {
	{ "i", "ip iptables" },
	{ "ip r", "route rule" },
	{ "ip route add d", "default dev" },
	{ "ip -n red route add d", "default dev" },
	{ "ip netns exec red ip link s", "set show" },
	{ "sudo ip netns exec red ip link set eth0 u", "up" },
	{ "ip link add v0 type v", "veth" },
	{ "ip netns exec red i", "ip iptables" },
	{ "iptables -t n", "nat" },
	{ "iptables -t nat -A P", "PREROUTING POSTROUTING" },
	{ "ip netns exec gw iptables -P FORWARD D", "DROP" },
	{ "iptables -A FORWARD -j M", "MASQUERADE MARK" },
	{ "bridge link set dev p1 h", "hairpin" },
	{ "bridge link set dev p1 hairpin o", "on off" },
	{ "frobnicate ", "" },
};

static void test_tab_offers_the_words_that_may_follow(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
		g_autofree char *got = NULL;

		cmdwords_offer(words, cases[i].line);
		g_ptr_array_add(words, NULL);
		got = g_strjoinv(" ", (char **)words->pdata);
		assert_string_equal(got, cases[i].offered);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tab_offers_the_words_that_may_follow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
