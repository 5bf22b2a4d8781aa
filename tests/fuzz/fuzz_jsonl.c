/* fuzz/fuzz_jsonl.c: any bytes into the reader of trace files; what loads must come back the same, in every
 * format. */
#include "event/trace.h"
#include "format/format.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct text {
    char *bytes;
    size_t len;
};

static bool load(struct trace *trace, const void *bytes, size_t len)
{
    FILE *in = fmemopen((void *)bytes, len, "r");
    struct err err;
    bool ok;

    trace_init(trace);
    if (!in)
        return false;
    ok = format_by_name("jsonl")->read(in, "fuzz", &trace->sink, &trace->cut, &err);
    fclose(in);
    return ok;
}

static struct text write_as(const struct format *format, const struct trace *trace)
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

static void check_identity(const struct trace *trace)
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
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trace trace;

    if (load(&trace, data, size)) {
        check_identity(&trace);
        for (size_t i = 0; format_at(i); i++)
            free(write_as(format_at(i), &trace).bytes);
    }
    trace_release(&trace);
    return 0;
}
