/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_profile.c - netglass profile: how Wireshark best shows a capture of many interfaces
 *
 * One packet is seen on several interfaces, which Wireshark takes for
 * retransmissions: TCP's sequence analysis and reassembly are switched off.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../cli/cli.h"

struct profile_file {
	const char *name;
	const char *text;
	bool kept; /* Wireshark writes it, too: what is there stays */
};

static const struct profile_file files[] = {
	{ "preferences",
	  "# For captures of netglass run --pcapng: one packet is seen on many interfaces.\n"
	  "gui.column.format: \n"
	  "\t\"No.\", \"%m\",\n"
	  "\t\"Time\", \"%t\",\n"
	  "\t\"Where\", \"%Cus:frame.interface_name:0:R\",\n"
	  "\t\"Packet\", \"%Cus:frame.packet_id:0:R\",\n"
	  "\t\"Source\", \"%s\",\n"
	  "\t\"Destination\", \"%d\",\n"
	  "\t\"Protocol\", \"%p\",\n"
	  "\t\"TTL\", \"%Cus:ip.ttl:1:R\",\n"
	  "\t\"Info\", \"%i\",\n"
	  "\t\"What happened here\", \"%Cus:frame.comment:1:R\"\n"
	  "tcp.analyze_sequence_numbers: FALSE\n"
	  "tcp.desegment_tcp_streams: FALSE\n",
	  false },
	{ "colorfilters",
	  "# netglass: the words stand in the column \"What happened here\" too\n"
	  "@Lost here@frame.comment contains \" drop=\"@[65535,55512,55512][32896,0,0]\n"
	  "@Address rewritten here@frame.comment contains \" nat=\" || "
	  "frame.comment contains \" unnat=\"@[65535,61680,52428][26214,17476,0]\n"
	  "@ICMP error@icmp.type == 3 || icmp.type == 5 || icmp.type == 11 || "
	  "icmp.type == 12@[61680,56540,65535][13107,0,26214]\n"
	  "@ARP@arp@[59110,63222,59110][0,17476,0]\n",
	  false },
	{ "dfilter_buttons",
	  "# netglass\n"
	  "\"TRUE\",\"Lost\",\"frame.comment contains \\x22 drop=\\x22\",\"A packet ended here\"\n"
	  "\"TRUE\",\"NAT\",\"frame.comment contains \\x22 nat=\\x22 || frame.comment contains "
	  "\\x22 unnat=\\x22\",\"An address was rewritten here\"\n"
	  "\"TRUE\",\"ARP\",\"arp\",\"Who has this address?\"\n"
	  "\"TRUE\",\"First sight\",\"frame.comment contains \\x22Before: made by\\x22\","
	  "\"Each packet once: where it begins\"\n",
	  false },
	{ "recent",
	  "# netglass: the names of interfaces and the sentences need room\n"
	  "column.width:\n"
	  "\t%m, 50,\n"
	  "\t%t, 100,\n"
	  "\t\"%Cus:frame.interface_name\", 160,\n"
	  "\t\"%Cus:frame.packet_id\", 60,\n"
	  "\t%s, 140,\n"
	  "\t%d, 140,\n"
	  "\t%p, 65,\n"
	  "\t\"%Cus:ip.ttl\", 40,\n"
	  "\t%i, 330,\n"
	  "\t\"%Cus:frame.comment\", 900\n",
	  true },
};

static int write_file(const char *dir, const struct profile_file *f)
{
	g_autofree char *path = g_build_filename(dir, f->name, NULL);
	g_autoptr(GError) error = NULL;

	if (f->kept && g_file_test(path, G_FILE_TEST_EXISTS))
		return CLI_OK;
	if (g_file_set_contents(path, f->text, -1, &error))
		return CLI_OK;
	cli_error("profile: %s", error->message);
	return CLI_FAILED;
}

static int write_files(const char *dir)
{
	if (g_mkdir_with_parents(dir, 0755)) {
		cli_error("profile: %s: %s", dir, g_strerror(errno));
		return CLI_FAILED;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		if (write_file(dir, &files[i]))
			return CLI_FAILED;
	}
	return CLI_OK;
}

static int print_files(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
		printf("%s==> %s <==\n%s", i ? "\n" : "", files[i].name, files[i].text);
	return CLI_OK;
}

/**
 * cmd_profile() - The verb
 * @argc: argument count
 * @argv: "profile", options
 *
 * Return: 0, 1 when the files could not be written, 2 usage.
 */
int cmd_profile(int argc, char **argv)
{
	gboolean install = FALSE;
	g_autofree char *dir = NULL;
	const GOptionEntry entries[] = {
		{ "install", 0, 0, G_OPTION_ARG_NONE, &install,
		  "Into Wireshark's own folder, as the profile \"netglass\"", NULL },
		{ "dir", 0, 0, G_OPTION_ARG_FILENAME, &dir, "Into this folder", "DIR" },
		{ 0 },
	};
	int status;

	if (!cli_parse(cli_verb_find("profile"), entries, &argc, &argv))
		return CLI_USAGE;
	if (argc > 1 || (install && dir)) {
		cli_error("profile: --install or --dir DIR (see netglass profile --help)");
		return CLI_USAGE;
	}
	if (!install && !dir)
		return print_files();
	if (install)
		dir = g_build_filename(g_get_user_config_dir(), "wireshark", "profiles", "netglass",
				       NULL);
	status = write_files(dir);
	if (!status)
		printf("%s\nOpen a capture with it: wireshark -C netglass FILE\n", dir);
	return status;
}
