/* format/log_life.c: what a log says of processes and programs, beside their calls. */
#include "format/log_reader.h"

#include "base/alloc.h"
#include "base/quote.h"
#include "format/siginfo.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static bool parse(struct log_reader *reader, struct log_text args, const struct log_node **first, size_t *len)
{
    const char *why;

    return log_nodes_parse(args, &reader->scratch, first, len, &why);
}

/* --- beginning --- */

static const char *const forks[] = {"clone", "clone3", "fork", "vfork"};

bool log_life_is_fork(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(forks); i++)
        if (strcmp(forks[i], name) == 0)
            return true;
    return false;
}

/* `flags=CLONE_VM|…|SIGCHLD`, wherever it stands; fork and vfork have none. */
static uint64_t clone_flags(struct log_reader *reader, const char *name, struct log_text args)
{
    enum { SIGNAL_BITS = 0xff };
    const char *flags = memmem(args.at, args.len, "flags=", strlen("flags="));
    const struct log_node *first;
    struct log_text text;
    uint64_t n = 0;
    size_t len;

    if (!flags)
        return strcmp(name, "vfork") == 0 ? CLONE_VM | CLONE_VFORK : 0;
    text.at = flags + strlen("flags=");
    text.len = (size_t)(args.at + args.len - text.at);
    len = 0;
    while (len < text.len && !strchr(",} ", text.at[len]))
        len++;
    text.len = len;
    if (!parse(reader, text, &first, &len) || !first || !log_number(first, &nametab_clone, &n))
        return 0;
    return n & ~(uint64_t)SIGNAL_BITS;
}

static void called_fork(struct log_reader *reader, struct log_task *task, const char *name,
                        struct log_text args, const struct log_result *result)
{
    uint64_t flags = clone_flags(reader, name, args);
    struct log_task *child;
    struct event *event;
    int tid = (int)result->n;

    if (result->n <= 0 || result->n > INT32_MAX)
        return;
    child = log_task_find(&reader->tasks, tid);
    if (child && child->proc)
        return;
    if (!child)
        child = log_task_add(&reader->tasks, tid);
    log_task_join(child, flags & CLONE_THREAD ? task->proc : log_proc_new(tid, task->proc));
    event = log_event(reader, task, EVENT_FORK);
    event_add(event, "child", value_int(&reader->scratch, tid));
    event_add(event, "flags", value_flags(&reader->scratch, &nametab_clone, flags));
    log_tell_fact(reader, event);
    vec_push(&reader->ready, tid);
}

void log_life_appear(struct log_reader *reader, struct log_task *task, bool runs)
{
    struct event *event;

    log_task_join(task, log_proc_new(task->tid, NULL));
    if (*reader->role)
        log_proc_run(task->proc, reader->role);
    if (runs)
        return;
    task->proc->is_started = true;
    event = log_event(reader, task, EVENT_START);
    event_add(event, "argv", value_array(&reader->scratch, NULL, 0, 0));
    event_add(event, "attached", value_int(&reader->scratch, 1));
    log_tell_fact(reader, event);
    log_tell_lack(reader, task, LACK_BEGINNING, arena_printf(&reader->scratch, "%d", task->tid));
}

/* --- another program --- */

static void tell_printed(struct log_reader *reader, const struct log_task *task)
{
    const struct log_program *program = task->proc->program;
    size_t len = program->printed.len;

    if (program->users == 1 && (len || program->is_cut))
        log_tell_role(reader, task, "stdout", buf_str(&program->printed), len, len + program->is_cut);
}

/* As a role is named: what is no text in it becomes `?`. */
static const char *base_name(struct arena *arena, const struct log_node *path)
{
    char *text =
        path->kind == LOG_NODE_STRING ? arena_memdup(arena, path->bytes, path->len) : arena_strdup(arena, "");
    const char *slash = strrchr(text, '/');

    for (char *c = text; *c;) {
        size_t len = quote_utf8_len((const uint8_t *)c, strlen(c));

        if (!len || (unsigned char)*c < ' ' || *c == '\177')
            *c = '?';
        c += len ? len : 1;
    }

    return slash ? slash + 1 : text;
}

