/* report/points.c: hundredths as text and back. */
#include "report/points.h"

#include "format/jout.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool points_parse(const char *text, size_t len, int64_t *hundredths)
{
    const char *end = text + len, *begin = text;
    int64_t n = 0, unit = POINTS_ONE;

    for (; text < end && is_digit(*text); text++) {
        n = n * 10 + (*text - '0');
        if (n > POINTS_MOST)
            return false;
    }
    if (text == begin)
        return false;
    n *= POINTS_ONE;
    if (text < end && *text == '.') {
        for (text++; text < end && is_digit(*text) && unit > 1; text++) {
            unit /= 10;
            n += (*text - '0') * unit;
        }
        if (unit == POINTS_ONE)
            return false;
    }
    *hundredths = n;
    return text == end && n <= (int64_t)POINTS_MOST * POINTS_ONE;
}

void points_write(struct buf *out, int64_t hundredths)
{
    int64_t whole = hundredths / POINTS_ONE, rest = hundredths % POINTS_ONE;

    buf_addf(out, "%lld", (long long)whole);
    if (rest)
        buf_addf(out, rest % 10 ? ".%02lld" : ".%lld", (long long)(rest % 10 ? rest : rest / 10));
}

void points_member(struct buf *out, const char *key, int64_t hundredths)
{
    jout_key(out, key);
    points_write(out, hundredths);
}

int64_t points_share(int64_t worth, int64_t part, int64_t of)
{
    return (worth * part + of / 2) / of;
}
