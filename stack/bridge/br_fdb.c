/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_fdb.c - which address is behind which port
 *
 * mirrors net/bridge/br_fdb.c                                    TABLE
 *
 * A chained hash of addresses and a list, newest first, which is the order of
 * a dump. Unlike Linux: the clean-up timer runs only while a learned entry
 * lives, at the moment the first one expires.
 */
#include "bridge/br_private.h"
#include "core/vsprintf.h"

#define FDB_HASH_MIN 64U
/* clean-ups are at least this far apart: br_fdb_cleanup() */
#define FDB_GC_MIN_NS (10 * NSEC_PER_MSEC)

static inline struct hlist_head *fdb_bucket(const struct net_bridge *br, uint64_t key)
{
	return &br->fdb_hash[(key * UINT64_C(0x9e3779b97f4a7c15)) >> 32 & br->fdb_hash_mask];
}

/* The clean-ups that had nothing to do meanwhile */
static void fdb_gc_catch_up(struct net_bridge *br)
{
	int64_t period = br->hold_ns > FDB_GC_MIN_NS ? br->hold_ns : FDB_GC_MIN_NS;
	int64_t late = br_now(br) - br->gc_due_ns;

	if (late >= 0)
		br->gc_due_ns += (late / period + 1) * period;
}

static inline bool fdb_ages(const struct net_bridge_fdb_entry *f)
{
	return !(f->flags & (BR_FDB_STATIC | BR_FDB_ADDED_BY_EXT_LEARN));
}

/**
 * br_fdb_has_expired() - Is the entry older than a learned one may get?
 * @br: its bridge
 * @f: the entry
 *
 * Return: never true for static entries.
 */
bool br_fdb_has_expired(const struct net_bridge *br, const struct net_bridge_fdb_entry *f)
{
	return fdb_ages(f) && f->updated_ns + br->hold_ns <= br_now(br);
}

/**
 * br_fdb_gc_arm() - There is an entry that ages: the next clean-up must not be missed
 * @br: the bridge
 *
 * While nothing ages the clean-ups are only counted, so that an idle world comes to rest.
 */
void br_fdb_gc_arm(struct net_bridge *br)
{
	if (!br->gc_due_ns || sim_timer_pending(&br->gc_timer))
		return;
	fdb_gc_catch_up(br);
	sim_timer_mod(&br->dev->world->sim, &br->gc_timer,
		      timer_wheel_due(br_now(br), br->gc_due_ns));
}

/*
 * As br_fdb_cleanup(): removes what has expired; next time when the next entry expires. A hold time
 * cut short by a topology change does not call for it: until then old entries are stale, and used.
 */
static void fdb_gc_timer_expired(struct sim_timer *timer)
{
	struct net_bridge *br = container_of(timer, struct net_bridge, gc_timer);
	struct net_bridge_fdb_entry *f, *n;
	int64_t delay = br->hold_ns;
	int64_t now = br_now(br);
	bool ageing = false;

	list_for_each_entry_safe(f, n, &br->fdb_list, list) {
		int64_t left = f->updated_ns + br->hold_ns - now;

		if (!fdb_ages(f))
			continue;
		if (left <= 0) {
			br_fdb_remove(br, f);
			continue;
		}
		ageing = true;
		if (left < delay)
			delay = left;
	}
	br->gc_due_ns = now + (delay > FDB_GC_MIN_NS ? delay : FDB_GC_MIN_NS);
	if (ageing)
		br_fdb_gc_arm(br);
}

/**
 * br_fdb_hash_init() - Makes an empty table
 * @br: a new bridge
 */
void br_fdb_hash_init(struct net_bridge *br)
{
	br->fdb_hash = xzalloc(FDB_HASH_MIN * sizeof(*br->fdb_hash));
	br->fdb_hash_mask = FDB_HASH_MIN - 1;
	INIT_LIST_HEAD(&br->fdb_list);
	INIT_LIST_HEAD(&br->fdb_free);
	br->gc_timer.fn = fdb_gc_timer_expired;
	br_fdb_hold_time_changed(br);
}

