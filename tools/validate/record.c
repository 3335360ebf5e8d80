/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.c - what one run left behind, and its way from one process to another
 *
 * The saved form is a GVariant: every process that loads it checks it, so a run that dies
 * half-way gives no record instead of a wrong one.
 */
#include <string.h>

#include "validate.h"

#define CMDS_TYPE "a(usixxudayay)"
#define FRAMES_TYPE "a(xsybuay)"
#define TABLES_TYPE "a(usss)"
#define WALKS_TYPE "a(xsssays)"
#define RECORD_TYPE "(" CMDS_TYPE FRAMES_TYPE TABLES_TYPE WALKS_TYPE "asmsmsibux)"

static void cmd_free(void *p)
{
	struct vl_cmd *c = p;

	g_free(c->text);
	g_string_free(c->out[0], TRUE);
	g_string_free(c->out[1], TRUE);
	g_free(c);
}

static void frame_free(void *p)
{
	struct vl_frame *f = p;

	g_free(f->key);
	g_bytes_unref(f->data);
	g_free(f);
}

static void table_free(void *p)
{
	struct vl_table *t = p;

	g_free(t->ns);
	g_free(t->name);
	g_free(t->text);
	g_free(t);
}

static void walk_free(void *p)
{
	struct vl_walk *w = p;

	g_free(w->key);
	g_free(w->in);
	g_free(w->out);
	g_bytes_unref(w->packet);
	g_string_free(w->steps, TRUE);
	g_free(w);
}

/**
 * vl_record_new() - An empty record
 *
 * Return: the record.
 */
struct vl_record *vl_record_new(void)
{
	struct vl_record *rec = g_new0(struct vl_record, 1);

	rec->cmds = g_ptr_array_new_with_free_func(cmd_free);
	rec->frames = g_ptr_array_new_with_free_func(frame_free);
	rec->tables = g_ptr_array_new_with_free_func(table_free);
	rec->walks = g_ptr_array_new_with_free_func(walk_free);
	rec->notes = g_ptr_array_new_with_free_func(g_free);
	rec->status = VL_STATUS_NONE;
	return rec;
}

/**
 * vl_record_free() - Frees it
 * @rec: or NULL
 */
void vl_record_free(struct vl_record *rec)
{
	if (!rec)
		return;
	g_ptr_array_unref(rec->cmds);
	g_ptr_array_unref(rec->frames);
	g_ptr_array_unref(rec->tables);
	g_ptr_array_unref(rec->walks);
	g_ptr_array_unref(rec->notes);
	g_free(rec->stopped);
	g_free(rec->cannot);
	g_free(rec);
}

/**
 * vl_record_cmd() - A command begins
 * @rec: the record
 * @line: its first line in the script
 * @text: its text
 * @len: bytes of @text
 *
 * Return: the command; the record owns it.
 */
struct vl_cmd *vl_record_cmd(struct vl_record *rec, unsigned int line, const char *text, size_t len)
{
	struct vl_cmd *c = g_new0(struct vl_cmd, 1);

	c->line = line;
	c->text = g_strchomp(g_strndup(text, len));
	c->status = VL_STATUS_NONE;
	c->t1_ns = -1;
	c->out[0] = g_string_new(NULL);
	c->out[1] = g_string_new(NULL);
	g_ptr_array_add(rec->cmds, c);
	return c;
}

/**
 * vl_record_frame() - A frame was seen
 * @rec: the record
 * @frame: copied; takes a reference on its bytes
 */
void vl_record_frame(struct vl_record *rec, const struct vl_frame *frame)
{
	struct vl_frame *f = g_new(struct vl_frame, 1);

	*f = *frame;
	f->key = g_strdup(frame->key);
	g_bytes_ref(f->data);
	g_ptr_array_add(rec->frames, f);
}

/**
 * vl_record_walk() - A packet comes to a base chain
 * @rec: the record
 * @key: "NS TABLE CHAIN"
 * @t_ns: since the run began
 *
 * Return: the walk; the record owns it.
 */
