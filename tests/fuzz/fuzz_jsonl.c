/* fuzz/fuzz_jsonl.c: any bytes into the reader of trace files; what loads must come back the same, in every
 * format. */
#include "formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trace trace;

    if (load(&trace, data, size))
        check_formats(&trace);
    trace_release(&trace);
    return 0;
}
