/* run/record.c: the director of a run: who starts when, who is stopped, what they printed. */
#include "run/record.h"

#include "base/clock.h"
#include "engine/engine.h"
#include "run/director.h"
#include "run/hang.h"
#include "run/needs.h"
#include "run/program.h"
#include "run/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum {
    KILL_AFTER_MS = 300,    /* from SIGTERM to SIGKILL */
    QUIET_WAITING_MS = 40,  /* all tasks wait for clients, and nothing has happened for so long */
    QUIET_ASLEEP_MS = 250,  /* the same, where some sleep in calls that are not of the table */
    QUIET_POLLING_MS = 500, /* it asks again and again, in vain */
    PRINTED_MOST = 64 * 1024,
    TURN_MS = 20,
};

/* The standard streams of a role: memory files, so that nobody blocks on a reader. */
struct streams {
    int in, out, err;
};

struct record {
    const struct expect *expect;
    const char *beside;
    const struct run_opts *opts;
    struct arena arena;
    struct stage stage;
    struct director director;
    struct tee watchers, tee;
    struct engine *engine;
    struct streams *streams; /* one a role */
    uint64_t looked_ns;      /* for idle servers */
    struct hang hang;
    bool is_private;    /* the run has a network of its own */
    uint64_t worked_ns; /* when something happened last */
    bool failed;        /* a role could not be started, something is missing, or the run was interrupted */
};

static void tell(struct record *record, const char *role, const char *what, const char *text, size_t len)
{
    struct event event = {.kind = EVENT_ROLE, .role = role, .name = ""};

    event_add(&event, "what", value_bytes(&record->arena, what, strlen(what), strlen(what)));
    event_add(&event, "text", value_bytes(&record->arena, text, len, len));
    engine_tell(record->engine, &event);
}

static void tell_text(struct record *record, const char *role, const char *what, const char *text)
{
    tell(record, role, what, text, strlen(text));
}

/* ---- directing ---- */

static struct engine_order direct(void *arg, const struct event *event)
{
    struct record *record = arg;
    struct director_order order = director_call(&record->director, event, clock_mono_ns());
    struct stage_role *role = stage_role(&record->stage, event->role);

    if (order.held) {
        role->held = true;
        tell_text(record, event->role, "held", order.held);
    }
    return (struct engine_order){order.hold, order.inject};
}

static void tell_unmet(void *arg, const char *role, const char *sentence)
{
    tell_text(arg, role, "unmet", sentence);
}

/* Pauses that are over, and tasks that may go on. */
static void release_tasks(struct record *record, bool stuck, uint64_t now_ns)
{
    struct director *director = &record->director;
    struct director_end end;
    int tid;

    for (; director_pause_ends(director, stuck, now_ns, &end); stuck = false) {
        if (end.met)
            tell_text(record, end.role, "released", end.met);
        else
            tell_unmet(record, end.role, end.unmet);
    }
    while ((tid = director_next(director, now_ns)))
        engine_release(record->engine, tid);
    for (size_t i = 0; i < record->stage.nroles; i++)
        record->stage.roles[i].held = director_held(director, record->stage.roles[i].role->name, true);
}

/* ---- starting ---- */

static const char *command_of(const struct record *record, const struct role *role)
{
    const char *own = NULL, *of_all = NULL;

    for (size_t i = 0; i < record->opts->ncommands; i++) {
        const struct role_command *given = &record->opts->commands[i];

        if (!strcmp(given->role, role->name))
            own = given->command;
        else if (role_is_named(role, given->role))
            of_all = given->command;
    }
    return own ? own : of_all ? of_all : role->command;
}

/* Does `${NAME}` stand right here? */
static bool is_param(const struct param *param, const char *text)
{
    size_t len = strlen(param->name);

    return !strncmp(text, "${", 2) && !strncmp(text + 2, param->name, len) && text[2 + len] == '}';
}

static const struct param *param_at(const struct record *record, const char *text)
{
    for (size_t i = 0; i < record->expect->nparams; i++)
        if (is_param(&record->expect->params[i], text))
            return &record->expect->params[i];
    return NULL;
}

