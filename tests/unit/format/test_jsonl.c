/* unit/format/test_jsonl.c: writing and reading back is the identity; a file cut anywhere loads; what is
 * wrong is told. */
#include "lines.h"

#define END(n)            "{\"end\": true, \"events\": " #n "}\n"
#define CALL              EVENT(1, "call") "\"call\": \"close\", \"args\": {\"fd\": 3}}\n"
#define ADDR(type, parts) "{\"struct\": \"sockaddr_" type "\", " parts "}"
#define VALUE(json)       HEAD EVENT(1, "call") "\"call\": \"close\", \"args\": {\"fd\": " json "}}\n"

/* Every kind of event and every member, as the writer orders them; tests/format/records looks at them, too.
 */
#define TIMES   "\"start_ns\": 1, \"end_ns\": 2, "
#define TASK    TIMES "\"pid\": 10, \"tid\": 11, "
#define UNNAMED "{\"struct\": \"sockaddr_un\", \"family\": \"AF_UNIX\"}"
#define NAMED   "{\"struct\": \"sockaddr_un\", \"family\": \"AF_UNIX\", \"path\": \"a\"}"
static const char whole[] =
    "{\"sockdrill\": 1, \"version\": \"0.1.0\", \"linux\": \"6.1.0\", \"arch\": \"x86_64\", \"began_ns\": "
    "\"18446744073709551615\", \"isolation\": \"namespace\", \"no_new_privs\": true, \"params\": {\"PORT\": "
    "\"7000\", \"X\": {\"base64\": \"/w==\"}}}\n"
    "{\"seq\": 1, \"event\": \"call\", " TIMES
    "\"role\": \"server\", \"pid\": 10, \"tid\": 11, \"call\": \"accept4\", \"canon\": \"accept\", \"args\": "
    "{\"sockfd\": {\"fd\": 3, \"sock\": 1}, \"addr\": null, \"addrlen\": null, \"flags\": {\"flags\": [], "
    "\"n\": 0, \"of\": \"SOCK_FLAGS\"}}, \"result\": 4, \"ret\": {\"fd\": 4, \"sock\": 2}, \"sock\": 1, "
    "\"made\": [2], \"kernel\": {\"tcp\": \"ESTABLISHED\", \"queue\": 1, \"queue_max\": 16, \"unread\": 0, "
    "\"unsent\": 5, \"inodes\": [4711, \"18446744073709551615\"], \"local\": " NAMED ", \"peer\": " UNNAMED
    "}}\n"
    "{\"seq\": 2, \"event\": \"call\", " TASK
    "\"call\": \"read\", \"canon\": \"recv\", \"args\": {\"fd\": {\"fd\": 4, \"sock\": 2}, \"buf\": \"ab\", "
    "\"count\": 2}, \"result\": 2, \"sock\": 2, \"stream\": true, \"range\": [0, 2], \"kernel\": {\"tcp\": "
    "200}}\n"
    "{\"seq\": 5, \"event\": \"call\", " TASK
    "\"call\": \"close\", \"canon\": \"close\", \"args\": {\"fd\": {\"fd\": 4}}, \"result\": -1, \"errno\": "
    "{\"name\": \"EBADF\", \"n\": 9}, \"last_ref\": true, \"stack\": [{\"function\": \"hang_up\", "
    "\"offset\": 26, \"file\": \"/src/a.c\", \"line\": 7, \"inlined\": true, \"object\": \"/bin/a\", "
    "\"address\": 4096}, {\"object\": \"[vdso]\"}, {\"address\": \"18446744073709551615\"}]}\n"
    "{\"seq\": 6, \"event\": \"call\", " TASK
    "\"call\": \"socketpair\", \"canon\": \"socketpair\", \"args\": {\"sv\": {\"ptr\": \"0x8\"}}, "
    "\"unfinished\": true, \"detached\": true, \"made\": [6, 7], \"kernel\": {\"inodes\": [1]}}\n"
    "{\"seq\": 7, \"event\": \"start\", " TASK
    "\"args\": {\"argv\": [\"a\"], \"attached\": 0, \"sockets\": [{\"struct\": \"inherited\", \"fd\": "
    "{\"fd\": 1}, \"inode\": 77}]}}\n"
    "{\"seq\": 8, \"event\": \"fork\", " TASK
    "\"args\": {\"child\": 12, \"flags\": {\"flags\": [\"CLONE_THREAD\"], \"n\": 65536, \"of\": "
    "\"CLONE\"}}}\n"
    "{\"seq\": 9, \"event\": \"exec\", " TASK
    "\"args\": {\"path\": {\"base64\": \"/w==\"}, \"former\": 12}}\n"
    "{\"seq\": 10, \"event\": \"exit\", " TASK "\"args\": {\"status\": 3, \"last\": 0}}\n"
    "{\"seq\": 11, \"event\": \"signal\", " TASK
    "\"args\": {\"signo\": {\"name\": \"SIGSEGV\", \"n\": 11, \"of\": \"SIG\"}, \"code\": -6, \"addr\": "
    "{\"ptr\": \"0x0\"}}, \"stack\": [{\"function\": \"crash\", \"line\": 1}], \"src\": [{\"file\": "
    "\"a.c\"}]}\n"
    "{\"seq\": 12, \"event\": \"closed\", " TASK
    "\"args\": {\"why\": \"in flight\"}, \"sock\": 2, \"last_ref\": true}\n"
    "{\"seq\": 13, \"event\": \"lost\", " TASK "\"args\": {\"why\": \"a sentence\"}}\n"
    "{\"seq\": \"9223372036854775808\", \"event\": \"role\", " TIMES
    "\"role\": \"r\\u007f\", \"pid\": 0, \"tid\": 0, \"args\": {\"what\": \"stderr\", \"text\": \"\"}}\n" END(
        12);

