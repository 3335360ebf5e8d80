/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp.h - what the TCP files share
 *
 * mirrors include/net/tcp.h, include/linux/tcp.h and include/net/inet_hashtables.h
 */
#ifndef STACK_IPV4_TCP_H
#define STACK_IPV4_TCP_H

#include <errno.h>
#include <linux/tcp.h>

#include "core/task.h"
#include "core/world.h"
#include "ipv4/fib.h"
#include "ipv4/ip_sockglue.h"

#define TCP_INIT_CWND 10U
#define TCP_MIN_MSS 88U
#define TCP_MSS_DEFAULT 536U
#define TCP_MIN_SND_MSS 48U
#define TCP_MAX_WINDOW 32767U
#define TCP_MAX_QUICKACKS 16U
#define TCP_MAX_WSCALE 14U
#define TCP_MAX_SACKS 4U
#define TCP_INFINITE_SSTHRESH 0x7fffffffU
#define MAX_TCP_OPTION_SPACE 40U

#define TCP_TICK (4 * NSEC_PER_MSEC) /* HZ = 250 */
#define TCP_DELACK_MIN (40 * NSEC_PER_MSEC)
#define TCP_DELACK_MAX (200 * NSEC_PER_MSEC)
#define TCP_ATO_MIN (40 * NSEC_PER_MSEC)
#define TCP_TIMEOUT_INIT (1 * NSEC_PER_SEC)
#define TCP_TIMEOUT_FALLBACK (3 * NSEC_PER_SEC)
#define TCP_TIMEOUT_MIN (2 * NSEC_PER_MSEC)
#define TCP_TIMEWAIT_LEN (60 * NSEC_PER_SEC)
#define TCP_PAWS_24DAYS (INT64_C(60) * 60 * 24 * 24)
#define TCP_PAWS_WINDOW (60 * NSEC_PER_SEC) /* TCP_PAWS_MSL */

/* States, by the kernel's numbers: ss and /proc/net/tcp show them. */
enum {
	TCP_ESTABLISHED = 1,
	TCP_SYN_SENT,
	TCP_SYN_RECV,
	TCP_FIN_WAIT1,
	TCP_FIN_WAIT2,
	TCP_TIME_WAIT,
	TCP_CLOSE,
	TCP_CLOSE_WAIT,
	TCP_LAST_ACK,
	TCP_LISTEN,
	TCP_CLOSING,
	TCP_NEW_SYN_RECV,
};
#define TCPF(state) (1U << (state))

enum {
	TCPHDR_FIN = 0x01,
	TCPHDR_SYN = 0x02,
	TCPHDR_RST = 0x04,
	TCPHDR_PSH = 0x08,
	TCPHDR_ACK = 0x10,
	TCPHDR_URG = 0x20,
	TCPHDR_ECE = 0x40,
	TCPHDR_CWR = 0x80,
	TCPHDR_SYN_ECN = TCPHDR_SYN | TCPHDR_ECE | TCPHDR_CWR,
};

/* tcp_sock.ecn_flags: RFC 3168 */
enum {
	TCP_ECN_OK = 1,		/* both ends speak it */
	TCP_ECN_QUEUE_CWR = 2,	/* the next new segment says that less is sent */
	TCP_ECN_DEMAND_CWR = 4, /* a mark came: told in each ACK until the peer says so */
	TCP_ECN_SEEN = 8,
};

/* net.ipv4.tcp_recovery */
enum { TCP_RACK_LOSS_DETECTION = 1, TCP_RACK_STATIC_REO_WND = 2, TCP_RACK_NO_DUPTHRESH = 4 };

enum {
	TCPOPT_EOL,
	TCPOPT_NOP,
	TCPOPT_MSS,
	TCPOPT_WINDOW,
	TCPOPT_SACK_PERM,
	TCPOPT_SACK,
	TCPOPT_TIMESTAMP = 8,
};

enum {
	TCPCB_SACKED = 1,
	TCPCB_RETRANS = 2,
	TCPCB_LOST = 4,
	TCPCB_EVER_RETRANS = 8,
};

/* what the one timer of unanswered segments waits for */
enum tcp_pending {
	TCP_TIME_NONE,
	TCP_TIME_RETRANS,
	TCP_TIME_PROBE0,
	TCP_TIME_LOSS_PROBE,
	TCP_TIME_REO,
};

