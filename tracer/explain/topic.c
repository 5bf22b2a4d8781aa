/* explain/topic.c: finding a topic by its names, and the links in its text. */
#include "explain/topic.h"

#include <ctype.h>
#include <string.h>

static const char separator[] = ", ";

static char folded(char c)
{
    return c == '-' || c == '_' ? ' ' : (char)tolower((unsigned char)c);
}

static bool is_same(const char *a, const char *b, size_t len, bool folds)
{
    for (size_t i = 0; i < len; i++)
        if (folds ? folded(a[i]) != folded(b[i]) : a[i] != b[i])
            return false;
    return true;
}

static bool has_name(const struct topic *topic, const char *word, bool folds)
{
    size_t len = strlen(word);

    for (const char *name = topic->names; name;) {
        const char *end = strstr(name, separator);
        size_t n = end ? (size_t)(end - name) : strlen(name);

        if (n == len && is_same(name, word, n, folds))
            return true;
        name = end ? end + strlen(separator) : NULL;
    }
    return false;
}

const struct topic *topic_find(const char *word)
{
    for (int folds = 0; folds < 2; folds++)
        for (const struct topic *it = topics; it->names; it++)
            if (has_name(it, word, folds))
                return it;
    return NULL;
}

bool topic_name(const struct topic *topic, size_t i, struct buf *name)
{
    const char *at = topic->names, *end;

    while (i--) {
        at = strstr(at, separator);
        if (!at)
            return false;
        at += strlen(separator);
    }
    end = strstr(at, separator);
    buf_reset(name);
    buf_add(name, at, end ? (size_t)(end - at) : strlen(at));
    return true;
}

static void add(struct buf *out, const char *text, size_t len)
{
    if (out)
        buf_add(out, text, len);
}

bool topic_link(const char **text, struct buf *plain, struct buf *target)
{
    const char *open = strchr(*text, '['), *close = open ? strchr(open, ']') : NULL, *bar;

    if (!close) {
        add(plain, *text, strlen(*text));
        *text += strlen(*text);
        return false;
    }
    bar = memchr(open, '|', (size_t)(close - open));
    add(plain, *text, (size_t)(open - *text));
    add(plain, open + 1, (size_t)((bar ? bar : close) - open - 1));
    if (target) {
        buf_reset(target);
        buf_add(target, (bar ? bar : open) + 1, (size_t)(close - (bar ? bar : open) - 1));
    }
    *text = close + 1;
    return true;
}