/* A record may be poorer than any that is written. */
START_TEST(what_is_not_told_is_not_written)
{
    static const char text[] = HEAD EVENT(1, "exit") "\"pid\": -1, \"tid\": 0}\n" END(1);
    struct trace trace;
    char *out;

    lines_load(&trace, text);
    out = lines_render(&trace, "jsonl", &FORMAT_OPTS_DEFAULT);
    ck_assert_str_eq(out, text);
    free(out);
    trace_release(&trace);
}
END_TEST

START_TEST(reading_back_gives_the_same)
{
    struct trace trace;
    char *out;

    lines_load(&trace, whole);
    ck_assert(!trace.cut);
    ck_assert_uint_eq(trace.events.len, 12);
    ck_assert_str_eq(trace_param(&trace, "PORT"), "7000");
    ck_assert_int_eq(trace.events.items[0]->canon, CANON_ACCEPT);
    ck_assert_uint_eq(trace.events.items[0]->ncargs, 3);
    ck_assert_int_eq(trace.events.items[1]->kernel.unread, -1);
    ck_assert_uint_eq(trace.events.items[2]->nstack, 3);
    ck_assert_str_eq(event_source(trace.events.items[2])->function, "hang_up");
    out = lines_write(&trace, "jsonl", &FORMAT_OPTS_DEFAULT);
    ck_assert_str_eq(out, whole);
    free(out);
    trace_release(&trace);
}
END_TEST

/* Whole lines before the cut, not counting the head; a record whose newline alone is missing is whole. */
static size_t events_before(size_t len)
{
    size_t lines = 0;

    for (size_t i = 0; i < len; i++)
        lines += whole[i] == '\n' || (i + 1 == len && whole[i + 1] == '\n');
    return lines ? lines - 1 : 0;
}

