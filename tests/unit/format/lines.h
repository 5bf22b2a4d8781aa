/* unit/format/lines.h: traces from text and back to text, for the tests of this folder. */
#ifndef UNIT_FORMAT_LINES_H
#define UNIT_FORMAT_LINES_H

#include "../suite.h"

#include "event/trace.h"
#include "format/format.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                                 \
    "{\"sockdrill\": 1, \"version\": \"0.1.0\", \"linux\": \"6.1.0\", \"arch\": \"x86_64\", "                \
    "\"began_ns\": \"1700000000123456789\", \"isolation\": \"\", \"no_new_privs\": false, \"params\": {}}\n"

/* What stands in front of the members that a test is about. */
#define EVENT(seq, kind)                                                                                     \
    "{\"seq\": " #seq ", \"event\": \"" kind "\", \"start_ns\": " #seq "000000, \"end_ns\": " #seq "500000," \
    " "

/* Reads JSON Lines into a trace that the caller releases. */
static inline bool lines_try(struct trace *trace, const char *text, size_t len, struct err *err)
{
    FILE *in = tmpfile();
    bool ok;

    ck_assert_ptr_nonnull(in);
    fwrite(text, 1, len, in);
    rewind(in);
    trace_init(trace);
    ok = format_by_name("jsonl")->read(in, "in", &trace->sink, &trace->cut, err);
    fclose(in);
    return ok;
}

static inline void lines_load(struct trace *trace, const char *text)
{
    struct err err = {.msg = ""};

    ck_assert_msg(lines_try(trace, text, strlen(text), &err), "%s", err.msg);
}

/* What is written as JSON Lines is left for tests/format/records where that asked for it. */
static inline void lines_keep(const char *text)
{
    const char *folder = getenv("TRACES");
    char *path = NULL;
    FILE *out;

    if (!folder)
        return;
    ck_assert_int_gt(asprintf(&path, "%s/unit.format.%s", folder, program_invocation_short_name), 0);
    out = fopen(path, "ae");
    ck_assert_ptr_nonnull(out);
    fputs(text, out);
    fclose(out);
    free(path);
}

/* What a format makes of a trace; the caller frees it. */
static inline char *lines_render(const struct trace *trace, const char *format,
                                 const struct format_opts *opts)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    struct sink *sink = format_by_name(format)->writer(out, opts);

    sink_begin(sink, &trace->head);
    for (size_t i = 0; i < trace->events.len; i++)
        sink_event(sink, trace->events.items[i]);
    sink_end(sink);
    fclose(out);
    return text;
}

/* The same of a trace as a tracer might write it. */
static inline char *lines_write(const struct trace *trace, const char *format, const struct format_opts *opts)
{
    char *text = lines_render(trace, format, opts);

    if (strcmp(format, "jsonl") == 0)
        lines_keep(text);
    return text;
}

/* Reads `events` (behind HEAD), writes them in `format` and compares. */
static inline void lines_expect(const char *events, const char *format, const struct format_opts *opts,
                                const char *expected)
{
    char *text = NULL, *out;
    struct trace trace;

    ck_assert_int_gt(asprintf(&text, "%s%s", HEAD, events), 0);
    lines_load(&trace, text);
    out = lines_write(&trace, format, opts);
    ck_assert_str_eq(out, expected);
    free(out);
    free(text);
    trace_release(&trace);
}

#endif
