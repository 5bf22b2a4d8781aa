/* cmd/words.c: sets of words, and what is said of a word that is none. */
#include "cmd/words.h"

#include "base/diag.h"

#include <string.h>

bool words_next(const char **text, struct buf *word)
{
    size_t len;

    if (!*text)
        return false;
    len = strcspn(*text, ",");
    buf_reset(word);
    buf_add(word, *text, len);
    *text = (*text)[len] ? *text + len + 1 : NULL;
    return true;
}

void words_suggest(struct buf *wrong, const char *word, const char *const *names, size_t len)
{
    const char *near = diag_nearest(word, names, len);

    if (near)
        buf_addf(wrong, "; did you mean '%s'?", near);
}

static void tell_wrong(const char *word, const struct word *words, size_t len, const char *what,
                       struct buf *wrong)
{
    buf_addf(wrong, "has '%s', which is no %s: there are ", word, what);
    for (size_t i = 0; i < len; i++)
        buf_addf(wrong, "%s, ", words[i].name);
    buf_adds(wrong, "all, none");
}

bool words_parse(const char *text, const struct word *words, size_t len, const char *what, unsigned *bits,
                 struct buf *wrong)
{
    bool is_inverted = *text == '!', ok = true;
    unsigned all = 0, found = 0;
    struct buf word = {0};

    for (size_t i = 0; i < len; i++)
        all |= words[i].bits;
    text += is_inverted;
    while (ok && words_next(&text, &word)) {
        const char *name = buf_str(&word);
        size_t i = 0;

        while (i < len && strcmp(words[i].name, name) != 0)
            i++;
        if (i < len)
            found |= words[i].bits;
        else if (!strcmp(name, "all"))
            found = all;
        else if (strcmp(name, "none") != 0)
            ok = false;
        if (!ok)
            tell_wrong(name, words, len, what, wrong);
    }
    buf_release(&word);
    *bits = is_inverted ? all & ~found : found;
    return ok;
}
