/* unit/expect/test_parse.c: expectations become trees; wrong ones get the diagnostics of
 * tests/expect/<case>/stderr. */
#include "../suite.h"

#include "base/vec.h"
#include "expect/parse.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct param params[] = {
    {"PORT", "7000", false}, {"HOST", "127.0.0.1", true}, {"WORD", "some text", false}};

/* A text, what was read from it, and what both live in. */
struct parsed {
    struct arena arena;
    struct source source;
    struct diags diags;
    struct expect *expect;
};

static void parsed_init(struct parsed *t, const char *text, const struct param *given, size_t ngiven)
{
    *t = (struct parsed){0};
    t->source = (struct source){"in.expect", text, strlen(text)};
    t->diags.source = &t->source;
    t->expect = expect_parse(&t->arena, given, ngiven, &t->diags);
}

static void parsed_release(struct parsed *t)
{
    diags_release(&t->diags);
    arena_release(&t->arena);
}

static void parse_good(struct parsed *t, const char *text)
{
    struct buf out = {0};

    parsed_init(t, text, params, ARRAY_LEN(params));
    diags_write(&t->diags, &out);
    ck_assert_msg(t->expect != NULL, "%s\n%s", text, buf_str(&out));
    buf_release(&out);
}

/* The steps of a role that consists of these lines. `text` holds the whole file. */
static struct steps parse_lines(struct parsed *t, struct buf *text, const char *lines)
{
    buf_addf(text, "r \"run\" {\n%s\n}\n", lines);
    parse_good(t, buf_str(text));
    ck_assert_uint_eq(t->expect->nroles, 1);
    return t->expect->roles[0]->body;
}

static void show_pat(struct buf *out, const struct expect *expect, const struct pat *pat);

static void show_list(struct buf *out, const struct expect *expect, const struct pat *const *items,
                      size_t len)
{
    for (size_t i = 0; i < len; i++) {
        buf_adds(out, i ? "," : "");
        show_pat(out, expect, items[i]);
    }
}

static void show_addr(struct buf *out, const struct expect *expect, const struct pat *pat)
{
    if (pat->addr.path) {
        buf_addf(out, "addr(%s)", pat->addr.path);
        return;
    }
    buf_adds(out, pat->addr.any_host ? "addr(*" : "addr(");
    for (size_t i = 0; i < pat->addr.ip_len; i++)
        buf_addf(out, "%02x", pat->addr.ip[i]);
    if (pat->addr.zone)
        buf_addf(out, "%%%s", pat->addr.zone);
    if (pat->addr.port) {
        buf_addc(out, ':');
        show_pat(out, expect, pat->addr.port);
    }
    buf_addc(out, ')');
}

static void show_str(struct buf *out, const struct pat *pat)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < pat->str.len; i++) {
        if (pat->str.pieces[i].any)
            buf_adds(out, "<any>");
        else
            buf_add(out, pat->str.pieces[i].bytes, pat->str.pieces[i].len);
    }
    buf_addc(out, '"');
}

/* Every kind of pattern in a notation of its own, so that one string says what was read. */
static void show_pat(struct buf *out, const struct expect *expect, const struct pat *pat)
{
    static const char *const ops[] = {
        [CMP_GT] = ">", [CMP_GE] = ">=", [CMP_LT] = "<", [CMP_LE] = "<=", [CMP_NE] = "!="};

    switch (pat->kind) {
    case PAT_ANY: buf_adds(out, "_"); break;
    case PAT_INT: buf_addf(out, "%lld", (long long)pat->n); break;
    case PAT_SYM: buf_addf(out, "%s=%llu", pat->sym.name, (unsigned long long)pat->sym.n); break;
    case PAT_FLAGS:
        for (size_t i = 0; i < pat->flags.len; i++)
            buf_addf(out, "|%s", pat->flags.names[i]);
        buf_adds(out, pat->flags.open ? "|..." : "");
        break;
    case PAT_STR: show_str(out, pat); break;
    case PAT_STRUCT:
        buf_addc(out, '{');
        for (size_t i = 0; i < pat->st.len; i++) {
            buf_addf(out, "%s%s:", i ? "," : "", pat->st.fields[i].name);
            show_pat(out, expect, pat->st.fields[i].value);
        }
        buf_adds(out, pat->st.open ? "...}" : "}");
        break;
    case PAT_ARRAY:
        buf_addc(out, '[');
        show_list(out, expect, pat->array.items, pat->array.len);
        buf_adds(out, pat->array.open ? "...]" : "]");
        break;
    case PAT_CMP: buf_addf(out, "%s%lld", ops[pat->cmp.op], (long long)pat->cmp.n); break;
    case PAT_RANGE: buf_addf(out, "%lld..%lld", (long long)pat->range.from, (long long)pat->range.to); break;
    case PAT_OR:
        buf_adds(out, "or(");
        show_list(out, expect, pat->any_of.items, pat->any_of.len);
        buf_addc(out, ')');
        break;
    case PAT_NOT:
        buf_adds(out, "not(");
        show_pat(out, expect, pat->inner);
        buf_addc(out, ')');
        break;
    case PAT_NAME: buf_addf(out, "$%s", expect->slots[pat->slot]); break;
    case PAT_ADDR: show_addr(out, expect, pat); break;
    }
}

