/* expect/parse_scope.c: strict, ignore, sends, receives: what is said of a whole block. */
#include "expect/parser.h"

#include <string.h>

bool parse_strict(struct parser *p, struct block *block)
{
    if (block->scope->strict)
        diags_add(p->diags, p->tok.span, "a second 'strict'");
    block->scope->strict = true;
    parser_advance(p);
    return true;
}

static bool parse_ignored(struct parser *p, struct ignore *ignore)
{
    struct span span = p->tok.span;
    bool has_bang;

    ignore->name = parser_name(p, "the name of a call");
    if (!ignore->name)
        return false;
    has_bang = parser_is(p, TOK_BANG);
    if (has_bang)
        parser_advance(p);
    ignore->canon = call_find(p, span, ignore->name, has_bang, &ignore->exact);
    return true;
}

bool parse_ignore(struct parser *p, struct block *block)
{
    struct scope *scope = block->scope;
    VEC(struct ignore) list = {0};
    struct ignore ignore;
    bool ok;

    for (size_t i = 0; i < scope->nignores; i++)
        vec_push(&list, scope->ignores[i]);
    do {
        parser_advance(p);
        ok = parse_ignored(p, &ignore);
        if (ok && ignore.canon != CANON_NONE)
            vec_push(&list, ignore);
    } while (ok && parser_is(p, TOK_COMMA));
    scope->ignores =
        (const struct ignore *)arena_memdup(p->arena, list.items, list.len * sizeof(*list.items));
    scope->nignores = list.len;
    vec_release(&list);
    return ok;
}

/* x N, or xN */
static bool parse_multiple(struct parser *p, struct total *total)
{
    enum { MOST_COPIES = 1000000000 };

    if (p->tok.text[1]) {
        p->tok.text++;
        p->tok.len--;
    } else {
        parser_advance(p);
    }
    if (!parser_count(p, "the number of copies", 1, MOST_COPIES, &total->times))
        return false;
    if (total->times > 1 && total->text->str.len &&
        (total->text->str.len > 1 || total->text->str.pieces[0].any))
        diags_add(p->diags, total->text->span, "a string with '...' in it can't stand more than once");
    return true;
}

static bool is_number(const struct pat *pat)
{
    if (pat->kind == PAT_OR) {
        for (size_t i = 0; i < pat->any_of.len; i++)
            if (!is_number(pat->any_of.items[i]))
                return false;
        return true;
    }
    return pat->kind == PAT_NOT ? is_number(pat->inner)
                                : pat->kind == PAT_ANY || pat->kind == PAT_INT || pat->kind == PAT_CMP ||
                                      pat->kind == PAT_RANGE;
}

static bool parse_amount(struct parser *p, struct total *total)
{
    const struct pat *pat = p->tok.kind == TOK_STR ? parse_string(p) : parse_value(p);

    total->times = 1;
    if (!pat)
        return false;
    if (pat->kind == PAT_STR) {
        total->text = pat;
        return p->tok.kind != TOK_WORD || p->tok.text[0] != 'x' || parse_multiple(p, total);
    }
    total->count = pat;
    if (!is_number(pat)) {
        diags_add(p->diags, pat->span, "expected a string, or a number of bytes");
        return true;
    }
    if (!parser_is_word(p, "bytes") && !parser_is_word(p, "byte"))
        return parser_unexpected(p, "'bytes'");
    parser_advance(p);
    return true;
}

/* sends "…" [x N] | sends N bytes */
bool parse_total(struct parser *p, struct block *block)
{
    struct step *step = ARENA_NEW(p->arena, struct step);
    bool is_send = strcmp(p->tok.text, "sends") == 0;

    if (block->scope->totals[is_send])
        diags_add(p->diags, p->tok.span, "a second '%s'", p->tok.text);
    step->kind = STEP_TOTAL;
    step->canon = is_send ? CANON_SEND : CANON_RECV;
    step->span = p->tok.span;
    parser_advance(p);
    if (!parse_amount(p, &step->total))
        return false;
    step->span.to = p->prev_to;
    block->scope->totals[is_send] = step;
    return true;
}
