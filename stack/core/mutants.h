/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mutants.h - where the lies are told; nothing of it is in a normal build
 */
#ifndef CORE_MUTANTS_H
#define CORE_MUTANTS_H

#include <netglass/mutants.h>
#include <netglass/netlink.h>

#include "capture.h"

#ifdef NG_MUTANTS
#define MUTANT_STATE         \
	unsigned int mutant; \
	unsigned int mutants; /* chances it had */

/* capture_frame(), with a lie about the frame */
void mutant_capture(struct ng_world *world, struct capture_file *file, int64_t time_ns,
		    unsigned int dir, const void *frame, size_t len);
/* Answers that leave the kernel. */
void mutant_messages(struct ng_world *world, const struct nl_buf *buf);
#else
#define MUTANT_STATE
#define mutant_capture(world, file, time_ns, dir, frame, len) \
	capture_frame(file, time_ns, dir, frame, len)
#define mutant_messages(world, buf) ((void)0)
#endif

#endif
