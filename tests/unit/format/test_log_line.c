/* unit/format/test_log_line.c: lines of strace's logs taken apart, with whatever its options put into them.
 */
#include "../suite.h"

#include "format/log_line.h"

#include <string.h>

static const struct {
    const char *text;
    enum log_kind kind;
    int pid;
    enum log_clock clock;
    uint64_t time_ns;
    const char *name, *args, *result;
    uint64_t took_ns;
} rows[] = {
    {"close(3) = 0", LOG_CALL, 0, CLOCK_NONE, 0, "close", "3", "0", 0},
    {"12  close(3)                = 0\r", LOG_CALL, 12, CLOCK_NONE, 0, "close", "3", "0", 0},
    {"[pid    12] close(3) = 0", LOG_CALL, 12, CLOCK_NONE, 0, "close", "3", "0", 0},
    {"12<server> close(3) = 0", LOG_CALL, 12, CLOCK_NONE, 0, "close", "3", "0", 0},
    {"12 00:00:02 close(3) = 0", LOG_CALL, 12, CLOCK_DAY, 2000000000, "close", "3", "0", 0},
    {"12 00:01:02.000005 close(3) = 0", LOG_CALL, 12, CLOCK_DAY, 62000005000, "close", "3", "0", 0},
    {"12 1700000000.5 close(3) = 0", LOG_CALL, 12, CLOCK_UNIX, 1700000000500000000, "close", "3", "0", 0},
    {"12      0.000007 close(3) = 0", LOG_CALL, 12, CLOCK_SINCE, 7000, "close", "3", "0", 0},
    {"close(3) = 0 <0.000042>", LOG_CALL, 0, CLOCK_NONE, 0, "close", "3", "0", 42000},
    {"close(3</dev/null<char 1:3>>) = 0", LOG_CALL, 0, CLOCK_NONE, 0, "close", "3</dev/null<char 1:3>>", "0",
     0},
    {"close(3</gone>(deleted)) = 0", LOG_CALL, 0, CLOCK_NONE, 0, "close", "3</gone>(deleted)", "0", 0},
    {"close(3<TCPv6:[[::1]:1->[::1]:2]>) = 0", LOG_CALL, 0, CLOCK_NONE, 0, "close",
     "3<TCPv6:[[::1]:1->[::1]:2]>", "0", 0},
    {"close(3<UNIX:[1->2,\"/a>)\"]>) = 0", LOG_CALL, 0, CLOCK_NONE, 0, "close", "3<UNIX:[1->2,\"/a>)\"]>",
     "0", 0},
    {"write(1, \"a) = \\\"5\", 7) = 7", LOG_CALL, 0, CLOCK_NONE, 0, "write", "1, \"a) = \\\"5\", 7", "7", 0},
    {"f(0x1 /* 2 :) vars */) = 0", LOG_CALL, 0, CLOCK_NONE, 0, "f", "0x1 /* 2 :) vars */", "0", 0},
    {"read(3, 0x7f, 5) = -1 EAGAIN (Resource temporarily unavailable)", LOG_CALL, 0, CLOCK_NONE, 0, "read",
     "3, 0x7f, 5", "-1 EAGAIN (Resource temporarily unavailable)", 0},
    {"exit_group(0) = ?", LOG_CALL, 0, CLOCK_NONE, 0, "exit_group", "0", "?", 0},
    {"accept(3,  <unfinished ...>", LOG_UNFINISHED, 0, CLOCK_NONE, 0, "accept", "3,", "", 0},
    {"read(3,  <unfinished ...>) = ?", LOG_CALL, 0, CLOCK_NONE, 0, "read", "3,", "?", 0},
    {"<... accept resumed>NULL, NULL) = 4", LOG_RESUMED, 0, CLOCK_NONE, 0, "accept", "NULL, NULL", "4", 0},
    {"<... accept resumed> NULL, NULL) = 4 <1.5>", LOG_RESUMED, 0, CLOCK_NONE, 0, "accept", " NULL, NULL",
     "4", 1500000000},
    {"<... read resumed> <unfinished ...>) = ?", LOG_RESUMED, 0, CLOCK_NONE, 0, "read", "", "?", 0},
    {"read(3,  <detached ...>", LOG_DETACHED, 0, CLOCK_NONE, 0, "read", "3,", "", 0},
    {"--- SIGPIPE {si_signo=SIGPIPE} ---", LOG_SIGNAL, 0, CLOCK_NONE, 0, "SIGPIPE", "si_signo=SIGPIPE", "",
     0},
    {"--- stopped by SIGSTOP ---", LOG_NOTHING, 0, CLOCK_NONE, 0, "stopped", "", "", 0},
    {"12 +++ exited with 3 +++", LOG_EXITED, 12, CLOCK_NONE, 0, "", "", "", 0},
    {"+++ killed by SIGSEGV (core dumped) +++", LOG_KILLED, 0, CLOCK_NONE, 0, "SIGSEGV", "", "", 0},
    {"+++ superseded by execve in pid 9 +++", LOG_SUPERSEDED, 0, CLOCK_NONE, 0, "", "", "", 0},
    {"strace: Process 12 attached", LOG_NOTHING, 0, CLOCK_NONE, 0, "", "", "", 0},
    {"12 [ Process PID=12 runs in 32 bit mode. ]", LOG_NOTHING, 12, CLOCK_NONE, 0, "", "", "", 0},
    {" > /usr/lib/libc.so.6(__write+0x4d) [0xf7d4d]", LOG_NOTHING, 0, CLOCK_NONE, 0, "", "", "", 0},
    {"", LOG_NOTHING, 0, CLOCK_NONE, 0, "", "", "", 0},
};

