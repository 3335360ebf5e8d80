/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * out.h - a program's output: a buffer over one descriptor
 *
 * Fully buffered; flushed when full, at exit, and (standard output) before
 * anything goes to standard error. No stdio: worlds share a process.
 */
#ifndef NETGLASS_OUT_H
#define NETGLASS_OUT_H

#include <netglass/types.h>
#include <stdarg.h>

struct ng_out;
struct ng_task;

struct ng_out *ng_stdout(struct ng_task *task);
struct ng_out *ng_stderr(struct ng_task *task);
ng_printf_like(2, 3) void ng_printf(struct ng_out *out, const char *fmt, ...);
void ng_vprintf(struct ng_out *out, const char *fmt, va_list ap);
void ng_write(struct ng_out *out, const void *data, size_t len);
void ng_putc(struct ng_out *out, char c);
void ng_puts(struct ng_out *out, const char *s); /* no newline added */
void ng_flush(struct ng_out *out);
/* -errno of the first failed write, or 0; what is written after it is lost until the error is cleared */
int ng_out_error(const struct ng_out *out);
void ng_out_clear_error(struct ng_out *out);
/* The program says itself what follows from a file that is not modelled; others end there with status 3. */
void ng_set_goes_on(struct ng_task *task);
bool ng_goes_on(struct ng_task *task);
/* the kernel's words for an errno (positive), as strerror() in the C locale */
const char *ng_strerror(int errnum);

#endif
