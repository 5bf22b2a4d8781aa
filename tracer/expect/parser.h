/* expect/parser.h: what the parts of the parser share: the token at hand, the tree so far, and how to go on
 * after an error. */
#ifndef EXPECT_PARSER_H
#define EXPECT_PARSER_H

#include "base/vec.h"
#include "expect/lex.h"

/* Blocks, and values inside one value, go this deep. */
enum { PARSER_MOST_DEPTH = 64 };

/* Where a keyword may stand. */
enum place_kind {
    PLACE_FILE = 1 << 0,
    PLACE_ROLE = 1 << 1,  /* in a role's block, not in one inside it */
    PLACE_LIFE = 1 << 2,  /* in the block of a socket, not in one inside it */
    PLACE_BLOCK = 1 << 3, /* in a block that only takes lines together */
    PLACE_SCOPE = PLACE_ROLE | PLACE_LIFE,
    PLACE_STEPS = PLACE_SCOPE | PLACE_BLOCK,
    PLACE_LINE = 1 << 4, /* behind what stands on a line; whoever reads that line reads it */
};

/* A block while it is read. */
struct block {
    enum place_kind place;
    const struct points *points;
    int32_t copies;      /* of the role; 0: not said */
    struct role *role;   /* NULL in PLACE_FILE */
    struct scope *scope; /* PLACE_SCOPE */
    bool unordered;      /* of `in any order`: a block may stand in it as a line does */
    struct span opener;  /* its `{` */
    VEC(struct step *) steps;
};

struct parser {
    struct lex lex;
    struct token tok; /* the one at hand; the lexer stands behind it */
    size_t prev_to;   /* where the one before it ended */
    struct arena *arena;
    struct diags *diags;
    struct expect *expect;
    bool has_title, has_about;
    VEC(const char *) slots;
    VEC(size_t) forgiven; /* slots on lines with errors: they may have been bound there */
    VEC(struct role *) roles;
    VEC(struct param) params;
    VEC(const char *) set; /* the names that the file has set */
    unsigned block_depth, value_depth;
    unsigned open_braces; /* of structs, on this line: an error's recovery goes past their ends */
    bool unwind;          /* a block has no end: leave them all, up to the file */
};

/*
 * The parts below that return bool or a pointer tell an error themselves; then the line is lost, false or
 * NULL goes up to whoever reads lines, and parser_recover follows.
 */

/* parser.c */
void parser_advance(struct parser *p);
bool parser_is(const struct parser *p, enum tok_kind kind);
bool parser_is_word(const struct parser *p, const char *word);
/* Step over this token, or say that it was expected. */
bool parser_expect(struct parser *p, enum tok_kind kind);
/* "expected WHAT, found …" at the token at hand. Returns false. */
bool parser_unexpected(struct parser *p, const char *what);
/* `hint "…"`, if it stands here; else *hint stays as it is. false: told. */
bool parser_hint(struct parser *p, const char **hint);
/* true where the line (or one-line block) ends here; else tells what stands there. */
bool parser_line_ends(struct parser *p);
/* Drop what is left of the line that began at `from`, with a block that begins at its end. */
void parser_recover(struct parser *p, size_t from, enum place_kind place);
size_t parser_slot(struct parser *p, const char *name);
/* The token at hand as an identifier, stepped over; NULL where it is none. `what`: "a role's name". */
const char *parser_name(struct parser *p, const char *what);
/* The token at hand as text without NUL bytes, `...` as dots, stepped over; NULL where it is no string. */
const char *parser_text(struct parser *p, const char *what);
/* NAME=VALUE or NAME="VALUE". `span`: the name's. */
bool parser_assignment(struct parser *p, const char **name, const char **value, struct span *span);
/* ${NAME} at this place, or NULL; give it another value, or one, from the next token on; or none. */
const struct param *parser_param(const struct parser *p, const char *name);
void parser_set(struct parser *p, struct param param);
void parser_unset(struct parser *p, const char *name);
/* Hint for the message added last: the nearest of the words, if one is near. Returns false where none is. */
bool parser_hint_nearest(struct parser *p, const char *word, const char *const *words, size_t len);
/* A list in the arena that grows by one: room for `n` + 1 items, the first `n` as they were. */
void *parser_grow(struct parser *p, const void *old, size_t n, size_t size);
/* A directive that stands a second time is told; the line is read all the same. */
void parser_once(struct parser *p, bool *has);
struct steps parser_steps(struct parser *p, struct block *block);

/* parse_num.c: a word as a number; tells what is wrong with it. A wild parameter counts as 0. */
bool parser_number(struct parser *p, const struct token *tok, int64_t *n);
/* The token at hand, stepped over, as a number from `from` to `to`. */
bool parser_count(struct parser *p, const char *what, int64_t from, int64_t to, int64_t *n);
bool token_is_number(const struct token *tok);
/* The token at hand, stepped over, as a time from 1ms to `most_ms`, which is `most` in words. One that is
 * none is told, and 0; false: the line is lost. */
