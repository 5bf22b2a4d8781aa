/* unit/expect/test_unify.c: values against patterns, kind by kind, and what names take. */
#include "../suite.h"
#include "expect/tape.h"
#include "expect/text.h"
#include "expect/unify.h"
#include "fit.h"

#include <arpa/inet.h>

/* The pattern of the argument, parsed from a line; the names are those of the file. */
struct parsed {
    struct fit fit;
    const struct pat *pat;
    struct names names;
};

static void parse_pat(struct parsed *parsed, const char *pattern)
{
    struct buf body = {0};

    buf_addf(&body, "socket(%s)", pattern);
    fit_init(&parsed->fit, buf_str(&body), "");
    buf_release(&body);
    parsed->pat = parsed->fit.role->body.items[0]->args[0];
    parsed->names = (struct names){.len = parsed->fit.expect->nslots, .arena = &parsed->fit.arena};
    parsed->names.slots = ARENA_ARRAY(&parsed->fit.arena, struct bound, parsed->names.len + 1);
}

/* Values by a word each, so that rows stay readable. */
static const struct value *make_value(struct arena *a, const char *word)
{
    static const uint8_t v4[] = {127, 0, 0, 1}, v6[16] = {[15] = 1};
    struct field lo[] = {{"index", value_int(a, 1)}, {"name", value_bytes(a, "lo", 2, 2)}};
    const struct value *ifindex = value_struct(a, "ifindex", lo, 2);
    struct field in4[] = {{"sa_family", value_sym(a, &nametab_af, AF_INET)},
                          {"sin_port", value_uint(a, 7000, INT_HTONS)},
                          {"sin_addr", value_ip(a, v4, 4)}};
    struct field in6[] = {{"sa_family", value_sym(a, &nametab_af, AF_INET6)},
                          {"sin6_port", value_uint(a, 7000, INT_HTONS)},
                          {"sin6_addr", value_ip(a, v6, 16)},
                          {"sin6_scope_id", ifindex}};
    struct field un[] = {{"sa_family", value_sym(a, &nametab_af, AF_UNIX)},
                         {"sun_path", value_bytes(a, "/tmp/s", 6, 6)}};
    struct field ab[] = {{"sa_family", value_sym(a, &nametab_af, AF_UNIX)},
                         {"sun_path", value_bytes(a, "\0ab", 3, 3)}};
    struct field linger[] = {{"l_onoff", value_int(a, 1)}, {"l_linger", value_int(a, 5)}};
    const struct value *items[] = {value_int(a, 1), value_int(a, 2)};

    switch (word[0]) {
    case '#': return value_int(a, atoll(word + 1));
    case 't': return value_flags(a, &nametab_sock, (uint64_t)atoll(word + 1));
    case 'm': return value_flags(a, &nametab_msg, (uint64_t)atoll(word + 1));
    case 'f': return value_sym(a, &nametab_af, (uint64_t)atoll(word + 1));
    case 'p': return value_sym(a, &nametab_ipproto, (uint64_t)atoll(word + 1));
    case '"': return value_bytes(a, word + 1, strlen(word + 1), strlen(word + 1));
    case 'c': return value_bytes(a, word + 1, strlen(word + 1), strlen(word + 1) + 3);
    case '0': return value_null(a);
    case '4': return value_struct(a, "sockaddr_in", in4, 3);
    case '6': return value_struct(a, "sockaddr_in6", in6, 3);
    case 'z': return value_struct(a, "sockaddr_in6", in6, 4);
    case 'i': return ifindex;
    case 'u': return value_struct(a, "sockaddr_un", un, 2);
    case '@': return value_struct(a, "sockaddr_un", ab, 2);
    case 'l': return value_struct(a, "linger", linger, 2);
    case '1': return value_array(a, items, 1, 1);
    case '2': return value_array(a, items, 2, 2);
    case '>': return value_changed(a, CHANGED_ARROW, NULL, value_int(a, 128), value_int(a, atoll(word + 1)));
    default: return NULL;
    }
}

struct row {
    const char *pattern, *value;
    bool fits;
};

