/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * syscall.h - what a simulated program may do: Linux's system calls
 *
 * Every function takes the calling task first. Results are the kernel's: a
 * value >= 0, or -errno. Calls that block park the task's fiber; virtual time
 * goes on meanwhile. Structures are those of <sys/socket.h>, <sys/uio.h>,
 * <poll.h> and <linux/...>; bytes are copied at the door.
 */
#ifndef NETGLASS_SYSCALL_H
#define NETGLASS_SYSCALL_H

#include <netglass/types.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

struct ng_task;
struct iovec;

/* sockets */
int ng_sys_socket(struct ng_task *task, int family, int type, int protocol);
int ng_sys_bind(struct ng_task *task, int fd, const void *addr, uint32_t addrlen);
int ng_sys_connect(struct ng_task *task, int fd, const void *addr, uint32_t addrlen);
int ng_sys_listen(struct ng_task *task, int fd, int backlog);
int ng_sys_accept(struct ng_task *task, int fd, void *addr, uint32_t *addrlen);
int ng_sys_getsockname(struct ng_task *task, int fd, void *addr, uint32_t *addrlen);
int ng_sys_getpeername(struct ng_task *task, int fd, void *addr, uint32_t *addrlen);
int ng_sys_setsockopt(struct ng_task *task, int fd, int level, int name, const void *val,
		      uint32_t len);
int ng_sys_getsockopt(struct ng_task *task, int fd, int level, int name, void *val, uint32_t *len);
int ng_sys_shutdown(struct ng_task *task, int fd, int how);
ssize_t ng_sys_sendmsg(struct ng_task *task, int fd, const struct msghdr *msg, int flags);
ssize_t ng_sys_recvmsg(struct ng_task *task, int fd, struct msghdr *msg, int flags);
ssize_t ng_sys_sendto(struct ng_task *task, int fd, const void *buf, size_t len, int flags,
		      const void *addr, uint32_t addrlen);
ssize_t ng_sys_recvfrom(struct ng_task *task, int fd, void *buf, size_t len, int flags, void *addr,
			uint32_t *addrlen);
int ng_sys_ioctl(struct ng_task *task, int fd, unsigned long request, void *arg);
/* timeout_ns < 0 waits for ever */
int ng_sys_poll(struct ng_task *task, struct pollfd *fds, unsigned int nfds, int64_t timeout_ns);

/*
 * write() to a file of /proc/sys: the real kernel would take this value and act on it, this one does not
 * (ENOTSUPP, which Linux keeps to itself). The program says "not modelled".
 */
#define NG_ENOTSUPP 524

/* files: flags and modes are those of <fcntl.h> and <sys/stat.h> */
struct ng_stat {
	uint64_t dev;
	uint64_t ino;
	uint32_t mode; /* S_IFMT bits and permissions */
	uint32_t nlink;
	uint64_t size;
	uint64_t blocks; /* of 512 bytes; files of the kernel have none */
	int64_t mtime_ns;
};

struct ng_dirent {
	char name[256];
	uint64_t ino;
	uint32_t mode; /* S_IFMT bits */
};

/* of ng_sys_open() and ng_sys_readlink(): no errno of Linux's; it has this file, the simulated kernel has not */
#define NG_ENOTMODELLED 3003

int ng_sys_open(struct ng_task *task, const char *path, int flags, uint32_t mode);
int ng_sys_close(struct ng_task *task, int fd);
ssize_t ng_sys_read(struct ng_task *task, int fd, void *buf, size_t len);
ssize_t ng_sys_write(struct ng_task *task, int fd, const void *buf, size_t len);
int64_t ng_sys_lseek(struct ng_task *task, int fd, int64_t offset, int whence);
int ng_sys_pipe(struct ng_task *task, int ret_fds[2]);
int ng_sys_dup(struct ng_task *task, int fd, int min_fd);
int ng_sys_dup2(struct ng_task *task, int oldfd, int newfd);
int ng_sys_isatty(struct ng_task *task, int fd);
int ng_sys_stat(struct ng_task *task, const char *path, struct ng_stat *ret_st);
int ng_sys_lstat(struct ng_task *task, const char *path, struct ng_stat *ret_st);
int ng_sys_fstat(struct ng_task *task, int fd, struct ng_stat *ret_st);
/* fills up to @max entries, returns how many, 0 at the end; "." and ".." are not listed */
int ng_sys_getdents(struct ng_task *task, int fd, struct ng_dirent *ret_ents, unsigned int max);
int ng_sys_mkdir(struct ng_task *task, const char *path, uint32_t mode);
int ng_sys_rmdir(struct ng_task *task, const char *path);
int ng_sys_unlink(struct ng_task *task, const char *path);
int ng_sys_rename(struct ng_task *task, const char *from, const char *to);
int ng_sys_symlink(struct ng_task *task, const char *target, const char *path);
int ng_sys_chmod(struct ng_task *task, const char *path, uint32_t mode);
int ng_sys_ftruncate(struct ng_task *task, int fd, int64_t size);
int ng_sys_chdir(struct ng_task *task, const char *path);
int ng_sys_getcwd(struct ng_task *task, char *buf, size_t len);
int ng_sys_readlink(struct ng_task *task, const char *path, char *buf, size_t len);
int ng_sys_mount(struct ng_task *task, const char *source, const char *target, const char *fstype,
		 unsigned long flags);
