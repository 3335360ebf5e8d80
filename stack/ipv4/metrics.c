/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * metrics.c - what a route says of the way: MTU, windows, timeouts
 *
 * mirrors net/ipv4/metrics.c
 *
 * CONTROL. Read by dst_metric().
 */
#include <errno.h>

#include "core/rtnetlink.h"
#include "ipv4/fib.h"
#include "ipv4/netns_ipv4.h"

/**
 * tcp_ca_key() - The number a congestion control's name stands for in metrics
 * @nla: RTAX_CC_ALGO
 *
 * Return: 1 and up; 0 when there is none of this name.
 */
uint32_t tcp_ca_key(const struct nlattr *nla)
{
	char name[16];
	int ca;

	nla_strscpy(name, nla, sizeof(name));
	ca = tcp_ca_find(name, strlen(name));
	return ca < 0 ? 0 : (uint32_t)ca + 1;
}

/**
 * ip_metrics_convert() - Reads RTA_METRICS
 * @mx: the attribute
 * @metrics: RTAX_MAX values, zeroed by the caller
 * @extack: the kernel's sentence on refusal, or NULL
 *
 * Return: 0 or -EINVAL.
 */
int ip_metrics_convert(const struct nlattr *mx, uint32_t *metrics, struct ng_extack *extack)
{
	const struct nlattr *nla;
	size_t left;

	nla_for_each_nested(nla, mx, left) {
		unsigned int type = nla_type(nla);
		uint32_t val;

		if (!type)
			continue;
		if (type > RTAX_MAX) {
			NG_SET_ERR_MSG(extack, "Invalid metric type");
			return -EINVAL;
		}
		if (type == RTAX_CC_ALGO) {
			val = tcp_ca_key(nla);
			if (!val) {
				NG_SET_ERR_MSG(extack, "Unknown tcp congestion algorithm");
				return -EINVAL;
			}
			metrics[type - 1] = val;
			continue;
		}
		if (nla_len(nla) != sizeof(uint32_t)) {
			NG_SET_ERR_MSG(extack, "Invalid attribute in metrics");
			return -EINVAL;
		}
		val = nla_get_u32(nla);
		if (type == RTAX_ADVMSS && val > 65535 - 40)
			val = 65535 - 40;
		if (type == RTAX_MTU && val > 65535 - 15)
			val = 65535 - 15;
		if (type == RTAX_HOPLIMIT && val > 255)
			val = 255;
		if (type == RTAX_FEATURES && (val & ~(uint32_t)RTAX_FEATURE_MASK)) {
			NG_SET_ERR_MSG(extack,
				       "Unknown flag set in feature mask in metrics attribute");
			return -EINVAL;
		}
		metrics[type - 1] = val;
	}
	return 0;
}

/**
 * rtnetlink_put_metrics() - Writes RTA_METRICS unless all are zero
 * @buf: the message
 * @metrics: RTAX_MAX values
 */
void rtnetlink_put_metrics(struct nl_buf *buf, const uint32_t *metrics)
{
	size_t nest = nla_nest_start(buf, RTA_METRICS);
	bool any = false;

	for (unsigned int i = 0; i < RTAX_MAX; i++) {
		if (!metrics[i])
			continue;
		if (i == RTAX_CC_ALGO - 1)
			nla_put_string(buf, RTAX_CC_ALGO, tcp_ca_name_of((int)metrics[i] - 1));
		else
			nla_put_u32(buf, (uint16_t)(i + 1), metrics[i]);
		any = true;
	}
	if (any)
		nla_nest_end(buf, nest);
	else
		nla_nest_cancel(buf, nest);
}
