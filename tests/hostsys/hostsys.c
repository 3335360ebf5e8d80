/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hostsys.c - the same programs on the real kernel
 *
 * Implements the door (include/netglass/{syscall,task}.h) with the machine's
 * own system calls, so that a built-in program can run on the real kernel:
 * hostsys PROGRAM ARG... inside `unshare -Urnm`. A difference between that and
 * Debian's program is the program's; a difference between that and the
 * simulated run is the kernel's.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../tools/lib/program.h"
#include "../../tools/lib/session.h"

extern char **environ;

struct ng_task {
	void *priv;
	struct ng_session session;
	sigset_t pending;
};

static struct ng_task the_task = { .session.pings = 3 };

#define RET(expr)                            \
	do {                                 \
		long r_ = (long)(expr);      \
		return r_ < 0 ? -errno : r_; \
	} while (0)

int ng_sys_socket(struct ng_task *t, int f, int ty, int p)
{
	(void)t;
	RET(socket(f, ty, p));
}
int ng_sys_bind(struct ng_task *t, int fd, const void *a, uint32_t l)
{
	(void)t;
	RET(bind(fd, a, l));
}
int ng_sys_connect(struct ng_task *t, int fd, const void *a, uint32_t l)
{
	(void)t;
	RET(connect(fd, a, l));
}
int ng_sys_listen(struct ng_task *t, int fd, int b)
{
	(void)t;
	RET(listen(fd, b));
}
int ng_sys_accept(struct ng_task *t, int fd, void *a, uint32_t *l)
{
	(void)t;
	RET(accept(fd, a, l));
}
int ng_sys_getsockname(struct ng_task *t, int fd, void *a, uint32_t *l)
{
	(void)t;
	RET(getsockname(fd, a, l));
}
int ng_sys_getpeername(struct ng_task *t, int fd, void *a, uint32_t *l)
{
	(void)t;
	RET(getpeername(fd, a, l));
}
int ng_sys_setsockopt(struct ng_task *t, int fd, int lv, int n, const void *v, uint32_t l)
{
	(void)t;
	RET(setsockopt(fd, lv, n, v, l));
}
int ng_sys_getsockopt(struct ng_task *t, int fd, int lv, int n, void *v, uint32_t *l)
{
	(void)t;
	RET(getsockopt(fd, lv, n, v, l));
}
int ng_sys_shutdown(struct ng_task *t, int fd, int how)
{
	(void)t;
	RET(shutdown(fd, how));
}
ssize_t ng_sys_sendmsg(struct ng_task *t, int fd, const struct msghdr *m, int fl)
{
	(void)t;
	RET(sendmsg(fd, m, fl));
}
ssize_t ng_sys_recvmsg(struct ng_task *t, int fd, struct msghdr *m, int fl)
{
	(void)t;
	RET(recvmsg(fd, m, fl));
}
ssize_t ng_sys_sendto(struct ng_task *t, int fd, const void *b, size_t n, int fl, const void *a,
		      uint32_t l)
{
	(void)t;
	RET(sendto(fd, b, n, fl, a, l));
}
ssize_t ng_sys_recvfrom(struct ng_task *t, int fd, void *b, size_t n, int fl, void *a, uint32_t *l)
{
	(void)t;
	RET(recvfrom(fd, b, n, fl, a, l));
}
int ng_sys_ioctl(struct ng_task *t, int fd, unsigned long r, void *a)
{
	(void)t;
	RET(ioctl(fd, r, a));
}

int ng_sys_poll(struct ng_task *t, struct pollfd *fds, unsigned int n, int64_t ns)
{
	struct timespec ts = { ns / NSEC_PER_SEC, ns % NSEC_PER_SEC };

	(void)t;
	RET(ppoll(fds, n, ns < 0 ? NULL : &ts, NULL));
}

