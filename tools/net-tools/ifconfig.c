/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifconfig.c - show and configure interfaces
 *
 * mirrors net-tools' ifconfig.c; showing is if_show.c, changes are ioctls.
 *
 * IPv6 is a machine's booted with ipv6.disable=1: its socket does not open.
 *
 * Not modelled: addresses of families other than inet, of hardware other than
 * ether, fddi and hippi.
 */
#include "ifconfig.h"
#include "nt.h"

#include "../lib/prog.h"
#include "../lib/program.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ifconfig {
	struct ng_task *task;
	struct ng_out *err;
	char ifname[IFNAMSIZ];
	const char *family;
	char **args; /* the word being read */
	int fd;	     /* of the family; -1: the kernel has none */
	int inet_fd;
	int status;
	bool verbose;
	__be32 mask; /* of "addr/len" */
	bool need_mask, did_mask;
};

int ifconfig_main(struct ng_task *task, int argc, char **argv);

static const char usage_text[] = "Usage:\n"
				 "  ifconfig [-a] [-v] [-s] <interface> [[<AF>] <address>]\n"
				 "  [add <address>[/<prefixlen>]]\n"
				 "  [del <address>[/<prefixlen>]]\n"
				 "  [[-]broadcast [<address>]]  [[-]pointopoint [<address>]]\n"
				 "  [netmask <address>]  [dstaddr <address>]  [tunnel <address>]\n"
				 "  [outfill <NN>] [keepalive <NN>]\n"
				 "  [hw <HW> <address>]  [mtu <NN>]\n"
				 "  [[-]trailers]  [[-]arp]  [[-]allmulti]\n"
				 "  [multicast]  [[-]promisc]\n"
				 "  [mem_start <NN>]  [io_addr <NN>]  [irq <NN>]  [media <type>]\n"
				 "  [txqueuelen <NN>]\n"
				 "  [name <newname>]\n"
				 "  [[-]dynamic]\n"
				 "  [up|down] ...\n\n"
				 "  <HW>=Hardware Type.\n"
				 "  List of possible hardware types:\n";

static const char hw_list[] =
	"    loop (Local Loopback) slip (Serial Line IP) cslip (VJ Serial Line IP) \n"
	"    slip6 (6-bit Serial Line IP) cslip6 (VJ 6-bit Serial Line IP) adaptive (Adaptive "
	"Serial Line IP) \n"
	"    ash (Ash) ether (Ethernet) ax25 (AMPR AX.25) \n"
	"    netrom (AMPR NET/ROM) rose (AMPR ROSE) tunnel (IPIP Tunnel) \n"
	"    ppp (Point-to-Point Protocol) hdlc ((Cisco)-HDLC) lapb (LAPB) \n"
	"    arcnet (ARCnet) dlci (Frame Relay DLCI) frad (Frame Relay Access Device) \n"
	"    sit (IPv6-in-IPv4) fddi (Fiber Distributed Data Interface) hippi (HIPPI) \n"
	"    irda (IrLAP) ec (Econet) x25 (generic X.25) \n"
	"    eui64 (Generic EUI-64) \n";

static const char af_title[] = "  <AF>=Address family. Default: inet\n"
			       "  List of possible address families:\n";

static const char af_list[] = "    unix (UNIX Domain) inet (DARPA Internet) inet6 (IPv6) \n"
			      "    ax25 (AMPR AX.25) netrom (AMPR NET/ROM) rose (AMPR ROSE) \n"
			      "    ipx (Novell IPX) ddp (Appletalk DDP) ec (Econet) \n"
			      "    ash (Ash) x25 (CCITT X.25) \n";

static _Noreturn void usage(struct ng_task *task, int status)
{
	struct ng_out *out = nt_usage_out(task, status);

	ng_puts(out, usage_text);
	ng_puts(ng_stderr(task), hw_list);
	ng_puts(out, af_title);
	ng_puts(ng_stderr(task), af_list);
	prog_exit(task, status);
}

static void fill_name(const struct ifconfig *c, struct ifreq *ifr)
{
	memset(ifr, 0, sizeof(*ifr));
	memcpy(ifr->ifr_name, c->ifname, IFNAMSIZ);
}

static int request_fd(const struct ifconfig *c, bool alias_is_inet)
{
	return alias_is_inet && strchr(c->ifname, ':') ? c->inet_fd : c->fd;
}

