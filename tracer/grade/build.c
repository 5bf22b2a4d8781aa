/* grade/build.c: runs a build within limits, and keeps what it says. */
#include "grade/build.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/quote.h"
#include "run/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TURN_MS = 10 };

/* The first bytes, and the last in a ring. */
struct ends {
    struct buf head;
    char tail[BUILD_OUTPUT_TAIL];
    uint64_t ntail; /* bytes that went into it */
};

static void ends_add(struct ends *ends, const char *bytes, size_t len)
{
    size_t room = BUILD_OUTPUT_HEAD - ends->head.len, first = len < room ? len : room;

    buf_add(&ends->head, bytes, first);
    for (size_t i = first; i < len; i++)
        ends->tail[ends->ntail++ % BUILD_OUTPUT_TAIL] = bytes[i];
}

/* NULs are left out: nobody prints them on purpose. */
static void add_text(struct buf *out, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i])
            buf_addc(out, bytes[i]);
}

static const char *ends_text(const struct ends *ends, struct arena *arena)
{
    size_t n = ends->ntail < BUILD_OUTPUT_TAIL ? (size_t)ends->ntail : BUILD_OUTPUT_TAIL,
           from = (size_t)((ends->ntail - n) % BUILD_OUTPUT_TAIL);
    struct buf text = {0};
    const char *kept;

    add_text(&text, buf_str(&ends->head), ends->head.len);
    if (ends->ntail > n)
        buf_addf(&text, "\n[… %llu bytes …]\n", (unsigned long long)(ends->ntail - n));
    add_text(&text, ends->tail + from, n < BUILD_OUTPUT_TAIL - from ? n : BUILD_OUTPUT_TAIL - from);
    if (n > BUILD_OUTPUT_TAIL - from)
        add_text(&text, ends->tail, n - (BUILD_OUTPUT_TAIL - from));
    kept = arena_strdup(arena, buf_str(&text));
    buf_release(&text);
    return kept;
}

static _Noreturn void build_main(const char *dir, const char *command, int out)
{
    int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    struct err err;

    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){WARDEN_MOST_FILE, WARDEN_MOST_FILE});
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    /* A make above us has nothing to say to the one below. */
    unsetenv("MAKEFLAGS");
    unsetenv("MAKELEVEL");
    unsetenv("MFLAGS");
    if (chdir(dir) == 0) {
        isolate_network(&err); /* where it can't be, in the machine's */
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    }
    dprintf(out, "cannot run the shell: %s\n", strerror(errno));
    _exit(126);
}

/* true: there may be more. */
static bool take(int fd, struct ends *ends)
{
    char piece[16384];
    ssize_t n = read(fd, piece, sizeof(piece));

    if (n > 0)
        ends_add(ends, piece, (size_t)n);
    return n > 0;
}

/* The shell has ended, or its time is up: then -1. */
static int follow(pid_t pid, int fd, uint64_t until_ns, struct ends *ends)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    int status;

    for (;;) {
        pid_t ended = waitpid(pid, &status, WNOHANG);

        if (ended == pid)
            return status;
        if (clock_mono_ns() >= until_ns)
            return -1;
        if (poll(&poll_fd, 1, TURN_MS) > 0 && !take(fd, ends))
            poll_fd.fd = -1; /* nobody writes any more: only wait */
    }
}

static bool is_in_path(const char *program)
{
    const char *path = getenv("PATH"), *end;

    if (!path || !*path)
        path = "/usr/local/bin:/usr/bin:/bin";
    for (;; path = end + 1) {
        struct buf file = {0};
        bool found;

        end = strchrnul(path, ':');
        buf_add(&file, path, (size_t)(end - path));
        buf_addf(&file, "/%s", program);
        found = access(buf_str(&file), X_OK) == 0;
        buf_release(&file);
        if (found || !*end)
            return found;
    }
}

/* A program that building takes, and that this machine does not have; or NULL. */
static const char *lacking(const char *command, int status, struct arena *arena)
{
    enum { NOT_FOUND = 127 }; /* the shell's word for it */
    const char *first = arena_memdup(arena, command, strcspn(command, " \t\n;&|<>()$'\"`\\/"));
    bool is_make = !strcmp(first, "make");

    if (status == NOT_FOUND && *first && !is_in_path(first))
        return first;
    if (is_make && !is_in_path("make"))
        return "make";
    return (is_make || !strcmp(first, "cc")) && !is_in_path("cc") ? "cc" : NULL;
}

static void judge(struct build *build, int status, uint32_t most_ms, const struct ward *ward,
                  struct arena *arena)
{
    const char *excess = ward_excess_text(ward->excess), *missing;

    build->result = BUILD_FAILS;
    if (excess)
        build->why = excess;
    else if (status == -1)
        build->why = arena_printf(arena, "it was not built in %g s, and was ended", most_ms / 1000.0);
    else if (WIFSIGNALED(status))
        build->why = arena_printf(arena, "its build was killed by signal %d", WTERMSIG(status));
    else if (WEXITSTATUS(status))
        build->why = arena_printf(arena, "its build ended with %d", WEXITSTATUS(status));
    else
        build->result = BUILD_DONE;
    missing = build->result == BUILD_FAILS && !excess && status != -1 && WIFEXITED(status)
                  ? lacking(build->command, WEXITSTATUS(status), arena)
                  : NULL;
    if (missing) {
        build->result = BUILD_UNTESTED;
        build->why = arena_printf(arena, "it can't be built on this machine, which has no `%s`", missing);
    }
}

static void run_shell(struct build *build, const char *dir, uint32_t most_ms, struct ward *ward,
                      struct arena *arena)
{
    struct ends *ends = ALLOC_NEW(struct ends);
    int fds[2] = {-1, -1}, status;
    pid_t pid = pipe2(fds, O_CLOEXEC) == 0 ? fork() : -1;

    if (pid == 0)
        build_main(dir, build->command, fds[1]);
    if (fds[1] >= 0)
        close(fds[1]);
    if (pid < 0) {
        build->result = BUILD_UNTESTED;
        build->why = arena_printf(arena, "its build cannot be started: %s", strerror(errno));
    } else {
        status = follow(pid, fds[0], clock_mono_ns() + most_ms * (uint64_t)CLOCK_NS_PER_MS, ends);
        ward_clear(ward);
        if (status == -1)
            waitpid(pid, NULL, 0);
        fcntl(fds[0], F_SETFL, O_NONBLOCK);
        while (take(fds[0], ends))
            ;
        judge(build, status, most_ms, ward, arena);
    }
    build->output = ends_text(ends, arena);
    if (fds[0] >= 0)
        close(fds[0]);
    buf_release(&ends->head);
    free(ends);
}

void build_run(struct build *build, const char *dir, const char *command, uint32_t most_ms, struct ward *ward,
               struct arena *arena)
{
    *build = (struct build){.command = command ? command : build_usual(dir, arena), .why = "", .output = ""};
    if (!build->command) {
        build->result = BUILD_FAILS;
        build->command = "";
        build->why = "there is no makefile, and none of its .c files has a main";
    } else if (build->command[0]) {
        ward->excess = WARD_WITHIN;
        run_shell(build, dir, most_ms, ward, arena);
        ward->excess = WARD_WITHIN;
    }
}

const char *build_word(enum build_result result)
{
    static const char *const words[] = {[BUILD_NONE] = "none",
                                        [BUILD_DONE] = "built",
                                        [BUILD_FAILS] = "fails",
                                        [BUILD_UNTESTED] = "untested"};

    return words[result];
}
