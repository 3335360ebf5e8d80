/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * simhost.c - the same script on a simulated machine
 *
 * In a process of its own, so that a crash of the simulated kernel is a finding and not the end.
 * No command begins before it began on the real kernel: what programs cost there is no difference.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <netglass/mutants.h>

#include "../cli/machine.h"
#include "validate.h"

#define EPOCH_NS (INT64_C(946684800) * NSEC_PER_SEC) /* 2000-01-01 */
#define SHELL_PATH "/usr/lib/netglass/sh"	     /* where a machine keeps its script */
#define LINGER_NS (VL_LINGER_MS * NSEC_PER_MSEC)

struct sim {
	struct machine *m;
	struct vl_record *rec;
	GString *tables; /* takes the output instead, or NULL */
	const struct vl_script *script;
	const struct vl_record *pace; /* the real run */
	bool at_checkpoint;
	size_t printed;
	size_t frame_bytes;
	int64_t t0_ns;
};

static int64_t sim_now(const struct sim *s)
{
	return ng_world_now(s->m->world) - s->t0_ns;
}

static struct vl_cmd *last_cmd(struct sim *s)
{
	if (!s->rec->cmds->len)
		vl_record_cmd(s->rec, 1, "", 0)->t0_ns = sim_now(s);
	return s->rec->cmds->pdata[s->rec->cmds->len - 1];
}

static void console(void *arg, int stream, const char *buf, size_t len)
{
	struct sim *s = arg;

	s->printed += len;
	if (s->printed > VL_OUTPUT_MAX) {
		if (!s->rec->stopped)
			s->rec->stopped =
				g_strdup_printf("printed more than %u bytes", VL_OUTPUT_MAX);
		return;
	}
	if (s->tables) {
		if (stream == 1)
			g_string_append_len(s->tables, buf, (gssize)len);
		return;
	}
	g_string_append_len(last_cmd(s)->out[stream == 1 ? 0 : 1], buf, (gssize)len);
}

/* How long until the real run began its command of the same number */
static int64_t pause_before(void *arg)
{
	struct sim *s = arg;
	unsigned int n = s->rec->cmds->len;

	if (!n || n >= s->pace->cmds->len)
		return 0;
	return ((struct vl_cmd *)s->pace->cmds->pdata[n])->t0_ns - sim_now(s);
}

/* How long until the real run's tables were looked at */
static int64_t pause_after(struct sim *s)
{
	return MAX(0, s->pace->tables_ns - sim_now(s) - LINGER_NS);
}

static void command(void *arg, unsigned int first, unsigned int last, const char *text, size_t len)
{
	struct sim *s = arg;

	(void)last;
	if (!s->rec->cmds->len)
		s->t0_ns = ng_world_now(s->m->world);
	vl_record_cmd(s->rec, first, text, len)->t0_ns = sim_now(s);
}

static void command_done(void *arg, int status)
{
	struct sim *s = arg;
	struct vl_cmd *c = last_cmd(s);
	unsigned int n = s->rec->cmds->len - 1;

	c->status = status;
	c->t1_ns = sim_now(s);
	if (n < s->script->cuts->len && g_array_index(s->script->cuts, struct vl_cut, n).tables) {
		vl_record_tables(s->rec, c->line, c->out[0]->str);
		g_string_truncate(c->out[0], 0);
	}
}

/* Runs @text in a shell of the machine to its end. */
static enum ng_stop run_shell(struct sim *s, const char *text, const struct ng_sh_hooks *hooks,
			      int *ret_status)
{
	static char *const env[] = {
		(char *)(uintptr_t) "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/"
				    "bin",
		(char *)(uintptr_t) "HOME=/root",
		(char *)(uintptr_t) "USER=root",
		(char *)(uintptr_t) "LOGNAME=root",
		(char *)(uintptr_t) "SHELL=/bin/sh",
		(char *)(uintptr_t) "LC_ALL=C",
		(char *)(uintptr_t) "TZ=UTC",
		NULL,
	};
	char *const argv[] = { (char *)(uintptr_t) "sh", NULL };
	int pid;

	s->m->script.text = text;
	s->m->script.len = strlen(text);
	s->m->script.hooks = hooks;
	pid = ng_world_spawn(s->m->world, SHELL_PATH, argv, env);
	if (pid < 0)
		return NG_STOP_ENDLESS;
	return ng_world_run(s->m->world, pid, ret_status);
}

static void apply_kernel_lines(struct sim *s)
{
	for (unsigned int i = 0; i < s->script->kernel->len; i++) {
		g_autofree char *line =
			g_strdup_printf("sysctl -q -w %s", (char *)s->script->kernel->pdata[i]);
		GString *sink = g_string_new(NULL);
		int status = 0;

		s->tables = sink;
		run_shell(s, line, NULL, &status);
		s->tables = NULL;
		g_string_free(sink, TRUE);
		if (status)
			vl_record_note(s->rec, "simulated: %s cannot be set",
				       (char *)s->script->kernel->pdata[i]);
	}
}

static const char *stop_words(enum ng_stop stop)
{
	switch (stop) {
	case NG_STOP_DEADLOCK:
		return "deadlock: it waits for something that cannot happen";
	case NG_STOP_STORM:
		return "broadcast storm";
	case NG_STOP_ENDLESS:
		return "endless: it never waits";
	case NG_STOP_EXITED:
	case NG_STOP_TIME:
	case NG_STOP_INPUT:
	case NG_STOP_ASKED:
		break;
	}
	return NULL;
}