static void change_flags(struct ifconfig *c, int set, int clear)
{
	int fd = request_fd(c, clear != 0);
	struct ifreq ifr;
	int err;

	fill_name(c, &ifr);
	err = ng_sys_ioctl(c->task, fd, SIOCGIFFLAGS, &ifr);
	if (err) {
		ng_printf(c->err, "%s: ERROR while getting interface flags: %s\n", c->ifname,
			  ng_strerror(-err));
		c->status = 255;
		return;
	}
	ifr.ifr_flags = (short)((ifr.ifr_flags | set) & ~clear);
	err = ng_sys_ioctl(c->task, fd, SIOCSIFFLAGS, &ifr);
	if (err) {
		nt_perror(c->task, "SIOCSIFFLAGS", err);
		c->status = 255;
	}
}

static const char *argument(struct ifconfig *c)
{
	if (!*++c->args)
		usage(c->task, 3);
	return *c->args;
}

static void failed(struct ifconfig *c, const char *what, int err)
{
	nt_perror(c->task, what, err);
	c->status |= 1;
}

static void set_address(struct ifconfig *c, unsigned long request, const char *what, __be32 addr)
{
	struct ifreq ifr;
	int err;

	fill_name(c, &ifr);
	nt_set_sin(&ifr.ifr_addr, addr);
	err = ng_sys_ioctl(c->task, c->fd, request, &ifr);
	if (err)
		failed(c, what, err);
}

/* An address or a name; false: unknown, and said so. */
static bool read_address(struct ifconfig *c, const char *arg, __be32 *ret_addr)
{
	char name[NT_HOST_LEN];

	snprintf(name, sizeof(name), "%s", arg);
	if (nt_resolve(c->task, name, false, ret_addr) >= 0)
		return true;
	nt_herror(c->task, name);
	c->status |= 1;
	return false;
}

static bool set_address_word(struct ifconfig *c, unsigned long request, const char *what)
{
	__be32 addr;

	if (!read_address(c, argument(c), &addr))
		return false;
	set_address(c, request, what, addr);
	return true;
}

static const char *skip(struct ifconfig *c)
{
	return c->args[1] ? *++c->args : *c->args;
}

/* ARPHRD_* of a name of the list; 0: none of that name, -1: its addresses cannot be set. */
static int hw_type(const struct ifconfig *c, const char *name)
{
	static const char *const without[] = { "unspec", "loop",     "slip", "cslip", "slip6",
					       "cslip6", "adaptive", "ppp",  "hdlc",  "lapb",
					       "dlci",	 "frad",     "sit",  "irda",  "x25" };
	static const char *const other[] = { "ash",    "ax25",	 "netrom", "rose",
					     "arcnet", "tunnel", "eui64" };
	size_t i;

	if (!strcmp(name, "ether"))
		return ARPHRD_ETHER;
	if (!strcmp(name, "fddi"))
		return ARPHRD_FDDI;
	if (!strcmp(name, "hippi"))
		return ARPHRD_HIPPI;
	for (i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
		if (!strcmp(name, other[i]))
			prog_exit(c->task, ng_not_modelled(c->task, "ifconfig hw %s", name));
	}
	for (i = 0; i < sizeof(without) / sizeof(without[0]); i++) {
		if (!strcmp(name, without[i]))
			return -1;
	}
	return 0;
}

static void set_hw(struct ifconfig *c)
{
	const char *name = argument(c);
	int type = hw_type(c, name);
	uint8_t mac[6];
	struct ifreq ifr;
	int err;

	if (!type)
		usage(c->task, 3);
	if (type < 0) {
		ng_printf(c->err, "hw address type `%s' has no handler to set address. failed.\n",
			  name);
		skip(c);
		c->status = 1;
		return;
	}
	argument(c);
	if (!nt_ether_input(*c->args, mac)) {
		ng_printf(c->err, "%s: invalid %s address.\n", *c->args, name);
		c->status |= 1;
		return;
	}
	fill_name(c, &ifr);
	ifr.ifr_hwaddr.sa_family = (sa_family_t)type;
	memcpy(ifr.ifr_hwaddr.sa_data, mac, sizeof(mac));
	err = ng_sys_ioctl(c->task, c->fd, SIOCSIFHWADDR, &ifr);
	if (err) {
		ng_printf(c->err, "SIOCSIFHWADDR: %s%s\n", ng_strerror(-err),
			  err == -EBUSY ? " - you may need to down the interface" : "");
		c->status |= 1;
	}
}