START_TEST(cut_anywhere)
{
    size_t head_len = (size_t)(strchr(whole, '\n') - whole);

    for (size_t len = 0; len < sizeof(whole) - 2; len++) {
        struct err err = {.msg = ""};
        struct trace trace;
        bool ok = lines_try(&trace, whole, len, &err);

        ck_assert_msg(ok == (len >= head_len), "at %zu: %s", len, err.msg);
        if (ok)
            ck_assert_msg(trace.cut && trace.events.len == events_before(len), "at %zu", len);
        else
            ck_assert_ptr_nonnull(
                strstr(err.msg, len ? "in:1: cut before the end of the first record" : "in: empty"));
        trace_release(&trace);
    }
}
END_TEST

START_TEST(an_end_without_its_newline_is_whole)
{
    struct trace trace;
    struct err err;

    ck_assert(lines_try(&trace, whole, sizeof(whole) - 2, &err));
    ck_assert(!trace.cut);
    trace_release(&trace);
}
END_TEST

START_TEST(lines_taken_out_are_told_as_a_cut)
{
    struct trace trace;

    lines_load(&trace, HEAD CALL END(2));
    ck_assert(trace.cut);
    trace_release(&trace);
}
END_TEST

/* Of a canonical form the file has what is hard to put together. Readers make it anew, whatever stands there.
 */
static const struct {
    const char *record, *canonical;
} canonicals[] = {
    {"\"call\": \"writev\", \"canon\": \"send\", \"args\": {\"fd\": {\"fd\": 3}, \"iov\": [{\"struct\": "
     "\"iovec\", \"iov_base\": \"ab\", \"iov_len\": 2}, {\"struct\": \"iovec\", \"iov_base\": \"c\", "
     "\"iov_len\": 1}], \"iovcnt\": 2}, \"result\": 3",
     ", \"data\": \"abc\""},
    {"\"call\": \"write\", \"canon\": \"send\", \"args\": {\"fd\": {\"fd\": 3}, \"buf\": \"ab\", \"count\": "
     "2}, \"result\": 2",
     ""},
    {"\"call\": \"read\", \"canon\": \"recv\", \"args\": {\"fd\": {\"fd\": 3}, \"buf\": {\"aux\": true}}, "
     "\"result\": 0",
     ""},
    {"\"call\": \"sendfile\", \"canon\": \"send\", \"args\": {\"out_fd\": {\"fd\": 3}, \"in_fd\": {\"fd\": "
     "4}, \"offset\": null, \"count\": 9}, \"result\": 9",
     ", \"data\": {\"text\": \"\", \"len\": 9}"},
    {"\"call\": \"sendto\", \"canon\": \"sendto\", \"args\": {\"sockfd\": {\"fd\": 3}, \"buf\": \"a\", "
     "\"len\": 1, \"flags\": {\"flags\": [], \"n\": 0, \"of\": \"MSG\"}, \"dest_addr\": " ADDR(
         "un", "\"family\": \"AF_UNIX\"") "}, \"result\": 1",
     ", \"addr\": " ADDR("un", "\"family\": \"AF_UNIX\"")},
};

START_TEST(canonical_form_is_told_where_it_helps)
{
    static const char begin[] = EVENT(1, "call") "\"pid\": 1, \"tid\": 1, ";
    char *text = NULL, *expected = NULL, *out;
    struct trace trace;

    ck_assert_int_gt(
        asprintf(&text, HEAD "%s%s, \"data\": 5, \"addr\": [1]}\n" END(1), begin, canonicals[_i].record), 0);
    ck_assert_int_gt(
        asprintf(&expected, HEAD "%s%s%s}\n" END(1), begin, canonicals[_i].record, canonicals[_i].canonical),
        0);
    lines_load(&trace, text);
    out = lines_write(&trace, "jsonl", &FORMAT_OPTS_DEFAULT);
    ck_assert_str_eq(out, expected);
    free(out);
    free(expected);
    free(text);
    trace_release(&trace);
}
END_TEST

