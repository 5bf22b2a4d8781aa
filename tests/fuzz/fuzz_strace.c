/* fuzz/fuzz_strace.c: any bytes into the reader of strace's logs; what loads goes through trace files and
 * back. */
#include "formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trace trace;

    if (load_as("strace", &trace, data, size))
        check_formats(&trace);
    trace_release(&trace);
    return 0;
}
