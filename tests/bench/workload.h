/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * workload.h - the measured loops as a program
 */
#ifndef TESTS_BENCH_WORKLOAD_H
#define TESTS_BENCH_WORKLOAD_H

struct ng_task;

int workload_main(struct ng_task *task, int argc, char **argv);

#endif