START_TEST(unknown_members_and_blank_lines_are_passed_over)
{
    struct trace trace;

    lines_load(&trace, "{\"new\": [1.5], \"sockdrill\": 1}\n\n \t\r\n"
                       "{\"event\": \"call\", \"call\": \"close\", \"later\": {\"x\": true}, \"kernel\": "
                       "{\"y\": 1}}\r\n" END(1));
    ck_assert(!trace.cut);
    ck_assert_uint_eq(trace.events.len, 1);
    ck_assert_uint_eq(trace.events.items[0]->seq, 1);
    ck_assert_str_eq(trace.head.version, "");
    trace_release(&trace);
}
END_TEST

START_TEST(names_may_stand_for_numbers)
{
    struct trace trace;

    lines_load(
        &trace,
        HEAD EVENT(1, "call") "\"pid\": 4, \"call\": \"shutdown\", \"args\": {\"sockfd\": 3, \"how\": "
                              "{\"name\": \"SHUT_RDWR\", \"of\": \"SHUT\"}}, \"result\": -1, \"errno\": "
                              "{\"name\": \"ENOTCONN\"}}\n" END(1));
    ck_assert_int_eq(trace.events.items[0]->err, 107);
    ck_assert_int_eq(trace.events.items[0]->tid, 4);
    ck_assert_uint_eq(trace.events.items[0]->args[1].value->sym.n, 2);
    trace_release(&trace);
}
END_TEST

