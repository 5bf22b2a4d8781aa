/* expect/parse_value.c: what stands for an argument or a result. */
#include "expect/parser.h"

#include <string.h>

struct pat *pat_new(struct parser *p, enum pat_kind kind)
{
    struct pat *pat = ARENA_NEW(p->arena, struct pat);

    pat->kind = kind;
    pat->span = p->tok.span;
    return pat;
}

const struct pat *pat_end(struct parser *p, struct pat *pat)
{
    pat->span.to = p->prev_to;
    return pat;
}

const struct pat *parse_string(struct parser *p)
{
    struct pat *pat = pat_new(p, PAT_STR);

    if (p->tok.kind != TOK_STR) {
        parser_unexpected(p, "a string");
        return NULL;
    }
    pat->str.pieces = p->tok.pieces;
    pat->str.len = p->tok.npieces;
    parser_advance(p);
    return pat_end(p, pat);
}

/* `@"name"`: an abstract name as strace writes it; in memory a NUL byte stands in front. */
static const struct pat *parse_abstract(struct parser *p)
{
    struct pat *pat = pat_new(p, PAT_STR);
    struct pat_piece *pieces;

    parser_advance(p);
    if (p->tok.kind != TOK_STR) {
        parser_unexpected(p, "a string");
        return NULL;
    }
    pieces = ARENA_ARRAY(p->arena, struct pat_piece, p->tok.npieces + 1);
    pieces[0] = (struct pat_piece){.bytes = "", .len = 1};
    for (size_t i = 0; i < p->tok.npieces; i++)
        pieces[i + 1] = p->tok.pieces[i];
    pat->str.pieces = pieces;
    pat->str.len = p->tok.npieces + 1;
    parser_advance(p);
    return pat_end(p, pat);
}

static const struct pat *parse_int(struct parser *p)
{
    struct pat *pat = pat_new(p, p->tok.is_wild ? PAT_ANY : PAT_INT);
    bool is_wild = p->tok.is_wild;
    int64_t from, to;

    parser_number(p, &p->tok, &from);
    parser_advance(p);
    if (!parser_is(p, TOK_RANGE)) {
        if (!is_wild)
            pat->n = from;
        return pat_end(p, pat);
    }
    parser_advance(p);
    if (!token_is_number(&p->tok)) {
        parser_unexpected(p, "the end of the range");
        return NULL;
    }
    is_wild |= p->tok.is_wild;
    if (parser_number(p, &p->tok, &to) && to < from && !is_wild)
        diags_add(p->diags, (struct span){pat->span.from, p->tok.span.to}, "this range holds no number");
    parser_advance(p);
    pat->kind = is_wild ? PAT_ANY : PAT_RANGE;
    pat->range.from = from;
    pat->range.to = to;
    return pat_end(p, pat);
}

static const struct pat *parse_cmp(struct parser *p)
{
    static const enum pat_cmp ops[] = {
        [TOK_GT] = CMP_GT, [TOK_GE] = CMP_GE, [TOK_LT] = CMP_LT, [TOK_LE] = CMP_LE, [TOK_NE] = CMP_NE,
    };
    struct pat *pat = pat_new(p, PAT_CMP);
    int64_t n;

    pat->cmp.op = ops[p->tok.kind];
    parser_advance(p);
    if (!token_is_number(&p->tok)) {
        parser_unexpected(p, "a number");
        return NULL;
    }
    if (p->tok.is_wild)
        pat->kind = PAT_ANY;
    parser_number(p, &p->tok, &n);
    pat->cmp.n = n;
    parser_advance(p);
    return pat_end(p, pat);
}

static const struct pat *parse_name(struct parser *p)
{
    struct pat *pat = pat_new(p, PAT_NAME);

    pat->slot = parser_slot(p, p->tok.text);
    parser_advance(p);
    return pat_end(p, pat);
}

/* `,` or the end of a list; *more tells which. */
static bool list_goes_on(struct parser *p, enum tok_kind close, const char *what, bool *more)
{
    *more = parser_is(p, TOK_COMMA);
    if (!*more && !parser_is(p, close))
        return parser_unexpected(p, what);
    parser_advance(p);
    return true;
}

static bool parse_open_end(struct parser *p, enum tok_kind close, bool *open)
{
    *open = true;
    parser_advance(p);
    return parser_expect(p, close);
}

