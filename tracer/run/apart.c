/* run/apart.c: fork, isolate, record; the parent reads. */
#include "run/apart.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/stream.h"
#include "engine/engine.h"
#include "format/format.h"
#include "names/nametab.h"
#include "run/isolate.h"
#include "run/record.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static struct field *head_params(struct arena *arena, const struct expect *expect)
{
    struct field *fields = ARENA_ARRAY(arena, struct field, expect->nparams + 1);

    for (size_t i = 0; i < expect->nparams; i++) {
        const struct param *param = &expect->params[i];
        size_t len = strlen(param->value);

        fields[i] = (struct field){param->name, value_bytes(arena, param->value, len, len)};
    }
    return fields;
}

static const char *dir_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? arena_memdup(arena, path, (size_t)(slash - path)) : ".";
}

/* What the recorder's process is made for. */
struct task_sheet {
    struct run *run;
    const struct expect *expect;
    const struct run_opts *opts;
    const char *refusal; /* why it has no network namespace of its own; NULL: it has */
    struct err *err;     /* shared with the parent */
};

static enum apart_result record_here(const struct task_sheet *sheet, FILE *out)
{
    struct arena *arena = &sheet->run->arena;
    struct format_opts format = FORMAT_OPTS_DEFAULT;
    struct utsname machine = {0};
    struct trace_head head = {
        .schema = TRACE_SCHEMA,
        .version = SOCKDRILL_VERSION,
        .kernel = machine.release,
        .arch = machine.machine,
        .began_ns = clock_real_ns(),
        .isolation = sheet->refusal ? "host" : "namespace",
        .no_new_privs = engine_needs_no_new_privs(),
        .params = head_params(arena, sheet->expect),
        .nparams = sheet->expect->nparams,
    };

    uname(&machine);
    if (!record_scenario(sheet->expect, dir_of(arena, sheet->run->source.name), sheet->opts, sheet->refusal,
                         &head, format_by_name("jsonl")->writer(out, &format), sheet->err))
        return APART_FAILED;
    if (fflush(out) == 0)
        return APART_RECORDED;
    err_sys(sheet->err, errno, "cannot pass on the trace");
    return APART_FAILED;
}

static _Noreturn void recorder_main(const struct task_sheet *sheet, pid_t parent, int fd)
{
    FILE *out = stream_open(fd);

    if (sheet->opts->in_recorder)
        sheet->opts->in_recorder();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it has died already: no signal will come */
        _exit(APART_FAILED);
    if (!sheet->refusal && !isolate_network(sheet->err))
        _exit(APART_NO_NAMESPACE);
    _exit((int)record_here(sheet, out));
}

/* One that could not isolate itself, or failed at once, says nothing at all. */
static void read_trace(struct run *run, int fd, FILE *copy, struct err *err)
{
    const struct format *jsonl = format_by_name("jsonl");
    struct format_opts format = FORMAT_OPTS_DEFAULT;
    struct sink *sink = &run->trace.sink;
    FILE *in = fdopen(fd, "re");
    int first;
    struct tee tee;

    rewind(in);
    first = getc(in);
    if (first != EOF) {
        ungetc(first, in);
        if (copy) {
            tee_init(&tee, sink, jsonl->writer(copy, &format));
            sink = &tee.sink;
        }
        jsonl->read(in, "the recorder", sink, &run->trace.cut, err);
    }
    fclose(in);
}

bool apart_start(struct apart *apart, struct run *run, const struct expect *expect,
                 const struct run_opts *opts, const char *refusal, struct err *err)
{
    struct err *shared =
        mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    const struct task_sheet sheet = {run, expect, opts, refusal, shared};
    int fd = memfd_create("trace", MFD_CLOEXEC);
    pid_t parent = getpid(), pid = -1;

    if (shared != MAP_FAILED)
        err_set(shared, "the recorder ended before its time");
    if (shared == MAP_FAILED || fd < 0 || (pid = fork()) < 0) {
        err_sys(err, errno, "cannot start the recorder");
        if (shared != MAP_FAILED)
            munmap(shared, sizeof(*shared));
        if (fd >= 0)
            close(fd);
        return false;
    }
    if (pid == 0)
        recorder_main(&sheet, parent, fd);
    *apart = (struct apart){pid, fd, shared};
    return true;
}

/* By somebody, such as a program that does not know who its parent is; other signals are a fault of ours. */
static bool was_signalled(int status)
{
    static const int ours[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP};

    for (size_t i = 0; i < ARRAY_LEN(ours); i++)
        if (WIFSIGNALED(status) && WTERMSIG(status) == ours[i])
            return false;
    return WIFSIGNALED(status);
}

enum apart_result apart_finish(struct apart *apart, struct run *run, int status, FILE *copy, struct err *err)
{
    enum apart_result result = APART_FAILED;

    read_trace(run, apart->trace_fd, copy, err);
    if (WIFEXITED(status) && WEXITSTATUS(status) <= APART_FAILED)
        result = (enum apart_result)WEXITSTATUS(status);
    if (was_signalled(status)) {
        const char *name = nametab_name(&nametab_signal, (uint64_t)WTERMSIG(status));

        run->trace.cut = true;
        run->why_cut =
            name
                ? arena_printf(&run->arena, "the recorder was ended by %s: a program may have sent it", name)
                : arena_printf(&run->arena, "the recorder was ended by signal %d: a program may have sent it",
                               WTERMSIG(status));
        result = APART_RECORDED;
    }
    if (result != APART_RECORDED)
        *err = *apart->shared;
    munmap(apart->shared, sizeof(*apart->shared));
    *apart = (struct apart){0};
    return result;
}
