/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * real.h - inside the throw-away namespaces: pid 1, its taps and its watch
 */
#ifndef TOOLS_VALIDATE_REAL_H
#define TOOLS_VALIDATE_REAL_H

#include <poll.h>
#include <sys/types.h>

#include "validate.h"

struct tap;
struct nftrace;

/* What pid 1 of one run knows. */
struct real {
	const struct vl_script *script;
	const struct vl_options *options;
	struct vl_record *rec;
	GPtrArray *taps; /* struct tap, in order of creation */
	GHashTable *
		inherited; /* "ipv4/conf/all/..." -> value, of the host, when a namespace is made */
	int home_ns;	   /* the root network namespace */
	unsigned int nets; /* namespaces made since */
	int64_t t0_ns;	   /* CLOCK_REALTIME when the script began */
	size_t frame_bytes;
	int watch;    /* seccomp listener, or -1 */
	int out[2];   /* what the shell prints */
	int hook_in;  /* "N STATUS" lines from the shell */
	int hook_out; /* the answers */
	GString *hook;
	size_t printed;
	pid_t shell;
	int life; /* end of file: whoever started us is gone */
	int64_t cmd_t0_ns;
};

int64_t real_now(void); /* CLOCK_REALTIME, ns */

/* setup.c: everything a fresh host is made of; false: rec->cannot says why */
bool setup_host(struct real *r);
/* In the calling process' network namespace: IPv6 off, kernel defaults. */
void setup_netns(struct real *r, const char *name);
void setup_environment(void);
void setup_remember(struct real *r);

/* capture.c */
struct tap *tap_open(struct real *r, const char *name, int ns_fd);
void tap_drain(struct real *r, struct tap *t);
void tap_close(struct real *r,
	       struct tap *t); /* waits for what is under way, takes it off the list */
struct tap *tap_find(struct real *r, const char *name);
struct tap *tap_find_ns(struct real *r, ino_t ns);
ino_t tap_ns(const struct tap *t);
void tap_rename(struct real *r, struct tap *t, const char *name);
void tap_loosen(struct tap *t);
bool tap_is_loose(const struct tap *t);
int tap_fd(const struct tap *t);
int tap_rules_fd(const struct tap *t);
/* Drains until every block the kernel holds was handed over. */
void taps_settle(struct real *r);

/* nftrace.c: which rules packets meet in one namespace; all take NULL */
struct nftrace *nftrace_open(struct real *r, const char *name); /* in that namespace */
void nftrace_read(struct real *r, struct nftrace *t, const char *ns, GHashTable *names);
int nftrace_fd(const struct nftrace *t);
void nftrace_close(struct nftrace *t);

/*
 * nswatch.c: stops a process that makes, names or unnames a network namespace until its tap is
 * in place
 */
int nswatch_install(void); /* in the shell, before exec: the listener, or -1 */
void nswatch_serve(struct real *r);
void nswatch_rescan(struct real *r);
void nswatch_close_empty(struct real *r);

/* driver.c */
int driver_run(struct real *r); /* runs the script; the record is filled */

int fd_send(int sock, int fd);
int fd_receive(int sock);

#endif
