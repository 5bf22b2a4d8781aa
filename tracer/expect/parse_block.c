/* expect/parse_block.c: lines one after the other, of the file and of blocks. */
#include "expect/parser.h"

#include "event/canon.h"

static void skip_block(struct parser *p)
{
    unsigned depth = 0;

    do {
        if (parser_is(p, TOK_LBRACE))
            depth++;
        if (parser_is(p, TOK_RBRACE))
            depth--;
        parser_advance(p);
    } while (depth && !parser_is(p, TOK_END));
}

static bool no_end(struct parser *p, const struct block *block)
{
    if (p->diags->list.len < LEX_MOST_ERRORS)
        diags_add(p->diags, block->opener, "this '{' has no '}'");
    p->unwind = true;
    return false;
}

bool parse_block(struct parser *p, struct block *block)
{
    block->opener = p->tok.span;
    if (p->block_depth == PARSER_MOST_DEPTH) {
        diags_add(p->diags, p->tok.span, "blocks are nested deeper than %d here", PARSER_MOST_DEPTH);
        skip_block(p);
        return false;
    }
    parser_advance(p);
    p->block_depth++;
    while (!p->unwind && !parser_is(p, TOK_RBRACE)) {
        if (parser_is(p, TOK_END))
            no_end(p, block);
        else if (parser_is(p, TOK_NEWLINE))
            parser_advance(p);
        else
            parse_line(p, block);
    }
    p->block_depth--;
    if (p->unwind)
        return false;
    parser_advance(p);
    return true;
}

static bool line_opens_block(const struct parser *p)
{
    const struct source *source = p->lex.source;
    size_t end = source_line(source, p->tok.span.from).to;

    while (end > p->tok.span.to && (source->text[end - 1] == ' ' || source->text[end - 1] == '\r'))
        end--;
    return source->text[end - 1] == '{';
}

static bool role_inside(struct parser *p, struct block *block)
{
    no_end(p, block);
    diags_hint(p->diags, "on line %u, '%s' looks like the next role",
               source_place(p->lex.source, p->tok.span.from).line, p->tok.text);
    return false;
}

static bool misplaced(struct parser *p, const struct keyword *keyword)
{
    if (keyword->places == PLACE_LINE)
        diags_add(p->diags, p->tok.span,
                  "'%s' stands behind a call, or behind 'exit', 'killed by' or 'stdout'", keyword->word);
    else if (keyword->places == PLACE_LIFE) {
        diags_add(p->diags, p->tok.span, "'%s' stands in the block of a socket, which it is about",
                  keyword->word);
        diags_hint(p->diags, "accept($listener) = $conn { … }, or socket(…) = $s { … }");
    } else if (keyword->places == PLACE_SCOPE)
        diags_add(p->diags, p->tok.span,
                  "'%s' stands in the block of a role or of a socket, and is about all of it", keyword->word);
    else if (keyword->places == PLACE_FILE)
        diags_add(p->diags, p->tok.span, "'%s' stands at the top of the file, outside of roles",
                  keyword->word);
    else if (keyword->places == PLACE_ROLE)
        diags_add(p->diags, p->tok.span, "'%s' stands in a role's own block, not outside of it or deeper",
                  keyword->word);
    else
        diags_add(p->diags, p->tok.span, "'%s' stands in the block of a role", keyword->word);
    return false;
}

static bool unknown_word(struct parser *p, const struct block *block)
{
    VEC(const char *) words = {0};
    const struct keyword *keyword;
    const char *word;

    diags_add(p->diags, p->tok.span, "unknown directive '%s'", p->tok.text);
    for (size_t i = 0; (word = keyword_at(i)); i++) {
        keyword = keyword_find(word);
        if (!keyword->places || keyword->places & block->place)
            vec_push(&words, word);
    }
    if (!parser_hint_nearest(p, p->tok.text, words.items, words.len))
        diags_hint(p->diags, block->place == PLACE_FILE ? "a role is written NAME \"COMMAND\" {"
                                                        : "a call is written name(arguments) = result");
    vec_release(&words);
    return false;
}

static bool parse_word_line(struct parser *p, struct block *block)
{
    const struct keyword *keyword = keyword_find(p->tok.text);
    char next = lex_peek(&p->lex);
    struct step *call;

    if (next == '(' || next == '!') {
        if (block->place == PLACE_FILE) {
            diags_add(p->diags, p->tok.span, "a call stands in the block of a role");
            return false;
        }
        call = parse_call(p);
        if (call)
            vec_push(&block->steps, call);
        return call;
    }
    if (keyword && (keyword->places & block->place))
        return keyword->parse(p, block);
    if (keyword)
        return misplaced(p, keyword);
    if (block->place == PLACE_FILE && (next == '"' || line_opens_block(p)))
        return parse_role(p, block);
    if (block->place != PLACE_FILE && next == '"' && line_opens_block(p))
        return role_inside(p, block);
    if (canon_find(p->tok.text) != CANON_NONE || canon_of_syscall(p->tok.text) != CANON_NONE) {
        parser_advance(p);
        return parser_expect(p, TOK_LPAREN);
    }
    return unknown_word(p, block);
}

void parse_line(struct parser *p, struct block *block)
{
    size_t from = p->tok.span.from;
    bool ok;

    if (parser_is(p, TOK_WORD) && !p->tok.has_param)
        ok = parse_word_line(p, block);
    else if (parser_is(p, TOK_ELLIPSIS) && block->place != PLACE_FILE)
        ok = parse_any(p, block);
    else if (parser_is(p, TOK_LBRACE) && block->unordered)
        ok = parse_bare_block(p, block);
    else
        ok = parser_unexpected(p, block->place == PLACE_FILE ? "a role or a directive"
                                                             : "a call or a directive");
    if (!ok || !parser_line_ends(p))
        parser_recover(p, from, block->place);
}
