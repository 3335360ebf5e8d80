/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * realhost.c - one throw-away user, mount, network and pid namespace
 *
 *	caller
 *	  keeper	new user namespace; waits; dies with the caller
 *	    pid 1	the other namespaces; records (driver.c); dies with the keeper
 *	      sh	the script
 *
 * When pid 1 ends, for whatever reason, the kernel kills all that is left in its pid namespace,
 * and with the last process the mounts and the network go.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "real.h"

/**
 * real_now() - The machine's clock, the one frames are stamped with
 *
 * Return: ns since 1970.
 */
int64_t real_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * NSEC_PER_SEC + ts.tv_nsec;
}

static bool write_proc(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return ok;
}

/* What keeps an unprivileged process from its own namespaces on the machines that do. */
static const char *refusal(int err)
{
	static const struct {
		const char *path;
		const char *value;
		const char *words;
	} settings[] = {
		{ "/proc/sys/kernel/unprivileged_userns_clone", "0",
		  " (kernel.unprivileged_userns_clone is 0)" },
		{ "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1",
		  " (AppArmor: kernel.apparmor_restrict_unprivileged_userns is 1)" },
	};

	if (err == ENOSPC)
		return " (a limit of user.max_user_namespaces and the like in /proc/sys/user)";
	for (unsigned int i = 0; i < G_N_ELEMENTS(settings); i++) {
		g_autofree char *now = NULL;

		if (g_file_get_contents(settings[i].path, &now, NULL, NULL) &&
		    !strcmp(g_strstrip(now), settings[i].value))
			return settings[i].words;
	}
	return "";
}

/*
 * Makes the caller root of a new user namespace, and @what more (CLONE_NEW...). NULL, or what
 * failed.
 */
static char *new_user(int what)
{
	g_autofree char *uid = g_strdup_printf("0 %u 1", geteuid());
	g_autofree char *gid = g_strdup_printf("0 %u 1", getegid());

	if (unshare(CLONE_NEWUSER))
		return g_strdup_printf("no user namespace: %s%s", g_strerror(errno),
				       refusal(errno));
	if (!write_proc("/proc/self/setgroups", "deny") || !write_proc("/proc/self/gid_map", gid) ||
	    !write_proc("/proc/self/uid_map", uid))
		return g_strdup_printf("user namespace: ids cannot be mapped: %s%s",
				       g_strerror(errno), refusal(errno));
	if (unshare(what))
		return g_strdup_printf("no further namespaces inside a user namespace: %s%s",
				       g_strerror(errno), refusal(errno));
	/* changing credentials forgets it: only now */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	return NULL;
}

static void write_record(int memfd, const struct vl_record *rec)
{
	g_autoptr(GBytes) bytes = vl_record_save(rec);
	size_t len;
	const char *p = g_bytes_get_data(bytes, &len);

	while (len) {
		ssize_t n = write(memfd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		p += n;
		len -= (size_t)n;
	}
}

static void init_main(const struct vl_script *s, const struct vl_options *o, int memfd, int life)
{
	struct real r = {
		.script = s,
		.options = o,
		.rec = vl_record_new(),
		.taps = g_ptr_array_new(),
		.inherited = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.life = life,
		.watch = -1,
	};

	prctl(PR_SET_NAME, "init");
	umask(022);
	setup_environment();
	if (sethostname("host", 4))
		vl_record_note(r.rec, "the host name is the machine's");
	if (setup_host(&r))
		driver_run(&r);
	write_record(memfd, r.rec);
}

static G_GNUC_NORETURN void keeper(const struct vl_script *s, const struct vl_options *o, int memfd,
				   int life)
{
	struct vl_record *rec;
	char *why =
		new_user(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC);
	pid_t pid;
	int status;

	if (why) {
		rec = vl_record_new();
		rec->cannot = why;
		write_record(memfd, rec);
		_exit(0);
	}
	pid = fork();
	if (!pid) {
		/* the keeper has no number in here; the pipe tells if it died before this line */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		init_main(s, o, memfd, life);
		_exit(0);
	}
	if (pid > 0)
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	_exit(pid > 0 ? 0 : 1);
}

static struct vl_record *read_record(int memfd)
{
	struct vl_record *rec = NULL;
	struct stat st;
	void *p;

	if (!fstat(memfd, &st) && st.st_size > 0) {
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, memfd, 0);
		if (p != MAP_FAILED) {
			rec = vl_record_load(p, (size_t)st.st_size);
			munmap(p, (size_t)st.st_size);
		}
	}
	if (!rec) {
		rec = vl_record_new();
		rec->stopped = g_strdup("the recorder died (out of memory?)");
	}
	return rec;
}

