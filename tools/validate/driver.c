/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * driver.c - pid 1 of a run: the script in bash, command by command, and what it leaves behind
 *
 * bash gets the script itself, every line at its own number, with a call of a shell function
 * put before each complete command. The function says which command begins and how the last one
 * ended, waits until pid 1 has taken the output so far, and hands $? on. It stands in an &&
 * list with its errors elsewhere, so `set -e` and `set -x` do not see it.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "real.h"

#define HOOK_OUT 250 /* the shell's descriptors: far from what scripts use */
#define HOOK_IN 251
#define LINGER_NS (VL_LINGER_MS * NSEC_PER_MSEC)
#define STAGE "/mnt"

/* Root already: sudo would find files of owners that do not exist in here. */
#define SUDO                                                                      \
	"sudo() { while :; do case $1 in "                                        \
	"-u|-g) shift 2;; --) shift; break;; -*) shift;; *) break;; esac; done; " \
	"env -- \"$@\"; }; "

#define PRELUDE                                                                                 \
	"cd /root; unset OLDPWD; " SUDO                                                         \
	"__ng() { local __ng_s=$?; printf '%s %s\\n' \"$1\" \"$__ng_s\" >&250; read -r __ng_a " \
	"<&251; "                                                                               \
	"return $__ng_s; }; "
#define HOOK "{ __ng %u && :; } 2>/dev/null; "

static char *driver_text(const struct vl_script *s)
{
	GString *out = g_string_new(PRELUDE);
	size_t at = 0;

	for (unsigned int i = 0; i < s->cuts->len; i++) {
		const struct vl_cut *c = &g_array_index(s->cuts, struct vl_cut, i);

		g_string_append_len(out, s->text + at, (gssize)(c->start - at));
		g_string_append_printf(out, HOOK, i);
		at = c->start;
	}
	g_string_append(out, s->text + at);
	return g_string_free(out, FALSE);
}

static void limit(int what, rlim_t value)
{
	struct rlimit rl = { value, value };

	setrlimit(what, &rl);
}

static void one_cpu(const struct real *r)
{
	cpu_set_t all, one;
	int n, cpu = 0;

	/* softirq work then happens in program order, and runs repeat */
	if (sched_getaffinity(0, sizeof(all), &all) || !CPU_COUNT(&all))
		return;
	n = (int)(g_str_hash(r->script->text) % (unsigned int)CPU_COUNT(&all));
	while (!CPU_ISSET(cpu, &all) || n-- > 0)
		cpu++;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

/*
 * In the child: becomes the shell. @fds: 0 to 2, hook out, hook in, socket for the listener or
 * -1.
 */
static G_GNUC_NORETURN void become_shell(const struct real *r, const int fds[6], char *const argv[])
{
	int listener;

	signal(SIGPIPE, SIG_DFL);
	setsid();
	one_cpu(r);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, VL_OUTPUT_MAX * 4);
	limit(RLIMIT_NPROC, 600);
	limit(RLIMIT_AS, (rlim_t)1 << 30);
	for (int i = 0; i < 3; i++)
		dup2(fds[i], i);
	if (fds[3] >= 0) {
		dup2(fds[3], HOOK_OUT);
		dup2(fds[4], HOOK_IN);
	}
	if (fds[5] >= 0) {
		listener = nswatch_install();
		fd_send(fds[5], listener);
	}
	execvp("bash", argv);
	_exit(127);
}

/**
 * fd_send() - Sends a descriptor
 * @sock: a unix socket
 * @fd: or -1: only says so
 *
 * Return: 0 or -1.
 */
int fd_send(int sock, int fd)
{
	union {
		struct cmsghdr h;
		char space[CMSG_SPACE(sizeof(int))];
	} c = { 0 };
	char byte = 0;
	struct iovec iov = { &byte, 1 };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1 };

	if (fd >= 0) {
		m.msg_control = &c;
		m.msg_controllen = sizeof(c);
		c.h.cmsg_level = SOL_SOCKET;
		c.h.cmsg_type = SCM_RIGHTS;
		c.h.cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(&c.h), &fd, sizeof(fd));
	}
	return sendmsg(sock, &m, 0) == 1 ? 0 : -1;
}

