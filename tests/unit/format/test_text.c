/* unit/format/test_text.c: the columns of the text format, its short lines, its colours. */
#include "lines.h"

#define CALL(seq, role, tid, rest)                                                                           \
    EVENT(seq, "call")                                                                                       \
    "\"role\": \"" role "\", \"pid\": " #tid ", \"call\": \"listen\", \"args\": {\"sockfd\": 3, "            \
    "\"backlog\": 16}" rest "}\n"
#define LISTENING ", \"kernel\": {\"tcp\": \"LISTEN\", \"queue\": 1, \"queue_max\": 16}"
#define RECV(result, rest)                                                                                   \
    EVENT(1, "call")                                                                                         \
    "\"call\": \"read\", \"stream\": true, \"args\": {\"fd\": 3, \"buf\": \"\", \"count\": " rest            \
    "}, \"result\": " result "}\n"

static const struct format_opts plain = {.strlen_max = 32, .column = 16, .pids = true, .kernel = true};

START_TEST(roles_make_a_column)
{
    lines_expect(CALL(1, "a", 1, "") CALL(2, "the client", 2, LISTENING) CALL(3, "a", 1, ""), "text", &plain,
                 "a       listen(3, 16)   = 0\n"
                 "the client  listen(3, 16)   = 0       LISTEN 1/16\n"
                 "a           listen(3, 16)   = 0\n");
}
END_TEST

START_TEST(pids_come_with_the_second_task)
{
    lines_expect(CALL(1, "s", 10, "") EVENT(
                     2, "role") "\"role\": \"s\", \"args\": {\"what\": \"ready\"}}\n" CALL(3, "s", 11, "")
                     CALL(4, "s", 10, ""),
                 "text", &plain,
                 "s       listen(3, 16)   = 0\n"
                 "s       * ready\n"
                 "s       11     listen(3, 16)   = 0\n"
                 "s       10     listen(3, 16)   = 0\n");
}
END_TEST

START_TEST(roles_alone_show_no_pids)
{
    struct format_opts opts = plain;

    opts.pids = false;
    lines_expect(CALL(1, "", 10, "") CALL(2, "", 11, ""), "text", &opts,
                 "listen(3, 16)   = 0\nlisten(3, 16)   = 0\n");
}
END_TEST

START_TEST(narrow_terminal_gives_up_columns_then_the_state)
{
    struct format_opts opts = plain;

    opts.width = 45;
    lines_expect(CALL(1, "s", 1, LISTENING), "text", &opts,
                 "s       listen(3, 16)   = 0       LISTEN 1/16\n");
    opts.width = 40;
    lines_expect(CALL(1, "s", 1, LISTENING), "text", &opts, "s       listen(3, 16) = 0 LISTEN 1/16\n");
    opts.width = 30;
    lines_expect(CALL(1, "s", 1, LISTENING), "text", &opts, "s       listen(3, 16) = 0\n");
    opts.width = 1;
    lines_expect(CALL(1, "s", 1, LISTENING), "text", &opts, "s       listen(3, 16) = 0\n");
}
END_TEST

START_TEST(state_can_be_left_out)
{
    struct format_opts opts = plain;

    opts.kernel = false;
    lines_expect(CALL(1, "", 1, LISTENING), "text", &opts, "listen(3, 16)   = 0\n");
}
END_TEST

START_TEST(queues_that_hold_bytes_are_told)
{
    lines_expect(CALL(1, "", 1, ", \"kernel\": {\"tcp\": \"ESTABLISHED\", \"unread\": 12, \"unsent\": 3}"),
                 "text", &plain, "listen(3, 16)   = 0       ESTABLISHED 12 unread 3 unsent\n");
    lines_expect(CALL(1, "", 1, ", \"kernel\": {\"unread\": 12}"), "text", &plain,
                 "listen(3, 16)   = 0       12 unread\n");
    lines_expect(CALL(1, "", 1, ", \"kernel\": {\"unread\": 0}"), "text", &plain, "listen(3, 16)   = 0\n");
}
END_TEST