enum { TCP_URG_VALID = 0x100, TCP_URG_NOTYET = 0x200, TCP_URG_READ = 0x400 };

enum { TCP_NAGLE_OFF = 1, TCP_NAGLE_CORK = 2, TCP_NAGLE_PUSH = 4 };

/* skb->cb in TCP's queues */
struct tcp_skb_cb {
	uint32_t seq, end_seq; /* SYN and FIN count one each */
	uint32_t ack_seq;
	uint8_t flags;	/* TCPHDR_* */
	uint8_t sacked; /* TCPCB_* */
	uint8_t ip_ecn; /* of what came in */
	bool app_limited;
	int64_t when_ns; /* last sent */
	/* tcp_rate.c: as it was then */
	int64_t first_tx_ns, delivered_ns;
	uint32_t delivered;
	uint32_t truesize; /* of what came in: its share of rmem */
	uint32_t head_end; /* tcp_try_coalesce(): where the first of this packet ends */
	uint8_t frags;	   /* segments in it, up to this */
	bool joined;	   /* not its first */
};
_Static_assert(sizeof(struct tcp_skb_cb) <= 64, "fits into skb->cb");
#define TCP_SKB_CB(skb) ((struct tcp_skb_cb *)(uintptr_t)(skb)->cb)

/* What sending waits for; the larger one counts. */
enum tcp_chrono {
	TCP_CHRONO_UNSPEC,
	TCP_CHRONO_BUSY,
	TCP_CHRONO_RWND_LIMITED,
	TCP_CHRONO_SNDBUF_LIMITED,
};

struct tcp_sack_block {
	uint32_t start, end;
};

/* What a segment's options say. */
struct tcp_options {
	bool saw_tstamp, tstamp_ok, sack_ok, wscale_ok;
	bool md5, fastopen_asked; /* RFC 2385; RFC 7413: a cookie is asked for */
	uint8_t snd_wscale;
	uint8_t num_sacks;
	uint16_t mss_clamp; /* 0: none given */
	uint32_t tsval, tsecr;
	struct tcp_sack_block sacks[TCP_MAX_SACKS];
};

/* A segment being sent, before it has bytes. */
struct tcp_out {
	__be32 saddr, daddr;
	__be16 sport, dport;
	uint32_t seq, ack;
	uint8_t flags;
	uint16_t window; /* as on the wire */
	uint16_t urg_ptr;
	bool ect;	/* marked as ECN-capable */
	uint8_t tos;	/* without a socket */
	uint8_t nr_opt; /* bytes, a multiple of 4 */
	uint8_t opt[MAX_TCP_OPTION_SPACE];
};

/* How sockets, requests and TIME_WAITs are found: by addresses and ports. */
enum tcp_hash_kind { TCP_HASH_SOCK, TCP_HASH_REQ, TCP_HASH_TW };
struct tcp_hash_node {
	struct hlist_node node;
	enum tcp_hash_kind kind;
	__be32 saddr, daddr; /* ours, theirs */
	__be16 sport, dport;
};

/* A connection that is only asked for: it has no socket yet. */
struct tcp_request_sock {
	struct tcp_hash_node hash;
	struct list_head list; /* listener->syn_queue */
	struct tcp_sock *listener;
	struct sim_timer timer;
	struct tcp_options opt;
	uint32_t rcv_isn, snt_isn;
	uint32_t ts_recent, ts_off;
	uint32_t rcv_wnd, window_clamp;
	uint16_t mss; /* advertised */
	uint8_t rcv_wscale;
	uint8_t num_timeout, num_retrans;
	bool acked, ecn_ok, cookie;
	uint32_t mark;
	int64_t last_oow_ack_ns;
	int iif;
	int64_t snt_synack_ns;
};

/* What is left of a connection: enough to answer what still comes. */
struct tcp_timewait_sock {
	struct tcp_hash_node hash;
	struct list_head list; /* table->timewaits */
	struct net *net;
	struct sim_timer timer;
	uint8_t substate; /* TCP_FIN_WAIT2 or TCP_TIME_WAIT */
	uint8_t rcv_wscale, tos;
	uint32_t rcv_nxt, snd_nxt, rcv_wnd;
	uint32_t ts_recent, ts_off;
	bool tstamp_ok;
	int64_t expires_ns, ts_recent_stamp_ns, last_oow_ack_ns;
	struct list_head bind_node; /* keeps its port */
	uint16_t num;
};

