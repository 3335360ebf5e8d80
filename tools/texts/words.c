/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * words.c - what is known about words
 */
#include "words.h"

#include <glib.h>
#include <string.h>

#include "../lib/program.h"

#define IP_OBJECTS                                                                           \
	"link l li lin addr address addrlabel a ad route r ro rou rule ru neigh neighbour "  \
	"neighbor n ne "                                                                     \
	"netns net netn netconf tunnel tuntap maddr maddress mroute monitor mon xfrm token " \
	"macsec vrf nexthop "                                                                \
	"stats mptcp ntable fou sr help"

static const struct known_word known_words[] = {
	{ "arp", WORD_NET | WORD_BARE | WORD_HOST, NULL },
	{ "arping", WORD_NET | WORD_HOST, NULL },
	{ "brctl", WORD_NET,
	  "addbr delbr addif delif show showmacs showstp stp setageing setfd sethello hairpin" },
	{ "bridge", WORD_NET, "link fdb mdb vlan vni monitor" },
	{ "cat", 0, NULL },
	{ "conntrack", WORD_NET | WORD_OPTION, NULL },
	{ "curl", WORD_NET | WORD_HOST, NULL },
	{ "dig", WORD_NET | WORD_HOST, NULL },
	{ "echo", WORD_FREE, NULL },
	{ "ethtool", WORD_NET, NULL },
	{ "ifconfig", WORD_NET | WORD_BARE, NULL },
	{ "ip", WORD_NET, IP_OBJECTS },
	{ "ip6tables", WORD_NET | WORD_OPTION, NULL },
	{ "iptables", WORD_NET | WORD_OPTION, NULL },
	{ "iptables-restore", WORD_NET | WORD_BARE, NULL },
	{ "iptables-save", WORD_NET | WORD_BARE, NULL },
	{ "logger", WORD_FREE, NULL },
	{ "nc", WORD_NET | WORD_HOST, NULL },
	{ "netstat", WORD_NET | WORD_BARE | WORD_OPTION, NULL },
	{ "nft", WORD_NET,
	  "add list flush delete insert replace create rename get monitor describe reset" },
	{ "nsenter", WORD_NET | WORD_OPTION, NULL },
	{ "ping", WORD_NET | WORD_HOST, NULL },
	{ "ping6", WORD_NET | WORD_HOST, NULL },
	{ "printf", WORD_FREE, NULL },
	{ "ps", WORD_BARE, "aux auxf axf ax aux afx axjf axu faux ef alx" },
	{ "route", WORD_NET | WORD_BARE, "add del delete flush" },
	{ "sleep", 0, NULL },
	{ "ss", WORD_NET | WORD_BARE | WORD_OPTION, NULL },
	{ "sysctl", WORD_NET | WORD_SETTING, NULL },
	{ "systemctl", 0,
	  "start stop restart reload enable disable status mask unmask daemon-reload show" },
	{ "service", 0, NULL },
	{ "tc", WORD_NET, "qdisc class filter action monitor chain" },
	{ "tcpdump", WORD_NET | WORD_OPTION | WORD_BARE, NULL },
	{ "traceroute", WORD_NET | WORD_HOST, NULL },
	{ "tracepath", WORD_NET | WORD_HOST, NULL },
	{ "tree", 0, NULL },
	{ "unshare", WORD_NET | WORD_OPTION, NULL },
};

static const char builtins[] =
	"cd echo export unset set source . eval exec trap wait kill read test [ true false : "
	"alias unalias ulimit umask shift declare typeset readonly printf type "
	"command jobs fg bg pushd popd hash let getopts mapfile pwd history";
/* English verbs, too: "wait 5 seconds", "test 10.0.0.1 again" */
static const char verbs[] =
	"read type test hash let history wait kill set source command declare "
	"typeset readonly time find sort head tail cut host watch split join more "
	"less date make top install which look open start stop local broadcast";
static const char keywords[] = "for while until if case { ( [[ (( function !";

/* hardly ever an argument of a command */
static const char strong[] = "the an is are was were be been this that these those we you your our "
			     "my i it's its he she they their them "
			     "will would can could should must may might has have had do does did "
			     "and or but because so if then when "
			     "while where which who what why how there here also both same each "
			     "every any some more most into onto "
			     "between through about of as than with without it us now not but "
			     "let's just only like means shows "
			     "contains used using use uses called see seen allows gives";
/* arguments sometimes */
static const char weak[] =
	"to from in on for by at a off out up all no over under inside outside within after before";

static const char reserved[] = "link addr address route rule neigh netns add del delete set show "
			       "list ls exec dev type veth bridge peer "
			       "name via master nomaster up down default table src scope metric "
			       "mtu dummy vlan id ip bash sh local "
			       "broadcast brd lladdr get flush replace change append lo on off to "
			       "from proto pref priority lookup "
			       "group promisc arp multicast txqueuelen alias identify monitor "
			       "attach pids fdb mdb ping iptables";

