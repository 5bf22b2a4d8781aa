/* expect/lex.c: tokens of an expectation. */
#include "expect/lex.h"

#include "base/quote.h"

#include <string.h>

/* Longer ones first: the first that fits is taken. */
static const struct {
    const char *text;
    enum tok_kind kind;
} marks[] = {
    {"...", TOK_ELLIPSIS}, {"..", TOK_RANGE}, {">=", TOK_GE},    {"<=", TOK_LE},    {"!=", TOK_NE},
    {"(", TOK_LPAREN},     {")", TOK_RPAREN}, {"{", TOK_LBRACE}, {"}", TOK_RBRACE}, {"[", TOK_LBRACKET},
    {"]", TOK_RBRACKET},   {",", TOK_COMMA},  {":", TOK_COLON},  {"=", TOK_EQ},     {"!", TOK_BANG},
    {"|", TOK_PIPE},       {"*", TOK_STAR},   {"@", TOK_AT},     {"&", TOK_AMP},    {">", TOK_GT},
    {"<", TOK_LT},
};

/* Of a word or string under construction. */
struct cook {
    struct buf text;
    VEC(struct pat_piece) pieces;
    size_t piece_from; /* where the bytes since the last `any` piece begin in `text` */
    struct token token;
};

const char *lex_kind_name(enum tok_kind kind)
{
    static const char *const names[] = {
        [TOK_END] = "the end of the file",
        [TOK_NEWLINE] = "the end of the line",
        [TOK_BAD] = "this",
        [TOK_WORD] = "a word",
        [TOK_SLOT] = "a $name",
        [TOK_STR] = "a string",
        [TOK_HOST6] = "an address",
        [TOK_ELLIPSIS] = "'...'",
        [TOK_RANGE] = "'..'",
        [TOK_LPAREN] = "'('",
        [TOK_RPAREN] = "')'",
        [TOK_LBRACE] = "'{'",
        [TOK_RBRACE] = "'}'",
        [TOK_LBRACKET] = "'['",
        [TOK_RBRACKET] = "']'",
        [TOK_COMMA] = "','",
        [TOK_COLON] = "':'",
        [TOK_EQ] = "'='",
        [TOK_BANG] = "'!'",
        [TOK_PIPE] = "'|'",
        [TOK_STAR] = "'*'",
        [TOK_AT] = "'@'",
        [TOK_AMP] = "'&'",
        [TOK_GT] = "'>'",
        [TOK_GE] = "'>='",
        [TOK_LT] = "'<'",
        [TOK_LE] = "'<='",
        [TOK_NE] = "'!='",
    };

    return names[kind];
}

