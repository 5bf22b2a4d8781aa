/* unit/expect/test_random.c: matcher, alignment and brute force agree on small random patterns and traces. */
#include "../suite.h"
#include "fit.h"

#include "brute_cost.h"

#include <inttypes.h>

/* xorshift: the same numbers everywhere. */
struct dice {
    uint64_t state;
};

static unsigned roll(struct dice *dice, unsigned sides)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return (unsigned)((dice->state >> 11) % sides);
}

/* A pattern being written. */
struct writer {
    struct dice *dice;
    struct buf *out;
    bool strict, ignores_shutdown, ignores_write;
    bool nests;          /* lives stand in lives */
    bool lives, streams; /* what stands in it: blocks of sockets; lines on the bytes of a stream */
};

static void random_block(struct writer *w, char sock, unsigned depth, unsigned len, bool lives);

static void random_totals(struct writer *w)
{
    static const char *const sends[] = {"sends \"ab\"", "sends \"a...\"",  "sends \"a...b\"", "sends 2 bytes",
                                        "sends \"\"",   "sends \"a\" x 2", "sends > 1 bytes"};
    static const char *const receives[] = {"receives \"ab\"", "receives \"...b\"", "receives \"ab\" x2",
                                           "receives 0 bytes"};

    if (roll(w->dice, 3) == 0)
        buf_addf(w->out, "%s\n", sends[roll(w->dice, ARRAY_LEN(sends))]);
    if (roll(w->dice, 5) == 0)
        buf_addf(w->out, "%s\n", receives[roll(w->dice, ARRAY_LEN(receives))]);
}

/* `sock` is 'a', or 'b' for a life inside a life. */
static void random_life(struct writer *w, char sock)
{
    static const char *const how[] = {"", "each ", "repeat ", "each 1..2 ", "optional "};
    bool strict = w->strict;

    buf_addf(w->out, "%saccept($%c) = $%c {\n", how[roll(w->dice, ARRAY_LEN(how))], sock, sock + 1);
    if (roll(w->dice, 8) == 0) {
        buf_adds(w->out, "strict\n");
        w->strict = true;
    }
    random_totals(w);
    random_block(w, (char)(sock + 1), 1, 2, w->nests && sock == 'a' && roll(w->dice, 3) == 0);
    buf_adds(w->out, "}\n");
    w->strict = strict;
}

static void random_data_line(struct writer *w, char sock)
{
    static const char *const data[] = {"a", "ab", "b", "aba"};
    static const char *const calls[] = {"send", "recv", "write", "send!"};
    const char *call = calls[roll(w->dice, w->ignores_write ? 2 : 4)];
    bool is_call = call[0] == 'w' ? !w->strict : call[4] == '!';

    if (!w->streams && !is_call)
        call = call[0] == 'r' ? "recv!" : "send!";
    buf_addf(w->out, "%s($%c, \"%s\")\n", call, sock, data[roll(w->dice, 4)]);
}

static void random_group(struct writer *w, char sock, unsigned depth, bool lives)
{
    static const char *const loops[] = {"optional", "repeat", "repeat 2", "repeat 1..2"};

    switch (roll(w->dice, 5)) {
    case 0:
        buf_adds(w->out, "either {\n");
        random_block(w, sock, depth - 1, 2, lives);
        buf_adds(w->out, "} or {\n");
        random_block(w, sock, depth - 1, 2, lives);
        buf_addf(w->out, "listen($%c)\noptional bind($%c)\n}\n", sock, sock);
        return;
    case 1:
    case 2:
        buf_adds(w->out, "in any order {\n");
        random_block(w, sock, depth - 1, 3, lives);
        if (roll(w->dice, 2)) {
            buf_adds(w->out, "{\n");
            random_block(w, sock, 0, 2, lives);
            buf_adds(w->out, "}\n");
        }
        buf_adds(w->out, "}\n");
        return;
    default:
        buf_addf(w->out, "%s {\n", loops[roll(w->dice, ARRAY_LEN(loops))]);
        random_block(w, sock, depth - 1, 2, lives);
        buf_adds(w->out, "}\n");
    }
}

