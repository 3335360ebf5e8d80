/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arp.c - show and change the neighbour table
 *
 * mirrors net-tools' arp.c: the table is read from /proc/net/arp, changes are
 * SIOCSARP and SIOCDARP.
 */
#include "nt.h"

#include "../lib/getopt.h"
#include "../lib/lines.h"
#include "../lib/prog.h"
#include "../lib/program.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <string.h>

int arp_main(struct ng_task *task, int argc, char **argv);

struct hwtype {
	const char *name;
	uint16_t type;
	bool has_arp;
};

struct arp {
	struct ng_task *task;
	struct ng_out *out;
	bool numeric, verbose, use_device, linux_style, all;
	const struct hwtype *hw; /* NULL: -H was not given */
	char device[IFNAMSIZ];
	int fd;
	bool title_done;
};

struct arp_entry {
	char ip[100];
	char hwa[100];
	char mask[100];
	char dev[100];
	unsigned int type;
	unsigned int flags;
};

static const struct hwtype hwtypes[] = {
	{ "unspec", 0xffff, false },	 { "loop", ARPHRD_LOOPBACK, false },
	{ "ether", ARPHRD_ETHER, true }, { "ash", ARPHRD_ASH, true },
	{ "ax25", ARPHRD_AX25, true },	 { "netrom", ARPHRD_NETROM, true },
	{ "rose", ARPHRD_ROSE, true },	 { "arcnet", ARPHRD_ARCNET, true },
	{ "dlci", ARPHRD_DLCI, true },	 { "fddi", ARPHRD_FDDI, true },
	{ "hippi", ARPHRD_HIPPI, true }, { "irda", ARPHRD_IRDA, true },
	{ "x25", ARPHRD_X25, true },	 { "eui64", ARPHRD_EUI64, true },
};

static const char usage_text[] =
	"Usage:\n"
	"  arp [-vn]  [<HW>] [-i <if>] [-a] [<hostname>]             <-Display ARP cache\n"
	"  arp [-v]          [-i <if>] -d  <host> [pub]               <-Delete ARP entry\n"
	"  arp [-vnD] [<HW>] [-i <if>] -f  [<filename>]            <-Add entry from file\n"
	"  arp [-v]   [<HW>] [-i <if>] -s  <host> <hwaddr> [temp]            <-Add entry\n"
	"  arp [-v]   [<HW>] [-i <if>] -Ds <host> <if> [netmask <nm>] pub          <-''-\n\n"
	"        -a                       display (all) hosts in alternative (BSD) style\n"
	"        -e                       display (all) hosts in default (Linux) style\n"
	"        -s, --set                set a new ARP entry\n"
	"        -d, --delete             delete a specified entry\n"
	"        -v, --verbose            be verbose\n"
	"        -n, --numeric            don't resolve names\n"
	"        -i, --device             specify network interface (e.g. eth0)\n"
	"        -D, --use-device         read <hwaddr> from given device\n"
	"        -A, -p, --protocol       specify protocol family\n"
	"        -f, --file               read new entries from file or from /etc/ethers\n\n"
	"  <HW>=Use '-H <hw>' to specify hardware address type. Default: ether\n"
	"  List of possible hardware types (which support ARP):\n";

static const char hw_list[] =
	"    ash (Ash) ether (Ethernet) ax25 (AMPR AX.25) \n"
	"    netrom (AMPR NET/ROM) rose (AMPR ROSE) arcnet (ARCnet) \n"
	"    dlci (Frame Relay DLCI) fddi (Fiber Distributed Data Interface) hippi (HIPPI) \n"
	"    irda (IrLAP) x25 (generic X.25) eui64 (Generic EUI-64) \n";

static const char version_text[] =
	"+I18N +SELINUX\n"
	"AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH\n"
	"HW: (ether) +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT "
	"+FDDI +HIPPI"
	" +HDLC/LAPB +EUI64 \n";

/* The list of hardware always goes to standard error; when usage was asked for, it comes first. */
static _Noreturn void usage(struct arp *a, int status)
{
	struct ng_out *out = nt_usage_out(a->task, status);

	if (!status)
		ng_puts(ng_stderr(a->task), hw_list);
	ng_puts(out, usage_text);
	if (status)
		ng_puts(ng_stderr(a->task), hw_list);
	prog_exit(a->task, status);
}

