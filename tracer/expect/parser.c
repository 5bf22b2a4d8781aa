/* expect/parser.c: the token at hand, and how to go on after an error. */
#include "expect/parser.h"

#include "base/quote.h"

#include <string.h>

void parser_advance(struct parser *p)
{
    p->prev_to = p->tok.span.to;
    p->tok = lex_next(&p->lex);
}

bool parser_is(const struct parser *p, enum tok_kind kind)
{
    return p->tok.kind == kind;
}

bool parser_is_word(const struct parser *p, const char *word)
{
    return p->tok.kind == TOK_WORD && !p->tok.has_param && strcmp(p->tok.text, word) == 0;
}

bool parser_unexpected(struct parser *p, const char *what)
{
    const struct source *source = p->lex.source;
    struct span span = p->tok.span;
    struct buf found = {0};

    if (p->tok.kind == TOK_BAD || p->diags->list.len >= LEX_MOST_ERRORS)
        return false;
    if (p->tok.kind == TOK_WORD || p->tok.kind == TOK_SLOT) {
        buf_addc(&found, '\'');
        quote_terminal(&found, source->text + span.from, span.to - span.from);
        buf_addc(&found, '\'');
    } else {
        buf_adds(&found, lex_kind_name(p->tok.kind));
    }
    diags_add(p->diags, span, "expected %s, found %s", what, buf_str(&found));
    buf_release(&found);
    return false;
}

bool parser_expect(struct parser *p, enum tok_kind kind)
{
    if (p->tok.kind != kind)
        return parser_unexpected(p, lex_kind_name(kind));
    parser_advance(p);
    return true;
}

bool parser_hint(struct parser *p, const char **hint)
{
    if (!parser_is_word(p, "hint"))
        return true;
    parser_advance(p);
    *hint = parser_text(p, "the hint in quotes");
    return *hint;
}

bool parser_line_ends(struct parser *p)
{
    if (p->tok.kind == TOK_NEWLINE || p->tok.kind == TOK_END || p->tok.kind == TOK_RBRACE)
        return true;
    return parser_unexpected(p, "the end of the line");
}

/* The names on a lost line may have been bound there: later lines that use them are not to blame. */
static void forgive_slots(struct parser *p, size_t from, size_t to)
{
    const char *text = p->lex.source->text;

    for (size_t i = from; i + 1 < to; i++) {
        size_t len = 0;

        if (text[i] != '$' || text[i + 1] == '{')
            continue;
        while (i + 1 + len < to && lex_is_word(text[i + 1 + len]))
            len++;
        if (len)
            vec_push(&p->forgiven, parser_slot(p, arena_memdup(p->arena, text + i + 1, len)));
    }
}

static void drop_block(struct parser *p, enum place_kind place)
{
    struct role role = {0};
    struct scope scope = {0};
    struct block block = {.place = place, .role = &role, .scope = &scope};

    parse_block(p, &block);
    vec_release(&block.steps);
}

static bool opens_block(const struct parser *p)
{
    char next = lex_peek(&p->lex);

    return parser_is(p, TOK_LBRACE) && (next == '\n' || next == '\0');
}

/* To the end of the line, the `{` that ends it, or the `}` of the block around it. The line has its error
 * already. */
static void skip_line(struct parser *p)
{
    struct diags quiet = {.source = p->lex.source};
    unsigned depth = p->open_braces;

    p->lex.diags = &quiet;
    for (; !parser_is(p, TOK_END) && !parser_is(p, TOK_NEWLINE) && !opens_block(p); parser_advance(p)) {
        if (parser_is(p, TOK_LBRACE))
            depth++;
        if (parser_is(p, TOK_RBRACE) && depth-- == 0)
            break;
    }
    p->lex.diags = p->diags;
    diags_release(&quiet);
}

