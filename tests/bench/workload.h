/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * workload.h - the measured loops as a program
 */
#ifndef TESTS_BENCH_WORKLOAD_H
#define TESTS_BENCH_WORKLOAD_H

#include <stdbool.h>
#include <stdint.h>

struct ng_task;

int workload_main(struct ng_task *task, int argc, char **argv);
void enter(struct ng_task *task, const char *ns);
bool flows_run(struct ng_task *task, const char *what, uint64_t n, uint64_t *ret_got);
bool streams_run(struct ng_task *task, const char *what, uint64_t n, uint64_t *ret_got);
bool scale_run(struct ng_task *task, const char *what, uint64_t n, uint64_t *ret_rounds,
	       uint64_t *ret_got);

#endif