int ng_sys_open(struct ng_task *t, const char *p, int fl, uint32_t m)
{
	(void)t;
	RET(open(p, fl, m));
}
int ng_sys_close(struct ng_task *t, int fd)
{
	(void)t;
	RET(close(fd));
}
ssize_t ng_sys_read(struct ng_task *t, int fd, void *b, size_t n)
{
	(void)t;
	RET(read(fd, b, n));
}
ssize_t ng_sys_write(struct ng_task *t, int fd, const void *b, size_t n)
{
	(void)t;
	RET(write(fd, b, n));
}
int64_t ng_sys_lseek(struct ng_task *t, int fd, int64_t o, int w)
{
	(void)t;
	RET(lseek(fd, o, w));
}
int ng_sys_pipe(struct ng_task *t, int fds[2])
{
	(void)t;
	RET(pipe(fds));
}
int ng_sys_dup(struct ng_task *t, int fd, int min)
{
	(void)t;
	RET(fcntl(fd, F_DUPFD, min));
}
int ng_sys_dup2(struct ng_task *t, int a, int b)
{
	(void)t;
	RET(dup2(a, b));
}
int ng_sys_isatty(struct ng_task *t, int fd)
{
	(void)t;
	return isatty(fd);
}

static int stat_result(int r, const struct stat *s, struct ng_stat *st)
{
	if (r < 0)
		return -errno;
	*st = (struct ng_stat){ .dev = s->st_dev,
				.ino = s->st_ino,
				.mode = s->st_mode,
				.nlink = (uint32_t)s->st_nlink,
				.size = (uint64_t)s->st_size,
				.mtime_ns = s->st_mtim.tv_sec * NSEC_PER_SEC + s->st_mtim.tv_nsec };
	return 0;
}

int ng_sys_stat(struct ng_task *t, const char *p, struct ng_stat *st)
{
	struct stat s;

	(void)t;
	return stat_result(stat(p, &s), &s, st);
}

int ng_sys_lstat(struct ng_task *t, const char *p, struct ng_stat *st)
{
	struct stat s;

	(void)t;
	return stat_result(lstat(p, &s), &s, st);
}

int ng_sys_rename(struct ng_task *t, const char *from, const char *to)
{
	(void)t;
	RET(rename(from, to));
}

int ng_sys_symlink(struct ng_task *t, const char *target, const char *p)
{
	(void)t;
	RET(symlink(target, p));
}

int ng_sys_chmod(struct ng_task *t, const char *p, uint32_t m)
{
	(void)t;
	RET(chmod(p, m));
}

int ng_sys_ftruncate(struct ng_task *t, int fd, int64_t size)
{
	(void)t;
	RET(ftruncate(fd, size));
}

int ng_sys_fstat(struct ng_task *t, int fd, struct ng_stat *st)
{
	struct stat s;

	(void)t;
	return stat_result(fstat(fd, &s), &s, st);
}

/* One directory is read at a time, which is all the programs do. */
int ng_sys_getdents(struct ng_task *t, int fd, struct ng_dirent *e, unsigned int max)
{
	static DIR *dir;
	static int of = -1;
	struct dirent *d;
	unsigned int n = 0;

	(void)t;
	if (!dir || of != fd) {
		if (dir)
			closedir(dir);
		of = fd;
		dir = fdopendir(dup(fd));
		if (!dir)
			return -errno;
	}
	while (n < max && (d = readdir(dir))) {
		if (!strcmp(d->d_name, ".") || !strcmp(d->d_name, ".."))
			continue;
		snprintf(e[n].name, sizeof(e[n].name), "%s", d->d_name);
		e[n].ino = d->d_ino;
		e[n].mode = (uint32_t)DTTOIF(d->d_type);
		n++;
	}
	if (n == 0) {
		closedir(dir);
		dir = NULL;
	}
	return (int)n;
}