void parser_recover(struct parser *p, size_t from, enum place_kind place)
{
    if (!p->unwind)
        skip_line(p);
    p->open_braces = p->value_depth = 0;
    forgive_slots(p, from, p->tok.span.from);
    if (!p->unwind && opens_block(p))
        drop_block(p, place == PLACE_FILE ? PLACE_ROLE : PLACE_LIFE);
}

size_t parser_slot(struct parser *p, const char *name)
{
    for (size_t i = 0; i < p->slots.len; i++)
        if (strcmp(p->slots.items[i], name) == 0)
            return i;
    vec_push(&p->slots, name);
    return p->slots.len - 1;
}

const char *parser_name(struct parser *p, const char *what)
{
    const char *name = p->tok.text;

    if (p->tok.kind != TOK_WORD || p->tok.has_param || (name[0] >= '0' && name[0] <= '9') ||
        strpbrk(name, ".-")) {
        parser_unexpected(p, what);
        return NULL;
    }
    parser_advance(p);
    return name;
}

const char *parser_text(struct parser *p, const char *what)
{
    const char *text = p->tok.text;

    if (p->tok.kind != TOK_STR) {
        parser_unexpected(p, what);
        return NULL;
    }
    if (strlen(text) != p->tok.len) {
        diags_add(p->diags, p->tok.span, "a NUL byte can't stand here");
        return NULL;
    }
    parser_advance(p);
    return text;
}

bool parser_assignment(struct parser *p, const char **name, const char **value, struct span *span)
{
    *span = p->tok.span;
    *name = parser_name(p, "NAME=VALUE");
    if (!*name)
        return false;
    if (!parser_is(p, TOK_EQ))
        return parser_unexpected(p, "'='");
    p->prev_to = p->tok.span.to;
    p->tok = lex_bare(&p->lex);
    *value = p->tok.text;
    if (p->tok.kind != TOK_BAD && strlen(*value) != p->tok.len) {
        diags_add(p->diags, p->tok.span, "a NUL byte can't stand here");
        return false;
    }
    return p->tok.kind != TOK_BAD;
}

static size_t param_index(const struct parser *p, const char *name)
{
    size_t i = 0;

    while (i < p->params.len && strcmp(p->params.items[i].name, name) != 0)
        i++;
    return i;
}

static void tell_lexer(struct parser *p)
{
    p->lex.params = p->params.items;
    p->lex.nparams = p->params.len;
}

const struct param *parser_param(const struct parser *p, const char *name)
{
    size_t i = param_index(p, name);

    return i < p->params.len ? &p->params.items[i] : NULL;
}

void parser_set(struct parser *p, struct param param)
{
    size_t i = param_index(p, param.name);

    if (i < p->params.len)
        p->params.items[i] = param;
    else
        vec_push(&p->params, param);
    tell_lexer(p);
}

void parser_unset(struct parser *p, const char *name)
{
    size_t i = param_index(p, name);

    if (i < p->params.len)
        vec_remove(&p->params, i);
    tell_lexer(p);
}

bool parser_hint_nearest(struct parser *p, const char *word, const char *const *words, size_t len)
{
    const char *near = diag_nearest(word, words, len);

    if (near)
        diags_hint(p->diags, "did you mean '%s'?", near);
    return near != NULL;
}

void parser_once(struct parser *p, bool *has)
{
    if (*has)
        diags_add(p->diags, p->tok.span, "a second '%s'", p->tok.text);
    *has = true;
}

void *parser_grow(struct parser *p, const void *old, size_t n, size_t size)
{
    void *items;

    if (n & (n - 1))
        return (void *)old;
    items = arena_alloc(p->arena, (n ? 2 * n : 1) * size);
    if (n)
        memcpy(items, old, n * size);
    return items;
}

struct steps parser_steps(struct parser *p, struct block *block)
{
    struct steps steps = {.len = block->steps.len, .points = block->points};
    struct step **items = ARENA_ARRAY(p->arena, struct step *, steps.len);

    for (size_t i = 0; i < steps.len; i++)
        items[i] = block->steps.items[i];
    steps.items = items;
    vec_release(&block->steps);
    return steps;
}
