/* expect/parse_file.c: the directives of the file. */
#include "expect/parser.h"

#include <stdio.h>
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

static bool find_need(struct parser *p, const char *word, struct need *need)
{
    const char *words[NEED_COUNT];

    for (int i = 0; i < NEED_COUNT; i++) {
        need->kind = (enum need_kind)i;
        words[i] = need_word(need->kind);
        if (!strcmp(words[i], word))
            return true;
    }
    diags_add(p->diags, need->span, "'%s' is nothing that can be required", word);
    if (!parser_hint_nearest(p, word, words, NEED_COUNT))
        diags_hint(p->diags, "there are ipv6, root, namespace, and linux with a version");
    return false;
}

/* 5.6 */
static bool parse_version(struct parser *p, struct need *need)
{
    int used = 0;

    if (!token_is_number(&p->tok))
        return parser_unexpected(p, "a version: 5.6");
    if (!p->tok.is_wild &&
        (sscanf(p->tok.text, "%4u.%4u%n", &need->major, &need->minor, &used) != 2 || p->tok.text[used])) {
        diags_add(p->diags, p->tok.span, "'%s' is no version of a kernel: 5.6", p->tok.text);
        return false;
    }
    parser_advance(p);
    return true;
}

static void add_need(struct parser *p, struct need need)
{
    struct expect *expect = p->expect;
    struct need *list;

    for (size_t i = 0; i < expect->nneeds; i++)
        if (expect->needs[i].kind == need.kind) {
            diags_add(p->diags, need.span, "a second '%s'", need_word(need.kind));
            return;
        }
    list = parser_grow(p, expect->needs, expect->nneeds, sizeof(*list));
    list[expect->nneeds++] = need;
    expect->needs = list;
}

bool parse_requires(struct parser *p, struct block *block)
{
    (void)block;
    do {
        struct need need = {0};
        const char *word;

        parser_advance(p);
        need.span = p->tok.span;
        word = parser_name(p, "what is required");
        if (!word || !find_need(p, word, &need) || (need_has_version(need.kind) && !parse_version(p, &need)))
            return false;
        need.span.to = p->prev_to;
        add_need(p, need);
    } while (parser_is(p, TOK_COMMA));
    return true;
}

/* set NAME=VALUE: where nobody else has said what it is. */
bool parse_set(struct parser *p, struct block *block)
{
    struct param param = {0};
    const struct param *given;
    struct span span;

    (void)block;
    parser_advance(p);
    if (!parser_assignment(p, &param.name, &param.value, &span))
        return false;
    given = parser_param(p, param.name);
    if (has_name(p->set.items, p->set.len, param.name))
        diags_add(p->diags, span, "a second value of '%s'", param.name);
    else if (!p->tok.is_wild && (!given || given->is_default))
        parser_set(p, param);
    vec_push(&p->set, param.name);
    parser_advance(p);
    return true;
}
