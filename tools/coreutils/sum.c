/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sum.c - md5sum, sha1sum, sha256sum, sha512sum, base64
 */
#include "util.h"

#include <errno.h>
#include <glib.h>
#include <stdio.h>

int base64_main(struct ng_task *task, int argc, char **argv);
int md5sum_main(struct ng_task *task, int argc, char **argv);
int sha1sum_main(struct ng_task *task, int argc, char **argv);
int sha256sum_main(struct ng_task *task, int argc, char **argv);
int sha512sum_main(struct ng_task *task, int argc, char **argv);

#define DIGEST_TEXT 129

static void free_checksum(void *sum)
{
	g_checksum_free(sum);
}

/* The hex digits of a file's digest; 0 or -errno. */
static int digest_of(struct ng_task *task, GChecksumType type, const char *path,
		     char ret[DIGEST_TEXT])
{
	GChecksum *sum = g_checksum_new(type);
	const char *data;
	struct cu_in in;
	size_t n;
	int err;

	ng_task_defer(task, free_checksum, sum);
	err = cu_open(&in, task, path);
	if (err)
		return err;
	while ((n = cu_read(&in, &data)) > 0)
		g_checksum_update(sum, (const guchar *)data, (gssize)n);
	cu_close(&in);
	snprintf(ret, DIGEST_TEXT, "%s", g_checksum_get_string(sum));
	return in.error;
}

struct checks {
	int ok, failed, unread, malformed;
};

static void check_line(struct ng_task *task, const char *name, GChecksumType type, char *line,
		       struct checks *n)
{
	size_t len = (size_t)g_checksum_type_get_length(type) * 2;
	char digest[DIGEST_TEXT], *path;
	int err;

	if (strlen(line) < len + 3 || line[len] != ' ' ||
	    (line[len + 1] != ' ' && line[len + 1] != '*')) {
		n->malformed++;
		return;
	}
	line[len] = '\0';
	path = line + len + 2;
	err = digest_of(task, type, path, digest);
	if (err) {
		prog_error(task, name, -err, "%s", path);
		ng_printf(ng_stdout(task), "%s: FAILED open or read\n", path);
		n->unread++;
		return;
	}
	err = g_ascii_strcasecmp(line, digest);
	ng_printf(ng_stdout(task), "%s: %s\n", path, err ? "FAILED" : "OK");
	n->failed += !!err;
	n->ok += !err;
}

static int check(struct ng_task *task, const char *name, GChecksumType type, const char *path)
{
	struct checks n = { 0 };
	struct cu_line line;
	struct cu_in in;
	int err = cu_open(&in, task, path);

	if (err) {
		prog_error(task, name, -err, "%s", path);
		return 1;
	}
	while (cu_line_next(&in, &line))
		check_line(task, name, type, line.s, &n);
	cu_close(&in);
	if (!n.ok && !n.failed && !n.unread) {
		prog_error(task, name, 0, "%s: no properly formatted checksum lines found", path);
		return 1;
	}
	if (n.unread)
		prog_error(task, name, 0, "WARNING: %d listed file%s could not be read", n.unread,
			   n.unread == 1 ? "" : "s");
	if (n.failed)
		prog_error(task, name, 0, "WARNING: %d computed checksum%s did NOT match", n.failed,
			   n.failed == 1 ? "" : "s");
	return n.failed || n.unread;
}

