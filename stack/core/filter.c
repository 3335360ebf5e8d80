/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter.c - classic BPF on sockets
 *
 * mirrors the classic half of net/core/filter.c. Unlike Linux: no ancillary
 * data (negative offsets) but the packet itself.
 *
 * PATH: a leaf
 */
#include "core/filter.h"

#include <errno.h>
#include <linux/filter.h>

#include "core/skbuff.h"
#include "core/xalloc.h"

struct sk_filter {
	uint32_t len;
	struct sock_filter insns[];
};

struct bpf_state {
	const struct sk_buff *skb;
	uint32_t a, x, mem[BPF_MEMWORDS];
};

static bool jump_ok(const struct sock_filter *f, uint32_t pc, uint32_t len)
{
	if (BPF_OP(f->code) == BPF_JA)
		return f->k < len - pc - 1;
	return pc + f->jt + 1U < len && pc + f->jf + 1U < len;
}

/* Jumps land inside, memory has 16 words, the last instruction returns: bpf_check_classic() */
static bool filter_ok(const struct sock_filter *f, uint32_t len)
{
	for (uint32_t pc = 0; pc < len; pc++, f++) {
		uint16_t cls = BPF_CLASS(f->code);

		if (cls == BPF_JMP && !jump_ok(f, pc, len))
			return false;
		if (((cls == BPF_LD || cls == BPF_LDX) && BPF_MODE(f->code) == BPF_MEM) ||
		    cls == BPF_ST || cls == BPF_STX) {
			if (f->k >= BPF_MEMWORDS)
				return false;
		}
		if (cls == BPF_ALU && BPF_SRC(f->code) == BPF_K) {
			uint16_t op = BPF_OP(f->code);

			if ((op == BPF_DIV || op == BPF_MOD) && !f->k)
				return false;
			if ((op == BPF_LSH || op == BPF_RSH) && f->k >= 32)
				return false;
		}
	}
	return BPF_CLASS(f[-1].code) == BPF_RET;
}

/**
 * sk_filter_new() - Checks and copies a program
 * @prog: struct sock_fprog
 * @len: its bytes
 * @ret: the filter; free() it
 *
 * Return: 0 or -EINVAL.
 */
int sk_filter_new(const void *prog, uint32_t len, struct sk_filter **ret)
{
	struct sock_fprog fprog;
	struct sk_filter *filter;

	if (len != sizeof(fprog))
		return -EINVAL;
	memcpy(&fprog, prog, sizeof(fprog));
	if (!fprog.filter || !fprog.len || fprog.len > BPF_MAXINSNS ||
	    !filter_ok(fprog.filter, fprog.len))
		return -EINVAL;
	filter = xzalloc(sizeof(*filter) + fprog.len * sizeof(filter->insns[0]));
	filter->len = fprog.len;
	memcpy(filter->insns, fprog.filter, fprog.len * sizeof(filter->insns[0]));
	*ret = filter;
	return 0;
}

/* a byte, half word or word of the packet, host order; false: it is not there */
static bool load(const struct bpf_state *s, uint16_t size, uint32_t at, uint32_t *ret)
{
	size_t n = size == BPF_W ? 4 : size == BPF_H ? 2 : 1;
	const uint8_t *p = skb_peek_at(s->skb, at, n);

	if (!p)
		return false;
	*ret = 0;
	for (size_t i = 0; i < n; i++)
		*ret = *ret << 8 | p[i];
	return true;
}

static bool do_load(struct bpf_state *s, const struct sock_filter *f)
{
	bool to_x = BPF_CLASS(f->code) == BPF_LDX;
	uint32_t v = 0;

	switch (BPF_MODE(f->code)) {
	case BPF_IMM:
		v = f->k;
		break;
	case BPF_MEM:
		v = s->mem[f->k];
		break;
	case BPF_LEN:
		v = skb_len(s->skb);
		break;
	case BPF_ABS:
		if (!load(s, BPF_SIZE(f->code), f->k, &v))
			return false;
		break;
	case BPF_IND:
		if (!load(s, BPF_SIZE(f->code), s->x + f->k, &v))
			return false;
		break;
	case BPF_MSH:
		if (!load(s, BPF_B, f->k, &v))
			return false;
		v = (v & 0xf) << 2;
		break;
	}
	*(to_x ? &s->x : &s->a) = v;
	return true;
}

