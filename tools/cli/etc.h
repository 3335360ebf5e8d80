/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * etc.h - the files of /etc at power-on
 */
#ifndef TOOLS_CLI_ETC_H
#define TOOLS_CLI_ETC_H

struct etc_file {
	const char *path;
	const char *text;
};

extern const struct etc_file etc_files[]; /* ended by path NULL */

#endif
