/* fuzz/formats.h: a trace through every format, and through trace files back. */
#ifndef FUZZ_FORMATS_H
#define FUZZ_FORMATS_H

#include "event/trace.h"
#include "format/format.h"

#include <stdlib.h>
#include <string.h>

struct text {
    char *bytes;
    size_t len;
};

static inline bool load_as(const char *format, struct trace *trace, const void *bytes, size_t len)
{
    FILE *in = fmemopen((void *)bytes, len, "r");
    struct err err;
    bool ok;

    trace_init(trace);
    if (!in)
        return false;
    ok = format_by_name(format)->read(in, "fuzz", &trace->sink, &trace->cut, &err);
    fclose(in);
    return ok;
}

static inline bool load(struct trace *trace, const void *bytes, size_t len)
{
    return load_as("jsonl", trace, bytes, len);
}

static inline struct text write_as(const struct format *format, const struct trace *trace)
{
    struct text text = {0};
    FILE *out = open_memstream(&text.bytes, &text.len);
    struct format_opts opts = {.strlen_max = 8,
                               .column = 20,
                               .fds = FD_INFO_PATH | FD_INFO_SOCKET,
                               .duration = {TIME_SPAN, 6},
                               .consts = CONST_VERBOSE,
                               .hex = HEX_CHARS,
                               .kernel = true,
                               .pids = true,
                               .width = 60};
    struct sink *sink = format->writer(out, &opts);

    sink_begin(sink, &trace->head);
    for (size_t i = 0; i < trace->events.len; i++)
        sink_event(sink, trace->events.items[i]);
    sink_end(sink);
    fclose(out);
    return text;
}

/* What is written comes back the same, and every other format can write it. */
static inline void check_formats(const struct trace *trace)
{
    struct text first = write_as(format_by_name("jsonl"), trace), second;
    struct trace back;

    if (!load(&back, first.bytes, first.len) || back.cut)
        abort();
    second = write_as(format_by_name("jsonl"), &back);
    if (first.len != second.len || memcmp(first.bytes, second.bytes, first.len) != 0)
        abort();
    free(first.bytes);
    free(second.bytes);
    trace_release(&back);
    for (size_t i = 0; format_at(i); i++)
        free(write_as(format_at(i), trace).bytes);
}

#endif
