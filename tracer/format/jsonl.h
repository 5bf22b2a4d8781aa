/* format/jsonl.h: what the writer and the reader of trace files share, and the halves of the writer. */
#ifndef FORMAT_JSONL_H
#define FORMAT_JSONL_H

#include "event/sink.h"

/* The word for enum int_form `i`; NULL where there is none. */
const char *jsonl_int_form(size_t i);

/* Append a value; append fields as members of the object that is open. */
void jsonl_value(struct buf *out, const struct value *value);
void jsonl_fields(struct buf *out, const struct field *fields, size_t len);

/* Values deeper than this are refused: no call has them, and readers walk them recursively. */
enum { JSONL_MAX_DEPTH = 64 };

#endif
