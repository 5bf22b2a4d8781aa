/* model/resolve.c: tasks and the tables that they share; identities written into the values of events. */
#include "model/resolve.h"

#include "model/fdcall.h"

#include <sched.h>
#include <string.h>

struct task {
    int pid;
    struct fdtab *tab;
};

struct resolve {
    struct refs refs;
    struct intmap tasks;   /* by tid */
    struct intmap entered; /* events between resolve_enter and resolve_exit: a signal handler's calls nest */
};

struct resolve *resolve_new(void)
{
    return ALLOC_NEW(struct resolve);
}

static void leave_table(struct fdtab *tab)
{
    if (!--tab->users)
        fdtab_free(tab);
}

void resolve_free(struct resolve *resolve)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    if (!resolve)
        return;
    while ((slot = intmap_next(&resolve->tasks, &pos))) {
        struct task *task = slot->value;

        leave_table(task->tab);
        free(task);
    }
    intmap_release(&resolve->tasks);
    intmap_release(&resolve->entered);
    refs_release(&resolve->refs);
    free(resolve);
}

static struct task *task_find(const struct resolve *resolve, int tid)
{
    return intmap_get(&resolve->tasks, (uint64_t)tid);
}

static struct task *task_add(struct resolve *resolve, int tid, int pid, struct fdtab *tab)
{
    struct task *task = ALLOC_NEW(struct task);

    *task = (struct task){.pid = pid, .tab = tab};
    intmap_set(&resolve->tasks, (uint64_t)tid, task);
    return task;
}

/* A task that nobody announced: a thread of a process that is known shares its table, as threads do. */
static struct task *task_get(struct resolve *resolve, int tid, int pid)
{
    struct task *task = task_find(resolve, tid);
    const struct intmap_slot *slot;
    size_t pos = 0;

    if (task)
        return task;
    while ((slot = intmap_next(&resolve->tasks, &pos))) {
        task = slot->value;
        if (task->pid != pid)
            continue;
        task->tab->users++;
        return task_add(resolve, tid, pid, task->tab);
    }
    return task_add(resolve, tid, pid, fdtab_new());
}

/* The task is gone. Where it was the last of its table, the sockets in it are closed. */
static void task_end(struct resolve *resolve, struct fdcall *call, int tid)
{
    struct task *task = intmap_del(&resolve->tasks, (uint64_t)tid);

    if (!task)
        return;
    call->tab = &task->tab;
    if (task->tab->users == 1)
        fdcall_close_all(call, NULL, NULL, "exit");
    leave_table(task->tab);
    free(task);
    call->tab = NULL;
}

static const struct value *with_socks(struct fdcall *call, const struct value *value);

static const struct value *struct_with_socks(struct fdcall *call, const struct value *value)
{
    struct field *fields = NULL;

    for (size_t i = 0; i < value->st.len; i++) {
        const struct value *now = with_socks(call, value->st.fields[i].value);

        if (now == value->st.fields[i].value)
            continue;
        if (!fields)
            fields =
                (struct field *)arena_memdup(call->arena, value->st.fields, value->st.len * sizeof(*fields));
        fields[i].value = now;
    }
    return fields ? value_struct(call->arena, value->st.type, fields, value->st.len) : value;
}

static const struct value *array_with_socks(struct fdcall *call, const struct value *value)
{
    const struct value **items = NULL;

    for (size_t i = 0; i < value->array.len; i++) {
        const struct value *now = with_socks(call, value->array.items[i]);

        if (now == value->array.items[i])
            continue;
        if (!items)
            items = (const struct value **)arena_memdup(call->arena, value->array.items,
                                                        value->array.len * sizeof(*items));
        items[i] = now;
    }
    return items ? value_array(call->arena, items, value->array.len, value->array.full) : value;
}

static const struct value *changed_with_socks(struct fdcall *call, const struct value *value)
{
    const struct value *before = with_socks(call, value->changed.before);
    const struct value *after = with_socks(call, value->changed.after);

    if (before == value->changed.before && after == value->changed.after)
        return value;
    return value_changed(call->arena, value->form, value->changed.label, before, after);
}

