/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace_names.c - the lists of include/netglass/trace.h and drop.h as tables
 *
 * netglass's own.
 * TABLE
 */
#include <netglass/trace.h>

#include "core/xalloc.h"

/* clang-format off */
#define T(type, ctype) #type,
static const char *const type_names[] = { NG_TRACE_TYPES(T) };
#undef T

#define C(name, words) words,
static const char *const cause_words[] = { NG_TRACE_CAUSES(C) };
#undef C

#define X(name, words) { #name, words },
static const struct {
	const char *name, *words;
} drop_reasons[] = { NG_DROP_REASONS(X) };
#undef X
/* clang-format on */

/* The members share one union: an offset in a member is one behind the head. */
/* clang-format off */
#define F(ftype, field)                                                        \
	{ .name = #field, .type = NG_TRACE_T_##ftype,                          \
	  .offset = (uint16_t)(offsetof(struct ng_trace_event, exec) +         \
			       offsetof(this_step, field)) },
#define INFO(NAME, member, text, FIELDS)                                       \
	static const struct ng_trace_info *member##_info(void)                 \
	{                                                                      \
		typedef struct ng_trace_##member this_step;                    \
		static const struct ng_trace_field fields[] = { FIELDS(F) };   \
		static const struct ng_trace_info info = {                     \
			.name = text, .fields = fields,                        \
			.nr_fields = sizeof(fields) / sizeof(fields[0]),       \
		};                                                             \
		return &info;                                                  \
	}
#define STEP(NAME, member, text, FIELDS)                                       \
	case NG_TRACE_##NAME:                                                  \
		return member##_info();

NG_TRACE_STEPS(INFO)
/* clang-format on */

/**
 * ng_trace_info() - The name and the fields of a kind
 * @kind: below NG_TRACE_MAX
 *
 * Return: them; valid for ever.
 */
const struct ng_trace_info *ng_trace_info(enum ng_trace_kind kind)
{
	switch (kind) {
		NG_TRACE_STEPS(STEP)
	case NG_TRACE_MAX:
		break;
	}
	ng_assert(kind < NG_TRACE_MAX);
	return NULL;
}

/**
 * ng_trace_type_name() - The name of a type of fields
 * @type: the type
 *
 * Return: "IP"
 */
const char *ng_trace_type_name(enum ng_trace_type type)
{
	ng_assert(type < NG_TRACE_T_MAX);
	return type_names[type];
}

/**
 * ng_trace_cause_words() - Why a packet exists, in words before the other packet's name
 * @cause: the cause
 *
 * Return: "reply to"; "" when there is none.
 */
const char *ng_trace_cause_words(enum ng_trace_cause cause)
{
	ng_assert(cause < NG_CAUSE_MAX);
	return cause_words[cause];
}

/**
 * ng_drop_reason_name() - The kernel's name for why a packet died
 * @reason: the reason
 *
 * Return: "NETFILTER_DROP"
 */
const char *ng_drop_reason_name(enum skb_drop_reason reason)
{
	ng_assert(reason < SKB_DROP_REASON_MAX);
	return drop_reasons[reason].name;
}

/**
 * ng_drop_reason_words() - Why a packet died, in a few words
 * @reason: the reason
 *
 * Return: the words, without a full stop.
 */
const char *ng_drop_reason_words(enum skb_drop_reason reason)
{
	ng_assert(reason < SKB_DROP_REASON_MAX);
	return drop_reasons[reason].words;
}
