/* expect/need.c: the words behind `requires`. */
#include "expect/need.h"

static const struct {
    const char *word;
    bool has_version;
} rows[] = {
#define NEED_ROW(name, word, has_version) [NEED_##name] = {word, has_version},
    NEEDS(NEED_ROW)
#undef NEED_ROW
};

const char *need_word(enum need_kind kind)
{
    return rows[kind].word;
}

bool need_has_version(enum need_kind kind)
{
    return rows[kind].has_version;
}

void need_text(struct buf *out, const struct need *need)
{
    buf_adds(out, rows[need->kind].word);
    if (rows[need->kind].has_version)
        buf_addf(out, " %u.%u", need->major, need->minor);
}