/**
 * word_in() - Is a word in a list?
 * @list: blank-separated
 * @word: the word
 * @len: its bytes
 */
bool word_in(const char *list, const char *word, size_t len)
{
	while (list && *list) {
		size_t n = strcspn(list, " ");

		if (n == len && !memcmp(list, word, n))
			return true;
		list += n;
		list += strspn(list, " ");
	}
	return false;
}

/**
 * word_program() - What the vocabulary says of a program
 * @name: without folder
 */
const struct known_word *word_program(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known_words); i++) {
		if (!strcmp(known_words[i].name, name))
			return &known_words[i];
	}
	return NULL;
}

/**
 * word_is_program() - Is it a program of the machine?
 * @name: with or without its folder
 */
bool word_is_program(const char *name)
{
	const char *slash = strrchr(name, '/');

	if (slash && name[0] != '/')
		return false;
	if (slash)
		name = slash + 1;
	for (const struct ng_program *p = ng_programs; p->path; p++) {
		if (!strcmp(strrchr(p->path, '/') + 1, name))
			return true;
	}
	return word_program(name) != NULL;
}

/**
 * word_is_builtin() - Is it a builtin of the shell?
 * @name: the word
 */
bool word_is_builtin(const char *name)
{
	return word_in(builtins, name, strlen(name));
}

/**
 * word_is_verb() - Is it a command that is an ordinary word as well?
 * @name: the word
 */
bool word_is_verb(const char *name)
{
	return word_in(verbs, name, strlen(name));
}

/**
 * word_is_keyword() - Does the shell begin a compound command with it?
 * @name: the word
 */
bool word_is_keyword(const char *name)
{
	return word_in(keywords, name, strlen(name));
}

/**
 * word_is_reserved() - Is it a keyword of the network tools?
 * @word: the word
 */
bool word_is_reserved(const char *word)
{
	return word_in(reserved, word, strlen(word));
}

/**
 * word_english() - How much does a word speak for prose?
 * @word: in any case
 *
 * Return: 2 much, 1 a little, 0 not at all.
 */
int word_english(const char *word)
{
	g_autofree char *low = g_ascii_strdown(word, -1);

	if (word_in(strong, low, strlen(low)))
		return 2;
	return word_in(weak, low, strlen(low)) ? 1 : 0;
}

/**
 * word_distance() - Edits between two words
 * @a: one
 * @b: the other
 *
 * Two neighbouring letters swapped count as one. Long words are far from everything.
 */
int word_distance(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b);
	int d[3][65];

	if (la > 63 || lb > 63)
		return strcmp(a, b) ? 64 : 0;
	for (size_t j = 0; j <= lb; j++)
		d[0][j] = (int)j;
	for (size_t i = 1; i <= la; i++) {
		int *row = d[i % 3], *above = d[(i + 2) % 3], *above2 = d[(i + 1) % 3];

		row[0] = (int)i;
		for (size_t j = 1; j <= lb; j++) {
			row[j] = MIN(above[j], row[j - 1]) + 1;
			row[j] = MIN(row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = MIN(row[j], above2[j - 2] + 1);
		}
	}
	return d[la % 3][lb];
}

/**
 * word_nearest() - The nearest of a list
 * @list: blank-separated
 * @word: the word
 * @max: edits allowed
 *
 * Return: the nearest, the first of several; NULL when none is near. To be freed.
 */
char *word_nearest(const char *list, const char *word, int max)
{
	g_auto(GStrv) all = g_strsplit(list, " ", -1);
	const char *best = NULL;
	int least = MIN(max, (int)(strlen(word) + 1) / 2) + 1;

	for (char **p = all; *p; p++) {
		int d = **p ? word_distance(*p, word) : least;

		if (d < least) {
			least = d;
			best = *p;
		}
	}
	return g_strdup(best);
}

/**
 * word_nearest_program() - A program somebody may have meant
 * @word: what was typed
 *
 * Programs about the network come first.
 *
 * Return: the name, or NULL.
 */
const char *word_nearest_program(const char *word)
{
	size_t len = strlen(word);

	for (int far = 1; far <= (len > 4 ? 2 : 1) && len > 1; far++) {
		for (size_t i = 0; i < G_N_ELEMENTS(known_words); i++) {
			if (strlen(known_words[i].name) > 1 &&
			    word_distance(known_words[i].name, word) == far)
				return known_words[i].name;
		}
		for (const struct ng_program *p = ng_programs; p->path && len > 3; p++) {
			const char *name = strrchr(p->path, '/') + 1;

			if (strlen(name) > 3 && word_distance(name, word) == far)
				return name;
		}
	}
	return NULL;
}
