/* fuzz/fuzz_mark.c: any bytes into the reader of a class' records; of what is read a summary can be made. */
#include "base/bug.h"
#include "grade/roster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct err err = {0};
    const struct mark *mark = mark_read((const char *)data, size, &arena, &err);
    const struct mark *const marks[] = {mark, mark};
    struct roster roster;
    struct buf out = {0};

    if (!mark && !err.msg[0])
        BUG("no record, and no reason");
    if (mark) {
        roster_make(&roster, marks, 2, true);
        roster_write_csv(&out, &roster);
        roster_write_json(&out, &roster);
        roster_write_text(&out, &roster, true);
        roster_release(&roster);
    }
    buf_release(&out);
    arena_release(&arena);
    return 0;
}