static const struct {
    const char *text, *shown;
} values[] = {
    {"_", "_"},
    {"5", "5"},
    {"-17", "-17"},
    {"0x1F", "31"},
    {"017", "15"},
    {"0", "0"},
    {"-9223372036854775808", "-9223372036854775808"},
    {"0xffffffffffffffff", "-1"},
    {"AF_INET", "AF_INET=2"},
    {"NULL", "NULL=0"},
    {"SOCK_STREAM|SOCK_CLOEXEC", "|SOCK_STREAM|SOCK_CLOEXEC"},
    {"MSG_PEEK|...", "|MSG_PEEK|..."},
    {"\"ping\\n\"", "\"ping\n\""},
    {"\"\"", "\"\""},
    {"\"GET ... HTTP\"", "\"GET <any> HTTP\""},
    {"\"...\"", "\"<any>\""},
    {"\"......\"", "\"<any>\""},
    {"\"abc\"...", "\"abc<any>\""},
    {"\"wait\\...\"", "\"wait...\""},
    {"\"wait\\x2e..\"", "\"wait...\""},
    {"\"\\x41\\102\\$ $x \\\"\"", "\"AB$ $x \"\""},
    {"\"<${WORD}:${PORT}>\"", "\"<some text:7000>\""},
    {"{fd=3, events=POLLIN}", "{fd:3,events:POLLIN=1}"},
    {"{l_onoff=1, ...}", "{l_onoff:1...}"},
    {"{...}", "{...}"},
    {"{}", "{}"},
    {"[16]", "[16]"},
    {"[]", "[]"},
    {"[1, $x, ...]", "[1,$x...]"},
    {"[{iov_base=\"a\", iov_len=1}]", "[{iov_base:\"a\",iov_len:1}]"},
    {"> 0", ">0"},
    {">= -1", ">=-1"},
    {"<5", "<5"},
    {"<= 5", "<=5"},
    {"!= 5", "!=5"},
    {"1..128", "1..128"},
    {"-2..-1", "-2..-1"},
    {"${PORT}", "7000"},
    {"1..${PORT}", "1..7000"},
    {"1${PORT}", "17000"},
    {"1 or 2 or > 5", "or(1,2,>5)"},
    {"not 5", "not(5)"},
    {"not not AF_INET or 5", "or(not(not(AF_INET=2)),5)"},
    {"$name", "$name"},
    {"127.0.0.1:7000", "addr(7f000001:7000)"},
    {"0.0.0.0:0", "addr(00000000:0)"},
    {"*:7000", "addr(*:7000)"},
    {"*:_", "addr(*:_)"},
    {"*:${PORT}", "addr(*:7000)"},
    {"*:1024..65535", "addr(*:1024..65535)"},
    {"*:80 or 127.0.0.1:81", "or(addr(*:80),addr(7f000001:81))"},
    {"${HOST}:${PORT}", "addr(7f000001:7000)"},
    {"127.0.0.1:$port", "addr(7f000001:$port)"},
    {"[::1]:7000", "addr(00000000000000000000000000000001:7000)"},
    {"[fe80::1%lo]:7000", "addr(fe800000000000000000000000000001%lo:7000)"},
    {"[::]:$p", "addr(00000000000000000000000000000000:$p)"},
    {"unix:\"/tmp/s\"", "addr(/tmp/s)"},
    {"unix:\"@abstract\"", "addr(@abstract)"},
    {"unix:\"\"", "addr()"},
    {"{sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr(\"127.0.0.1\")}", "addr(7f000001:7000)"},
    {"{sa_family=AF_INET, sin_port=htons($p), sin_addr=inet_addr(\"${HOST}\")}", "addr(7f000001:$p)"},
    {"{sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, \"::1\", "
     "&sin6_addr), "
     "sin6_scope_id=0}",
     "addr(00000000000000000000000000000001:80)"},
    {"{sa_family=AF_UNIX, sun_path=\"/tmp/s\"}", "addr(/tmp/s)"},
    {"{sa_family=AF_UNIX, sun_path=@\"abstract\"}", "addr(@abstract)"},
    {"{sa_family=AF_UNIX, sun_path=\"/tmp/...\"}", "{sa_family:AF_UNIX=1,sun_path:\"/tmp/<any>\"}"},
    {"{sa_family=AF_INET, sin_port=htons(80), ...}", "{sa_family:AF_INET=2,sin_port:80...}"},
    {"{sa_family=AF_INET, sin_port=htons(80), sin_addr=_}", "{sa_family:AF_INET=2,sin_port:80,sin_addr:_}"},
    {"{imr_multiaddr=inet_addr(\"224.0.0.1\")}", "{imr_multiaddr:addr(e0000001)}"},
};