bool parser_time(struct parser *p, uint32_t most_ms, const char *most, uint32_t *ms);

/* parse_value.c */
const struct pat *parse_value(struct parser *p);
/* One without `or`. */
const struct pat *parse_operand(struct parser *p);
const struct pat *parse_string(struct parser *p);
/* `RESULT or …` behind the `=`. */
bool parse_result(struct parser *p, struct step *step);
struct pat *pat_new(struct parser *p, enum pat_kind kind);
/* Its span ends at the last token read. */
const struct pat *pat_end(struct parser *p, struct pat *pat);

/* parse_symbol.c: words by the tables of names/ */
const struct pat *parse_symbol(struct parser *p);
const struct pat *parse_errno(struct parser *p);
bool symbol_is_errno(const struct token *tok);

/* parse_addr.c */
/* At a host (word, `*`, [::1]) with `:` behind it. */
const struct pat *parse_addr(struct parser *p);
const struct pat *parse_unix(struct parser *p);
bool token_is_host(const struct parser *p);
/* inet_addr("…"), inet_pton(AF_INET6, "…", &field): the host alone; the field's name goes to *field. */
const struct pat *parse_inet_addr(struct parser *p);
const struct pat *parse_inet_pton(struct parser *p, const char **field);
/* A struct that is a whole socket address, as PAT_ADDR; any other as it is. */
const struct pat *addr_from_struct(struct parser *p, struct pat *pat);

/* parse_step.c: what a block is worth, what is made of lines, and what repeats them */
bool parse_counted(struct parser *p, struct block *block);
bool parse_points(struct parser *p, struct block *block);
bool parse_either(struct parser *p, struct block *block);
bool parse_any(struct parser *p, struct block *block);
bool parse_unordered(struct parser *p, struct block *block);
/* At a `{` inside of `in any order`. */
bool parse_bare_block(struct parser *p, struct block *block);

/* parse_scope.c: what is said of a whole block */
bool parse_strict(struct parser *p, struct block *block);
bool parse_ignore(struct parser *p, struct block *block);
bool parse_total(struct parser *p, struct block *block);

/* parse_call.c */
/* The call that `name` stands for, with `!` behind it or not; tells an unknown one, and gives CANON_NONE. */
enum canon call_find(struct parser *p, struct span span, const char *name, bool bang, const char **exact);
/* A call with its block, if it has one. NULL: the line is lost. */
struct step *parse_call(struct parser *p);
/* The kernel's own name of a call that is written like this, or NULL. */
const char *call_kernel_name(const char *name);
/* Does the line describe the bytes of a stream, and not one call? */
bool call_is_data_line(const struct step *step);
/* A call that is made on the socket in its first argument. */
bool call_is_on_socket(enum canon canon);

/* parse_block.c */
/* From `{` to `}`. false: it has no end, or lies too deep, which is told. */
bool parse_block(struct parser *p, struct block *block);
/* One line of the file or of a block, with what belongs to it. */
void parse_line(struct parser *p, struct block *block);

/* parse_file.c: directives of the file */
bool parse_title(struct parser *p, struct block *block);
bool parse_about(struct parser *p, struct block *block);
bool parse_shows(struct parser *p, struct block *block);
bool parse_set(struct parser *p, struct block *block);
bool parse_requires(struct parser *p, struct block *block);

/* parse_role.c: roles and their directives */
bool parse_role(struct parser *p, struct block *file);
bool parse_exit(struct parser *p, struct block *block);
bool parse_killed(struct parser *p, struct block *block);
bool parse_stdin(struct parser *p, struct block *block);
bool parse_stdout(struct parser *p, struct block *block);
bool parse_env(struct parser *p, struct block *block);
bool parse_timeout(struct parser *p, struct block *block);
bool parse_allow(struct parser *p, struct block *block);
bool parse_copies(struct parser *p, struct block *block);

/* parse_direct.c: directives of a role that tell the runner what to do with it */
bool parse_start(struct parser *p, struct block *block);
bool parse_pause(struct parser *p, struct block *block);
bool parse_inject(struct parser *p, struct block *block);

/* keyword.c */
struct keyword {
    const char *word;
    unsigned places;                                      /* enum place_kind */
    bool (*parse)(struct parser *p, struct block *block); /* at the keyword; NULL: PLACE_LINE */
};

/* NULL where there is none. */
const struct keyword *keyword_find(const char *word);
/* NULL ends the walk. */
const char *keyword_at(size_t i);

/* check.c: what needs the whole tree: slots that nothing binds, roles that wait for each other. */
void check_expect(struct parser *p);

/* scope.c: what `strict` and `ignore` mean for the lines of a block and of those inside it. */
void scope_resolve(struct parser *p, const struct role *role);

#endif