int ng_sys_mkdir(struct ng_task *t, const char *p, uint32_t m)
{
	(void)t;
	RET(mkdir(p, m));
}
int ng_sys_rmdir(struct ng_task *t, const char *p)
{
	(void)t;
	RET(rmdir(p));
}
int ng_sys_unlink(struct ng_task *t, const char *p)
{
	(void)t;
	RET(unlink(p));
}
int ng_sys_chdir(struct ng_task *t, const char *p)
{
	(void)t;
	RET(chdir(p));
}
int ng_sys_getcwd(struct ng_task *t, char *b, size_t n)
{
	(void)t;
	return getcwd(b, n) ? 0 : -errno;
}
int ng_sys_readlink(struct ng_task *t, const char *p, char *b, size_t n)
{
	(void)t;
	RET(readlink(p, b, n));
}
int ng_sys_mount(struct ng_task *t, const char *s, const char *d, const char *f, unsigned long fl)
{
	(void)t;
	RET(mount(s, d, f, fl, NULL));
}
int ng_sys_umount2(struct ng_task *t, const char *d, int fl)
{
	(void)t;
	RET(umount2(d, fl));
}
int ng_sys_setns(struct ng_task *t, int fd, int ty)
{
	(void)t;
	RET(setns(fd, ty));
}
int ng_sys_unshare(struct ng_task *t, int fl)
{
	(void)t;
	RET(unshare(fl));
}

static void child_fds(const struct ng_spawn *how)
{
	int tmp[80];
	unsigned int i;

	if (!how || !how->fds)
		return;
	for (i = 0; i < how->nfds; i++)
		tmp[i] = fcntl(how->fds[i].from, F_DUPFD, 100);
	for (i = 0; i < 100; i++)
		close((int)i);
	for (i = 0; i < how->nfds; i++)
		dup2(tmp[i], how->fds[i].to);
	close_range(100, ~0U, 0);
}

int ng_sys_spawn(struct ng_task *t, const char *path, char *const argv[],
		 const struct ng_spawn *how)
{
	pid_t pid;

	(void)t;
	if (access(path, X_OK) < 0)
		return -errno;
	pid = fork();
	if (pid)
		return pid < 0 ? -errno : pid;
	child_fds(how);
	execve(path, argv, how && how->envp ? how->envp : environ);
	_exit(126);
}

int ng_sys_clone(struct ng_task *t, ng_task_fn fn, void *arg, const struct ng_spawn *how)
{
	pid_t pid = fork();

	if (pid)
		return pid < 0 ? -errno : pid;
	child_fds(how);
	ng_sys_exit(t, fn(t, arg));
}

int ng_sys_execve(struct ng_task *t, const char *p, char *const argv[], char *const envp[])
{
	(void)t;
	RET(execve(p, argv, envp ? envp : environ));
}

int ng_sys_wait4(struct ng_task *t, int pid, int *st, int opt)
{
	(void)t;
	RET(waitpid(pid, st, opt));
}
int ng_sys_kill(struct ng_task *t, int pid, int sig)
{
	(void)t;
	RET(kill(pid, sig));
}

static void on_signal(int sig)
{
	sigaddset(&the_task.pending, sig);
}

int ng_sys_sigaction(struct ng_task *t, int sig, int action)
{
	struct sigaction sa = { .sa_handler = action == NG_SIG_CATCH	? on_signal
					      : action == NG_SIG_IGNORE ? SIG_IGN
									: SIG_DFL };

	(void)t;
	RET(sigaction(sig, &sa, NULL));
}

bool ng_sys_sigignored(const struct ng_task *t, int sig)
{
	struct sigaction sa;

	(void)t;
	return !sigaction(sig, NULL, &sa) && sa.sa_handler == SIG_IGN;
}

int ng_sys_sigpending(struct ng_task *t)
{
	int sig;

	for (sig = 1; sig < 32; sig++) {
		if (sigismember(&t->pending, sig)) {
			sigdelset(&t->pending, sig);
			return sig;
		}
	}
	return 0;
}

int ng_sys_setitimer(struct ng_task *t, int64_t delay_ns)
{
	struct itimerval it = { .it_value = { .tv_sec = delay_ns / 1000000000,
					      .tv_usec = delay_ns / 1000 % 1000000 } };

	(void)t;
	RET(setitimer(ITIMER_REAL, &it, NULL));
}

