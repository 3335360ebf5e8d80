/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * validate.h - the same script on the real and on the simulated kernel: records and verdicts
 *
 * A record is everything one run left behind: commands with what they printed, frames, tables. Both sides
 * make one; compare.c knows nothing of where it came from.
 */
#ifndef TOOLS_VALIDATE_VALIDATE_H
#define TOOLS_VALIDATE_VALIDATE_H

#include <glib.h>
#include <netglass/types.h>

#define VL_OUTPUT_MAX (16U * 1024 * 1024)  /* bytes a run may print */
#define VL_FRAMES_MAX (256U * 1024 * 1024) /* bytes of frames kept */
#define VL_LINGER_MS 150		   /* both sides are watched this long after the script */
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
};

struct vl_cmd {
	unsigned int line;
	char *text;
	int status; /* 0..255, or VL_STATUS_NONE */
	int64_t t0_ns;
	int64_t t1_ns; /* since the run began; -1: did not end */
	unsigned int
		started; /* processes it started; 0 on the simulated side: they cost nothing there */
	GString *out[2];
};

struct vl_frame {
	int64_t t_ns;
	char *key;    /* NS-IFNAME, root namespace "host" */
	uint8_t dir;  /* PACKET_OUTGOING and the like; 255: not known */
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

struct vl_record {
	GPtrArray *cmds;   /* struct vl_cmd */
	GPtrArray *frames; /* struct vl_frame, in time order per key */
	GPtrArray *tables; /* struct vl_table */
	GPtrArray *notes;  /* what could not be set, what was cut off */
	char *stopped;	   /* why the run was ended from outside, or NULL */
	char *cannot;	   /* why there is no run at all, or NULL */
	int status;
	bool not_modelled;
	unsigned int drops; /* frames the kernel could not hand over */
};

struct vl_options {
	int timeout_s;
	unsigned int only; /* VL_ONLY_ bits */
	uint64_t seed;
	int retries;
	char *keep; /* folder, or NULL */
};

enum {
	VL_ONLY_OUTPUT = 1,
	VL_ONLY_RC = 2,
	VL_ONLY_PACKETS = 4,
	VL_ONLY_TABLES = 8,
	VL_ONLY_TIMES = 16,
	VL_ONLY_ALL = 31,
};

/* record.c */
struct vl_record *vl_record_new(void);
void vl_record_free(struct vl_record *rec);
struct vl_cmd *vl_record_cmd(struct vl_record *rec, unsigned int line, const char *text,
			     size_t len);
void vl_record_frame(struct vl_record *rec, const struct vl_frame *frame);
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
/* Can this machine do it? NULL or the reason. */
char *vl_real_check(void);
char *vl_new_user(int what);

/* simhost.c */
struct vl_record *vl_sim_run(const struct vl_script *s, const struct vl_options *o);

/* pcapfile.c */
bool vl_pcap_read(struct vl_record *rec, const char *dir, int64_t epoch_ns);
bool vl_pcap_write(const struct vl_record *rec, const char *dir);

#endif