static void fdb_free_list(struct list_head *list)
{
	struct net_bridge_fdb_entry *f, *n;

	list_for_each_entry_safe(f, n, list, list)
		free(f);
	INIT_LIST_HEAD(list);
}

/**
 * br_fdb_hash_fini() - Frees the table, telling nobody
 * @br: a bridge on its way out
 */
void br_fdb_hash_fini(struct net_bridge *br)
{
	if (!br->fdb_hash)
		return;
	br_timer_del(br, &br->gc_timer);
	fdb_free_list(&br->fdb_list);
	fdb_free_list(&br->fdb_free);
	free(br->fdb_hash);
	br->fdb_hash = NULL;
}

static void fdb_grow(struct net_bridge *br)
{
	struct net_bridge_fdb_entry *f;

	free(br->fdb_hash);
	br->fdb_hash_mask = br->fdb_hash_mask * 2 + 1;
	br->fdb_hash = xzalloc((br->fdb_hash_mask + 1) * sizeof(*br->fdb_hash));
	list_for_each_entry(f, &br->fdb_list, list)
		hlist_add_head(&f->hash, fdb_bucket(br, f->key));
}

/**
 * br_fdb_find() - Looks an address up
 * @br: the bridge
 * @addr: 6 bytes
 * @vid: its VLAN, 0: none
 *
 * Return: the entry or NULL.
 */
struct net_bridge_fdb_entry *br_fdb_find(struct net_bridge *br, const uint8_t *addr, uint16_t vid)
{
	uint64_t key = br_fdb_key(addr, vid);
	struct net_bridge_fdb_entry *f;

	hlist_for_each_entry(f, fdb_bucket(br, key), hash) {
		if (f->key == key)
			return f;
	}
	return NULL;
}

/**
 * br_fdb_create() - Adds an entry; the caller knows the address is not there
 * @br: the bridge
 * @source: the port, or NULL for the bridge itself
 * @addr: 6 bytes
 * @vid: its VLAN, 0: none
 * @flags: BR_FDB_*
 * @origin: whose doing it is, may be NULL
 *
 * Return: the entry; NULL when as many as allowed are learned already.
 */
struct net_bridge_fdb_entry *br_fdb_create(struct net_bridge *br, struct net_bridge_port *source,
					   const uint8_t *addr, uint16_t vid, uint32_t flags,
					   const struct ng_origin *origin)
{
	struct net_bridge_fdb_entry *f;

	if (flags & BR_FDB_DYNAMIC_LEARNED) {
		if (br->fdb_max_learned && br->fdb_n_learned >= br->fdb_max_learned)
			return NULL;
		br->fdb_n_learned++;
	}
	if (br->fdb_count > br->fdb_hash_mask)
		fdb_grow(br);
	if (list_empty(&br->fdb_free)) {
		f = xzalloc(sizeof(*f));
	} else {
		f = list_first_entry(&br->fdb_free, struct net_bridge_fdb_entry, list);
		list_del(&f->list);
		memset(f, 0, sizeof(*f));
	}
	memcpy(f->addr, addr, ETH_ALEN);
	f->vid = vid;
	f->key = br_fdb_key(addr, vid);
	f->dst = source;
	f->flags = flags;
	f->updated_ns = br_now(br);
	f->used_ns = f->updated_ns;
	if (origin)
		f->origin = *origin;
	hlist_add_head(&f->hash, fdb_bucket(br, f->key));
	list_add(&f->list, &br->fdb_list);
	br->fdb_count++;
	if (fdb_ages(f))
		br_fdb_gc_arm(br);
	return f;
}

/**
 * br_fdb_remove() - Takes an entry out and tells listeners
 * @br: the bridge
 * @f: the entry, gone afterwards
 */
void br_fdb_remove(struct net_bridge *br, struct net_bridge_fdb_entry *f)
{
	if (f->flags & BR_FDB_DYNAMIC_LEARNED)
		br->fdb_n_learned--;
	hlist_del(&f->hash);
	list_del(&f->list);
	br->fdb_count--;
	br_trace_forget(br, f);
	br_fdb_notify(br, f, RTM_DELNEIGH);
	f->key = BR_FDB_NO_KEY; /* whoever still points here finds nothing */
	list_add(&f->list, &br->fdb_free);
}

