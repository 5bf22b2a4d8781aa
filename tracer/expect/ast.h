/* expect/ast.h: an expectation file as data: roles, steps, value patterns. Made by the parser, read by
 * everyone else. */
#ifndef EXPECT_AST_H
#define EXPECT_AST_H

#include "base/diag.h"
#include "event/event.h"
#include "expect/need.h"

#include <stdbool.h>
#include <stdint.h>

/* A ${NAME} and its value. */
struct param {
    const char *name, *value;
    bool is_default; /* a `set` line of the file wins */
};

enum pat_kind {
    PAT_ANY,    /* _ */
    PAT_INT,    /* 5, 0x10, -1 */
    PAT_SYM,    /* AF_INET: by name; compares with the name of a symbol, or with the number where an int was
                   seen.    NULL is the symbol of this name */
    PAT_FLAGS,  /* A|B, A|...: a set of names (one name alone is PAT_SYM) */
    PAT_STR,    /* "…": literal pieces with ... between them */
    PAT_STRUCT, /* {field=value, ...} */
    PAT_ARRAY,  /* [a, b, ...] */
    PAT_CMP,    /* > 0, >= n, < n, <= n, != n */
    PAT_RANGE,  /* 1..128 */
    PAT_OR,     /* X or Y */
    PAT_NOT,    /* not X */
    PAT_NAME,   /* $name */
    PAT_ADDR,   /* 127.0.0.1:7000, [::1]:7000, *:7000, unix:"/tmp/s" */
};

enum pat_cmp { CMP_GT, CMP_GE, CMP_LT, CMP_LE, CMP_NE };

/* A piece of a string pattern. */
struct pat_piece {
    bool any; /* `...`: any bytes, none included */
    const char *bytes;
    size_t len;
};

struct pat;

struct pat_field {
    const char *name;
    const struct pat *value;
};

struct pat {
    enum pat_kind kind;
    struct span span;
    union {
        int64_t n; /* PAT_INT */
        struct {
            const char *name;
            uint64_t n; /* its number, the same in every table that has the name; known where `known` */
            bool known;
        } sym; /* PAT_SYM */
        struct {
            const char *const *names;
            size_t len;
            bool open; /* …|...: at least these */
        } flags;
        struct {
            const struct pat_piece *pieces;
            size_t len;
        } str;
        struct {
            const struct pat_field *fields;
            size_t len;
            bool open;
        } st;
        struct {
            const struct pat *const *items;
            size_t len;
            bool open;
        } array;
        struct {
            enum pat_cmp op;
            int64_t n;
        } cmp;
        struct {
            int64_t from, to;
        } range;
        struct {
            const struct pat *const *items;
            size_t len;
        } any_of;                /* PAT_OR */
        const struct pat *inner; /* PAT_NOT */
        size_t slot;             /* PAT_NAME: index into expect.slots */
        struct {
            bool any_host;          /* `*`: any address of either family */
            uint8_t ip[16], ip_len; /* else 4 or 16 bytes; 0: a Unix address */
            const char *zone;       /* IPv6: the interface behind `%`, its name or index; NULL: any */
            const char *path;       /* Unix: the path; "@name" for abstract */
            size_t path_len;
            /* PAT_INT, PAT_RANGE, PAT_NAME or PAT_ANY; NULL for Unix, and for a host alone: inet_addr("…") in
             * a struct */
            const struct pat *port;
        } addr;
    };
};

enum step_kind {
    STEP_CALL,
    STEP_OPTIONAL,  /* body once or not at all */
    STEP_REPEAT,    /* body min..max times; a body that is one call with a block: one life after the other */
    STEP_EACH,      /* body is one call with a block: min..max such lives, side by side */
    STEP_EITHER,    /* one of `alternatives` */
    STEP_NEVER,     /* body is one call that no event of the block may match */
    STEP_ANY,       /* ... alone on a line */
    STEP_UNORDERED, /* in any order: each line of `body`, interleaved as they like */
    STEP_BLOCK,     /* `body` in order: { … } as one line of STEP_UNORDERED */
    STEP_TOTAL,     /* sends, receives: no line among the others, but a part of its block's scope */
};

enum { STEP_NO_LIMIT = INT32_MAX };

/* `points N`: what a block is worth. */
struct points {
    int32_t n;
    struct span span;
};

/* Steps in order. */
struct steps {
    struct step *const *items;
    size_t len;
    const struct points *points; /* of the block, or NULL */
};

/* `ignore NAME`: calls that a block doesn't look at, as a call line names them. */
struct ignore {
    enum canon canon;
    const char *exact; /* this very system call, or NULL: all of the canonical call */
    const char *name;  /* as written */
};