static const struct {
    const char *text, *msg;
} wrong[] = {
    {"5\n", "in:1: not a record: a line holds one object"},
    {"{}\n", "in:1: not a trace: the first record does not say 'sockdrill'"},
    {"{\"sockdrill\": 2, \"version\": \"9\\u001b\"}\n",
     "in:1: a trace of schema 2, this program reads schema 1"},
    {"{\"sockdrill\": \"one\"}\n", "in:1: 'sockdrill' is no integer"},
    {"{\"sockdrill\": 1, \"arch\": 5}\n", "in:1: 'arch' is no string"},
    {"{\"sockdrill\": 1, \"arch\": \"a\\u0000\"}\n", "in:1: 'arch' has a NUL in it"},
    {"{\"sockdrill\": 1, \"no_new_privs\": 1}\n", "in:1: 'no_new_privs' is neither true nor false"},
    {"{\"sockdrill\": 1, \"began_ns\": -1}\n", "in:1: 'began_ns' is no number from 0 on"},
    {"{\"sockdrill\": 1, \"began_ns\": \"18446744073709551616\"}\n",
     "in:1: 'began_ns' is no number from 0 on"},
    {"{\"sockdrill\": 1, \"params\": []}\n", "in:1: no object where names and values must be"},
    {HEAD "{\"event\": \"call\"\n", "in:2: not JSON: "},
    {HEAD CALL "\033[2J\n", "in:3: not JSON: "},
    {HEAD CALL HEAD, "in:3: unknown event ''"},
    {HEAD CALL END(1) CALL, "in:4: a record behind the last one"},
    {HEAD CALL CALL, "in:3: 'seq' does not grow"},
    {HEAD "{\"event\": \"birth\\u0007\"}\n", "in:2: unknown event 'birth\\7'"},
    {HEAD "{\"event\": \"call\"}\n", "in:2: a call without the name of the call"},
    {HEAD EVENT(1, "exit") "\"pid\": 2147483648}\n", "in:2: 'pid' is out of range"},
    {HEAD EVENT(1, "exit") "\"pid\": 1.5}\n", "in:2: 'pid' is no integer"},
    {HEAD EVENT(1, "exit") "\"made\": [1, 2, 3]}\n", "in:2: 'made' is no array of at most 2 numbers"},
    {HEAD EVENT(1, "exit") "\"range\": [2, 1]}\n", "in:2: 'range' ends before it begins"},
    {HEAD EVENT(1, "exit") "\"errno\": {}}\n", "in:2: 'errno' has neither a number nor a known name"},
    {HEAD EVENT(1, "exit") "\"errno\": {\"n\": -5}}\n",
     "in:2: 'errno' has neither a number nor a known name"},
    {HEAD EVENT(1, "exit") "\"stack\": {}}\n", "in:2: 'stack' is no array"},
    {HEAD EVENT(1, "exit") "\"stack\": [5]}\n", "in:2: a frame of 'stack' is no object"},
    {HEAD EVENT(1, "exit") "\"stack\": [{\"function\": 5}]}\n", "in:2: 'function' is no string"},
    {HEAD EVENT(1, "exit") "\"stack\": [{}, {\"line\": -1}]}\n", "in:2: 'line' is out of range"},
    {HEAD EVENT(1, "exit") "\"kernel\": 5}\n", "in:2: 'kernel' is no object"},
    {HEAD EVENT(1, "exit") "\"kernel\": {\"tcp\": 256}}\n", "in:2: 'tcp' is no state of a connection"},
    {HEAD EVENT(1, "exit") "\"kernel\": {\"tcp\": \"LISTENING\"}}\n", "in:2: 'tcp' is no number from 0 on"},
    {HEAD EVENT(1, "exit") "\"kernel\": {\"unread\": -2}}\n", "in:2: a number of 'kernel' is out of range"},
    {HEAD EVENT(1, "exit") "\"kernel\": {\"queue\": 4294967296}}\n",
     "in:2: a number of 'kernel' is out of range"},
    {HEAD EVENT(
         1, "exit") "\"args\": {\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1}}\n",
     "in:2: more than 8 arguments"},
    {VALUE("true"), "in:2: neither true, false nor fractions are values"},
    {VALUE("{}"), "in:2: an object that is no value"},
    {VALUE("{\"int\": 1, \"form\": \"roman\"}"), "in:2: unknown form of a number: 'roman'"},
    {VALUE("{\"text\": \"a\", \"form\": \"oct\"}"), "in:2: unknown form of bytes: 'oct'"},
    {VALUE("{\"int\": \"-9223372036854775809\"}"), "in:2: 'int' is no integer"},
    {VALUE("{\"int\": \"-\"}"), "in:2: 'int' is no integer"},
    {VALUE("{\"int\": \"\"}"), "in:2: 'int' is no number from 0 on"},
    {VALUE("{\"int\": -1, \"form\": \"hex\"}"), "in:2: 'int' is no number from 0 on"},
    {VALUE("{\"n\": 1, \"of\": \"?\"}"), "in:2: unknown table of constants: '?'"},
    {VALUE("{\"flags\": []}"), "in:2: unknown table of constants: ''"},
    {VALUE("{\"name\": \"AF_X\", \"of\": \"AF\"}"),
     "in:2: neither a number nor the name of a constant of AF"},
    {VALUE("{\"text\": 5}"), "in:2: 'text' is no string"},
    {VALUE("{\"text\": \"abc\", \"len\": 2}"), "in:2: more bytes than 'len'"},
    {VALUE("{\"base64\": \"!\"}"), "in:2: 'base64' is no base64"},
    {VALUE("{\"struct\": 5}"), "in:2: 'struct' is no string"},
    {VALUE(ADDR("in", "\"family\": \"AF_X\"")), "in:2: 'family' is no number from 0 on"},
    {VALUE(ADDR("in", "\"port\": \"http\"")), "in:2: 'port' is no number from 0 on"},
    {VALUE(ADDR("in6", "\"host\": \"::x\"")), "in:2: 'host' is no address"},
    {VALUE(ADDR("un", "\"abstract\": 5")), "in:2: 'abstract' is no name"},
    {VALUE(ADDR("un", "\"abstract\": {\"text\": \"\", \"len\": \"18446744073709551615\"}")),
     "in:2: 'abstract' is no name"},
    {VALUE(ADDR("un", "\"abstract\": \"a\", \"path\": \"b\"")), "in:2: an address with two of 'sun_path'"},
    {VALUE(ADDR("in", "\"port\": 1, \"sin_port\": 1")), "in:2: an address with two of 'sin_port'"},
    {VALUE(ADDR("", "\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,"
                    "\"l\":1,\"m\":1,\"n\":1,\"o\":1,\"p\":1,\"q\":1")),
     "in:2: an address with too many parts"},
    {VALUE("{\"array\": 5}"), "in:2: 'array' is no array"},
    {VALUE("{\"array\": [1, 2], \"len\": 1}"), "in:2: more items than 'len'"},
    {VALUE("{\"fd\": 2147483648}"), "in:2: 'fd' is out of range"},
    {VALUE("{\"ptr\": \"0x\"}"), "in:2: 'ptr' is no address in hexadecimal"},
    {VALUE("{\"ptr\": \"0x-1\"}"), "in:2: 'ptr' is no address in hexadecimal"},
    {VALUE("{\"ptr\": \"0x10000000000000000\"}"), "in:2: 'ptr' is no address in hexadecimal"},
    {VALUE("{\"ptr\": 5}"), "in:2: 'ptr' is no address in hexadecimal"},
    {VALUE("{\"ip\": \"1.2.3\"}"), "in:2: 'ip' is no address"},
    {VALUE("{\"was\": true, \"aux\": true}"), "in:2: neither true, false nor fractions are values"},
    {VALUE("{\"was\": 1, \"aux\": 1}"), "in:2: 'aux' is neither true nor false"},
};

