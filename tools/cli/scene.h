/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scene.h - a scenario that is run to a moment and looked at there
 */
#ifndef TOOLS_CLI_SCENE_H
#define TOOLS_CLI_SCENE_H

#include <glib.h>
#include <netglass/netglass.h>

#include "machine.h"

struct script;

/* What script_render() made of a script. */
struct rendered {
	const struct script *script;
	const GArray *lines;
};

/* The line of the file, from the line of the text; @rendered: a struct rendered. 0: none. */
unsigned int rendered_line(const void *rendered, unsigned int line);

/* What is run: a shell script as it is, or the commands of a tutorial. */
struct scene {
	char *path;
	char *text;
	size_t len;
	struct script *script; /* a tutorial's; NULL */
	GArray *lines;	       /* of a tutorial: the line of @text on which each statement begins */
	uint64_t seed;
	int pings;
};

/* When to look: at a step of the trace, after a line, or at the end. */
struct moment {
	uint64_t at;	   /* 0: not by step */
	unsigned int line; /* 0: not by line */
};

typedef int (*look_fn)(struct ng_task *task, void *arg);

/* CLI_OK, or CLI_USAGE after saying why. scene_free() it in any case. */
int scene_load(struct scene *s, const char *path);
void scene_free(struct scene *s);
/* The line of the file that a line of @text came from, and back; 0: none. */
unsigned int scene_line(const void *scene, unsigned int line);
unsigned int scene_rendered_line(const struct scene *s, unsigned int line);
/* A machine with the scene's script in it; what it prints goes to @console (NULL: nowhere). */
struct machine *scene_machine(const struct scene *s,
			      void (*console)(void *, int, const char *, size_t), void *arg);
/*
 * Runs the scene to the moment and then look(task, arg) in its world, while all stands still; what it
 * prints is added to @out (NULL: lost). CLI_OK, or CLI_USAGE when the moment never came (said why).
 */
int scene_look(const struct scene *s, const struct moment *when, look_fn look, void *arg,
	       GString *out);

#endif