static bool same(struct log_text text, const char *wanted)
{
    return text.len == strlen(wanted) && (!text.len || memcmp(text.at, wanted, text.len) == 0);
}

START_TEST(each_line_is_taken_apart)
{
    struct log_line line;
    const char *why = log_line_split(rows[_i].text, strlen(rows[_i].text), &line);

    ck_assert_msg(!why, "%s: %s", rows[_i].text, why);
    ck_assert_msg(line.kind == rows[_i].kind, "%s: kind %d", rows[_i].text, line.kind);
    ck_assert_int_eq(line.pid, rows[_i].pid);
    ck_assert_int_eq(line.clock, rows[_i].clock);
    ck_assert_uint_eq(line.time_ns, rows[_i].time_ns);
    ck_assert_uint_eq(line.took_ns, rows[_i].took_ns);
    ck_assert_msg(same(line.name, rows[_i].name), "%s: name %.*s", rows[_i].text, (int)line.name.len,
                  line.name.at);
    ck_assert_msg(same(line.args, rows[_i].args), "%s: args %.*s", rows[_i].text, (int)line.args.len,
                  line.args.at);
    ck_assert_msg(same(line.result, rows[_i].result), "%s: result %.*s", rows[_i].text, (int)line.result.len,
                  line.result.at);
}
END_TEST

/* Half of a line is cut, or is told to be wrong: never is anything read behind its end. */
START_TEST(no_beginning_of_a_line_is_read_too_far)
{
    size_t whole = strlen(rows[_i].text);

    for (size_t len = 0; len <= whole; len++) {
        char *text = malloc(len + 1);
        struct log_line line;

        memcpy(text, rows[_i].text, len);
        log_line_split(text, len, &line);
        ck_assert(line.result.len <= len && line.args.len <= len && line.name.len <= len);
        free(text);
    }
}
END_TEST

static const struct {
    const char *text, *why;
} wrong[] = {
    {"hello world", "not a line of strace"},
    {"12 hello, world", "not a line of strace"},
    {"socket(AF_INET, SOCK_STREAM", "a call without its closing bracket"},
    {"write(1, \"a, 1)", "a call without its closing bracket"},
    {"socket(AF_INET)", "a call without a result"},
    {"socket(AF_INET) = ", "a call without a result"},
    {"<... read resumed> <unfinished ...>", "a call without a result"},
    {"<... read", "a line that begins like a resumed call, and is none"},
    {"--- SIGPIPE {", "a signal that does not end with ---"},
    {"+++ exited with", "the end of a process that does not end with +++"},
    {"+++ exited with x +++", "an end of a process that is not known"},
    {"+++ went away +++", "an end of a process that is not known"},
};

START_TEST(what_is_wrong_with_a_line_is_said)
{
    struct log_line line;
    const char *why = log_line_split(wrong[_i].text, strlen(wrong[_i].text), &line);

    ck_assert_msg(why != NULL, "%s: taken", wrong[_i].text);
    ck_assert_str_eq(why, wrong[_i].why);
}
END_TEST

static const struct {
    const char *head;
    bool is_log;
} heads[] = {
    {"execve(\"/bin/x\", [\"x\"", true},
    {"12 1700000000.5 execve(", true},
    {"strace: Process 12 attached\n", true},
    {"\n\n+++ exited with 0 +++\n", true},
    {"{\"sockdrill\": 1}", false},
    {"hello world\nclose(3) = 0\n", false},
    {"", false},
};

START_TEST(a_log_is_known_by_its_first_line)
{
    ck_assert_msg(log_line_sniff(heads[_i].head, strlen(heads[_i].head)) == heads[_i].is_log, "%s",
                  heads[_i].head);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "lines", each_line_is_taken_apart, sizeof(rows) / sizeof(rows[0]));
    suite_add_loop(suite, "beginnings", no_beginning_of_a_line_is_read_too_far,
                   sizeof(rows) / sizeof(rows[0]));
    suite_add_loop(suite, "wrong", what_is_wrong_with_a_line_is_said, sizeof(wrong) / sizeof(wrong[0]));
    suite_add_loop(suite, "heads", a_log_is_known_by_its_first_line, sizeof(heads) / sizeof(heads[0]));
}
SUITE_MAIN("log_line", add)
