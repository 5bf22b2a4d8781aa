/* expect/keyword.c: the words of the language: where each may stand, and what reads it. */
#include "expect/parser.h"

#include <string.h>

static const struct keyword keywords[] = {
    {"title", PLACE_FILE, parse_title, NULL},
    {"about", PLACE_FILE, parse_about, NULL},
    {"exit", PLACE_ROLE, parse_exit, NULL},
    {"killed", PLACE_ROLE, parse_killed, NULL},
    {"stdin", PLACE_ROLE, parse_stdin, NULL},
    {"stdout", PLACE_ROLE, parse_stdout, NULL},
    {"env", PLACE_ROLE, parse_env, NULL},
    {"timeout", PLACE_ROLE, parse_timeout, NULL},
    {"start", PLACE_ROLE, parse_start, NULL},
    {"allow", PLACE_ROLE, parse_allow, NULL},
    {"optional", PLACE_STEPS, parse_counted, NULL},
    {"repeat", PLACE_STEPS, parse_counted, NULL},
    {"each", PLACE_STEPS, parse_counted, NULL},
    {"never", PLACE_STEPS, parse_counted, NULL},
    {"either", PLACE_STEPS, parse_either, NULL},
    {"in", PLACE_STEPS, parse_unordered, "in any order"},
    {"strict", PLACE_SCOPE, parse_strict, NULL},
    {"ignore", PLACE_SCOPE, parse_ignore, NULL},
    {"sends", PLACE_LIFE, parse_total, NULL},
    {"receives", PLACE_LIFE, parse_total, NULL},
    {"hint", 0, NULL, NULL},
    {"points", 0, NULL, NULL},
    {"requires", 0, NULL, NULL},
    {"set", 0, NULL, NULL},
    {"copies", 0, NULL, NULL},
    {"pause", 0, NULL, "pause before"},
    {"inject", 0, NULL, NULL},
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
