/* fuzz/fuzz_outcome.c: any bytes into the reader of outcomes; what is read comes back the same, and every
 * report can be written of it. */
#include "base/bug.h"
#include "report/outcome.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void comes_back(const struct outcome *outcome, struct arena *arena)
{
    struct buf first = {0}, second = {0};
    const struct outcome *again;
    struct err err;

    outcome_write(&first, outcome);
    again = outcome_read(first.data, first.len, arena, &err);
    if (!again)
        BUG("what was written can't be read: %s", err.msg);
    outcome_write(&second, again);
    if (first.len != second.len || memcmp(first.data, second.data, first.len) != 0)
        BUG("it comes back as something else");
    buf_release(&first);
    buf_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct report_set set = {.title = "fuzz", .version = "0"};
    struct arena arena = {0};
    struct err err = {0};
    const struct outcome *outcome = outcome_read((const char *)data, size, &arena, &err);
    const struct report *report;

    if (!outcome && !err.msg[0])
        BUG("no outcome, and no reason");
    if (outcome)
        comes_back(outcome, &arena);
    for (size_t i = 0; outcome && (report = report_at(i)); i++) {
        struct buf out = {0};

        report->write(&out, &outcome, 1, &set);
        buf_release(&out);
    }
    arena_release(&arena);
    return 0;
}
