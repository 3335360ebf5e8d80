/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_sim.c - the simulated side: bench_sim WHAT N, or bench_sim FILE [FOLDER]
 *
 * w1, w2, w2-1400, tcp, conn: a workload over the bridge; memory: malloc'd bytes of N
 * namespaces with a veth each; none N: the set-up alone, for instruction
 * counts; a FILE is a script that calls `workload`, captured in FOLDER.
 */
#include <malloc.h>
#include <netglass/netglass.h>
#include <netglass/out.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../tools/lib/program.h"
#include "../../tools/lib/session.h"
#include "../../tools/sh/run.h"
#include "workload.h"

static const char topology[] =
	"ip link add v-net-0 type bridge; ip link set v-net-0 up\n"
	"i=1\n"
	"for n in red blue; do\n"
	" ip netns add $n\n"
	" ip link add veth-$n type veth peer name veth-$n-br\n"
	" ip link set veth-$n netns $n; ip link set veth-$n-br master v-net-0\n"
	" ip -n $n addr add 192.168.15.$i/24 dev veth-$n; ip -n $n link set veth-$n up\n"
	" ip -n $n link set lo up; ip link set veth-$n-br up\n"
	" i=$((i+1))\n"
	"done\n"
	"ip addr add 192.168.15.5/24 dev v-net-0\n"
	"ip netns exec red ping -q -c1 192.168.15.2 >/dev/null\n";

struct bench {
	struct ng_session session;
	char script[1 << 16];
	const char *capture; /* folder, or NULL */
};

static const char the_script, the_workload;

static int exec_program(struct ng_task *task, const void *program, int argc, char **argv)
{
	struct bench *b = ng_task_session(task);
	struct ng_sh_config sh = {
		.name = "sh", .text = b->script, .len = strlen(b->script), .script = 1
	};
	int status;

	if (program == &the_script)
		status = ng_sh_run(task, &sh);
	else if (program == &the_workload)
		status = workload_main(task, argc, argv);
	else
		return ng_program_exec(task, program, argc, argv);
	ng_flush(ng_stdout(task));
	return status;
}

static void console(void *session, int stream, const char *buf, size_t len)
{
	(void)session;
	if (write(stream, buf, len) < 0)
		abort();
}

static int run(struct bench *b)
{
	struct ng_world_config config = { .session = b, .exec = exec_program, .console = console };
	static char *const argv[] = { (char *)(uintptr_t) "sh", NULL };
	static char *const env[] = { (char *)(uintptr_t) "PATH=/usr/sbin:/usr/bin", NULL };
	struct ng_world *world = ng_world_new(&config);
	const struct ng_program *p;
	int status;

	for (p = ng_programs; p->path; p++)
		ng_world_add_program(world, p->path, p);
	ng_world_add_program(world, "/usr/bin/script", &the_script);
	ng_world_add_program(world, "/usr/bin/workload", &the_workload);
	if (b->capture && ng_world_capture(world, b->capture) < 0)
		abort();
	if (ng_world_run(world, ng_world_spawn(world, "/usr/bin/script", argv, env), &status) !=
	    NG_STOP_EXITED)
		status = 1 << 8;
	ng_world_free(world);
	return WEXITSTATUS(status);
}

/* malloc'd bytes after the script, the empty world subtracted */
static size_t bytes_in_use(struct bench *b)
{
	struct ng_world_config config = { .session = b, .exec = exec_program, .console = console };
	static char *const argv[] = { (char *)(uintptr_t) "sh", NULL };
	static char *const env[] = { (char *)(uintptr_t) "PATH=/usr/sbin:/usr/bin", NULL };
	struct ng_world *world = ng_world_new(&config);
	const struct ng_program *p;
	size_t empty, full;
	int status;

	for (p = ng_programs; p->path; p++)
		ng_world_add_program(world, p->path, p);
	ng_world_add_program(world, "/usr/bin/script", &the_script);
	empty = mallinfo2().uordblks + mallinfo2().hblkhd;
	ng_world_run(world, ng_world_spawn(world, "/usr/bin/script", argv, env), &status);
	full = mallinfo2().uordblks + mallinfo2().hblkhd;
	ng_world_free(world);
	return full - empty;
}

static bool read_script(struct bench *b, const char *path)
{
	FILE *f = fopen(path, "r");
	size_t n;

	if (!f)
		return false;
	n = fread(b->script, 1, sizeof(b->script) - 1, f);
	b->script[n] = '\0';
	return fclose(f) == 0;
}

int main(int argc, char **argv)
{
	static struct bench b;
	long n = argc == 3 ? atol(argv[2]) : 0;

	if (argc >= 2 && read_script(&b, argv[1])) {
		b.capture = argv[2];
		return run(&b);
	}

	if (n <= 0) {
		fprintf(stderr,
			"usage: bench_sim w1|w2|w2-1400|tcp|conn|none|memory N | FILE [FOLDER]\n");
		return 2;
	}
	if (!strcmp(argv[1], "memory")) {
		snprintf(b.script, sizeof(b.script),
			 "i=0; while [ $i -lt %ld ]; do ip netns add n$i; ip link add a$i type "
			 "veth peer name b$i; "
			 "ip link set b$i netns n$i; i=$((i+1)); done\n",
			 n);
		printf("%zu bytes for each of %ld namespaces with a veth\n",
		       bytes_in_use(&b) / (size_t)n, n);
		return 0;
	}
	if (!strcmp(argv[1], "none"))
		snprintf(b.script, sizeof(b.script), "%s", topology);
	else
		snprintf(b.script, sizeof(b.script), "%sworkload %s %ld\n", topology, argv[1], n);
	return run(&b);
}