/**
 * fd_receive() - Takes a descriptor
 * @sock: a unix socket
 *
 * Return: the descriptor, -1 when none came.
 */
int fd_receive(int sock)
{
	union {
		struct cmsghdr h;
		char space[CMSG_SPACE(sizeof(int))];
	} c = { 0 };
	char byte;
	struct iovec iov = { &byte, 1 };
	struct msghdr m = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &c, .msg_controllen = sizeof(c)
	};
	int fd = -1;

	if (recvmsg(sock, &m, MSG_CMSG_CLOEXEC) == 1 && m.msg_controllen >= CMSG_LEN(sizeof(int)) &&
	    c.h.cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(&c.h), sizeof(fd));
	return fd;
}

static struct vl_cmd *last_cmd(struct real *r)
{
	if (!r->rec->cmds->len)
		vl_record_cmd(r->rec, 1, "", 0)->t0_ns = real_now() - r->t0_ns;
	return r->rec->cmds->pdata[r->rec->cmds->len - 1];
}

static void read_output(struct real *r)
{
	char buf[65536];
	ssize_t n;

	for (int i = 0; i < 2; i++) {
		while ((n = read(r->out[i], buf, sizeof(buf))) > 0) {
			r->printed += (size_t)n;
			if (r->printed > VL_OUTPUT_MAX) {
				if (!r->rec->stopped)
					r->rec->stopped = g_strdup_printf(
						"printed more than %u bytes", VL_OUTPUT_MAX);
				return;
			}
			g_string_append_len(last_cmd(r)->out[i], buf, n);
		}
	}
}

/* The number of the last process started in here; 0: not known. */
static unsigned int last_pid(void)
{
	g_autofree char *text = NULL;

	if (!g_file_get_contents("/proc/sys/kernel/ns_last_pid", &text, NULL, NULL))
		return 0;
	return (unsigned int)g_ascii_strtoull(text, NULL, 10);
}

/* CPU pressure over the last ten seconds, 0 to 1; 0 where the kernel does not tell. */
static double machine_busy(void)
{
	g_autofree char *text = NULL;
	const char *avg;

	if (!g_file_get_contents("/proc/pressure/cpu", &text, NULL, NULL))
		return 0;
	avg = strstr(text, "avg10=");
	return avg ? g_ascii_strtod(avg + strlen("avg10="), NULL) / 100 : 0;
}

static void command_ends(struct real *r, int status)
{
	struct vl_cmd *c = last_cmd(r);
	const struct vl_cut *cut;
	unsigned int n = r->rec->cmds->len - 1;

	c->status = status;
	c->t1_ns = real_now() - r->t0_ns;
	c->started = last_pid() - c->started;
	if (c->started > 100000) /* the numbers began anew */
		c->started = 0;
	c->busy = machine_busy();
	cut = n < r->script->cuts->len ? &g_array_index(r->script->cuts, struct vl_cut, n) : NULL;
	if (cut && cut->tables) {
		vl_record_tables(r->rec, c->line, c->out[0]->str);
		g_string_truncate(c->out[0], 0);
	}
}

static void hook_line(struct real *r, const char *line)
{
	const struct vl_cut *cut;
	struct vl_cmd *c;
	unsigned int n;
	int status;

	read_output(r);
	if (sscanf(line, "%u %d", &n, &status) != 2 || n >= r->script->cuts->len)
		return;
	if (!n) {
		umount2(STAGE, MNT_DETACH);
		r->t0_ns = real_now();
	} else if (r->rec->cmds->len) {
		command_ends(r, status);
	}
	nswatch_close_empty(r);
	if (r->watch < 0)
		nswatch_rescan(r);
	cut = &g_array_index(r->script->cuts, struct vl_cut, n);
	r->cmd_t0_ns = real_now();
	c = vl_record_cmd(r->rec, cut->first_line, r->script->text + cut->start, cut->len);
	c->t0_ns = r->cmd_t0_ns - r->t0_ns;
	c->started = last_pid();
	if (write(r->hook_out, "\n", 1) < 0)
		vl_record_note(r->rec, "the shell does not listen");
}

