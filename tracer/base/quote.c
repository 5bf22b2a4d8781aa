/* base/quote.c: C escapes, both ways. */
#include "base/quote.h"

#include <string.h>

static const char plain_escapes[][2] = {
    {'\n', 'n'}, {'\t', 't'}, {'\r', 'r'}, {'\f', 'f'}, {'\v', 'v'}, {'\\', '\\'}, {'"', '"'},
};

static bool is_octal(uint8_t c)
{
    return c >= '0' && c <= '7';
}

static bool is_plain(uint8_t c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* An escape that needs no number: false where the byte has none. */
static bool escape_by_letter(struct buf *out, uint8_t c)
{
    for (size_t i = 0; i < sizeof(plain_escapes) / sizeof(plain_escapes[0]); i++) {
        if ((uint8_t)plain_escapes[i][0] == c) {
            buf_addc(out, '\\');
            buf_addc(out, plain_escapes[i][1]);
            return true;
        }
    }
    return false;
}

static void escape_one(struct buf *out, uint8_t c, bool octal_follows)
{
    if (!escape_by_letter(out, c))
        buf_addf(out, octal_follows ? "\\%03o" : "\\%o", c);
}

void quote_c(struct buf *out, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (is_plain(bytes[i]))
            buf_addc(out, (char)bytes[i]);
        else
            escape_one(out, bytes[i], i + 1 < len && bytes[i + 1] >= '0' && bytes[i + 1] <= '9');
    }
}

void quote_c_hex(struct buf *out, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (is_plain(bytes[i]))
            buf_addc(out, (char)bytes[i]);
        else if (!escape_by_letter(out, bytes[i]))
            quote_hex(out, bytes + i, 1);
    }
}

void quote_hex(struct buf *out, const uint8_t *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < len; i++) {
        const char escape[] = {'\\', 'x', digits[bytes[i] >> 4], digits[bytes[i] & 0xf]};

        buf_add(out, escape, sizeof(escape));
    }
}

bool quote_is_ascii(const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i] >= 0x7f || (bytes[i] < 0x20 && (bytes[i] < '\t' || bytes[i] > '\r')))
            return false;
    return true;
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;

    return at ? (int)(at - digits) : -1;
}

bool quote_unescape(const char **s, const char *end, uint8_t *byte)
{
    static const char from[] = "abefnrtv\\\"'?", to[] = "\a\b\033\f\n\r\t\v\\\"'?";
    const char *at, *p = *s;

    if (p == end)
        return false;
    if (*p == 'x') {
        if (end - p < 3 || hex_digit(p[1]) < 0 || hex_digit(p[2]) < 0)
            return false;
        *byte = (uint8_t)(hex_digit(p[1]) * 16 + hex_digit(p[2]));
        *s = p + 3;
        return true;
    }
    if (is_octal((uint8_t)*p)) {
        unsigned n = 0;

        for (int digits = 0; digits < 3 && p < end && is_octal((uint8_t)*p); digits++)
            n = n * 8 + (unsigned)(*p++ - '0');
        *byte = (uint8_t)n;
        *s = p;
        return n < 256;
    }
    at = *p ? strchr(from, *p) : NULL;
    if (!at)
        return false;
    *byte = (uint8_t)to[at - from];
    *s = p + 1;
    return true;
}

size_t quote_utf8_len(const uint8_t *s, size_t len)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t code;
    size_t need;

    if (!len)
        return 0;
    if (s[0] < 0x80)
        return 1;
    need = s[0] >= 0xf0 && s[0] < 0xf8 ? 4 : s[0] >= 0xe0 ? 3 : s[0] >= 0xc0 ? 2 : 0;
    if (!need || s[0] >= 0xf8 || len < need)
        return 0;
    code = s[0] & (0xffu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (s[i] & 0x3fu);
    }
    if (code < least[need] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return 0;
    return need;
}

void quote_terminal(struct buf *out, const char *text, size_t len)
{
    const uint8_t *s = (const uint8_t *)text;

    for (size_t i = 0; i < len;) {
        size_t n = quote_utf8_len(s + i, len - i);
        bool control = n == 1 ? s[i] < 0x20 || s[i] == 0x7f : n == 2 && s[i] == 0xc2 && s[i + 1] < 0xa0;

        if (n && !control) {
            buf_add(out, s + i, n);
            i += n;
            continue;
        }
        escape_one(out, s[i], i + 1 < len && s[i + 1] >= '0' && s[i + 1] <= '9');
        i++;
    }
}
