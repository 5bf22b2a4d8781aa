/* expect/parse_direct.c: directives that tell the runner when a role starts, waits, and meets a fault. */
#include "base/clock.h"
#include "expect/parser.h"

#include <string.h>

enum { MOST_TIMES = 1000000, MOST_DELAY_MS = 60 * 60 * 1000, MOST_SHORT = 1024 * 1024 * 1024 };

#define CALL(canon) (1U << (canon))

/* xN */
static bool parse_times(struct parser *p, struct awaited *awaited)
{
    struct token number = p->tok;
    int64_t n;

    awaited->times = 1;
    if (!parser_is(p, TOK_WORD) || p->tok.text[0] != 'x')
        return true;
    number.text++;
    if (p->tok.is_wild) {
        parser_advance(p);
        return true;
    }
    if (!token_is_number(&number))
        return parser_unexpected(p, "a count: x2");
    if (!parser_number(p, &number, &n))
        return false;
    if (n < 1 || n > MOST_TIMES)
        diags_add(p->diags, p->tok.span, "the count is a number from 1 to %d", MOST_TIMES);
    else
        awaited->times = (int32_t)n;
    parser_advance(p);
    return true;
}

/* A call by its canonical name. Whatever system call does it is meant. */
static bool parse_canon(struct parser *p, enum canon *canon)
{
    struct span span = p->tok.span;
    const char *exact, *name = parser_name(p, "a call");

    if (!name)
        return false;
    *canon = call_find(p, span, name, false, &exact);
    if (*canon != CANON_NONE && exact) {
        diags_add(p->diags, span, "'%s' is one system call of several that do the same", name);
        diags_hint(p->diags, "name what they do: '%s'", canon_name(*canon));
    }
    return true;
}

/* start when ROLE CALL [xN] */
bool parse_start(struct parser *p, struct block *block)
{
    struct awaited *start = &block->role->start;
    bool has_start = start->role;
    const char *call, *exact;
    struct span span;

    parser_once(p, &has_start);
    start->span = p->tok.span;
    parser_advance(p);
    if (!parser_is_word(p, "when"))
        return parser_unexpected(p, "'when'");
    parser_advance(p);
    start->span = p->tok.span;
    start->role = parser_name(p, "a role");
    if (!start->role)
        return false;
    span = p->tok.span;
    call = parser_name(p, "a call");
    if (!call)
        return false;
    start->canon = call_find(p, span, call, false, &exact);
    return parse_times(p, start);
}

/* pause before CALL until ROLE CALL [xN] */
bool parse_pause(struct parser *p, struct block *block)
{
    struct role *role = block->role;
    struct pause pause = {.span = p->tok.span}, *list;

    parser_advance(p);
    if (!parser_is_word(p, "before"))
        return parser_unexpected(p, "'before' and a call");
    parser_advance(p);
    if (!parse_canon(p, &pause.before))
        return false;
    if (!parser_is_word(p, "until"))
        return parser_unexpected(p, "'until'");
    parser_advance(p);
    pause.until.span = p->tok.span;
    pause.until.role = parser_name(p, "a role");
    if (!pause.until.role || !parse_canon(p, &pause.until.canon) || !parse_times(p, &pause.until))
        return false;
    pause.span.to = p->prev_to;
    list = parser_grow(p, role->pauses, role->npauses, sizeof(*list));
    list[role->npauses++] = pause;
    role->pauses = list;
    return true;
}

/* ---- inject CALL FAULT [when N | every] ---- */

static bool parse_short(struct parser *p, struct inject *inject)
{
    return parser_count(p, "the count of bytes", 1, MOST_SHORT, &inject->n);
}

static bool parse_error(struct parser *p, struct inject *inject)
{
    const struct pat *pat = parse_errno(p);

    if (pat && pat->sym.known)
        inject->n = (int64_t)pat->sym.n;
    return pat;
}

