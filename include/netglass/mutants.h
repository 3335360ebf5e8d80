/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mutants.h - a kernel that lies, to see whether validate notices
 *
 * Only in builds with -Dc_args=-DNG_MUTANTS; a normal build has none of it.
 */
#ifndef NETGLASS_MUTANTS_H
#define NETGLASS_MUTANTS_H

#ifdef NG_MUTANTS
struct ng_world;

/* From now on @world tells lie @number, once or every time it can; 0: none. See stack/core/mutants.def. */
void ng_world_mutant(struct ng_world *world, unsigned int number);
#endif

#endif
