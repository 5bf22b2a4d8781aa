/* expect/parse_symbol.c: symbols and sets of them, looked up in the tables of names/. */
#include "expect/parser.h"

#include "names/nametab.h"

#include <string.h>

/* What a trace writes like a symbol without it being one. */
static const struct name other_names[] = {{0, "NULL"}};
static const struct nametab other = {
    .id = "", .unknown = "", .rows = other_names, .len = ARRAY_LEN(other_names)};

static const struct nametab *table_at(size_t i)
{
    return i ? nametab_at(i - 1) : &other;
}

static bool find(const char *name, uint64_t *n)
{
    for (size_t i = 0; table_at(i); i++)
        if (nametab_find(table_at(i), name, n))
            return true;
    return false;
}

bool symbol_is_errno(const struct token *tok)
{
    uint64_t n;

    return tok->kind == TOK_WORD && nametab_find(&nametab_errno, tok->text, &n);
}

/* Suggest a name of one table, or of all. */
static bool hint_name(struct parser *p, const char *word, const struct nametab *only)
{
    VEC(const char *) names = {0};
    const struct nametab *tab;
    bool found;

    for (size_t i = 0; (tab = table_at(i)); i++)
        for (size_t row = 0; (!only || tab == only) && row < tab->len; row++)
            vec_push(&names, tab->rows[row].name);
    found = parser_hint_nearest(p, word, names.items, names.len);
    vec_release(&names);
    return found;
}

static void unknown(struct parser *p)
{
    if (p->tok.has_param) {
        diags_add(p->diags, p->tok.span, "'%s' is no number, no symbol and no address", p->tok.text);
        diags_hint(p->diags, "text is written in quotes: \"${NAME}\"");
        return;
    }
    diags_add(p->diags, p->tok.span, "unknown symbol '%s'", p->tok.text);
    if (!hint_name(p, p->tok.text, NULL) && p->tok.text[0] >= 'a')
        diags_hint(p->diags, "text is written in quotes, a name of your own with '$' in front");
}

/* The word at hand, stepped over. One that no table has is told, and the line goes on. */
static bool take(struct parser *p, const char **name, uint64_t *n, bool *known)
{
    if (p->tok.kind != TOK_WORD)
        return parser_unexpected(p, "a symbol");
    *known = find(p->tok.text, n);
    if (!*known && !p->tok.is_wild)
        unknown(p);
    *name = p->tok.text;
    parser_advance(p);
    return true;
}

static bool have_common_table(const char *const *names, size_t len)
{
    const struct nametab *tab;
    uint64_t n;

    for (size_t i = 0; (tab = table_at(i)); i++) {
        size_t found = 0;

        while (tab->is_flags && found < len && nametab_find(tab, names[found], &n))
            found++;
        if (found == len)
            return true;
    }
    return false;
}

static const struct pat *parse_flags(struct parser *p, struct pat *pat, bool is_wild)
{
    VEC(const char *) names = {0};
    const char **copy, *name = pat->sym.name;
    uint64_t n;
    bool open = false, known = false, ok = true;

    vec_push(&names, name);
    while (ok && !open && parser_is(p, TOK_PIPE)) {
        parser_advance(p);
        open = parser_is(p, TOK_ELLIPSIS);
        if (open) {
            parser_advance(p);
        } else if ((ok = take(p, &name, &n, &known))) {
            vec_push(&names, name);
            is_wild |= !known;
        }
    }
    copy = ARENA_ARRAY(p->arena, const char *, names.len);
    for (size_t i = 0; i < names.len; i++)
        copy[i] = names.items[i];
    pat->kind = PAT_FLAGS;
    pat->flags.names = copy;
    pat->flags.len = names.len;
    pat->flags.open = open;
    vec_release(&names);
    if (ok && !is_wild && !have_common_table(pat->flags.names, pat->flags.len)) {
        diags_add(p->diags, (struct span){pat->span.from, p->prev_to}, "no argument takes %s with '|'",
                  pat->flags.len > 1 ? "these together" : "this");
        diags_hint(p->diags, "one or the other is written 'A or B'");
    }
    return ok ? pat_end(p, pat) : NULL;
}

const struct pat *parse_symbol(struct parser *p)
{
    struct pat *pat = pat_new(p, PAT_SYM);

    if (!take(p, &pat->sym.name, &pat->sym.n, &pat->sym.known))
        return NULL;
    if (parser_is(p, TOK_PIPE))
        return parse_flags(p, pat, !pat->sym.known);
    return pat_end(p, pat);
}

const struct pat *parse_errno(struct parser *p)
{
    struct pat *pat = pat_new(p, PAT_SYM);

    if (p->tok.kind != TOK_WORD) {
        parser_unexpected(p, "the name of an error");
        return NULL;
    }
    pat->sym.known = nametab_find(&nametab_errno, p->tok.text, &pat->sym.n);
    pat->sym.name = p->tok.text;
    if (!pat->sym.known && !p->tok.is_wild) {
        diags_add(p->diags, p->tok.span, "there is no error '%s'", p->tok.text);
        hint_name(p, p->tok.text, &nametab_errno);
    }
    parser_advance(p);
    return pat_end(p, pat);
}
