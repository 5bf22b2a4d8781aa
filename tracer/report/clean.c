/* report/clean.c: escapes, and what is too long. */
#include "report/clean.h"

#include "base/quote.h"

#include <string.h>

/* The first `most` bytes of valid UTF-8, or one, two or three fewer: no character is cut. */
static size_t whole_chars(const char *text, size_t most)
{
    while (most && ((uint8_t)text[most] & 0xc0) == 0x80)
        most--;
    return most;
}

static void add_piece(struct buf *out, const char *bytes, size_t len)
{
    const char *tab;

    for (; (tab = memchr(bytes, '\t', len)); len -= (size_t)(tab + 1 - bytes), bytes = tab + 1) {
        quote_terminal(out, bytes, (size_t)(tab - bytes));
        buf_addc(out, '\t');
    }
    quote_terminal(out, bytes, len);
}

static void cut(struct buf *out, size_t from)
{
    size_t len = out->len - from, kept;

    if (len <= CLEAN_LINE_MOST)
        return;
    kept = whole_chars(out->data + from, CLEAN_LINE_MOST);
    buf_cut(out, from + kept);
    buf_addf(out, "… (%zu more)", len - kept);
}

void clean_line(struct buf *out, const char *bytes, size_t len)
{
    size_t from = out->len;

    quote_terminal(out, bytes, len);
    cut(out, from);
}

void clean_lines(struct buf *out, const char *bytes, size_t len)
{
    while (len) {
        const char *end = memchr(bytes, '\n', len);
        size_t n = end ? (size_t)(end - bytes) : len, from = out->len;

        add_piece(out, bytes, n);
        cut(out, from);
        if (end)
            buf_addc(out, '\n');
        n += end != NULL;
        bytes += n;
        len -= n;
    }
}

uint64_t clean_text(struct buf *out, const char *bytes, size_t len)
{
    size_t kept = len;

    if (len > CLEAN_TEXT_MOST) {
        kept = CLEAN_TEXT_MOST;
        /* Three bytes are the most that a cut character leaves behind. */
        for (size_t back = 0; back < 4 && kept - back > 0; back++)
            if (((uint8_t)bytes[kept - back] & 0xc0) != 0x80) {
                kept -= back;
                break;
            }
    }
    clean_lines(out, bytes, kept);
    return len - kept;
}

bool clean_is(const char *bytes, size_t len, bool lines)
{
    const uint8_t *s = (const uint8_t *)bytes;

    for (size_t i = 0, n; i < len; i += n) {
        n = quote_utf8_len(s + i, len - i);
        if (n == 0 || (n == 2 && s[i] == 0xc2 && s[i + 1] < 0xa0))
            return false;
        if (n == 1 && (s[i] < 0x20 || s[i] == 0x7f) && !(lines && (s[i] == '\n' || s[i] == '\t')))
            return false;
    }
    return true;
}
