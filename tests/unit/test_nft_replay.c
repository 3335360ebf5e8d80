/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_nft_replay.c - what Linux answered Debian's iptables, ours answers too, byte for byte */
#include <stdio.h>

#include "nf_fixture.h"

static const char *given_file; /* argv[1] */

/* beside this file, wherever the compiler found it; meson runs tests where it compiles */
static FILE *open_recording(void)
{
	static const char name[] = "../golden/nftables/iptables-1.8.9.rec";
	const char *slash = strrchr(__FILE__, '/');
	char path[1024];

	snprintf(path, sizeof(path), "%.*s%s", slash ? (int)(slash - __FILE__ + 1) : 0, __FILE__,
		 name);
	return fopen(given_file ? given_file : path, "r");
}

static void from_hex(const char *text, struct nl_buf *b)
{
	unsigned int v;

	for (; sscanf(text, "%2x", &v) == 1; text += 2)
		*(uint8_t *)nl_buf_put(b, 1) = (uint8_t)v;
}

/* Port ids, and the pid and name of who asked for the generation, are not ours to copy. */
static void mask(struct nl_buf *b)
{
	size_t at = 0;

	while (at + NLMSG_HDRLEN <= b->len) {
		struct nlmsghdr *nlh = (struct nlmsghdr *)(void *)(b->data + at);

		assert_true(nlh->nlmsg_len >= NLMSG_HDRLEN && at + nlh->nlmsg_len <= b->len);
		nlh->nlmsg_pid = 0;
		if (nlh->nlmsg_type == NLMSG_ERROR)
			((struct nlmsgerr *)nlmsg_data(nlh))->msg.nlmsg_pid = 0;
		if (nlh->nlmsg_type == NFT(NFT_MSG_NEWGEN)) {
			/* keep the header and the first attribute */
			b->len = at + NLMSG_HDRLEN + sizeof(struct nfgenmsg) + 8;
			nlh->nlmsg_len = (uint32_t)(b->len - at);
			return;
		}
		at += NLMSG_ALIGN(nlh->nlmsg_len);
	}
}

/* iptables does not stay to read the ACK after the answer about an extension. */
static void forget_unread_ack(struct nl_buf *got, const struct nl_buf *want, uint16_t asked)
{
	if (asked == (NFNL_SUBSYS_NFT_COMPAT << 8 | NFNL_MSG_COMPAT_GET) && got->len > want->len)
		got->len = want->len;
}

static void compare(struct nf_fixture *f, struct nl_buf *want, uint16_t asked, const char *command)
{
	mask(want);
	mask(&f->got);
	forget_unread_ack(&f->got, want, asked);
	if (f->got.len != want->len || (want->len && memcmp(f->got.data, want->data, want->len)))
		fail_msg("message of type %#x in: %s", asked, command);
	want->len = 0;
	f->got.len = 0;
}

static void test_answers_are_those_of_linux(void **state)
{
	static char line[1 << 16];
	char command[256] = "";
	struct nf_fixture *f = *state;
	struct nl_buf want = { 0 };
	FILE *in = open_recording();
	unsigned int requests = 0;
	uint16_t asked = 0;

	assert_non_null(in);
	while (fgets(line, sizeof(line), in)) {
		struct nl_buf b = { 0 };

		switch (line[0]) {
		case '<':
			from_hex(line + 2, &want);
			break;
		case '>':
			compare(f, &want, asked, command);
			from_hex(line + 2, &b);
			asked = ((const struct nlmsghdr *)(const void *)b.data)->nlmsg_type;
			nf_send(f, &b);
			requests++;
			break;
		default:
			compare(f, &want, asked, command);
			snprintf(command, sizeof(command), "%.200s", line + 2);
			break;
		}
	}
	compare(f, &want, asked, command);
	assert_true(requests > 100);
	nl_buf_fini(&want);
	fclose(in);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_answers_are_those_of_linux, nf_setup,
						nf_teardown),
	};

	if (argc > 1)
		given_file = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