START_TEST(end_of_stream_is_told)
{
    lines_expect(RECV("0", "9"), "text", &plain, "recv(3, \"\")     = 0 (end of stream)\n");
    lines_expect(RECV("0", "0"), "text", &plain, "recv(3, \"\")     = 0\n");
    lines_expect(RECV("2", "9"), "text", &plain, "recv(3, \"\")     = 2\n");
}
END_TEST

#define FLAGS(names, n) "{\"flags\": [" names "], \"n\": " n ", \"of\": \"MSG\"}"
#define HDR(data, control, flags)                                                                            \
    "{\"struct\": \"msghdr\", \"msg_iov\": [{\"struct\": \"iovec\", \"iov_base\": \"" data                   \
    "\", \"iov_len\": 9}]" control ", \"msg_flags\": " flags "}"
#define MMSG(data, flags, len)                                                                               \
    "{\"struct\": \"mmsghdr\", \"msg_hdr\": " HDR(data, "", flags) ", \"msg_len\": " len "}"
#define MSG_CALL(name, msg, flags, result)                                                                   \
    EVENT(1, "call")                                                                                         \
    "\"call\": \"" name "\", \"args\": {\"sockfd\": 3, " msg ", \"flags\": " flags "}, "                     \
    "\"result\": " result "}\n"
#define NONE FLAGS("", "0")

START_TEST(what_was_cut_is_told)
{
    lines_expect(MSG_CALL("recvmsg", "\"msg\": " HDR("ab", "", FLAGS("\"MSG_TRUNC\"", "32")), NONE, "2"),
                 "text", &plain, "recv(3, \"ab\")   = 2 (datagram cut)\n");
    lines_expect(MSG_CALL("recvmsg", "\"msg\": " HDR("ab", "", FLAGS("\"MSG_CTRUNC\"", "8")), NONE, "2"),
                 "text", &plain, "recv(3, \"ab\")   = 2 (control data cut)\n");
    lines_expect(MSG_CALL("recvmsg", "\"msg\": " HDR("ab", "", NONE), FLAGS("\"MSG_TRUNC\"", "32"), "2"),
                 "text", &plain, "recv(3, \"ab\", MSG_TRUNC) = 2\n");
    /* What a program leaves there when it sends means nothing. */
    lines_expect(MSG_CALL("sendmsg", "\"msg\": " HDR("ab", "", FLAGS("\"MSG_TRUNC\"", "32")), NONE, "2"),
                 "text", &plain, "send(3, \"ab\")   = 2\n");
    lines_expect(MSG_CALL("recvfrom", "\"buf\": \"ab\", \"len\": 2", FLAGS("\"MSG_TRUNC\"", "32"), "5"),
                 "text", &plain, "recv(3, \"ab\", MSG_TRUNC) = 5 (datagram cut)\n");
    lines_expect(MSG_CALL("recvfrom", "\"buf\": \"ab\", \"len\": 2", FLAGS("\"MSG_TRUNC\"", "32"), "2"),
                 "text", &plain, "recv(3, \"ab\", MSG_TRUNC) = 2\n");
}
END_TEST

START_TEST(control_data_is_told)
{
    struct format_opts opts = plain;

    opts.fds = FD_INFO_PATH;
    lines_expect(
        MSG_CALL(
            "recvmsg",
            "\"msg\": " HDR(
                "f",
                ", \"msg_control\": [{\"struct\": \"cmsghdr\", \"cmsg_type\": {\"name\": \"SCM_RIGHTS\", "
                "\"n\": 1, \"of\": \"SCM\"}, \"cmsg_data\": [{\"fd\": 5, \"sock\": 2}, {\"fd\": 6}]}, "
                "{\"struct\": \"cmsghdr\", \"cmsg_type\": {\"n\": 99, \"of\": \"SCM\"}}]",
                NONE),
            NONE, "1"),
        "text", &opts, "recv(3, \"f\")    = 1 with SCM_RIGHTS [5<sock 2>, 6], 99\n");
}
END_TEST