static const struct value *fd_with_sock(struct fdcall *call, const struct value *value)
{
    const struct fdent *ent = fdtab_find(*call->tab, value->fd.n);
    uint64_t sock = ent && ent->kind == FD_SOCKET ? ent->sock : 0;

    return sock == value->fd.sock ? value : value_fd_of(call->arena, value->fd.n, sock);
}

/* The value itself where nothing in it changes. */
static const struct value *with_socks(struct fdcall *call, const struct value *value)
{
    if (!value)
        return NULL;
    switch (value->kind) {
    case VALUE_FD: return fd_with_sock(call, value);
    case VALUE_STRUCT: return struct_with_socks(call, value);
    case VALUE_ARRAY: return array_with_socks(call, value);
    case VALUE_CHANGED: return changed_with_socks(call, value);
    default: return value;
    }
}

/* A message on its way: its descriptors are looked up when it is sent, not when the call is over. */
static bool is_sent(const struct event *event, size_t i)
{
    const char *arg = event->args[i].name;

    return canon_is_send(event->canon) && (strcmp(arg, "msg") == 0 || strcmp(arg, "msgvec") == 0);
}

static void enter(struct fdcall *call)
{
    struct event *event = call->event;

    fdcall_enter(call);
    for (size_t i = 0; i < event->nargs; i++)
        if (is_sent(event, i))
            event->args[i].value = with_socks(call, event->args[i].value);
}

/* The descriptor that a call worked on keeps what was behind it at entry, whatever became of the number
 * since. */
static void write_socks(struct fdcall *call)
{
    struct event *event = call->event;
    const struct value *worked_on;
    int at = event->kind == EVENT_CALL ? event_fd_arg(event) : -1;

    worked_on = at < 0 ? NULL : event->args[at].value;
    for (size_t i = 0; i < event->nargs; i++)
        if (event->kind != EVENT_CALL || !is_sent(event, i))
            event->args[i].value = with_socks(call, event->args[i].value);
    event->ret = with_socks(call, event->ret);
    if (worked_on)
        event->args[at].value = worked_on;
}

/* What a program was started with. Sockets with the same inode are the same, in whichever program. */
static void on_start(struct resolve *resolve, struct fdcall *call)
{
    const struct value *list = value_final(event_arg(call->event, "sockets"));
    struct task *task = task_get(resolve, call->event->tid, call->event->pid);

    for (size_t i = 0; list && list->kind == VALUE_ARRAY && i < list->array.len; i++) {
        const struct value *item = list->array.items[i];
        int64_t fd, inode = 0, domain = -1, type = -1;
        struct fdent ent = {.kind = FD_SOCKET};

        if (!value_number(value_field(item, "fd"), &fd) || fdtab_find(task->tab, (int)fd))
            continue;
        value_number(value_field(item, "inode"), &inode);
        value_number(value_field(item, "domain"), &domain);
        value_number(value_field(item, "type"), &type);
        ent.fd = (int)fd;
        ent.sock = refs_inherit(&resolve->refs, (uint64_t)inode, (int)domain, (int)type);
        refs_hold(&resolve->refs, ent.sock);
        fdtab_put(task->tab, ent);
    }
    call->tab = &task->tab;
    write_socks(call);
}

static void on_fork(struct resolve *resolve, struct fdcall *call)
{
    struct task *parent = task_get(resolve, call->event->tid, call->event->pid), *child;
    int64_t tid, flags = 0;
    int pid;

    if (!value_number(event_arg(call->event, "child"), &tid))
        return;
    value_number(event_arg(call->event, "flags"), &flags);
    task_end(resolve, call, (int)tid);
    pid = flags & CLONE_THREAD ? parent->pid : (int)tid;
    parent->tab->users++;
    child = task_add(resolve, (int)tid, pid, parent->tab);
    call->tab = &child->tab;
    if (!(flags & CLONE_FILES))
        fdcall_unshare(call);
}

static bool is_cloexec(const struct fdent *ent, const void *arg)
{
    (void)arg;
    return ent->cloexec;
}

/* The other threads are dead by now; what they shared has no end of its own to tell. */
static void end_siblings(struct resolve *resolve, struct fdcall *call, const struct task *survivor)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&resolve->tasks, &pos))) {
        const struct task *task = slot->value;

        if (task == survivor || task->pid != survivor->pid)
            continue;
        task_end(resolve, call, (int)slot->key);
        pos = 0;
    }
}

