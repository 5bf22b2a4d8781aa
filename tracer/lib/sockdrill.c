/* lib/sockdrill.c: what the public header promises, in terms of run/ and report/. */
#include "lib/sockdrill.h"

#include "format/format.h"
#include "report/outcome.h"
#include "report/place.h"
#include "report/report.h"
#include "run/job.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct sockdrill_verdict {
    enum sockdrill_result result;
    struct job job; /* sockdrill_check only uses what there is of a run in it */
    struct run_opts opts;
    struct arena arena; /* what was handed out, and what `opts` points to */
    const char *message;
};

const char *sockdrill_version(void)
{
    return SOCKDRILL_VERSION;
}

/* ---- Running ---- */

static size_t count(const struct sockdrill_pair *pair)
{
    size_t n = 0;

    while (pair && pair[n].name)
        n++;
    return n;
}

static void take_options(struct sockdrill_verdict *verdict, const struct sockdrill_options *options)
{
    static const enum confidence failing[] = {[SOCKDRILL_PROVED] = FINDING_PROVED,
                                              [SOCKDRILL_LIKELY] = FINDING_LIKELY,
                                              [SOCKDRILL_STYLE] = FINDING_STYLE,
                                              [SOCKDRILL_NONE] = FINDING_NONE};
    size_t ncommands = count(options->roles), nparams = count(options->params);
    struct arena *arena = &verdict->arena;
    struct role_command *commands = ARENA_ARRAY(arena, struct role_command, ncommands + 1);
    struct param *params = ARENA_ARRAY(arena, struct param, nparams + 1);

    for (size_t i = 0; i < ncommands; i++)
        commands[i] = (struct role_command){arena_strdup(arena, options->roles[i].name),
                                            arena_strdup(arena, options->roles[i].value)};
    for (size_t i = 0; i < nparams; i++)
        params[i] = (struct param){.name = arena_strdup(arena, options->params[i].name),
                                   .value = arena_strdup(arena, options->params[i].value)};
    verdict->opts = (struct run_opts){
        .commands = commands,
        .ncommands = ncommands,
        .params = params,
        .nparams = nparams,
        .timeout_ms = options->timeout_ms,
        .no_namespace = options->no_namespace,
        .no_source = options->no_source,
        .deny_io_uring = options->deny_io_uring,
        .keep_trace = true,
        .snaplen = TRACE_SNAPLEN,
        .failing_confidence = failing[options->failing],
        .trace_path = options->trace_path ? arena_strdup(arena, options->trace_path) : NULL,
    };
}

static struct sockdrill_verdict *begin(const struct sockdrill_options *options)
{
    static const struct sockdrill_options none;
    struct sockdrill_verdict *verdict = ALLOC_NEW(struct sockdrill_verdict);

    take_options(verdict, options ? options : &none);
    return verdict;
}

/* A message, and what can be done about it. */
static const char *tell(struct arena *arena, const struct err *err)
{
    return err->hint[0] ? arena_printf(arena, "%s (%s)", err->msg, err->hint) : arena_strdup(arena, err->msg);
}

static const char *headline(struct sockdrill_verdict *verdict)
{
    const struct verdict *it = &verdict->job.run.verdict;

    if (it->result == VERDICT_UNTESTED)
        return it->nnotes ? it->notes[0] : "";
    return it->ncauses ? it->causes[0].what : "";
}

static struct sockdrill_verdict *end(struct sockdrill_verdict *verdict, enum run_result result)
{
    switch (result) {
    case RUN_JUDGED:
        verdict->result = (enum sockdrill_result)verdict->job.run.verdict.result;
        verdict->message = headline(verdict);
        break;
    case RUN_WRONG_FILE:
        verdict->result = SOCKDRILL_WRONG;
        verdict->message = buf_str(&verdict->job.diagnostics);
        break;
    case RUN_WRONG_USE:
    case RUN_FAULT:
        verdict->result = result == RUN_FAULT ? SOCKDRILL_FAULT : SOCKDRILL_WRONG;
        verdict->message = tell(&verdict->arena, &verdict->job.err);
    }
    return verdict;
}