int ng_sys_umount2(struct ng_task *task, const char *target, int flags);

/* namespaces: flags are CLONE_NEWNET and its like of <linux/sched.h> */
int ng_sys_setns(struct ng_task *task, int fd, int nstype);
int ng_sys_unshare(struct ng_task *task, int flags);

/* processes */
struct ng_fd_map {
	int from; /* descriptor of the parent */
	int to;	  /* number it gets in the child */
};

struct ng_spawn {
	/* Descriptors the child gets. NULL: it inherits all that are not close-on-exec. */
	const struct ng_fd_map *fds;
	unsigned int nfds;
	char *const *envp; /* NULL: the parent's */
	int pgid;	   /* -1: the parent's group, 0: a new one, else join it */
	bool *ret_made; /* NULL, or set once the child is there: the parent may be killed in the call */
};

typedef int (*ng_task_fn)(struct ng_task *task, void *arg);

/* Starts the program at @path (no PATH search) as a child: its pid, or -ENOENT, -EACCES, -ENOEXEC. */
int ng_sys_spawn(struct ng_task *task, const char *path, char *const argv[],
		 const struct ng_spawn *how);
/* A child that runs fn(child, arg) with the parent's comm and argv: subshells and pipelines. */
int ng_sys_clone(struct ng_task *task, ng_task_fn fn, void *arg, const struct ng_spawn *how);
/* Replaces the program: returns only on failure. */
int ng_sys_execve(struct ng_task *task, const char *path, char *const argv[], char *const envp[]);
/* pid -1: any child. *ret_status as wait(2) has it (exit code << 8, or signal). options: NG_WNOHANG */
#define NG_WNOHANG 1
int ng_sys_wait4(struct ng_task *task, int pid, int *ret_status, int options);
/* sig as in <signal.h>; SIGINT interrupts a program that asked for it, see ng_sys_sigaction(). pid < -1: a group */
int ng_sys_kill(struct ng_task *task, int pid, int sig);
/*
 * A signal that is caught ends one blocking call with -EINTR and is then seen by ng_sys_sigpending();
 * after exec it has its default effect again. An ignored one stays ignored, in children too.
 */
enum { NG_SIG_DEFAULT, NG_SIG_CATCH, NG_SIG_IGNORE };
int ng_sys_sigaction(struct ng_task *task, int sig, int action);
bool ng_sys_sigignored(const struct ng_task *task, int sig);
/* the lowest pending handled signal, taken; 0: none */
int ng_sys_sigpending(struct ng_task *task);
/* one SIGALRM after delay_ns; 0: none */
int ng_sys_setitimer(struct ng_task *task, int64_t delay_ns);
int ng_sys_getpid(struct ng_task *task);
int ng_sys_getppid(struct ng_task *task);
_Noreturn void ng_sys_exit(struct ng_task *task, int status);

/* time: nanoseconds */
int64_t ng_sys_clock_monotonic(struct ng_task *task); /* since the world began */
int64_t ng_sys_clock_realtime(struct ng_task *task);  /* since 1970, UTC */
int ng_sys_nanosleep(struct ng_task *task, int64_t delay_ns);

/* names and chance */
int ng_sys_gethostname(struct ng_task *task, char *buf, size_t len);
int ng_sys_sethostname(struct ng_task *task, const char *name);
ssize_t ng_sys_getrandom(struct ng_task *task, void *buf, size_t len);

#endif
