/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * script.c - a scenario: cut into complete commands, its "#@" lines read
 */
#include <string.h>

#include "../sh/parse.h"
#include "validate.h"

/*
 * Printed for the host and for each named namespace. Everything here only reads; every command
 * is one that both sides have. The first words are how the recorder knows the command again.
 */
#define PER_NS                                                                                     \
	"echo \"@@T $__w link\"; $__p ip -o -d link; echo \"@@T $__w addr\"; $__p ip -o -4 addr; " \
	"echo \"@@T $__w route\"; $__p ip route show table all; echo \"@@T $__w rule\"; $__p ip "  \
	"rule; "                                                                                   \
	"echo \"@@T $__w fdb\"; $__p bridge fdb; "                                                 \
	"echo \"@@T $__w bridge\"; $__p bridge link; "                                             \
	"echo \"@@T $__w iptables\"; $__p iptables-save -c; "                                      \
	"echo \"@@T $__w conntrack\"; $__p conntrack -L; "                                         \
	"echo \"@@T $__w sysctl\"; $__p sysctl net.ipv4.ip_forward net.ipv4.conf.all.forwarding "  \
	"net.ipv4.conf.default.forwarding net.ipv4.conf.all.rp_filter "                            \
	"net.ipv4.conf.all.proxy_arp "                                                             \
	"net.ipv4.icmp_echo_ignore_all net.ipv4.ip_default_ttl "                                   \
	"net.bridge.bridge-nf-call-iptables; "

/* What timers change comes first. */
#define NEIGH "echo \"@@T $__w neigh\"; $__p ip neigh; "
#define EACH(what) \
	"ip netns | sort | while read -r __w __x; do __p=\"ip netns exec $__w\"; " what "done; "

#define TABLES                                                              \
	": netglass tables $(( __k = $? )); { __w=host; __p=; " NEIGH EACH( \
		NEIGH) "__w=host; "                                         \
		       "__p=; " PER_NS                                      \
		       EACH(PER_NS) "} </dev/null 2>/dev/null; (exit $__k) && :"

#define TABLES_MARK ": netglass tables "

/**
 * vl_tables_command() - The command that prints all tables
 *
 * Return: shell text of one line.
 */
const char *vl_tables_command(void)
{
	return TABLES;
}

/* One of the "#@ ..." that @line begins with is about @word: what follows, else NULL. */
static const char *meta(const char *line, const char *word)
{
	const char *p = line + strspn(line, " \t");

	if (!g_str_has_prefix(p, "#@"))
		return NULL;
	for (; p; p = strstr(p, "#@")) {
		p += 2;
		p += strspn(p, " \t");
		if (g_str_has_prefix(p, word) && !g_ascii_isalnum(p[strlen(word)]))
			return p + strlen(word);
	}
	return NULL;
}

static void read_kernel(struct vl_script *s, const char *rest)
{
	g_auto(GStrv) words = g_strsplit_set(rest, ": \t,", -1);

	for (char **w = words; *w && (*w)[0] != '#'; w++) {
		if (strchr(*w, '='))
			g_ptr_array_add(s->kernel, g_strdup(*w));
	}
}

static void read_meta(struct vl_script *s, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *out = g_string_new(NULL);

	for (char **l = lines; *l; l++) {
		const char *kernel = meta(*l, "kernel");

		if (kernel)
			read_kernel(s, kernel);
		g_string_append(out, meta(*l, "checkpoint") ? TABLES : *l);
		if (l[1])
			g_string_append_c(out, '\n');
	}
	s->len = out->len;
	s->text = g_string_free(out, FALSE);
}

static void cut(struct vl_script *s)
{
	struct sh_parser *p = sh_parser_new();
	struct sh_command cmd;

	sh_parser_text(p, s->text, s->len);
	while (sh_parse_next(p, &cmd) == SH_PARSE_COMMAND) {
		struct vl_cut c = {
			.start = cmd.start,
			.len = cmd.len,
			.first_line = cmd.first_line,
			.last_line = cmd.last_line,
		};

		c.tables = !strncmp(s->text + c.start, TABLES_MARK, strlen(TABLES_MARK));
		g_array_append_val(s->cuts, c);
		sh_tree_put(cmd.tree);
	}
	sh_parser_free(p);
}

/**
 * vl_script_text() - A scenario from its text
 * @path: what it is called
 * @text: the text
 *
 * What the parser refuses is not cut: both shells say themselves what is wrong with it.
 *
 * Return: the script.
 */
struct vl_script *vl_script_text(const char *path, const char *text)
{
	struct vl_script *s = g_new0(struct vl_script, 1);

	s->path = g_strdup(path);
	s->name = g_path_get_basename(path);
	if (g_str_has_suffix(s->name, ".sh"))
		s->name[strlen(s->name) - 3] = 0;
	s->cuts = g_array_new(FALSE, FALSE, sizeof(struct vl_cut));
	s->kernel = g_ptr_array_new_with_free_func(g_free);
	s->proxies = strstr(text, "proxy_arp");
	read_meta(s, text);
	cut(s);
	return s;
}

/**
 * vl_script_read() - Reads a scenario
 * @path: its file
 * @ret_error: why it cannot be read; g_free() it
 *
 * Return: the script, or NULL.
 */
struct vl_script *vl_script_read(const char *path, char **ret_error)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	gsize len;

	*ret_error = NULL;
	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) && g_file_test(path, G_FILE_TEST_EXISTS)) {
		*ret_error = g_strdup_printf("%s: not a file", path);
		return NULL;
	}
	if (!g_file_get_contents(path, &text, &len, &error)) {
		*ret_error = g_strdup(error->message);
		return NULL;
	}
	if (len > SH_TEXT_MAX) {
		*ret_error = g_strdup_printf("%s: longer than %d bytes", path, SH_TEXT_MAX);
		return NULL;
	}
	if (memchr(text, 0, len)) {
		*ret_error = g_strdup_printf("%s: not a text (it has zero bytes)", path);
		return NULL;
	}
	return vl_script_text(path, text);
}

/**
 * vl_script_free() - Frees it
 * @s: or NULL
 */
void vl_script_free(struct vl_script *s)
{
	if (!s)
		return;
	g_free(s->path);
	g_free(s->name);
	g_free(s->text);
	g_array_unref(s->cuts);
	g_ptr_array_unref(s->kernel);
	g_free(s);
}