static const struct value *words(struct arena *arena, const struct log_node *argv)
{
    const struct value **items = ARENA_ARRAY(arena, const struct value *, argv->len);
    size_t n = 0;

    if (argv->kind == LOG_NODE_ARRAY)
        log_node_each(word, argv) if (word->kind == LOG_NODE_STRING) items[n++] =
            value_bytes(arena, word->bytes, word->len, word->len + word->is_cut);
    return value_array(arena, items, n, n + argv->is_cut);
}

/* The threads that an exec ended. */
static void drop_other_threads(struct log_reader *reader, struct log_task *survivor)
{
    for (size_t i = 0; i < reader->tasks.order.len;) {
        struct log_task *task = log_task_find(&reader->tasks, reader->tasks.order.items[i]);

        if (task == survivor || task->proc != survivor->proc) {
            i++;
            continue;
        }
        log_pending_abandon(reader, task, false);
        log_task_remove(&reader->tasks, task);
    }
}

static void tell_exec(struct log_reader *reader, struct log_task *task, const struct log_node *path)
{
    int former = task->former ? task->former : task->tid;
    struct event *event = log_event(reader, task, EVENT_EXEC);

    task->former = 0;
    event_add(event, "path",
              path->kind == LOG_NODE_STRING ? value_bytes(&reader->scratch, path->bytes, path->len, path->len)
                                            : value_bytes(&reader->scratch, "", 0, 0));
    event_add(event, "former", value_int(&reader->scratch, former));
    log_tell_fact(reader, event);
}

static void tell_start(struct log_reader *reader, struct log_task *task, const struct log_node *argv)
{
    struct event *event = log_event(reader, task, EVENT_START);

    task->proc->is_started = true;
    event_add(event, "argv", words(&reader->scratch, argv));
    event_add(event, "attached", value_int(&reader->scratch, 0));
    log_tell_fact(reader, event);
}

static void called_execve(struct log_reader *reader, struct log_task *task, const char *name,
                          struct log_text args, const struct log_result *result)
{
    bool is_at = strcmp(name, "execveat") == 0, is_first = !task->proc->parent && !task->proc->is_started;
    struct arena arena = {0};
    const struct log_node *path;
    const char *why;
    size_t len;

    (void)result;
    if (log_nodes_parse(args, &arena, &path, &len, &why) && len >= (is_at ? 3U : 2U)) {
        path = is_at ? path->next : path;
        drop_other_threads(reader, task);
        memset(task->proc->handling, HANDLING_NONE, sizeof(task->proc->handling));
        tell_printed(reader, task);
        if (!is_first)
            tell_exec(reader, task, path);
        log_proc_run(task->proc, *reader->role ? reader->role : base_name(&arena, path));
        tell_start(reader, task, path->next);
    }
    arena_release(&arena);
}

void log_life_supersede(struct log_reader *reader, struct log_task *leader, int former)
{
    struct log_task *task = log_task_find(&reader->tasks, former);

    log_pending_abandon(reader, leader, false);
    if (!task || task == leader || !task->proc)
        return;
    leader->current = task->current;
    leader->former = former;
    task->current = NULL;
    log_pending_abandon(reader, task, false);
    log_task_remove(&reader->tasks, task);
}

/* --- signals --- */

int log_signal_number(struct log_text name)
{
    char text[32] = "";
    uint64_t n = 0;

    if (name.len >= sizeof(text))
        return 0;
    memcpy(text, name.at, name.len);
    if (nametab_find(&nametab_signal, text, &n))
        return (int)n;
    /* The library keeps some for itself, and strace counts from the kernel's first. */
    return strncmp(text, "SIGRT_", 6) == 0 ? 32 + atoi(text + 6) : 0;
}

/* rt_sigaction(SIGCHLD, {sa_handler=0x…, sa_flags=SA_RESTORER|SA_RESTART, …}, NULL, 8) */
static void called_sigaction(struct log_reader *reader, struct log_task *task, const char *name,
                             struct log_text args, const struct log_result *result)
{
    const struct log_node *signo, *handler, *flags;
    bool restarts = false, is_none;
    uint64_t n;
    size_t len;

