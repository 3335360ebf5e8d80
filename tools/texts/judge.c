/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge.c - command or prose?
 *
 * First the shell must be able to read it, and its first word must be a
 * program, a builtin or the beginning of a compound command. Then signs are
 * weighed: options, addresses and known subcommands against words that are
 * hardly ever arguments, punctuation, and words where the tool knows none.
 */
#include "words.h"

#include <glib.h>
#include <string.h>

#include "../sh/parse.h"

enum parsed { PARSED_OK, PARSED_BAD, PARSED_MORE };

struct weight {
	int prose;
	int command;
	int strong;
};

struct word {
	char *text;
	bool quoted;
	bool op; /* ; | & and the like */
};

static void word_free(gpointer data)
{
	struct word *w = data;

	g_free(w->text);
	g_free(w);
}

/* `<name>` stands for a word: the shell would take it for a redirection. */
static char *without_placeholders(const char *text)
{
	g_autoptr(GRegex) re =
		g_regex_new("<[A-Za-z][A-Za-z0-9_.:-]*( [A-Za-z0-9_.:-]+)*>", G_REGEX_RAW, 0, NULL);

	return g_regex_replace_literal(re, text, -1, 0, "PLACE", 0, NULL);
}

static bool goes_on(const char *text)
{
	size_t len = strlen(text);

	return len && text[len - 1] == '\\' && (len < 2 || text[len - 2] != '\\');
}

static enum parsed parse(const char *text)
{
	struct sh_parser *p = sh_parser_new();
	enum parsed result = PARSED_OK;
	struct sh_command cmd;
	enum sh_parse got;
	unsigned int here, line;
	bool any = false;

	sh_parser_text(p, text, strlen(text));
	while ((got = sh_parse_next(p, &cmd)) == SH_PARSE_COMMAND) {
		any = true;
		sh_tree_put(cmd.tree);
		if (sh_parser_heredoc_warning(p, &here, &line))
			result = PARSED_MORE;
	}
	if (got == SH_PARSE_ERROR)
		result = strstr(sh_parser_error(p), "unexpected end of file") ||
					 strstr(sh_parser_error(p), "unexpected EOF")
				 ? PARSED_MORE
				 : PARSED_BAD;
	else if (!any)
		result = PARSED_BAD;
	if (goes_on(text))
		result = PARSED_MORE;
	sh_parser_free(p);
	return result;
}

static size_t word_len(const char *s, bool *ret_quoted)
{
	char quote = 0;
	size_t n = 0;

	*ret_quoted = false;
	for (; s[n]; n++) {
		if (quote) {
			if (s[n] == quote)
				quote = 0;
		} else if (s[n] == '"' || s[n] == '\'') {
			quote = s[n];
			*ret_quoted = true;
		} else if (s[n] == '\\' && s[n + 1] == '\n') {
			break;
		} else if (s[n] == '\\' && s[n + 1]) {
			n++;
		} else if (strchr(" \t\n;|&", s[n])) {
			break;
		}
	}
	return n;
}

static GPtrArray *split(const char *s)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(word_free);

	while (*s) {
		struct word *w;
		size_t n;

		s += strspn(s, " \t");
		while (s[0] == '\\' && s[1] == '\n')
			s += 2 + strspn(s + 2, " \t");
		if (*s == '#')
			s += strcspn(s, "\n");
		if (!*s)
			break;
		w = g_new0(struct word, 1);
		n = strspn(s, ";|&\n");
		w->op = n > 0;
		if (!n)
			n = word_len(s, &w->quoted);
		w->text = g_strndup(s, n);
		g_ptr_array_add(words, w);
		s += n;
	}
	return words;
}

static bool is_alpha(const char *s)
{
	for (; *s; s++) {
		if (!g_ascii_isalpha(*s))
			return false;
	}
	return true;
}

static bool is_address(const char *s)
{
	int dots = 0, colons = 0;

	if (!strpbrk(s, "0123456789"))
		return false;
	for (; *s; s++) {
		dots += *s == '.';
		colons += *s == ':';
		if (!g_ascii_isxdigit(*s) && !strchr(".:/", *s))
			return false;
	}
	return dots == 3 || colons >= 2;
}

/* "{ up | down }", "[ dev NAME ]": how to use a command, not a use of it */
static bool is_usage(const char *s)
{
	size_t len = strlen(s);

	if (s[0] == '{')
		return !strchr(s, ',') && !strstr(s, "..");
	return !strcmp(s, "}") || (len && s[len - 1] == ']' && !strchr(s, '['));
}