/* Removes a local entry, unless another port or the bridge has the same address: it gets it. */
static void fdb_delete_local(struct net_bridge *br, const struct net_bridge_port *p,
			     struct net_bridge_fdb_entry *f)
{
	struct net_bridge_port *op;

	list_for_each_entry(op, &br->port_list, list) {
		if (op != p && ether_addr_equal(op->dev->dev_addr, f->addr)) {
			f->dst = op;
			f->flags &= ~BR_FDB_ADDED_BY_USER;
			return;
		}
	}
	if (p && ether_addr_equal(br->dev->dev_addr, f->addr)) {
		f->dst = NULL;
		f->flags &= ~BR_FDB_ADDED_BY_USER;
		return;
	}
	br_fdb_remove(br, f);
}

/**
 * br_fdb_add_local() - Adds the address of a port or of the bridge
 * @br: the bridge
 * @source: the port, or NULL for the bridge itself
 * @addr: 6 bytes
 * @vid: its VLAN, 0: none
 *
 * Return: 0, or -EINVAL when no station can have the address.
 */
int br_fdb_add_local(struct net_bridge *br, struct net_bridge_port *source, const uint8_t *addr,
		     uint16_t vid)
{
	struct net_bridge_fdb_entry *f;

	if (!is_valid_ether_addr(addr))
		return -EINVAL;
	f = br_fdb_find(br, addr, vid);
	if (f) {
		if (f->flags & BR_FDB_LOCAL)
			return 0;
		br_fdb_remove(br, f);
	}
	f = br_fdb_create(br, source, addr, vid, BR_FDB_LOCAL | BR_FDB_STATIC,
			  source ? &source->origin : &br->dev->origin);
	br_fdb_notify(br, f, RTM_NEWNEIGH);
	return 0;
}

/* whose address, for each of its VLANs */
struct local {
	struct net_bridge *br;
	struct net_bridge_port *p;
	const uint8_t *addr;
};

static void add_local_of(void *arg, uint16_t vid)
{
	const struct local *l = arg;

	br_fdb_add_local(l->br, l->p, l->addr, vid);
}

static void delete_local_of(void *arg, uint16_t vid)
{
	const struct local *l = arg;
	struct net_bridge_fdb_entry *f = br_fdb_find(l->br, l->addr, vid);

	if (f && (f->flags & BR_FDB_LOCAL) && f->dst == l->p && !(f->flags & BR_FDB_ADDED_BY_USER))
		fdb_delete_local(l->br, l->p, f);
}

/**
 * br_fdb_changeaddr() - A port has another address now
 * @p: the port
 * @newaddr: its address
 */
void br_fdb_changeaddr(struct net_bridge_port *p, const uint8_t *newaddr)
{
	struct net_bridge_fdb_entry *f, *n;

	list_for_each_entry_safe(f, n, &p->br->fdb_list, list) {
		if (f->dst == p && (f->flags & BR_FDB_LOCAL) &&
		    !(f->flags & BR_FDB_ADDED_BY_USER)) {
			fdb_delete_local(p->br, p, f);
			if (!p->vlgrp)
				break;
		}
	}
	br_fdb_add_local(p->br, p, newaddr, 0);
	br_vlan_for_each(p->vlgrp, add_local_of, &(struct local){ p->br, p, newaddr });
}

/**
 * br_fdb_change_mac_address() - The bridge gets another address; dev_addr is still the old one
 * @br: the bridge
 * @newaddr: its address from now on
 */
void br_fdb_change_mac_address(struct net_bridge *br, const uint8_t *newaddr)
{
	struct local local = { br, NULL, br->dev->dev_addr };

	delete_local_of(&local, 0);
	br_fdb_add_local(br, NULL, newaddr, 0);
	br_vlan_for_each(br->vlgrp, delete_local_of, &local);
	local.addr = newaddr;
	br_vlan_for_each(br->vlgrp, add_local_of, &local);
}

