/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * programs_real.c - the one program of bench_real, for tests/hostsys
 */
#include "../../tools/lib/program.h"
#include "workload.h"

const struct ng_program ng_programs[] = {
	{ "/usr/bin/workload", workload_main },
	{ 0 },
};