static void set_name(struct ifconfig *c)
{
	struct ifreq ifr;
	int err;

	argument(c);
	fill_name(c, &ifr);
	snprintf(ifr.ifr_newname, sizeof(ifr.ifr_newname), "%s", *c->args);
	err = ng_sys_ioctl(c->task, c->fd, SIOCSIFNAME, &ifr);
	if (err)
		failed(c, "SIOCSIFNAME", err);
}

static void set_number(struct ifconfig *c, unsigned long request, const char *what)
{
	const char *arg = argument(c);
	struct ifreq ifr;
	int err;

	fill_name(c, &ifr);
	/* ifr_qlen is the same field */
	ifr.ifr_mtu = request == SIOCSIFTXQLEN ? (int)strtoul(arg, NULL, 0) : atoi(arg);
	err = ng_sys_ioctl(c->task, c->fd, request, &ifr);
	if (err)
		failed(c, what, err);
}

/* Timers of serial lines: the number would stand where other devices expect a pointer. */
static void set_slip(struct ifconfig *c, unsigned long request, const char *what)
{
	struct ifreq ifr;
	int err;

	argument(c);
	fill_name(c, &ifr);
	err = ng_sys_ioctl(c->task, c->fd, request, &ifr);
	if (err)
		failed(c, what, err);
}

/* The resources of cards of old; no virtual device has any to set. */
static void set_map(struct ifconfig *c, const char *what)
{
	struct ifreq ifr;
	char text[32];
	int err;

	fill_name(c, &ifr);
	snprintf(text, sizeof(text), "%s: SIOCGIFMAP", what);
	err = ng_sys_ioctl(c->task, c->fd, SIOCGIFMAP, &ifr);
	if (!err) {
		snprintf(text, sizeof(text), "%s: SIOCSIFMAP", what);
		err = ng_sys_ioctl(c->task, c->fd, SIOCSIFMAP, &ifr);
	}
	if (err)
		failed(c, text, err);
}

static void set_map_word(struct ifconfig *c, const char *word)
{
	argument(c);
	set_map(c, word);
}

static void set_media(struct ifconfig *c)
{
	static const char *const ports[] = { "unknown",	 "10base2", "bnc",	"coax",
					     "10baseT",	 "utp",	    "tpe",	"AUI",
					     "thick",	 "db15",    "100baseT", "100baseTX",
					     "100baseFX" };
	const char *arg = argument(c);
	bool known;
	char *end;
	size_t i;

	if (!strcasecmp(arg, "auto")) {
		change_flags(c, IFF_AUTOMEDIA, 0);
		c->args--; /* net-tools reads the word again, as an address */
		return;
	}
	(void)strtol(arg, &end, 10);
	known = !*end;
	for (i = 0; !known && i < sizeof(ports) / sizeof(ports[0]); i++)
		known = !strcasecmp(arg, ports[i]);
	if (!known) {
		ng_puts(c->err, "Unknown media type.\n");
		c->status |= 1;
		return;
	}
	set_map(c, "port");
}

/* "broadcast" and "pointopoint" may stand without an address. */
static void set_optional(struct ifconfig *c, unsigned long request, const char *what, int flag)
{
	if (!c->args[1] || set_address_word(c, request, what))
		change_flags(c, flag, 0);
}

/* add and del: of IPv4 an alias NAME:N comes or goes. */
static void change_extra(struct ifconfig *c, bool add)
{
	const char *arg = argument(c);
	__be32 addr;

	if (strchr(arg, ':')) {
		ng_puts(c->err, "No support for INET6 on this system.\n");
		c->status |= 1;
		return;
	}
	if (!read_address(c, arg, &addr))
		return;
	if_change_alias(c->task, c->ifname, addr, add);
}

/* The kernel keeps some flags whatever is asked. */
static void warn_if_set(struct ifconfig *c, int flag, const char *rest)
{
	struct ifreq ifr;

	int err;

	fill_name(c, &ifr);
	err = ng_sys_ioctl(c->task, request_fd(c, true), SIOCGIFFLAGS, &ifr);
	if (err)
		ng_printf(c->err, "%s: ERROR while testing interface flags: %s\n", c->ifname,
			  ng_strerror(-err));
	else if (ifr.ifr_flags & flag)
		ng_printf(c->err, "Warning: Interface %s still in %s\n", c->ifname, rest);
}