static void weigh_word(struct weight *w, const char *s)
{
	size_t len = strlen(s);
	int english = word_english(s);

	if (english == 2) {
		w->prose += 3;
		w->strong++;
	} else if (english == 1) {
		w->prose++;
	}
	if (!strcmp(s, "..."))
		w->prose += 3;
	if (len > 1 && strchr(".,:?!", s[len - 1]) && !is_address(s) && !g_str_has_suffix(s, "::"))
		w->prose += len > 2 && !strcmp(s + len - 3, "...") ? 1 : 3;
	if (s[0] == '-' && len > 1)
		w->command += 2;
	else if (is_address(s))
		w->command += 2;
	else if (s[0] == '/' || strpbrk(s, "0123456789=$<>"))
		w->command++;
	else if (s[0] == '(' || s[0] == '[' || is_usage(s))
		w->prose += 3;
}

static void weigh_sub(struct weight *w, const struct known_word *k, const char *sub)
{
	g_autofree char *near = NULL;

	if (word_in(k->subs, sub, strlen(sub))) {
		w->command += 2;
		return;
	}
	near = word_nearest(k->subs, sub, 1);
	if (!near || strlen(sub) < 4)
		w->prose += 3;
}

static void weigh_host(struct weight *w, int position, const char *s, bool after_option)
{
	if (position > 0 && !after_option && is_alpha(s))
		w->prose += 2;
}

static bool wants_option(const struct known_word *k, const char *s)
{
	if (s[0] == '-' || s[0] == '$')
		return false;
	return (k->flags & WORD_OPTION) || ((k->flags & WORD_SETTING) && !strpbrk(s, "./="));
}

/* Weighs the arguments of one simple command; @at is behind its program. Returns where it ends. */
static unsigned int weigh_args(struct weight *w, const struct known_word *k, const GPtrArray *words,
			       unsigned int at)
{
	int position = 0;
	bool after_option = false;
	bool options = false;

	for (; at < words->len; at++) {
		const struct word *word = g_ptr_array_index(words, at);
		const char *s = word->text;

		if (word->op)
			break;
		if (word->quoted || (k && k->flags & WORD_FREE)) {
			w->command++;
			position++;
			continue;
		}
		if (k && k->subs && !position && s[0] != '-' && !after_option)
			weigh_sub(w, k, s);
		if (k && !position && !options && wants_option(k, s))
			w->prose += 3;
		if (k && k->flags & WORD_HOST)
			weigh_host(w, position, s, after_option);
		weigh_word(w, s);
		options |= s[0] == '-';
		if (s[0] == '-')
			after_option = true;
		else if (after_option && !position)
			after_option = false; /* its argument, or the first word: both are fine */
		else
			position++;
	}
	return at;
}

static const char *base_name(const char *s)
{
	const char *slash = strrchr(s, '/');

	return slash ? slash + 1 : s;
}

static bool skip_in_front(const char *s)
{
	const char *eq = strchr(s, '=');

	if (word_in("sudo env time ! command nohup exec do then else", s, strlen(s)))
		return true;
	if (!eq || eq == s || g_ascii_isdigit(s[0]))
		return false;
	for (; s < eq; s++) {
		if (!g_ascii_isalnum(*s) && *s != '_')
			return false;
	}
	return true;
}

static bool plausible_name(const char *s)
{
	if (!g_ascii_islower(s[0]) && !strchr("./", s[0]))
		return false;
	for (; *s; s++) {
		if (!g_ascii_isalnum(*s) && !strchr("._/+-", *s))
			return false;
	}
	return true;
}

/* Nothing but assignments: A=1 */
static bool judge_assignments(const struct weight *w)
{
	return !w->prose;
}

static bool judge_first(const char *first, const char *second, enum judge_where where,
			struct weight *w, unsigned int n_args)
{
	const struct known_word *k = word_program(base_name(first));
	bool known = word_is_program(first) || word_is_builtin(first);

	if (word_in("exit logout", first, strlen(first)))
		return false;
	if (n_args && where != JUDGE_PROMPT && word_is_verb(first) && !strchr("-%$./[\"'", *second))
		return false;
	if (!n_args)
		return k ? (k->flags & WORD_BARE) != 0 : known && where == JUDGE_PROMPT;
	if (where == JUDGE_PROMPT)
		return plausible_name(first) && (!w->prose || w->prose < w->command);
	if (w->prose && w->prose >= w->command)
		return false;
	if (w->strong > 1 && !(k && k->flags & WORD_FREE))
		return false;
	if (k)
		return true;
	if (!known && where == JUDGE_PROSE)
		return word_nearest_program(first) && w->command >= 3;
	if (!known)
		return word_nearest_program(first) && w->command >= 2 && !w->prose;
	return w->command > 0;
}

static const struct word *word_at(const GPtrArray *words, unsigned int i)
{
	return g_ptr_array_index(words, i);
}

