/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inode.c - the tree: folders, files, links, programs; and finding a path in it
 *
 * mirrors fs/namei.c, as far as it is needed
 * TABLE.
 */
#include "fs/inode.h"

#include <errno.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/task.h"
#include "core/world.h"
#include "core/xalloc.h"

#define LINKS_MAX 40 /* MAXSYMLINKS */
#define PATH_MAX_LEN 4096U
#define NAME_MAX_LEN 255U

#define FEW_CHILDREN 8U

/* FNV-1a */
#define HASH_BEGIN 2166136261U

static uint32_t hash_char(uint32_t hash, char c)
{
	return (hash ^ (uint8_t)c) * 16777619U;
}

static uint32_t hash_name(const char *name, size_t len)
{
	uint32_t h = HASH_BEGIN;

	while (len--)
		h = hash_char(h, *name++);
	return h;
}

static void hash_children(struct inode *dir, uint32_t buckets)
{
	struct inode *c;

	free(dir->names);
	dir->names = xzalloc(buckets * sizeof(*dir->names));
	dir->nr_names = buckets;
	list_for_each_entry(c, &dir->children, siblings)
		hlist_add_head(&c->name_node, &dir->names[c->name_hash & (buckets - 1)]);
}

static void attach(struct inode *inode, struct inode *dir)
{
	list_add(&inode->siblings, &dir->children);
	dir->nr_children++;
	if (dir->nr_children > dir->nr_names && dir->nr_children > FEW_CHILDREN)
		hash_children(dir, dir->names ? dir->nr_names * 4 : 4 * FEW_CHILDREN);
	else if (dir->names)
		hlist_add_head(&inode->name_node,
			       &dir->names[inode->name_hash & (dir->nr_names - 1)]);
}

/**
 * inode_detach() - Takes a name out of its folder
 * @inode: keeps its references; may be out already
 */
void inode_detach(struct inode *inode)
{
	if (list_empty(&inode->siblings))
		return;
	list_del(&inode->siblings);
	INIT_LIST_HEAD(&inode->siblings);
	inode->parent->nr_children--;
	if (inode->parent->names)
		hlist_del(&inode->name_node);
}

/**
 * inode_new() - A new entry of a folder
 * @world: the world; NULL only for the root before there is time
 * @parent: the folder, NULL for the root
 * @name: copied
 * @mode: S_IF* and permissions
 *
 * Return: the inode, owned by the tree.
 */
struct inode *inode_new(struct ng_world *world, struct inode *parent, const char *name,
			uint32_t mode)
{
	struct inode *inode = xzalloc(sizeof(*inode));

	inode->refs = 1;
	inode->name = xstrdup(name);
	inode->name_hash = hash_name(name, strlen(name));
	inode->mode = mode;
	inode->parent = parent;
	inode->ino = ++world->next_ino;
	inode->mtime_ns = world->config.epoch_ns + world_now(world);
	INIT_LIST_HEAD(&inode->children);
	INIT_LIST_HEAD(&inode->siblings);
	if (parent)
		attach(inode, parent);
	return inode;
}

/**
 * inode_move() - Another name, in the same folder or another
 * @inode: what
 * @dir: the folder
 * @name: free there
 */
void inode_move(struct inode *inode, struct inode *dir, const char *name)
{
	inode_detach(inode);
	free(inode->name);
	inode->name = xstrdup(name);
	inode->name_hash = hash_name(name, strlen(name));
	inode->parent = dir;
	attach(inode, dir);
}

/**
 * inode_put() - One user less; the last one frees
 * @inode: the inode; its children too when the tree goes
 */
void inode_put(struct inode *inode)
{
	struct inode *c, *n;

	if (--inode->refs)
		return;
	list_for_each_entry_safe(c, n, &inode->children, siblings) {
		inode_detach(c);
		inode_put(c);
	}
	inode_detach(inode);
	free(inode->names);
	ns_ref_put(&inode->mounted_ns);
	free(inode->data);
	free(inode->name);
	free(inode);
}

static bool is_named(const struct inode *inode, const char *name, size_t len)
{
	return !strncmp(inode->name, name, len) && !inode->name[len];
}

static struct inode *child_hashed(const struct inode *dir, const char *name, size_t len,
				  uint32_t hash)
{
	struct inode *c;

	if (dir->names) {
		hlist_for_each_entry(c, &dir->names[hash & (dir->nr_names - 1)], name_node) {
			if (c->name_hash == hash && is_named(c, name, len))
				return c;
		}
		return NULL;
	}
	list_for_each_entry(c, &dir->children, siblings) {
		if (c->name_hash == hash && is_named(c, name, len))
			return c;
	}
	return NULL;
}