START_TEST(value_is_read)
{
    struct parsed t;
    struct buf file = {0}, line = {0}, shown = {0};
    const struct step *call;

    buf_addf(&line, "send(3, _, %s) = 7", values[_i].text);
    call = parse_lines(&t, &file, buf_str(&line)).items[0];
    ck_assert_uint_eq(call->nargs, 3);
    show_pat(&shown, t.expect, call->args[2]);
    ck_assert_str_eq(buf_str(&shown), values[_i].shown);
    ck_assert_str_eq(expect_step_text(t.expect, call, &t.arena), buf_str(&line));
    parsed_release(&t);
    buf_release(&file);
    buf_release(&line);
    buf_release(&shown);
}
END_TEST

static const struct {
    const char *text, *result, *errnos;
} results[] = {
    {"", NULL, NULL},
    {"= 0", "0", NULL},
    {"= > 0", ">0", NULL},
    {"= 1..128", "1..128", NULL},
    {"= 1 or 2", "or(1,2)", NULL},
    {"= not 0", "not(0)", NULL},
    {"= $n", "$n", NULL},
    {"= _", "_", NULL},
    {"= -1", NULL, "_"},
    {"= -1 _", NULL, "_"},
    {"= -1 EPIPE", NULL, "EPIPE=32"},
    {"= -1 EPIPE or ECONNRESET", NULL, "or(EPIPE=32,ECONNRESET=104)"},
    {"= -1 EPIPE or -1 ECONNRESET", NULL, "or(EPIPE=32,ECONNRESET=104)"},
    {"= -1 not EPIPE", NULL, "not(EPIPE=32)"},
    {"= 0 or -1 ECONNRESET", "0", "ECONNRESET=104"},
    {"= -1 ECONNRESET or 0 or 1", "or(0,1)", "ECONNRESET=104"},
};

START_TEST(result_is_read)
{
    struct parsed t;
    struct buf file = {0}, result = {0}, errnos = {0};
    char line[128];
    const struct step *call;

    snprintf(line, sizeof(line), "recv(3) %s", results[_i].text);
    call = parse_lines(&t, &file, line).items[0];
    ck_assert_int_eq(call->result != NULL, results[_i].result != NULL);
    ck_assert_int_eq(call->errnos != NULL, results[_i].errnos != NULL);
    if (call->result) {
        show_pat(&result, t.expect, call->result);
        ck_assert_str_eq(buf_str(&result), results[_i].result);
    }
    if (call->errnos) {
        show_pat(&errnos, t.expect, call->errnos);
        ck_assert_str_eq(buf_str(&errnos), results[_i].errnos);
    }
    parsed_release(&t);
    buf_release(&file);
    buf_release(&result);
    buf_release(&errnos);
}
END_TEST

