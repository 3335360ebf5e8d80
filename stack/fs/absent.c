/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * absent.c - what Linux has below /proc and /sys and this kernel does not
 *
 * The names are those of the measured kernel; a name that is no file of Linux's is not here.
 *
 * TABLE
 */
#include <string.h>

#include "core/netdevice.h"
#include "core/task.h"
#include "core/world.h"
#include "fs/inode.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* A folder and the names in it, those of folders with a slash; in front of the less exact ones. */
struct absent_dir {
	const char *dir; /* below the root, with its slash; PID/ stands for any process */
	const char *names;
};

/* clang-format off */
static const struct absent_dir absent_proc[] = {
	{ "sys/kernel/",
	  "acct arch auto_msgmni bootloader_type bootloader_version bpf_stats_enabled "
	  "cad_pid cap_last_cap core_file_note_size_limit core_modes core_pattern "
	  "core_pipe_limit core_sort_vma core_uses_pid ctrl-alt-del dmesg_restrict "
	  "domainname firmware_config/ ftrace_dump_on_oops ftrace_enabled "
	  "hardlockup_all_cpu_backtrace hardlockup_panic hung_task_all_cpu_backtrace "
	  "hung_task_check_count hung_task_check_interval_secs hung_task_detect_count "
	  "hung_task_panic hung_task_timeout_secs hung_task_warnings init_private "
	  "init_private_helper init_private_vsock_local_port init_private_vsock_port "
	  "io_delay_type io_uring_disabled io_uring_group keys/ kptr_restrict "
	  "max_lock_depth max_rcu_stall_to_panic msg_next_id msgmax msgmnb msgmni "
	  "ngroups_max nmi_watchdog ns_last_pid numa_balancing "
	  "numa_balancing_promote_rate_limit_MBps oops_all_cpu_backtrace oops_limit "
	  "overflowgid overflowuid panic panic_on_io_nmi panic_on_oops panic_on_rcu_stall "
	  "panic_on_unrecovered_nmi panic_on_warn panic_print panic_sys_info "
	  "perf_cpu_time_max_percent perf_event_max_contexts_per_stack "
	  "perf_event_max_sample_rate perf_event_max_stack perf_event_mlock_kb "
	  "perf_event_paranoid pid_max poweroff_cmd print-fatal-signals printk "
	  "printk_delay printk_devkmsg printk_ratelimit printk_ratelimit_burst pty/ "
	  "random/ randomize_va_space real-root-dev sched_autogroup_enabled "
	  "sched_cfs_bandwidth_slice_us sched_deadline_period_max_us "
	  "sched_deadline_period_min_us sched_rr_timeslice_ms sched_rt_period_us "
	  "sched_rt_runtime_us seccomp/ sem sem_next_id shm_next_id shm_rmid_forced "
	  "shmall shmmax shmmni soft_watchdog softlockup_all_cpu_backtrace "
	  "softlockup_panic split_lock_mitigate sysctl_writes_strict tainted "
	  "task_delayacct threads-max timer_migration traceoff_on_warning "
	  "tracepoint_printk unknown_nmi_panic unprivileged_bpf_disabled usermodehelper/ "
	  "version warn_limit watchdog watchdog_cpumask watchdog_thresh" },
	{ "sys/vm/",
	  "admin_reserve_kbytes compact_memory compact_unevictable_allowed "
	  "compaction_proactiveness defrag_mode dirty_background_bytes "
	  "dirty_background_ratio dirty_bytes dirty_expire_centisecs dirty_ratio "
	  "dirty_writeback_centisecs dirtytime_expire_seconds drop_caches "
	  "extfrag_threshold hugetlb_optimize_vmemmap hugetlb_shm_group laptop_mode "
	  "legacy_va_layout lowmem_reserve_ratio max_map_count memfd_noexec "
	  "min_free_kbytes min_slab_ratio min_unmapped_ratio mmap_min_addr mmap_rnd_bits "
	  "mmap_rnd_compat_bits nr_hugepages nr_hugepages_mempolicy "
	  "nr_overcommit_hugepages numa_stat numa_zonelist_order oom_dump_tasks "
	  "oom_kill_allocating_task overcommit_kbytes overcommit_memory overcommit_ratio "
	  "page-cluster page_lock_unfairness panic_on_oom percpu_pagelist_high_fraction "
	  "shrink_inodes_with_pagecache stat_interval stat_refresh swappiness "
	  "unprivileged_userfaultfd user_reserve_kbytes vfs_cache_pressure "
	  "vfs_cache_pressure_denom watermark_boost_factor watermark_scale_factor "
	  "zone_reclaim_mode" },
	{ "sys/fs/",
	  "aio-max-nr aio-nr binfmt_misc/ dentry-negative dentry-state dir-notify-enable "
	  "epoll/ fanotify/ file-max file-nr fuse/ inode-nr inode-state inotify/ "
	  "lease-break-time leases-enable mount-max mqueue/ nr_open overflowgid overflowuid "
	  "pipe-max-size pipe-user-pages-hard pipe-user-pages-soft protected_fifos "
	  "protected_hardlinks protected_regular protected_symlinks quota/ suid_dumpable "
	  "xfs/" },
	{ "sys/net/core/",
	  "rps_default_mask tstamp_allow_data" },
	{ "sys/net/ipv4/",
	  "fib_multipath_hash_seed "
	  "tcp_backlog_ack_defer tcp_child_ehash_entries "
	  "tcp_comp_sack_slack_ns tcp_ecn_option tcp_ecn_option_beacon tcp_ehash_entries "
	  "tcp_fastopen_blackhole_timeout_sec tcp_fastopen_key tcp_fwmark_accept "
	  "tcp_l3mdev_accept tcp_migrate_req tcp_mtu_probe_floor tcp_notsent_lowat "
	  "tcp_plb_cong_thresh tcp_plb_enabled tcp_plb_idle_rehash_rounds "
	  "tcp_plb_rehash_rounds tcp_plb_suspend_rto_sec udp_child_hash_entries "
	  "udp_hash_entries xfrm4_gc_thresh" },
	{ "sys/net/ipv6/",
	  "anycast_src_echo_reply auto_flowlabels bindv6only conf/ "
	  "fib_multipath_hash_fields fib_multipath_hash_policy fib_notify_on_flag_change "
	  "flowlabel_consistency flowlabel_reflect flowlabel_state_ranges fwmark_reflect "
	  "icmp/ idgen_delay idgen_retries ioam6_id ioam6_id_wide ip6frag_high_thresh "
	  "ip6frag_low_thresh ip6frag_time ip_nonlocal_bind max_dst_opts_length "
	  "max_dst_opts_number max_hbh_length max_hbh_opts_number neigh/ route/ "
	  "seg6_flowlabel xfrm6_gc_thresh" },
	{ "sys/net/netfilter/",
	  "nf_hooks_lwtunnel nf_log/" },
	{ "sys/net/",
	  "mptcp/" },
	{ "sys/",
	  "abi/ debug/ dev/ user/" },
	{ "net/",
	  "anycast6 arp_tables_matches arp_tables_names arp_tables_targets dev_snmp6/ "
	  "icmp icmp6 igmp6 ip6_flowlabel ip6_mr_cache ip6_mr_vif ip6_tables_matches "
	  "ip6_tables_names ip6_tables_targets ip6t_hashlimit/ ip_mr_cache ip_mr_vif "
	  "ipv6_route mcfilter6 netfilter/ protocols ptype "
	  "rt6_stats rt_acct rt_cache snmp6 softnet_stat stat/ udplite udplite6 xfrm_stat" },
	{ "PID/",
	  "arch_status attr/ autogroup auxv cgroup clear_refs coredump_filter cpuset "
	  "environ exe fdinfo/ io ksm_merging_pages ksm_stat limits loginuid map_files/ "
	  "maps mem mountinfo mounts mountstats numa_maps oom_adj oom_score oom_score_adj "
	  "pagemap personality projid_map sched schedstat sessionid smaps smaps_rollup "
	  "stack statm syscall task/ timens_offsets timers timerslack_ns wchan" },
	{ "",
	  "acpi/ buddyinfo bus/ cgroups cmdline config.gz consoles cpuinfo crypto devices "
	  "diskstats dma driver/ execdomains filesystems fs/ interrupts iomem ioports "
	  "irq/ kallsyms key-users keys kmsg kpagecgroup kpagecount kpageflags loadavg "
	  "locks misc modules mounts mtrr pagetypeinfo partitions pressure/ slabinfo softirqs "
	  "swaps sysvipc/ thread-self/ timer_list tty/ vmallocinfo vmstat zoneinfo" },
};

