/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * route.c - show and change the routing table
 *
 * mirrors net-tools' route.c and lib/inet_sr.c: the table is read from
 * /proc/net/route (route_show.c), changes are SIOCADDRT and SIOCDELRT.
 */
#include "nt.h"

#include "../lib/getopt.h"
#include "../lib/prog.h"
#include "../lib/program.h"

#include <linux/route.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* net-tools' lib/net-support.h */
enum { E_USAGE = 0, E_OPTERR = 3, E_LOOKUP = 6, E_SOCK = 7 };

struct route {
	struct ng_task *task;
	struct rtentry rt;
	char netmask[NT_HOST_LEN]; /* as typed, for the words of a complaint */
	char *dev;
};

int route_main(struct ng_task *task, int argc, char **argv);

static const char usage_text[] =
	"Usage: route [-nNvee] [-FC] [<AF>]           List kernel routing tables\n"
	"       route [-v] [-FC] {add|del|flush} ...  Modify routing table for AF.\n\n"
	"       route {-h|--help} [<AF>]              Detailed usage syntax for specified AF.\n"
	"       route {-V|--version}                  Display version/author and exit.\n\n"
	"        -v, --verbose            be verbose\n"
	"        -n, --numeric            don't resolve names\n"
	"        -e, --extend             display other/more information\n"
	"        -F, --fib                display Forwarding Information Base (default)\n"
	"        -C, --cache              display routing cache instead of FIB\n\n"
	"  <AF>=Use -4, -6, '-A <af>' or '--<af>'; default: inet\n"
	"  List of possible address families (which support routing):\n";

static const char af_list[] = "    inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25) \n"
			      "    netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX) \n"
			      "    ddp (Appletalk DDP) x25 (CCITT X.25) \n";

static const char inet_usage_text[] =
	"Usage: inet_route [-vF] del {-host|-net} Target[/prefix] [gw Gw] [metric M] [[dev] If]\n"
	"       inet_route [-vF] add {-host|-net} Target[/prefix] [gw Gw] [metric M]\n"
	"                              [netmask N] [mss Mss] [window W] [irtt I]\n"
	"                              [mod] [dyn] [reinstate] [[dev] If]\n"
	"       inet_route [-vF] add {-host|-net} Target[/prefix] [metric M] reject\n"
	"       inet_route [-FC] flush      NOT supported\n";

static const char version_text[] =
	"+NEW_ADDRT +RTF_IRTT +RTF_REJECT +I18N +SELINUX\n"
	"AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH\n"
	"HW:  +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI "
	"+HIPPI +HDLC/LAPB"
	" +EUI64 \n";

/* The list of families always goes to standard error. */
static int usage(struct ng_task *task, int status)
{
	if (!status)
		ng_puts(ng_stderr(task), af_list);
	ng_puts(nt_usage_out(task, status), usage_text);
	if (status)
		ng_puts(ng_stderr(task), af_list);
	return status;
}

static int inet_usage(struct ng_task *task, int status)
{
	ng_puts(nt_usage_out(task, status), inet_usage_text);
	return status;
}

static int complain(struct route *r, const char *text)
{
	ng_puts(ng_stderr(r->task), text);
	return inet_usage(r->task, E_OPTERR);
}

static __be32 genmask(const struct route *r)
{
	return nt_sin_addr(&r->rt.rt_genmask);
}

/* "/16" behind the target: 0 none, 1 read, -1 not a number. The shift wraps as it does on x86. */
static int read_prefix(struct route *r, char *target)
{
	char *slash = strchr(target, '/');
	unsigned long prefix;
	char *end;

	if (!slash)
		return 0;
	*slash++ = '\0';
	prefix = strtoul(slash, &end, 0);
	if (*end)
		return -1;
	snprintf(r->netmask, sizeof(r->netmask), "/%d", (int)prefix);
	nt_set_sin(&r->rt.rt_genmask, cpu_to_be32(~(0xffffffffU >> (prefix & 31))));
	return 1;
}

