/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * refused.c - what never became a packet: calls of programs that the kernel refused
 */
#include <errno.h>
#include <string.h>

#include "../lib/escape.h"
#include "explain.h"

/* connect() that goes on in the background, nothing to read yet: no refusals */
static bool is_refusal(const struct ng_trace_event *ev)
{
	if (ev->kind != NG_TRACE_SYSRET || ev->sysret.result >= 0)
		return false;
	if (ev->sysret.result == -EINPROGRESS || ev->sysret.result == -EAGAIN)
		return false;
	return !g_strcmp0(ev->sysret.name, "connect") || !g_strcmp0(ev->sysret.name, "sendmsg");
}

/* The call that @ret ends, and what the routes said meanwhile. NULL: there was a packet. */
static const struct ng_trace_event *call_of(const struct explain *x, size_t ret,
					    const struct ng_trace_event **route)
{
	const struct ng_trace_event *end = tracelog_at(x->log, ret);

	*route = NULL;
	while (ret-- > 0) {
		const struct ng_trace_event *ev = tracelog_at(x->log, ret);

		if (ev->kind == NG_TRACE_BORN && ev->netns_id == end->netns_id)
			return NULL;
		if (ev->kind == NG_TRACE_ROUTE && ev->route.error && !ev->packet.id &&
		    ev->netns_id == end->netns_id)
			*route = ev;
		if (ev->kind == NG_TRACE_SYSCALL && ev->syscall.pid == end->sysret.pid &&
		    ev->syscall.fd == end->sysret.fd)
			return ev;
	}
	return NULL;
}

static void put_why(struct explain *x, const struct ng_trace_event *route, GString *s)
{
	g_autofree char *addr = ip_text(route->route.daddr);
	g_autofree char *from = ip_text(route->route.saddr);
	g_autofree char *line = line_words(x, route->route.route_origin);

	if (route->route.has_route)
		g_string_append_printf(s, "; a route of type %s says so%s", route->route.type,
				       line);
	else if (route->route.error == -EINVAL && route->route.saddr)
		g_string_append_printf(s, "; a packet with the source %s may not leave that way",
				       from);
	else
		g_string_append_printf(s, "; no route leads to %s", addr);
}

/**
 * refused() - The refusals, a sentence each
 * @x: the run
 *
 * Return: char *, to be unref'd.
 */
GPtrArray *refused(struct explain *x)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < x->nr_events; i++) {
		const struct ng_trace_event *ev = tracelog_at(x->log, i), *route, *call;
		g_autofree char *comm = NULL, *ns = NULL;
		GString *s;

		if (!is_refusal(ev))
			continue;
		call = call_of(x, i, &route);
		if (!call)
			continue;
		comm = text_printable(ev->sysret.comm ? ev->sysret.comm : "?");
		ns = text_printable(ev->netns ? ev->netns : "?");
		s = g_string_new(NULL);
		g_string_append_printf(s, "line %u: %s in %s: %s",
				       scene_line(&x->scene, ev->command.line), comm, ns,
				       ev->sysret.name);
		if (call->syscall.addr) {
			g_autofree char *addr = ip_text(call->syscall.addr);

			g_string_append_printf(s, " to %s", addr);
		}
		g_string_append_printf(s, ": %s", g_strerror((int)-ev->sysret.result));
		if (route)
			put_why(x, route, s);
		g_ptr_array_add(all, g_string_free(s, FALSE));
	}
	return all;
}