/* ${NAME} in a command given on the command line; those of the file were filled in by the parser. */
static const char *fill_in(struct record *record, const struct role *role, const char *command)
{
    const struct param copy = {.name = "COPY",
                               .value = arena_printf(&record->arena, "%d", role->copy ? role->copy : 1)};
    struct buf out = {0};
    const char *filled;

    while (*command) {
        const struct param *param = is_param(&copy, command) ? &copy : param_at(record, command);

        if (param) {
            buf_adds(&out, param->value);
            command += strlen(param->name) + strlen("${}");
        } else {
            buf_addc(&out, *command++);
        }
    }
    filled = arena_strdup(&record->arena, buf_str(&out));
    buf_release(&out);
    return filled;
}

/*
 * The environment, the role's `env` lines, and what lets a program built with AddressSanitizer end under
 * ptrace: LeakSanitizer wants to be the tracer itself.
 */
static char **environment_of(struct record *record, const struct role *role)
{
    size_t n = 0, have = 0;
    const char *asan = getenv("ASAN_OPTIONS");
    char **env;

    while (environ[have])
        have++;
    env = ARENA_ARRAY(&record->arena, char *, have + role->nenv + 2);
    for (size_t i = 0; i < have; i++) {
        bool replaced = !strncmp(environ[i], "ASAN_OPTIONS=", 13);

        for (size_t j = 0; j < role->nenv; j++) {
            size_t len = strlen(role->env[j].name);

            replaced = replaced || (!strncmp(environ[i], role->env[j].name, len) && environ[i][len] == '=');
        }
        if (!replaced)
            env[n++] = environ[i];
    }
    for (size_t j = 0; j < role->nenv; j++) {
        if (!strcmp(role->env[j].name, "ASAN_OPTIONS"))
            asan = role->env[j].value;
        else
            env[n++] = arena_printf(&record->arena, "%s=%s", role->env[j].name, role->env[j].value);
    }
    env[n++] =
        arena_printf(&record->arena, "ASAN_OPTIONS=%s%sdetect_leaks=0", asan ? asan : "", asan ? ":" : "");
    return env;
}