/**
 * inode_child() - Finds a name in a folder
 * @dir: the folder
 * @name: the name, not terminated
 * @len: its bytes
 *
 * Return: borrowed, or NULL.
 */
struct inode *inode_child(const struct inode *dir, const char *name, size_t len)
{
	return child_hashed(dir, name, len, hash_name(name, len));
}

#define WALK_AGAIN 1 /* not an error: from the root, with another path */

struct walk {
	struct ng_task *task;
	struct path *ret;
	int links;
	char *again; /* that path, allocated */
	bool follow; /* a link at its end */
};

static int walk_path(struct walk *w, struct inode *at, const char *p, bool follow);

static bool is_dir(const struct inode *inode)
{
	return S_ISDIR(inode->mode);
}

/* What a link of /proc or /sys leads to, and then @rest; @clean: the link's own path below @at. */
static int walk_dyn_link(struct walk *w, const struct inode *at, const char *clean,
			 const char *rest, bool follow)
{
	struct dyn_node *dyn = &w->ret->dyn;
	struct seq_file to = { 0 }, m = { 0 };
	size_t n = strlen(clean);

	if (++w->links > LINKS_MAX)
		return -ELOOP;
	dyn->show(dyn, &to);
	while (n && clean[n - 1] != '/')
		n--;
	if (!to.len || *to.buf != '/') /* from the link's folder */
		seq_printf(&m, "/%s/%.*s", at->name, (int)n, clean);
	seq_printf(&m, "%.*s%s%s", (int)to.len, to.buf ? to.buf : "", *rest ? "/" : "", rest);
	seq_write(&m, "", 1);
	free(to.buf);
	w->again = m.buf;
	w->follow = follow;
	return WALK_AGAIN;
}

static int dyn_find(struct walk *w, const struct inode *at, const char *clean)
{
	struct dyn_node *dyn = &w->ret->dyn;
	int err;

	memset(dyn, 0, sizeof(*dyn));
	dyn->task = w->task;
	w->ret->is_dyn = true;
	w->ret->inode = NULL;
	err = at->dyn_lookup(w->task, clean, dyn);
	if (err == -ENOENT && absent_lookup(at->name, clean, dyn))
		err = 0;
	dyn->task = w->task;
	return err;
}

/* The rest of the path lies in /proc or /sys. */
static int walk_dyn(struct walk *w, const struct inode *at, const char *rest, bool follow)
{
	const struct dyn_node *dyn = &w->ret->dyn;
	char clean[PATH_MAX_LEN];
	size_t n = 0;
	int err;

	clean[0] = '\0';
	/* "a//b/./c/" -> "a/b/c"; ".." goes up, from where a link leads to */
	while (*rest) {
		size_t len = strcspn(rest, "/");

		if (len == 2 && !memcmp(rest, "..", 2)) {
			if (n && !dyn_find(w, at, clean) && S_ISLNK(dyn->mode) && dyn->show)
				return walk_dyn_link(w, at, clean, rest, follow);
			while (n && clean[n - 1] != '/')
				n--;
			if (n)
				n--;
		} else if (len && !(len == 1 && *rest == '.')) {
			if (n + len + 2 > sizeof(clean))
				return -ENAMETOOLONG;
			if (n)
				clean[n++] = '/';
			memcpy(clean + n, rest, len);
			n += len;
		}
		clean[n] = '\0';
		rest += len;
		if (*rest && !rest[strspn(rest, "/")])
			follow = true; /* "link/" is what it leads to */
		rest += strspn(rest, "/");
	}
	err = dyn_find(w, at, clean);
	if (!err && S_ISLNK(dyn->mode) && follow && dyn->show)
		return walk_dyn_link(w, at, clean, "", follow);
	return err;
}

static int walk_link(struct walk *w, const struct inode *link, const char *rest, bool follow)
{
	char joined[PATH_MAX_LEN];
	const char *target = (const char *)link->data;

	if (++w->links > LINKS_MAX)
		return -ELOOP;
	if (link->size + strlen(rest) + 2 > sizeof(joined))
		return -ENAMETOOLONG;
	scnprintf(joined, sizeof(joined), "%s/%s", target, rest);
	return walk_path(w, *target == '/' ? w->task->world->root : link->parent, joined, follow);
}