enum { TCP_CA_RENO, TCP_CA_CUBIC, TCP_CA_COUNT };

/* tcp_cubic.c */
struct tcp_cubic {
	uint32_t cnt, last_max, last_cwnd, origin, k, ack_cnt, reno_cwnd;
	int64_t last_ns, epoch_ns, delay_min_ns;
	/* HyStart */
	int64_t round_start_ns, last_ack_ns, curr_rtt_ns;
	uint32_t end_seq, samples;
	bool found;
};

/* How much may come, and how it is said: the first window, its limit, the shift. */
struct tcp_initial_window {
	uint32_t rcv_wnd, window_clamp;
	uint8_t rcv_wscale;
};

struct tcp_sock {
	struct inet_sock inet; /* first */
	struct tcp_hash_node hash;
	struct list_head bind_node;   /* table->bind[] */
	struct list_head listen_node; /* table->listen[] */
	uint8_t state;
	uint8_t nonagle;
	bool owned_by_user; /* a program is inside connect() or send(): ICMP errors are soft */
	bool was_bound;	    /* bind() chose the port */
	bool destroyed;
	bool fin_wait2_timer;

	/* listening */
	struct list_head syn_queue, accept_queue; /* requests; children by accept_node */
	struct list_head accept_node;
	struct tcp_sock *listener; /* of a child nobody accepted yet */
	uint32_t syn_backlog, accept_backlog, max_ack_backlog;
	bool synflood_warned;
	int64_t synq_overflow_ns; /* when a cookie was sent last; 0: never */

	/* sending */
	struct list_head write_queue; /* not sent yet */
	struct list_head rtx_queue;   /* sent, not acknowledged */
	uint32_t wmem;		      /* what both hold */
	uint32_t snd_una, snd_nxt, snd_wnd, snd_wl1, max_window, write_seq, pushed_seq, snd_sml,
		snd_isn;
	uint32_t mss_cache, advmss, user_mss, pmtu, rx_mss_clamp;
	uint8_t snd_wscale, rcv_wscale;
	bool tstamp_ok, sack_ok, wscale_ok;
	bool pred;	   /* the next header is foreseen: the fast path */
	bool has_sack;	   /* the segment being handled has SACK blocks */
	uint8_t ecn_flags; /* TCP_ECN_* */
	uint16_t inet_id;
	struct rtable *rt; /* the way out, remembered */

	/* receiving: in-order bytes are in sk.receive_queue */
	struct list_head ofo_queue;
	uint32_t rcv_nxt, rcv_wup, rcv_wnd, copied_seq, irs;
	uint32_t window_clamp, rcv_ssthresh, rcvbuf_auto, rcv_mss, last_seg_size;
	uint8_t scaling_ratio; /* of 256 bytes of buffer so many are payload */
	uint32_t forward_alloc;
	struct {
		uint32_t space, seq;
		int64_t time_ns;
	} rcvq_space;
	int64_t rcv_rtt_ns, rcv_rtt_time_ns; /* as the receiver sees it */
	uint32_t rcv_rtt_seq, rcv_rtt_last_tsecr;
	/* urgent data: where ours ends, and the peer's */
	uint32_t snd_up, urg_seq;
	uint16_t urg_data; /* TCP_URG_* and the byte */
	bool urginline;
	uint8_t num_sacks; /* blocks to tell the peer, newest first */
	bool dsack;
	struct tcp_sack_block selective_acks[TCP_MAX_SACKS], duplicate_sack;

	/* acknowledging */
	uint8_t ack_quick, ack_pingpong, ack_pending; /* ACK_* */
	int64_t ack_ato_ns, ack_lrcvtime_ns, lsndtime_ns;
	/* tcp_rate.c: what sending waits for, and how long it waited for each */
	enum tcp_chrono chrono_type;
	int64_t chrono_start, chrono_stat[TCP_CHRONO_SNDBUF_LIMITED + 1]; /* jiffies */
	bool nospace; /* a writer waits for room */
	struct sim_timer delack_timer;
	/* ACKs of what came out of order: after three each stands for several */
	struct sim_timer compressed_ack_timer;
	uint32_t compressed_ack, compressed_ack_rcv_nxt;
	uint8_t dup_ack_counter;

