/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * errno.h - Linux's error numbers: they are the simulated kernel's ABI
 */
#ifndef NETGLASS_WASI_ERRNO_H
#define NETGLASS_WASI_ERRNO_H

#include <asm-generic/errno.h>

extern _Thread_local int errno;

#define ENOTSUP EOPNOTSUPP

#endif
