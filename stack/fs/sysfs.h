/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysfs.h - between the tree of /sys and the files of one device
 */
#ifndef STACK_FS_SYSFS_H
#define STACK_FS_SYSFS_H

#include <string.h>

#include "core/netdevice.h"
#include "fs/inode.h"

/* "FOLDER" or "FOLDER/rest": true and the rest */
static inline bool sysfs_below(const char *path, const char *folder, const char **ret_rest)
{
	size_t n = strlen(folder);

	if (strncmp(path, folder, n) || (path[n] && path[n] != '/'))
		return false;
	*ret_rest = path[n] ? path + n + 1 : "";
	return true;
}

/* folders; a device's have its number too */
enum sysfs_ino {
	SYSFS_ROOT = 1,
	SYSFS_CLASS,
	SYSFS_CLASS_NET,
	SYSFS_DEVICES,
	SYSFS_VIRTUAL,
	SYSFS_VIRTUAL_NET,
	SYSFS_DEV,
	SYSFS_BRIDGE,
	SYSFS_BRIF,
	SYSFS_BRPORT,
	SYSFS_POWER,
	SYSFS_QUEUES,
	SYSFS_STATISTICS,
};

/* @nlink: 2 and the folders in it */
static inline int sysfs_dir(struct dyn_node *node,
			    void (*list)(struct dyn_node *, dyn_emit_fn, void *),
			    enum sysfs_ino ino, uint32_t nlink)
{
	dyn_dir(node, list);
	node->mode = S_IFDIR | 0755;
	node->ino = (node->dev ? (node->dev->id + 1) * 16 : 0) + (uint64_t)ino;
	node->nlink = nlink;
	return 0;
}

int sysfs_dev_lookup(const char *rest, struct dyn_node *ret_node);
void sysfs_dev_list(dyn_emit_fn emit, void *arg);

#endif
