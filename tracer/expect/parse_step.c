/* expect/parse_step.c: points, optional, repeat, each, never, either, in any order, and ... */
#include "expect/parser.h"

#include <string.h>

enum { MOST_POINTS = 100000 };

static const struct counted {
    const char *word;
    enum step_kind kind;
    bool has_count, has_block;
    int32_t min, max; /* where no count is given */
} counted[] = {
    {"optional", STEP_OPTIONAL, false, true, 0, 1},
    {"repeat", STEP_REPEAT, true, true, 0, STEP_NO_LIMIT},
    {"each", STEP_EACH, true, false, 0, STEP_NO_LIMIT},
    {"never", STEP_NEVER, false, false, 0, 0},
};

static struct step *step_new(struct parser *p, enum step_kind kind)
{
    struct step *step = ARENA_NEW(p->arena, struct step);

    step->kind = kind;
    step->span = p->tok.span;
    return step;
}

/* N, N..M or N.. */
static bool parse_times(struct parser *p, struct step *step)
{
    size_t from = p->tok.span.from;
    bool is_wild = p->tok.is_wild;
    int64_t n;

    if (!parser_count(p, "a count", 0, STEP_NO_LIMIT - 1, &n))
        return false;
    step->min = step->max = (int32_t)n;
    if (parser_is(p, TOK_RANGE)) {
        parser_advance(p);
        step->max = STEP_NO_LIMIT;
        if (token_is_number(&p->tok)) {
            is_wild |= p->tok.is_wild;
            if (!parser_count(p, "a count", 0, STEP_NO_LIMIT - 1, &n))
                return false;
            step->max = (int32_t)n;
        }
    }
    if (is_wild)
        *step = (struct step){.kind = step->kind, .span = step->span, .max = STEP_NO_LIMIT};
    else if (step->max < step->min)
        diags_add(p->diags, (struct span){from, p->prev_to}, "this range holds no number");
    else if (!step->max)
        diags_add(p->diags, (struct span){from, p->prev_to},
                  "0 times is not at all: leave it out, or write 'never'");
    return true;
}

static bool parse_body_block(struct parser *p, struct block *outer, struct steps *steps)
{
    struct block block = {.place = PLACE_BLOCK, .role = outer->role};
    bool ok = parse_block(p, &block);

    *steps = parser_steps(p, &block);
    return ok;
}

static void check_body(struct parser *p, const struct step *step, const struct step *call)
{
    if (step->kind == STEP_EACH && !call->has_life) {
        diags_add(p->diags, call->span, "'each' needs the block of the new socket");
        diags_hint(p->diags, "each accept($listener) = $conn { … }; without a block, write 'repeat'");
    }
    if (step->kind == STEP_NEVER && call->has_life)
        diags_add(p->diags, call->span, "'never' takes a line without a block");
}

static bool parse_body_line(struct parser *p, const struct counted *row, struct step *step)
{
    char next = lex_peek(&p->lex);
    struct step **items, *call;

    if (p->tok.kind != TOK_WORD || (next != '(' && next != '!'))
        return parser_unexpected(p, row->has_block ? "a call or '{'" : "a call");
    call = parse_call(p);
    if (!call)
        return false;
    check_body(p, step, call);
    items = ARENA_ARRAY(p->arena, struct step *, 1);
    items[0] = call;
    step->body = (struct steps){.items = items, .len = 1};
    step->span.to = call->span.to;
    return true;
}

bool parse_counted(struct parser *p, struct block *block)
{
    const struct counted *row = counted;
    struct step *step;

    while (!parser_is_word(p, row->word))
        row++;
    step = step_new(p, row->kind);
    step->min = row->min;
    step->max = row->max;
    parser_advance(p);
    if (row->has_count && token_is_number(&p->tok) && !parse_times(p, step))
        return false;
    vec_push(&block->steps, step);
    if (!row->has_block || !parser_is(p, TOK_LBRACE))
        return parse_body_line(p, row, step);
    step->span.to = p->prev_to;
    if (!parse_body_block(p, block, &step->body))
        return false;
    if (!step->body.len)
        diags_add(p->diags, step->span, "there is nothing in this block");
    return true;
}