/* Words that only change a flag; false: not one of these. */
static bool flag_word(struct ifconfig *c, const char *word)
{
	static const struct {
		const char *word;
		int set, clear;
		const char *kept; /* said when a cleared flag stays */
	} words[] = {
		{ "up", IFF_UP | IFF_RUNNING, 0, NULL },
		{ "down", 0, IFF_UP, NULL },
		{ "arp", 0, IFF_NOARP, NULL },
		{ "-arp", IFF_NOARP, 0, NULL },
		{ "promisc", IFF_PROMISC, 0, NULL },
		{ "-promisc", 0, IFF_PROMISC,
		  "promisc mode... maybe other application is running?" },
		{ "multicast", IFF_MULTICAST, 0, NULL },
		{ "-multicast", 0, IFF_MULTICAST, "MULTICAST mode." },
		{ "allmulti", IFF_ALLMULTI, 0, NULL },
		{ "-allmulti", 0, IFF_ALLMULTI, "ALLMULTI mode." },
		{ "trailers", 0, IFF_NOTRAILERS, NULL },
		{ "-trailers", IFF_NOTRAILERS, 0, NULL },
		{ "dynamic", IFF_DYNAMIC, 0, NULL },
		{ "-dynamic", 0, IFF_DYNAMIC, "DYNAMIC mode." },
		{ "-broadcast", 0, IFF_BROADCAST, "BROADCAST mode." },
		{ "-pointopoint", 0, IFF_POINTOPOINT, "POINTOPOINT mode." },
		{ "-pointtopoint", 0, IFF_POINTOPOINT, "POINTOPOINT mode." },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(word, words[i].word) != 0)
			continue;
		change_flags(c, words[i].set, words[i].clear);
		if (words[i].kept)
			warn_if_set(c, words[i].clear, words[i].kept);
		return true;
	}
	return false;
}

static _Noreturn void set_foreign_address(struct ifconfig *c, const char *addr)
{
	if (!strcmp(c->family, "unix"))
		ng_puts(c->err, "ifconfig: Cannot set address for this protocol family.\n");
	else if (!strcmp(c->family, "inet6") && strchr(addr, ':'))
		ng_puts(c->err, "Don't know how to set addresses for family 10.\n");
	else
		prog_exit(c->task, ng_not_modelled(c->task, "ifconfig %s addresses", c->family));
	prog_exit(c->task, 1);
}

/* "10.0.0.1", "10.0.0.1/24" or a name: also brings the interface up. */
static void set_own_address(struct ifconfig *c, const char *arg)
{
	char host[NT_HOST_LEN];
	char *slash, *end;
	const char *alias;
	__be32 addr;

	snprintf(host, sizeof(host), "%s", arg);
	slash = strchr(host, '/');
	if (slash) {
		unsigned long prefix = strtoul(slash + 1, &end, 0);

		if (*end || c->did_mask)
			usage(c->task, 3);
		*slash = '\0';
		/* 32 shifts nothing away, as x86 does it */
		c->mask = cpu_to_be32(~(0xffffffffU >> (prefix & 31)));
		if (prefix == 32)
			c->mask = cpu_to_be32(0xffffffff);
		c->need_mask = true;
	}
	if (strcmp(c->family, "inet") != 0)
		set_foreign_address(c, host);
	if (!read_address(c, host, &addr)) {
		ng_puts(c->err, "ifconfig: `--help' gives usage information.\n");
		prog_exit(c->task, 1);
	}
	set_address(c, SIOCSIFADDR, "SIOCSIFADDR", addr);
	/* an alias ending in "-", or set to 0.0.0.0, is gone */
	alias = strchr(c->ifname, ':');
	if (!alias || (c->ifname[strlen(c->ifname) - 1] != '-' && addr))
		change_flags(c, IFF_UP | IFF_RUNNING, 0);
}

/* Words that take a number or a name. */
static bool value_word(struct ifconfig *c, const char *word)
{
	if (!strcmp(word, "mtu"))
		set_number(c, SIOCSIFMTU, "SIOCSIFMTU");
	else if (!strcmp(word, "txqueuelen"))
		set_number(c, SIOCSIFTXQLEN, "SIOCSIFTXQLEN");
	else if (!strcmp(word, "keepalive"))
		set_slip(c, SIOCDEVPRIVATE, "SIOCSKEEPALIVE");
	else if (!strcmp(word, "outfill"))
		set_slip(c, SIOCDEVPRIVATE + 2, "SIOCSOUTFILL");
	else if (!strcmp(word, "name"))
		set_name(c);
	else if (!strcmp(word, "hw"))
		set_hw(c);
	else if (!strcmp(word, "media") || !strcmp(word, "port"))
		set_media(c);
	else if (!strcmp(word, "mem_start") || !strcmp(word, "io_addr") || !strcmp(word, "irq"))
		set_map_word(c, word);
	else
		return false;
	return true;
}