/**
 * br_fdb_delete_by_port() - Forgets what is behind a port
 * @br: the bridge
 * @p: the port, or NULL for the bridge itself
 * @do_all: static and local entries too
 */
void br_fdb_delete_by_port(struct net_bridge *br, const struct net_bridge_port *p, bool do_all)
{
	struct net_bridge_fdb_entry *f, *n;

	list_for_each_entry_safe(f, n, &br->fdb_list, list) {
		if (f->dst != p)
			continue;
		if (!do_all &&
		    ((f->flags & BR_FDB_STATIC) ||
		     ((f->flags & BR_FDB_ADDED_BY_EXT_LEARN) && !(f->flags & BR_FDB_OFFLOADED))))
			continue;
		if (f->flags & BR_FDB_LOCAL)
			fdb_delete_local(br, p, f);
		else
			br_fdb_remove(br, f);
	}
}

/**
 * br_fdb_delete_by_vlan() - A port, or the bridge, leaves a VLAN
 * @br: the bridge
 * @p: the port, or NULL for the bridge itself
 * @vid: the VLAN
 */
void br_fdb_delete_by_vlan(struct net_bridge *br, const struct net_bridge_port *p, uint16_t vid)
{
	struct net_bridge_fdb_entry *f, *n;

	list_for_each_entry_safe(f, n, &br->fdb_list, list) {
		if (f->dst != p || f->vid != vid)
			continue;
		if (f->flags & BR_FDB_LOCAL)
			fdb_delete_local(br, p, f);
		else if (!(f->flags & (BR_FDB_STATIC | BR_FDB_ADDED_BY_EXT_LEARN)))
			br_fdb_remove(br, f);
	}
}

/**
 * br_fdb_flush() - Removes entries by flags and port
 * @br: the bridge
 * @desc: which
 */
void br_fdb_flush(struct net_bridge *br, const struct br_fdb_flush *desc)
{
	struct net_bridge_fdb_entry *f, *n;

	list_for_each_entry_safe(f, n, &br->fdb_list, list) {
		const struct net_device *dev = f->dst ? f->dst->dev : br->dev;

		if (desc->vlan_id && desc->vlan_id != f->vid)
			continue;
		if (desc->port_ifindex && desc->port_ifindex != dev->ifindex)
			continue;
		if (desc->flags_mask && (f->flags & desc->flags_mask) != desc->flags)
			continue;
		br_fdb_remove(br, f);
	}
}

static void fdb_own_address_seen(struct net_bridge *br, const struct net_bridge_port *source,
				 const uint8_t *addr)
{
	if (net_ratelimit(br->dev->world))
		printk(br->dev->world, LOGLEVEL_WARNING,
		       "%s: received packet on %s with own address as source address (addr:%pM, "
		       "vlan:0)",
		       br->dev->name, source->dev->name, (const void *)addr);
}

/**
 * br_fdb_update() - Learns: a frame from @addr came in on @source
 * @source: the port
 * @addr: source address of the frame
 * @vid: its VLAN, 0: none
 * @flags: BR_FDB_ADDED_BY_USER or 0
 * @origin: the frame's, or the command's
 * @skb: the frame, borrowed; NULL: a command's words
 */
