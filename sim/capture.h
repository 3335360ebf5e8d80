/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * capture.h - frames into savefiles, one per interface, with libpcap, or to a function
 *
 * Any number of files with a bounded number of descriptors: the file written
 * longest ago is closed and later opened again to append.
 */
#ifndef SIM_CAPTURE_H
#define SIM_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct capture;
struct capture_file;

#define CAPTURE_SNAPLEN 262144

/* dir: PACKET_HOST, PACKET_OUTGOING and the like of <linux/if_packet.h> */
typedef void (*capture_fn)(void *arg, const char *name, int64_t time_ns, unsigned int dir,
			   const void *data, size_t len);

/* NULL and -errno in *ret_err when @dir is no writable folder */
struct capture *capture_new(const char *dir, int *ret_err);
/* No files: every frame goes to @fn */
struct capture *capture_new_fn(capture_fn fn, void *arg);
bool capture_by_arrival(const struct capture *cap);
/* DIR/NAME.pcap; '/' in the name becomes '_'. The file appears with its first frame. Same name: same file. */
struct capture_file *capture_file_get(struct capture *cap, const char *name);
void capture_frame(struct capture_file *file, int64_t time_ns, unsigned int dir, const void *data,
		   size_t len);
/* Flushes and closes all; the first error met (-errno), *ret_path the file's path, owned by @cap */
int capture_close(struct capture *cap, const char **ret_path);
void capture_free(struct capture *cap);

#endif
