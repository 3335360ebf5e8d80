/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * poison.h - bytes nobody may look at: an address sanitizer traps who does, other builds know nothing of it
 *
 * For memory that is used again without going through malloc().
 */
#ifndef SIM_POISON_H
#define SIM_POISON_H

#if defined(__SANITIZE_ADDRESS__)
#define SIM_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SIM_POISON 1
#endif
#endif

#ifdef SIM_POISON
#include <sanitizer/asan_interface.h>
#define sim_poison(p, len) __asan_poison_memory_region(p, len)
#define sim_unpoison(p, len) __asan_unpoison_memory_region(p, len)
#else
#define sim_poison(p, len) ((void)0)
#define sim_unpoison(p, len) ((void)0)
#endif

#endif
