/* expect/parse_file.c: the directives of the file. */
#include "expect/parser.h"

#include <string.h>

bool parse_title(struct parser *p, struct block *block)
{
    (void)block;
    parser_once(p, &p->has_title);
    parser_advance(p);
    p->expect->title = parser_text(p, "the title in quotes");
    return p->expect->title;
}

bool parse_about(struct parser *p, struct block *block)
{
    (void)block;
    parser_once(p, &p->has_about);
    parser_advance(p);
    p->expect->about = parser_text(p, "the text in quotes");
    return p->expect->about;
}

static bool has_name(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* NAME, NAME, …: appended to the list, each once. */
static bool parse_names(struct parser *p, const char *what, const char *const **names, size_t *n)
{
    do {
        struct span span;
        const char *name, **list;

        parser_advance(p);
        span = p->tok.span;
        name = parser_name(p, what);
        if (!name)
            return false;
        if (has_name(*names, *n, name)) {
            diags_add(p->diags, span, "a second '%s'", name);
            continue;
        }
        list = parser_grow(p, *names, *n, sizeof(*list));
        list[(*n)++] = name;
        *names = list;
    } while (parser_is(p, TOK_COMMA));
    return true;
}

bool parse_shows(struct parser *p, struct block *block)
{
    (void)block;
    return parse_names(p, "the name of a claim", &p->expect->shows, &p->expect->nshows);
}
