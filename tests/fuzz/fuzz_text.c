/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_text.c - any bytes as a tutorial: what is found in it is a script the shell can read
 */
#include "fuzz.h"

#include "../../tools/sh/parse.h"
#include "../../tools/texts/script.h"
#include "../../tools/texts/texts.h"

/* Every command was judged to be one: the shell reads each by itself, and all of them as a script. */
static void read_back(const struct text *t)
{
	g_autofree char *script = text_script(t, "text");
	struct sh_parser *p = sh_parser_new();
	struct sh_command cmd;
	enum sh_parse got;

	sh_parser_text(p, script, strlen(script));
	while ((got = sh_parse_next(p, &cmd)) == SH_PARSE_COMMAND)
		sh_tree_put(cmd.tree);
	if (got == SH_PARSE_ERROR)
		__builtin_trap();
	sh_parser_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *why = NULL;
	struct text *t = text_read((const char *)data, size, &why);
	struct script *s;

	if (!t) {
		if (!why)
			__builtin_trap();
		return 0;
	}
	read_back(t);
	s = script_from_text(t, "text");
	g_free(script_write(s));
	script_free(s);
	text_free(t);
	return 0;
}