static bool open_streams(const struct role *role, struct streams *streams, struct err *err)
{
    *streams = (struct streams){-1, -1, -1};
    if (role->has_stdin) {
        streams->in = memfd_create("stdin", MFD_CLOEXEC);
        if (streams->in >= 0 && (write(streams->in, role->stdin_bytes, role->stdin_len) < 0 ||
                                 lseek(streams->in, 0, SEEK_SET) < 0))
            return err_sys(err, errno, "cannot write standard input of %s", role->name);
    } else {
        streams->in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    streams->out = memfd_create("stdout", MFD_CLOEXEC);
    streams->err = memfd_create("stderr", MFD_CLOEXEC);
    if (streams->in < 0 || streams->out < 0 || streams->err < 0)
        return err_sys(err, errno, "cannot make the standard streams of %s", role->name);
    return true;
}

static void start_role(struct record *record, size_t i)
{
    struct stage_role *staged = &record->stage.roles[i];
    const struct role *role = staged->role;
    struct streams *streams = &record->streams[i];
    struct program_line line;
    struct spawn spawn = {.role = role->name, .own_group = true, .file_limit = record->opts->file_limit};
    struct err err;
    char **argv;

    staged->pid = -1;
    if (open_streams(role, streams, &err) &&
        program_split(fill_in(record, role, command_of(record, role)), &record->arena, &argv, &err) &&
        program_find(argv, record->beside, &record->arena, &line, &err)) {
        spawn.path = line.path;
        spawn.argv = line.argv;
        spawn.envp = environment_of(record, role);
        spawn.in_fd = streams->in;
        spawn.out_fd = streams->out;
        spawn.err_fd = streams->err;
        staged->started_ns = staged->last_ns = clock_mono_ns();
        staged->pid = engine_spawn(record->engine, &spawn, &err);
    }
    if (staged->pid < 0) {
        staged->ended = true;
        record->failed = true;
        tell_text(record, role->name, "failed",
                  err.hint[0] ? arena_printf(&record->arena, "%s (%s)", err.msg, err.hint) : err.msg);
    }
}

static void start_roles(struct record *record, uint64_t now_ns)
{
    for (size_t i = 0; i < record->stage.nroles && !record->failed; i++) {
        const char *unready;

        if (record->stage.roles[i].pid)
            continue;
        if (!stage_may_start(&record->stage, i, now_ns, &unready))
            continue;
        if (unready)
            tell_text(record, record->stage.roles[i].role->name, "unready",
                      stage_excuse(&record->stage, i, unready, &record->arena));
        start_role(record, i);
    }
}

/* ---- ending ---- */

static void end_role(struct record *record, struct stage_role *role, const char *what, const char *why,
                     uint64_t now_ns)
{
    tell_text(record, role->role->name, what, why);
    director_give_up(&record->director, role->role->name);
    engine_signal(record->engine, role->role->name, SIGTERM);
    role->kill_at_ns = now_ns + KILL_AFTER_MS * (uint64_t)CLOCK_NS_PER_MS;
}

static uint64_t timeout_of(const struct record *record, const struct role *role)
{
    uint64_t ms = role->timeout_ms ? role->timeout_ms : record->opts->timeout_ms;

    return (ms ? ms : RUN_TIMEOUT_MS) * CLOCK_NS_PER_MS;
}

/* All its tasks wait for clients, or sleep, or ask in vain, long enough that nothing can be on its way any
 * more. */
static bool is_idle_server(const struct record *record, const struct stage_role *role, uint64_t now_ns)
{
    uint64_t quiet_ns = now_ns - role->last_ns;
    bool all_wait =
        role->waiting > 0 && (size_t)role->waiting >= engine_alive(record->engine, role->role->name);
    uint64_t need_ms = all_wait ? QUIET_WAITING_MS : QUIET_ASLEEP_MS;

    if (director_held(&record->director, role->role->name, false))
        return false;
    if (quiet_ns >= QUIET_POLLING_MS * (uint64_t)CLOCK_NS_PER_MS && role->asked_ns > role->last_ns &&
        now_ns - role->asked_ns < QUIET_ASLEEP_MS * (uint64_t)CLOCK_NS_PER_MS)
        return true;
    return role->waiting > 0 && quiet_ns >= need_ms * CLOCK_NS_PER_MS &&
           engine_sleeps(record->engine, role->role->name);
}

static bool is_over_time(const struct record *record, const struct stage_role *role, uint64_t now_ns)
{
    return now_ns >= role->started_ns + timeout_of(record, role->role);
}

/* While another role is there, a server that only waits for clients is not what keeps the run from ending. */
static bool waits_for_others(const struct record *record, const struct stage_role *role, uint64_t now_ns)
{
    bool others = false;

    for (size_t i = 0; i < record->stage.nroles; i++)
        others = others || (&record->stage.roles[i] != role && !record->stage.roles[i].ended);
    return others && is_idle_server(record, role, now_ns);
}

static void keep_limits(struct record *record, uint64_t now_ns)
{
    struct stage *stage = &record->stage;

    for (size_t i = 0; i < stage->nroles; i++) {
        struct stage_role *role = &stage->roles[i];

        if (role->pid <= 0 || role->ended)
            continue;
        if (!engine_alive(record->engine, role->role->name)) {
            role->ended = true;
        } else if (role->kill_at_ns) {
            if (now_ns >= role->kill_at_ns)
                engine_signal(record->engine, role->role->name, SIGKILL);
        } else if (is_over_time(record, role, now_ns) && !waits_for_others(record, role, now_ns)) {
            role->timed_out = true;
            end_role(record, role, "timeout",
                     arena_printf(&record->arena, "%.1f s",
                                  (double)timeout_of(record, role->role) / CLOCK_NS_PER_S),
                     now_ns);
        }
    }
}

static void stop_idle_servers(struct record *record, uint64_t now_ns)
{
    struct stage *stage = &record->stage;

    if (now_ns - record->looked_ns < TURN_MS * (uint64_t)CLOCK_NS_PER_MS)
        return;
    record->looked_ns = now_ns;

    /* Every role must have started, and those still there must all be idle: one of them may yet call another.
     */
    for (size_t i = 0; i < stage->nroles; i++) {
        struct stage_role *role = &stage->roles[i];

        if (!role->pid || (!role->ended && !is_idle_server(record, role, now_ns)))
            return;
    }
    for (size_t i = 0; i < stage->nroles; i++) {
        struct stage_role *role = &stage->roles[i];

        if (role->ended || role->kill_at_ns)
            continue;
        role->stopped = true;
        end_role(record, role, "stopped", "waited for clients when all others had ended", now_ns);
    }
}

/* Nobody is left who could make the call that a pause waits for: all that is there is held by one, or waits
 * for a client. */
static bool is_stuck(const struct record *record, uint64_t now_ns)
{
    bool any = false;

    for (size_t i = 0; i < record->stage.nroles; i++) {
        const struct stage_role *role = &record->stage.roles[i];
        size_t held = director_held(&record->director, role->role->name, true);

        if (!role->pid)
            return false;
        if (role->ended)
            continue;
        if (held ? held < engine_alive(record->engine, role->role->name)
                 : !is_idle_server(record, role, now_ns))
            return false;
        any = any || held;
    }
    return any;
}

/* ---- when nothing moves ---- */

/* What each task waits for, and which call would have set it free. */
static void tell_waits(struct record *record, const struct waits *waits)
{
    vec_each (struct wait_task, task, &waits->tasks) {
        struct event event = {
            .kind = EVENT_ROLE, .role = task->role, .name = "", .pid = task->pid, .tid = task->tid};
        const char *text = waits_text(waits, task, &record->arena),
                   *cure = waits_free_text(waits, task, &record->arena);

        event_add(&event, "what", value_bytes(&record->arena, "waits", 5, 5));
        event_add(&event, "text", value_bytes(&record->arena, text, strlen(text), strlen(text)));
        event_add(&event, "free", value_bytes(&record->arena, cure, strlen(cure), strlen(cure)));
        engine_tell(record->engine, &event);
    }
}

/* A server that only waits for clients is not what keeps the others waiting. */
static bool is_stuck_role(const struct record *record, const struct stage_role *role,
                          const struct waits *waits, uint64_t now_ns)
{
    vec_each (struct wait_task, task, &waits->tasks)
        if (!strcmp(task->role, role->role->name) && task->kind == WAIT_SOCKETS &&
            !waits_for_client(waits, task))
            return true;
    return !is_idle_server(record, role, now_ns);
}

static bool may_hang(const struct record *record)
{
    for (size_t i = 0; i < record->stage.nroles; i++)
        if (!record->stage.roles[i].pid || record->stage.roles[i].kill_at_ns)
            return false;
    return true;
}

/* A program that has not noticed the signal yet, on a busy machine, would see the end of another that has. */
static void let_signals_arrive(const struct record *record)
{
    enum { TRIES = 50 };
    struct timespec pause = {.tv_nsec = CLOCK_NS_PER_MS};

    for (int i = 0; i < TRIES && !engine_all_stopped(record->engine); i++)
        nanosleep(&pause, NULL);
}

/* Nothing can move any more: a pause is given up, or all are ended. */
static void end_hang(struct record *record, uint64_t now_ns)
{
    struct waits waits = {0};

    if (!may_hang(record) ||
        !hang_is_there(&record->hang, record->engine, record->is_private, record->worked_ns, now_ns, &waits))
        goto release;
    if (waits_any_held(&waits)) {
        if (!director_due_ns(&record->director, now_ns))
            release_tasks(record, true, now_ns);
        goto release;
    }
    tell_waits(record, &waits);
    for (size_t i = 0; i < record->stage.nroles; i++) {
        struct stage_role *role = &record->stage.roles[i];

        if (role->ended)
            continue;
        if (is_stuck_role(record, role, &waits, now_ns)) {
            role->timed_out = true;
            end_role(record, role, "hung", "nothing could move any more", now_ns);
        } else {
            role->stopped = true;
            end_role(record, role, "stopped", "waited for clients when nothing could move any more", now_ns);
        }
    }
    let_signals_arrive(record);
release:
    waits_release(&waits);
}

static bool all_ended(const struct stage *stage)
{
    for (size_t i = 0; i < stage->nroles; i++)
        if (!stage->roles[i].ended)
            return false;
    return true;
}

/* ---- the run ---- */

static bool sleeps(void *arg, pid_t tid)
{
    const struct record *record = arg;

    return engine_task_sleeps(record->engine, tid);
}

/* When there may be something to do though nothing has happened. */
static uint64_t next_look(const struct record *record, uint64_t now_ns)
{
    uint64_t look_ns = now_ns + TURN_MS * (uint64_t)CLOCK_NS_PER_MS,
             due_ns = director_due_ns(&record->director, now_ns);

    return due_ns && due_ns < look_ns ? due_ns : look_ns;
}

static bool has_all_needs(struct record *record, const struct needs_place *place)
{
    bool has_all = true;

    for (size_t i = 0; i < record->expect->nneeds; i++) {
        const char *why = needs_missing(&record->expect->needs[i], place, &record->arena);

        if (!why)
            continue;
        has_all = false;
        record->failed = true;
        tell_text(record, "", "missing", why);
    }
    return has_all;
}

static void conduct(struct record *record)
{
    while (!record->failed) {
        uint64_t now_ns = clock_mono_ns();
        enum engine_turn turn;

        stage_look(&record->stage, now_ns, sleeps, record);
        keep_limits(record, now_ns);
        start_roles(record, now_ns);
        if (record->director.holds.len)
            release_tasks(record, is_stuck(record, now_ns), now_ns);
        stop_idle_servers(record, now_ns);
        end_hang(record, now_ns);
        if (all_ended(&record->stage) || record->failed)
            return;
        turn = engine_turn(record->engine, next_look(record, now_ns));
        if (turn == ENGINE_WORKED)
            record->worked_ns = clock_mono_ns();
        if (turn == ENGINE_SIGNAL) {
            record->failed = true;
            tell_text(record, "", "failed", "the run was interrupted");
        } else if (turn == ENGINE_DONE) {
            /* Nobody is left to wait for, but a role may still be due. */
            struct timespec pause = {.tv_nsec = CLOCK_NS_PER_MS};

            nanosleep(&pause, NULL);
        }
    }
}

static void tell_printed(struct record *record, const struct role *role, const char *what, int fd)
{
    char *bytes = arena_alloc(&record->arena, PRINTED_MOST);
    ssize_t len = fd < 0 ? 0 : pread(fd, bytes, PRINTED_MOST, 0);

    if (len > 0)
        tell(record, role->name, what, bytes, (size_t)len);
}

static void close_streams(struct record *record)
{
    for (size_t i = 0; i < record->stage.nroles; i++) {
        const int fds[] = {record->streams[i].in, record->streams[i].out, record->streams[i].err};

        tell_printed(record, record->stage.roles[i].role, "stdout", record->streams[i].out);
        tell_printed(record, record->stage.roles[i].role, "stderr", record->streams[i].err);
        for (size_t j = 0; j < 3; j++)
            if (fds[j] >= 0)
                close(fds[j]);
    }
}

bool record_scenario(const struct expect *expect, const char *beside, const struct run_opts *opts,
                     const char *refusal, const struct trace_head *head, struct sink *sink, struct err *err)
{
    struct record record = {.expect = expect, .beside = beside, .opts = opts, .is_private = !refusal};
    struct engine_opts engine_opts = {
        .snaplen = opts->snaplen,
        .no_kernel = opts->no_kernel,
        .deny_io_uring = opts->deny_io_uring,
        .sources = !opts->no_source,
    };

    record.streams = ARENA_ARRAY(&record.arena, struct streams, expect->nroles);
    for (size_t i = 0; i < expect->nroles; i++)
        record.streams[i] = (struct streams){-1, -1, -1};
    stage_init(&record.stage, expect, &record.arena);
    director_init(&record.director, &record.stage, opts->timeout_ms ? opts->timeout_ms : RUN_TIMEOUT_MS,
                  &record.arena);
    record.director.shift.seed = opts->shift;
    if (director_is_needed(&record.director)) {
        engine_opts.direct = direct;
        engine_opts.direct_arg = &record;
    }
    tee_init(&record.watchers, &record.stage.sink, &record.director.sink);
    tee_init(&record.tee, &record.watchers.sink, sink);
    record.engine = engine_new(&engine_opts, &record.tee.sink, err);
    if (!record.engine) {
        director_release(&record.director);
        stage_release(&record.stage);
        arena_release(&record.arena);
        return false;
    }
    sink_begin(sink, head);
    if (has_all_needs(&record, &(struct needs_place){refusal, head->kernel}))
        conduct(&record);
    engine_finish(record.engine);
    if (!record.failed)
        director_each_unmet(&record.director, tell_unmet, &record);
    close_streams(&record);
    stage_release(&record.stage);
    sink_end(sink);
    engine_free(record.engine);
    director_release(&record.director);
    hang_release(&record.hang);
    arena_release(&record.arena);
    return true;
}
