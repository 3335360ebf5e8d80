/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vsprintf.h - text into a buffer: all the formatting the kernel side does
 */
#ifndef STACK_CORE_VSPRINTF_H
#define STACK_CORE_VSPRINTF_H

#include <netglass/types.h>
#include <stdarg.h>

/*
 * %s %c %d %u %x %X with l, ll, z; width, '0', '-', '*' and precision for strings; %pI4 takes a __be32 *,
 * %pM six bytes; %% is a percent sign. Always terminates; returns the bytes written, without the NUL.
 */
__attribute__((format(printf, 3, 4))) size_t scnprintf(char *buf, size_t size, const char *fmt,
						       ...);
__attribute__((format(printf, 3, 0))) size_t vscnprintf(char *buf, size_t size, const char *fmt,
							va_list ap);

/* A text that grows: what a /proc file is written into. */
struct seq_file {
	char *buf; /* malloc'd */
	size_t len, cap;
};
__attribute__((format(printf, 2, 3))) void seq_printf(struct seq_file *m, const char *fmt, ...);
void seq_write(struct seq_file *m, const void *data, size_t len);
/* blanks up to column @width of what was written since @start */
void seq_pad_to(struct seq_file *m, size_t start, size_t width);

#endif