static const struct hwtype *hw_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(hwtypes) / sizeof(hwtypes[0]); i++) {
		if (!strcmp(hwtypes[i].name, name))
			return &hwtypes[i];
	}
	return NULL;
}

/* Unknown types are shown as Ethernet. */
static const char *hw_name(unsigned int type)
{
	size_t i;

	for (i = 0; i < sizeof(hwtypes) / sizeof(hwtypes[0]); i++) {
		if (hwtypes[i].type == type)
			return hwtypes[i].name;
	}
	return "ether";
}

static void print_linux(struct arp *a, const char *name, const struct arp_entry *e)
{
	char flags[10] = "";

	if (!a->title_done)
		ng_puts(a->out, "Address                  HWtype  HWaddress           Flags Mask   "
				"         Iface\n");
	a->title_done = true;
	snprintf(flags, sizeof(flags), "%s%s%s%s%s%s", e->flags & ATF_COM ? "C" : "",
		 e->flags & ATF_PERM ? "M" : "", e->flags & ATF_PUBL ? "P" : "", "",
		 e->flags & ATF_DONTPUB ? "!" : "", e->flags & ATF_USETRAILERS ? "T" : "");
	ng_printf(a->out, "%-23.23s  ", name);
	if (e->flags & ATF_COM)
		ng_printf(a->out, "%-8.8s%-20.20s", hw_name(e->type), e->hwa);
	else if (e->flags & ATF_PUBL)
		ng_printf(a->out, "%-8.8s%-20.20s", "*", "<from_interface>");
	else
		ng_printf(a->out, "%-8.8s%-20.20s", "", "(incomplete)");
	ng_printf(a->out, "%-6.6s%-15.15s %s\n", flags, e->flags & ATF_NETMASK ? e->mask : "",
		  e->dev);
}

static void print_bsd(struct arp *a, const char *name, const struct arp_entry *e)
{
	ng_printf(a->out, "%s (%s) at ", name, e->ip);
	if (e->flags & ATF_COM)
		ng_printf(a->out, "%s [%s] ", e->hwa, hw_name(e->type));
	else if (e->flags & ATF_PUBL)
		ng_puts(a->out, "<from_interface> ");
	else
		ng_puts(a->out, "<incomplete> ");
	if (e->flags & ATF_NETMASK)
		ng_printf(a->out, "netmask %s ", e->mask);
	if (e->flags & ATF_PERM)
		ng_puts(a->out, "PERM ");
	if (e->flags & ATF_PUBL)
		ng_puts(a->out, "PUB ");
	if (e->flags & ATF_DONTPUB)
		ng_puts(a->out, "DONTPUB ");
	if (e->flags & ATF_USETRAILERS)
		ng_puts(a->out, "TRAIL ");
	ng_printf(a->out, "on %s\n", e->dev);
}

static void print_entry(struct arp *a, const struct arp_entry *e)
{
	char name[NT_HOST_LEN] = "?";
	__be32 addr;

	if (!a->numeric && ng_inet_aton(e->ip, &addr)) {
		nt_name(a->task, name, sizeof(name), addr, NT_HOST | NT_DEFAULT, NT_SOME_MASK);
		if (!strcmp(name, e->ip))
			strcpy(name, "?");
	}
	if (a->linux_style)
		print_linux(a, name[0] == '?' ? e->ip : name, e);
	else
		print_bsd(a, name, e);
}

static bool matches(const struct arp *a, const struct arp_entry *e, const char *host)
{
	if (a->hw && e->type != a->hw->type)
		return false;
	if (host[0] && strcmp(e->ip, host) != 0)
		return false;
	return !a->device[0] || !strcmp(e->dev, a->device);
}

