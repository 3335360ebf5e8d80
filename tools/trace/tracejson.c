/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tracejson.c - an event as JSON, and the schema of it
 *
 * Both come from the lists of <netglass/trace.h>. Text from strangers may hold any byte: what is not
 * UTF-8 is written as U+FFFD, and characters that end lines or scripts elsewhere as \u escapes.
 */
#include "tracejson.h"

#include <string.h>

static void put_text(JsonBuilder *b, const char *s)
{
	g_autofree char *valid = NULL;

	if (!s) {
		json_builder_add_null_value(b);
		return;
	}
	valid = g_utf8_make_valid(s, -1);
	json_builder_add_string_value(b, valid);
}

static void put_hex(JsonBuilder *b, const uint8_t *data, size_t len)
{
	g_autoptr(GString) s = g_string_sized_new(len * 2);

	for (size_t i = 0; i < len; i++)
		g_string_append_printf(s, "%02x", data[i]);
	json_builder_add_string_value(b, s->str);
}

static void put_ip(JsonBuilder *b, __be32 addr)
{
	uint8_t a[4];
	char text[16];

	memcpy(a, &addr, sizeof(a));
	g_snprintf(text, sizeof(text), "%u.%u.%u.%u", a[0], a[1], a[2], a[3]);
	json_builder_add_string_value(b, text);
}

static void put_mac(JsonBuilder *b, const uint8_t *a)
{
	char text[18];

	if (!a) {
		json_builder_add_null_value(b);
		return;
	}
	g_snprintf(text, sizeof(text), "%02x:%02x:%02x:%02x:%02x:%02x", a[0], a[1], a[2], a[3],
		   a[4], a[5]);
	json_builder_add_string_value(b, text);
}

static void put_origin(JsonBuilder *b, const struct ng_origin *o)
{
	if (!o->line) {
		json_builder_add_null_value(b);
		return;
	}
	json_builder_begin_object(b);
	json_builder_set_member_name(b, "line");
	json_builder_add_int_value(b, o->line);
	json_builder_set_member_name(b, "command");
	json_builder_add_int_value(b, o->command);
	if (o->script > 1) {
		json_builder_set_member_name(b, "script");
		json_builder_add_int_value(b, o->script);
	}
	json_builder_end_object(b);
}

static void put_texts(JsonBuilder *b, const char *const *v)
{
	json_builder_begin_array(b);
	for (; v && *v; v++)
		put_text(b, *v);
	json_builder_end_array(b);
}

static void put_packet(JsonBuilder *b, const struct ng_packet *p)
{
	put_text(b, p->id ? p->name : NULL);
}

static void put_field(JsonBuilder *b, const void *at, enum ng_trace_type type)
{
	switch (type) {
	case NG_TRACE_T_BOOL:
		json_builder_add_boolean_value(b, *(const bool *)at);
		return;
	case NG_TRACE_T_I32:
		json_builder_add_int_value(b, *(const int32_t *)at);
		return;
	case NG_TRACE_T_I64:
		json_builder_add_int_value(b, *(const int64_t *)at);
		return;
	case NG_TRACE_T_U32:
		json_builder_add_int_value(b, *(const uint32_t *)at);
		return;
	case NG_TRACE_T_U64:
		json_builder_add_int_value(b, (int64_t) * (const uint64_t *)at);
		return;
	case NG_TRACE_T_WORD:
	case NG_TRACE_T_TEXT:
		put_text(b, *(const char *const *)at);
		return;
	case NG_TRACE_T_TEXTS:
		put_texts(b, *(const char *const *const *)at);
		return;
	case NG_TRACE_T_IP:
		put_ip(b, *(const __be32 *)at);
		return;
	case NG_TRACE_T_PORT:
		json_builder_add_int_value(b, *(const uint16_t *)at);
		return;
	case NG_TRACE_T_MAC:
		put_mac(b, *(const uint8_t *const *)at);
		return;
	case NG_TRACE_T_ORIGIN:
		put_origin(b, at);
		return;
	case NG_TRACE_T_REASON:
		json_builder_add_string_value(
			b, ng_drop_reason_name(*(const enum skb_drop_reason *)at));
		return;
	case NG_TRACE_T_PACKET:
		put_packet(b, at);
		return;
	case NG_TRACE_T_BYTES:
		put_hex(b, ((const struct ng_bytes *)at)->data, ((const struct ng_bytes *)at)->len);
		return;
	case NG_TRACE_T_MAX:
		return;
	}
}

static void member_text(JsonBuilder *b, const char *name, const char *text)
{
	json_builder_set_member_name(b, name);
	put_text(b, text);
}

static void member_int(JsonBuilder *b, const char *name, int64_t v)
{
	json_builder_set_member_name(b, name);
	json_builder_add_int_value(b, v);
}

