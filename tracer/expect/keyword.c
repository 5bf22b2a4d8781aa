/* expect/keyword.c: the words of the language: where each may stand, and what reads it. */
#include "expect/parser.h"

#include <string.h>

static const struct keyword keywords[] = {
    {"title", PLACE_FILE, parse_title},       {"about", PLACE_FILE, parse_about},
    {"shows", PLACE_FILE, parse_shows},       {"requires", PLACE_FILE, parse_requires},
    {"set", PLACE_FILE, parse_set},           {"exit", PLACE_ROLE, parse_exit},
    {"killed", PLACE_ROLE, parse_killed},     {"stdin", PLACE_ROLE, parse_stdin},
    {"stdout", PLACE_ROLE, parse_stdout},     {"env", PLACE_ROLE, parse_env},
    {"timeout", PLACE_ROLE, parse_timeout},   {"start", PLACE_ROLE, parse_start},
    {"pause", PLACE_ROLE, parse_pause},       {"inject", PLACE_ROLE, parse_inject},
    {"allow", PLACE_ROLE, parse_allow},       {"copies", PLACE_ROLE, parse_copies},
    {"points", PLACE_STEPS, parse_points},    {"hint", PLACE_LINE, NULL},
    {"optional", PLACE_STEPS, parse_counted}, {"repeat", PLACE_STEPS, parse_counted},
    {"each", PLACE_STEPS, parse_counted},     {"never", PLACE_STEPS, parse_counted},
    {"either", PLACE_STEPS, parse_either},    {"in", PLACE_STEPS, parse_unordered},
    {"strict", PLACE_SCOPE, parse_strict},    {"ignore", PLACE_SCOPE, parse_ignore},
    {"sends", PLACE_LIFE, parse_total},       {"receives", PLACE_LIFE, parse_total},
};

const struct keyword *keyword_find(const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(keywords); i++)
        if (strcmp(keywords[i].word, word) == 0)
            return &keywords[i];
    return NULL;
}

const char *keyword_at(size_t i)
{
    return i < ARRAY_LEN(keywords) ? keywords[i].word : NULL;
}