static int arp_show(struct arp *a, const char *name)
{
	char host[NT_HOST_LEN] = "";
	char line[200];
	struct ng_lines in;
	int entries = 0, shown = 0;
	int err;

	if (name) {
		__be32 addr;

		snprintf(host, sizeof(host), "%s", name);
		if (nt_resolve(a->task, host, false, &addr) < 0) {
			nt_herror(a->task, host);
			return -1;
		}
		ng_inet_ntoa(host, addr);
	}
	err = ng_lines_open(&in, a->task, "/proc/net/arp");
	if (err) {
		nt_perror(a->task, "/proc/net/arp", err);
		return -1;
	}
	ng_lines_next(&in, line, sizeof(line));
	while (ng_lines_next(&in, line, sizeof(line))) {
		struct arp_entry e = { .mask = "-", .dev = "-" };

		if (sscanf(line, "%99s 0x%x 0x%x %99s %99s %99s", e.ip, &e.type, &e.flags, e.hwa,
			   e.mask, e.dev) < 4)
			break;
		entries++;
		if (!matches(a, &e, host))
			continue;
		shown++;
		print_entry(a, &e);
	}
	ng_lines_close(&in);
	if (a->verbose)
		ng_printf(a->out, "Entries: %d\tSkipped: %d\tFound: %d\n", entries, entries - shown,
			  shown);
	if (!shown) {
		if (host[0] && !a->all)
			ng_printf(a->out, "%s (%s) -- no entry\n", name, host);
		else if (a->hw || host[0] || a->device[0])
			ng_printf(a->out, "arp: in %d entries no match found.\n", entries);
	}
	return 0;
}

/* The host of -s and -d. */
static bool read_host(struct arp *a, const char *arg, char host[NT_HOST_LEN], struct arpreq *req)
{
	__be32 addr;

	if (!arg) {
		ng_puts(ng_stderr(a->task), "arp: need host name\n");
		return false;
	}
	snprintf(host, NT_HOST_LEN, "%s", arg);
	if (nt_resolve(a->task, host, false, &addr) < 0) {
		nt_herror(a->task, host);
		return false;
	}
	nt_set_sin(&req->arp_pa, addr);
	return true;
}

/* What -s and -d both understand; 0 done, -1 failed, 1 not one of these. */
static int common_word(struct arp *a, char ***args, struct arpreq *req)
{
	const char *word = **args;

	if (!strcmp(word, "temp")) {
		req->arp_flags &= ~ATF_PERM;
	} else if (!strcmp(word, "trail")) {
		req->arp_flags |= ATF_USETRAILERS;
	} else if (!strcmp(word, "dontpub")) {
		req->arp_flags |= ATF_DONTPUB;
	} else if (!strcmp(word, "auto")) {
		/* accepted, and nothing the kernel of today knows */
	} else if (!strcmp(word, "dev")) {
		if (!*++*args)
			usage(a, 3);
		snprintf(a->device, sizeof(a->device), "%s", **args);
	} else if (!strcmp(word, "netmask")) {
		char mask[NT_HOST_LEN];
		__be32 addr;

		if (!*++*args)
			usage(a, 3);
		if (strcmp(**args, "255.255.255.255") != 0) {
			snprintf(mask, sizeof(mask), "%s", **args);
			if (nt_resolve(a->task, mask, false, &addr) < 0) {
				nt_herror(a->task, mask);
				return -1;
			}
			nt_set_sin(&req->arp_netmask, addr);
			req->arp_flags |= ATF_NETMASK;
		}
	} else {
		return 1;
	}
	++*args;
	return 0;
}

static int delete_entry(struct arp *a, struct arpreq *req, bool pub)
{
	if (a->verbose)
		ng_printf(ng_stderr(a->task), "arp: SIOCDARP(%s)\n", pub ? "pub" : "dontpub");
	return ng_sys_ioctl(a->task, a->fd, SIOCDARP, req);
}

/* "priv" first, then "pub": the kernel cannot be asked for either alone. */
static int delete_both(struct arp *a, struct arpreq *req, const char *host, bool priv, bool pub)
{
	int err;

	if (priv) {
		err = delete_entry(a, req, false);
		if (!err)
			return 0;
		if (err != -ENXIO && err != -ENOENT) {
			nt_perror(a->task, "SIOCDARP(dontpub)", err);
			return -1;
		}
	}
	if (pub) {
		req->arp_flags |= ATF_PUBL;
		err = delete_entry(a, req, true);
		if (!err)
			return 0;
		if (err != -ENXIO && err != -ENOENT) {
			nt_perror(a->task, "SIOCDARP(pub)", err);
			return -1;
		}
	}
	ng_printf(a->out, "No ARP entry for %s\n", host);
	return -1;
}

