/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * describe.h - a repair in one line
 */
#ifndef TOOLS_TEXTS_DESCRIBE_H
#define TOOLS_TEXTS_DESCRIBE_H

#include "causes.h"

char *repair_describe(const struct repair *r, const struct script *s);

#endif
