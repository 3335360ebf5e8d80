/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * setup.c - a mount and a network namespace that look like a host at power-on
 *
 * The machine's own files are there but read-only; what a script may write to is a fresh tmpfs.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/mount.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include "real.h"

/* <sys/mount.h> and <linux/mount.h> do not live together */
int mount(const char *source, const char *target, const char *type, unsigned long flags,
	  const void *data);

#define ATTR_RECURSIVE 0x8000 /* AT_RECURSIVE */
#define PIDS_MAX "3000"

static const struct {
	const char *key;
	const char *value;
	bool inherited;
} sysctls[] = {
	/* no IPv6: its neighbour and multicast chatter is not modelled */
	{ "ipv6/conf/all/disable_ipv6", "1", false },
	{ "ipv6/conf/default/disable_ipv6", "1", false },
	{ "ipv6/conf/lo/disable_ipv6", "1", false },
	/* sent at random times */
	{ "ipv4/igmp_link_local_mcast_reports", "0", false },
	/*
	 * what follows is inherited from the machine's own namespace: back to the kernel's
	 * defaults
	 */
	{ "ipv4/ip_forward", "0", true },
	{ "ipv4/conf/all/rp_filter", "0", true },
	{ "ipv4/conf/default/rp_filter", "0", true },
	{ "ipv4/conf/all/arp_ignore", "0", true },
	{ "ipv4/conf/default/arp_ignore", "0", true },
	{ "ipv4/conf/all/arp_announce", "0", true },
	{ "ipv4/conf/default/arp_announce", "0", true },
	{ "ipv4/conf/all/proxy_arp", "0", true },
	{ "ipv4/conf/default/proxy_arp", "0", true },
	{ "ipv4/conf/all/accept_redirects", "1", true },
	{ "ipv4/conf/default/accept_redirects", "1", true },
	{ "ipv4/conf/all/send_redirects", "1", true },
	{ "ipv4/conf/default/send_redirects", "1", true },
	{ "ipv4/conf/all/log_martians", "0", true },
	{ "ipv4/conf/default/log_martians", "0", true },
	{ "ipv4/conf/all/route_localnet", "0", true },
	{ "ipv4/conf/default/route_localnet", "0", true },
	{ "bridge/bridge-nf-call-iptables", "1", false },
};

static const struct {
	const char *path;
	const char *text;
} files[] = {
	{ "/etc/nsswitch.conf", "hosts: files\nservices: files\nprotocols: files\nnetworks: files\n"
				"passwd: files\ngroup: files\n" },
	{ "/etc/networks", "default 0.0.0.0\nloopback 127.0.0.0\nlink-local 169.254.0.0\n" },
	{ "/etc/hosts", "127.0.0.1 localhost\n" },
	{ "/etc/resolv.conf", "" },
};

static const char *const writable[] = { "/run", "/tmp", "/root", "/var/tmp", "/dev/shm" };

/* Writes @value unless it reads so already; false: it does not read so afterwards. */
static bool set_sysctl(const char *key, const char *value)
{
	g_autofree char *path = g_build_filename("/proc/sys/net", key, NULL);
	g_autofree char *now = NULL;
	ssize_t n;
	int fd;

	if (!g_file_get_contents(path, &now, NULL, NULL))
		return false;
	if (!strcmp(g_strstrip(now), value))
		return true;
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = write(fd, value, strlen(value));
	close(fd);
	return n == (ssize_t)strlen(value);
}

/*
 * A new namespace takes its IPv4 settings from the machine's first one, which the script's host
 * stands for but is not.
 */
static void inherit(struct real *r)
{
	/* "all" before "default": setting the first may set the second */
	g_autoptr(GList) keys =
		g_list_sort(g_hash_table_get_keys(r->inherited), (GCompareFunc)strcmp);

	for (GList *k = keys; k; k = k->next)
		set_sysctl(k->data, g_hash_table_lookup(r->inherited, k->data));
}

/**
 * setup_remember() - Notes what the host would hand down to a namespace made now
 * @r: the run; the calling process is in the root network namespace
 */
void setup_remember(struct real *r)
{
	static const char *const names[] = { "all", "default" };

	g_hash_table_remove_all(r->inherited);
	for (unsigned int i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *conf = g_strdup_printf("ipv4/conf/%s", names[i]);
		g_autofree char *path = g_build_filename("/proc/sys/net", conf, NULL);
		g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
		const char *name;

		while (dir && (name = g_dir_read_name(dir))) {
			g_autofree char *file = g_build_filename(path, name, NULL);
			char *text;

			if (g_file_get_contents(file, &text, NULL, NULL))
				g_hash_table_insert(r->inherited,
						    g_build_filename(conf, name, NULL),
						    g_strstrip(text));
		}
	}
}

/**
 * setup_netns() - Gives the calling process' network namespace the kernel's defaults
 * @r: the run, for notes
 * @name: what the namespace is called
 */
void setup_netns(struct real *r, const char *name)
{
	if (strcmp(name, "host"))
		inherit(r);
	for (unsigned int i = 0; i < G_N_ELEMENTS(sysctls); i++) {
		if (strcmp(name, "host") && sysctls[i].inherited)
			continue;
		/* said once, for the first namespace */
		if (!set_sysctl(sysctls[i].key, sysctls[i].value) && !strcmp(name, "host") &&
		    !g_str_has_prefix(sysctls[i].key, "ipv6/"))
			vl_record_note(r->rec, "net/%s is not %s and cannot be set", sysctls[i].key,
				       sysctls[i].value);
	}
}