/* A step of a path, at most NAME_MAX_LEN + 1 of its bytes, which is too long. */
static size_t step_len(const char *p, uint32_t *ret_hash)
{
	uint32_t hash = HASH_BEGIN;
	size_t len = 0;

	for (; p[len] && p[len] != '/' && len <= NAME_MAX_LEN; len++)
		hash = hash_char(hash, p[len]);
	*ret_hash = hash;
	return len;
}

static int walk_path(struct walk *w, struct inode *at, const char *p, bool follow)
{
	for (;;) {
		struct inode *child;
		uint32_t hash;
		size_t len;

		if (at->dyn_lookup)
			return walk_dyn(w, at, p, follow);
		while (*p == '/')
			p++;
		len = step_len(p, &hash);
		if (!len)
			break;
		if (!is_dir(at))
			return -ENOTDIR;
		if (len > NAME_MAX_LEN)
			return -ENAMETOOLONG;
		if (len == 1 && *p == '.') {
			p += len;
			continue;
		}
		if (len == 2 && !memcmp(p, "..", 2)) {
			p += len;
			if (at->parent)
				at = at->parent;
			w->ret->under = NULL;
			continue;
		}
		child = child_hashed(at, p, len, hash);
		if (!child)
			return -ENOENT;
		p += len;
		if (S_ISLNK(child->mode) && (follow || *p))
			return walk_link(w, child, p, follow);
		if (*p == '/' && !is_dir(child))
			return -ENOTDIR;
		at = mnt_target(w->task->ns[NS_MNT], child);
		w->ret->under = at != child ? child : NULL;
	}
	w->ret->inode = at;
	return 0;
}

/**
 * path_lookup() - Finds what a path leads to
 * @task: whose root, working folder and view
 * @name: the path
 * @follow: a link at its end too
 * @ret_path: the result, borrowed
 *
 * Return: 0, -ENOENT, -ENOTDIR, -ELOOP or -ENAMETOOLONG.
 */
int path_lookup(struct ng_task *task, const char *name, bool follow, struct path *ret_path)
{
	struct walk w = { .task = task, .ret = ret_path };
	char full[PATH_MAX_LEN];
	int err;

	ret_path->inode = NULL;
	ret_path->is_dyn = false;
	ret_path->under = NULL;
	if (!*name)
		return -ENOENT;
	if (strlen(name) + (*name == '/' ? 0 : strlen(task->cwd)) + 2 > sizeof(full))
		return -ENAMETOOLONG;
	if (*name != '/') {
		scnprintf(full, sizeof(full), "%s/%s", task->cwd, name);
		name = full;
	}
	err = walk_path(&w, task->world->root, name, follow);
	while (err == WALK_AGAIN) {
		char *path = w.again;

		ret_path->inode = NULL;
		ret_path->is_dyn = false;
		ret_path->under = NULL;
		err = walk_path(&w, task->world->root, path, w.follow);
		free(path);
	}
	return err;
}

/**
 * path_parent() - Where a new name would go
 * @task: whose root and working folder
 * @name: the path
 * @ret_dir: the folder, borrowed
 * @buf: the last part of the path
 * @size: its room
 *
 * Return: 0, -ENOENT, -ENOTDIR, -ENOENT (in /proc), -EPERM (in /sys) ...
 */
int path_parent(struct ng_task *task, const char *name, struct inode **ret_dir, char *buf,
		size_t size)
{
	char dir[PATH_MAX_LEN];
	struct path path;
	size_t end = strlen(name);
	size_t start;
	int err;

	while (end > 1 && name[end - 1] == '/')
		end--;
	for (start = end; start && name[start - 1] != '/';)
		start--;
	if (end == start)
		return *name ? -EEXIST : -ENOENT;
	if (end - start > NAME_MAX_LEN || end - start >= size || start >= sizeof(dir))
		return -ENAMETOOLONG;
	scnprintf(buf, size, "%.*s", (int)(end - start), name + start);
	scnprintf(dir, sizeof(dir), "%.*s", (int)start, name);
	err = path_lookup(task, *dir ? dir : ".", true, &path);
	if (err)
		return err;
	if (path.is_dyn)
		return S_ISDIR(path.dyn.mode) ? path.dyn.create_err : -ENOTDIR;
	if (!is_dir(path.inode))
		return -ENOTDIR;
	*ret_dir = path.inode;
	return 0;
}
