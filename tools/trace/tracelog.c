/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tracelog.c - the events of a run, kept
 *
 * An event is valid only while its listener runs: here it is copied with all it points to. Names
 * are kept once, a frame that has not changed since the event before is shared.
 */
#include "tracelog.h"

#include <string.h>

#define BLOCK ((size_t)256 * 1024)

/**
 * tracelog_new() - An empty log
 *
 * Return: it; tracelog_free() it.
 */
struct tracelog *tracelog_new(void)
{
	struct tracelog *log = g_new0(struct tracelog, 1);

	log->events = g_ptr_array_new();
	log->blocks = g_ptr_array_new_with_free_func(g_free);
	log->texts = g_string_chunk_new(4096);
	return log;
}

/**
 * tracelog_free() - Forgets all
 * @log: or NULL
 */
void tracelog_free(struct tracelog *log)
{
	if (!log)
		return;
	g_ptr_array_free(log->events, TRUE);
	g_ptr_array_free(log->blocks, TRUE);
	g_string_chunk_free(log->texts);
	g_free(log);
}

static void *take(struct tracelog *log, size_t size)
{
	void *p;

	size = (size + 15) & ~(size_t)15;
	if (size > log->room) {
		log->room = MAX(size, BLOCK);
		log->at = g_malloc(log->room);
		g_ptr_array_add(log->blocks, log->at);
	}
	p = log->at;
	log->at += size;
	log->room -= size;
	return p;
}

static const void *keep(struct tracelog *log, const void *data, size_t len)
{
	if (!data || !len)
		return NULL;
	return memcpy(take(log, len), data, len);
}

static const char *keep_text(struct tracelog *log, const char *s)
{
	return s ? g_string_chunk_insert_const(log->texts, s) : NULL;
}

static const char *const *keep_texts(struct tracelog *log, const char *const *v)
{
	const char **copy;
	size_t n = 0;

	if (!v)
		return NULL;
	while (v[n])
		n++;
	copy = take(log, (n + 1) * sizeof(*copy));
	for (size_t i = 0; i < n; i++)
		copy[i] = keep_text(log, v[i]);
	copy[n] = NULL;
	return copy;
}

static void keep_frame(struct tracelog *log, struct ng_trace_event *ev)
{
	if (!ev->frame)
		return;
	if (!log->last_frame || log->last_len != ev->frame_len ||
	    memcmp(log->last_frame, ev->frame, ev->frame_len) != 0) {
		log->last_frame = keep(log, ev->frame, ev->frame_len);
		log->last_len = ev->frame_len;
	}
	ev->frame = log->last_frame;
}

/* What the fields of its kind point to. */
static void keep_field(struct tracelog *log, void *at, enum ng_trace_type type)
{
	switch (type) {
	case NG_TRACE_T_WORD:
	case NG_TRACE_T_TEXT:
		*(const char **)at = keep_text(log, *(const char **)at);
		return;
	case NG_TRACE_T_TEXTS:
		*(const char *const **)at = keep_texts(log, *(const char *const **)at);
		return;
	case NG_TRACE_T_MAC:
		*(const uint8_t **)at = keep(log, *(const uint8_t **)at, 6);
		return;
	case NG_TRACE_T_BYTES: {
		struct ng_bytes *b = at;

		b->data = keep(log, b->data, b->len);
		return;
	}
	case NG_TRACE_T_BOOL:
	case NG_TRACE_T_I32:
	case NG_TRACE_T_I64:
	case NG_TRACE_T_U32:
	case NG_TRACE_T_U64:
	case NG_TRACE_T_IP:
	case NG_TRACE_T_PORT:
	case NG_TRACE_T_ORIGIN:
	case NG_TRACE_T_REASON:
	case NG_TRACE_T_PACKET:
	case NG_TRACE_T_MAX:
		return;
	}
}

/**
 * tracelog_listen() - Keeps an event
 * @arg: the struct tracelog
 * @ev: borrowed
 */
void tracelog_listen(void *arg, const struct ng_trace_event *ev)
{
	const struct ng_trace_info *info = ng_trace_info(ev->kind);
	struct tracelog *log = arg;
	struct ng_trace_event *copy;

	if (log->events->len >= TRACELOG_MAX) {
		log->full = true;
		return;
	}
	copy = take(log, sizeof(*copy));
	*copy = *ev;
	copy->netns = keep_text(log, ev->netns);
	copy->dev = keep_text(log, ev->dev);
	for (size_t i = 0; i < info->nr_fields; i++)
		keep_field(log, (char *)copy + info->fields[i].offset, info->fields[i].type);
	keep_frame(log, copy);
	g_ptr_array_add(log->events, copy);
}
