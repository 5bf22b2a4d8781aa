/* expect/parse_num.c: numbers: decimal, 0x…, 0…, with a minus. */
#include "expect/parser.h"

#include <inttypes.h>
#include <string.h>

bool token_is_number(const struct token *tok)
{
    const char *s = tok->text;

    if (tok->kind != TOK_WORD)
        return false;
    s += s[0] == '-';
    return tok->is_wild || (*s >= '0' && *s <= '9');
}

static int digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c | 0x20 : c) : NULL;

    return at ? (int)(at - digits) : 16;
}

/* A number in hexadecimal or octal is 64 bits as the kernel has them, so it may go beyond INT64_MAX. */
static bool fits(uint64_t n, bool is_negative, bool is_decimal, int64_t *out)
{
    if (is_negative ? n > (uint64_t)INT64_MAX + 1 : is_decimal && n > INT64_MAX)
        return false;
    *out = (int64_t)(is_negative ? 0 - n : n);
    return true;
}

bool parser_number(struct parser *p, const struct token *tok, int64_t *n)
{
    const char *s = tok->text;
    bool is_negative = s[0] == '-', is_large = false;
    unsigned base = 10;
    uint64_t sum = 0;

    *n = 0;
    if (tok->is_wild)
        return true;
    s += is_negative;
    if (s[0] == '0' && (s[1] | 0x20) == 'x' && s[2]) {
        base = 16;
        s += 2;
    } else if (s[0] == '0' && s[1]) {
        base = 8;
    }
    for (; *s; s++) {
        unsigned d = (unsigned)digit(*s);

        if (d >= base) {
            diags_add(p->diags, tok->span, "'%s' is no number", tok->text);
            if (base == 8)
                diags_hint(p->diags, "a number with a 0 in front is octal");
            return false;
        }
        is_large |= sum > (UINT64_MAX - d) / base;
        sum = sum * base + d;
    }
    if (is_large || !fits(sum, is_negative, base == 10, n)) {
        diags_add(p->diags, tok->span, "'%s' is too large: numbers have 64 bits", tok->text);
        return false;
    }
    return true;
}

bool parser_count(struct parser *p, const char *what, int64_t from, int64_t to, int64_t *n)
{
    if (!token_is_number(&p->tok))
        return parser_unexpected(p, what);
    if (!parser_number(p, &p->tok, n))
        return false;
    if (p->tok.is_wild)
        *n = from;
    if (*n < from || *n > to) {
        diags_add(p->diags, p->tok.span, "%s is a number from %" PRId64 " to %" PRId64, what, from, to);
        return false;
    }
    parser_advance(p);
    return true;
}

/* 5s, 500ms, 2m */
bool parser_time(struct parser *p, uint32_t most_ms, const char *most, uint32_t *ms)
{
    static const struct {
        const char *name;
        uint32_t ms;
    } units[] = {{"ms", 1}, {"s", 1000}, {"m", 60 * 1000}};
    const char *s = p->tok.text;
    uint64_t n = 0;

    *ms = 0;
    if (!token_is_number(&p->tok))
        return parser_unexpected(p, "a time: 500ms, 5s, 2m");
    for (; *s >= '0' && *s <= '9' && n <= most_ms; s++)
        n = n * 10 + (uint64_t)(*s - '0');
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (strcmp(s, units[i].name) == 0 && n && n * units[i].ms <= most_ms)
            *ms = (uint32_t)n * units[i].ms;
    if (!*ms && !p->tok.is_wild) {
        diags_add(p->diags, p->tok.span, "'%s' is no time from 1ms to %s", p->tok.text, most);
        diags_hint(p->diags, "a whole number with its unit: 500ms, 5s, 2m");
    }
    parser_advance(p);
    return true;
}