static bool parse_delay(struct parser *p, struct inject *inject)
{
    uint32_t ms = 0;

    if (!parser_time(p, MOST_DELAY_MS, "an hour", &ms))
        return false;
    inject->n = (int64_t)ms * CLOCK_NS_PER_MS;
    return true;
}

/* What each fault can be put into, and what a file is told that wants more. */
static const struct fault {
    enum inject_kind kind;
    uint32_t calls; /* CALL bits; 0: all */
    const char *wrong;
    bool (*parse)(struct parser *p, struct inject *inject); /* its number; NULL: it has none */
} faults[] = {
    {INJECT_SHORT, CALL(CANON_SEND) | CALL(CANON_RECV),
     "only 'send' and 'recv' can be cut short: what they move is a stream of bytes", parse_short},
    {INJECT_ERROR, 0, NULL, parse_error},
    {INJECT_DELAY, 0, NULL, parse_delay},
    {INJECT_DROP, CALL(CANON_SEND) | CALL(CANON_SENDTO),
     "only a datagram that is sent can be dropped: by 'sendto', or by 'send' on a connected socket", NULL},
    {INJECT_RESET, CALL(CANON_SEND) | CALL(CANON_RECV) | CALL(CANON_SHUTDOWN) | CALL(CANON_CLOSE),
     "only a connection can be reset: before 'send', 'recv', 'shutdown' or 'close'", NULL},
};

static const struct fault *take_fault(struct parser *p)
{
    const char *words[ARRAY_LEN(faults)];

    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        words[i] = inject_name(faults[i].kind);
        if (parser_is_word(p, words[i])) {
            parser_advance(p);
            return &faults[i];
        }
    }
    parser_unexpected(p, "a fault: short N, error ENAME, delay T, drop or reset");
    if (parser_is(p, TOK_WORD))
        parser_hint_nearest(p, p->tok.text, words, ARRAY_LEN(words));
    return NULL;
}

/* `when N`, `every`, or nothing: the first. */
static bool parse_which(struct parser *p, int32_t *nth)
{
    int64_t n;

    *nth = 1;
    if (parser_is_word(p, "every")) {
        parser_advance(p);
        *nth = INJECT_EVERY;
    } else if (parser_is_word(p, "when")) {
        parser_advance(p);
        if (!parser_count(p, "the call's place", 1, MOST_TIMES, &n))
            return false;
        *nth = (int32_t)n;
    }
    return true;
}

/* A call can bear one fault. `every` leaves those out that have one of their own. */
static void check_alone(struct parser *p, const struct role *role, const struct injection *injection)
{
    for (size_t i = 0; i < role->ninjections; i++) {
        const struct injection *other = &role->injections[i];

        if (other->canon != injection->canon || other->nth != injection->nth ||
            injection->canon == CANON_NONE)
            continue;
        diags_add(p->diags, injection->span, "a second fault for the same '%s'",
                  canon_name(injection->canon));
        diags_hint(p->diags, "the first is on line %u", source_place(p->lex.source, other->span.from).line);
        return;
    }
}

bool parse_inject(struct parser *p, struct block *block)
{
    struct role *role = block->role;
    struct injection injection = {.span = p->tok.span}, *list;
    const struct fault *fault;
    struct span span;

    parser_advance(p);
    if (!parse_canon(p, &injection.canon))
        return false;
    span = p->tok.span;
    fault = take_fault(p);
    if (!fault)
        return false;
    if (fault->calls && injection.canon != CANON_NONE && !(fault->calls & CALL(injection.canon)))
        diags_add(p->diags, span, "%s", fault->wrong);
    injection.inject.kind = fault->kind;
    if ((fault->parse && !fault->parse(p, &injection.inject)) || !parse_which(p, &injection.nth))
        return false;
    injection.span.to = p->prev_to;
    check_alone(p, role, &injection);
    list = parser_grow(p, role->injections, role->ninjections, sizeof(*list));
    list[role->ninjections++] = injection;
    role->injections = list;
    return true;
}
