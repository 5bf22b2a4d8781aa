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
    struct format_opts opts = {.strlen_max = 32, .bracket_pids = true, .quiet = QUIET_ALL};

    expect(START FORK EXIT(3, 8) CLOSE(4, 7) EXIT(5, 7), opts, "close(3) = 0\n");
    opts.quiet = QUIET_ATTACH;
    expect(START FORK EXIT(3, 8) CLOSE(4, 7), opts,
           "[pid     8] +++ exited with 0 +++\n"
           "close(3) = 0\n");
}
END_TEST

START_TEST(times_of_day)
{
    struct format_opts opts = {.strlen_max = 32, .abs_time = {TIME_OF_DAY, 0}};

    setenv("TZ", "UTC", 1);
    expect(CLOSE(1, 7), opts, "22:13:20 close(3) = 0\n");
    opts.abs_time.digits = 6;
    expect(CLOSE(1, 7), opts, "22:13:20.124456 close(3) = 0\n");
    opts.abs_time.style = TIME_UNIX;
    expect(CLOSE(1, 7), opts, "1700000000.124456 close(3) = 0\n");
    opts.abs_time = (struct time_form){TIME_OF_DAY, 6};
    opts.rel_time = (struct time_form){TIME_SPAN, 6};
    expect(CLOSE(1, 7) CLOSE(3, 7), opts,
           "22:13:20.124456 (+     0.000000) close(3) = 0\n"
           "22:13:20.126456 (+     0.002000) close(3) = 0\n");
}
END_TEST

START_TEST(times_since_the_line_before)
{
    struct format_opts opts = {.strlen_max = 32, .rel_time = {TIME_SPAN, 6}};

    expect(CLOSE(1, 7) EVENT(2, "lost") "\"pid\": 7, \"args\": {\"why\": \"x\"}}\n" CLOSE(4, 7), opts,
           "     0.000000 close(3) = 0\n"
           "     0.003000 close(3) = 0\n");
}
END_TEST

START_TEST(a_call_that_began_before_the_line_above)
{
    struct format_opts opts = {.strlen_max = 32, .rel_time = {TIME_SPAN, 6}};

    expect(CLOSE(1, 7) "{\"event\": \"call\", \"start_ns\": 1, \"pid\": 7, \"call\": \"close\", \"args\": "
                       "{\"fd\": 4}}\n",
           opts,
           "     0.000000 close(3) = 0\n"
           "     0.000000 close(4) = 0\n");
}
END_TEST

START_TEST(durations)
{
    struct format_opts opts = {.strlen_max = 32, .duration = {TIME_SPAN, 6}};

    expect(CLOSE(1, 7) EVENT(
               2, "call") "\"pid\": 7, \"call\": \"close\", \"args\": {\"fd\": 3}, \"unfinished\": true}\n",
           opts,
           "close(3) = 0 <0.000500>\n"
           "close(3) = ?\n");
}
END_TEST

/* Socket 1 is known by its inode; what is made is connected. */
static bool two_sockets(void *arg, uint64_t sock, bool made, struct sock_info *info)
{
    ck_assert_ptr_null(arg);
    ck_assert(made == (sock == 2));
    *info = (struct sock_info){.domain = 2, .type = 1, .protocol = 0, .inode = 100 + sock};
    return sock < 3;
}

static const struct sock_source two = {two_sockets, NULL};

START_TEST(sockets_behind_fds)
{
    struct format_opts opts = {.strlen_max = 32, .fds = FD_INFO_PATH, .socks = &two};

    expect(ACCEPT, opts, "accept(3<socket:[101]>, NULL, NULL) = 4<socket:[102]>\n");
    opts.fds |= FD_INFO_SOCKET;
    expect(ACCEPT, opts, "accept(3<TCP:[101]>, NULL, NULL) = 4<TCP:[102]>\n");
}
END_TEST

#define CALL_WITH(members) EVENT(1, "call") "\"pid\": 7, " members "}\n"

START_TEST(fds_that_were_something_else_are_plain)
{
    struct format_opts opts = {.strlen_max = 32, .fds = FD_INFO_PATH, .socks = &two};

    expect(CALL_WITH(
               "\"call\": \"dup2\", \"args\": {\"oldfd\": {\"fd\": 3, \"sock\": 1}, \"newfd\": {\"fd\": 9, "
               "\"sock\": 1}}, \"ret\": {\"fd\": 9, \"sock\": 1}, \"result\": 9, \"sock\": 1"),
           opts, "dup2(3<socket:[101]>, 9) = 9<socket:[101]>\n");
    expect(
        CALL_WITH("\"call\": \"listen\", \"args\": {\"sockfd\": {\"fd\": 3, \"sock\": 1}, \"backlog\": 5}, "
                  "\"result\": -1, \"errno\": {\"name\": \"EBADF\"}, \"sock\": 1"),
        opts, "listen(3, 5) = -1 EBADF (Bad file descriptor)\n");
    expect(CALL_WITH("\"call\": \"poll\", \"args\": {\"fds\": {\"was\": [{\"fd\": 3, \"sock\": 1}], \"now\": "
                     "[{\"fd\": 3, \"sock\": 1}], \"aux\": true}}, \"result\": 1"),
           opts, "poll([3<socket:[101]>]) = 1 ([3])\n");
}
END_TEST

