/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * topo.h - the network as it is: namespaces, interfaces, who is connected to whom
 */
#ifndef TOOLS_TOPO_TOPO_H
#define TOOLS_TOPO_TOPO_H

#include <glib.h>
#include <netglass/types.h>

struct ng_task;

struct topo_if {
	struct topo_lane *lane;
	int ifindex;
	char *name;
	char *kind; /* "veth", "bridge", ...; NULL */
	char *mac;
	unsigned int flags; /* IFF_* */
	unsigned int mtu;
	bool carrier;
	GPtrArray *addrs;  /* "192.168.15.1/24" */
	int port_state;	   /* of a bridge's port: BR_STATE_*; -1 */
	unsigned int vlan; /* 0: none */
	bool has_link;
	int link, link_nsid; /* IFLA_LINK; nsid -1: in the same namespace */
	int master_index;
	struct topo_if *master; /* bridge it is a port of, NULL */
	struct topo_if *peer;	/* other end of the cable, or the device below; NULL */
	unsigned int depth;	/* in the drawing: 1 under its bridge */
	unsigned int row;
};

struct topo_lane {
	char *name;
	uint64_t ino;
	GPtrArray *ifs;	  /* struct topo_if, ports behind their bridge */
	GHashTable *nsid; /* id -> lane + 1 */
};

/* A cable between two rows of the drawing, a > b never. */
struct topo_wire {
	struct topo_if *from, *to;
	unsigned int column; /* 0: next to the boxes */
};

struct topo {
	GPtrArray *lanes;
	GPtrArray *wires; /* struct topo_wire */
	unsigned int nr_rows;
	unsigned int nr_columns;
	char *title;
};

/* read.c: look_fn of <cli/scene.h>; @arg is a struct topo * to fill in */
int topo_read(struct ng_task *task, void *arg);
/* model.c */
struct topo *topo_new(const char *title);
void topo_free(struct topo *t);
struct topo_lane *topo_lane_add(struct topo *t, const char *name, uint64_t ino);
struct topo_if *topo_if_add(struct topo_lane *lane, const char *name, int ifindex);
/* Finds masters and peers, orders ports behind bridges, gives rows and columns. */
void topo_arrange(struct topo *t);
/* "up", "DOWN", "no carrier", "up, blocking" */
char *topo_if_state(const struct topo_if *i);
bool topo_if_is_cable(const struct topo_if *i);
bool topo_if_works(const struct topo_if *i);
/* "192.168.15.1/24, 10.0.0.1/8", "" */
char *topo_if_addrs(const struct topo_if *i);
/* "red/veth-red" with odd bytes told as \xNN */
char *topo_if_full_name(const struct topo_if *i);
/* What it is: "bridge", "veth", "vlan 10 on eth0"; "" */
char *topo_if_what(const struct topo_if *i);

/* the forms */
char *topo_ascii(const struct topo *t, unsigned int width, bool colour);
char *topo_dot(const struct topo *t);
char *topo_mermaid(const struct topo *t);
char *topo_svg(const struct topo *t);
char *topo_json(const struct topo *t);
/* cmd_topo.c: one of them by its name; NULL: there is none */
char *topo_draw(const struct topo *t, const char *format, unsigned int width, bool colour);

#endif