static void put_packet_head(JsonBuilder *b, const struct ng_trace_event *ev)
{
	member_text(b, "pkt", ev->packet.name);
	if (ev->cause != NG_CAUSE_NONE && ev->cause_of.id) {
		member_text(b, "cause", ng_trace_cause_words(ev->cause));
		member_text(b, "cause_of", ev->cause_of.name);
	}
	if (ev->origin.line) {
		json_builder_set_member_name(b, "origin");
		put_origin(b, &ev->origin);
	}
	json_builder_set_member_name(b, "frame");
	put_hex(b, ev->frame, ev->frame_len);
	if (ev->mac_at >= 0)
		member_int(b, "mac_at", ev->mac_at);
	if (ev->net_at >= 0)
		member_int(b, "net_at", ev->net_at);
	if (ev->transport_at >= 0)
		member_int(b, "transport_at", ev->transport_at);
}

/**
 * trace_event_build() - An event as an object
 * @b: where it is added
 * @ev: the event
 */
void trace_event_build(JsonBuilder *b, const struct ng_trace_event *ev)
{
	const struct ng_trace_info *info = ng_trace_info(ev->kind);

	json_builder_begin_object(b);
	member_int(b, "v", NG_TRACE_VERSION);
	member_int(b, "ev", (int64_t)ev->nr);
	member_int(b, "t_ns", ev->t_ns);
	member_text(b, "kind", info->name);
	if (ev->command.line)
		member_int(b, "line", ev->command.line);
	if (ev->netns) {
		member_text(b, "ns", ev->netns);
		member_int(b, "ns_id", (int64_t)ev->netns_id);
	}
	if (ev->dev) {
		member_text(b, "if", ev->dev);
		member_int(b, "ifindex", ev->ifindex);
	}
	member_text(b, "file", ev->file);
	member_text(b, "func", ev->func);
	if (ev->packet.id)
		put_packet_head(b, ev);
	for (size_t i = 0; i < info->nr_fields; i++) {
		json_builder_set_member_name(b, info->fields[i].name);
		put_field(b, (const char *)ev + info->fields[i].offset, info->fields[i].type);
	}
	json_builder_end_object(b);
}

/* What a browser or a terminal may take for something else: written as an escape. */
static void escape(GString *out, const char *json)
{
	while (*json) {
		gunichar c = g_utf8_get_char(json);

		json += g_unichar_to_utf8(c, NULL);

		if (c == '<' || c == '>' || c == '&' || (c >= 0x7f && c < 0xa0) ||
		    (c < 0x10000 &&
		     (g_unichar_type(c) == G_UNICODE_FORMAT || c == 0x2028 || c == 0x2029)))
			g_string_append_printf(out, "\\u%04x", c);
		else
			g_string_append_unichar(out, c);
	}
}

/**
 * trace_json_finish() - The text of what was built
 * @b: the builder
 * @pretty: on several lines
 *
 * Return: the text; g_free() it.
 */
char *trace_json_finish(JsonBuilder *b, bool pretty)
{
	g_autoptr(JsonGenerator) gen = json_generator_new();
	g_autoptr(JsonNode) root = json_builder_get_root(b);
	g_autofree char *json = NULL;
	GString *out;

	json_generator_set_root(gen, root);
	json_generator_set_pretty(gen, pretty);
	json = json_generator_to_data(gen, NULL);
	out = g_string_sized_new(strlen(json) + 16);
	escape(out, json);
	return g_string_free(out, FALSE);
}

/**
 * trace_event_to_json() - An event as one line
 * @ev: the event
 *
 * Return: the line without a newline; g_free() it.
 */
char *trace_event_to_json(const struct ng_trace_event *ev)
{
	g_autoptr(JsonBuilder) b = json_builder_new();

	trace_event_build(b, ev);
	return trace_json_finish(b, false);
}

/**
 * trace_cut_to_json() - That more happened than is told, as one line
 * @t_ns: when
 * @events: how many are told
 *
 * Return: the line without a newline; g_free() it.
 */
char *trace_cut_to_json(int64_t t_ns, int64_t events)
{
	g_autoptr(JsonBuilder) b = json_builder_new();

	json_builder_begin_object(b);
	member_int(b, "v", NG_TRACE_VERSION);
	member_int(b, "t_ns", t_ns);
	member_text(b, "kind", "cut");
	member_int(b, "events", events);
	json_builder_end_object(b);
	return trace_json_finish(b, false);
}

/**
 * trace_output_to_json() - What a program printed, as one line
 * @t_ns: when
 * @stream: 1 or 2
 * @text: what
 * @len: bytes
 *
 * Return: the line without a newline; g_free() it.
 */
char *trace_output_to_json(int64_t t_ns, int stream, const char *text, size_t len)
{
	g_autoptr(JsonBuilder) b = json_builder_new();
	g_autofree char *valid = g_utf8_make_valid(text, (gssize)len);

	json_builder_begin_object(b);
	member_int(b, "v", NG_TRACE_VERSION);
	member_int(b, "t_ns", t_ns);
	member_text(b, "kind", "output");
	member_int(b, "stream", stream);
	member_text(b, "text", valid);
	json_builder_end_object(b);
	return trace_json_finish(b, false);
}