static void random_line(struct writer *w, char sock, unsigned depth, bool lives)
{
    unsigned kind = roll(w->dice, depth ? 12 : 8);

    if (lives && roll(w->dice, 3) == 0) {
        random_life(w, sock);
        return;
    }
    switch (kind) {
    case 0:
    case 1:
    case 2:
    case 3: random_data_line(w, sock); return;
    case 4: buf_addf(w->out, roll(w->dice, 2) ? "recv($%c) = 0\n" : "send($%c) = 1\n", sock); return;
    case 5: buf_addf(w->out, w->ignores_shutdown ? "listen($%c)\n" : "shutdown($%c)\n", sock); return;
    case 6: buf_adds(w->out, "...\n"); return;
    case 7:
        if (roll(w->dice, 4))
            buf_addf(w->out, "setsockopt($%c)\n", sock);
        else
            buf_adds(w->out, "never setsockopt(_)\n");
        return;
    default: random_group(w, sock, depth, lives);
    }
}

static void random_block(struct writer *w, char sock, unsigned depth, unsigned len, bool lives)
{
    for (unsigned n = 1 + roll(w->dice, len); n > 0; n--)
        random_line(w, sock, depth, lives);
}

static void random_events(struct dice *dice, struct buf *out, bool lives)
{
    static const char *const data[] = {"a", "b", "ab", "ba", "aba"};
    static const char *const sending[] = {"send", "send", "write"};
    unsigned socks = 1;

    for (unsigned n = roll(dice, 7); n > 0; n--) {
        unsigned sock = 1 + roll(dice, socks);

        switch (roll(dice, lives ? 8 : 6)) {
        case 0:
        case 1: buf_addf(out, "; %s %u '%s'", sending[roll(dice, 3)], sock, data[roll(dice, 5)]); break;
        case 2:
        case 3: buf_addf(out, "; recv %u '%s'", sock, data[roll(dice, 5)]); break;
        case 4: buf_addf(out, roll(dice, 2) ? "; recv %u 0" : "; shutdown %u", sock); break;
        case 5: buf_addf(out, roll(dice, 3) ? "; setsockopt %u" : "; listen %u", sock); break;
        default:
            if (socks < 4) {
                buf_addf(out, "; accept %u =%u", roll(dice, 4) ? 1 : sock, socks + 1);
                socks++;
            }
        }
    }
}

/* Anything at all: identities given twice, calls on sockets that are closed, libc's sockets, connects in
 * progress. No lives stand in lives then: an identity that was given twice would belong to either. */
static void strange_events(struct dice *dice, struct buf *out)
{
    static const char *const ends[] = {"", "", "", " ?", " !EINTR", " !EBADF", " !EINPROGRESS"};

    for (unsigned n = roll(dice, 14); n > 0; n--) {
        unsigned sock = 1 + roll(dice, 4), other = 1 + roll(dice, 5);
        const char *end = ends[roll(dice, ARRAY_LEN(ends))];

        switch (roll(dice, 12)) {
        case 0: buf_addf(out, "; send %u 'ab'%s", sock, end); break;
        case 1: buf_addf(out, "; recv %u 'a~'%s", sock, end); break;
        case 2: buf_addf(out, "; recv %u 0%s", sock, end); break;
        case 3: buf_addf(out, "; close %u%s%s", sock, roll(dice, 3) ? "" : " dup", end); break;
        case 4: buf_addf(out, "; closed %u", sock); break;
        case 5: buf_addf(out, "; socket %s =%u", roll(dice, 2) ? "udp" : "tcp", other); break;
        case 6: buf_addf(out, "; connect %u %u%s", sock, roll(dice, 2) ? 53 : 7000, end); break;
        case 7: buf_addf(out, "; so_error %u %u", sock, roll(dice, 2)); break;
        case 8: buf_addf(out, "; shutdown %u", sock); break;
        default: buf_addf(out, "; accept %u =%u", sock, other);
        }
    }
}