static const struct {
    const char *line;
    enum canon canon;
    const char *exact;
    bool is_data;
} calls[] = {
    {"send(3, \"x\")", CANON_SEND, NULL, true},
    {"recv(3, $data)", CANON_RECV, NULL, true},
    {"recv(3, \"x\", MSG_PEEK)", CANON_RECV, NULL, true},
    {"recv(3)", CANON_RECV, NULL, false},
    {"recv(3, _)", CANON_RECV, NULL, false},
    {"recv(3, \"x\") = 1", CANON_RECV, NULL, false},
    {"recv(3, \"x\") = > 0", CANON_RECV, NULL, false},
    {"send(3, \"x\") = -1 EPIPE", CANON_SEND, NULL, false},
    {"sendto(3, \"x\")", CANON_SENDTO, NULL, false},
    {"recvfrom(3, \"x\")", CANON_RECVFROM, NULL, false},
    {"write(3, \"x\")", CANON_SEND, "write", false},
    {"writev(3, \"x\")", CANON_SEND, "writev", false},
    {"accept4(3)", CANON_ACCEPT, "accept4", false},
    {"poll(_)", CANON_WAIT, "poll", false},
    {"accept!(3)", CANON_ACCEPT, "accept", false},
    {"send!(3, \"x\")", CANON_SEND, "sendto", false},
    {"recv!(3)", CANON_RECV, "recvfrom", false},
    {"close!(3)", CANON_CLOSE, "close", false},
    {"close(...)", CANON_CLOSE, NULL, false},
    {"wait()", CANON_WAIT, NULL, false},
};

START_TEST(call_is_found)
{
    struct parsed t;
    struct buf file = {0};
    const struct step *call = parse_lines(&t, &file, calls[_i].line).items[0];

    ck_assert_int_eq(call->kind, STEP_CALL);
    ck_assert_int_eq(call->canon, calls[_i].canon);
    ck_assert_int_eq(call->exact != NULL, calls[_i].exact != NULL);
    if (call->exact)
        ck_assert_str_eq(call->exact, calls[_i].exact);
    ck_assert_int_eq(call->is_data, calls[_i].is_data);
    parsed_release(&t);
    buf_release(&file);
}
END_TEST

static const struct {
    const char *line;
    enum step_kind kind;
    int32_t min, max;
    size_t nbody;
    const char *text;
} counts[] = {
    {"optional close(3)", STEP_OPTIONAL, 0, 1, 1, "optional close(3)"},
    {"optional {\nclose(3)\nclose(4)\n}", STEP_OPTIONAL, 0, 1, 2, "optional"},
    {"repeat close(3)", STEP_REPEAT, 0, STEP_NO_LIMIT, 1, "repeat close(3)"},
    {"repeat 3 close(3)", STEP_REPEAT, 3, 3, 1, "repeat 3 close(3)"},
    {"repeat 2..5   { close(3) }", STEP_REPEAT, 2, 5, 1, "repeat 2..5"},
    {"repeat 0..1 close(3)", STEP_REPEAT, 0, 1, 1, "repeat 0..1 close(3)"},
    {"repeat 2.. close(3)", STEP_REPEAT, 2, STEP_NO_LIMIT, 1, "repeat 2.. close(3)"},
    {"each accept(3)   = $c {\nclose($c)\n}", STEP_EACH, 0, STEP_NO_LIMIT, 1, "each accept(3) = $c"},
    {"each 2 accept(3) = $c { close($c) }", STEP_EACH, 2, 2, 1, "each 2 accept(3) = $c"},
    {"each 2..4 accept(3) = $c { }", STEP_EACH, 2, 4, 1, "each 2..4 accept(3) = $c"},
    {"never close(3)", STEP_NEVER, 0, 0, 1, "never close(3)"},
};

START_TEST(count_is_read)
{
    struct parsed t;
    struct buf file = {0};
    const struct step *step = parse_lines(&t, &file, counts[_i].line).items[0];

    ck_assert_int_eq(step->kind, counts[_i].kind);
    ck_assert_int_eq(step->min, counts[_i].min);
    ck_assert_int_eq(step->max, counts[_i].max);
    ck_assert_uint_eq(step->body.len, counts[_i].nbody);
    ck_assert_str_eq(expect_step_text(t.expect, step, &t.arena), counts[_i].text);
    parsed_release(&t);
    buf_release(&file);
}
END_TEST

START_TEST(lives_and_alternatives_nest)
{
    struct parsed t;
    struct buf file = {0};
    struct steps steps = parse_lines(&t, &file,
                                     "accept(3) = $c {\n"
                                     "    recv($c, \"a  b\")\n"
                                     "    either { close($c) = 0 } or {\n"
                                     "        ...\n"
                                     "    }\n"
                                     "    or"
                                     "    { }\n"
                                     "}\n"
                                     "close($c)\n");
    const struct step *call = steps.items[0], *either;

    ck_assert_uint_eq(steps.len, 2);
    ck_assert(call->has_life);
    ck_assert_uint_eq(call->life.len, 2);
    ck_assert_str_eq(expect_step_text(t.expect, call->life.items[0], &t.arena), "recv($c, \"a  b\")");
    either = call->life.items[1];
    ck_assert_int_eq(either->kind, STEP_EITHER);
    ck_assert_uint_eq(either->nalternatives, 3);
    ck_assert_int_eq(either->alternatives[0].items[0]->canon, CANON_CLOSE);
    ck_assert_int_eq(either->alternatives[1].items[0]->kind, STEP_ANY);
    ck_assert_uint_eq(either->alternatives[2].len, 0);
    ck_assert_uint_eq(t.expect->nslots, 1);
    parsed_release(&t);
    buf_release(&file);
}
END_TEST