struct vl_walk *vl_record_walk(struct vl_record *rec, const char *key, int64_t t_ns)
{
	struct vl_walk *w = g_new0(struct vl_walk, 1);

	w->key = g_strdup(key);
	w->t_ns = t_ns;
	w->packet = g_bytes_new(NULL, 0);
	w->steps = g_string_new(NULL);
	g_ptr_array_add(rec->walks, w);
	return w;
}

/**
 * vl_walk_packet() - Which packet it is
 * @w: the walk
 * @data: from the IP header on
 * @len: bytes there are; not more than VL_PACKET_HEAD are kept, of a later fragment the IP header
 */
void vl_walk_packet(struct vl_walk *w, const void *data, size_t len)
{
	const uint8_t *p = data;

	if (len >= 20 && ((p[6] & 0x1f) || p[7]))
		len = MIN(len, (size_t)(p[0] & 15) * 4);
	g_bytes_unref(w->packet);
	w->packet = g_bytes_new(data, MIN(len, VL_PACKET_HEAD));
}

/**
 * vl_walk_step() - It goes on
 * @w: the walk
 * @fmt: one step
 */
void vl_walk_step(struct vl_walk *w, const char *fmt, ...)
{
	va_list ap;

	if (w->steps->len)
		g_string_append(w->steps, ", ");
	va_start(ap, fmt);
	g_string_append_vprintf(w->steps, fmt, ap);
	va_end(ap);
}

/**
 * vl_record_note() - Something the reader of the report should know
 * @rec: the record
 * @fmt: one line
 */
void vl_record_note(struct vl_record *rec, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_ptr_array_add(rec->notes, g_strdup_vprintf(fmt, ap));
	va_end(ap);
}

/**
 * vl_record_tables() - Cuts the output of the tables' command
 * @rec: the record
 * @line: of the checkpoint, 0 at the end
 * @text: lines "@@T NS NAME", each followed by that table
 */
void vl_record_tables(struct vl_record *rec, unsigned int line, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *body = g_string_new(NULL);
	struct vl_table *t = NULL;

	for (char **l = lines; *l; l++) {
		g_auto(GStrv) words = NULL;

		if (!g_str_has_prefix(*l, "@@T ")) {
			if (t && (*l)[0])
				g_string_append_printf(body, "%s\n", *l);
			continue;
		}
		if (t)
			t->text = g_strdup(body->str);
		g_string_truncate(body, 0);
		words = g_strsplit(*l, " ", 3);
		t = g_new0(struct vl_table, 1);
		t->line = line;
		t->ns = g_strdup(words[1]);
		t->name = g_strdup(words[1] && words[2] ? words[2] : "");
		g_ptr_array_add(rec->tables, t);
	}
	if (t)
		t->text = g_strdup(body->str);
	g_string_free(body, TRUE);
}

static GVariant *bytes_variant(const void *data, size_t len)
{
	return g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, data, len, 1);
}

static void save_cmds(GVariantBuilder *b, const struct vl_record *rec)
{
	g_variant_builder_open(b, G_VARIANT_TYPE(CMDS_TYPE));
	for (unsigned int i = 0; i < rec->cmds->len; i++) {
		const struct vl_cmd *c = rec->cmds->pdata[i];
		g_autofree char *text = g_utf8_make_valid(c->text, -1);

		g_variant_builder_add(b, "(usixxud@ay@ay)", c->line, text, c->status, c->t0_ns,
				      c->t1_ns, c->started, c->busy,
				      bytes_variant(c->out[0]->str, c->out[0]->len),
				      bytes_variant(c->out[1]->str, c->out[1]->len));
	}
	g_variant_builder_close(b);
}