/* `sends …`, `receives …`: all bytes that the block's socket moved in one direction. */
struct total {
    const struct pat *count; /* `N bytes`; else NULL, and… */
    const struct pat *text;  /* …PAT_STR, which has no `...` where it stands more than once, */
    int64_t times;           /* …one copy after the other */
};

/* What stands in a block about all of it. `strict` and `ignore` hold for the blocks inside as well. */
struct scope {
    bool strict; /* all events, exact system calls, all flags */
    const struct ignore *ignores;
    size_t nignores;
    const struct step *totals[2]; /* STEP_TOTAL, or NULL: [0] receives, [1] sends */
};

struct step {
    enum step_kind kind;
    struct span span; /* of the whole line; of a block: its first line */

    /* STEP_CALL */
    enum canon canon;
    /* This very system call, by the kernel's name (`accept4`; `send!` is sendto), whatever its canonical
       form; or NULL: any of the canonical call. */
    const char *exact;
    const char *name; /* as written, for messages */
    struct span name_span;
    const struct pat *args[EVENT_MAX_ARGS];
    size_t nargs;
    const struct pat *result; /* NULL: success (or, with `errnos`, that failure) */
    /* `= -1 ENAME or …`: PAT_SYM, PAT_OR, PAT_NOT, PAT_ANY (`-1`, `-1 _`); NULL: none. Beside `result`: one
       or the other
       (`= 0 or -1 ECONNRESET`). */
    const struct pat *errnos;
    const char *hint; /* for whoever got this line wrong, or NULL */
    bool has_bang;    /* `name!` */
    bool is_data;     /* a send/recv line with a data argument: it describes the stream */
    bool has_life;    /* `= $sock { … }`: `life` is the block of the new socket; result is then PAT_NAME */
    struct steps life;
    struct scope scope; /* of `life` */

    /* STEP_OPTIONAL, STEP_REPEAT, STEP_EACH, STEP_NEVER, STEP_UNORDERED, STEP_BLOCK */
    struct steps body;
    int32_t min, max;

    /* STEP_TOTAL; `canon` is CANON_SEND or CANON_RECV */
    struct total total;

    /* STEP_EITHER */
    const struct steps *alternatives;
    size_t nalternatives;
};

/* ROLE CALL [xN]: that a role has made a call so many times. */
struct awaited {
    const char *role;
    enum canon canon;
    int32_t times;
    struct span span; /* of the role's name */
};

/* pause before CALL until … */
struct pause {
    enum canon before;
    struct awaited until;
    struct span span; /* of the directive */
};

enum { INJECT_EVERY = 0 };

/* inject CALL FAULT … */
struct injection {
    enum canon canon;
    struct inject inject;
    int32_t nth; /* which of the role's calls, from 1; INJECT_EVERY */
    struct span span;
};

struct role_env {
    const char *name, *value;
};

struct role {
    const char *name; /* of a copy "client#1", … */
    const char *base; /* as it stands in the file: "client" */
    int32_t copy;     /* of `copies N`: from 1, and each is a role; 0: there are none */
    struct span span; /* of the name */
    struct span command_span;
    const char *command; /* one string, still to be split into words; parameters are filled in */
    bool has_exit, has_killed, has_stdin, has_stdout;
    int exit_status;
    struct span exit_span, killed_span, stdout_span;
    const char *exit_hint, *killed_hint, *stdout_hint; /* NULL: none */
    uint64_t killed_by;                                /* a signal number */
    const char *stdin_bytes;
    size_t stdin_len;
    const struct pat *stdout_pat; /* PAT_STR */
    const struct role_env *env;
    size_t nenv;
    uint32_t timeout_ms;        /* 0: not given */
    struct awaited start;       /* without a role: the default, when every earlier role is ready */
    const struct pause *pauses; /* one after the other */
    size_t npauses;
    const struct injection *injections;
    size_t ninjections;
    const char *const *allow; /* "SD012", … */
    size_t nallow;
    struct steps body;
    struct scope scope;
};

struct expect {
    const struct source *source; /* borrowed */
    const char *title, *about;   /* "" where not given */
    const char *const *shows;    /* the claims of a course that it shows: "S1", … */
    size_t nshows;
    const struct param *params; /* with those that the file sets */
    size_t nparams;
    const struct need *needs; /* what it requires of the machine, each kind once */
    size_t nneeds;
    struct role *const *roles;
    size_t nroles;
    const char *const *slots; /* names without `$`, each once */
    size_t nslots;
};

#endif
