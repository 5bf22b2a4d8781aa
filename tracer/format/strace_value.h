/* format/strace_value.h: values exactly as strace 6.1 writes them. */
#ifndef FORMAT_STRACE_VALUE_H
#define FORMAT_STRACE_VALUE_H

#include "event/event.h"
#include "format/format.h"

/* `event` (or NULL) is the one that the value belongs to: -y shows its addresses. */
void strace_value(struct buf *out, const struct value *value, const struct event *event,
                  const struct format_opts *opts);

/* A constant as -X asks: its name, or its number with what the table says of unknown ones (AF_???) as a
 * comment behind it. */
void strace_constant(struct buf *out, const struct nametab *tab, uint64_t n, const struct format_opts *opts);

#endif
