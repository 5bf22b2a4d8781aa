/* cmd/explain.h: what the text and the JSON of `sockdrill explain` have in common. */
#ifndef CMD_EXPLAIN_H
#define CMD_EXPLAIN_H

#include "base/buf.h"
#include "cmd/question.h"

/* "calls", "states", … */
extern const char *const explain_kinds[TOPIC_KINDS];

/* "proved" */
const char *explain_sureness(enum confidence confidence);

/* What rules_sign_at told, with N and M for its numbers and `…` for its events. */
char *explain_sign(const char *what, struct arena *arena);

/* The answer as one JSON object and a newline. */
void explain_json(struct buf *out, const struct question *question, struct arena *arena);

#endif