/* Nothing but its recorder is waited for: other children are the caller's. */
static void wait_for(struct job *job)
{
    int status;

    while (job->recorder) {
        pid_t pid;

        do
            pid = waitpid(job->recorder, &status, 0);
        while (pid < 0 && errno == EINTR);
        job_reaped(job, pid < 0 ? W_EXITCODE(APART_FAILED, 0) : status);
        if (pid < 0)
            err_set(&job->err, "the end of the recorder was not told: SIGCHLD must not be ignored");
    }
}

struct sockdrill_verdict *sockdrill_run(const char *expectation, const struct sockdrill_options *options)
{
    struct sockdrill_verdict *verdict = begin(options);
    struct ports ports = {0};
    char *path = run_find_expect(expectation, &verdict->job.err);

    if (!path)
        return end(verdict, RUN_WRONG_USE);
    job_start(&verdict->job, arena_strdup(&verdict->arena, path), &verdict->opts, &ports);
    free(path);
    wait_for(&verdict->job);
    return end(verdict, verdict->job.result);
}

struct sockdrill_verdict *sockdrill_check(const char *expectation, const char *const *traces, size_t n,
                                          const struct sockdrill_options *options)
{
    struct sockdrill_verdict *verdict = begin(options);
    struct job *job = &verdict->job;
    char *path = run_find_expect(expectation, &job->err);

    job->result = RUN_WRONG_USE;
    if (path && n)
        job->result = run_check(arena_strdup(&verdict->arena, path), traces, n, &verdict->opts, &job->run,
                                &job->diagnostics, &job->err);
    else if (path)
        err_set(&job->err, "there is no trace to check");
    free(path);
    return end(verdict, job->result);
}

void sockdrill_free(struct sockdrill_verdict *verdict)
{
    if (!verdict)
        return;
    job_release(&verdict->job);
    arena_release(&verdict->arena);
    free(verdict);
}

/* ---- What it came to ---- */

enum sockdrill_result sockdrill_result(const struct sockdrill_verdict *verdict)
{
    return verdict->result;
}

const char *sockdrill_message(const struct sockdrill_verdict *verdict)
{
    return verdict->message;
}

/* What was judged, or NULL. */
static const struct verdict *judged(const struct sockdrill_verdict *verdict)
{
    return verdict->result == SOCKDRILL_WRONG || verdict->result == SOCKDRILL_FAULT
               ? NULL
               : &verdict->job.run.verdict;
}

static const char *keep(struct sockdrill_verdict *verdict, struct buf *text)
{
    char *kept = arena_memdup(&verdict->arena, buf_str(text), text->len);

    buf_release(text);
    return kept;
}

/* The reports' way to write the path, without the line. */
static struct sockdrill_place place_of(struct sockdrill_verdict *verdict, const struct event *event)
{
    const struct frame *frame = event ? event_source(event) : NULL;
    struct report_opts opts = {0};
    struct buf text = {0};

    if (!frame || !frame->file)
        return (struct sockdrill_place){0};
    place_add(&text, event, &opts);
    buf_cut(&text, (size_t)(strrchr(buf_str(&text), ':') - text.data));
    return (struct sockdrill_place){keep(verdict, &text), frame->line};
}

static int line_of(const struct verdict *it, struct span span)
{
    return span.from < span.to ? (int)source_place(it->expect->source, span.from).line : 0;
}

bool sockdrill_cause(struct sockdrill_verdict *verdict, size_t i, struct sockdrill_cause *out)
{
    const struct verdict *it = judged(verdict);
    const struct cause *cause = it && i < it->ncauses ? &it->causes[i] : NULL;

    if (!cause)
        return false;
    *out = (struct sockdrill_cause){
        .role = cause->role ? cause->role->role->name : "",
        .what = cause->what,
        .why = cause->why,
        .cure = cause->cure,
        .code = cause->finding ? cause->finding->code : NULL,
        .expected_line = line_of(it, cause->span),
        .event = cause->event ? cause->event->seq : 0,
        .at = place_of(verdict, cause->at),
    };
    return true;
}