static void on_exec(struct resolve *resolve, struct fdcall *call)
{
    int64_t former = call->event->tid;
    struct task *task;

    value_number(event_arg(call->event, "former"), &former);
    task = task_get(resolve, (int)former, call->event->pid);
    end_siblings(resolve, call, task);
    if (former != call->event->tid) {
        intmap_del(&resolve->tasks, (uint64_t)former);
        intmap_set(&resolve->tasks, (uint64_t)call->event->tid, task);
    }
    call->tab = &task->tab;
    fdcall_unshare(call);
    fdcall_close_all(call, is_cloexec, NULL, "exec");
    for (size_t i = 0; i < task->tab->ents.len;) {
        struct fdent ent = task->tab->ents.items[i];

        if (ent.kind == FD_WAS_SOCKET)
            fdtab_put(task->tab, (struct fdent){.fd = ent.fd, .kind = FD_OTHER});
        else
            i++;
    }
}

void resolve_enter(struct resolve *resolve, struct event *event, struct arena *arena)
{
    struct task *task = task_get(resolve, event->tid, event->pid);
    struct fdcall call = {.refs = &resolve->refs, .tab = &task->tab, .event = event, .arena = arena};

    intmap_set(&resolve->entered, (uintptr_t)event, event);
    enter(&call);
}

void resolve_look(struct resolve *resolve, struct event *event, struct arena *arena)
{
    struct task *task = task_get(resolve, event->tid, event->pid);
    struct fdcall call = {.refs = &resolve->refs, .tab = &task->tab, .event = event, .arena = arena};

    fdcall_look(&call);
}

static void on_call(struct resolve *resolve, struct fdcall *call)
{
    bool was_entered = intmap_del(&resolve->entered, (uintptr_t)call->event);
    struct task *task;

    /* What a dead task had not finished brings no task back. */
    if (call->event->unfinished && !task_find(resolve, call->event->tid))
        return;
    task = task_get(resolve, call->event->tid, call->event->pid);
    call->tab = &task->tab;
    if (!was_entered)
        enter(call);
    fdcall_exit(call);
    write_socks(call);
}

void resolve_exit(struct resolve *resolve, struct event *event, struct arena *arena, resolve_emit emit,
                  void *emit_arg)
{
    struct fdcall call = {.refs = &resolve->refs, .event = event, .arena = arena};

    switch (event->kind) {
    case EVENT_CALL: on_call(resolve, &call); break;
    case EVENT_START: on_start(resolve, &call); break;
    case EVENT_FORK: on_fork(resolve, &call); break;
    case EVENT_EXEC: on_exec(resolve, &call); break;
    case EVENT_EXIT: task_end(resolve, &call, event->tid); break;
    case EVENT_SIGNAL:
    case EVENT_CLOSED:
    case EVENT_LOST:
    case EVENT_ROLE: break;
    }
    fdcall_orphans(&call);
    vec_each (struct event *, closed, &call.closed)
        emit(emit_arg, *closed);
    vec_release(&call.closed);
}

enum fd_kind resolve_fd_kind(const struct resolve *resolve, int tid, int fd)
{
    const struct task *task = task_find(resolve, tid);
    const struct fdent *ent = task ? fdtab_find(task->tab, fd) : NULL;

    return ent ? ent->kind : FD_OTHER;
}

uint64_t resolve_fd_sock(const struct resolve *resolve, int tid, int fd)
{
    const struct task *task = task_find(resolve, tid);
    const struct fdent *ent = task ? fdtab_find(task->tab, fd) : NULL;

    return ent && ent->kind == FD_SOCKET ? ent->sock : 0;
}

bool resolve_has_low_socket(const struct resolve *resolve, int tid)
{
    const struct task *task = task_find(resolve, tid);

    for (int fd = 0; task && fd <= 2; fd++)
        if (resolve_fd_sock(resolve, tid, fd))
            return true;
    return false;
}

void resolve_each_socket(const struct resolve *resolve, int tid, void (*fn)(void *arg, int fd, uint64_t sock),
                         void *arg)
{
    const struct task *task = task_find(resolve, tid);

    if (!task)
        return;
    vec_each (struct fdent, ent, &task->tab->ents)
        if (ent->kind == FD_SOCKET)
            fn(arg, ent->fd, ent->sock);
}
