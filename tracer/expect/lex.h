/* expect/lex.h: from the text of an expectation to its tokens; ${NAME} is replaced on the way. */
#ifndef EXPECT_LEX_H
#define EXPECT_LEX_H

#include "expect/parse.h"

enum tok_kind {
    TOK_END,
    TOK_NEWLINE,
    TOK_BAD,  /* already told as a diagnostic: a parser that meets it fails without a word */
    TOK_WORD, /* letters, digits, _, single dots, ${…}; a minus in front of digits: AF_INET 0x10 127.0.0.1 -1
                 5s */
    TOK_SLOT,     /* $name */
    TOK_STR,      /* "…" */
    TOK_HOST6,    /* [::1] */
    TOK_ELLIPSIS, /* ... */
    TOK_RANGE,    /* .. */
    TOK_LPAREN,
    TOK_RPAREN,
    TOK_LBRACE,
    TOK_RBRACE,
    TOK_LBRACKET,
    TOK_RBRACKET,
    TOK_COMMA,
    TOK_COLON,
    TOK_EQ,
    TOK_BANG,
    TOK_PIPE,
    TOK_STAR,
    TOK_AT,
    TOK_AMP,
    TOK_GT,
    TOK_GE,
    TOK_LT,
    TOK_LE,
    TOK_NE,
};

struct token {
    enum tok_kind kind;
    struct span span; /* in the file, where parameters stand as ${NAME} */
    /* WORD, HOST6 (without brackets), SLOT (without `$`), STR (a `...` as three dots): `len` bytes and a NUL.
     */
    const char *text;
    size_t len;
    /* STR as a pattern */
    const struct pat_piece *pieces;
    size_t npieces;
    bool has_ellipsis;
    bool has_param; /* a ${NAME} stands in it */
    bool is_wild;   /* one of them has no value, and stands for any */
};

struct lex {
    const struct source *source;
    const struct param *params;
    size_t nparams;
    bool is_lenient; /* a ${NAME} without a value is no error */
    struct arena *arena;
    struct diags *diags;
    size_t pos; /* behind the last token */
};

/* No more errors than this are told of one file: what follows is no expectation. */
enum { LEX_MOST_ERRORS = 100 };

/* Begin, and look the text over: a NUL byte or broken UTF-8 is an error, and after a NUL nothing more is
 * read. */
void lex_init(struct lex *lex, const struct source *source, struct arena *arena, struct diags *diags);

/* The next token. After LEX_MOST_ERRORS, TOK_END. */
struct token lex_next(struct lex *lex);

/* A value without quotes: everything up to the next blank, as a WORD; or a STR where a quote stands here. */
struct token lex_bare(struct lex *lex);

/* The next byte of the line that is no blank, '\0' at the end of the text; nothing is read. */
char lex_peek(const struct lex *lex);

/* true where the next word, on this or a later line, is `word`; nothing is read. */
bool lex_word_follows(const struct lex *lex, const char *word);

/* Letters, digits and _. */
bool lex_is_word(char c);

/* How a message names this kind of token: "','", "a string". */
const char *lex_kind_name(enum tok_kind kind);

#endif