/* of the machine: other namespaces than the host's have them not */
static const struct absent_dir absent_host[] = {
	{ "sys/net/core/",
	  "bpf_jit_enable bpf_jit_harden bpf_jit_kallsyms bpf_jit_limit busy_poll busy_read "
	  "default_qdisc dev_weight dev_weight_rx_bias dev_weight_tx_bias "
	  "devconf_inherit_init_net fb_tunnels_only_for_init_net flow_limit_cpu_bitmap "
	  "flow_limit_table_len gro_normal_batch high_order_alloc_disable max_skb_frags "
	  "mem_pcpu_rsv message_burst message_cost netdev_budget netdev_budget_usecs "
	  "netdev_max_backlog netdev_rss_key netdev_tstamp_prequeue "
	  "netdev_unregister_timeout_secs rps_sock_flow_entries skb_defer_max warnings "
	  "xfrm_acq_expires xfrm_aevent_etime xfrm_aevent_rseqth xfrm_larval_drop" },
	{ "sys/net/ipv4/",
	  "cipso_cache_bucket_size cipso_cache_enable cipso_rbm_optfmt "
	  "cipso_rbm_strictvalid fib_sync_mem inet_peer_maxttl inet_peer_minttl "
	  "inet_peer_threshold ipfrag_secret_interval tcp_available_ulp tcp_low_latency "
	  "tcp_max_orphans tcp_mem udp_mem" },
	{ "sys/net/ipv4/route/",
	  "error_burst error_cost gc_elasticity gc_interval gc_min_interval "
	  "gc_min_interval_ms gc_thresh gc_timeout max_size redirect_load redirect_number "
	  "redirect_silence" },
};

