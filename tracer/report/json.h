/* report/json.h: members of JSON objects, for reports. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

void json_text(struct buf *out, const char *key, const char *text);
void json_number(struct buf *out, const char *key, uint64_t n);
void json_bool(struct buf *out, const char *key, bool is);
void json_null(struct buf *out, const char *key);

/* A member that is an object or a list: `opening` is its `{` or `[`. The caller closes it. */
void json_open(struct buf *out, const char *key, char opening);

/* The next item of a list, the same way. */
void json_item(struct buf *out, char opening);

#endif