int ng_sys_getpid(struct ng_task *t)
{
	(void)t;
	return getpid();
}
int ng_sys_getppid(struct ng_task *t)
{
	(void)t;
	return getppid();
}

void ng_sys_exit(struct ng_task *t, int status)
{
	(void)t;
	_exit(status);
}

static int64_t now(clockid_t c)
{
	struct timespec ts;

	clock_gettime(c, &ts);
	return ts.tv_sec * NSEC_PER_SEC + ts.tv_nsec;
}

int64_t ng_sys_clock_monotonic(struct ng_task *t)
{
	(void)t;
	return now(CLOCK_MONOTONIC);
}
int64_t ng_sys_clock_realtime(struct ng_task *t)
{
	(void)t;
	return now(CLOCK_REALTIME);
}

int ng_sys_nanosleep(struct ng_task *t, int64_t ns)
{
	struct timespec ts = { ns / NSEC_PER_SEC, ns % NSEC_PER_SEC };

	(void)t;
	RET(nanosleep(&ts, NULL));
}

int ng_sys_gethostname(struct ng_task *t, char *b, size_t n)
{
	(void)t;
	RET(gethostname(b, n));
}
int ng_sys_sethostname(struct ng_task *t, const char *n)
{
	(void)t;
	RET(sethostname(n, strlen(n)));
}
ssize_t ng_sys_getrandom(struct ng_task *t, void *b, size_t n)
{
	(void)t;
	RET(getrandom(b, n, 0));
}

void *ng_task_alloc(struct ng_task *t, size_t n)
{
	(void)t;
	return calloc(1, n ? n : 1);
}

void *ng_task_alloc_buffer(struct ng_task *t, size_t n)
{
	return ng_task_alloc(t, n);
}

void *ng_task_realloc(struct ng_task *t, void *old, size_t old_size, size_t new_size)
{
	void *p = ng_task_alloc(t, new_size);

	if (old)
		memcpy(p, old, old_size < new_size ? old_size : new_size);
	return p;
}

void ng_task_free(struct ng_task *t, void *p)
{
	(void)t;
	free(p);
}

char *ng_task_strdup(struct ng_task *t, const char *s)
{
	(void)t;
	return strdup(s);
}
char *ng_task_strndup(struct ng_task *t, const char *s, size_t n)
{
	(void)t;
	return strndup(s, n);
}
void ng_task_defer(struct ng_task *t, void (*fn)(void *), void *arg)
{
	(void)t;
	(void)fn;
	(void)arg;
}
void *ng_task_private(struct ng_task *t)
{
	return t->priv;
}
void ng_task_set_private(struct ng_task *t, void *p)
{
	t->priv = p;
}
struct ng_world *ng_task_world(struct ng_task *t)
{
	(void)t;
	return NULL;
}
void *ng_task_session(struct ng_task *t)
{
	return &t->session;
}
char *const *ng_task_environ(struct ng_task *t)
{
	(void)t;
	return environ;
}
const char *ng_task_getenv(struct ng_task *t, const char *n)
{
	(void)t;
	return getenv(n);
}
void ng_task_set_origin(struct ng_task *t, struct ng_origin o)
{
	(void)t;
	(void)o;
}
struct ng_origin ng_task_origin(const struct ng_task *t)
{
	(void)t;
	return (struct ng_origin){ 0 };
}

int main(int argc, char **argv)
{
	const struct ng_program *p;

	if (argc < 2) {
		fprintf(stderr, "usage: hostsys PROGRAM [ARG...]\n");
		return 2;
	}
	for (p = ng_programs; p->path; p++) {
		if (p->main && !strcmp(strrchr(p->path, '/') + 1, argv[1]))
			return ng_program_exec(&the_task, p, argc - 1, argv + 1);
	}
	fprintf(stderr, "hostsys: no program %s\n", argv[1]);
	return 2;
}
