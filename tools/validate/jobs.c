/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * jobs.c - scenarios side by side, one process each; results in the order of the command line
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report.h"

struct job {
	pid_t pid;
	int fd;
	GString *text;
	JsonNode *result;
};

static G_GNUC_NORETURN void work(const struct vl_script *s, const struct vl_options *o, int self,
				 int fd, pid_t parent)
{
	g_autoptr(JsonNode) node = NULL;
	g_autofree char *text = NULL;
	const char *p;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	node = vl_scenario(s, o, self);
	text = json_to_string(node, FALSE);
	p = text;
	while (*p) {
		ssize_t n = write(fd, p, strlen(p));

		if (n <= 0)
			break;
		p += n;
	}
	_exit(0);
}

static bool start(struct job *j, const struct vl_script *s, const struct vl_options *o, int self)
{
	pid_t parent = getpid();
	int fds[2];

	fflush(stdout);
	if (pipe2(fds, O_CLOEXEC))
		return false;
	j->pid = fork();
	if (!j->pid) {
		close(fds[0]);
		work(s, o, self, fds[1], parent);
	}
	close(fds[1]);
	if (j->pid < 0) {
		close(fds[0]);
		return false;
	}
	j->fd = fds[0];
	j->text = g_string_new(NULL);
	return true;
}

static void finish(struct job *j, const struct vl_script *s)
{
	int status;

	close(j->fd);
	j->fd = -1;
	while (waitpid(j->pid, &status, 0) < 0 && errno == EINTR)
		;
	j->result = json_from_string(j->text->str, NULL);
	g_string_free(j->text, TRUE);
	if (!j->result)
		j->result = vl_scenario_cannot(s->name, s->path, "cannot",
					       "the process that compares it died");
}

static void collect(struct job *jobs, GPtrArray *scripts, unsigned int started)
{
	g_autofree struct pollfd *p = g_new0(struct pollfd, started);
	char buf[65536];

	for (unsigned int i = 0; i < started; i++) {
		p[i].fd = jobs[i].result ? -1 : jobs[i].fd;
		p[i].events = POLLIN;
	}
	if (poll(p, started, 500) <= 0)
		return;
	for (unsigned int i = 0; i < started; i++) {
		ssize_t n;

		if (!p[i].revents || p[i].fd < 0)
			continue;
		n = read(p[i].fd, buf, sizeof(buf));
		if (n > 0)
			g_string_append_len(jobs[i].text, buf, n);
		else
			finish(&jobs[i], scripts->pdata[i]);
	}
}

/**
 * vl_jobs_run() - Compares all scenarios
 * @scripts: struct vl_script
 * @o: limits
 * @self: see vl_scenario()
 * @jobs: processes side by side
 * @progress: say on standard error how far it is
 * @done: called for each, in order; takes the result
 * @arg: for @done
 */
void vl_jobs_run(GPtrArray *scripts, const struct vl_options *o, int self, unsigned int jobs,
		 bool progress, vl_done_fn done, void *arg)
{
	g_autofree struct job *all = g_new0(struct job, scripts->len + 1);
	unsigned int started = 0, reported = 0;
	int64_t begin = g_get_monotonic_time();

	while (reported < scripts->len) {
		unsigned int running = 0;

		for (unsigned int i = 0; i < started; i++)
			running += !all[i].result;
		while (started < scripts->len && running < jobs) {
			struct vl_script *s = scripts->pdata[started];

			if (!start(&all[started], s, o, self))
				all[started].result = vl_scenario_cannot(s->name, s->path, "cannot",
									 "no more processes");
			else
				running++;
			started++;
		}
		if (running)
			collect(all, scripts, started);
		if (progress && g_get_monotonic_time() - begin > G_USEC_PER_SEC)
			fprintf(stderr, "\r%u of %u done, %u running \r", started - running,
				scripts->len, running);
		while (reported < started && all[reported].result) {
			done(arg, all[reported].result);
			reported++;
		}
	}
	if (progress)
		fprintf(stderr, "\r%40s\r", "");
}