    (void)name, (void)result;
    if (!parse(reader, args, &signo, &len) || len < 2 || !log_number(signo, &nametab_signal, &n) || !n ||
        n >= LOG_SIGNALS)
        return;
    handler = log_node_field(signo->next, "sa_handler");
    flags = log_node_field(signo->next, "sa_flags");
    if (!handler)
        return;
    is_none = handler->kind == LOG_NODE_WORD;
    for (const struct log_node *flag = flags ? flags->first : NULL; flag; flag = flag->next)
        restarts = restarts || (flag->kind == LOG_NODE_WORD && strcmp(flag->text, "SA_RESTART") == 0);
    restarts = restarts || (flags && flags->kind == LOG_NODE_WORD && strcmp(flags->text, "SA_RESTART") == 0);
    task->proc->handling[n] = is_none ? HANDLING_NONE : restarts ? HANDLING_RESTARTS : HANDLING_CAUGHT;
}

/* A member of a siginfo as a fact; the sender too. */
static void add_fact(struct log_reader *reader, struct event *event, const struct log_node *info,
                     const char *field, const char *fact)
{
    const struct log_node *node = log_node_field(info, field);
    uint64_t n;

    if (node && log_number(node, &nametab_signal, &n))
        event_add(event, fact, value_int(&reader->scratch, (int64_t)n));
}

void log_life_signal(struct log_reader *reader, struct log_task *task, const struct log_line *line)
{
    int signo = log_signal_number(line->name);
    const struct log_node *info, *code, *addr, *sender;
    struct log_node whole = {.kind = LOG_NODE_STRUCT};
    struct log_text braces = {line->args.at - 1, line->args.len + 2};
    struct event *event = log_event(reader, task, EVENT_SIGNAL);
    uint64_t n;
    size_t len;

    if (!parse(reader, braces, &info, &len) || !info)
        info = &whole;
    code = log_node_field(info, "si_code");
    addr = log_node_field(info, "si_addr");
    sender = log_node_field(info, "si_pid");
    task->sender = sender && log_number(sender, NULL, &n) ? (int64_t)n : 0;
    event_add(event, "signo", value_sym(&reader->scratch, &nametab_signal, (uint64_t)signo));
    event_add(event, "code",
              value_int(&reader->scratch, !code                           ? 0
                                          : code->kind == LOG_NODE_NUMBER ? (int64_t)code->n
                                          : code->text ? siginfo_code_find(signo, code->text)
                                                       : 0));
    add_fact(reader, event, info, "si_pid", "pid");
    add_fact(reader, event, info, "si_uid", "uid");
    add_fact(reader, event, info, "si_status", "status");
    if (addr && addr->kind == LOG_NODE_NUMBER)
        event_add(event, "addr", value_addr(&reader->scratch, addr->n));
    log_tell_fact(reader, event);
}

/* --- the end --- */

static void called_exit(struct log_reader *reader, struct log_task *task, const char *name,
                        struct log_text args, const struct log_result *result)
{
    const struct log_node *status;
    size_t len;

    (void)result;
    if (!parse(reader, args, &status, &len) || !status || status->kind != LOG_NODE_NUMBER)
        return;
    task->exit_status = (int64_t)(status->n & 0xff);
    /* -qq says no more of the end of any thread. */
    for (size_t i = 0; strcmp(name, "exit_group") == 0 && i < reader->tasks.order.len; i++) {
        struct log_task *other = log_task_find(&reader->tasks, reader->tasks.order.items[i]);

        if (other->proc == task->proc)
            other->exit_status = task->exit_status;
    }
}

static void called_kill(struct log_reader *reader, struct log_task *task, const char *name,
                        struct log_text args, const struct log_result *result)
{
    (void)task, (void)name, (void)result;
    reader->sent_kill = reader->sent_kill || memmem(args.at, args.len, "SIGKILL", strlen("SIGKILL"));
}

static const struct {
    const char *name;
    void (*called)(struct log_reader *reader, struct log_task *task, const char *name, struct log_text args,
                   const struct log_result *result);
} hooks[] = {
    {"clone", called_fork},
    {"clone3", called_fork},
    {"fork", called_fork},
    {"vfork", called_fork},
    {"execve", called_execve},
    {"execveat", called_execve},
    {"rt_sigaction", called_sigaction},
    {"sigaction", called_sigaction},
    {"exit_group", called_exit},
    {"exit", called_exit},
    {"kill", called_kill},
    {"tgkill", called_kill},
    {"pidfd_send_signal", called_kill},
};