static void save_frames(GVariantBuilder *b, const struct vl_record *rec)
{
	g_variant_builder_open(b, G_VARIANT_TYPE(FRAMES_TYPE));
	for (unsigned int i = 0; i < rec->frames->len; i++) {
		const struct vl_frame *f = rec->frames->pdata[i];
		g_autofree char *key = g_utf8_make_valid(f->key, -1);
		size_t len;
		const void *data = g_bytes_get_data(f->data, &len);

		g_variant_builder_add(b, "(xsybu@ay)", f->t_ns, key, f->dir, (gboolean)f->partial,
				      f->wire_len, bytes_variant(data, len));
	}
	g_variant_builder_close(b);
}

static void save_walks(GVariantBuilder *b, const struct vl_record *rec)
{
	g_variant_builder_open(b, G_VARIANT_TYPE(WALKS_TYPE));
	for (unsigned int i = 0; i < rec->walks->len; i++) {
		const struct vl_walk *w = rec->walks->pdata[i];
		g_autofree char *key = g_utf8_make_valid(w->key, -1);
		g_autofree char *in = g_utf8_make_valid(w->in ? w->in : "", -1);
		g_autofree char *out = g_utf8_make_valid(w->out ? w->out : "", -1);
		g_autofree char *steps = g_utf8_make_valid(w->steps->str, -1);
		size_t len;
		const void *data = g_bytes_get_data(w->packet, &len);

		g_variant_builder_add(b, "(xsss@ays)", w->t_ns, key, in, out,
				      bytes_variant(data, len), steps);
	}
	g_variant_builder_close(b);
}

/**
 * vl_record_save() - Its bytes, for another process
 * @rec: the record
 *
 * Return: the bytes; the caller unrefs.
 */
GBytes *vl_record_save(const struct vl_record *rec)
{
	GVariantBuilder b;
	g_autoptr(GVariant) v = NULL;

	g_variant_builder_init(&b, G_VARIANT_TYPE(RECORD_TYPE));
	save_cmds(&b, rec);
	save_frames(&b, rec);
	g_variant_builder_open(&b, G_VARIANT_TYPE(TABLES_TYPE));
	for (unsigned int i = 0; i < rec->tables->len; i++) {
		const struct vl_table *t = rec->tables->pdata[i];
		g_autofree char *ns = g_utf8_make_valid(t->ns, -1);
		g_autofree char *text = g_utf8_make_valid(t->text, -1);

		g_variant_builder_add(&b, "(usss)", t->line, ns, t->name, text);
	}
	g_variant_builder_close(&b);
	save_walks(&b, rec);
	g_variant_builder_open(&b, G_VARIANT_TYPE("as"));
	for (unsigned int i = 0; i < rec->notes->len; i++)
		g_variant_builder_add(&b, "s", rec->notes->pdata[i]);
	g_variant_builder_close(&b);
	g_variant_builder_add(&b, "ms", rec->stopped);
	g_variant_builder_add(&b, "ms", rec->cannot);
	g_variant_builder_add(&b, "i", rec->status);
	g_variant_builder_add(&b, "b", (gboolean)rec->not_modelled);
	g_variant_builder_add(&b, "u", rec->drops);
	g_variant_builder_add(&b, "x", rec->tables_ns);
	v = g_variant_ref_sink(g_variant_builder_end(&b));
	return g_variant_get_data_as_bytes(v);
}

static void load_bytes(GVariant *v, GString *to)
{
	size_t n;
	const void *p = g_variant_get_fixed_array(v, &n, 1);

	g_string_append_len(to, p, (gssize)n);
	g_variant_unref(v);
}

static void load_cmds(struct vl_record *rec, GVariant *list)
{
	for (size_t i = 0; i < g_variant_n_children(list); i++) {
		const char *text;
		GVariant *out, *err;
		struct vl_cmd *c;
		unsigned int line;
		g_autoptr(GVariant) v = g_variant_get_child_value(list, i);

		g_variant_get_child(v, 0, "u", &line);
		g_variant_get_child(v, 1, "&s", &text);
		c = vl_record_cmd(rec, line, text, strlen(text));
		g_variant_get_child(v, 2, "i", &c->status);
		g_variant_get_child(v, 3, "x", &c->t0_ns);
		g_variant_get_child(v, 4, "x", &c->t1_ns);
		g_variant_get_child(v, 5, "u", &c->started);
		g_variant_get_child(v, 6, "d", &c->busy);
		out = g_variant_get_child_value(v, 7);
		err = g_variant_get_child_value(v, 8);
		load_bytes(out, c->out[0]);
		load_bytes(err, c->out[1]);
	}
}