static char at(const struct lex *lex, size_t pos)
{
    return pos < lex->source->len ? lex->source->text[pos] : '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool lex_is_word(char c)
{
    return is_name_start(c) || is_digit(c);
}

static bool is_param(const struct lex *lex, size_t pos)
{
    return at(lex, pos) == '$' && at(lex, pos + 1) == '{';
}

void lex_init(struct lex *lex, const struct source *source, struct arena *arena, struct diags *diags)
{
    const uint8_t *text = (const uint8_t *)source->text;
    const char *nul = source->len ? memchr(source->text, '\0', source->len) : NULL;

    *lex = (struct lex){.source = source, .arena = arena, .diags = diags};
    if (nul) {
        size_t pos = (size_t)(nul - source->text);

        diags_add(diags, (struct span){pos, pos + 1}, "a NUL byte: this is no text file");
        lex->pos = source->len;
        return;
    }
    if (source->len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        lex->pos = 3;
    for (size_t i = 0; i < source->len;) {
        size_t step = quote_utf8_len(text + i, source->len - i);

        if (!step) {
            diags_add(diags, (struct span){i, i + 1}, "this byte is not valid UTF-8");
            diags_hint(diags, "save the file as UTF-8; in a string, write the byte as \\x%02x", text[i]);
            return;
        }
        i += step;
    }
}

static size_t skip_blanks(const struct lex *lex, size_t pos)
{
    while (is_blank(at(lex, pos)))
        pos++;
    if (at(lex, pos) == '#')
        while (pos < lex->source->len && at(lex, pos) != '\n')
            pos++;
    return pos;
}

char lex_peek(const struct lex *lex)
{
    return at(lex, skip_blanks(lex, lex->pos));
}

bool lex_word_follows(const struct lex *lex, const char *word)
{
    size_t pos = skip_blanks(lex, lex->pos), len = strlen(word);

    while (at(lex, pos) == '\n')
        pos = skip_blanks(lex, pos + 1);
    return pos + len <= lex->source->len && memcmp(lex->source->text + pos, word, len) == 0 &&
           !lex_is_word(at(lex, pos + len));
}

/* The bytes since the last `any` piece become a piece. */
static void cook_flush(const struct lex *lex, struct cook *cook)
{
    size_t len = cook->text.len - cook->piece_from;

    if (len)
        vec_push(&cook->pieces,
                 (struct pat_piece){
                     .bytes = arena_memdup(lex->arena, cook->text.data + cook->piece_from, len),
                     .len = len,
                 });
    cook->piece_from = cook->text.len;
}

/* Any bytes stand here; in the plain text they are `shown`. */
static void cook_any(const struct lex *lex, struct cook *cook, const char *shown, size_t len)
{
    cook_flush(lex, cook);
    if (!cook->pieces.len || !cook->pieces.items[cook->pieces.len - 1].any)
        vec_push(&cook->pieces, (struct pat_piece){.any = true});
    buf_add(&cook->text, shown, len);
    cook->piece_from = cook->text.len;
}

/* Those that every run has, and a log of another tool does not tell. */
static bool is_of_runs(const char *name)
{
    return strcmp(name, "PORT") == 0 || strcmp(name, "TMP") == 0;
}

static void unset_param(const struct lex *lex, struct span span, const char *name)
{
    const char **names = alloc_zeroed((lex->nparams + 1) * sizeof(*names));
    const char *near;

    for (size_t i = 0; i < lex->nparams; i++)
        names[i] = lex->params[i].name;
    near = is_of_runs(name) ? NULL : diag_nearest(name, names, lex->nparams);
    diags_add(lex->diags, span, "${%s} has no value", name);
    if (near)
        diags_hint(lex->diags, "did you mean ${%s}?", near);
    else
        diags_hint(lex->diags, "give it one with --set %s=VALUE", name);
    free(names);
}

/* At `${`: add the value, and go behind the `}`. */
static void cook_param(struct lex *lex, struct cook *cook)
{
    size_t from = lex->pos, name_from = from + 2;
    char *name;

    lex->pos = name_from;
    while (lex_is_word(at(lex, lex->pos)))
        lex->pos++;
    cook->token.has_param = true;
    if (at(lex, lex->pos) != '}' || lex->pos == name_from) {
        diags_add(lex->diags, (struct span){from, lex->pos}, "a parameter is written ${NAME}");
        cook->token.is_wild = true;
        return;
    }
    name = arena_memdup(lex->arena, lex->source->text + name_from, lex->pos - name_from);
    lex->pos++;
    for (size_t i = 0; i < lex->nparams; i++) {
        if (strcmp(lex->params[i].name, name) == 0) {
            buf_adds(&cook->text, lex->params[i].value);
            return;
        }
    }
    if (!lex->is_lenient)
        unset_param(lex, (struct span){from, lex->pos}, name);
    cook->token.is_wild = true;
    cook_any(lex, cook, lex->source->text + from, lex->pos - from);
}

static struct token cook_finish(struct lex *lex, struct cook *cook, enum tok_kind kind, size_t from)
{
    struct token token = cook->token;
    struct pat_piece *pieces;

    cook_flush(lex, cook);
    pieces = ARENA_ARRAY(lex->arena, struct pat_piece, cook->pieces.len);
    for (size_t i = 0; i < cook->pieces.len; i++)
        pieces[i] = cook->pieces.items[i];
    token.pieces = pieces;
    token.npieces = cook->pieces.len;
    token.kind = kind;
    token.span = (struct span){from, lex->pos};
    token.len = cook->text.len;
    token.text = arena_memdup(lex->arena, cook->text.data, cook->text.len);
    buf_release(&cook->text);
    vec_release(&cook->pieces);
    return token;
}

/* At a backslash inside a string. */
static void cook_escape(struct lex *lex, struct cook *cook)
{
    const char *text = lex->source->text, *s = text + lex->pos + 1, *end = text + lex->source->len;
    char c = at(lex, lex->pos + 1);
    size_t from = lex->pos, len;
    uint8_t byte;

    if (c == '.' || c == '$') {
        buf_addc(&cook->text, c);
        lex->pos += 2;
        return;
    }
    if (quote_unescape(&s, end, &byte)) {
        buf_addc(&cook->text, (char)byte);
        lex->pos = (size_t)(s - text);
        return;
    }
    lex->pos++;
    len = quote_utf8_len((const uint8_t *)s, (size_t)(end - s));
    if (c != '\n' && c != '\0')
        lex->pos += len ? len : 1;
    diags_add(lex->diags, (struct span){from, lex->pos}, "there is no such escape in a string");
    diags_hint(lex->diags,
               "\\n \\t \\r \\\\ \\\" \\0, \\x with two digits, octal up to \\377; \\. and \\$ stand for "
               "themselves");
}

/*
 * A string that its line does not end. A `{` that ends the line is left to the parser: were it swallowed, the
 * block's
 * `}` would be told as a second error.
 */
static struct token unterminated(struct lex *lex, size_t from)
{
    struct span line = source_line(lex->source, from);

    diags_add(lex->diags, (struct span){from, from + 1}, "this string has no end");
    diags_hint(lex->diags, "a string ends on its line, with '\"'");
    lex->pos = line.to;
    while (line.to > from && is_blank(at(lex, line.to - 1)))
        line.to--;
    if (line.to > from + 1 && at(lex, line.to - 1) == '{')
        lex->pos = line.to - 1;
    return (struct token){.kind = TOK_BAD, .span = {from, lex->pos}};
}

static bool at_ellipsis(const struct lex *lex)
{
    return at(lex, lex->pos) == '.' && at(lex, lex->pos + 1) == '.' && at(lex, lex->pos + 2) == '.';
}

static void cook_ellipsis(struct lex *lex, struct cook *cook)
{
    cook->token.has_ellipsis = true;
    cook_any(lex, cook, "...", 3);
    lex->pos += 3;
}

static struct token lex_string(struct lex *lex)
{
    struct cook cook = {0};
    size_t from = lex->pos++;

    while (at(lex, lex->pos) != '"') {
        char c = at(lex, lex->pos);

        if (c == '\n' || lex->pos >= lex->source->len) {
            buf_release(&cook.text);
            vec_release(&cook.pieces);
            return unterminated(lex, from);
        }
        if (c == '\\') {
            cook_escape(lex, &cook);
        } else if (at_ellipsis(lex)) {
            cook_ellipsis(lex, &cook);
        } else if (is_param(lex, lex->pos)) {
            cook_param(lex, &cook);
        } else {
            buf_addc(&cook.text, c);
            lex->pos++;
        }
    }
    lex->pos++;
    /* strace marks so what it cut off. */
    if (at_ellipsis(lex))
        cook_ellipsis(lex, &cook);
    return cook_finish(lex, &cook, TOK_STR, from);
}

/* Does a word go on here? A dot belongs to it between two parts only: `1..128` are two words. */
static bool word_goes_on(const struct lex *lex, size_t from)
{
    size_t pos = lex->pos;

    if (lex_is_word(at(lex, pos)) || is_param(lex, pos))
        return true;
    return at(lex, pos) == '.' && pos > from && (lex_is_word(at(lex, pos + 1)) || is_param(lex, pos + 1));
}

static struct token lex_word(struct lex *lex)
{
    struct cook cook = {0};
    size_t from = lex->pos;

    if (at(lex, from) == '-') {
        buf_addc(&cook.text, '-');
        lex->pos++;
    }
    while (word_goes_on(lex, from)) {
        if (is_param(lex, lex->pos))
            cook_param(lex, &cook);
        else
            buf_addc(&cook.text, at(lex, lex->pos++));
    }
    return cook_finish(lex, &cook, TOK_WORD, from);
}

static struct token lex_slot(struct lex *lex)
{
    struct token token = {.kind = TOK_SLOT};
    size_t from = lex->pos, name = from + 1;

    do
        lex->pos++;
    while (lex_is_word(at(lex, lex->pos)));
    token.span = (struct span){from, lex->pos};
    token.len = lex->pos - name;
    token.text = arena_memdup(lex->arena, lex->source->text + name, token.len);
    if (!is_name_start(token.text[0])) {
        diags_add(lex->diags, token.span, "a name is written $name, a parameter ${NAME}");
        token.kind = TOK_BAD;
    }
    return token;
}

/*
 * `[::1]`, `[fe80::1%lo]`: brackets around one word with a colon in it, or with a colon behind them. Anything
 * else is an array, and nothing is read then.
 */
static bool lex_host6(struct lex *lex, struct token *token)
{
    struct cook cook = {0};
    struct lex ahead = *lex;
    size_t from = lex->pos, close = from + 1;
    bool has_colon = false;

    while (close < lex->source->len && (lex_is_word(at(lex, close)) || strchr(":.${}%", at(lex, close)))) {
        has_colon |= at(lex, close) == ':';
        close++;
    }
    if (at(lex, close) != ']' || close == from + 1 || (!has_colon && at(lex, close + 1) != ':'))
        return false;
    ahead.pos = from + 1;
    while (ahead.pos < close) {
        if (is_param(&ahead, ahead.pos))
            cook_param(&ahead, &cook);
        else
            buf_addc(&cook.text, at(&ahead, ahead.pos++));
    }
    lex->pos = close + 1;
    *token = cook_finish(lex, &cook, TOK_HOST6, from);
    return true;
}

static struct token unexpected(struct lex *lex)
{
    size_t from = lex->pos;
    struct buf shown = {0};
    size_t step;

    do {
        step = quote_utf8_len((const uint8_t *)lex->source->text + lex->pos, lex->source->len - lex->pos);
        lex->pos += step ? step : 1;
    } while ((at(lex, lex->pos) & 0x80) && lex->pos < lex->source->len);
    quote_terminal(&shown, lex->source->text + from, lex->pos - from);
    diags_add(lex->diags, (struct span){from, lex->pos}, "'%s' means nothing here", buf_str(&shown));
    buf_release(&shown);
    return (struct token){.kind = TOK_BAD, .span = {from, lex->pos}};
}

struct token lex_next(struct lex *lex)
{
    struct token token;
    size_t from;
    char c;

    from = lex->pos = skip_blanks(lex, lex->pos);
    c = at(lex, from);
    if (from >= lex->source->len || lex->diags->list.len >= LEX_MOST_ERRORS)
        return (struct token){.kind = TOK_END, .span = {lex->source->len, lex->source->len}};
    if (c == '\n') {
        lex->pos++;
        from -= from > 0 && at(lex, from - 1) == '\r';
        return (struct token){.kind = TOK_NEWLINE, .span = {from, from}};
    }
    if (c == '"')
        return lex_string(lex);
    if (lex_is_word(c) || is_param(lex, from) ||
        (c == '-' && (is_digit(at(lex, from + 1)) || is_param(lex, from + 1))))
        return lex_word(lex);
    if (c == '$')
        return lex_slot(lex);
    if (c == '[' && lex_host6(lex, &token))
        return token;
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        size_t len = strlen(marks[i].text);

        if (len <= lex->source->len - from && memcmp(lex->source->text + from, marks[i].text, len) == 0) {
            lex->pos += len;
            return (struct token){.kind = marks[i].kind, .span = {from, lex->pos}};
        }
    }
    return unexpected(lex);
}

struct token lex_bare(struct lex *lex)
{
    struct cook cook = {0};
    size_t from = lex->pos;

    if (at(lex, from) == '"')
        return lex_string(lex);
    while (lex->pos < lex->source->len && at(lex, lex->pos) != '\n' && !is_blank(at(lex, lex->pos))) {
        if (is_param(lex, lex->pos))
            cook_param(lex, &cook);
        else
            buf_addc(&cook.text, at(lex, lex->pos++));
    }
    return cook_finish(lex, &cook, TOK_WORD, from);
}