static const struct absent_dir absent_sys[] = {
	{ "class/",
	  "bdi/ block/ bsg/ cpuid/ devlink/ dma/ firmware/ hidraw/ input/ iommu/ macvtap/ "
	  "mei/ mem/ misc/ nd/ pci_bus/ power_supply/ pps/ ptp/ thermal/ tty/ vc/ "
	  "virtio-ports/ vtconsole/ watchdog/ xt_idletimer/ zram-control/" },
	{ "",
	  "block/ bus/ dev/ devices/ firmware/ fs/ kernel/ module/ power/" },
};
/* clang-format on */

/* S_IFREG, S_IFDIR or 0: @rest is one of the names, or lies below one of the folders: a file then */
static uint32_t absent_name(const char *names, const char *rest)
{
	size_t first = strcspn(rest, "/");

	while (*names) {
		size_t len = strcspn(names, " ");
		bool folder = names[len - 1] == '/';

		if (len - folder == first && !memcmp(names, rest, first)) {
			if (folder)
				return rest[first] && rest[first + 1] ? S_IFREG : S_IFDIR;
			return rest[first] ? 0 : S_IFREG;
		}
		names += len;
		names += *names == ' ';
	}
	return 0;
}

static uint32_t absent_find(const struct absent_dir *dirs, size_t nr, const char *rest)
{
	for (size_t i = 0; i < nr; i++) {
		size_t len = strlen(dirs[i].dir);
		uint32_t kind;

		if (strncmp(rest, dirs[i].dir, len))
			continue;
		kind = absent_name(dirs[i].names, rest + len);
		if (kind)
			return kind;
	}
	return 0;
}

static uint32_t absent_below(const char *root, const struct dyn_node *node, const char *rest)
{
	uint32_t kind;

	if (!strcmp(root, "proc")) {
		kind = absent_find(absent_proc, ARRAY_SIZE(absent_proc), rest);
		if (!kind && node->task->net == node->task->world->init_net)
			kind = absent_find(absent_host, ARRAY_SIZE(absent_host), rest);
		return kind;
	}
	if (!strncmp(rest, "devices/virtual/net/", 20))
		return 0; /* all of it is here */
	return absent_find(absent_sys, ARRAY_SIZE(absent_sys), rest);
}

static bool is_process(struct ng_task *viewer, const char *rest, size_t len)
{
	struct dyn_node node = { .task = viewer };
	char name[16];

	if (len == 4 && !memcmp(rest, "self", 4))
		return true;
	if (!len || len >= sizeof(name) || rest[0] < '0' || rest[0] > '9')
		return false;
	scnprintf(name, sizeof(name), "%.*s", (int)len, rest);
	return proc_lookup(viewer, name, &node) == 0;
}

/**
 * absent_lookup() - Is this a file of Linux's that is not modelled?
 * @root: proc or sys
 * @rest: the path below it, which was not found
 * @node: what the look-up left; filled when the answer is yes: stat() sees it, open() refuses
 *
 * Return: whether it is.
 */
bool absent_lookup(const char *root, const char *rest, struct dyn_node *node)
{
	size_t first = strcspn(rest, "/");
	char path[256];
	uint32_t kind;

	/* /proc/17/net/x, /proc/self/x */
	if (!strcmp(root, "proc") && is_process(node->task, rest, first)) {
		rest += first;
		rest += *rest == '/';
		scnprintf(path, sizeof(path), "%s%s", strncmp(rest, "net/", 4) ? "PID/" : "", rest);
		rest = path;
	}
	kind = absent_below(root, node, rest);
	if (!kind)
		return false;
	node->absent = true;
	node->mode = kind | (kind == S_IFDIR ? 0555 : !strncmp(rest, "sys/", 4) ? 0644 : 0444);
	return true;
}