static int arp_del(struct arp *a, char **args)
{
	struct arpreq req = { .arp_flags = ATF_PERM };
	char host[NT_HOST_LEN];
	bool pub = false, priv = false;

	if (!read_host(a, *args, host, &req))
		return -1;
	if (a->hw)
		req.arp_ha.sa_family = a->hw->type;
	args++;
	while (*args) {
		int r;

		if (a->verbose)
			ng_printf(ng_stderr(a->task), "args=%s\n", *args);
		if (!strcmp(*args, "pub")) {
			pub = true;
			args++;
			continue;
		}
		if (!strcmp(*args, "priv")) {
			priv = true;
			args++;
			continue;
		}
		r = common_word(a, &args, &req);
		if (r < 0)
			return -1;
		if (r)
			usage(a, 3);
	}
	strcpy(req.arp_dev, a->device);
	return delete_both(a, &req, host, priv || !pub, pub || !priv);
}

static bool device_hwaddr(struct arp *a, const char *name, struct sockaddr *ret_hw)
{
	char mac[NT_HWADDR_LEN];
	struct ifreq ifr;
	int err;

	memset(&ifr, 0, sizeof(ifr));
	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	err = ng_sys_ioctl(a->task, a->fd, SIOCGIFHWADDR, &ifr);
	if (err) {
		ng_printf(ng_stderr(a->task), "arp: cant get HW-Address for `%s': %s.\n", name,
			  ng_strerror(-err));
		return false;
	}
	if (a->hw && ifr.ifr_hwaddr.sa_family != a->hw->type) {
		ng_puts(ng_stderr(a->task), "arp: protocol type mismatch.\n");
		return false;
	}
	memcpy(ret_hw, &ifr.ifr_hwaddr, sizeof(*ret_hw));
	if (a->verbose)
		ng_printf(ng_stderr(a->task), "arp: device `%s' has HW address %s `%s'.\n", name,
			  hw_name(ifr.ifr_hwaddr.sa_family),
			  nt_ether_print(mac, ifr.ifr_hwaddr.sa_data));
	return true;
}

static int arp_set(struct arp *a, char **args)
{
	struct arpreq req = { .arp_flags = ATF_PERM | ATF_COM };
	char host[NT_HOST_LEN];
	int err;

	if (!read_host(a, *args, host, &req))
		return -1;
	args++;
	if (!*args) {
		ng_puts(ng_stderr(a->task), "arp: need hardware address\n");
		return -1;
	}
	if (a->use_device) {
		if (!device_hwaddr(a, *args, &req.arp_ha))
			return -1;
	} else {
		req.arp_ha.sa_family = ARPHRD_ETHER;
		if (!nt_ether_input(*args, (uint8_t *)req.arp_ha.sa_data)) {
			ng_puts(ng_stderr(a->task), "arp: invalid hardware address\n");
			return -1;
		}
	}
	args++;
	while (*args) {
		int r = common_word(a, &args, &req);

		if (r < 0)
			return -1;
		if (r == 0)
			continue;
		if (!strcmp(*args, "pub"))
			req.arp_flags |= ATF_PUBL;
		else if (!strcmp(*args, "priv"))
			req.arp_flags &= ~ATF_PUBL;
		else
			usage(a, 3);
		args++;
	}
	strcpy(req.arp_dev, a->device);
	if (a->verbose)
		ng_puts(ng_stderr(a->task), "arp: SIOCSARP()\n");
	err = ng_sys_ioctl(a->task, a->fd, SIOCSARP, &req);
	if (err) {
		nt_perror(a->task, "SIOCSARP", err);
		return -1;
	}
	return 0;
}

static void file_line(struct arp *a, char *line, unsigned int nr, const char *name)
{
	char *args[33];
	char *save = NULL;
	char *p;
	int n = 0;

	for (p = strtok_r(line, " \t", &save); p && n < 32; p = strtok_r(NULL, " \t", &save))
		args[n++] = p;
	args[n] = NULL;
	if (n < 2) {
		ng_printf(ng_stderr(a->task), "arp: format error on line %u of etherfile %s !\n",
			  nr, name);
		return;
	}
	if (strchr(args[0], ':')) {
		p = args[0];
		args[0] = args[1];
		args[1] = p;
	}
	if (arp_set(a, args) != 0)
		ng_printf(ng_stderr(a->task),
			  "arp: cannot set entry on line %u of etherfile %s !\n", nr, name);
}

