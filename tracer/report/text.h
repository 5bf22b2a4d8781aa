/* report/text.h: verdicts in words, for people, one after the other as they come. */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "report/outcome.h"
#include "report/report.h"

/* verdicts[i]; those before it have been written. */
void text_add(struct buf *out, const struct verdict *const *verdicts, size_t i,
              const struct report_opts *opts);

/* `✗ tcp-echo does not hold: server: listen is missing`, any bytes escaped, without a newline. `first` is
 * what is said of it in one line, or "". */
void text_headline(struct buf *out, enum outcome_result result, const char *name, const char *first,
                   bool color);

/* What follows the last one, where there are several: how many there were of each kind, and of those that do
 * not hold the first words again. */
void text_summary(struct buf *out, const struct outcome *const *outcomes, size_t len, bool color);

#endif