/* Waits for @pid, not longer than @limit_ms. */
static void wait_limited(pid_t pid, int64_t limit_ms)
{
	int64_t end = g_get_monotonic_time() / 1000 + limit_ms;
	int status;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (g_get_monotonic_time() / 1000 > end) {
			kill(pid, SIGKILL);
			while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
				;
			return;
		}
		g_usleep(2000);
	}
}

/**
 * vl_real_run() - Runs a script on the machine's kernel
 * @s: the script
 * @o: limits
 *
 * Return: the record; ->cannot says why there is none, ->stopped that it is not whole.
 */
struct vl_record *vl_real_run(const struct vl_script *s, const struct vl_options *o)
{
	struct vl_record *rec;
	int memfd = memfd_create("record", MFD_CLOEXEC);
	int life[2] = { -1, -1 };
	pid_t pid;

	if (memfd < 0 || pipe2(life, O_CLOEXEC)) {
		rec = vl_record_new();
		rec->cannot = g_strdup_printf("no descriptors: %s", g_strerror(errno));
		return rec;
	}
	pid = fork();
	if (!pid) {
		close(life[1]);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		keeper(s, o, memfd, life[0]);
	}
	close(life[0]);
	if (pid > 0)
		wait_limited(pid, (o->timeout_s + 45) * INT64_C(1000));
	close(life[1]);
	rec = read_record(memfd);
	close(memfd);
	return rec;
}

/**
 * vl_real_check() - Can this machine run scripts on its own kernel?
 * @notes: takes what cannot be set as it should be
 *
 * Return: NULL, or the reason why not; g_free() it.
 */
char *vl_real_check(GPtrArray *notes)
{
	static const char *const tools[] = { "bash",	      "ip",	   "bridge",
					     "iptables",      "ping",	   "sysctl",
					     "iptables-save", "conntrack", NULL };
	struct vl_options o = { .timeout_s = 20 };
	struct vl_script *s;
	struct vl_record *rec;
	char *why;

	for (const char *const *t = tools; *t; t++) {
		bool found = false;
		static const char *const dirs[] = { "/usr/local/sbin", "/usr/local/bin",
						    "/usr/sbin",       "/usr/bin",
						    "/sbin",	       "/bin" };

		for (unsigned int i = 0; i < G_N_ELEMENTS(dirs) && !found; i++) {
			g_autofree char *path = g_build_filename(dirs[i], *t, NULL);

			found = g_file_test(path, G_FILE_TEST_IS_EXECUTABLE);
		}
		if (!found)
			return g_strdup_printf("%s is not installed", *t);
	}
	s = vl_script_text("check",
			   "ip link add x0 type veth peer name x1 && ip link add y0 type bridge\n");
	rec = vl_real_run(s, &o);
	why = g_strdup(rec->cannot ? rec->cannot : rec->stopped);
	if (!why && rec->status)
		why = g_strdup_printf(
			"the kernel makes no veth pair or no bridge: %s",
			rec->cmds->len ? ((struct vl_cmd *)rec->cmds->pdata[0])->out[1]->str : "");
	for (unsigned int i = 0; i < rec->notes->len; i++)
		g_ptr_array_add(notes, g_strdup(rec->notes->pdata[i]));
	vl_record_free(rec);
	vl_script_free(s);
	return why ? g_strchomp(why) : NULL;
}