START_TEST(several_messages_have_a_line_each)
{
    lines_expect(MSG_CALL("recvmmsg",
                          "\"msgvec\": [" MMSG("one", NONE,
                                               "3") ", " MMSG("two", FLAGS("\"MSG_TRUNC\"", "32"), "3") "]",
                          NONE, "2"),
                 "text", &plain,
                 "recv(3, \"one\")  = 3 (message 1 of 2)\n"
                 "recv(3, \"two\")  = 3 (datagram cut) (message 2 of 2)\n");
    lines_expect(MSG_CALL("sendmmsg", "\"msgvec\": [" MMSG("one", NONE, "3") "]", NONE, "1"), "text", &plain,
                 "send(3, \"one\")  = 3\n");
    lines_expect(MSG_CALL("sendmmsg", "\"msgvec\": []", NONE, "0"), "text", &plain, "send(3, [])     = 0\n");
    lines_expect(MSG_CALL("sendmmsg", "\"msgvec\": {\"ptr\": \"0x1000\"}", NONE,
                          "-1, \"errno\": {\"name\": \"EFAULT\"}"),
                 "text", &plain, "send(3, 0x1000) = -1 EFAULT (Bad address)\n");
}
END_TEST

START_TEST(colour_only_where_asked)
{
    struct format_opts opts = plain;

    opts.color = true;
    lines_expect(CALL(1, "s", 1, ", \"errno\": {\"name\": \"EINVAL\"}" LISTENING), "text", &opts,
                 "\033[36ms\033[0m       listen(3, 16)   = \033[31m-1 EINVAL (Invalid argument)\033[0m "
                 "\033[2mLISTEN 1/16\033[0m\n");
}
END_TEST

START_TEST(bytes_of_programs_cannot_move_the_cursor)
{
    lines_expect(EVENT(1, "role") "\"role\": \"\\u001b[2J\", \"args\": {\"what\": \"stdout\", \"text\": "
                                  "\"\\u001b[H\\r\"}}\n",
                 "text", &plain, "\\33[2J  * stdout \"\\33[H\\r\"\n");
    lines_expect(EVENT(1, "lost") "\"args\": {\"why\": \"a\\u009bb\"}}\n", "text", &plain,
                 "!! lost: a\\302\\233b\n");
}
END_TEST

START_TEST(quiet_says_nothing_of_processes)
{
    struct format_opts opts = plain;

    opts.quiet = QUIET_ATTACH;
    lines_expect(
        EVENT(1, "start") "\"args\": {\"argv\": [\"a\"]}}\n" EVENT(2, "exit") "\"args\": {\"status\": 0}}\n",
        "text", &opts, "- exited 0\n");
    opts.quiet |= QUIET_EXIT;
    lines_expect(EVENT(1, "start") "\"args\": {\"argv\": [\"a\"]}}\n" EVENT(
                     2, "exit") "\"args\": {\"status\": 0}}\n" CALL(3, "", 1, ""),
                 "text", &opts, "listen(3, 16)   = 0\n");
}
END_TEST

START_TEST(a_line_by_itself_has_neither_role_nor_end)
{
    struct trace trace;
    struct buf out = {0};

    lines_load(&trace, HEAD CALL(1, "server", 10, LISTENING));
    buf_adds(&out, "> ");
    format_event_line(&out, trace.events.items[0], &plain);
    ck_assert_str_eq(buf_str(&out), "> listen(3, 16)   = 0       LISTEN 1/16");
    buf_release(&out);
    trace_release(&trace);
}
END_TEST

START_TEST(closed_in_flight_names_the_socket)
{
    lines_expect(EVENT(1, "closed") "\"sock\": 5, \"last_ref\": true, \"args\": {\"why\": \"in flight\"}}\n",
                 "text", &plain, "- socket 5 closed (in flight)\n");
}
END_TEST

