/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * out.c - a program's standard output and standard error
 *
 * Both live in the one private pointer of the task (ng_task_private), in
 * memory of the task, so nothing is left behind when a program is killed.
 * The buffer has stdio's size for pipes and files: what a program writes in
 * one go arrives in the same pieces as from the real one.
 */
#include <errno.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <string.h>

#define OUT_SIZE 4096 /* st_blksize of pipes and files, stdio's buffer */

struct ng_out {
	struct ng_task *task;
	struct ng_out *before; /* flushed before this one writes */
	char *buf;
	char *text; /* a formatted text too long for the stack */
	size_t text_size;
	size_t len;
	int fd;
	int error;
	bool line_buffered;
	bool unbuffered;
};

struct ng_outs {
	struct ng_out out;
	struct ng_out err;
	bool goes_on;
};

static struct ng_outs *task_outs(struct ng_task *task)
{
	struct ng_outs *o = ng_task_private(task);

	if (o)
		return o;
	o = ng_task_alloc(task, sizeof(*o));
	o->out.task = task;
	o->out.fd = 1;
	o->out.buf = ng_task_alloc_buffer(task, OUT_SIZE);
	o->err.task = task;
	o->err.fd = 2;
	o->err.unbuffered = true;
	o->err.before = &o->out;
	ng_task_set_private(task, o);
	o->out.line_buffered = ng_sys_isatty(task, 1) == 1;
	return o;
}

/**
 * ng_stdout() - Standard output of a program
 * @task: the program
 *
 * Return: its buffer over descriptor 1, made at the first call.
 */
struct ng_out *ng_stdout(struct ng_task *task)
{
	return &task_outs(task)->out;
}

/**
 * ng_stderr() - Standard error of a program
 * @task: the program
 *
 * Return: an unbuffered output over descriptor 2; each ng_printf() is one write.
 */
struct ng_out *ng_stderr(struct ng_task *task)
{
	return &task_outs(task)->err;
}

/**
 * ng_set_goes_on() - The program goes on after a file that is not modelled
 * @task: the program
 */
void ng_set_goes_on(struct ng_task *task)
{
	task_outs(task)->goes_on = true;
}

/**
 * ng_goes_on() - Does it?
 * @task: the program
 */
bool ng_goes_on(struct ng_task *task)
{
	return task_outs(task)->goes_on;
}

static void write_all(struct ng_out *out, const char *p, size_t len)
{
	while (len && !out->error) {
		ssize_t n = ng_sys_write(out->task, out->fd, p, len);

		if (n == -EINTR)
			continue;
		if (n <= 0) {
			out->error = n < 0 ? (int)n : -EIO;
			return;
		}
		p += n;
		len -= (size_t)n;
	}
}

/**
 * ng_flush() - Writes out what is buffered
 * @out: the output
 */
void ng_flush(struct ng_out *out)
{
	size_t len = out->len;

	out->len = 0;
	if (len)
		write_all(out, out->buf, len);
}

/**
 * ng_write() - Puts bytes
 * @out: the output
 * @data: the bytes
 * @len: how many
 */
void ng_write(struct ng_out *out, const void *data, size_t len)
{
	if (!len)
		return;
	if (out->before)
		ng_flush(out->before);
	if (out->unbuffered) {
		write_all(out, data, len);
		return;
	}
	if (out->len + len > OUT_SIZE)
		ng_flush(out);
	if (len >= OUT_SIZE) {
		write_all(out, data, len);
		return;
	}
	memcpy(out->buf + out->len, data, len);
	out->len += len;
	if (out->line_buffered && memchr(data, '\n', len))
		ng_flush(out);
}

/**
 * ng_putc() - Puts one byte
 * @out: the output
 * @c: the byte
 */
void ng_putc(struct ng_out *out, char c)
{
	ng_write(out, &c, 1);
}

/**
 * ng_puts() - Puts a string; no newline is added
 * @out: the output
 * @s: the string
 */
void ng_puts(struct ng_out *out, const char *s)
{
	ng_write(out, s, strlen(s));
}

/**
 * ng_vprintf() - Puts formatted text, as vprintf() in the C locale
 * @out: the output
 * @fmt: the format
 * @ap: its arguments
 */
void ng_vprintf(struct ng_out *out, const char *fmt, va_list ap)
{
	char small[512];
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	if (n < (int)sizeof(small)) {
		if (n > 0)
			ng_write(out, small, (size_t)n);
		va_end(again);
		return;
	}
	if (out->text_size <= (size_t)n) {
		out->text = ng_task_realloc(out->task, out->text, out->text_size, (size_t)n + 1);
		out->text_size = (size_t)n + 1;
	}
	vsnprintf(out->text, out->text_size, fmt, again);
	va_end(again);
	ng_write(out, out->text, (size_t)n);
}

/**
 * ng_printf() - Puts formatted text, as printf() in the C locale
 * @out: the output
 * @fmt: the format
 */
void ng_printf(struct ng_out *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	ng_vprintf(out, fmt, ap);
	va_end(ap);
}

/**
 * ng_out_error() - Did a write fail?
 * @out: the output
 *
 * Return: -errno of the first write that failed, or 0.
 */
int ng_out_error(const struct ng_out *out)
{
	return out->error;
}

/**
 * ng_out_clear_error() - Forgets a failed write: the descriptor is another one now
 * @out: the output
 */
void ng_out_clear_error(struct ng_out *out)
{
	out->error = 0;
}

/**
 * ng_strerror() - The words for an errno
 * @errnum: positive
 *
 * Return: the text of strerror() in the C locale.
 */
const char *ng_strerror(int errnum)
{
	/* the kernel's own numbers, which it lets slip now and then; glibc has no words for them */
	static const char *const kernel_only[] = {
		"Unknown error 512", "Unknown error 513", "Unknown error 514", "Unknown error 515",
		"Unknown error 516", "Unknown error 517", "Unknown error 518", "Unknown error 519",
		"Unknown error 520", "Unknown error 521", "Unknown error 522", "Unknown error 523",
		"Unknown error 524", "Unknown error 525", "Unknown error 526", "Unknown error 527",
		"Unknown error 528", "Unknown error 529", "Unknown error 530", "Unknown error 531",
	};
	const char *s = strerrordesc_np(errnum);

	if (s)
		return s;
	if (errnum >= 512 && errnum <= 531)
		return kernel_only[errnum - 512];
	return "Unknown error";
}