static int read_gateway(struct route *r, const char *arg)
{
	char name[NT_HOST_LEN];
	__be32 addr;
	int isnet;

	if (!arg || (r->rt.rt_flags & RTF_GATEWAY))
		return inet_usage(r->task, E_OPTERR);
	snprintf(name, sizeof(name), "%s", arg);
	isnet = nt_resolve(r->task, name, true, &addr);
	if (isnet < 0) {
		nt_herror(r->task, name);
		return E_LOOKUP;
	}
	if (isnet) {
		ng_printf(ng_stderr(r->task), "route: %s: cannot use a NETWORK as gateway!\n",
			  name);
		return inet_usage(r->task, E_OPTERR);
	}
	nt_set_sin(&r->rt.rt_gateway, addr);
	r->rt.rt_flags |= RTF_GATEWAY;
	return 0;
}

static int read_netmask(struct route *r, const char *arg)
{
	__be32 addr;

	if (!arg || genmask(r))
		return inet_usage(r->task, E_OPTERR);
	snprintf(r->netmask, sizeof(r->netmask), "%s", arg);
	if (nt_resolve(r->task, r->netmask, false, &addr) < 0) {
		nt_herror(r->task, r->netmask);
		return E_LOOKUP;
	}
	nt_set_sin(&r->rt.rt_genmask, addr);
	return 0;
}

/* A word that takes a number. */
static int read_number(struct route *r, const char *word, const char *arg)
{
	if (!arg || (!strcmp(word, "metric") && (*arg < '0' || *arg > '9')))
		return inet_usage(r->task, E_OPTERR);
	if (!strcmp(word, "metric")) {
		r->rt.rt_metric = (short)(atoi(arg) + 1);
	} else if (!strcmp(word, "window")) {
		r->rt.rt_flags |= RTF_WINDOW;
		r->rt.rt_window = (unsigned long)atoi(arg);
		if (r->rt.rt_window < 128)
			return complain(r, "route: Invalid window.\n");
	} else if (!strcmp(word, "irtt")) {
		r->rt.rt_flags |= RTF_IRTT;
		r->rt.rt_irtt = (unsigned short)atoi(arg);
	} else {
		r->rt.rt_flags |= RTF_MTU;
		r->rt.rt_mtu = (unsigned long)atoi(arg);
		if (r->rt.rt_mtu < 64 || r->rt.rt_mtu > 65536)
			return complain(r, "route: Invalid MSS/MTU.\n");
	}
	return 0;
}

static bool takes_number(const char *word)
{
	static const char *const words[] = { "metric", "mss", "mtu", "window", "irtt" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(word, words[i]))
			return true;
	}
	return false;
}

static unsigned short flag_word(const char *word)
{
	return !strcmp(word, "reject")	    ? RTF_REJECT
	       : !strcmp(word, "mod")	    ? RTF_MODIFIED
	       : !strcmp(word, "dyn")	    ? RTF_DYNAMIC
	       : !strcmp(word, "reinstate") ? RTF_REINSTATE
					    : 0;
}

static int read_device(struct route *r, char ***args)
{
	char *word = **args;
	bool named = !strcmp(word, "device") || !strcmp(word, "dev");

	if (named) {
		++*args;
		if (r->dev || !**args)
			return inet_usage(r->task, E_OPTERR);
		r->dev = *(*args)++;
		return 0;
	}
	if (r->dev)
		return inet_usage(r->task, E_OPTERR);
	r->dev = *(*args)++;
	if (**args)
		return inet_usage(r->task,
				  E_OPTERR); /* a bare device comes last, to catch misspelt words */
	return 0;
}