START_TEST(a_close_that_leaves_the_socket_open_says_so)
{
    lines_expect(
        EVENT(1, "call") "\"call\": \"close\", \"sock\": 5, \"args\": {\"fd\": 3}}\n" EVENT(
            2,
            "closed") "\"sock\": 5, \"args\": {\"fd\": 3, \"why\": \"exit\"}}\n" EVENT(3,
                                                                                       "call") "\"call\": "
                                                                                               "\"close\", "
                                                                                               "\"sock\": 5, "
                                                                                               "\"last_ref\":"
                                                                                               " true, "
                                                                                               "\"args\": "
                                                                                               "{\"fd\": "
                                                                                               "3}}\n",
        "text", &plain,
        "close(3)        = 0 (open elsewhere)\n"
        "- 3 closed (exit, open elsewhere)\n"
        "close(3)        = 0\n");
}
END_TEST

#define STACK                                                                                                \
    ", \"stack\": [{\"function\": \"listen\", \"offset\": 7, \"object\": \"/lib/libc.so.6\"}, "              \
    "{\"function\": \"open_port\", \"file\": \"/src/net.c\", \"line\": 7, \"inlined\": true, \"object\": "   \
    "\"/a\"}, "                                                                                              \
    "{\"function\": \"main\", \"file\": \"a\\u001b.c\", \"line\": 9, \"object\": \"/a\"}, "                  \
    "{\"object\": \"/bin/a\", \"address\": 255}, {\"function\": \"f\"}, {\"address\": 4096}]"

START_TEST(the_stack_stands_below_its_call)
{
    lines_expect(CALL(1, "s", 1, STACK) CALL(2, "s", 1, ""), "text", &plain,
                 "s       listen(3, 16)   = 0\n"
                 "            > listen+0x7 (libc.so.6)\n"
                 "            > open_port (net.c:7, inlined)\n"
                 "            > main (a\\33.c:9)\n"
                 "            > 0xff (a)\n"
                 "            > f+0\n"
                 "            > 0x1000\n"
                 "s       listen(3, 16)   = 0\n");
}
END_TEST

START_TEST(the_source_line_stands_out_of_the_stack)
{
    struct format_opts opts = plain;

    opts.color = true;
    lines_expect(CALL(1, "", 1,
                      ", \"stack\": [{\"function\": \"f\", \"object\": \"/lib/libc.so.6\"}, {\"function\": "
                      "\"main\", \"object\": \"/a\"}]"),
                 "text", &opts,
                 "listen(3, 16)   = 0\n"
                 "    \033[2m> f+0 (libc.so.6)\033[0m\n"
                 "    \033[0m> main+0 (a)\033[0m\n");
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "roles", roles_make_a_column);
    suite_add(suite, "pids", pids_come_with_the_second_task);
    suite_add(suite, "no pids", roles_alone_show_no_pids);
    suite_add(suite, "width", narrow_terminal_gives_up_columns_then_the_state);
    suite_add(suite, "no kernel", state_can_be_left_out);
    suite_add(suite, "queues", queues_that_hold_bytes_are_told);
    suite_add(suite, "end of stream", end_of_stream_is_told);
    suite_add(suite, "cut", what_was_cut_is_told);
    suite_add(suite, "control data", control_data_is_told);
    suite_add(suite, "several messages", several_messages_have_a_line_each);
    suite_add(suite, "colour", colour_only_where_asked);
    suite_add(suite, "escapes", bytes_of_programs_cannot_move_the_cursor);
    suite_add(suite, "quiet", quiet_says_nothing_of_processes);
    suite_add(suite, "event line", a_line_by_itself_has_neither_role_nor_end);
    suite_add(suite, "open elsewhere", a_close_that_leaves_the_socket_open_says_so);
    suite_add(suite, "in flight", closed_in_flight_names_the_socket);
    suite_add(suite, "stack", the_stack_stands_below_its_call);
    suite_add(suite, "source line", the_source_line_stands_out_of_the_stack);
}
SUITE_MAIN("text", add)
