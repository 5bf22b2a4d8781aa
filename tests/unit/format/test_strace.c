/* unit/format/test_strace.c: strace's options, and which pids stand where. */
#include "lines.h"

#define CLOSE(seq, tid)                                                                                      \
    EVENT(seq, "call") "\"pid\": 7, \"tid\": " #tid ", \"call\": \"close\", \"args\": {\"fd\": 3}}\n"
#define START          EVENT(1, "start") "\"pid\": 7, \"args\": {\"argv\": [\"a\"], \"attached\": 0}}\n"
#define FORK           EVENT(2, "fork") "\"pid\": 7, \"args\": {\"child\": 8}}\n"
#define EXIT(seq, tid) EVENT(seq, "exit") "\"pid\": " #tid ", \"args\": {\"status\": 0, \"last\": 1}}\n"
#define ACCEPT                                                                                               \
    EVENT(1, "call")                                                                                         \
    "\"pid\": 7, \"call\": \"accept\", \"args\": {\"sockfd\": {\"fd\": 3, \"sock\": 1}, \"addr\": null, "    \
    "\"addrlen\": null}, \"result\": 4, \"ret\": {\"fd\": 4, \"sock\": 2}, \"sock\": 1, \"made\": [2], "     \
    "\"kernel\": {\"local\": " ADDRESS(7000) ", \"peer\": " ADDRESS(40312) "}}\n"
#define ADDRESS(port) "{\"struct\": \"sockaddr_in\", \"port\": " #port ", \"host\": \"127.0.0.1\"}"

static void expect(const char *events, struct format_opts opts, const char *expected)
{
    lines_expect(events, "strace", &opts, expected);
}

START_TEST(pid_in_front_of_each_line)
{
    expect(CLOSE(1, 7) CLOSE(2, 123456), FORMAT_OPTS_DEFAULT,
           "7     close(3)                          = 0\n"
           "123456 close(3)                         = 0\n");
}
END_TEST

START_TEST(pid_in_brackets_while_there_are_several)
{
    struct format_opts opts = {.strlen_max = 32, .column = 20, .pids = true, .bracket_pids = true};

    expect(START FORK CLOSE(3, 7) CLOSE(4, 8) EXIT(5, 8) CLOSE(6, 7) EXIT(7, 7), opts,
           "strace: Process 8 attached\n"
           "[pid     7] close(3) = 0\n"
           "[pid     8] close(3) = 0\n"
           "[pid     8] +++ exited with 0 +++\n"
           "close(3)            = 0\n"
           "+++ exited with 0 +++\n");
}
END_TEST

START_TEST(exec_of_a_thread_ends_the_others)
{
    struct format_opts opts = {.strlen_max = 32, .bracket_pids = true};

    expect(
        START FORK EVENT(3, "exec") "\"pid\": 7, \"args\": {\"path\": \"/x\", \"former\": 8}}\n" CLOSE(4, 7),
        opts,
        "strace: Process 8 attached\n"
        "+++ superseded by execve in pid 8 +++\n"
        "close(3) = 0\n");
}
END_TEST

START_TEST(attaching_is_told)
{
    struct format_opts opts = {.strlen_max = 32, .bracket_pids = true};

    expect(EVENT(1, "start") "\"pid\": 7, \"args\": {\"argv\": [\"a\"], \"attached\": 1}}\n", opts,
           "strace: Process 7 attached\n");
}
END_TEST

START_TEST(quiet_says_nothing_of_processes)
{
    struct format_opts opts = {.strlen_max = 32, .bracket_pids = true, .quiet = true};

    expect(START FORK EXIT(3, 8) CLOSE(4, 7) EXIT(5, 7), opts, "close(3) = 0\n");
}
END_TEST

START_TEST(times_of_day)
{
    struct format_opts opts = {.strlen_max = 32, .abs_time = true};

    setenv("TZ", "UTC", 1);
    expect(CLOSE(1, 7), opts, "22:13:20 close(3) = 0\n");
    opts.abs_time_us = true;
    expect(CLOSE(1, 7), opts, "22:13:20.124456 close(3) = 0\n");
    opts.rel_time = true;
    expect(CLOSE(1, 7) CLOSE(3, 7), opts,
           "22:13:20.124456 (+     0.000000) close(3) = 0\n"
           "22:13:20.126456 (+     0.002000) close(3) = 0\n");
}
END_TEST

