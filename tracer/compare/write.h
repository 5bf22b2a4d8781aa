/* compare/write.h: a comparison for people and for machines. */
#ifndef COMPARE_WRITE_H
#define COMPARE_WRITE_H

#include "compare/compare.h"
#include "report/report.h"

/* Of the files that are compared, as the user wrote them. */
struct compare_names {
    const char *old, *now;
};

/* As text: each socket whose story differs with its lines, `-` only in the old trace, `+` only in the new
 * one. Around what differs stand `context` lines. A summary line at the end. No byte of it moves a cursor. */
void compare_write_text(struct buf *out, const struct comparison *comparison,
                        const struct compare_names *names, size_t context, const struct report_opts *opts);

/* As one JSON object and a newline: compare/diff.schema.json. */
void compare_write_json(struct buf *out, const struct comparison *comparison,
                        const struct compare_names *names);

/* The same of traces that could not be compared. `why` is a sentence without a full stop. */
void compare_write_json_why(struct buf *out, const struct compare_names *names, const char *why);

#endif
