/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcapfile.c - frames to a folder of captures, one file NS-IFNAME.pcap per interface
 */
#include <pcap/pcap.h>
#include <string.h>

#include "validate.h"

#define SNAPLEN 262144

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