static int read_words(struct route *r, char **args)
{
	int err = 0;

	while (!err && *args) {
		const char *word = *args;

		if (takes_number(word)) {
			err = read_number(r, word, args[1]);
			args += 2;
		} else if (!strcmp(word, "netmask")) {
			err = read_netmask(r, args[1]);
			args += 2;
		} else if (!strcmp(word, "gw") || !strcmp(word, "gateway")) {
			err = read_gateway(r, args[1]);
			args += 2;
		} else if (flag_word(word)) {
			r->rt.rt_flags |= flag_word(word);
			args++;
		} else {
			err = read_device(r, &args);
		}
	}
	return err;
}

static int check_mask(struct route *r)
{
	uint32_t host = ~be32_to_cpu(genmask(r));

	if (!genmask(r))
		return 0;
	if ((r->rt.rt_flags & RTF_HOST) && host != 0xffffffff) {
		ng_printf(ng_stderr(r->task),
			  "route: netmask %.8x doesn't make sense with host route\n", host);
		return inet_usage(r->task, E_OPTERR);
	}
	if (host & (host + 1)) {
		ng_printf(ng_stderr(r->task), "route: bogus netmask %s\n", r->netmask);
		return inet_usage(r->task, E_OPTERR);
	}
	if (be32_to_cpu(nt_sin_addr(&r->rt.rt_dst)) & host)
		return complain(r, "route: netmask doesn't match route address\n");
	return 0;
}

static int send_route(struct route *r, bool add)
{
	int fd, err;

	r->rt.rt_dev = r->dev;
	if ((r->rt.rt_flags & RTF_REJECT) && !r->dev)
		r->rt.rt_dev = ng_task_strdup(r->task, "lo");
	err = check_mask(r);
	if (err)
		return err;
	if (add && (r->rt.rt_flags & RTF_HOST)) {
		__be32 all = cpu_to_be32(0xffffffff);

		memcpy(r->rt.rt_genmask.sa_data + 2, &all, sizeof(all));
	}
	fd = ng_sys_socket(r->task, AF_INET, SOCK_DGRAM, 0);
	if (fd < 0) {
		nt_perror(r->task, "socket", fd);
		return E_SOCK;
	}
	err = ng_sys_ioctl(r->task, fd, add ? SIOCADDRT : SIOCDELRT, &r->rt);
	if (err)
		nt_perror(r->task, add ? "SIOCADDRT" : "SIOCDELRT", err);
	ng_sys_close(r->task, fd);
	return err ? E_SOCK : 0;
}

static int set_route(struct ng_task *task, bool add, char **args)
{
	struct route r = { .task = task, .netmask = "default" };
	char target[NT_HOST_LEN];
	bool net = !strcmp(*args, "-net");
	bool host = !strcmp(*args, "-host");
	__be32 addr;
	int isnet, err;

	args += net || host;
	if (!*args)
		return inet_usage(task, E_OPTERR);
	snprintf(target, sizeof(target), "%s", *args++);
	if (read_prefix(&r, target) < 0)
		return inet_usage(task, E_OPTERR);
	isnet = nt_resolve(task, target, host, &addr);
	if (isnet < 0) {
		nt_herror(task, target);
		return E_LOOKUP;
	}
	nt_set_sin(&r.rt.rt_dst, addr);
	r.rt.rt_flags = RTF_UP;
	if (!net && (host || !isnet))
		r.rt.rt_flags |= RTF_HOST;
	err = read_words(&r, args);
	return err ? err : send_route(&r, add);
}

static int edit(struct ng_task *task, char **argv, bool cache)
{
	bool add = !strcmp(argv[0], "add");

	if (!add && strcmp(argv[0], "del") != 0 && strcmp(argv[0], "delete") != 0) {
		if (strcmp(argv[0], "flush") != 0)
			return usage(task, E_OPTERR);
		ng_puts(ng_stderr(task), "Flushing `inet' routing table not supported\n");
		return inet_usage(task, E_OPTERR);
	}
	if (cache) {
		ng_puts(ng_stderr(task), "Modifying `inet' routing cache not supported\n");
		return inet_usage(task, E_OPTERR);
	}
	if (!argv[1])
		return inet_usage(task, E_USAGE);
	return set_route(task, add, argv + 1);
}