START_TEST(epoll_is_behind_epfd)
{
    struct format_opts opts = {.strlen_max = 32, .fds = FD_INFO_PATH};

    expect(CALL_WITH("\"call\": \"epoll_wait\", \"args\": {\"epfd\": {\"fd\": 5}}, \"result\": 0"), opts,
           "epoll_wait(5<anon_inode:[eventpoll]>) = 0\n");
    expect(
        CALL_WITH("\"call\": \"epoll_wait\", \"args\": {\"epfd\": {\"fd\": 5}}, \"result\": -1, \"errno\": "
                  "{\"name\": \"EBADF\"}"),
        opts, "epoll_wait(5) = -1 EBADF (Bad file descriptor)\n");
}
END_TEST

START_TEST(detached_calls_have_no_end)
{
    struct format_opts opts = {.strlen_max = 32};

    expect(CALL_WITH("\"call\": \"accept\", \"args\": {\"sockfd\": {\"fd\": 3}, \"addr\": null, \"addrlen\": "
                     "null}, \"unfinished\": true, \"detached\": true"),
           opts, "accept(3, NULL, NULL <detached ...>\n");
    expect(
        CALL_WITH("\"call\": \"recvfrom\", \"args\": {\"sockfd\": {\"fd\": 3}, \"buf\": {\"ptr\": \"0x1\"}}, "
                  "\"unfinished\": true, \"detached\": true"),
        opts, "recvfrom(3,  <detached ...>\n");
}
END_TEST

#define SIGNAL                                                                                               \
    EVENT(1, "signal") "\"pid\": 7, \"args\": {\"signo\": {\"n\": 10, \"of\": \"SIG\"}, \"code\": -6}}\n"

START_TEST(signals_by_number)
{
    struct format_opts opts = {.strlen_max = 32, .consts = CONST_RAW};

    expect(SIGNAL, opts, "--- SIGUSR1 {si_signo=10, si_code=0xfffffffa} ---\n");
    opts.consts = CONST_VERBOSE;
    expect(SIGNAL, opts, "--- SIGUSR1 {si_signo=10 /* SIGUSR1 */, si_code=0xfffffffa /* SI_TKILL */} ---\n");
}
END_TEST

#define FLAGS_OF(of)                                                                                         \
    CALL_WITH("\"call\": \"fcntl\", \"result\": 1, \"ret\": {\"flags\": [], \"n\": 1, \"of\": \"" of "\"}")

START_TEST(flags_of_a_result)
{
    struct format_opts opts = {.strlen_max = 32, .consts = CONST_VERBOSE};

    expect(FLAGS_OF("FD"), opts, "fcntl() = 0x1 (flags 0x1 /* FD_CLOEXEC */)\n");
    expect(FLAGS_OF("O"), opts, "fcntl() = 0x1 (flags O_WRONLY)\n");
    opts.consts = CONST_ABBREV;
    expect(FLAGS_OF("F_SEAL"), opts, "fcntl() = 0x1 (seals F_SEAL_SEAL)\n");
}
END_TEST

#define NAMED(n, of)                                                                                         \
    CALL_WITH("\"call\": \"fcntl\", \"result\": " n ", \"ret\": {\"n\": " n ", \"of\": \"" of "\"}")

START_TEST(meaning_of_a_result)
{
    struct format_opts opts = {.strlen_max = 32};

    expect(NAMED("2", "F_LCK"), opts, "fcntl() = 0x2 (F_UNLCK)\n");
    expect(NAMED("0", "F_LCK"), opts, "fcntl() = 0 (F_RDLCK)\n");
    expect(NAMED("29", "SIG"), opts, "fcntl() = 29 (SIGIO)\n");
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

START_TEST(stacks_have_the_frames_that_were_called)
{
    struct format_opts opts = {.strlen_max = 32};

    expect(
        EVENT(1,
              "call") "\"call\": \"close\", \"args\": {\"fd\": 3}, \"stack\": [{\"function\": \"in\", "
                      "\"inlined\": "
                      "true, \"object\": \"/a\"}, {\"function\": \"f\", \"offset\": 16, \"object\": \"/a\", "
                      "\"address\": 4112}, {\"object\": \"/a\\n\", \"address\": 17}, {\"address\": "
                      "18}]}\n" EVENT(2, "exit") "\"args\": {\"status\": 0}}\n",
        opts,
        "close(3) = 0\n"
        " > /a(f+0x10) [0x1010]\n"
        " > /a\\n() [0x11]\n"
        " > [0x12]\n"
        "+++ exited with 0 +++\n");
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "meaning", meaning_of_a_result);
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
    suite_add(suite, "other fds", fds_that_were_something_else_are_plain);
    suite_add(suite, "epoll", epoll_is_behind_epfd);
    suite_add(suite, "detached", detached_calls_have_no_end);
    suite_add(suite, "raw signals", signals_by_number);
    suite_add(suite, "raw result", flags_of_a_result);
    suite_add(suite, "-s", strings_are_cut_where_asked);
    suite_add(suite, "errno", unknown_errno);
    suite_add(suite, "silent kinds", runner_and_losses_are_none_of_its_lines);
    suite_add(suite, "-k", stacks_have_the_frames_that_were_called);
}
SUITE_MAIN("strace", add)
