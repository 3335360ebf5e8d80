/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * task.h - a simulated process, as its own program sees it
 */
#ifndef NETGLASS_TASK_H
#define NETGLASS_TASK_H

#include <netglass/types.h>

struct ng_task;
struct ng_world;

/* Memory of the program: freed all at once when it ends, is killed or execs. Zeroed. Never NULL. */
void *ng_task_alloc(struct ng_task *task, size_t size);
void *ng_task_alloc_buffer(struct ng_task *task, size_t size); /* not zeroed: to be filled */
void *ng_task_realloc(struct ng_task *task, void *old, size_t old_size, size_t new_size);
void ng_task_free(struct ng_task *task, void *p); /* earlier than at its end; NULL is fine */
char *ng_task_strdup(struct ng_task *task, const char *s);
char *ng_task_strndup(struct ng_task *task, const char *s, size_t n);
/* fn(arg) runs when the program ends in any way (last registered first), before its memory goes. */
void ng_task_defer(struct ng_task *task, void (*fn)(void *arg), void *arg);

/* One pointer the tools' runtime keeps per program (output buffers); NULL at the start of each. */
void *ng_task_private(struct ng_task *task);
void ng_task_set_private(struct ng_task *task, void *priv);

struct ng_world *ng_task_world(struct ng_task *task);
/* The pointer given to ng_world_new(): the session's settings. */
void *ng_task_session(struct ng_task *task);

/* Environment: "NAME=value" strings, NULL-terminated; as given at exec. */
char *const *ng_task_environ(struct ng_task *task);
const char *ng_task_getenv(struct ng_task *task, const char *name);

/* The script line this task works for; children inherit it. */
void ng_task_set_origin(struct ng_task *task, struct ng_origin origin);
struct ng_origin ng_task_origin(const struct ng_task *task);

#endif