	/* timestamps */
	uint32_t ts_recent, ts_off;
	int64_t ts_recent_stamp_ns;
	uint32_t rcv_tsval, rcv_tsecr;
	bool saw_tstamp;

	/* round trips and timers, in ns */
	int64_t srtt_ns, mdev_ns, mdev_max_ns, rttvar_ns, rto_ns, min_rtt_ns;
	uint32_t rtt_seq;
	struct sim_timer rtx_timer, keepalive_timer;
	enum tcp_pending pending;
	uint8_t retransmits, backoff, probes_out, keepalive_probes_out, syn_retries;
	int64_t retrans_stamp_ns, rcv_tstamp_ns, probes_tstamp_ns;
	uint32_t tlp_high_seq;
	bool tlp_retrans; /* the probe was something sent before */
	int32_t keepalive_time_s, keepalive_intvl_s;
	uint32_t keepalive_probes, user_timeout_ms;
	int32_t linger2_s;
	int64_t last_oow_ack_ns;

	/* congestion */
	enum tcp_ca_state ca_state;
	uint32_t snd_cwnd, snd_ssthresh, snd_cwnd_cnt, prior_ssthresh, high_seq, snd_cwnd_used;
	int64_t snd_cwnd_stamp_ns;
	uint32_t packets_out, sacked_out, lost_out, retrans_out, max_packets_out, max_packets_seq;
	bool is_cwnd_limited, is_sack_reneg;
	uint32_t prr_delivered, prr_out, prior_cwnd;
	uint32_t highest_sack; /* where the highest block ends, while sacked_out */
	uint32_t reordering, reord_seen, dsack_dups, rcv_ooopack;
	uint32_t undo_marker; /* snd_una when the episode began; 0: nothing to take back */
	int32_t undo_retrans; /* sent again and not yet told as duplicate; -1: nothing was sent */
	bool frto;
	bool rack_advanced, rack_dsack_seen;
	uint8_t rack_reo_wnd_steps, rack_reo_wnd_persist;
	uint32_t rack_end_seq, rack_last_delivered;
	int64_t rack_mstamp_ns, rack_rtt_ns;
	/* rate */
	uint32_t delivered, delivered_ce, lost, app_limited, rate_delivered;
	bool rate_app_limited;
	int64_t first_tx_mstamp_ns, delivered_mstamp_ns, rate_interval_ns;
	uint8_t ca;			   /* TCP_CA_RENO, TCP_CA_CUBIC */
	bool ca_setsockopt, ca_dst_locked; /* who chose it */
	struct tcp_cubic cubic;

	bool soft_seen;	   /* an ICMP error came while connect() ran: poll() says so */
	uint64_t rx_cause; /* the packet being handled: what is sent now answers it */
	uint64_t bytes_acked, bytes_received, bytes_sent, bytes_retrans;
	uint32_t segs_in, segs_out, data_segs_in, data_segs_out, total_retrans, sndbuf_auto;
};

enum {
	ACK_SCHED = 1,
	ACK_TIMER = 2,
	ACK_PUSHED = 4,
	ACK_PUSHED2 = 8,
	ACK_NOW = 16,
	ACK_NOMEM = 32
};

#include "ipv4/tcp_inline.h"

/* inet_hashtables.c */
#define TCP_EHASH_SIZE 4096U
#define TCP_BHASH_SIZE 1024U
#define TCP_LHASH_SIZE 32U
struct tcp_hashinfo {
	struct hlist_head ehash[TCP_EHASH_SIZE];
	struct list_head bind[TCP_BHASH_SIZE];	  /* tcp_sock.bind_node */
	struct list_head tw_bind[TCP_BHASH_SIZE]; /* tcp_timewait_sock.bind_node */
	struct list_head listen[TCP_LHASH_SIZE];
	struct list_head timewaits; /* oldest first */
	uint32_t nr_timewaits;
	uint64_t nr_connects; /* index into the stream of chance */
};
struct tcp_hashinfo *tcp_hashinfo(struct net *net);
void tcp_ehash_add(struct net *net, struct tcp_hash_node *n);
void tcp_ehash_del(struct tcp_hash_node *n);
/* ours first; NULL: nobody */
struct tcp_hash_node *tcp_ehash_find(struct net *net, const struct tcp_hash_node *key);
struct tcp_sock *tcp_lookup_listener(struct net *net, __be32 daddr, __be16 dport, int dif);
void tcp_bind_add(struct tcp_sock *tp);
int tcp_get_port(struct tcp_sock *tp, uint16_t port);
int tcp_hash_connect(struct tcp_sock *tp);
bool tcp_listen_conflict(struct tcp_sock *tp);
uint64_t tcp_tuple_hash(struct net *net, const struct tcp_hash_node *key, uint64_t n);
void tcp_net_exit(struct net *net);

