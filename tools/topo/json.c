/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json.c - the network for programs
 *
 * Stable keys; "v" grows when one changes its meaning. A name that is no UTF-8
 * is given with \xNN for its odd bytes. < > & are written as \u003c ...
 */
#include "topo.h"

#include <json-glib/json-glib.h>
#include <linux/if.h>

#include "../lib/escape.h"

static void put_name(JsonBuilder *b, const char *key, const char *name)
{
	g_autofree char *safe =
		g_utf8_validate(name, -1, NULL) ? g_strdup(name) : text_escape(name);

	json_builder_set_member_name(b, key);
	json_builder_add_string_value(b, safe);
}

static void put_end(JsonBuilder *b, const char *key, const struct topo_if *dev)
{
	json_builder_set_member_name(b, key);
	json_builder_begin_object(b);
	put_name(b, "namespace", dev->lane->name);
	put_name(b, "interface", dev->name);
	json_builder_end_object(b);
}

static void put_number(JsonBuilder *b, const char *key, int64_t value)
{
	json_builder_set_member_name(b, key);
	json_builder_add_int_value(b, value);
}

static void put_if(JsonBuilder *b, const struct topo_if *dev)
{
	g_autofree char *state = topo_if_state(dev);

	json_builder_begin_object(b);
	put_name(b, "name", dev->name);
	put_number(b, "ifindex", dev->ifindex);
	if (dev->kind)
		put_name(b, "kind", dev->kind);
	if (dev->mac)
		put_name(b, "mac", dev->mac);
	put_number(b, "mtu", dev->mtu);
	put_name(b, "state", state);
	json_builder_set_member_name(b, "up");
	json_builder_add_boolean_value(b, dev->flags & IFF_UP);
	json_builder_set_member_name(b, "carrier");
	json_builder_add_boolean_value(b, dev->carrier);
	json_builder_set_member_name(b, "addresses");
	json_builder_begin_array(b);
	for (unsigned int i = 0; i < dev->addrs->len; i++)
		json_builder_add_string_value(b, g_ptr_array_index(dev->addrs, i));
	json_builder_end_array(b);
	if (dev->vlan)
		put_number(b, "vlan", dev->vlan);
	if (dev->master)
		put_name(b, "master", dev->master->name);
	if (topo_if_is_cable(dev))
		put_end(b, "peer", dev->peer);
	else if (dev->peer)
		put_end(b, "on", dev->peer);
	json_builder_end_object(b);
}

/* < > & appear only inside strings: safe in a <script>. */
static char *for_html(const char *json)
{
	GString *s = g_string_new(NULL);

	for (; *json; json++) {
		if (*json == '<' || *json == '>' || *json == '&')
			g_string_append_printf(s, "\\u%04x", (unsigned int)*json);
		else
			g_string_append_c(s, *json);
	}
	return g_string_free(s, FALSE);
}

/**
 * topo_json() - The network for programs
 * @t: arranged
 *
 * Return: one line, to be freed.
 */
char *topo_json(const struct topo *t)
{
	g_autoptr(JsonBuilder) b = json_builder_new();
	g_autofree char *text = NULL;
	g_autofree char *safe = NULL;
	JsonNode *root;

	json_builder_begin_object(b);
	put_number(b, "v", 1);
	put_name(b, "title", t->title);
	json_builder_set_member_name(b, "namespaces");
	json_builder_begin_array(b);
	for (unsigned int n = 0; n < t->lanes->len; n++) {
		const struct topo_lane *lane = g_ptr_array_index(t->lanes, n);

		json_builder_begin_object(b);
		put_name(b, "name", lane->name);
		json_builder_set_member_name(b, "interfaces");
		json_builder_begin_array(b);
		for (unsigned int i = 0; i < lane->ifs->len; i++)
			put_if(b, g_ptr_array_index(lane->ifs, i));
		json_builder_end_array(b);
		json_builder_end_object(b);
	}
	json_builder_end_array(b);
	json_builder_end_object(b);
	root = json_builder_get_root(b);
	text = json_to_string(root, FALSE);
	json_node_unref(root);
	safe = for_html(text);
	return g_strconcat(safe, "\n", NULL);
}