static bool do_alu(struct bpf_state *s, const struct sock_filter *f)
{
	uint32_t v = BPF_SRC(f->code) == BPF_X ? s->x : f->k;

	switch (BPF_OP(f->code)) {
	case BPF_ADD:
		s->a += v;
		return true;
	case BPF_SUB:
		s->a -= v;
		return true;
	case BPF_MUL:
		s->a *= v;
		return true;
	case BPF_DIV:
		s->a = v ? s->a / v : 0;
		return v;
	case BPF_MOD:
		s->a = v ? s->a % v : 0;
		return v;
	case BPF_AND:
		s->a &= v;
		return true;
	case BPF_OR:
		s->a |= v;
		return true;
	case BPF_XOR:
		s->a ^= v;
		return true;
	case BPF_LSH:
		s->a <<= v & 31;
		return true;
	case BPF_RSH:
		s->a >>= v & 31;
		return true;
	case BPF_NEG:
		s->a = -s->a;
		return true;
	}
	return false;
}

static uint32_t jump(const struct bpf_state *s, const struct sock_filter *f)
{
	uint32_t v = BPF_SRC(f->code) == BPF_X ? s->x : f->k;

	switch (BPF_OP(f->code)) {
	case BPF_JEQ:
		return s->a == v ? f->jt : f->jf;
	case BPF_JGT:
		return s->a > v ? f->jt : f->jf;
	case BPF_JGE:
		return s->a >= v ? f->jt : f->jf;
	case BPF_JSET:
		return s->a & v ? f->jt : f->jf;
	}
	return f->k; /* BPF_JA */
}

/**
 * sk_filter_mentions() - Is something compared with a value?
 * @filter: may be NULL
 * @k: the value
 *
 * Return: true when so.
 */
bool sk_filter_mentions(const struct sk_filter *filter, uint32_t k)
{
	for (uint32_t pc = 0; filter && pc < filter->len; pc++) {
		const struct sock_filter *f = &filter->insns[pc];

		if (f->code == (BPF_JMP | BPF_JEQ | BPF_K) && f->k == k)
			return true;
	}
	return false;
}

/**
 * sk_filter_run() - Asks a program about a packet
 * @filter: the program, NULL: it wants all
 * @skb: borrowed; the program sees it from data on
 *
 * Return: how many bytes the socket wants; 0: none.
 */
uint32_t sk_filter_run(const struct sk_filter *filter, const struct sk_buff *skb)
{
	struct bpf_state s = { .skb = skb };

	if (!filter)
		return skb_len(skb);
	for (uint32_t pc = 0; pc < filter->len; pc++) {
		const struct sock_filter *f = &filter->insns[pc];

		switch (BPF_CLASS(f->code)) {
		case BPF_LD:
		case BPF_LDX:
			if (!do_load(&s, f))
				return 0;
			break;
		case BPF_ST:
			s.mem[f->k] = s.a;
			break;
		case BPF_STX:
			s.mem[f->k] = s.x;
			break;
		case BPF_ALU:
			if (!do_alu(&s, f))
				return 0;
			break;
		case BPF_JMP:
			pc += jump(&s, f);
			break;
		case BPF_RET:
			return BPF_RVAL(f->code) == BPF_A ? s.a : f->k;
		case BPF_MISC:
			if (BPF_MISCOP(f->code) == BPF_TAX)
				s.x = s.a;
			else
				s.a = s.x;
			break;
		}
	}
	return 0;
}

/**
 * sk_filter_trim_cap() - Cuts a packet to what a socket wants of it
 * @filter: the program, NULL: it wants all
 * @skb: the caller's
 * @cap: a header that stays whole
 *
 * Return: 0, or -EPERM: nothing.
 */
int sk_filter_trim_cap(const struct sk_filter *filter, struct sk_buff *skb, uint32_t cap)
{
	uint32_t want;

	if (!filter)
		return 0;
	want = sk_filter_run(filter, skb);
	if (!want)
		return -EPERM;
	skb_trim(skb, want > cap ? want : cap);
	return 0;
}
