/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifconfig.c - show and configure interfaces
 *
 * mirrors net-tools' ifconfig.c; showing is if_show.c, changes are ioctls.
 *
 * Not modelled: IPv6, add, del, tunnel, name, media and other hardware than
 * ether.
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
	const char *ifname;
	char **args; /* the word being read */
	int fd;
	int status;
	bool not_modelled;
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
	strncpy(ifr->ifr_name, c->ifname, IFNAMSIZ - 1);
}

static void change_flags(struct ifconfig *c, int set, int clear)
{
	struct ifreq ifr;
	int err;

	fill_name(c, &ifr);
	err = ng_sys_ioctl(c->task, c->fd, SIOCGIFFLAGS, &ifr);
	if (err) {
		ng_printf(c->err, "%s: ERROR while getting interface flags: %s\n", c->ifname,
			  ng_strerror(-err));
		c->status = 255;
		return;
	}
	ifr.ifr_flags = (short)((ifr.ifr_flags | set) & ~clear);
	err = ng_sys_ioctl(c->task, c->fd, SIOCSIFFLAGS, &ifr);
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

static void set_address(struct ifconfig *c, unsigned long request, const char *what, __be32 addr)
{
	struct ifreq ifr;
	int err;

	fill_name(c, &ifr);
	nt_set_sin(&ifr.ifr_addr, addr);
	err = ng_sys_ioctl(c->task, c->fd, request, &ifr);
	if (err) {
		nt_perror(c->task, what, err);
		c->status |= 1;
	}
}

/* An address that must be known; the program ends otherwise. */
static __be32 read_address(struct ifconfig *c, const char *arg, bool hint)
{
	char name[NT_HOST_LEN];
	__be32 addr;

	snprintf(name, sizeof(name), "%s", arg);
	if (nt_resolve(c->task, name, false, &addr) < 0) {
		nt_herror(c->task, name);
		if (hint)
			ng_puts(c->err, "ifconfig: `--help' gives usage information.\n");
		prog_exit(c->task, 1);
	}
	return addr;
}

static void set_hw(struct ifconfig *c)
{
	uint8_t mac[6];
	struct ifreq ifr;
	int err;

	if (strcmp(argument(c), "ether") != 0)
		usage(c->task, 3);
	argument(c);
	if (!nt_ether_input(*c->args, mac)) {
		ng_printf(c->err, "%s: invalid %s address.\n", *c->args, "ether");
		c->status |= 1;
		return;
	}
	fill_name(c, &ifr);
	ifr.ifr_hwaddr.sa_family = ARPHRD_ETHER;
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
	if (err) {
		nt_perror(c->task, "SIOCSIFNAME", err);
		c->status |= 1;
	}
}

static void set_number(struct ifconfig *c, bool mtu)
{
	int v = atoi(argument(c));
	struct ifreq ifr;
	int err;

	fill_name(c, &ifr);
	ifr.ifr_mtu = v; /* ifr_qlen is the same field */
	err = ng_sys_ioctl(c->task, c->fd, mtu ? SIOCSIFMTU : SIOCSIFTXQLEN, &ifr);
	if (err) {
		nt_perror(c->task, mtu ? "SIOCSIFMTU" : "SIOCSIFTXQLEN", err);
		c->status |= 1;
	}
}

/* "broadcast" and "pointopoint" may stand without an address. */
static void set_optional(struct ifconfig *c, unsigned long request, const char *what, int flag)
{
	if (c->args[1]) {
		const char *arg = *++c->args;
		struct ifreq ifr;
		int err;

		fill_name(c, &ifr);
		nt_set_sin(&ifr.ifr_addr, read_address(c, arg, false));
		err = ng_sys_ioctl(c->task, c->fd, request, &ifr);
		if (err) {
			nt_perror(c->task, what, err);
			c->status |= 1;
		}
	}
	if (flag == IFF_BROADCAST || !c->status)
		change_flags(c, flag, 0);
}

/* The kernel keeps some flags whatever is asked. */
static void warn_if_set(struct ifconfig *c, int flag, const char *rest)
{
	struct ifreq ifr;

	fill_name(c, &ifr);
	if (!ng_sys_ioctl(c->task, c->fd, SIOCGIFFLAGS, &ifr) && (ifr.ifr_flags & flag))
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

static bool is_unmodelled_word(const char *word)
{
	static const char *const words[] = { "add",	  "del",     "tunnel",	  "media",
					     "mem_start", "io_addr", "keepalive", "outfill",
					     "irq",	  "inet6" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(word, words[i]))
			return true;
	}
	return false;
}

/* "10.0.0.1", "10.0.0.1/24" or a name: also brings the interface up. */
static void set_own_address(struct ifconfig *c, const char *arg)
{
	char host[NT_HOST_LEN];
	char *slash, *end;

	snprintf(host, sizeof(host), "%s", arg);
	slash = strchr(host, '/');
	if (slash) {
		unsigned long prefix = strtoul(slash + 1, &end, 0);

		if (*end || c->did_mask)
			usage(c->task, 3);
		*slash = '\0';
		c->mask = cpu_to_be32(~(0xffffffffU >> (prefix & 31)));
		if (prefix == 32)
			c->mask = cpu_to_be32(0xffffffff);
		c->need_mask = true;
	}
	set_address(c, SIOCSIFADDR, "SIOCSIFADDR", read_address(c, host, true));
	change_flags(c, IFF_UP | IFF_RUNNING, 0);
}

static void set_word(struct ifconfig *c)
{
	const char *word = *c->args;

	if (flag_word(c, word))
		return;
	if (!strcmp(word, "mtu") || !strcmp(word, "txqueuelen")) {
		set_number(c, word[0] == 'm');
	} else if (!strcmp(word, "broadcast")) {
		set_optional(c, SIOCSIFBRDADDR, "SIOCSIFBRDADDR", IFF_BROADCAST);
	} else if (!strcmp(word, "pointopoint")) {
		set_optional(c, SIOCSIFDSTADDR, "SIOCSIFDSTADDR", IFF_POINTOPOINT);
	} else if (!strcmp(word, "dstaddr")) {
		set_address(c, SIOCSIFDSTADDR, "SIOCSIFDSTADDR",
			    read_address(c, argument(c), false));
	} else if (!strcmp(word, "netmask")) {
		argument(c);
		if (c->did_mask)
			usage(c->task, 3);
		c->did_mask = true;
		set_address(c, SIOCSIFNETMASK, "SIOCSIFNETMASK", read_address(c, *c->args, false));
	} else if (!strcmp(word, "hw")) {
		set_hw(c);
	} else if (!strcmp(word, "name")) {
		set_name(c);
	} else if (is_unmodelled_word(word)) {
		c->not_modelled = true;
	} else if (strcmp(word, "inet") != 0) {
		set_own_address(c, word);
	}
}

static int configure(struct ng_task *task, char **argv)
{
	struct ifconfig c = {
		.task = task, .err = ng_stderr(task), .ifname = argv[0], .args = argv + 1
	};

	c.fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	if (c.fd < 0) {
		nt_perror(task, "socket", c.fd);
		return 1;
	}
	for (; *c.args; c.args++) {
		set_word(&c);
		if (c.not_modelled)
			return ng_not_modelled(task, "ifconfig %s", *c.args);
	}
	if (c.need_mask && !c.did_mask)
		set_address(&c, SIOCSIFNETMASK, "SIOCSIFNETMASK", c.mask);
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
	bool all = false, short_form = false;

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
		} else if (strcmp(*argv, "-v") != 0) {
			ng_printf(ng_stderr(task),
				  "ifconfig: option `%s' not recognised.\n"
				  "ifconfig: `--help' gives usage information.\n",
				  *argv);
			return 1;
		}
	}
	if (*argv && argv[1])
		return configure(task, argv);
	if (short_form)
		if_print_title(task, false);
	if (*argv)
		return if_print_one(task, *argv, short_form);
	return short_form ? if_print_short(task, all) : if_print_all(task, all);
}