/* The routing cache has been empty since Linux 3.6. */
static int show_cache(struct ng_task *task, int ext)
{
	struct ng_out *out = ng_stdout(task);

	ng_puts(out, "Kernel IP routing cache\n");
	if (ext == 1)
		ng_puts(out, "Source          Destination     Gateway         Flags Metric Ref    "
			     "Use Iface\n");
	if (ext == 2)
		ng_puts(out, "Source          Destination     Gateway         Flags   MSS Window  "
			     "irtt Iface\n");
	if (ext == 3)
		ng_puts(out, "Source          Destination     Gateway         Flags Metric Ref    "
			     "Use Iface    "
			     "MSS   Window irtt  TOS HHRef HHUptod     SpecDst\n");
	return 0;
}

struct route_options {
	int ext;
	bool numeric, fib, cache, help;
	const char *family;
};

static void parse_options(struct ng_task *task, struct ng_getopt *opt, int argc, char **argv,
			  struct route_options *o)
{
	static const struct ng_option longopts[] = {
		{ "inet", 0, '4' },	{ "inet6", 0, '6' },	{ "extend", 0, 'e' },
		{ "verbose", 0, 'v' },	{ "version", 0, 'V' },	{ "numeric", 0, 'n' },
		{ "symbolic", 0, 'N' }, { "protocol", 1, 'A' }, { "cache", 0, 'C' },
		{ "fib", 0, 'F' },	{ "help", 0, 'h' },	{ NULL, 0, 0 },
	};
	int ch;

	while ((ch = ng_getopt_long(opt, argc, argv, "A:eCFhnN64Vv?", longopts)) != -1) {
		switch (ch) {
		case 'n':
		case 'N':
			o->numeric = true;
			break;
		case 'e':
			o->ext++;
			break;
		case 'C':
			o->cache = true;
			break;
		case 'F':
			o->fib = true;
			break;
		case 'A':
			o->family = opt->optarg;
			break;
		case '4':
			o->family = "inet";
			break;
		case '6':
			o->family = "inet6";
			break;
		case 'v':
			break;
		case 'V':
			ng_printf(ng_stdout(task), "%s\n%s", nt_version(), version_text);
			prog_exit(task, 0);
		default:
			o->help = true;
		}
	}
}

/* getopt would take "-net" and "-host" for options; it never sees them under these names. */
static void hide_words(struct ng_task *task, char **argv, bool hide)
{
	for (; *argv; argv++) {
		if (!strcmp(*argv, hide ? "-net" : "#net"))
			*argv = ng_task_strdup(task, hide ? "#net" : "-net");
		else if (!strcmp(*argv, hide ? "-host" : "#host"))
			*argv = ng_task_strdup(task, hide ? "#host" : "-host");
	}
}

/**
 * route_main() - The program route.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int route_main(struct ng_task *task, int argc, char **argv)
{
	struct route_options o = { .ext = 1 };
	struct ng_getopt opt = { .task = task };
	int status = 0;

	hide_words(task, argv, true);
	parse_options(task, &opt, argc, argv, &o);
	hide_words(task, argv, false);
	if (o.family && strcmp(o.family, "inet") != 0) {
		if (!strcmp(o.family, "inet6"))
			return ng_not_modelled(task, "route -A inet6");
		ng_printf(ng_stderr(task), "Unknown address family `%s'.\n", o.family);
		return 1;
	}
	if (o.help)
		return o.family ? inet_usage(task, E_USAGE) : usage(task, E_USAGE);
	argv += opt.optind;
	if (*argv)
		return edit(task, argv, o.cache);
	if (o.fib || !o.cache)
		status = nt_print_fib(task, o.ext & 3, o.numeric);
	if (!status && o.cache)
		status = show_cache(task, o.ext & 3);
	return status;
}
