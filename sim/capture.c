/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * capture.c - frames into savefiles with libpcap, or to a function
 *
 * At most MAX_OPEN files are open; the one written longest ago makes room and
 * is later opened to append. pcap_dump() returns nothing, so errors are asked
 * of the stream at flush and close.
 */
#include "capture.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_OPEN 128
#define BUFFER_SIZE ((size_t)64 * 1024)

struct capture_file {
	struct capture *cap;
	struct capture_file *next;	    /* all of them, newest first */
	struct capture_file *newer, *older; /* the open ones, by last use */
	char *path;			    /* without savefiles: the name */
	pcap_dumper_t *dumper;		    /* NULL: closed */
	char *buffer;
	int made; /* exists: open to append */
};

struct capture {
	capture_fn fn; /* NULL: savefiles */
	void *fn_arg;
	char *dir;
	pcap_t *pcap;
	struct capture_file *files;
	struct capture_file *newest, *oldest;
	unsigned int nr_open;
	int err; /* first -errno */
	const char *err_path;
};

static void *must(void *p)
{
	if (!p)
		abort();
	return p;
}

static void note_error(struct capture *cap, const struct capture_file *file, int err)
{
	if (cap->err)
		return;
	cap->err = -(err ? err : EIO);
	cap->err_path = file->path;
}

static void unlink_open(struct capture *cap, struct capture_file *f)
{
	if (f->newer)
		f->newer->older = f->older;
	else
		cap->newest = f->older;
	if (f->older)
		f->older->newer = f->newer;
	else
		cap->oldest = f->newer;
	f->newer = NULL;
	f->older = NULL;
}

static void link_newest(struct capture *cap, struct capture_file *f)
{
	f->older = cap->newest;
	f->newer = NULL;
	if (cap->newest)
		cap->newest->newer = f;
	else
		cap->oldest = f;
	cap->newest = f;
}

static void close_file(struct capture *cap, struct capture_file *f)
{
	errno = 0;
	if (pcap_dump_flush(f->dumper) || ferror(pcap_dump_file(f->dumper)))
		note_error(cap, f, errno);
	pcap_dump_close(f->dumper);
	free(f->buffer);
	f->buffer = NULL;
	f->dumper = NULL;
	unlink_open(cap, f);
	cap->nr_open--;
}

static int open_file(struct capture *cap, struct capture_file *f)
{
	FILE *fp;

	while (cap->nr_open >= MAX_OPEN)
		close_file(cap, cap->oldest);
	fp = fopen(f->path, f->made ? "ab" : "wb");
	if (!fp && errno == EMFILE && cap->oldest) {
		close_file(cap, cap->oldest);
		fp = fopen(f->path, f->made ? "ab" : "wb");
	}
	if (!fp) {
		note_error(cap, f, errno);
		return -1;
	}
	f->buffer = must(malloc(BUFFER_SIZE));
	setvbuf(fp, f->buffer, _IOFBF, BUFFER_SIZE);
	/* to append, the records follow the header already there */
	f->dumper = f->made ? (pcap_dumper_t *)fp : pcap_dump_fopen(cap->pcap, fp);
	if (!f->dumper) {
		note_error(cap, f, EIO);
		fclose(fp);
		free(f->buffer);
		f->buffer = NULL;
		return -1;
	}
	f->made = 1;
	cap->nr_open++;
	link_newest(cap, f);
	return 0;
}

/**
 * capture_new() - Prepares to write savefiles into a folder
 * @dir: exists and is writable
 * @ret_err: -errno otherwise
 *
 * Return: the capture, or NULL.
 */
struct capture *capture_new(const char *dir, int *ret_err)
{
	struct capture *cap;
	struct stat st;

	errno = 0;
	if (stat(dir, &st) || (!S_ISDIR(st.st_mode) && (errno = ENOTDIR)) ||
	    access(dir, W_OK | X_OK)) {
		*ret_err = -errno;
		return NULL;
	}
	cap = must(calloc(1, sizeof(*cap)));
	cap->dir = must(strdup(dir));
	cap->pcap = must(pcap_open_dead(DLT_EN10MB, CAPTURE_SNAPLEN));
	return cap;
}

