/* unit/format/test_format.c: the registry, telling formats apart, opening files and pipes. */
#include "lines.h"

#include <unistd.h>

#define TRACE                                                                                                \
    HEAD EVENT(1, "call") "\"call\": \"close\", \"args\": {\"fd\": 3}}\n{\"end\": true, \"events\": 1}\n"

START_TEST(formats_are_found_by_name)
{
    size_t len = 0;

    for (const struct format *format; (format = format_at(len)); len++)
        ck_assert_ptr_eq(format_by_name(format->name), format);
    ck_assert_uint_eq(len, 3);
    ck_assert_ptr_null(format_by_name("pcap"));
}
END_TEST

START_TEST(trace_files_are_told_by_their_first_bytes)
{
    const struct format *jsonl = format_by_name("jsonl"), *strace = format_by_name("strace");

    ck_assert_ptr_eq(format_sniff(HEAD, strlen(HEAD)), jsonl);
    ck_assert_ptr_eq(format_sniff(HEAD, 3), jsonl);
    ck_assert_ptr_eq(format_sniff("\n { \"sockdrill\"", 15), jsonl);
    ck_assert_ptr_null(format_sniff("", 0));
    ck_assert_ptr_null(format_sniff("{\"socket\": 1}", 13));
    ck_assert_ptr_eq(format_sniff("3  close(3) = 0", 15), strace);
    ck_assert_ptr_null(format_sniff("close the door\n", 15));
    ck_assert_ptr_null(format_sniff("\0{\"sockdrill\"", 13));
}
END_TEST

/* A file with this text, made for the test; its name is in `path`. */
static void make_file(char *path, const char *text)
{
    int fd;

    strcpy(path, "/tmp/sockdrill-test-XXXXXX");
    fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static bool load(const char *path, struct err *err, size_t *events)
{
    struct trace trace;
    bool ok;

    trace_init(&trace);
    ok = format_load(&path, 1, &trace, err);
    *events = trace.events.len;
    trace_release(&trace);
    return ok;
}

START_TEST(files_are_loaded)
{
    struct err err = {.msg = ""};
    char path[64];
    size_t events;

    make_file(path, TRACE);
    ck_assert_msg(load(path, &err, &events), "%s", err.msg);
    ck_assert_uint_eq(events, 1);
    unlink(path);
}
END_TEST

START_TEST(a_pipe_on_standard_input_is_loaded)
{
    struct err err = {.msg = ""};
    size_t events;
    int fds[2];

    ck_assert_int_eq(pipe(fds), 0);
    ck_assert_int_eq(write(fds[1], TRACE, strlen(TRACE)), (ssize_t)strlen(TRACE));
    close(fds[1]);
    ck_assert_int_eq(dup2(fds[0], 0), 0);
    close(fds[0]);
    ck_assert_msg(load("-", &err, &events), "%s", err.msg);
    ck_assert_uint_eq(events, 1);
}
END_TEST

START_TEST(what_is_no_trace_is_told)
{
    struct err err = {.msg = ""};
    char path[64], expected[128];
    size_t events;

    make_file(path, "hello\n");
    ck_assert(!load(path, &err, &events));
    snprintf(expected, sizeof(expected), "%s: not a trace", path);
    ck_assert_str_eq(err.msg, expected);
    ck_assert_ptr_nonnull(strstr(err.hint, "sockdrill trace"));
    unlink(path);
    make_file(path, "");
    ck_assert(!load(path, &err, &events));
    snprintf(expected, sizeof(expected), "%s: empty, no trace", path);
    ck_assert_str_eq(err.msg, expected);
    unlink(path);
    ck_assert(!load(path, &err, &events));
    snprintf(expected, sizeof(expected), "cannot open %s: No such file or directory", path);
    ck_assert_str_eq(err.msg, expected);
    ck_assert(!load("/", &err, &events));
    ck_assert_str_eq(err.msg, "cannot read /: Is a directory");
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "registry", formats_are_found_by_name);
    suite_add(suite, "sniff", trace_files_are_told_by_their_first_bytes);
    suite_add(suite, "files", files_are_loaded);
    suite_add(suite, "pipe", a_pipe_on_standard_input_is_loaded);
    suite_add(suite, "no trace", what_is_no_trace_is_told);
}
SUITE_MAIN("format", add)