static bool parse_field(struct parser *p, struct pat_field *field)
{
    if (parser_is_word(p, "inet_pton")) {
        field->value = parse_inet_pton(p, &field->name);
        return field->value;
    }
    field->name = parser_name(p, "a field's name, '...' or '}'");
    if (!field->name || !parser_expect(p, TOK_EQ))
        return false;
    field->value = parse_value(p);
    return field->value;
}

static const struct pat *parse_struct(struct parser *p)
{
    struct pat *pat = pat_new(p, PAT_STRUCT);
    VEC(struct pat_field) fields = {0};
    struct pat_field *copy;
    bool ok = true, more, open = false;

    parser_advance(p);
    p->open_braces++;
    for (more = !parser_is(p, TOK_RBRACE); ok && more;) {
        struct pat_field field = {0};

        if (parser_is(p, TOK_ELLIPSIS)) {
            ok = parse_open_end(p, TOK_RBRACE, &open);
            break;
        }
        ok = parse_field(p, &field) && list_goes_on(p, TOK_RBRACE, "',' or '}'", &more);
        vec_push(&fields, field);
    }
    if (ok && !fields.len && !open)
        parser_advance(p);
    copy = ARENA_ARRAY(p->arena, struct pat_field, fields.len);
    for (size_t i = 0; i < fields.len; i++)
        copy[i] = fields.items[i];
    pat->st.fields = copy;
    pat->st.len = fields.len;
    pat->st.open = open;
    vec_release(&fields);
    if (!ok)
        return NULL;
    p->open_braces--;
    pat_end(p, pat);
    return addr_from_struct(p, pat);
}

/* Items into the arena; the vector is released. */
struct pat_items {
    VEC(const struct pat *) list;
};

static const struct pat *const *items_take(struct parser *p, struct pat_items *items)
{
    const struct pat **copy = ARENA_ARRAY(p->arena, const struct pat *, items->list.len);

    for (size_t i = 0; i < items->list.len; i++)
        copy[i] = items->list.items[i];
    vec_release(&items->list);
    return copy;
}

static const struct pat *parse_array(struct parser *p)
{
    struct pat *pat = pat_new(p, PAT_ARRAY);
    struct pat_items items = {0};
    bool ok = true, more, open = false;

    parser_advance(p);
    for (more = !parser_is(p, TOK_RBRACKET); ok && more;) {
        const struct pat *item;

        if (parser_is(p, TOK_ELLIPSIS)) {
            ok = parse_open_end(p, TOK_RBRACKET, &open);
            break;
        }
        item = parse_value(p);
        ok = item && list_goes_on(p, TOK_RBRACKET, "',' or ']'", &more);
        vec_push(&items.list, item);
    }
    if (ok && !items.list.len && !open)
        parser_advance(p);
    pat->array.len = items.list.len;
    pat->array.items = items_take(p, &items);
    pat->array.open = open;
    return ok ? pat_end(p, pat) : NULL;
}

/* htons(7000), if_nametoindex("lo"): trace values are in host order, and have names: what stands inside is
 * meant. */
static const struct pat *parse_wrapped(struct parser *p)
{
    const struct pat *inner;

    parser_advance(p);
    if (!parser_expect(p, TOK_LPAREN))
        return NULL;
    inner = parse_value(p);
    return inner && parser_expect(p, TOK_RPAREN) ? inner : NULL;
}

static const struct pat *parse_word(struct parser *p)
{
    static const struct {
        const char *name;
        char next;
        const struct pat *(*parse)(struct parser *p);
    } forms[] = {
        {"unix", ':', parse_unix},
        {"htons", '(', parse_wrapped},
        {"htonl", '(', parse_wrapped},
        {"htobs", '(', parse_wrapped},
        {"if_nametoindex", '(', parse_wrapped},
        {"inet_addr", '(', parse_inet_addr},
    };

    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        if (parser_is_word(p, forms[i].name) && lex_peek(&p->lex) == forms[i].next)
            return forms[i].parse(p);
    if (parser_is_word(p, "_")) {
        struct pat *any = pat_new(p, PAT_ANY);

        parser_advance(p);
        return pat_end(p, any);
    }
    if (token_is_host(p))
        return parse_addr(p);
    if (p->tok.is_wild && lex_peek(&p->lex) == '|')
        return parse_symbol(p);
    return token_is_number(&p->tok) ? parse_int(p) : parse_symbol(p);
}

