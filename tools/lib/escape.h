/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * escape.h - names and texts from strangers, safe to print in each format
 *
 * An interface or namespace may be called anything: escape sequences, quotes,
 * "</script>", bytes that are no UTF-8.
 */
#ifndef TOOLS_LIB_ESCAPE_H
#define TOOLS_LIB_ESCAPE_H

#include <glib.h>

/*
 * Printable ASCII as it is, a backslash doubled, all else as \xNN: one line, one column a byte, no control
 * sequence. To be freed.
 */
char *text_escape(const char *s);
/* The same, but a backslash stays as it is: for the lines of a script. */
char *text_printable(const char *s);
/* text_escape(), then & < > " ' as entities: SVG, HTML. */
char *text_escape_xml(const char *s);
/* Inside "..." of Graphviz. */
char *text_escape_dot(const char *s);
/* Inside "..." of Mermaid: entities, also for # and ; */
char *text_escape_mermaid(const char *s);

#endif