bool log_life_called(struct log_reader *reader, struct log_task *task, const char *name, struct log_text args,
                     const struct log_result *result)
{
    for (size_t i = 0; !result->err && i < ARRAY_LEN(hooks); i++)
        if (strcmp(hooks[i].name, name) == 0 && (!result->is_unknown || hooks[i].called == called_exit))
            hooks[i].called(reader, task, name, args, result);
    arena_reset(&reader->scratch);
    return true;
}

/* A process of the log that made this one, over however many steps, and runs another program: a shell. */
static bool is_made_by(const struct log_reader *reader, const struct log_proc *proc, int64_t pid)
{
    enum { MOST_STEPS = 64 };
    const struct log_proc *at = proc;

    for (int i = 0; i < MOST_STEPS && at->parent; i++) {
        const struct log_task *parent = log_task_find(&reader->tasks, at->parent);

        if (at->parent == pid)
            return !parent || !parent->proc || parent->proc->program != proc->program;
        if (!parent || !parent->proc)
            break;
        at = parent->proc;
    }
    return false;
}

/* Whoever took the log ended it, from outside or from the shell in which all was started: no crash. */
static bool is_stopped(const struct log_reader *reader, const struct log_task *task, int signo)
{
    static const int ends[] = {SIGTERM, SIGINT, SIGHUP, SIGKILL};
    bool is_end = false;

    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        is_end = is_end || ends[i] == signo;
    if (!is_end || !task->proc->is_started)
        return false;
    if (signo == SIGKILL && !task->sender)
        return !reader->sent_kill;
    return !task->sender || !log_task_find(&reader->tasks, (int)task->sender) ||
           is_made_by(reader, task->proc, task->sender);
}

static void end_task(struct log_reader *reader, struct log_task *task, int signo, bool core, int64_t status)
{
    bool is_last = task->proc->tasks == 1;
    struct event *event;

    log_pending_abandon(reader, task, false);
    if (is_last)
        tell_printed(reader, task);
    if (is_last && signo && is_stopped(reader, task, signo)) {
        const char *name = nametab_name(&nametab_signal, (uint64_t)signo);
        char text[64];
        int len = snprintf(text, sizeof(text), "was ended by %s", name ? name : "a signal");

        log_tell_role(reader, task, "stopped", text, (size_t)len, (size_t)len);
    }
    event = log_event(reader, task, EVENT_EXIT);
    if (signo) {
        event_add(event, "signal", value_sym(&reader->scratch, &nametab_signal, (uint64_t)signo));
        event_add(event, "core", value_int(&reader->scratch, core));
    } else {
        event_add(event, "status", value_int(&reader->scratch, status));
    }
    event_add(event, "last", value_int(&reader->scratch, is_last));
    log_tell_fact(reader, event);
    log_task_remove(&reader->tasks, task);
}

void log_life_exit(struct log_reader *reader, struct log_task *task, const struct log_line *line)
{
    bool is_killed = line->kind == LOG_KILLED;

    end_task(reader, task, is_killed ? log_signal_number(line->name) : 0, line->core, line->n);
}

/* What has no end in the log. */
static void end_open(struct log_reader *reader, struct log_task *task)
{
    if (task->exit_status >= 0) {
        end_task(reader, task, 0, false, task->exit_status);
        return;
    }
    if (!task->has_lines)
        log_tell_lack(reader, task, LACK_CHILDREN, arena_printf(&reader->scratch, "%d", task->tid));
    else if (!task->is_detached)
        reader->is_open = true;
    log_pending_abandon(reader, task, false);
    if (task->proc->tasks == 1)
        tell_printed(reader, task);
    log_task_remove(&reader->tasks, task);
}

void log_life_end(struct log_reader *reader)
{
    struct log_task *task;

    if (reader->tasks.order.len == 0)
        return;
    while (reader->tasks.order.len) {
        task = log_task_find(&reader->tasks, reader->tasks.order.items[0]);
        if (task->proc)
            end_open(reader, task);
        else
            log_task_remove(&reader->tasks, task);
    }
}