START_TEST(times_since_the_line_before)
{
    struct format_opts opts = {.strlen_max = 32, .rel_time = true};

    expect(CLOSE(1, 7) EVENT(2, "lost") "\"pid\": 7, \"args\": {\"why\": \"x\"}}\n" CLOSE(4, 7), opts,
           "     0.000000 close(3) = 0\n"
           "     0.003000 close(3) = 0\n");
}
END_TEST

START_TEST(a_call_that_began_before_the_line_above)
{
    struct format_opts opts = {.strlen_max = 32, .rel_time = true};

    expect(CLOSE(1, 7) "{\"event\": \"call\", \"start_ns\": 1, \"pid\": 7, \"call\": \"close\", \"args\": "
                       "{\"fd\": 4}}\n",
           opts,
           "     0.000000 close(3) = 0\n"
           "     0.000000 close(4) = 0\n");
}
END_TEST

START_TEST(durations)
{
    struct format_opts opts = {.strlen_max = 32, .duration = true};

    expect(CLOSE(1, 7) EVENT(
               2, "call") "\"pid\": 7, \"call\": \"close\", \"args\": {\"fd\": 3}, \"unfinished\": true}\n",
           opts,
           "close(3) = 0 <0.000500>\n"
           "close(3) = ?\n");
}
END_TEST

START_TEST(sockets_behind_fds)
{
    struct format_opts opts = {.strlen_max = 32, .show_sockets = true};

    expect(ACCEPT, opts, "accept(3<sock 1>, NULL, NULL) = 4<sock 2 127.0.0.1:7000->127.0.0.1:40312>\n");
}
END_TEST

START_TEST(strings_are_cut_where_asked)
{
    struct format_opts opts = {.strlen_max = 2};

    expect(
        EVENT(1, "call") "\"call\": \"write\", \"args\": {\"fd\": 3, \"buf\": \"a\\u00011\", \"count\": 3}, "
                         "\"result\": 3}\n",
        opts, "write(3, \"a\\1\"..., 3) = 3\n");
}
END_TEST

START_TEST(unknown_errno)
{
    struct format_opts opts = {.strlen_max = 32};

    expect(
        EVENT(
            1,
            "call") "\"call\": \"close\", \"args\": {\"fd\": 3}, \"result\": -1, \"errno\": {\"n\": 4000}}\n",
        opts, "close(3) = -1 (errno 4000)\n");
}
END_TEST

START_TEST(runner_and_losses_are_none_of_its_lines)
{
    expect(EVENT(1, "role") "\"args\": {\"what\": \"ready\", \"text\": \"\"}}\n" EVENT(
               2, "lost") "\"args\": {\"why\": \"x\"}}\n" EVENT(3, "closed") "\"args\": {\"fd\": 3, \"why\": "
                                                                             "\"exit\"}}\n",
           FORMAT_OPTS_DEFAULT, "");
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "pids", pid_in_front_of_each_line);
    suite_add(suite, "bracket pids", pid_in_brackets_while_there_are_several);
    suite_add(suite, "thread exec", exec_of_a_thread_ends_the_others);
    suite_add(suite, "attach", attaching_is_told);
    suite_add(suite, "quiet", quiet_says_nothing_of_processes);
    suite_add(suite, "-t -tt", times_of_day);
    suite_add(suite, "-r", times_since_the_line_before);
    suite_add(suite, "-r backwards", a_call_that_began_before_the_line_above);
    suite_add(suite, "-T", durations);
    suite_add(suite, "-y", sockets_behind_fds);
    suite_add(suite, "-s", strings_are_cut_where_asked);
    suite_add(suite, "errno", unknown_errno);
    suite_add(suite, "silent kinds", runner_and_losses_are_none_of_its_lines);
}
SUITE_MAIN("strace", add)