START_TEST(scopes_are_of_their_blocks)
{
    struct parsed t;
    struct buf file = {0};
    struct steps steps = parse_lines(&t, &file,
                                     "ignore close, write\nignore send!\n"
                                     "accept(3) = $c {\n"
                                     "    sends \"ab\" x 3\n    strict\n    receives 1..5 bytes\n"
                                     "    recv($c, \"a\")\n"
                                     "}\n"
                                     "in any order {\n"
                                     "    bind(3)\n"
                                     "    {\n        listen(3)\n        accept(3)\n    }\n"
                                     "}\n");
    const struct scope *outer = &t.expect->roles[0]->scope, *inner = &steps.items[0]->scope;
    const struct step *unordered = steps.items[1];

    ck_assert_uint_eq(steps.len, 2);
    ck_assert(!outer->strict && inner->strict);
    ck_assert_uint_eq(outer->nignores, 3);
    ck_assert_int_eq(outer->ignores[0].canon, CANON_CLOSE);
    ck_assert_ptr_null(outer->ignores[0].exact);
    ck_assert_str_eq(outer->ignores[1].exact, "write");
    ck_assert_str_eq(outer->ignores[2].exact, "sendto");
    ck_assert_uint_eq(inner->nignores, 0);
    ck_assert_uint_eq(steps.items[0]->life.len, 1);
    ck_assert_str_eq(steps.items[0]->life.items[0]->exact, "recvfrom");
    ck_assert(steps.items[0]->life.items[0]->is_data);
    ck_assert_int_eq(inner->totals[1]->total.times, 3);
    ck_assert_str_eq(expect_step_text(t.expect, inner->totals[1], &t.arena), "sends \"ab\" x 3");
    ck_assert_int_eq(inner->totals[0]->total.count->kind, PAT_RANGE);
    ck_assert_int_eq(unordered->kind, STEP_UNORDERED);
    ck_assert_uint_eq(unordered->body.len, 2);
    ck_assert_int_eq(unordered->body.items[1]->kind, STEP_BLOCK);
    ck_assert_uint_eq(unordered->body.items[1]->body.len, 2);
    parsed_release(&t);
    buf_release(&file);
}
END_TEST

START_TEST(roles_and_directives)
{
    struct parsed t;
    const struct role *server, *client;

    parse_good(
        &t,
        "title \"T: ${PORT}...\"\nabout \"A\"\nshows S1, S10\nshows Other_2\n"
        "server \"server --port '${PORT}'\" {\n"
        "    exit 3\n    timeout 1500ms\n    env GREETING=hello,${WORD}\n    env EMPTY=\n"
        "    env QUOTED=\"a \\x41\"\n    allow SD012, SD013\n    stdin \"in\\0...\"\n    stdout \"out...\"\n"
        "    close(3)\n}\n"
        "client \"client\" { killed by SIGPIPE\n start when server listen x2\n timeout 2m }\n");
    ck_assert_str_eq(t.expect->title, "T: 7000...");
    ck_assert_uint_eq(t.expect->nshows, 3);
    ck_assert_str_eq(t.expect->shows[0], "S1");
    ck_assert_str_eq(t.expect->shows[1], "S10");
    ck_assert_str_eq(t.expect->shows[2], "Other_2");
    ck_assert_str_eq(t.expect->about, "A");
    ck_assert_uint_eq(t.expect->nroles, 2);
    server = expect_role(t.expect, "server");
    client = expect_role(t.expect, "client");
    ck_assert_ptr_null(expect_role(t.expect, "other"));
    ck_assert_str_eq(server->command, "server --port '7000'");
    ck_assert(server->has_exit && !server->has_killed && server->has_stdin && server->has_stdout);
    ck_assert_int_eq(server->exit_status, 3);
    ck_assert_uint_eq(server->timeout_ms, 1500);
    ck_assert_uint_eq(server->nenv, 3);
    ck_assert_str_eq(server->env[0].name, "GREETING");
    ck_assert_str_eq(server->env[0].value, "hello,some text");
    ck_assert_str_eq(server->env[1].value, "");
    ck_assert_str_eq(server->env[2].value, "a A");
    ck_assert_uint_eq(server->nallow, 2);
    ck_assert_str_eq(server->allow[1], "SD013");
    ck_assert_uint_eq(server->stdin_len, 6);
    ck_assert_mem_eq(server->stdin_bytes, "in\0...", 6);
    ck_assert_uint_eq(server->stdout_pat->str.len, 2);
    ck_assert_uint_eq(server->body.len, 1);
    ck_assert_ptr_null(server->start.role);
    ck_assert(client->has_killed);
    ck_assert_uint_eq(client->killed_by, 13);
    ck_assert_str_eq(client->start.role, "server");
    ck_assert_int_eq(client->start.canon, CANON_LISTEN);
    ck_assert_int_eq(client->start.times, 2);
    ck_assert_uint_eq(client->timeout_ms, 120000);
    parsed_release(&t);
}
END_TEST