static const struct pat *parse_atom(struct parser *p)
{
    switch (p->tok.kind) {
    case TOK_SLOT: return parse_name(p);
    case TOK_STR: return parse_string(p);
    case TOK_AT: return parse_abstract(p);
    case TOK_LBRACE: return parse_struct(p);
    case TOK_LBRACKET: return parse_array(p);
    case TOK_HOST6:
    case TOK_STAR: return parse_addr(p);
    case TOK_GT:
    case TOK_GE:
    case TOK_LT:
    case TOK_LE:
    case TOK_NE: return parse_cmp(p);
    case TOK_WORD: return parse_word(p);
    default: parser_unexpected(p, "a value"); return NULL;
    }
}

/* Values nest as deep as the text says, and so does this: the stack is ours to keep. */
static const struct pat *parse_nested(struct parser *p)
{
    struct pat *pat;

    if (!parser_is_word(p, "not"))
        return parse_atom(p);
    pat = pat_new(p, PAT_NOT);
    parser_advance(p);
    pat->inner = parse_operand(p);
    return pat->inner ? pat_end(p, pat) : NULL;
}

const struct pat *parse_operand(struct parser *p)
{
    const struct pat *pat;

    if (p->value_depth == PARSER_MOST_DEPTH) {
        diags_add(p->diags, p->tok.span, "values are nested deeper than %d here", PARSER_MOST_DEPTH);
        return NULL;
    }
    p->value_depth++;
    pat = parse_nested(p);
    p->value_depth--;
    return pat;
}

/* One item as it is, several as PAT_OR; none: NULL. */
static const struct pat *one_of(struct parser *p, struct pat_items *items)
{
    const struct pat *first = items->list.len ? items->list.items[0] : NULL;
    struct pat *pat;

    if (items->list.len < 2) {
        vec_release(&items->list);
        return first;
    }
    pat = ARENA_NEW(p->arena, struct pat);
    pat->kind = PAT_OR;
    pat->span = (struct span){first->span.from, items->list.items[items->list.len - 1]->span.to};
    pat->any_of.len = items->list.len;
    pat->any_of.items = items_take(p, items);
    return pat;
}

const struct pat *parse_value(struct parser *p)
{
    struct pat_items items = {0};
    const struct pat *item = parse_operand(p);

    while (item && parser_is_word(p, "or")) {
        vec_push(&items.list, item);
        parser_advance(p);
        item = parse_operand(p);
    }
    if (!item) {
        vec_release(&items.list);
        return NULL;
    }
    vec_push(&items.list, item);
    return one_of(p, &items);
}

/* What follows -1: nothing (any error), `_`, `not ENAME`, ENAME. */
static const struct pat *parse_failure(struct parser *p)
{
    struct pat *pat;

    if (p->tok.kind == TOK_WORD && !parser_is_word(p, "or") && !parser_is_word(p, "_") &&
        !parser_is_word(p, "not") && !(keyword_find(p->tok.text)))
        return parse_errno(p);
    pat = pat_new(p, parser_is_word(p, "not") ? PAT_NOT : PAT_ANY);
    if (parser_is_word(p, "_")) {
        parser_advance(p);
    } else if (pat->kind == PAT_NOT) {
        parser_advance(p);
        pat->inner = parse_errno(p);
        if (!pat->inner)
            return NULL;
    }
    return pat_end(p, pat);
}

/* `-1 EPIPE or ECONNRESET`: behind one error, another needs no -1 of its own. */
static bool parse_alternative(struct parser *p, struct pat_items *results, struct pat_items *errnos)
{
    bool is_failure = parser_is_word(p, "-1"), is_errno = symbol_is_errno(&p->tok);
    const struct pat *pat;

    if (is_errno && !errnos->list.len) {
        diags_add(p->diags, p->tok.span, "a failure is written -1 %s", p->tok.text);
        parser_advance(p);
        return true;
    }
    if (is_failure)
        parser_advance(p);
    pat = is_failure ? parse_failure(p) : is_errno ? parse_errno(p) : parse_operand(p);
    if (pat)
        vec_push(is_failure || is_errno ? &errnos->list : &results->list, pat);
    return pat;
}

bool parse_result(struct parser *p, struct step *step)
{
    struct pat_items results = {0}, errnos = {0};
    bool ok;

    if (parser_is(p, TOK_LBRACE))
        return parser_unexpected(p, "a result");
    for (;;) {
        ok = parse_alternative(p, &results, &errnos);
        if (!ok || !parser_is_word(p, "or"))
            break;
        parser_advance(p);
    }
    step->result = one_of(p, &results);
    step->errnos = one_of(p, &errnos);
    return ok;
}
