/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traceschema.c - what a line of `run --json` may hold, as a JSON schema
 *
 * Made from the lists of <netglass/trace.h>, as the lines themselves: they cannot disagree.
 */
#include "tracejson.h"

static void member_text(JsonBuilder *b, const char *name, const char *text)
{
	json_builder_set_member_name(b, name);
	json_builder_add_string_value(b, text);
}

static void begin(JsonBuilder *b, const char *name)
{
	json_builder_set_member_name(b, name);
	json_builder_begin_object(b);
}

/* {"$ref": "#/$defs/NAME"} */
static void put_ref(JsonBuilder *b, const char *member, const char *def)
{
	g_autofree char *ref = g_strdup_printf("#/$defs/%s", def);

	begin(b, member);
	member_text(b, "$ref", ref);
	json_builder_end_object(b);
}

static void def_types(JsonBuilder *b, const char *name, const char *type, bool or_null)
{
	begin(b, name);
	json_builder_set_member_name(b, "type");
	if (or_null) {
		json_builder_begin_array(b);
		json_builder_add_string_value(b, type);
		json_builder_add_string_value(b, "null");
		json_builder_end_array(b);
	} else {
		json_builder_add_string_value(b, type);
	}
}

static void def_pattern(JsonBuilder *b, const char *name, const char *pattern, bool or_null)
{
	def_types(b, name, "string", or_null);
	member_text(b, "pattern", pattern);
	json_builder_end_object(b);
}

static void def_origin(JsonBuilder *b)
{
	def_types(b, "ORIGIN", "object", true);
	member_text(b, "description", "the script line that made it; null: nobody's");
	begin(b, "properties");
	put_ref(b, "line", "U32");
	put_ref(b, "command", "U32");
	put_ref(b, "script", "U32");
	json_builder_end_object(b);
	json_builder_end_object(b);
}

static void def_reason(JsonBuilder *b)
{
	begin(b, "REASON");
	json_builder_set_member_name(b, "enum");
	json_builder_begin_array(b);
	for (unsigned int i = 0; i < SKB_DROP_REASON_MAX; i++)
		json_builder_add_string_value(b, ng_drop_reason_name((enum skb_drop_reason)i));
	json_builder_end_array(b);
	json_builder_end_object(b);
}

/* One definition for each type of field, by its name. */
static void put_defs(JsonBuilder *b)
{
	static const char *const integers[] = { "I32", "I64", "U32", "U64", "PORT" };

	begin(b, "$defs");
	def_types(b, "BOOL", "boolean", false);
	json_builder_end_object(b);
	for (size_t i = 0; i < G_N_ELEMENTS(integers); i++) {
		def_types(b, integers[i], "integer", false);
		json_builder_end_object(b);
	}
	def_types(b, "WORD", "string", true);
	json_builder_end_object(b);
	def_types(b, "TEXT", "string", true);
	json_builder_end_object(b);
	def_types(b, "TEXTS", "array", false);
	put_ref(b, "items", "TEXT");
	json_builder_end_object(b);
	def_pattern(b, "IP", "^[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+$", false);
	def_pattern(b, "MAC", "^([0-9a-f]{2}:){5}[0-9a-f]{2}$", true);
	def_pattern(b, "PACKET", "^[0-9]+[a-z]*(\\.[0-9]+)?$", true);
	def_pattern(b, "BYTES", "^([0-9a-f]{2})*$", false);
	def_origin(b);
	def_reason(b);
	json_builder_end_object(b);
}

static void put_head(JsonBuilder *b)
{
	begin(b, "properties");
	begin(b, "v");
	json_builder_set_member_name(b, "const");
	json_builder_add_int_value(b, NG_TRACE_VERSION);
	json_builder_end_object(b);
	put_ref(b, "ev", "U64");
	put_ref(b, "t_ns", "I64");
	put_ref(b, "line", "U32");
	put_ref(b, "ns", "TEXT");
	put_ref(b, "ns_id", "U64");
	put_ref(b, "if", "TEXT");
	put_ref(b, "ifindex", "I32");
	put_ref(b, "file", "WORD");
	put_ref(b, "func", "WORD");
	put_ref(b, "pkt", "PACKET");
	put_ref(b, "cause", "WORD");
	put_ref(b, "cause_of", "PACKET");
	put_ref(b, "origin", "ORIGIN");
	put_ref(b, "frame", "BYTES");
	put_ref(b, "mac_at", "I32");
	put_ref(b, "net_at", "I32");
	put_ref(b, "transport_at", "I32");
	json_builder_end_object(b);
	json_builder_set_member_name(b, "required");
	json_builder_begin_array(b);
	json_builder_add_string_value(b, "v");
	json_builder_add_string_value(b, "kind");
	json_builder_end_array(b);
}

static void put_kind(JsonBuilder *b, const struct ng_trace_info *info)
{
	json_builder_begin_object(b);
	begin(b, "properties");
	begin(b, "kind");
	member_text(b, "const", info->name);
	json_builder_end_object(b);
	for (size_t i = 0; i < info->nr_fields; i++)
		put_ref(b, info->fields[i].name, ng_trace_type_name(info->fields[i].type));
	json_builder_end_object(b);
	json_builder_set_member_name(b, "required");
	json_builder_begin_array(b);
	json_builder_add_string_value(b, "ev");
	json_builder_add_string_value(b, "t_ns");
	for (size_t i = 0; i < info->nr_fields; i++)
		json_builder_add_string_value(b, info->fields[i].name);
	json_builder_end_array(b);
	json_builder_end_object(b);
}

/* What a program printed: the one line that is no step of the kernel. */
static void put_output(JsonBuilder *b)
{
	json_builder_begin_object(b);
	begin(b, "properties");
	begin(b, "kind");
	member_text(b, "const", "output");
	json_builder_end_object(b);
	put_ref(b, "stream", "U32");
	put_ref(b, "text", "TEXT");
	json_builder_end_object(b);
	json_builder_end_object(b);
}

/* More happened than is told: no step either. */
static void put_cut(JsonBuilder *b)
{
	json_builder_begin_object(b);
	begin(b, "properties");
	begin(b, "kind");
	member_text(b, "const", "cut");
	json_builder_end_object(b);
	put_ref(b, "events", "U64");
	json_builder_end_object(b);
	json_builder_end_object(b);
}

/**
 * trace_schema_json() - The JSON schema of a line
 *
 * Return: the text; g_free() it.
 */
char *trace_schema_json(void)
{
	g_autoptr(JsonBuilder) b = json_builder_new();

	json_builder_begin_object(b);
	member_text(b, "$schema", "https://json-schema.org/draft/2020-12/schema");
	member_text(b, "title", "A line of netglass run --json");
	member_text(b, "type", "object");
	put_head(b);
	json_builder_set_member_name(b, "oneOf");
	json_builder_begin_array(b);
	for (unsigned int k = 0; k < NG_TRACE_MAX; k++)
		put_kind(b, ng_trace_info((enum ng_trace_kind)k));
	put_output(b);
	put_cut(b);
	json_builder_end_array(b);
	put_defs(b);
	json_builder_end_object(b);
	return trace_json_finish(b, true);
}
