/* format/log_result.c: what stands behind the `=`: a number, a failure, a call that is to be restarted. */
#include "format/log_call.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static struct log_text trimmed(struct log_text text)
{
    while (text.len && text.at[0] == ' ')
        text.at++, text.len--;
    while (text.len && text.at[text.len - 1] == ' ')
        text.len--;
    return text;
}

static struct log_text word_of(struct log_text *text)
{
    struct log_text word = {text->at, 0};

    while (word.len < text->len && text->at[word.len] != ' ' && text->at[word.len] != '<')
        word.len++;
    text->at += word.len;
    text->len -= word.len;
    if (text->len && text->at[0] == '<') {
        size_t end = log_skip_tag(*text, 0);

        text->at += end;
        text->len -= end;
    }
    *text = trimmed(*text);
    return word;
}

static const char *split_error(struct log_text rest, struct log_result *result)
{
    char name[32] = "";
    struct log_text word = word_of(&rest);
    uint64_t n = 0;

    if (!word.len || word.len >= sizeof(name))
        return "a failure without its reason";
    memcpy(name, word.at, word.len);
    if (nametab_find(&nametab_errno, name, &n)) {
        result->err = (int)n;
        return NULL;
    }
    for (size_t i = 0;
         strcmp(name, "(errno") == 0 && i < rest.len && i < 5 && isdigit((unsigned char)rest.at[i]); i++)
        n = n * 10 + (uint64_t)(rest.at[i] - '0');
    result->err = (int)n;
    return n ? NULL : "a failure for a reason that is not known";
}

const char *log_result_split(struct log_text text, struct log_result *result)
{
    struct log_text rest = trimmed(text), word = word_of(&rest);
    char digits[32] = "", *end;

    *result = (struct log_result){.n = 0};
    if (log_text_is(word, "?")) {
        result->is_unknown = true;
        result->restarts = word_of(&rest);
        return NULL;
    }
    if (!word.len || word.len >= sizeof(digits))
        return "a result that is no number";
    memcpy(digits, word.at, word.len);
    result->n = (int64_t)(digits[0] == '-' ? strtoll(digits, &end, 0) : (long long)strtoull(digits, &end, 0));
    if (*end)
        return "a result that is no number";
    if (result->n == -1 && rest.len)
        return split_error(rest, result);
    if (rest.len > 2 && rest.at[0] == '(' && rest.at[rest.len - 1] == ')')
        result->aux = (struct log_text){rest.at + 1, rest.len - 2};
    return NULL;
}