static void read_hook(struct real *r)
{
	char buf[512];
	ssize_t n = read(r->hook_in, buf, sizeof(buf));
	char *nl;

	if (n <= 0)
		return;
	g_string_append_len(r->hook, buf, n);
	while ((nl = strchr(r->hook->str, '\n'))) {
		*nl = 0;
		hook_line(r, r->hook->str);
		g_string_erase(r->hook, 0, nl - r->hook->str + 1);
	}
	if (r->hook->len > sizeof(buf))
		g_string_truncate(r->hook, 0);
}

/* One round of waiting and taking; false: whoever started us is gone. */
static bool turn(struct real *r, int timeout_ms)
{
	unsigned int n = r->taps->len;
	g_autofree struct pollfd *p = g_new0(struct pollfd, 2 * n + 5);

	p[n].fd = r->out[0];
	p[n + 1].fd = r->out[1];
	p[n + 2].fd = r->hook_in;
	p[n + 3].fd = r->watch;
	p[n + 4].fd = r->life;
	for (unsigned int i = 0; i < n; i++) {
		p[i].fd = tap_fd(r->taps->pdata[i]);
		p[n + 5 + i].fd = tap_rules_fd(r->taps->pdata[i]);
	}
	for (unsigned int i = 0; i < 2 * n + 5; i++)
		p[i].events = POLLIN;
	if (poll(p, 2 * n + 5, timeout_ms) < 0 && errno != EINTR)
		return false;
	if (p[n + 4].revents)
		return false;
	for (unsigned int i = 0; i < n; i++)
		tap_drain(r, r->taps->pdata[i]);
	nswatch_close_empty(r);
	read_output(r);
	if (p[n + 2].revents & POLLIN)
		read_hook(r);
	if (p[n + 3].revents & POLLIN)
		nswatch_serve(r);
	if (p[n + 3].revents & POLLHUP) {
		close(r->watch); /* nobody is watched any more */
		r->watch = -1;
	}
	return true;
}

/* Takes the dead; true when the shell is among them. */
static bool reap(struct real *r, int *ret_status)
{
	bool gone = false;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == r->shell) {
			if (WIFSIGNALED(status))
				vl_record_note(r->rec, "line %u: the shell was killed by signal %d",
					       last_cmd(r)->line, WTERMSIG(status));
			*ret_status =
				WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
			gone = true;
		}
	}
	return gone;
}

static bool over_limit(struct real *r, int64_t start_ns)
{
	int64_t limit_ns = (int64_t)r->options->timeout_s * NSEC_PER_SEC;
	int64_t now = real_now();

	if (r->rec->stopped)
		return true;
	if (now - start_ns > limit_ns)
		r->rec->stopped =
			g_strdup_printf("the script took more than %d s", r->options->timeout_s);
	else if (r->cmd_t0_ns && now - r->cmd_t0_ns > limit_ns / 2)
		r->rec->stopped = g_strdup_printf("line %u took more than %g s", last_cmd(r)->line,
						  r->options->timeout_s / 2.0);
	return r->rec->stopped;
}

static void kill_all(struct real *r)
{
	int status;

	kill(-1, SIGKILL);
	for (int i = 0; i < 200; i++) {
		while (waitpid(-1, &status, WNOHANG) > 0)
			;
		if (waitpid(-1, &status, WNOHANG) < 0 && errno == ECHILD)
			break;
		if (r->watch >= 0) {
			struct pollfd p = { .fd = r->watch, .events = POLLIN };

			if (poll(&p, 1, 0) > 0 && p.revents & POLLIN)
				nswatch_serve(r);
		}
		g_usleep(1000);
	}
	read_output(r);
}

static bool pipe_pair(int fds[2])
{
	if (pipe2(fds, O_CLOEXEC))
		return false;
	fcntl(fds[0], F_SETFL, O_NONBLOCK);
	return true;
}