/**
 * capture_new_fn() - Prepares to hand frames to a function
 * @fn: called for each frame with the interface's name as capture_file_get() got it
 * @arg: for @fn
 *
 * Return: the capture.
 */
struct capture *capture_new_fn(capture_fn fn, void *arg)
{
	struct capture *cap = must(calloc(1, sizeof(*cap)));

	cap->fn = fn;
	cap->fn_arg = arg;
	return cap;
}

/**
 * capture_by_arrival() - Whether frames are told with the time of their arrival
 * @cap: the capture
 *
 * Return: true for a function, which may sort them; a savefile is in order of their being seen.
 */
bool capture_by_arrival(const struct capture *cap)
{
	return cap->fn;
}

static char *file_path(const struct capture *cap, const char *name)
{
	size_t dirlen = strlen(cap->dir);
	size_t size = dirlen + strlen(name) + sizeof("/.pcap");
	char *path = must(malloc(size));
	char *p;

	snprintf(path, size, "%s/%s.pcap", cap->dir, name);
	for (p = path + dirlen + 1; *p; p++) {
		if (*p == '/')
			*p = '_';
	}
	return path;
}

/**
 * capture_file_get() - The file of an interface
 * @cap: the capture
 * @name: "NS-IFNAME"
 *
 * Return: the file, owned by @cap.
 */
struct capture_file *capture_file_get(struct capture *cap, const char *name)
{
	char *path = cap->fn ? must(strdup(name)) : file_path(cap, name);
	struct capture_file *f;

	for (f = cap->files; f; f = f->next) {
		if (!strcmp(f->path, path)) {
			free(path);
			return f;
		}
	}
	f = must(calloc(1, sizeof(*f)));
	f->cap = cap;
	f->path = path;
	f->next = cap->files;
	cap->files = f;
	return f;
}

/**
 * capture_frame() - Writes one frame
 * @file: of the interface that saw it
 * @time_ns: since 1970, UTC
 * @dir: PACKET_HOST, PACKET_OUTGOING and the like; savefiles cannot tell it
 * @data: from the link-layer header on
 * @len: bytes
 */
void capture_frame(struct capture_file *file, int64_t time_ns, unsigned int dir, const void *data,
		   size_t len)
{
	struct capture *cap = file->cap;
	struct pcap_pkthdr hdr = {
		.ts = { .tv_sec = time_ns / 1000000000, .tv_usec = time_ns % 1000000000 / 1000 },
		.caplen = (bpf_u_int32)(len < CAPTURE_SNAPLEN ? len : CAPTURE_SNAPLEN),
		.len = (bpf_u_int32)len,
	};

	if (cap->fn) {
		cap->fn(cap->fn_arg, file->path, time_ns, dir, data, len);
		return;
	}
	if (!file->dumper) {
		if (open_file(cap, file))
			return;
	} else if (cap->newest != file) {
		unlink_open(cap, file);
		link_newest(cap, file);
	}
	errno = 0;
	pcap_dump((u_char *)file->dumper, &hdr, data);
	if (ferror(pcap_dump_file(file->dumper)))
		note_error(cap, file, errno);
}

/**
 * capture_close() - Flushes and closes every file
 * @cap: the capture
 * @ret_path: the file of the first error, owned by @cap; may be NULL
 *
 * Return: 0, or -errno of the first write that failed.
 */
int capture_close(struct capture *cap, const char **ret_path)
{
	while (cap->oldest)
		close_file(cap, cap->oldest);
	if (cap->err && ret_path)
		*ret_path = cap->err_path;
	return cap->err;
}

/**
 * capture_free() - Closes and frees
 * @cap: or NULL
 */
void capture_free(struct capture *cap)
{
	struct capture_file *f, *next;

	if (!cap)
		return;
	capture_close(cap, NULL);
	for (f = cap->files; f; f = next) {
		next = f->next;
		free(f->path);
		free(f);
	}
	if (cap->pcap)
		pcap_close(cap->pcap);
	free(cap->dir);
	free(cap);
}
