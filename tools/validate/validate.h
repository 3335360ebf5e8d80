/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * validate.h - the same script on the real and on the simulated kernel: records and verdicts
 *
 * A record is everything one run left behind: commands with what they printed, frames, tables.
 * Both sides make one; compare.c knows nothing of where it came from.
 */
#ifndef TOOLS_VALIDATE_VALIDATE_H
#define TOOLS_VALIDATE_VALIDATE_H

#include <glib.h>
#include <netglass/types.h>

struct ng_world;

#define VL_OUTPUT_MAX (16U * 1024 * 1024)  /* bytes a run may print */
#define VL_FRAMES_MAX (256U * 1024 * 1024) /* bytes of frames kept */
#define VL_LINGER_MS 150		   /* both sides are watched this long after the script */
#define VL_PACKET_HEAD 40		   /* NFT_TRACETYPE_NETWORK_HSIZE */
#define VL_STATUS_NONE (-1)		   /* the command did not end */

/* A complete command of the script, as the shell's parser finds it. */
struct vl_cut {
	size_t start;
	size_t len;
	unsigned int first_line;
	unsigned int last_line;
	bool tables; /* stands where a "#@ checkpoint" line was */
};

struct vl_script {
	char *path;
	char *name; /* without folder and .sh */
	char *text; /* checkpoints replaced by the command that prints the tables */
	size_t len;
	GArray *cuts;	   /* struct vl_cut */
	GPtrArray *kernel; /* "KEY=VALUE" of the "#@ kernel:" lines */
	bool proxies;	   /* has to do with proxy_arp, see rule proxy-delay */
};

struct vl_cmd {
	unsigned int line;
	char *text;
	int status; /* 0..255, or VL_STATUS_NONE */
	int64_t t0_ns;
	int64_t t1_ns; /* since the run began; -1: did not end */
	/* on the simulated side 0: */
	unsigned int started; /* processes it started */
	double busy; /* how much of the time tasks of the machine waited for a CPU: 0 to 1 */
	GString *out[2];
};

struct vl_frame {
	int64_t t_ns;
	char *key;    /* NS-IFNAME, root namespace "host" */
	uint8_t dir;  /* PACKET_OUTGOING and the like of <linux/if_packet.h> */
	bool partial; /* its checksum was left to the hardware */
	uint32_t wire_len;
	GBytes *data;
};

struct vl_table {
	unsigned int line; /* of the checkpoint; 0: at the end */
	char *ns;
	char *name;
	char *text;
};

/* A packet's way through a base chain. */
struct vl_walk {
	int64_t t_ns;
	char *key;	/* "NS TABLE CHAIN" */
	char *in, *out; /* interfaces */
	GBytes *packet; /* from the IP header on: as much as the kernel's own trace shows */
	GString *steps; /* rules that matched, with their verdicts; the policy: one line each */
};

struct vl_record {
	GPtrArray *cmds;   /* struct vl_cmd */
	GPtrArray *frames; /* struct vl_frame, in time order per key */
	GPtrArray *tables; /* struct vl_table */
	GPtrArray *walks;  /* struct vl_walk, in time order per key */
	GPtrArray *notes;  /* what could not be set, what was cut off */
	char *stopped;	   /* why the run was ended from outside, or NULL */
	char *cannot;	   /* why there is no run at all, or NULL */
	int status;
	bool not_modelled;
	unsigned int drops; /* frames the kernel could not hand over */
	int64_t tables_ns;  /* when the tables at the end were looked at; 0: not */
};

struct vl_options {
	int timeout_s;
	unsigned int only; /* VL_ONLY_ bits */
	uint64_t seed;
	int retries;
	char *keep; /* folder, or NULL */
	const GPtrArray
		*host_notes; /* what cannot be set on this machine: said once for all scripts */
};

enum {
	VL_ONLY_OUTPUT = 1,
	VL_ONLY_RC = 2,
	VL_ONLY_PACKETS = 4,
	VL_ONLY_TABLES = 8,
	VL_ONLY_TIMES = 16,
	VL_ONLY_ALL = 31,
	VL_ONLY_RULES = 32, /* --rules */
};

/* record.c */
struct vl_record *vl_record_new(void);
void vl_record_free(struct vl_record *rec);
struct vl_cmd *vl_record_cmd(struct vl_record *rec, unsigned int line, const char *text,
			     size_t len);
void vl_record_frame(struct vl_record *rec, const struct vl_frame *frame);
struct vl_walk *vl_record_walk(struct vl_record *rec, const char *key, int64_t t_ns);
void vl_walk_packet(struct vl_walk *w, const void *data, size_t len);
G_GNUC_PRINTF(2, 3) void vl_walk_step(struct vl_walk *w, const char *fmt, ...);
G_GNUC_PRINTF(2, 3) void vl_record_note(struct vl_record *rec, const char *fmt, ...);
/* Cuts what the tables' command printed into tables. */
void vl_record_tables(struct vl_record *rec, unsigned int line, const char *text);
GBytes *vl_record_save(const struct vl_record *rec);
struct vl_record *vl_record_load(const void *data, size_t len);

/* script.c */
struct vl_script *vl_script_read(const char *path, char **ret_error);
struct vl_script *vl_script_text(const char *path, const char *text);
void vl_script_free(struct vl_script *s);
/* Shell text, one line: prints every table of every namespace between markers; keeps $?. */
const char *vl_tables_command(void);

/* realhost.c: NULL never; ->cannot says what is missing. */
struct vl_record *vl_real_run(const struct vl_script *s, const struct vl_options *o);
/* Can this machine do it? NULL or the reason. @notes takes what cannot be set. */
char *vl_real_check(GPtrArray *notes);

/* simhost.c */
struct vl_record *vl_sim_run(const struct vl_script *s, const struct vl_options *o,
			     const struct vl_record *pace);

/* simrules.c: the simulated kernel's walks through its rules go to @rec */
struct sim_rules;
struct sim_rules *vl_sim_rules_begin(struct ng_world *world, struct vl_record *rec);
void vl_sim_rules_end(struct sim_rules *s);

/* pcapfile.c */
bool vl_pcap_write(const struct vl_record *rec, const char *dir);

#endif