/* Enough to list what a file holds: nothing has a value, and that is no error. */
static const char *param_of(const struct expect *expect, const char *name)
{
    for (size_t i = 0; i < expect->nparams; i++)
        if (!strcmp(expect->params[i].name, name))
            return expect->params[i].value;
    return NULL;
}

/* What is given wins, but not what is only there where nobody says otherwise. */
START_TEST(file_sets_params)
{
    struct parsed t;

    parse_good(&t, "set PORT=1\nset HOST=::1\nset SIZE=4${PORT}  # a comment\nset TEXT=\"a b\"\n"
                   "r \"run ${SIZE} ${TEXT}\" {\n}\n");
    ck_assert_str_eq(t.expect->roles[0]->command, "run 47000 a b");
    ck_assert_str_eq(param_of(t.expect, "PORT"), "7000");
    ck_assert_str_eq(param_of(t.expect, "HOST"), "::1");
    ck_assert_str_eq(param_of(t.expect, "WORD"), "some text");
    ck_assert_str_eq(param_of(t.expect, "SIZE"), "47000");
    parsed_release(&t);
}
END_TEST

START_TEST(copies_are_roles)
{
    struct parsed t;

    parse_good(&t, "set N=2\na \"run ${COPY}\" {\n    exit ${COPY}\n    copies ${N}\n    close(${COPY})\n}\n"
                   "b \"run ${COPY}\" {\n    copies 1\n}\nc \"run ${COPY}\" {\n}\n");
    ck_assert_uint_eq(t.expect->nroles, 4);
    for (int i = 0; i < 2; i++) {
        const struct role *role = t.expect->roles[i];

        ck_assert_str_eq(role->name, i ? "a#2" : "a#1");
        ck_assert_str_eq(role->base, "a");
        ck_assert_str_eq(role->command, i ? "run 2" : "run 1");
        ck_assert_int_eq(role->copy, i + 1);
        ck_assert_int_eq(role->exit_status, i + 1);
        ck_assert_int_eq(role->body.items[0]->args[0]->n, i + 1);
    }
    ck_assert_str_eq(t.expect->roles[2]->name, "b#1");
    ck_assert_str_eq(t.expect->roles[3]->name, "c");
    ck_assert_str_eq(t.expect->roles[3]->command, "run 1");
    ck_assert_ptr_null(param_of(t.expect, "COPY"));
    parsed_release(&t);
}
END_TEST

START_TEST(needs_are_read)
{
    struct parsed t;

    parse_good(&t, "set M=6\nrequires linux ${M}.12, root\nrequires ipv6\nr \"run\" {\n}\n");
    ck_assert_uint_eq(t.expect->nneeds, 3);
    ck_assert_int_eq(t.expect->needs[0].kind, NEED_LINUX);
    ck_assert_uint_eq(t.expect->needs[0].major, 6);
    ck_assert_uint_eq(t.expect->needs[0].minor, 12);
    ck_assert_int_eq(t.expect->needs[1].kind, NEED_ROOT);
    ck_assert_int_eq(t.expect->needs[2].kind, NEED_IPV6);
    parsed_release(&t);
}
END_TEST

