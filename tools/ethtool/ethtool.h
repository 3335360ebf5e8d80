/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ethtool.h - what the files of ethtool share
 */
#ifndef TOOLS_ETHTOOL_ETHTOOL_H
#define TOOLS_ETHTOOL_ETHTOOL_H

#include <linux/ethtool.h>
#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>
#include <netglass/netlink.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>

struct et {
	struct ng_task *task;
	struct ng_out *out, *err;
	const char *dev;
	int argc; /* words behind the device */
	char **argv;
	int fd; /* of the netlink socket in use; -1: none yet */
	uint32_t pid, seq;
	uint16_t family;
	bool quiet; /* EOPNOTSUPP is not worth a word */
	bool banner;
	uint64_t asked; /* the features spoken of, for what came of it */
	char (*names)[ETH_GSTRING_LEN];
	uint32_t nr_names;
};

/* What is done with one answer; its attributes begin at @attrs. */
typedef void (*et_answer_fn)(struct et *e, uint8_t cmd, const void *attrs, size_t len);

/* netlink.c */
int et_open(struct et *e);
int et_open_second(struct et *e);
void *et_begin(struct et *e, struct nl_buf *b, uint8_t cmd, uint32_t flags);
int et_talk(struct et *e, struct nl_buf *b, et_answer_fn answer);
int et_request(struct et *e, uint8_t cmd, et_answer_fn answer);
int et_feature_names(struct et *e);

/* features.c */
int et_show_features(struct et *e);
int et_set_features(struct et *e);

/* settings.c */
int et_show_settings(struct et *e);
int et_change_settings(struct et *e);
int et_show_channels(struct et *e);
int et_set_channels(struct et *e);
int et_show_timestamps(struct et *e);
int et_show_permaddr(struct et *e);

/* ioctl.c */
int et_driver(struct et *e);
int et_statistics(struct et *e);
int et_identify(struct et *e);
int et_test(struct et *e);
int et_negotiate(struct et *e);
int et_registers(struct et *e);
int et_eeprom(struct et *e);
int et_rules(struct et *e);
int et_flow_hash(struct et *e);

/* ethtool.c */
int et_bad_line(struct et *e);

#endif