/* "echo requests go out", "sleep well" */
static bool is_told(const struct known_word *k, const GPtrArray *words, unsigned int begin,
		    unsigned int end)
{
	if (!k || !(k->flags & WORD_FREE))
		return false;
	for (unsigned int i = begin; i < end; i++) {
		if (word_at(words, i)->quoted || strpbrk(word_at(words, i)->text, "$<>-"))
			return false;
	}
	return end == words->len;
}

/* Judges the simple command that begins at *@at, and moves there where it ends. */
static bool judge_simple(const GPtrArray *words, unsigned int *at, enum judge_where where)
{
	struct weight w = { 0 };
	const struct word *first;
	unsigned int begin, i = *at;

	while (i < words->len) {
		const struct word *word = word_at(words, i);

		if (word->op || !skip_in_front(word->text))
			break;
		i++;
		while (!strcmp(word->text, "sudo") && i < words->len &&
		       word_at(words, i)->text[0] == '-')
			i++;
	}
	begin = *at;
	*at = i;
	if (i == words->len)
		return i > begin && judge_assignments(&w) &&
		       strchr(word_at(words, begin)->text, '=');
	first = word_at(words, i);
	if (first->op || first->quoted)
		return false;
	begin = i + 1;
	*at = weigh_args(&w, word_program(base_name(first->text)), words, begin);
	if (where == JUDGE_PROSE &&
	    is_told(word_program(base_name(first->text)), words, begin, *at))
		return false;
	return judge_first(first->text, *at > begin ? word_at(words, begin)->text : "", where, &w,
			   *at - begin);
}

static bool judge_words(const GPtrArray *words, enum judge_where where)
{
	unsigned int at = 0;

	if (!judge_simple(words, &at, where))
		return false;
	for (at++; at < words->len; at++) {
		const struct word *word = word_at(words, at);

		if (!word->op && !word->quoted && word_english(word->text) == 2 &&
		    where != JUDGE_PROMPT)
			return false;
	}
	return true;
}

/* Is there a command in a loop? "for all of them, do it (once)" has none. */
static bool holds_command(const GPtrArray *words)
{
	bool begins = true;

	for (unsigned int i = 0; i < words->len; i++) {
		const struct word *word = word_at(words, i);
		unsigned int at = i;

		if (begins && !word_is_keyword(word->text) && judge_simple(words, &at, JUDGE_CODE))
			return true;
		begins = word->op || word_is_keyword(word->text) ||
			 word_in("do then else elif", word->text, strlen(word->text)) ||
			 g_str_has_suffix(word->text, "()") || g_str_has_suffix(word->text, ")");
	}
	return false;
}

static enum judge judge_compound(const char *text, const GPtrArray *words, enum judge_where where)
{
	const char *first = word_at(words, 0)->text;
	enum parsed parsed;

	if (where == JUDGE_PROSE && !word_in("for while until if case", first, strlen(first)))
		return JUDGE_NO;
	parsed = parse(text);
	if (parsed == PARSED_OK)
		return where == JUDGE_PROMPT || holds_command(words) ? JUDGE_YES : JUDGE_NO;
	return parsed == PARSED_MORE ? JUDGE_MORE : JUDGE_NO;
}

/* Is the first word, or the one behind sudo, a program? */
static bool starts_known(const GPtrArray *words)
{
	const struct word *first = g_ptr_array_index(words, 0);

	if (words->len > 1 && !strcmp(first->text, "sudo"))
		first = g_ptr_array_index(words, 1);
	return word_is_program(first->text) || word_is_builtin(first->text);
}

/**
 * judge_command() - Command or prose?
 * @text: one line, or several; without prompt and list marker
 * @where: what stood around it
 *
 * Return: JUDGE_MORE when the shell would read on.
 */
enum judge judge_command(const char *text, enum judge_where where)
{
	g_autofree char *plain = without_placeholders(text);
	g_autoptr(GPtrArray) words = split(plain);
	const struct word *first;
	enum parsed parsed;

	if (!words->len)
		return JUDGE_NO;
	first = g_ptr_array_index(words, 0);
	if (where == JUDGE_PROSE && g_ascii_isupper(first->text[0]) && !strchr(first->text, '='))
		return JUDGE_NO;
	if (word_is_keyword(first->text) || g_str_has_suffix(first->text, "()"))
		return judge_compound(plain, words, where);
	if (goes_on(plain) && (where == JUDGE_PROMPT || starts_known(words)))
		return JUDGE_MORE;
	if (!judge_words(words, where))
		return JUDGE_NO;
	parsed = parse(plain);
	return parsed == PARSED_OK ? JUDGE_YES : parsed == PARSED_MORE ? JUDGE_MORE : JUDGE_NO;
}