static int arp_file(struct arp *a, const char *name)
{
	struct ng_lines in;
	char line[1024];
	unsigned int nr = 0;

	if (ng_lines_open(&in, a->task, name)) {
		ng_printf(ng_stderr(a->task), "arp: cannot open etherfile %s !\n", name);
		return -1;
	}
	while (ng_lines_next(&in, line, sizeof(line))) {
		nr++;
		if (a->verbose)
			ng_printf(ng_stderr(a->task), ">> %s\n", line);
		if (line[0] && line[0] != '#')
			file_line(a, line, nr, name);
	}
	ng_lines_close(&in);
	return 0;
}

static void parse_option(struct arp *a, int ch, const char *arg)
{
	struct ng_out *err = ng_stderr(a->task);

	switch (ch) {
	case 'e':
		a->linux_style = true;
		break;
	case 'n':
		a->numeric = true;
		break;
	case 'D':
		a->use_device = true;
		break;
	case 'N':
		ng_puts(err, "arp: -N not yet supported.\n");
		break;
	case 'v':
		a->verbose = true;
		break;
	case 'A':
	case 'p':
		if (!strcmp(arg, "inet6") || !strcmp(arg, "unix") || !strcmp(arg, "ipx")) {
			ng_printf(err, "arp: %s: kernel only supports 'inet'.\n", arg);
			prog_exit(a->task, 255);
		}
		if (strcmp(arg, "inet") != 0) {
			ng_printf(err, "arp: %s: unknown address family.\n", arg);
			prog_exit(a->task, 255);
		}
		break;
	case 'H':
	case 't':
		a->hw = hw_by_name(arg);
		if (!a->hw) {
			ng_printf(err, "arp: %s: unknown hardware type.\n", arg);
			prog_exit(a->task, 255);
		}
		break;
	case 'i':
		snprintf(a->device, sizeof(a->device), "%s", arg);
		break;
	case 'V':
		ng_printf(a->out, "%s\n%s", nt_version(), version_text);
		prog_exit(a->task, 0);
	case 'h':
		usage(a, 0);
	default:
		usage(a, 3);
	}
}

/**
 * arp_main() - The program arp.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int arp_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option longopts[] = {
		{ "verbose", 0, 'v' },	{ "version", 0, 'V' },	{ "all", 0, 'a' },
		{ "delete", 0, 'd' },	{ "file", 0, 'f' },	{ "numeric", 0, 'n' },
		{ "set", 0, 's' },	{ "protocol", 1, 'A' }, { "hw-type", 1, 'H' },
		{ "device", 1, 'i' },	{ "help", 0, 'h' },	{ "use-device", 0, 'D' },
		{ "symbolic", 0, 'N' }, { NULL, 0, 0 },
	};
	struct arp a = { .task = task, .out = ng_stdout(task) };
	struct ng_getopt opt = { .task = task };
	int what = 0;
	int ch;

	while ((ch = ng_getopt_long(&opt, argc, argv, "A:H:adfp:nsei:t:vh?DNV", longopts)) != -1) {
		if (ch == 'a' || ch == 'f' || ch == 'd' || ch == 's') {
			what = ch;
			a.all |= ch == 'a';
		} else {
			parse_option(&a, ch, opt.optarg);
		}
	}
	if (a.hw && !a.hw->has_arp) {
		ng_printf(ng_stderr(task), "arp: %s: hardware type without ARP support.\n",
			  a.hw->name);
		return 255;
	}
	if (what == 's' && a.hw && a.hw->type != ARPHRD_ETHER)
		return ng_not_modelled(task, "arp -H %s", a.hw->name);
	a.fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	if (a.fd < 0) {
		nt_perror(task, "socket", a.fd);
		return 255;
	}
	argv += opt.optind;
	if (what == 'f')
		return arp_file(&a, argv[0] ? argv[0] : "/etc/ethers");
	if (what == 'd')
		return arp_del(&a, argv);
	if (what == 's')
		return arp_set(&a, argv);
	if (!what)
		a.linux_style = true;
	return arp_show(&a, argv[0]);
}