/* Kinds of cases. */
enum { ANY_CASE, STRANGE_EVENTS, NO_LIVES, NO_STREAMS };

/* A pattern and events, both from the seed. */
static void make_case(struct fit *fit, uint64_t seed, int kind)
{
    struct dice dice = {.state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1};
    struct buf pattern = {0}, events = {0};
    bool lives = roll(&dice, 2) && kind < NO_LIVES;
    struct writer w = {
        .dice = &dice, .out = &pattern, .streams = kind != NO_STREAMS, .nests = kind != STRANGE_EVENTS};

    w.strict = roll(&dice, 6) == 0;
    w.ignores_shutdown = roll(&dice, 6) == 0;
    w.ignores_write = roll(&dice, 6) == 0;
    buf_addf(&pattern, "%s%s%s", w.strict ? "strict\n" : "", w.ignores_shutdown ? "ignore shutdown\n" : "",
             w.ignores_write ? "ignore write\n" : "");
    buf_adds(&pattern, "socket(AF_INET, SOCK_STREAM|...) = $a\n");
    random_block(&w, 'a', 2, 3, lives);
    buf_adds(&events, "socket tcp =1");
    if (kind == STRANGE_EVENTS)
        strange_events(&dice, &events);
    else
        random_events(&dice, &events, lives);
    fit_init(fit, buf_str(&pattern), buf_str(&events));
    fit->script.text = arena_strdup(&fit->arena, buf_str(&events));
    buf_release(&pattern);
    buf_release(&events);
}

static bool agree(struct fit *fit, uint64_t seed)
{
    bool match = fit_matches(fit);
    const struct alignment *alignment = fit_align(fit);

    ck_assert_msg((alignment->cost == 0) == match && (alignment->first == NULL) == match,
                  "seed %" PRIu64 ": the matcher says %d, the alignment costs %u\n%s%s\n%s", seed, match,
                  alignment->cost, fit->source.text, fit->script.text, fit_rows(fit, alignment, true));
    return match;
}

/* SOCKDRILL_SEED chooses other patterns, SOCKDRILL_CASES how many of each kind in each of the rounds; a
 * failure names the seed of the one that failed. */
static uint64_t from_env(const char *name, uint64_t otherwise)
{
    const char *env = getenv(name);

    return env ? strtoull(env, NULL, 10) : otherwise;
}

static uint64_t first_seed(int round)
{
    return from_env("SOCKDRILL_SEED", 1) + (uint64_t)round * from_env("SOCKDRILL_CASES", 200);
}

static struct brute_rules rules_of(const struct fit *fit)
{
    return (struct brute_rules){&fit->role->body, &fit->role->scope, NULL};
}

/* Where few passes are not enough for what was found, more are tried. */
static bool brute_holds(const struct fit *fit, bool found)
{
    struct brute_rules rules = rules_of(fit);
    const struct event *const *events = (const struct event *const *)fit->script.trace.events.items;
    bool holds = false;

    for (brute_passes = BRUTE_FEW; !holds; brute_passes = BRUTE_MANY) {
        brute_was_cut = false;
        holds = brute_block(&rules, 1, events, fit->script.trace.events.len);
        if (!found || brute_passes == BRUTE_MANY)
            break;
    }
    return holds;
}

static bool brute_is_within(const struct fit *fit, const struct names *names, enum brute_waiting waiting,
                            unsigned cost)
{
    struct brute_rules rules = rules_of(fit);

    brute_was_cut = false;
    return brute_costs(&rules, names, 1, (const struct event *const *)fit->script.trace.events.items,
                       fit->script.trace.events.len, waiting, cost);
}