static void tables_at_end(struct real *r)
{
	g_autofree char *text = g_strdup(vl_tables_command());
	char *argv[] = { (char *)(uintptr_t) "bash", (char *)(uintptr_t) "--norc",
			 (char *)(uintptr_t) "-c", text, NULL };
	GString *out = g_string_new(NULL);
	int64_t end = real_now() + 30 * NSEC_PER_SEC;
	int fds[2];
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	pid_t pid;
	char buf[65536];
	int status;

	if (!pipe_pair(fds))
		return;
	r->rec->tables_ns = real_now() - r->t0_ns;
	pid = fork();
	if (!pid)
		become_shell(r, (const int[]){ null, fds[1], null, -1, -1, -1 }, argv);
	close(fds[1]);
	close(null);
	while (real_now() < end && out->len < VL_OUTPUT_MAX) {
		struct pollfd p = { .fd = fds[0], .events = POLLIN };
		ssize_t n;

		if (poll(&p, 1, 100) <= 0)
			continue;
		n = read(fds[0], buf, sizeof(buf));
		if (n <= 0)
			break;
		g_string_append_len(out, buf, n);
	}
	close(fds[0]);
	kill(-1, SIGKILL);
	while (waitpid(-1, &status, 0) > 0)
		;
	vl_record_tables(r->rec, 0, out->str);
	g_string_free(out, TRUE);
}

static bool start_shell(struct real *r)
{
	g_autofree char *text = driver_text(r->script);
	char *argv[] = { (char *)(uintptr_t) "bash", (char *)(uintptr_t) "--norc",
			 (char *)(uintptr_t) "sh", NULL };
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int out[2][2], hook[2], answer[2], sock[2];

	if (mount("tmpfs", STAGE, "tmpfs", 0, "size=40m,mode=755") ||
	    !g_file_set_contents(STAGE "/sh", text, -1, NULL) || chdir(STAGE)) {
		r->rec->cannot = g_strdup("no place for the script (" STAGE ")");
		return false;
	}
	if (null < 0 || !pipe_pair(out[0]) || !pipe_pair(out[1]) || !pipe_pair(hook) ||
	    pipe2(answer, O_CLOEXEC) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sock)) {
		r->rec->cannot = g_strdup_printf("no pipes: %s", g_strerror(errno));
		return false;
	}
	r->shell = fork();
	if (!r->shell)
		become_shell(
			r, (const int[]){ null, out[0][1], out[1][1], hook[1], answer[0], sock[1] },
			argv);
	r->out[0] = out[0][0];
	r->out[1] = out[1][0];
	r->hook_in = hook[0];
	r->hook_out = answer[1];
	close(sock[1]);
	r->watch = fd_receive(sock[0]);
	close(sock[0]);
	close(null);
	if (r->watch < 0)
		vl_record_note(
			r->rec,
			"no seccomp notification: frames right after `ip netns add` on the same "
			"line may be missed");
	/* ends of the shell: kept open here, so that a background job's death is no end of file */
	if (chdir("/"))
		return false;
	return true;
}

/**
 * driver_run() - Runs the script and fills the record
 * @r: the run, host set up
 *
 * Return: 0.
 */
int driver_run(struct real *r)
{
	int64_t start = real_now();
	bool gone = false;
	int status = VL_STATUS_NONE;

	signal(SIGPIPE, SIG_IGN);
	r->hook = g_string_new(NULL);
	r->t0_ns = start;
	if (!start_shell(r))
		return 0;
	while (!gone && !over_limit(r, start)) {
		if (!turn(r, 10))
			_exit(1);
		gone = reap(r, &status);
	}
	read_output(r);
	if (gone) {
		int64_t end = real_now() + LINGER_NS;

		command_ends(r, status);
		r->rec->status = status;
		while (real_now() < end) {
			if (!turn(r, 5))
				_exit(1);
		}
	}
	kill_all(r);
	taps_settle(r);
	tables_at_end(r);
	while (r->taps->len)
		tap_close(r, r->taps->pdata[0]);
	return 0;
}