START_TEST(without_params)
{
    static const char text[] =
        "title \"${X}\"\nserver \"run ${PORT}\" {\n    exit ${N}\n    timeout ${T}\n"
        "    socket(_) = $l\n    bind($l, *:${PORT})\n    bind($l, ${HOST}:1)\n    listen($l, ${N})\n"
        "    repeat ${N} send($l, \"a${X}b\", ${FLAGS}|...)\n"
        "    bind($l, [${HOST}]:1) = 1..${N}\n    recv($l) = -1 ${E}\n}\n";
    struct buf shown = {0};
    struct parsed t;
    struct steps body;

    parsed_init(&t, text, NULL, 0);
    diags_write(&t.diags, &shown);
    ck_assert_str_eq(buf_str(&shown), "");
    ck_assert_str_eq(t.expect->title, "${X}");
    ck_assert_str_eq(t.expect->roles[0]->command, "run ${PORT}");
    body = t.expect->roles[0]->body;
    show_pat(&shown, t.expect, body.items[1]->args[1]);
    show_pat(&shown, t.expect, body.items[2]->args[1]);
    show_pat(&shown, t.expect, body.items[3]->args[1]);
    show_pat(&shown, t.expect, body.items[4]->body.items[0]->args[1]);
    ck_assert_str_eq(buf_str(&shown), "addr(*:_)addr(*:1)_\"a<any>b\"");
    ck_assert_str_eq(expect_step_text(t.expect, body.items[1], &t.arena), "bind($l, *:${PORT})");
    buf_release(&shown);
    parsed_release(&t);
}
END_TEST

/* A value is text that stands for a value, never a word of the language, whatever it holds. */
START_TEST(param_is_no_keyword)
{
    static const struct param words[] = {{"K", "repeat", false}, {"C", "close", false}, {"R", "role", false}};
    static const char *const wrong[] = {
        "r \"x\" {\n  ${K} close(3)\n}",
        "r \"x\" {\n  ${C}(3)\n}",
        "${R} \"x\" {\n}",
        "r \"x\" {\n  either { } ${K} { close(3) }\n}",
    };
    struct parsed t;

    parsed_init(&t, wrong[_i], words, ARRAY_LEN(words));
    ck_assert_ptr_null(t.expect);
    parsed_release(&t);
}
END_TEST

/* Spans point into the file as it is written, whatever the parameters hold. */
START_TEST(spans_are_of_the_file)
{
    struct parsed t;
    struct buf file = {0};
    const struct step *call =
        parse_lines(&t, &file, "close(3)\n  bind(3, ${HOST}:${PORT}) = 0 # ok").items[1];
    const char *text = buf_str(&file);

    ck_assert_int_eq(strncmp(text + call->span.from, "bind(3, ${HOST}:${PORT}) = 0", 28), 0);
    ck_assert_uint_eq(call->span.to - call->span.from, 28);
    ck_assert_int_eq(strncmp(text + call->args[1]->span.from, "${HOST}:${PORT})", 16), 0);
    ck_assert_uint_eq(call->args[1]->span.to - call->args[1]->span.from, 15);
    parsed_release(&t);
    buf_release(&file);
}
END_TEST

/* Right, though easily taken for wrong. */
static const char *const good[] = {
    "r \"x\" {}",
    "\xef\xbb\xbfr \"x\" {}",
    "r \"x\" {\r\n\tclose(3)\r\n}\r\n",
    "r \"x\" {\n  optional accept(3) = $c\n  either { close($c) } or { accept(3) = $d }\n  close($d)\n}",
    "r \"x\" {\n  accept(3, *:$port) = $c { bind($c, *:$port) }\n  epoll_create() = $e\n  close($e)\n}",
    "r \"x\" {\n  in any order {\n    send($c, \"a\")\n    { accept(3) = $c }\n    never close($c)\n  }\n}",
    "r \"x\" {\nstrict\nignore write, poll\naccept(3) = $c { sends \"a\" x2\n receives > 1 bytes\n }\n}",
    "r \"x\" {\n  ignore write\n  send(3, \"a\")\n  accept(3) = $c {\n strict\n sends \"...\"\n}\n}",
    "a \"x\" {}\nb \"y\" {\n  start when c accept4 x3\n}\nc \"z\" {\n  start when a listen\n}",
};

START_TEST(good_is_good)
{
    struct parsed t;

    parse_good(&t, good[_i]);
    parsed_release(&t);
}
END_TEST