START_TEST(all_agree)
{
    unsigned holding = 0;

    for (uint64_t seed = first_seed(_i); seed < first_seed(_i + 1); seed++) {
        struct fit fit;
        bool brute, match;

        make_case(&fit, seed, ANY_CASE);
        match = agree(&fit, seed);
        brute = brute_holds(&fit, match);
        ck_assert_msg(brute == match || (brute_was_cut && match),
                      "seed %" PRIu64 ": brute force says %d, the matcher %d\n%s%s", seed, brute, match,
                      fit.source.text, fit.script.text);
        holding += match && brute;
        fit_release(&fit);
    }
    ck_assert_uint_gt(holding, 0);
}
END_TEST

START_TEST(strange_traces_do_no_harm)
{
    for (uint64_t seed = first_seed(_i); seed < first_seed(_i + 1); seed++) {
        struct fit fit;

        make_case(&fit, seed, STRANGE_EVENTS);
        agree(&fit, seed);
        fit_release(&fit);
    }
}
END_TEST

/* The cost of the cheapest path, before its rows are told. */
static unsigned search_cost(struct fit *fit)
{
    struct arena work = {0};
    const struct program *program = program_make(&work, fit->expect, fit->role);
    struct searches searches;
    struct past past;
    unsigned cost;

    past_init(&past, &fit->script.trace, fit->role->name, program, &work);
    searches_init(&searches, program, &past, &work);
    cost = search_role(&searches)->cost;
    searches_release(&searches);
    past_release(&past);
    arena_release(&work);
    return cost;
}

/* `_i` even: lines on streams as well, where the cost lies between two; odd: it is exactly that. */
START_TEST(alignments_are_the_cheapest)
{
    enum { MOST = 20 };
    int kind = _i % 2 ? NO_STREAMS : NO_LIVES;
    enum brute_waiting waiting = kind == NO_STREAMS ? BRUTE_WANTED : BRUTE_FREELY;
    unsigned compared = 0;

    for (uint64_t seed = first_seed(_i); seed < first_seed(_i + 1); seed++) {
        struct names names = {0};
        struct fit fit;
        unsigned cost;
        bool within, below;

        make_case(&fit, seed, kind);
        names.len = fit.expect->nslots;
        names.slots = ARENA_ARRAY(&fit.arena, struct bound, names.len + 1);
        names.strict = fit.role->scope.strict;
        cost = search_cost(&fit);
        brute_passes = BRUTE_FEW;
        below = cost && cost <= MOST && brute_is_within(&fit, &names, BRUTE_WANTED, cost - 1);
        within = cost > MOST || brute_is_within(&fit, &names, waiting, cost);
        brute_passes = BRUTE_MANY;
        within = within || brute_is_within(&fit, &names, waiting, cost);
        ck_assert_msg(brute_was_cut || within, "seed %" PRIu64 ": nothing costs as little as %u\n%s%s\n%s",
                      seed, cost, fit.source.text, fit.script.text, fit_rows(&fit, fit_align(&fit), true));
        ck_assert_msg(!below, "seed %" PRIu64 ": less than %u is enough\n%s%s\n%s", seed, cost,
                      fit.source.text, fit.script.text, fit_rows(&fit, fit_align(&fit), true));
        compared += cost > 0 && cost <= MOST && !brute_was_cut;
        fit_release(&fit);
    }
    ck_assert_uint_gt(compared, 0);
}
END_TEST

/* A sanitized build on a busy machine takes longer than libcheck allows by default. */
static void add(Suite *suite)
{
    enum { TIMEOUT_S = 120 };
    TCase *tcase = tcase_create("random");

    tcase_set_timeout(tcase, TIMEOUT_S);
    tcase_add_loop_test(tcase, all_agree, 0, 5);
    tcase_add_loop_test(tcase, strange_traces_do_no_harm, 0, 3);
    tcase_add_loop_test(tcase, alignments_are_the_cheapest, 0, 4);
    suite_add_tcase(suite, tcase);
}
SUITE_MAIN("random", add)