static const struct row rows[] = {
    {"_", "#5", true},
    {"_", "-", true},
    {"5", "-", false},
    {"5", "#5", true},
    {"5", "#6", false},
    {"-1", "#-1", true},
    {"0x10", "#16", true},
    {"0", "p0", true},
    {"0", "0", true},
    {"5", ">5", true},
    {"[5]", ">5", true},
    {"[128]", ">5", false},
    {"AF_INET", "f2", true},
    {"AF_INET6", "f2", false},
    {"AF_INET", "#2", true},
    {"IPPROTO_IP", "p0", true},
    {"SOCK_STREAM", "t1", true},
    {"SOCK_STREAM", "t524289", true}, /* SOCK_CLOEXEC is passed over */
    {"SOCK_STREAM", "t2", false},
    {"SOCK_STREAM|SOCK_CLOEXEC", "t524289", true}, /* unless it is named: */
    {"SOCK_STREAM|SOCK_CLOEXEC", "t1", false},
    {"SOCK_STREAM|SOCK_CLOEXEC", "t526337", true}, /* SOCK_NONBLOCK beside it is passed over still */
    {"0", "m16384", true},                         /* MSG_NOSIGNAL */
    {"MSG_NOSIGNAL", "m16384", true},
    {"MSG_NOSIGNAL", "m0", false},
    {"0", "m2", false}, /* MSG_PEEK */
    {"MSG_PEEK|MSG_DONTWAIT", "m66", true},
    {"MSG_PEEK|MSG_DONTWAIT", "m2", false},
    {"MSG_PEEK|...", "m66", true},
    {"MSG_DONTWAIT|...", "m2", false},
    {"SOCK_STREAM|...", "t2049", true},
    {"SOCK_STREAM|...", "t2050", false},
    {"SOCK_STREAM|...", "t3", false}, /* SOCK_RAW holds the bit of SOCK_STREAM */
    {"\"ab\"", "\"ab", true},
    {"\"ab\"", "\"abc", false},
    {"\"a...\"", "\"abc", true},
    {"\"...c\"", "\"abc", true},
    {"\"a...c...e\"", "\"abcde", true},
    {"\"a...e...c\"", "\"abcde", false},
    {"\"a...a\"", "\"a", false},
    {"\"...\"", "\"", true},
    {"\"\"", "\"", true},
    {"\"abcde\"", "cab", true}, /* cut: what is known fits, and so does the length */
    {"\"abcd\"", "cab", false},
    {"\"xbcde\"", "cab", false},
    {"NULL", "0", true},
    {"NULL", "#0", false},
    {"> 0", "#1", true},
    {"> 0", "#0", false},
    {">= 0", "#0", true},
    {"< 0", "#0", false},
    {"<= 0", "#0", true},
    {"!= 0", "#0", false},
    {"1..128", "#128", true},
    {"1..128", "#129", false},
    {"1 or 5", "#5", true},
    {"1 or 5", "#4", false},
    {"not 5", "#4", true},
    {"not 5", "#5", false},
    {"127.0.0.1:7000", "4", true},
    {"127.0.0.1:7001", "4", false},
    {"127.0.0.2:7000", "4", false},
    {"*:7000", "4", true},
    {"*:7000", "6", true},
    {"[::1]:7000", "6", true},
    {"[::1]:7000", "4", false},
    {"[::1]:7000", "z", true},
    {"[::1%lo]:7000", "z", true},
    {"[::1%1]:7000", "z", true},
    {"[::1%l]:7000", "z", false},
    {"[::1%2]:7000", "z", false},
    {"[::1%lo]:7000", "6", false},
    {"if_nametoindex(\"lo\")", "i", true},
    {"if_nametoindex(\"eth0\")", "i", false},
    {"1", "i", true},
    {"2", "i", false},
    {"127.0.0.1:_", "4", true},
    {"*:7000", "u", false},
    {"unix:\"/tmp/s\"", "u", true},
    {"unix:\"/tmp/t\"", "u", false},
    {"unix:\"@ab\"", "@", true},
    {"unix:\"@ac\"", "@", false},
    {"unix:\"/tmp/s\"", "4", false},
    {"{l_onoff=1, l_linger=5}", "l", true},
    {"{l_onoff=1}", "l", false},
    {"{l_onoff=1, ...}", "l", true},
    {"{l_onoff=0, ...}", "l", false},
    {"{l_other=1, ...}", "l", false},
    {"[1]", "1", true},
    {"[1]", "#1", true},
    {"[1, 2]", "2", true},
    {"[1]", "2", false},
    {"[1, ...]", "2", true},
    {"[1, $x]", "2", true},
    {"[$x, $x]", "2", false},
    {"$x", "4", true},
    {"*:$port", "4", true},
};