/* The same tokens, wherever the lines break: whatever one of the two matches, the other does. */
static bool is_same_text(const struct parser *p, struct span a, struct span b)
{
    struct diags none = {.source = p->lex.source};
    struct lex x = p->lex, y = p->lex;
    struct source xs = *x.source, ys = *y.source;
    struct token s, t;

    xs.len = a.to;
    ys.len = b.to;
    x.source = &xs;
    y.source = &ys;
    x.diags = y.diags = &none;
    x.pos = a.from;
    y.pos = b.from;
    do {
        do
            s = lex_next(&x);
        while (s.kind == TOK_NEWLINE);
        do
            t = lex_next(&y);
        while (t.kind == TOK_NEWLINE);
    } while (s.kind == t.kind && s.kind != TOK_END && s.has_ellipsis == t.has_ellipsis && s.len == t.len &&
             (!s.len || memcmp(s.text, t.text, s.len) == 0));
    diags_release(&none);
    return s.kind == TOK_END && t.kind == TOK_END;
}

/* The `or` between two blocks may stand on a line of its own. */
static bool at_or(struct parser *p)
{
    if (parser_is(p, TOK_NEWLINE) && lex_word_follows(&p->lex, "or"))
        while (parser_is(p, TOK_NEWLINE))
            parser_advance(p);
    return parser_is_word(p, "or");
}

bool parse_either(struct parser *p, struct block *block)
{
    struct step *step = step_new(p, STEP_EITHER);
    VEC(struct steps) list = {0};
    VEC(struct span) spans = {0};
    struct steps steps, *copy;
    bool ok;

    do {
        struct span span;

        parser_advance(p);
        span.from = p->tok.span.from;
        ok = parser_is(p, TOK_LBRACE) ? parse_body_block(p, block, &steps) : parser_expect(p, TOK_LBRACE);
        if (!ok)
            break;
        span.to = p->prev_to;
        for (size_t i = 0; i < spans.len; i++)
            if (is_same_text(p, spans.items[i], span)) {
                diags_add(p->diags, (struct span){span.from, span.from + 1},
                          "this alternative can't be reached: it is the same as number %zu", i + 1);
                break;
            }
        vec_push(&list, steps);
        vec_push(&spans, span);
    } while (at_or(p));
    copy = ARENA_ARRAY(p->arena, struct steps, list.len);
    for (size_t i = 0; i < list.len; i++)
        copy[i] = list.items[i];
    step->alternatives = copy;
    step->nalternatives = list.len;
    if (ok && list.len == 1) {
        diags_add(p->diags, step->span, "'either' needs a second block");
        diags_hint(p->diags, "either { … } or { … }");
    }
    vec_push(&block->steps, step);
    vec_release(&list);
    vec_release(&spans);
    return ok;
}

bool parse_points(struct parser *p, struct block *block)
{
    struct points *points = ARENA_NEW(p->arena, struct points);
    bool has_points = block->points;
    int64_t n;

    parser_once(p, &has_points);
    points->span = p->tok.span;
    parser_advance(p);
    if (!parser_count(p, "the number of points", 1, MOST_POINTS, &n))
        return false;
    points->n = (int32_t)n;
    points->span.to = p->prev_to;
    block->points = points;
    return true;
}

/* A step whose body is the block at hand. */
static bool parse_step_block(struct parser *p, struct block *outer, struct step *step)
{
    struct block block = {
        .place = PLACE_BLOCK, .role = outer->role, .unordered = step->kind == STEP_UNORDERED};
    bool ok;

    step->span.to = p->prev_to > step->span.from ? p->prev_to : step->span.to;
    vec_push(&outer->steps, step);
    ok = parse_block(p, &block);
    step->body = parser_steps(p, &block);
    if (ok && !step->body.len)
        diags_add(p->diags, step->span, "there is nothing in this block");
    return ok;
}

bool parse_unordered(struct parser *p, struct block *block)
{
    static const char *const words[] = {"any", "order"};
    struct step *step = step_new(p, STEP_UNORDERED);

    parser_advance(p);
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!parser_is_word(p, words[i]))
            return parser_unexpected(p, "'in any order'");
        parser_advance(p);
    }
    if (!parser_is(p, TOK_LBRACE))
        return parser_expect(p, TOK_LBRACE);
    return parse_step_block(p, block, step);
}

bool parse_bare_block(struct parser *p, struct block *block)
{
    return parse_step_block(p, block, step_new(p, STEP_BLOCK));
}

bool parse_any(struct parser *p, struct block *block)
{
    vec_push(&block->steps, step_new(p, STEP_ANY));
    parser_advance(p);
    return true;
}