void br_fdb_update(struct net_bridge_port *source, const uint8_t *addr, uint16_t vid,
		   uint32_t flags, const struct ng_origin *origin, const struct sk_buff *skb)
{
	struct net_bridge *br = source->br;
	struct net_bridge_fdb_entry *f;

	if (br->hold_ns == 0)
		return; /* a hub: always flood */

	f = br_fdb_find_cached(br, &source->last_source, addr, vid);
	if (!f) {
		f = br_fdb_create(br, source, addr, vid, flags | BR_FDB_DYNAMIC_LEARNED, origin);
		if (!f)
			return;
		f->packet = skb ? skb->id : 0;
		br_trace_learn(br, f, NULL, skb);
		br_fdb_notify(br, f, RTM_NEWNEIGH);
		return;
	}
	if (f->flags & BR_FDB_LOCAL) {
		fdb_own_address_seen(br, source, addr);
		return;
	}
	f->updated_ns = br_now(br);
	f->flags |= flags & BR_FDB_ADDED_BY_USER;
	if (f->dst != source && !(f->flags & BR_FDB_STICKY)) {
		struct net_bridge_port *old = f->dst;

		f->dst = source;
		if (origin)
			f->origin = *origin;
		f->packet = skb ? skb->id : 0;
		br_trace_learn(br, f, old, skb);
		if (f->flags & BR_FDB_ADDED_BY_EXT_LEARN) {
			f->flags &= ~BR_FDB_ADDED_BY_EXT_LEARN; /* ages from now on */
			br_fdb_gc_arm(br);
		}
		br_fdb_notify(br, f, RTM_NEWNEIGH);
	}
}

/**
 * br_fdb_hold_time_changed() - Works out again how long a learned entry lives
 * @br: the bridge; its ageing time, forward delay or topology changed
 */
void br_fdb_hold_time_changed(struct net_bridge *br)
{
	br->hold_ns = (br->topology_change ? br->forward_delay : br->ageing_time) * BR_TICK_NS;
}

/**
 * br_fdb_gc_start() - Sets the next clean-up
 * @br: the bridge
 * @delay_ns: from now
 */
void br_fdb_gc_start(struct net_bridge *br, int64_t delay_ns)
{
	br_timer_del(br, &br->gc_timer);
	br->gc_due_ns = br_now(br) + delay_ns + 1;
	if (delay_ns)
		br_fdb_gc_arm(br);
	else /* queued work waits for no tick */
		sim_timer_mod(&br->dev->world->sim, &br->gc_timer, br->gc_due_ns);
}

/**
 * br_fdb_gc_stop() - The bridge goes down: no clean-up
 * @br: the bridge
 */
void br_fdb_gc_stop(struct net_bridge *br)
{
	br->gc_due_ns = 0;
	br_timer_del(br, &br->gc_timer);
}

/**
 * br_fdb_gc_timer_value() - What gc_timer shows
 * @br: the bridge
 *
 * Return: hundredths of a second until the next clean-up.
 */
uint32_t br_fdb_gc_timer_value(struct net_bridge *br)
{
	if (!br->gc_due_ns)
		return 0;
	if (!sim_timer_pending(&br->gc_timer))
		fdb_gc_catch_up(br);
	return br->gc_due_ns > br_now(br) ? (uint32_t)((br->gc_due_ns - br_now(br)) / BR_CLOCK_NS)
					  : 0;
}

/**
 * br_fdb_fillbuf() - Entries behind ports, as brctl reads them
 * @br: the bridge
 * @buf: room for @maxnum struct __fdb_entry
 * @maxnum: most entries to give
 * @skip: entries to leave out first
 *
 * Return: how many were written.
 */
int br_fdb_fillbuf(struct net_bridge *br, void *buf, uint32_t maxnum, uint32_t skip)
{
	const struct net_bridge_fdb_entry *f;
	struct __fdb_entry *fe = buf;
	uint32_t num = 0;

	list_for_each_entry(f, &br->fdb_list, list) {
		if (num >= maxnum)
			break;
		if (!f->dst || br_fdb_has_expired(br, f))
			continue;
		if (skip) {
			skip--;
			continue;
		}
		memset(fe, 0, sizeof(*fe));
		memcpy(fe->mac_addr, f->addr, ETH_ALEN);
		fe->port_no = (uint8_t)f->dst->port_no;
		fe->port_hi = (uint8_t)(f->dst->port_no >> 8);
		fe->is_local = !!(f->flags & BR_FDB_LOCAL);
		if (!(f->flags & BR_FDB_STATIC))
			fe->ageing_timer_value =
				(uint32_t)((br_now(br) - f->updated_ns) / BR_CLOCK_NS);
		fe++;
		num++;
	}
	return (int)num;
}