START_TEST(value_fits)
{
    const struct row *row = &rows[_i];
    struct parsed parsed;
    bool fits;

    parse_pat(&parsed, row->pattern);
    fits = unify(&parsed.names, parsed.pat, make_value(&parsed.fit.arena, row->value));
    ck_assert_msg(fits == row->fits, "%s against %s", row->pattern, row->value);
    fit_release(&parsed.fit);
}
END_TEST

START_TEST(names_keep_what_they_met_first)
{
    static const char *const words[] = {"#5", "\"ab", "4", "u", "f2", "cab"};

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        for (size_t j = 0; j < ARRAY_LEN(words); j++) {
            struct parsed parsed;

            parse_pat(&parsed, "$x");
            ck_assert(unify(&parsed.names, parsed.pat, make_value(&parsed.fit.arena, words[i])));
            ck_assert_msg(unify(&parsed.names, parsed.pat, make_value(&parsed.fit.arena, words[j])) ==
                              (i == j),
                          "%s, then %s", words[i], words[j]);
            fit_release(&parsed.fit);
        }
}
END_TEST

START_TEST(a_socket_is_known_whatever_its_fd)
{
    struct parsed parsed;
    struct value a = {.kind = VALUE_FD, .fd = {.n = 3, .sock = 7}},
                 other = {.kind = VALUE_FD, .fd = {.n = 3, .sock = 8}};
    struct value same = {.kind = VALUE_FD, .fd = {.n = 9, .sock = 7}};

    parse_pat(&parsed, "$x");
    ck_assert(unify(&parsed.names, parsed.pat, &a));
    ck_assert(unify(&parsed.names, parsed.pat, &same));
    ck_assert(!unify(&parsed.names, parsed.pat, &other));
    fit_release(&parsed.fit);
}
END_TEST

START_TEST(fixed_names_bind_nothing)
{
    struct parsed parsed;

    parse_pat(&parsed, "$x");
    parsed.names.fixed = true;
    ck_assert(unify(&parsed.names, parsed.pat, make_value(&parsed.fit.arena, "#5")));
    ck_assert(unify(&parsed.names, parsed.pat, make_value(&parsed.fit.arena, "#6")));
    fit_release(&parsed.fit);
}
END_TEST

/* A pattern is written as it was read. */
START_TEST(patterns_are_written)
{
    static const char *const same[] = {"_",        "5",           "AF_INET",          "\"a...b\"",
                                       "> 0",      "1..128",      "1 or 5",           "not 5",
                                       "$x",       "*:7000",      "127.0.0.1:$port",  "[1, ...]",
                                       "[::1]:80", "unix:\"/s\"", "{l_onoff=1, ...}", "MSG_PEEK|...",
                                       "[1, 2]"};

    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        struct parsed parsed;
        struct buf out = {0};

        parse_pat(&parsed, same[i]);
        text_pat(&out, parsed.fit.expect, parsed.pat);
        ck_assert_str_eq(buf_str(&out), same[i]);
        buf_release(&out);
        fit_release(&parsed.fit);
    }
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "values", value_fits, (int)ARRAY_LEN(rows));
    suite_add(suite, "names", names_keep_what_they_met_first);
    suite_add(suite, "sockets", a_socket_is_known_whatever_its_fd);
    suite_add(suite, "fixed", fixed_names_bind_nothing);
    suite_add(suite, "text", patterns_are_written);
}
SUITE_MAIN("unify", add)