bool sockdrill_finding(struct sockdrill_verdict *verdict, size_t i, struct sockdrill_finding *out)
{
    static const enum sockdrill_sureness sureness[] = {[FINDING_STYLE] = SOCKDRILL_STYLE,
                                                       [FINDING_LIKELY] = SOCKDRILL_LIKELY,
                                                       [FINDING_PROVED] = SOCKDRILL_PROVED};
    const struct verdict *it = judged(verdict);
    const struct finding *finding =
        it && it->findings && i < it->findings->list.len ? &it->findings->list.items[i] : NULL;

    if (!finding)
        return false;
    *out = (struct sockdrill_finding){
        .role = finding->event->role,
        .code = finding->code,
        .title = finding->title,
        .sureness = sureness[finding->confidence],
        .what = finding->what,
        .why = finding->why,
        .cure = finding->cure,
        .man = finding->man,
        .event = finding->event->seq,
        .at = place_of(verdict, finding->event),
    };
    return true;
}

static const struct event *event_at(const struct sockdrill_verdict *verdict, size_t i)
{
    const struct verdict *it = judged(verdict);

    return it && it->trace && i < it->trace->events.len ? it->trace->events.items[i] : NULL;
}

static const char *line(struct sockdrill_verdict *verdict, const struct event *event)
{
    struct format_opts opts = FORMAT_OPTS_DEFAULT;
    struct buf text = {0};

    opts.kernel = false;
    opts.column = 0;
    format_event_line(&text, event, &opts);
    return keep(verdict, &text);
}

bool sockdrill_event(struct sockdrill_verdict *verdict, size_t i, struct sockdrill_event *out)
{
    const struct event *event = event_at(verdict, i);
    const uint8_t *data;
    size_t len;
    uint64_t full;

    if (!event)
        return false;
    *out = (struct sockdrill_event){
        .number = event->seq,
        .start_ns = event->start_ns,
        .end_ns = event->end_ns,
        .kind = event_kind_name(event->kind),
        .role = event->role,
        .pid = event->pid,
        .tid = event->tid,
        .text = line(verdict, event),
        .socket = event->sock,
        .at = place_of(verdict, event),
    };
    if (event->kind != EVENT_CALL)
        return true;
    out->call = event->canon == CANON_OTHER ? event->name : canon_name(event->canon);
    out->system_call = event->name;
    out->returned = !event->unfinished;
    out->result = event->result;
    out->error = event->err;
    if (event_data(event, &data, &len, &full)) {
        out->data = data;
        out->length = len;
        out->length_in_all = full;
    }
    return true;
}

const char *sockdrill_argument(struct sockdrill_verdict *verdict, size_t i, const char *name)
{
    const struct event *event = event_at(verdict, i);
    const struct value *value = event ? event_arg(event, name) : NULL;
    struct format_opts opts = FORMAT_OPTS_DEFAULT;
    struct buf text = {0};

    if (!value)
        return NULL;
    format_value(&text, value, &opts);
    return keep(verdict, &text);
}

/* ---- All of it as text ---- */

char *sockdrill_report(const struct sockdrill_verdict *verdict, const char *kind)
{
    const struct verdict *it = judged(verdict);
    const struct report *report = report_by_name(kind);
    char *cwd = getcwd(NULL, 0), *text;
    const struct report_opts opts = {.below = cwd};
    const struct report_set set = {.title = "sockdrill", .version = sockdrill_version()};
    const struct outcome *outcome;
    struct arena arena = {0};
    struct buf out = {0};

    if (it && report) {
        outcome = outcome_make(it, &opts, &arena);
        report->write(&out, &outcome, 1, &set);
    }
    text = it && report ? alloc_strdup(buf_str(&out)) : NULL;
    buf_release(&out);
    arena_release(&arena);
    free(cwd);
    return text;
}

bool sockdrill_write_trace(const struct sockdrill_verdict *verdict, FILE *out)
{
    const struct verdict *it = judged(verdict);
    struct format_opts opts = FORMAT_OPTS_DEFAULT;
    struct sink *sink;

    if (!it || !it->trace)
        return false;
    sink = format_by_name("jsonl")->writer(out, &opts);
    sink_begin(sink, &it->trace->head);
    for (size_t i = 0; i < it->trace->events.len; i++)
        sink_event(sink, it->trace->events.items[i]);
    sink_end(sink);
    return fflush(out) == 0 && !ferror(out);
}