/* tcp.c */
int tcp_v4_init_sock(struct inet_sock *inet);
void tcp_init_sock(struct tcp_sock *tp);
void tcp_set_state(struct tcp_sock *tp, uint8_t state);
void tcp_done(struct tcp_sock *tp);
void tcp_destroy_sock(struct tcp_sock *tp); /* an orphan ends; @tp may be freed */
void tcp_write_err(struct tcp_sock *tp);
int tcp_disconnect(struct tcp_sock *tp);
uint32_t tcp_stream_memory_free(const struct tcp_sock *tp);
int tcp_poll(struct sock *sk);
void tcp_get_info(const struct tcp_sock *tp, struct tcp_info *info);
/* tcp_sockopt.c */
int tcp_setsockopt(struct sock *sk, int level, int name, const void *val, uint32_t len);
int tcp_getsockopt(struct sock *sk, int level, int name, void *val, uint32_t *len);
int tcp_ioctl(struct ng_task *task, struct sock *sk, unsigned long request, void *arg);
/* tcp_close.c */
int tcp_shutdown(struct sock *sk, int how);
void tcp_release(struct sock *sk);
/* tcp_recvmsg.c */
void tcp_eat_skb(struct tcp_sock *tp, struct sk_buff *skb);
ssize_t tcp_recvmsg(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags);
int tcp_error_take(struct sock *sk, int otherwise);

/* tcp_ipv4.c */
int tcp_v4_connect(struct ng_task *task, struct sock *sk, const void *addr, uint32_t addrlen);
void tcp_v4_err(struct sk_buff *skb, uint32_t info);
void tcp_v4_send_reset(struct sk_buff *skb, const struct tcphdr *th, struct tcp_sock *tp,
		       enum skb_owner owner);
struct rtable *tcp_route(struct tcp_sock *tp); /* borrowed; NULL: no way */
int tcp_v4_send(struct net *net, struct tcp_sock *tp, struct rtable *rt, const struct tcp_out *out,
		struct sk_buff *skb);
uint32_t tcp_dst_advmss(const struct rtable *rt);
void tcp_ca_dst_init(struct tcp_sock *tp, const struct rtable *rt);