static void apply_kernel_lines(struct real *r)
{
	for (unsigned int i = 0; i < r->script->kernel->len; i++) {
		g_auto(GStrv) kv = g_strsplit(r->script->kernel->pdata[i], "=", 2);
		char *key = kv[0];
		bool slashes = strchr(key, '/');

		if (g_str_has_prefix(key, "net.") || g_str_has_prefix(key, "net/"))
			key += 4;
		if (!slashes)
			g_strdelimit(key, ".", '/');
		if (!set_sysctl(key, kv[1]))
			vl_record_note(r->rec, "#@ kernel: %s cannot be set",
				       (char *)r->script->kernel->pdata[i]);
	}
}

static bool lo_up(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq ifr = { .ifr_name = "lo" };
	bool ok = fd >= 0 && !ioctl(fd, SIOCGIFFLAGS, &ifr);

	ifr.ifr_flags |= IFF_UP;
	ok = ok && !ioctl(fd, SIOCSIFFLAGS, &ifr);
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool set_readonly(const char *path, bool on)
{
	struct mount_attr attr = { 0 };

	if (on)
		attr.attr_set = MOUNT_ATTR_RDONLY;
	else
		attr.attr_clr = MOUNT_ATTR_RDONLY;
	return !syscall(SYS_mount_setattr, -1, path, ATTR_RECURSIVE, &attr, sizeof(attr));
}

static void mount_files(struct real *r)
{
	for (unsigned int i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *base = g_path_get_basename(files[i].path);
		g_autofree char *from = g_build_filename("/run", base, NULL);
		char *target = realpath(files[i].path, NULL);

		if (!g_file_set_contents(from, files[i].text, -1, NULL) || chmod(from, 0644) ||
		    !target || mount(from, target, NULL, MS_BIND, NULL))
			vl_record_note(r->rec, "%s is the machine's own", files[i].path);
		unlink(from);
		free(target);
	}
}

/* A private copy of a folder of small files that scripts add lines to. */
static void mount_copy(struct real *r, const char *path)
{
	g_autoptr(GHashTable) copy = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	GHashTableIter iter;
	const char *name;
	void *key, *text;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *file = g_build_filename(path, name, NULL);
		char *got = NULL;

		if (g_file_test(file, G_FILE_TEST_IS_DIR) ||
		    g_file_get_contents(file, &got, NULL, NULL))
			g_hash_table_insert(copy, g_build_filename(path, name, NULL), got);
	}
	if (!dir || mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")) {
		vl_record_note(r->rec, "%s is the machine's own, and read-only", path);
		return;
	}
	g_hash_table_iter_init(&iter, copy);
	while (g_hash_table_iter_next(&iter, &key, &text)) {
		if (text)
			g_file_set_contents(key, text, -1, NULL);
		else
			mkdir(key, 0755);
		chmod(key, text ? 0644 : 0755);
	}
}

static bool mount_host(struct real *r)
{
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) {
		r->rec->cannot = g_strdup_printf("no private mounts: %s", g_strerror(errno));
		return false;
	}
	if (!set_readonly("/", true)) {
		r->rec->cannot = g_strdup_printf("the machine's files cannot be made read-only: %s",
						 g_strerror(errno));
		return false;
	}
	for (unsigned int i = 0; i < G_N_ELEMENTS(writable); i++) {
		const char *mode = g_str_has_suffix(writable[i], "tmp") ? "size=64m,mode=1777"
									: "size=64m,mode=755";

		if (mount("tmpfs", writable[i], "tmpfs", MS_NOSUID | MS_NODEV, mode) && i == 0) {
			r->rec->cannot = g_strdup_printf("no tmpfs on /run: %s", g_strerror(errno));
			return false;
		}
	}
	mount_files(r);
	mount_copy(r, "/etc/iproute2");
	if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL)) {
		vl_record_note(r->rec, "no fresh /proc (%s): ps and netns pids see the machine",
			       g_strerror(errno));
		set_readonly("/proc", false);
	}
	if (mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL))
		vl_record_note(r->rec, "no fresh /sys (%s): it shows the machine's devices",
			       g_strerror(errno));
	return true;
}

/**
 * setup_host() - Makes the host out of the fresh namespaces
 * @r: the run
 *
 * Return: false with rec->cannot set.
 */
bool setup_host(struct real *r)
{
	int fd;

	if (!mount_host(r))
		return false;
	if (mkdir("/run/netns", 0755) && errno != EEXIST) {
		r->rec->cannot = g_strdup_printf("/run/netns: %s", g_strerror(errno));
		return false;
	}
	if (!lo_up()) {
		r->rec->cannot = g_strdup_printf("lo cannot be set up: %s", g_strerror(errno));
		return false;
	}
	/*
	 * a fork bomb ends here also for the machine's root, whom RLIMIT_NPROC spares; not in
	 * old kernels
	 */
	fd = open("/proc/sys/kernel/pid_max", O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		if (write(fd, PIDS_MAX, strlen(PIDS_MAX)) < 0)
			vl_record_note(r->rec, "the number of processes is not limited");
		close(fd);
	}
	r->home_ns = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (!tap_open(r, "host", r->home_ns)) {
		r->rec->cannot = g_strdup("frames cannot be captured");
		return false;
	}
	apply_kernel_lines(r);
	return true;
}

/**
 * setup_environment() - The variables a simulated machine starts with
 */
void setup_environment(void)
{
	clearenv();
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	setenv("HOME", "/root", 1);
	setenv("USER", "root", 1);
	setenv("LOGNAME", "root", 1);
	setenv("SHELL", "/bin/sh", 1);
	setenv("LC_ALL", "C", 1);
	setenv("TZ", "UTC", 1);
}