/* A prefix of a right text, cut anywhere, is told in words and never crashes; the spans stay inside. */
START_TEST(cut_anywhere)
{
    static const char whole[] =
        "title \"x\\n\"\nserver \"a ${PORT}\" {\n  env A=\"b\"\n  each 1.. accept(3, [::1]:${PORT}) = $c {\n"
        "    recv($c, \"a...\\x41\", MSG_PEEK|...) = 0 or -1 EPIPE\n"
        "    close({sa_family=AF_UNIX, sun_path=@\"x\"})\n    sends \"ab\" x 10\n    strict\n  }\n"
        "  ignore send!, close\n  in any order {\n    { dup(3) }\n    bind(3)\n  }\n}\n";

    for (size_t len = 0; len < sizeof(whole) - 1; len++) {
        char *text = strndup(whole, len);
        struct buf out = {0};
        struct parsed t;

        parsed_init(&t, text, params, ARRAY_LEN(params));
        diags_write(&t.diags, &out);
        ck_assert_int_eq(t.expect == NULL, t.diags.list.len > 0);
        vec_each (struct diag, diag, &t.diags.list) {
            ck_assert_uint_le(diag->span.from, diag->span.to);
            ck_assert_uint_le(diag->span.to, len);
        }
        buf_release(&out);
        parsed_release(&t);
        free(text);
    }
}
END_TEST

static void read_file(const char *dir, const char *name, const char *file, struct buf *out)
{
    char path[1024], chunk[4096];
    FILE *in;
    size_t n;

    snprintf(path, sizeof(path), "%s/%s/%s", dir, name, file);
    in = fopen(path, "rb");
    ck_assert_msg(in != NULL, "cannot read %s", path);
    while ((n = fread(chunk, 1, sizeof(chunk), in)) > 0)
        buf_add(out, chunk, n);
    fclose(in);
}

static const char *cases_dir(char *dir, size_t size)
{
    const char *tests = getenv("SOCKDRILL_TESTS");

    snprintf(dir, size, "%s/expect", tests ? tests : "tests");
    return dir;
}

/* A directory with a `stderr` holds a wrong pattern; the others are cases of the matcher. */
static int is_wrong_case(const struct dirent *entry)
{
    char dir[512], path[1024];

    snprintf(path, sizeof(path), "%s/%s/stderr", cases_dir(dir, sizeof(dir)), entry->d_name);
    return access(path, R_OK) == 0;
}

static void check_case(const char *dir, const char *name)
{
    struct buf text = {0}, want = {0}, out = {0};
    struct parsed t = {0};

    read_file(dir, name, "in.expect", &text);
    read_file(dir, name, "stderr", &want);
    t.source = (struct source){"in.expect", text.data, text.len};
    t.diags.source = &t.source;
    t.expect = expect_parse(&t.arena, params, ARRAY_LEN(params), &t.diags);
    diags_write(&t.diags, &out);
    ck_assert_msg(t.expect == NULL, "%s: no error found", name);
    ck_assert_msg(strcmp(buf_str(&out), buf_str(&want)) == 0, "%s: diagnostics differ; now\n%s", name,
                  buf_str(&out));
    parsed_release(&t);
    buf_release(&text);
    buf_release(&want);
    buf_release(&out);
}

START_TEST(wrong_patterns)
{
    char dir[512];
    struct dirent **cases;
    int n = scandir(cases_dir(dir, sizeof(dir)), &cases, is_wrong_case, alphasort);

    ck_assert_msg(n >= 40, "%d cases in %s: set SOCKDRILL_TESTS to the folder of the tests", n, dir);
    for (int i = 0; i < n; i++) {
        check_case(dir, cases[i]->d_name);
        free(cases[i]);
    }
    free(cases);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "values", value_is_read, ARRAY_LEN(values));
    suite_add_loop(suite, "results", result_is_read, ARRAY_LEN(results));
    suite_add_loop(suite, "calls", call_is_found, ARRAY_LEN(calls));
    suite_add_loop(suite, "counts", count_is_read, ARRAY_LEN(counts));
    suite_add(suite, "nesting", lives_and_alternatives_nest);
    suite_add(suite, "scopes", scopes_are_of_their_blocks);
    suite_add(suite, "roles", roles_and_directives);
    suite_add(suite, "set", file_sets_params);
    suite_add(suite, "copies", copies_are_roles);
    suite_add(suite, "requires", needs_are_read);
    suite_add(suite, "without params", without_params);
    suite_add_loop(suite, "param is no keyword", param_is_no_keyword, 4);
    suite_add(suite, "spans", spans_are_of_the_file);
    suite_add_loop(suite, "good", good_is_good, ARRAY_LEN(good));
    suite_add(suite, "cut", cut_anywhere);
    suite_add(suite, "wrong patterns", wrong_patterns);
}

SUITE_MAIN("parse", add)