/* tcp_input.c */
bool tcp_parse_options(const struct tcphdr *th, struct tcp_options *opt, bool estab);
void tcp_rcv_established(struct tcp_sock *tp, struct sk_buff *skb);
/* the state machine; consumes. true: the peer gets a RST (the segment is still the caller's) */
bool tcp_rcv_state_process(struct tcp_sock *tp, struct sk_buff *skb);
void tcp_reset(struct tcp_sock *tp);
/* tcp_validate.c */
bool tcp_validate_incoming(struct tcp_sock *tp, struct sk_buff *skb, const struct tcphdr *th);
void tcp_send_challenge_ack(struct tcp_sock *tp);
void tcp_store_ts_recent(struct tcp_sock *tp);
bool tcp_may_update_window(const struct tcp_sock *tp, uint32_t ack, uint32_t seq, uint32_t wnd);
bool tcp_oow_rate_limited(struct net *net, int mib, int64_t *last_ns);
void tcp_replace_ts_recent(struct tcp_sock *tp, uint32_t seq);
void tcp_fast_path_check(struct tcp_sock *tp);
void tcp_init_buffer_space(struct tcp_sock *tp);
/* tcp_ack.c */
int tcp_ack(struct tcp_sock *tp, const struct sk_buff *skb, uint32_t flag);
void tcp_rtt_sample(struct tcp_sock *tp, int64_t rtt_ns);
void tcp_synack_rtt_meas(struct tcp_sock *tp, int64_t rtt_ns);
void tcp_rearm_rto(struct tcp_sock *tp);
void tcp_update_wl_and_wnd(struct tcp_sock *tp, uint32_t seq, uint32_t wnd);
void tcp_clear_retrans(struct tcp_sock *tp);
void tcp_check_space(struct tcp_sock *tp);
/* tcp_recovery.c, tcp_fastretrans.c, tcp_rate.c */
void tcp_rack_reo_timeout(struct tcp_sock *tp);
void tcp_enter_loss(struct tcp_sock *tp);
void tcp_simple_retransmit(struct tcp_sock *tp);
void tcp_rate_skb_sent(struct tcp_sock *tp, struct tcp_skb_cb *cb);
void tcp_rate_check_app_limited(struct tcp_sock *tp);
void tcp_chrono_start(struct tcp_sock *tp, enum tcp_chrono type);
void tcp_chrono_stop(struct tcp_sock *tp, enum tcp_chrono type);
void tcp_chrono_info(const struct tcp_sock *tp, struct tcp_info *info);
/* tcp_data.c */
void tcp_data_queue(struct tcp_sock *tp, struct sk_buff *skb);
void tcp_data_queue_fast(struct tcp_sock *tp, struct sk_buff *skb);
/* tcp_rcvbuf.c */
void tcp_rcv_space_adjust(struct tcp_sock *tp);
void tcp_initialize_rcv_mss(struct tcp_sock *tp);
void tcp_rcv_rtt_measure_ts(struct tcp_sock *tp, const struct sk_buff *skb);
void tcp_rcv_rtt_measure(struct tcp_sock *tp);
void tcp_rcvbuf_grow(struct tcp_sock *tp, uint32_t space);
void tcp_grow_window(struct tcp_sock *tp, const struct sk_buff *skb);
void tcp_measure_rcv_mss(struct tcp_sock *tp, const struct sk_buff *skb);
/* tcp_urg.c */
void tcp_urg(struct tcp_sock *tp, const struct sk_buff *skb, const struct tcphdr *th);
size_t tcp_urg_limit(const struct tcp_sock *tp, uint32_t seq, size_t n, size_t done);
void tcp_skip_urgent(struct tcp_sock *tp);
ssize_t tcp_recv_urg(struct tcp_sock *tp, struct msghdr *msg, int flags);
void tcp_fin(struct tcp_sock *tp);
void tcp_ack_snd_check(struct tcp_sock *tp);
void tcp_event_data_recv(struct tcp_sock *tp, const struct sk_buff *skb);
void tcp_enter_quickack_mode(struct tcp_sock *tp, uint32_t max_quickacks);
void tcp_dsack_set(struct tcp_sock *tp, uint32_t seq, uint32_t end_seq);
void tcp_ofo_purge(struct tcp_sock *tp);

/* tcp_options.c */
uint8_t tcp_nr_sack_blocks(const struct tcp_sock *tp);
void tcp_put_options(struct tcp_sock *tp, struct tcp_out *out);
void tcp_syn_out(struct tcp_sock *tp, struct tcp_out *out);

/* tcp_output.c */
void tcp_connect_init(struct tcp_sock *tp);
void tcp_connect(struct tcp_sock *tp);
uint32_t tcp_sync_mss(struct tcp_sock *tp, uint32_t pmtu);
uint32_t tcp_current_mss(struct tcp_sock *tp);
uint32_t __tcp_select_window(struct tcp_sock *tp);
void tcp_select_initial_window(const struct tcp_sock *tp, const struct rtable *rt, uint32_t mss,
			       bool wscale_ok, struct tcp_initial_window *ret);