START_TEST(wrong_is_told_with_its_line)
{
    struct err err = {.msg = ""};
    struct trace trace;

    ck_assert(!lines_try(&trace, wrong[_i].text, strlen(wrong[_i].text), &err));
    ck_assert_msg(strncmp(err.msg, wrong[_i].msg, strlen(wrong[_i].msg)) == 0, "%s", err.msg);
    ck_assert_ptr_null(strchr(err.msg, '\033'));
    ck_assert_ptr_null(strchr(err.hint, '\033'));
    trace_release(&trace);
}
END_TEST

/* `open` as often as asked, then what is innermost, then `close` as often. */
static bool load_nested(const char *open, const char *close, size_t depth, struct err *err)
{
    struct buf text = {0};
    struct trace trace;
    bool ok;

    buf_adds(&text, HEAD EVENT(1, "exit") "\"args\": {\"x\": ");
    for (size_t i = 0; i < depth; i++)
        buf_adds(&text, open);
    buf_adds(&text, "1");
    for (size_t i = 0; i < depth; i++)
        buf_adds(&text, close);
    buf_adds(&text, "}}\n");
    ok = lines_try(&trace, text.data, text.len, err);
    trace_release(&trace);
    buf_release(&text);
    return ok;
}

START_TEST(deep_nesting_is_refused)
{
    static const char *const nests[][2] = {{"[", "]"},
                                           {"{\"was\": ", "}"},
                                           {"{\"struct\": \"t\", \"f\": ", "}"},
                                           {"{\"struct\": \"sockaddr_un\", \"path\": ", "}"}};
    struct err err = {.msg = ""};

    ck_assert(load_nested(nests[_i][0], nests[_i][1], 64, &err));
    ck_assert(!load_nested(nests[_i][0], nests[_i][1], 65, &err));
    ck_assert_str_eq(err.msg, "in:2: values nested too deeply");
    ck_assert(!load_nested(nests[_i][0], nests[_i][1], 100000, &err));
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "identity", reading_back_gives_the_same);
    suite_add(suite, "poor records", what_is_not_told_is_not_written);
    suite_add(suite, "cut anywhere", cut_anywhere);
    suite_add(suite, "no last newline", an_end_without_its_newline_is_whole);
    suite_add(suite, "lines taken out", lines_taken_out_are_told_as_a_cut);
    suite_add(suite, "unknown members", unknown_members_and_blank_lines_are_passed_over);
    suite_add(suite, "names", names_may_stand_for_numbers);
    suite_add_loop(suite, "canonical", canonical_form_is_told_where_it_helps, ARRAY_LEN(canonicals));
    suite_add_loop(suite, "wrong", wrong_is_told_with_its_line, ARRAY_LEN(wrong));
    suite_add_loop(suite, "nesting", deep_nesting_is_refused, 4);
}
SUITE_MAIN("jsonl", add)