static int sum_run(struct ng_task *task, int argc, char **argv, GChecksumType type)
{
	static const struct ng_option options[] = {
		{ "check", 0, 'c' },  { "binary", 0, 'b' },   { "text", 0, 't' },
		{ "help", 0, 1000 },  { "version", 0, 1001 }, { "ignore-missing", 0, 1002 },
		{ "quiet", 0, 1003 }, { "status", 0, 1004 },  { "strict", 0, 1005 },
		{ "tag", 0, 1006 },   { "warn", 0, 'w' },     { "zero", 0, 'z' },
		{ NULL, 0, 0 }
	};
	struct ng_getopt st = { .task = task };
	bool checking = false, binary = false;
	static const char *const none[] = { "-" };
	int c, n, status = 0;

	while ((c = ng_getopt_long(&st, argc, argv, "cbtwz", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c >= 1000 || c == 'w' || c == 'z')
			return ng_not_modelled(task, "%s %s", argv[0], argv[st.optind - 1]);
		checking |= c == 'c';
		binary |= c == 'b';
	}
	n = argc - st.optind;
	for (int i = 0; i < (n ? n : 1); i++) {
		const char *path = n ? argv[st.optind + i] : none[0];
		char digest[DIGEST_TEXT];
		int err;

		if (checking) {
			status |= check(task, argv[0], type, path);
			continue;
		}
		err = digest_of(task, type, path, digest);
		if (err) {
			prog_error(task, argv[0], -err, "%s", path);
			status = 1;
		} else {
			ng_printf(ng_stdout(task), "%s %c%s\n", digest, binary ? '*' : ' ', path);
		}
	}
	return status;
}

/**
 * md5sum_main() - md5sum [-bc] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int md5sum_main(struct ng_task *task, int argc, char **argv)
{
	return sum_run(task, argc, argv, G_CHECKSUM_MD5);
}

/** sha1sum_main() - sha1sum [-bc] [file ...]; the status */
int sha1sum_main(struct ng_task *task, int argc, char **argv)
{
	return sum_run(task, argc, argv, G_CHECKSUM_SHA1);
}

/** sha256sum_main() - sha256sum [-bc] [file ...]; the status */
int sha256sum_main(struct ng_task *task, int argc, char **argv)
{
	return sum_run(task, argc, argv, G_CHECKSUM_SHA256);
}

/** sha512sum_main() - sha512sum [-bc] [file ...]; the status */
int sha512sum_main(struct ng_task *task, int argc, char **argv)
{
	return sum_run(task, argc, argv, G_CHECKSUM_SHA512);
}

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void encode(struct ng_task *task, const uint8_t *data, size_t len, size_t wrap)
{
	struct ng_out *out = ng_stdout(task);
	size_t column = 0;

	for (size_t i = 0; i < len; i += 3) {
		uint32_t v = (uint32_t)data[i] << 16 |
			     (i + 1 < len ? (uint32_t)data[i + 1] << 8 : 0) |
			     (i + 2 < len ? data[i + 2] : 0);

		for (size_t k = 0; k < 4; k++) {
			if (wrap && column == wrap) {
				ng_putc(out, '\n');
				column = 0;
			}
			ng_putc(out, i + k > len ? '=' : digits[v >> (18 - 6 * k) & 63]);
			column++;
		}
	}
	if (wrap && column)
		ng_putc(out, '\n');
}

static bool decode(struct ng_task *task, const char *s, size_t len, bool lax)
{
	uint32_t v = 0;
	int have = 0, pads = 0;

	for (size_t i = 0; i < len; i++) {
		const char *d = s[i] ? strchr(digits, s[i]) : NULL;

		if (s[i] == '\n' || (lax && !d && s[i] != '='))
			continue;
		if (s[i] == '=')
			pads++;
		else if (!d || pads)
			return false;
		v = v << 6 | (d ? (uint32_t)(d - digits) : 0);
		if (++have == 4) {
			for (int k = 0; k < 3 - pads; k++)
				ng_putc(ng_stdout(task), (char)(v >> (16 - 8 * k)));
			have = 0;
			v = 0;
		}
	}
	return have == 0;
}

/**
 * base64_main() - base64 [-di] [-w columns] [file]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int base64_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "decode", 0, 'd' },
						    { "ignore-garbage", 0, 'i' },
						    { "wrap", 1, 'w' },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	bool decoding = false, lax = false;
	uint64_t wrap = 76;
	struct cu_in in;
	const char *path;
	size_t len;
	char *data;
	int c, err;

	while ((c = ng_getopt_long(&st, argc, argv, "diw:", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c == 'w' && !cu_number(st.optarg, &wrap)) {
			prog_error(task, "base64", 0, "invalid wrap size: '%s'", st.optarg);
			return 1;
		}
		decoding |= c == 'd';
		lax |= c == 'i';
	}
	path = st.optind < argc ? argv[st.optind] : "-";
	err = cu_open(&in, task, path);
	if (err) {
		prog_error(task, "base64", -err, "%s", path);
		return 1;
	}
	data = cu_read_all(&in, &len);
	cu_close(&in);
	if (!decoding) {
		encode(task, (const uint8_t *)data, len, (size_t)wrap);
		return 0;
	}
	if (!decode(task, data, len, lax)) {
		prog_error(task, "base64", 0, "invalid input");
		return 1;
	}
	return 0;
}