static void set_netmask(struct ifconfig *c)
{
	__be32 mask;

	argument(c);
	if (c->did_mask)
		usage(c->task, 3);
	if (!read_address(c, *c->args, &mask))
		return;
	c->did_mask = true;
	set_address(c, SIOCSIFNETMASK, "SIOCSIFNETMASK", mask);
}

static void set_word(struct ifconfig *c)
{
	const char *word = *c->args;

	if (flag_word(c, word) || value_word(c, word))
		return;
	if (!strcmp(word, "broadcast")) {
		set_optional(c, SIOCSIFBRDADDR, "SIOCSIFBRDADDR", IFF_BROADCAST);
	} else if (!strcmp(word, "pointopoint") || !strcmp(word, "pointtopoint")) {
		set_optional(c, SIOCSIFDSTADDR, "SIOCSIFDSTADDR", IFF_POINTOPOINT);
	} else if (!strcmp(word, "dstaddr")) {
		set_address_word(c, SIOCSIFDSTADDR, "SIOCSIFDSTADDR");
	} else if (!strcmp(word, "netmask")) {
		set_netmask(c);
	} else if (!strcmp(word, "add") || !strcmp(word, "del")) {
		change_extra(c, word[0] == 'a');
	} else if (!strcmp(word, "tunnel")) {
		argument(c);
		ng_puts(c->err, "No support for INET6 on this system.\n");
		c->status |= 1;
	} else {
		set_own_address(c, word);
	}
}

static bool is_family(const char *word)
{
	static const char *const names[] = { "unix", "inet", "inet6", "ax25", "netrom",
					     "rose", "ipx",  "ddp",   "ash",  "x25" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!strcmp(word, names[i]))
			return true;
	}
	return false;
}

static int configure(struct ng_task *task, char **argv, bool verbose)
{
	struct ifconfig c = { .task = task,
			      .err = ng_stderr(task),
			      .family = "inet",
			      .args = argv + 1,
			      .verbose = verbose };

	snprintf(c.ifname, sizeof(c.ifname), "%s", argv[0]);
	c.fd = c.inet_fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	if (c.fd < 0) {
		nt_perror(task, "socket", c.fd);
		return 1;
	}
	if (is_family(*c.args)) {
		c.family = *c.args++;
		if (strcmp(c.family, "inet") != 0 && strcmp(c.family, "unix") != 0)
			c.fd = -1;
	}
	for (; *c.args; c.args++)
		set_word(&c);
	if (c.need_mask)
		set_address(&c, SIOCSIFNETMASK, "SIOCSIFNETMASK", c.mask);
	if (verbose && c.status)
		ng_printf(c.err, "WARNING: at least one error occured. (%d)\n",
			  c.status == 255 ? -1 : c.status);
	return c.status;
}

/**
 * ifconfig_main() - The program ifconfig.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int ifconfig_main(struct ng_task *task, int argc, char **argv)
{
	bool all = false, short_form = false, verbose = false;

	(void)argc;
	for (argv++; *argv && **argv == '-'; argv++) {
		if (!strcmp(*argv, "-a")) {
			all = true;
		} else if (!strcmp(*argv, "-s")) {
			short_form = true;
		} else if (!strcmp(*argv, "-V") || !strcmp(*argv, "-version") ||
			   !strcmp(*argv, "--version")) {
			ng_printf(ng_stdout(task), "%s\n", nt_version());
			return 0;
		} else if (!strcmp(*argv, "-?") || !strcmp(*argv, "-h") ||
			   !strcmp(*argv, "-help") || !strcmp(*argv, "--help")) {
			usage(task, 0);
		} else if (!strcmp(*argv, "-v")) {
			verbose = true;
		} else {
			ng_printf(ng_stderr(task),
				  "ifconfig: option `%s' not recognised.\n"
				  "ifconfig: `--help' gives usage information.\n",
				  *argv);
			return 1;
		}
	}
	if (*argv && argv[1])
		return configure(task, argv, verbose);
	if (short_form)
		if_print_title(task, false);
	if (*argv)
		return if_print_one(task, *argv, short_form);
	return short_form ? if_print_short(task, all) : if_print_all(task, all);
}
