/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nswatch.c - a network namespace has its tap before anything happens in it
 *
 * A seccomp filter stops three system calls and asks pid 1, which lets them go on:
 *
 *	unshare(CLONE_NEWNET)	pid 1 stops the process again right behind it: opens the tap
 *	mount on /run/netns/X	`ip netns add`: the tap gets its name
 *	umount2 of that		`ip netns del`: the tap is drained and closed
 *
 * An open tap would keep its namespace alive: one without a name is closed when no process is
 * left in it. The tools are the real ones, unchanged, and the script cannot tell.
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
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "real.h"

#define NETNS_DIR "/run/netns/"
#define STOP_TRIES 1000 /* ms to wait for a process to come back from unshare() */

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5) /* <linux/seccomp.h>, since 5.19 */
#endif

/**
 * nswatch_install() - Has the calling process and its children watched
 *
 * Return: the listener; -1 when the kernel has no such thing.
 */
int nswatch_install(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mount, 5, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_umount2, 4, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 0, 2),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_NEWNET, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
	};
	struct sock_fprog prog = { G_N_ELEMENTS(code), code };

	/*
	 * the second flag: a process that was asked about waits for the answer, whatever signal
	 * it gets
	 */
	return (int)syscall(
		SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, &prog);
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
	/*
	 * by way of its pidfd: /proc may be of another pid namespace where a fresh one is
	 * refused
	 */
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

static ino_t ns_number(int fd)
{
	struct stat st;

	return fstat(fd, &st) ? 0 : st.st_ino;
}

static ino_t ns_of(pid_t pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/ns/net", (int)pid);
	struct stat st;

	return stat(path, &st) ? 0 : st.st_ino;
}

/* Does a process other than @but live in it? */
static bool is_lived_in(ino_t ns, pid_t but)
{
	g_autoptr(GDir) dir = g_dir_open("/proc", 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		pid_t pid = (pid_t)g_ascii_strtoll(name, NULL, 10);

		if (pid > 1 && pid != but && ns_of(pid) == ns)
			return true;
	}
	return false;
}

static void named(struct real *r, const char *name, int fd)
{
	struct tap *t = tap_find_ns(r, ns_number(fd));

	if (ns_number(fd) == ns_number(r->home_ns) || tap_find(r, name))
		return;
	if (t) {
		tap_rename(r, t, name);
		return;
	}
	setup_remember(r);
	tap_open(r, name, fd);
}

/* @pid was stopped behind unshare(): its new namespace gets a tap, without a name as yet. */
static void unshared(struct real *r, pid_t pid, ino_t before)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/ns/net", (int)pid);
	g_autofree char *name = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct tap *t;

	if (fd < 0)
		return;
	if (ns_number(fd) != before) {
		name = g_strdup_printf("netns%u", ++r->nets);
		setup_remember(r);
		t = tap_open(r, name, fd);
		if (t)
			tap_loosen(t);
	}
	close(fd);
}

/* Answers @req and takes the process up again behind the system call. */
static void around_unshare(struct real *r, const struct seccomp_notif *req)
{
	struct seccomp_notif_resp resp = { .id = req->id,
					   .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE };
	pid_t pid = (pid_t)req->pid;
	ino_t before = ns_of(pid);
	bool held = !ptrace(PTRACE_SEIZE, pid, 0, 0) && !ptrace(PTRACE_INTERRUPT, pid, 0, 0);
	int status = 0;

	ioctl(r->watch, SECCOMP_IOCTL_NOTIF_SEND, &resp);
	for (int i = 0; held && i < STOP_TRIES; i++) {
		pid_t got = waitpid(pid, &status, WNOHANG | __WALL);

		if (got == pid && WIFSTOPPED(status)) {
			unshared(r, pid, before);
			ptrace(PTRACE_DETACH, pid, 0, 0);
			return;
		}
		if (got)
			return; /* it died */
		g_usleep(1000);
	}
	vl_record_note(r->rec, "a namespace of process %d has no capture", (int)pid);
}

/**
 * nswatch_close_empty() - Closes the taps of namespaces that nobody can reach any more
 * @r: the run
 */
void nswatch_close_empty(struct real *r)
{
	for (unsigned int i = r->taps->len; i-- > 0;) {
		struct tap *t = r->taps->pdata[i];

		if (tap_is_loose(t) && !is_lived_in(tap_ns(t), 0))
			tap_close(r, t);
	}
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
	if (t && is_lived_in(tap_ns(t), (pid_t)req->pid))
		tap_loosen(t);
	else if (t)
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
	if (req.data.nr == SYS_unshare) {
		around_unshare(r, &req);
		return;
	}
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
