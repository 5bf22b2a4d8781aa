/* format/jout.c: numbers, strings and commas. */
#include "format/jout.h"

#include "base/quote.h"

#include <string.h>

static const uint64_t MAX_EXACT = ((uint64_t)1 << 53) - 1;

void jout_next(struct buf *out)
{
    char last = out->len ? out->data[out->len - 1] : '{';

    if (last != '{' && last != '[')
        buf_add(out, ", ", 2);
}

void jout_key(struct buf *out, const char *key)
{
    jout_next(out);
    jout_string(out, key);
    buf_add(out, ": ", 2);
}

static void add_number(struct buf *out, bool is_negative, uint64_t n)
{
    char text[24]; /* a sign, 20 digits, two quotes */
    size_t at = sizeof(text);
    bool is_quoted = n > MAX_EXACT;

    if (is_quoted)
        text[--at] = '"';
    do {
        text[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    if (is_negative)
        text[--at] = '-';
    if (is_quoted)
        text[--at] = '"';
    buf_add(out, text + at, sizeof(text) - at);
}

void jout_u64(struct buf *out, uint64_t n)
{
    add_number(out, false, n);
}

void jout_i64(struct buf *out, int64_t n)
{
    add_number(out, n < 0, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

bool jout_is_exact(int64_t n)
{
    return (n < 0 ? -(uint64_t)n : (uint64_t)n) <= MAX_EXACT;
}

void jout_hex(struct buf *out, uint64_t n)
{
    char digits[16];
    size_t at = sizeof(digits);

    do {
        digits[--at] = "0123456789abcdef"[n % 16];
        n /= 16;
    } while (n);
    buf_add(out, digits + at, sizeof(digits) - at);
}

/* The length of the run at `s` that stands in a string as it is. */
static size_t plain_len(const uint8_t *s, size_t len)
{
    size_t n = 0;

    while (n < len && s[n] >= 0x20 && s[n] < 0x7f && s[n] != '"' && s[n] != '\\')
        n++;
    return n;
}

static void add_escaped(struct buf *out, unsigned c)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *at = c ? strchr(from, (int)c) : NULL;

    if (at && c < 0x80)
        buf_addf(out, "\\%c", to[at - from]);
    else
        buf_addf(out, "\\u%04x", c);
}

/*
 * One character that is not plain ASCII. C1 controls are as dangerous as C0, and U+2028 and U+2029 are line
 * ends to JavaScript and to Python's splitlines(). Returns its length.
 */
static size_t add_char(struct buf *out, const uint8_t *s, size_t len)
{
    size_t n = quote_utf8_len(s, len);

    if (n == 0) {
        buf_adds(out, "\\ufffd");
        return 1;
    }
    if (n == 1)
        add_escaped(out, s[0]);
    else if (n == 2 && s[0] == 0xc2 && s[1] < 0xa0)
        add_escaped(out, s[1]);
    else if (n == 3 && s[0] == 0xe2 && s[1] == 0x80 && (s[2] == 0xa8 || s[2] == 0xa9))
        add_escaped(out, 0x2000 + s[2] - 0x80);
    else
        buf_add(out, s, n);
    return n;
}

void jout_text(struct buf *out, const uint8_t *text, size_t len)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < len;) {
        size_t n = plain_len(text + i, len - i);

        if (n)
            buf_add(out, text + i, n);
        else
            n = add_char(out, text + i, len - i);
        i += n;
    }
    buf_addc(out, '"');
}

void jout_string(struct buf *out, const char *s)
{
    jout_text(out, (const uint8_t *)s, strlen(s));
}

bool jout_is_text(const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t n = quote_utf8_len(bytes + i, len - i);

        if (!n)
            return false;
        i += n;
    }
    return true;
}
