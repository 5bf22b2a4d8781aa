/* format/writers.h: what each format gives to the registry. */
#ifndef FORMAT_WRITERS_H
#define FORMAT_WRITERS_H

#include "format/format.h"

struct sink *text_writer(FILE *out, const struct format_opts *opts);
struct sink *strace_writer(FILE *out, const struct format_opts *opts);
struct sink *jsonl_writer(FILE *out, const struct format_opts *opts);

bool jsonl_read(FILE *in, const char *name, struct sink *sink, bool *cut, struct err *err);

bool log_read(FILE *in, const char *name, struct sink *sink, bool *cut, struct err *err);
bool log_read_all(const struct format_input *inputs, size_t len, struct sink *sink, bool *cut,
                  struct err *err);

/* Does a file that begins so (or is as short as that) hold a trace in JSON Lines? */
bool jsonl_sniff(const char *head, size_t len);

#endif
