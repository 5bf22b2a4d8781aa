/* expect/keyword.c: the words of the language: where each may stand, and what reads it. */
#include "expect/parser.h"

#include <string.h>

static const struct keyword keywords[] = {
    {"title", PLACE_FILE, parse_title, NULL},
    {"about", PLACE_FILE, parse_about, NULL},
    {"shows", PLACE_FILE, parse_shows, NULL},
    {"requires", PLACE_FILE, parse_requires, NULL},
    {"set", PLACE_FILE, parse_set, NULL},
    {"exit", PLACE_ROLE, parse_exit, NULL},
    {"killed", PLACE_ROLE, parse_killed, NULL},
    {"stdin", PLACE_ROLE, parse_stdin, NULL},
    {"stdout", PLACE_ROLE, parse_stdout, NULL},
    {"env", PLACE_ROLE, parse_env, NULL},
    {"timeout", PLACE_ROLE, parse_timeout, NULL},
    {"start", PLACE_ROLE, parse_start, NULL},
    {"pause", PLACE_ROLE, parse_pause, NULL},
    {"inject", PLACE_ROLE, parse_inject, NULL},
    {"allow", PLACE_ROLE, parse_allow, NULL},
    {"copies", PLACE_ROLE, parse_copies, NULL},
    {"points", PLACE_STEPS, parse_points, NULL},
    {"hint", PLACE_LINE, NULL, NULL},
    {"optional", PLACE_STEPS, parse_counted, NULL},
    {"repeat", PLACE_STEPS, parse_counted, NULL},
    {"each", PLACE_STEPS, parse_counted, NULL},
    {"never", PLACE_STEPS, parse_counted, NULL},
    {"either", PLACE_STEPS, parse_either, NULL},
    {"in", 0, NULL, "in any order"},
    {"sends", 0, NULL, NULL},
    {"receives", 0, NULL, NULL},
    {"strict", 0, NULL, NULL},
    {"ignore", 0, NULL, NULL},
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