static void load_frames(struct vl_record *rec, GVariant *list)
{
	for (size_t i = 0; i < g_variant_n_children(list); i++) {
		struct vl_frame f = { 0 };
		const char *key;
		gboolean partial;
		GVariant *data;
		size_t n;
		const void *p;
		g_autoptr(GVariant) v = g_variant_get_child_value(list, i);

		g_variant_get(v, "(x&sybu@ay)", &f.t_ns, &key, &f.dir, &partial, &f.wire_len,
			      &data);
		p = g_variant_get_fixed_array(data, &n, 1);
		f.partial = partial;
		f.data = g_bytes_new(p, n);
		f.key = g_strdup(key);
		vl_record_frame(rec, &f);
		g_free(f.key);
		g_bytes_unref(f.data);
		g_variant_unref(data);
	}
}

static void load_tables(struct vl_record *rec, GVariant *list)
{
	GVariantIter it;
	unsigned int line;
	const char *ns, *name, *text;

	g_variant_iter_init(&it, list);
	while (g_variant_iter_next(&it, "(u&s&s&s)", &line, &ns, &name, &text)) {
		struct vl_table *t = g_new0(struct vl_table, 1);

		t->line = line;
		t->ns = g_strdup(ns);
		t->name = g_strdup(name);
		t->text = g_strdup(text);
		g_ptr_array_add(rec->tables, t);
	}
}

static void load_walks(struct vl_record *rec, GVariant *list)
{
	for (size_t i = 0; i < g_variant_n_children(list); i++) {
		const char *key, *in, *out, *steps;
		int64_t t_ns;
		GVariant *data;
		struct vl_walk *w;
		size_t n;
		const void *p;
		g_autoptr(GVariant) v = g_variant_get_child_value(list, i);

		g_variant_get(v, "(x&s&s&s@ay&s)", &t_ns, &key, &in, &out, &data, &steps);
		w = vl_record_walk(rec, key, t_ns);
		w->in = g_strdup(in);
		w->out = g_strdup(out);
		p = g_variant_get_fixed_array(data, &n, 1);
		vl_walk_packet(w, p, n);
		vl_walk_step(w, "%s", steps);
		g_variant_unref(data);
	}
}

/**
 * vl_record_load() - A record from its bytes
 * @data: the bytes
 * @len: how many
 *
 * Return: the record; NULL when the bytes are none.
 */
struct vl_record *vl_record_load(const void *data, size_t len)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, len);
	g_autoptr(GVariant) v = g_variant_ref_sink(
		g_variant_new_from_bytes(G_VARIANT_TYPE(RECORD_TYPE), bytes, FALSE));
	g_autoptr(GVariant) cmds = NULL, frames = NULL, tables = NULL, walks = NULL;
	g_autofree const char **notes = NULL;
	struct vl_record *rec;
	gboolean not_modelled;

	if (!len || !g_variant_is_normal_form(v))
		return NULL;
	rec = vl_record_new();
	g_variant_get(v,
		      "(@" CMDS_TYPE "@" FRAMES_TYPE "@" TABLES_TYPE "@" WALKS_TYPE "^a&smsmsibux)",
		      &cmds, &frames, &tables, &walks, &notes, &rec->stopped, &rec->cannot,
		      &rec->status, &not_modelled, &rec->drops, &rec->tables_ns);
	rec->not_modelled = not_modelled;
	load_cmds(rec, cmds);
	load_frames(rec, frames);
	load_tables(rec, tables);
	load_walks(rec, walks);
	for (const char **n = notes; *n; n++)
		vl_record_note(rec, "%s", *n);
	return rec;
}
