/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mount.c - files and folders bound over others
 *
 * mirrors fs/namespace.c, as far as it is needed
 * TABLE. Each mount namespace has its own; a new one begins with those of the
 * one it was copied from. Unlike Linux: nothing is propagated later.
 */
#include "core/world.h"
#include "core/xalloc.h"
#include "fs/inode.h"

struct mnt_bind {
	struct list_head list;
	struct inode *source, *target; /* counted */
};

/**
 * mnt_bind() - Lets a path lead to another file
 * @ns: the mount namespace
 * @source: what is found
 * @target: what is covered
 */
void mnt_bind(struct ns_plain *ns, struct inode *source, struct inode *target)
{
	struct mnt_bind *b = xzalloc(sizeof(*b));

	b->source = source;
	b->target = target;
	source->refs++;
	target->refs++;
	list_add(&b->list, &ns->binds); /* the newest is seen */
}

static void free_bind(struct mnt_bind *b)
{
	list_del(&b->list);
	inode_put(b->source);
	inode_put(b->target);
	free(b);
}

/**
 * mnt_unbind() - Takes the newest of what covers a file away
 * @ns: the mount namespace
 * @target: what is covered
 *
 * Return: false when nothing covers it.
 */
bool mnt_unbind(struct ns_plain *ns, const struct inode *target)
{
	struct mnt_bind *b;

	list_for_each_entry(b, &ns->binds, list) {
		if (b->target == target) {
			free_bind(b);
			return true;
		}
	}
	return false;
}

static struct mnt_bind *find_bind(struct ng_world *world, const struct inode *target)
{
	struct ns_plain *ns;
	struct mnt_bind *b;

	list_for_each_entry(ns, &world->ns_plain_list, list) {
		list_for_each_entry(b, &ns->binds, list) {
			if (b->target == target)
				return b;
		}
	}
	return NULL;
}

/**
 * mnt_detach() - What is mounted over a file that goes, in namespaces where it is not seen, goes too
 * @world: the world
 * @target: the file
 */
void mnt_detach(struct ng_world *world, const struct inode *target)
{
	struct mnt_bind *b;

	/* with the last of what is mounted other namespaces may go: looked for anew each time */
	while (target->refs > 1 && (b = find_bind(world, target))) {
		if (b->source->is_mount)
			b->source->parent = NULL; /* an open file may keep it */
		free_bind(b);
	}
}

/**
 * mnt_target() - What is found where an inode lies
 * @ns: the mount namespace
 * @inode: of the tree
 *
 * Return: what covers it, or itself.
 */
struct inode *mnt_target(const struct ns_plain *ns, struct inode *inode)
{
	const struct mnt_bind *b;

	list_for_each_entry(b, &ns->binds, list) {
		if (b->target == inode)
			return b->source;
	}
	return inode;
}

/**
 * mnt_copy_binds() - A new mount namespace begins with the binds of another
 * @to: the new one
 * @from: the other
 */
void mnt_copy_binds(struct ns_plain *to, const struct ns_plain *from)
{
	const struct mnt_bind *b;

	/* the oldest first: each new one goes to the front */
	for (struct list_head *p = from->binds.prev; p != &from->binds; p = p->prev) {
		b = list_entry(p, struct mnt_bind, list);
		mnt_bind(to, b->source, b->target);
	}
}

/**
 * mnt_free_binds() - Forgets all binds
 * @ns: a namespace that ends
 */
void mnt_free_binds(struct ns_plain *ns)
{
	struct mnt_bind *b, *n;

	list_for_each_entry_safe(b, n, &ns->binds, list)
		free_bind(b);
}