static void run_all(struct sim *s)
{
	const struct ng_sh_hooks hooks = {
		.arg = s, .pause = pause_before, .command = command, .command_done = command_done
	};
	enum ng_stop stop;
	const char *why;
	int status = 0;

	apply_kernel_lines(s);
	stop = run_shell(s, s->script->text, &hooks, &status);
	if (stop == NG_STOP_EXITED) {
		s->rec->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
		if (last_cmd(s)->status == VL_STATUS_NONE)
			command_done(s, s->rec->status);
		stop = ng_world_run_for(s->m->world, LINGER_NS + pause_after(s));
	}
	why = stop_words(stop);
	if (why && !s->rec->stopped)
		s->rec->stopped = g_strdup(why);
	s->rec->not_modelled = s->m->session.not_modelled;
	ng_world_kill_all(s->m->world);
	s->tables = g_string_new(NULL);
	s->printed = 0;
	stop = run_shell(s, vl_tables_command(), NULL, &status);
	vl_record_tables(s->rec, 0, s->tables->str);
	g_string_free(s->tables, TRUE);
}

static void frame_seen(void *arg, const char *name, int64_t time_ns, unsigned int dir,
		       const void *frame, size_t len)
{
	struct sim *s = arg;
	struct vl_frame f = {
		.t_ns = time_ns - EPOCH_NS,
		.key = (char *)(uintptr_t)name,
		.dir = (uint8_t)dir,
		.wire_len = (uint32_t)len,
	};

	s->frame_bytes += len + 64;
	if (s->frame_bytes > VL_FRAMES_MAX) {
		if (!s->rec->stopped)
			s->rec->stopped =
				g_strdup_printf("more than %u bytes of frames", VL_FRAMES_MAX);
		return;
	}
	f.data = g_bytes_new(frame, len);
	vl_record_frame(s->rec, &f);
	g_bytes_unref(f.data);
}

/* Times count from the beginning of the script, as those of commands do. */
static void from_start(const struct sim *s)
{
	for (unsigned int i = 0; i < s->rec->frames->len; i++)
		((struct vl_frame *)s->rec->frames->pdata[i])->t_ns -= s->t0_ns;
	for (unsigned int i = 0; i < s->rec->walks->len; i++)
		((struct vl_walk *)s->rec->walks->pdata[i])->t_ns -= s->t0_ns;
}

static void simulate(const struct vl_script *script, const struct vl_options *o,
		     const struct vl_record *pace, int memfd)
{
	struct machine_options options = { .seed = o->seed, .epoch_ns = EPOCH_NS, .pings = 3 };
	struct sim s = {
		.script = script, .pace = pace, .rec = vl_record_new(), .m = machine_new(&options)
	};
	struct sim_rules *rules = NULL;
	g_autoptr(GBytes) bytes = NULL;
	const char *p;
	size_t len;

#ifdef NG_MUTANTS
	ng_world_mutant(s.m->world,
			(unsigned int)atoi(g_getenv("NETGLASS_MUTANT") ? g_getenv("NETGLASS_MUTANT")
								       : "0"));
#endif
	s.m->console = console;
	s.m->console_arg = &s;
	ng_world_capture_to(s.m->world, frame_seen, &s);
	if (o->only & VL_ONLY_RULES)
		rules = vl_sim_rules_begin(s.m->world, s.rec);
	run_all(&s);
	vl_sim_rules_end(rules);
	from_start(&s);
	bytes = vl_record_save(s.rec);
	p = g_bytes_get_data(bytes, &len);
	while (len) {
		ssize_t n = write(memfd, p, len);

		if (n <= 0)
			break;
		p += n;
		len -= (size_t)n;
	}
}

static struct vl_record *collect(pid_t pid, int memfd, int timeout_s)
{
	int64_t end = g_get_monotonic_time() + (int64_t)timeout_s * G_USEC_PER_SEC;
	struct vl_record *rec = NULL;
	bool killed = false;
	struct stat st;
	int status = 0;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (!killed && g_get_monotonic_time() > end) {
			kill(pid, SIGKILL);
			killed = true;
		}
		g_usleep(1000);
	}
	if (!fstat(memfd, &st) && st.st_size > 0) {
		void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, memfd, 0);

		if (p != MAP_FAILED) {
			rec = vl_record_load(p, (size_t)st.st_size);
			munmap(p, (size_t)st.st_size);
		}
	}
	if (!rec) {
		rec = vl_record_new();
		rec->stopped = killed		     ? g_strdup("the simulation took too long")
			       : WIFSIGNALED(status) ? g_strdup_printf("netglass crashed: %s",
								       strsignal(WTERMSIG(status)))
						     : g_strdup("the simulation left no record");
	}
	return rec;
}

/**
 * vl_sim_run() - Runs a script on the simulated kernel
 * @s: the script
 * @o: limits, seed
 * @pace: the real run: when each command began there
 *
 * Return: the record.
 */
struct vl_record *vl_sim_run(const struct vl_script *s, const struct vl_options *o,
			     const struct vl_record *pace)
{
	int memfd = memfd_create("record", MFD_CLOEXEC);
	struct vl_record *rec;
	pid_t pid = memfd < 0 ? -1 : fork();

	if (pid < 0) {
		rec = vl_record_new();
		rec->cannot =
			g_strdup_printf("no process for the simulation: %s", g_strerror(errno));
		return rec;
	}
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		simulate(s, o, pace, memfd);
		_exit(0);
	}
	rec = collect(pid, memfd, o->timeout_s);
	close(memfd);
	return rec;
}
