/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nswatch.c - no namespace gets a name before its tap is in place
 *
 * `ip netns add` unshares and then bind-mounts /proc/self/ns/net on /run/netns/NAME; `ip netns del` unmounts
 * that. A seccomp filter stops exactly these two system calls and asks pid 1, which opens the tap (or drains
 * and closes it: an open socket would keep the namespace alive) and lets the call go on. The tools are the
 * real ones, unchanged, and the script cannot tell.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

#include "real.h"

#define NETNS_DIR "/run/netns/"

/**
 * nswatch_install() - Has the calling process and its children watched
 *
 * Return: the listener; -1 when the kernel has no such thing.
 */
int nswatch_install(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mount, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_umount2, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
	};
	struct sock_fprog prog = { G_N_ELEMENTS(code), code };

	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
			    &prog);
}

/* A string of another process; "" when it cannot be read. */
static void read_string(pid_t pid, uint64_t at, char *buf, size_t size)
{
	size_t n = 0;

	buf[0] = 0;
	if (!at)
		return;
	/* page by page: the string may end right before a hole */
	while (n < size - 1) {
		size_t chunk = MIN(size - 1 - n, 4096 - ((at + n) & 4095));
		struct iovec to = { buf + n, chunk };
		struct iovec from = { (void *)(uintptr_t)(at + n), chunk };
		ssize_t got = process_vm_readv(pid, &to, 1, &from, 1, 0);

		if (got <= 0)
			break;
		if (memchr(buf + n, 0, (size_t)got))
			return;
		n += (size_t)got;
	}
	buf[n] = 0;
}

/* The network namespace that is about to be mounted from @source by @pid. */
static int open_source(const struct real *r, pid_t pid, const char *source)
{
	int pidfd;
	int fd = -1;

	if (strcmp(source, "/proc/self/ns/net") && strcmp(source, "/proc/thread-self/ns/net"))
		return open(source, O_RDONLY | O_CLOEXEC);
	/* by way of its pidfd: /proc may be of another pid namespace where a fresh one is refused */
	pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0)
		return -1;
	if (!setns(pidfd, CLONE_NEWNET)) {
		fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
		if (setns(r->home_ns, CLONE_NEWNET))
			g_error("the way back to the root namespace is lost");
	}
	close(pidfd);
	return fd;
}

static bool same_ns(int a, int b)
{
	struct stat sa, sb;

	return !fstat(a, &sa) && !fstat(b, &sb) && sa.st_ino == sb.st_ino && sa.st_dev == sb.st_dev;
}

static void named(struct real *r, const char *name, int fd)
{
	if (same_ns(fd, r->home_ns) || tap_find(r, name))
		return;
	setup_remember(r);
	tap_open(r, name, fd);
}

static void before_mount(struct real *r, const struct seccomp_notif *req)
{
	char source[256], target[256];
	const char *name;
	int fd;

	if (!(req->data.args[3] & MS_BIND))
		return;
	read_string((pid_t)req->pid, req->data.args[0], source, sizeof(source));
	read_string((pid_t)req->pid, req->data.args[1], target, sizeof(target));
	if (!g_str_has_prefix(target, NETNS_DIR))
		return;
	name = target + strlen(NETNS_DIR);
	if (!*name || strchr(name, '/'))
		return;
	fd = open_source(r, (pid_t)req->pid, source);
	if (fd < 0)
		return;
	named(r, name, fd);
	close(fd);
}

static void before_umount(struct real *r, const struct seccomp_notif *req)
{
	char target[256];
	struct tap *t;

	read_string((pid_t)req->pid, req->data.args[0], target, sizeof(target));
	if (!g_str_has_prefix(target, NETNS_DIR))
		return;
	t = tap_find(r, target + strlen(NETNS_DIR));
	if (t)
		tap_close(r, t);
}

/**
 * nswatch_serve() - Answers one stopped system call
 * @r: the run
 */
void nswatch_serve(struct real *r)
{
	struct seccomp_notif req;
	struct seccomp_notif_resp resp;

	memset(&req, 0, sizeof(req));
	if (ioctl(r->watch, SECCOMP_IOCTL_NOTIF_RECV, &req))
		return;
	if (req.data.nr == SYS_mount)
		before_mount(r, &req);
	else
		before_umount(r, &req);
	memset(&resp, 0, sizeof(resp));
	resp.id = req.id;
	resp.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	ioctl(r->watch, SECCOMP_IOCTL_NOTIF_SEND, &resp);
}

/**
 * nswatch_rescan() - Taps every named namespace that has none
 * @r: the run
 *
 * Needed only where nswatch_install() is refused; then between commands.
 */
void nswatch_rescan(struct real *r)
{
	g_autoptr(GDir) dir = g_dir_open("/run/netns", 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(NETNS_DIR, name, NULL);
		struct stat st;
		int fd;

		if (tap_find(r, name))
			continue;
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			continue;
		/* before the mount it is an empty file of the tmpfs */
		if (!fstat(fd, &st) && st.st_size == 0 && major(st.st_dev) == 0 &&
		    ioctl(fd, _IO(0xb7, 3)) >= 0)
			named(r, name, fd);
		close(fd);
	}
}
