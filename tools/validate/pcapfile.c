/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcapfile.c - frames from and to folders of captures, one file NS-IFNAME.pcap per interface
 */
#include <pcap/pcap.h>
#include <string.h>

#include "validate.h"

#define SNAPLEN 262144

static bool read_file(struct vl_record *rec, const char *path, const char *key, int64_t epoch_ns)
{
	char errbuf[PCAP_ERRBUF_SIZE];
	pcap_t *p =
		pcap_open_offline_with_tstamp_precision(path, PCAP_TSTAMP_PRECISION_NANO, errbuf);
	struct pcap_pkthdr *h;
	const u_char *data;
	int rc;

	if (!p)
		return false;
	while ((rc = pcap_next_ex(p, &h, &data)) == 1) {
		struct vl_frame f = {
			.t_ns = (int64_t)h->ts.tv_sec * NSEC_PER_SEC + h->ts.tv_usec - epoch_ns,
			.key = (char *)(uintptr_t)key,
			.dir = 255,
			.wire_len = h->len,
			.data = g_bytes_new(data, h->caplen),
		};

		vl_record_frame(rec, &f);
		g_bytes_unref(f.data);
	}
	pcap_close(p);
	return rc == PCAP_ERROR_BREAK;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/**
 * vl_pcap_read() - Adds the frames of a folder
 * @rec: the record
 * @dir: the folder
 * @epoch_ns: what its clocks say when the run begins
 *
 * Return: false when a file is no capture.
 */
bool vl_pcap_read(struct vl_record *rec, const char *dir, int64_t epoch_ns)
{
	g_autoptr(GDir) d = g_dir_open(dir, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;
	bool ok = d;

	while (d && (name = g_dir_read_name(d))) {
		if (g_str_has_suffix(name, ".pcap"))
			g_ptr_array_add(names, g_strdup(name));
	}
	g_ptr_array_sort(names, by_name);
	for (unsigned int i = 0; i < names->len; i++) {
		g_autofree char *path = g_build_filename(dir, names->pdata[i], NULL);
		g_autofree char *key = g_strndup(names->pdata[i], strlen(names->pdata[i]) - 5);

		ok = read_file(rec, path, key, epoch_ns) && ok;
	}
	return ok;
}

static pcap_dumper_t *dumper_for(GHashTable *open, pcap_t *p, const char *dir, const char *key)
{
	pcap_dumper_t *d = g_hash_table_lookup(open, key);
	g_autofree char *file = NULL;
	g_autofree char *path = NULL;

	if (d)
		return d;
	file = g_strdup_printf("%s.pcap", key);
	g_strdelimit(file, "/", '_');
	path = g_build_filename(dir, file, NULL);
	d = pcap_dump_open(p, path);
	if (d)
		g_hash_table_insert(open, g_strdup(key), d);
	return d;
}

/**
 * vl_pcap_write() - Writes the frames of a record
 * @rec: the record
 * @dir: folder, made when it is not there
 *
 * Return: false when a file cannot be written.
 */
bool vl_pcap_write(const struct vl_record *rec, const char *dir)
{
	g_autoptr(GHashTable) open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
							   (GDestroyNotify)pcap_dump_close);
	pcap_t *p = pcap_open_dead_with_tstamp_precision(DLT_EN10MB, SNAPLEN,
							 PCAP_TSTAMP_PRECISION_NANO);
	bool ok = !g_mkdir_with_parents(dir, 0755) && p;

	for (unsigned int i = 0; ok && i < rec->frames->len; i++) {
		const struct vl_frame *f = rec->frames->pdata[i];
		int64_t t = MAX(f->t_ns, 0) + INT64_C(946684800) * NSEC_PER_SEC;
		pcap_dumper_t *d = dumper_for(open, p, dir, f->key);
		struct pcap_pkthdr h = { .len = f->wire_len };
		size_t len;
		const void *data = g_bytes_get_data(f->data, &len);

		ok = d;
		h.caplen = (bpf_u_int32)len;
		h.ts.tv_sec = t / NSEC_PER_SEC;
		h.ts.tv_usec = t % NSEC_PER_SEC;
		if (d)
			pcap_dump((u_char *)d, &h, data);
	}
	g_hash_table_remove_all(open);
	if (p)
		pcap_close(p);
	return ok;
}