void tcp_write_xmit(struct tcp_sock *tp, int nonagle, int push_one);
void tcp_push_pending_frames(struct tcp_sock *tp);
void tcp_send_ack(struct tcp_sock *tp);
void tcp_send_fin(struct tcp_sock *tp);
void tcp_send_synack(struct tcp_sock *tp);
void tcp_send_active_reset(struct tcp_sock *tp);
int tcp_retransmit_skb(struct tcp_sock *tp, struct sk_buff *skb);
int tcp_transmit_skb(struct tcp_sock *tp, struct sk_buff *skb);
void tcp_send_delayed_ack(struct tcp_sock *tp);
void tcp_send_probe0(struct tcp_sock *tp);
int tcp_write_wakeup(struct tcp_sock *tp, int mib);
void tcp_send_loss_probe(struct tcp_sock *tp);
bool tcp_schedule_loss_probe(struct tcp_sock *tp, bool advancing_rto);
void tcp_xmit_retransmit_queue(struct tcp_sock *tp);
int64_t tcp_probe0_when(const struct tcp_sock *tp);
void tcp_free_queued(struct tcp_sock *tp, struct sk_buff *skb);
struct sk_buff *tcp_alloc_queued(struct tcp_sock *tp, uint32_t room);
void tcp_make_synack(struct net *net, const struct tcp_request_sock *req, struct tcp_out *out);
int tcp_fragment(struct tcp_sock *tp, struct list_head *q, struct sk_buff *skb, uint32_t len);
void tcp_adjust_mss(struct tcp_sock *tp);

/* tcp_timer.c */
void tcp_init_xmit_timers(struct tcp_sock *tp);
void tcp_clear_xmit_timers(struct tcp_sock *tp);
int64_t tcp_wheel(int64_t now, int64_t len_ns);
void tcp_reset_xmit_timer(struct tcp_sock *tp, enum tcp_pending what, int64_t when_ns);
void tcp_clear_xmit_timer(struct tcp_sock *tp);
void tcp_reset_keepalive_timer(struct tcp_sock *tp, int64_t len_ns);
void tcp_delete_keepalive_timer(struct tcp_sock *tp);
void tcp_set_keepalive(struct sock *sk, bool on);
int64_t tcp_keepalive_time_when(const struct tcp_sock *tp);
int64_t tcp_fin_time(const struct tcp_sock *tp);
void tcp_check_probe_timer(struct tcp_sock *tp);

/* tcp_minisocks.c */
void tcp_conn_request(struct tcp_sock *listener, struct sk_buff *skb); /* consumes */
void tcp_check_req(struct tcp_request_sock *req, struct sk_buff *skb); /* consumes */
void tcp_reqsk_free(struct tcp_request_sock *req);
void tcp_time_wait(struct tcp_sock *tp, uint8_t substate, int64_t timeo_ns);
void tcp_timewait_rcv(struct tcp_timewait_sock *tw, struct sk_buff *skb); /* consumes */
void tcp_timewait_free(struct tcp_timewait_sock *tw);

/* tcp_syncookies.c */
uint32_t tcp_cookie_isn(struct net *net, struct tcp_request_sock *req);
uint32_t tcp_cookie_ts(const struct tcp_request_sock *req, uint32_t now_ms);
bool tcp_cookie_check(struct net *net, struct tcp_request_sock *req, const struct sk_buff *skb);
/* an ACK to a listener: consumes and returns true when it answers a cookie */
bool tcp_cookie_ack(struct tcp_sock *listener, struct sk_buff *skb);

/* tcp_cong.c */
void tcp_cong_avoid(struct tcp_sock *tp, uint32_t acked);
uint32_t tcp_ca_ssthresh(struct tcp_sock *tp);
void tcp_ca_reset(struct tcp_sock *tp);
void tcp_ca_acked(struct tcp_sock *tp, int64_t rtt_ns);
void tcp_ca_tx_start(struct tcp_sock *tp, int64_t idle_ns);
uint32_t tcp_slow_start(struct tcp_sock *tp, uint32_t acked);
void tcp_cong_avoid_ai(struct tcp_sock *tp, uint32_t w, uint32_t acked);
const char *tcp_ca_name(const struct tcp_sock *tp);
/* tcp_cubic.c */
void cubic_reset(struct tcp_sock *tp);
void cubic_cong_avoid(struct tcp_sock *tp, uint32_t acked);
uint32_t cubic_ssthresh(struct tcp_sock *tp);
void cubic_tx_start(struct tcp_sock *tp, int64_t idle_ns);
void cubic_acked(struct tcp_sock *tp, int64_t rtt_ns);
void tcp_cwnd_validate(struct tcp_sock *tp, bool is_cwnd_limited);
void tcp_slow_start_after_idle_check(struct tcp_sock *tp);

#endif
