/* format/text_value.h: values for people: addresses short, data with its length, numbers plain. */
#ifndef FORMAT_TEXT_VALUE_H
#define FORMAT_TEXT_VALUE_H

#include "event/event.h"
#include "format/format.h"

/* `event` (or NULL) is the one that the value belongs to: what it did not fill in is shown as `…`. */
void text_value(struct buf *out, const struct value *value, const struct event *event,
                const struct format_opts *opts);

#endif
