/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sys/ioctl.h - Linux's numbers
 */
#ifndef NETGLASS_WASI_SYS_IOCTL_H
#define NETGLASS_WASI_SYS_IOCTL_H

#include <asm-generic/ioctls.h>

#endif
