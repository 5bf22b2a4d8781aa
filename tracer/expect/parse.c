/* expect/parse.c: the whole of a file. */
#include "expect/parse.h"

#include "expect/parser.h"

#include <string.h>

static void parse_file(struct parser *p)
{
    struct block file = {.place = PLACE_FILE};

    while (!parser_is(p, TOK_END)) {
        p->unwind = false;
        if (parser_is(p, TOK_NEWLINE)) {
            parser_advance(p);
        } else if (parser_is(p, TOK_RBRACE)) {
            diags_add(p->diags, p->tok.span, "this '}' closes nothing");
            parser_advance(p);
        } else {
            parse_line(p, &file);
        }
    }
    vec_release(&file.steps);
}

static void finish(struct parser *p)
{
    struct role **roles = ARENA_ARRAY(p->arena, struct role *, p->roles.len);
    const char **slots = ARENA_ARRAY(p->arena, const char *, p->slots.len);
    struct param *params = ARENA_ARRAY(p->arena, struct param, p->params.len);

    for (size_t i = 0; i < p->roles.len; i++)
        roles[i] = p->roles.items[i];
    for (size_t i = 0; i < p->slots.len; i++)
        slots[i] = p->slots.items[i];
    for (size_t i = 0; i < p->params.len; i++)
        params[i] =
            (struct param){arena_strdup(p->arena, p->params.items[i].name),
                           arena_strdup(p->arena, p->params.items[i].value), p->params.items[i].is_default};
    p->expect->params = params;
    p->expect->nparams = p->params.len;
    p->expect->roles = roles;
    p->expect->nroles = p->roles.len;
    p->expect->slots = slots;
    p->expect->nslots = p->slots.len;
}

struct expect *expect_parse(struct arena *arena, const struct param *params, size_t nparams,
                            struct diags *diags)
{
    struct expect *expect = ARENA_NEW(arena, struct expect);
    struct parser p = {.arena = arena, .diags = diags, .expect = expect};
    size_t before = diags->list.len;

    expect->source = diags->source;
    expect->title = expect->about = "";
    lex_init(&p.lex, diags->source, arena, diags);
    p.lex.is_lenient = !params;
    for (size_t i = 0; i < nparams; i++)
        parser_set(&p, params[i]);
    parser_advance(&p);
    parse_file(&p);
    if (diags->list.len < LEX_MOST_ERRORS)
        check_expect(&p);
    else
        diags_add(diags, (struct span){p.lex.pos, p.lex.pos},
                  "too many errors: the file is not read any further");
    finish(&p);
    vec_release(&p.slots);
    vec_release(&p.forgiven);
    vec_release(&p.roles);
    vec_release(&p.params);
    vec_release(&p.set);
    return diags->list.len == before ? expect : NULL;
}

const struct role *expect_role(const struct expect *expect, const char *name)
{
    for (size_t i = 0; i < expect->nroles; i++)
        if (strcmp(expect->roles[i]->name, name) == 0)
            return expect->roles[i];
    return NULL;
}

bool role_is_named(const struct role *role, const char *name)
{
    return strcmp(role->name, name) == 0 || strcmp(role->base, name) == 0;
}

void expect_role_names(const struct expect *expect, struct buf *out)
{
    for (size_t i = 0; i < expect->nroles; i++)
        if (expect->roles[i]->copy <= 1)
            buf_addf(out, "%s%s", i ? ", " : "", expect->roles[i]->base);
}

const struct steps *expect_block(const struct step *step, size_t i)
{
    if (step->has_life && i-- == 0)
        return &step->life;
    if (step->body.len && i-- == 0)
        return &step->body;
    return i < step->nalternatives ? &step->alternatives[i] : NULL;
}

const char *expect_step_text(const struct expect *expect, const struct step *step, struct arena *arena)
{
    const char *s = expect->source->text + step->span.from, *end = expect->source->text + step->span.to;
    char *text = arena_alloc(arena, step->span.to - step->span.from + 1), *out = text;
    bool in_string = false;

    for (; s < end; s++) {
        if (in_string && *s == '\\' && s + 1 < end) {
            *out++ = *s++;
        } else if (*s == '"') {
            in_string = !in_string;
        } else if (!in_string && (*s == ' ' || *s == '\t')) {
            if (out[-1] != ' ')
                *out++ = ' ';
            continue;
        }
        *out++ = *s;
    }
    return text;
}
