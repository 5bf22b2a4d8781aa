/* event/event.c: names of events, their arguments and data, and copying them. */
#include "event/event.h"

#include "base/alloc.h"
#include "base/bug.h"
#include "base/text.h"

#include <string.h>

static const char *const canon_names[CANON_COUNT] = {
    [CANON_NONE] = "",
    [CANON_SOCKET] = "socket",
    [CANON_SOCKETPAIR] = "socketpair",
    [CANON_BIND] = "bind",
    [CANON_LISTEN] = "listen",
    [CANON_ACCEPT] = "accept",
    [CANON_CONNECT] = "connect",
    [CANON_SEND] = "send",
    [CANON_RECV] = "recv",
    [CANON_SENDTO] = "sendto",
    [CANON_RECVFROM] = "recvfrom",
    [CANON_SHUTDOWN] = "shutdown",
    [CANON_CLOSE] = "close",
    [CANON_GETSOCKNAME] = "getsockname",
    [CANON_GETPEERNAME] = "getpeername",
    [CANON_SETSOCKOPT] = "setsockopt",
    [CANON_GETSOCKOPT] = "getsockopt",
    [CANON_FCNTL] = "fcntl",
    [CANON_IOCTL] = "ioctl",
    [CANON_DUP] = "dup",
    [CANON_WAIT] = "wait",
    [CANON_EPOLL_CREATE] = "epoll_create",
    [CANON_EPOLL_CTL] = "epoll_ctl",
    [CANON_OTHER] = "other",
};

static const char *const kind_names[] = {
    [EVENT_CALL] = "call",     [EVENT_START] = "start", [EVENT_FORK] = "fork",
    [EVENT_EXEC] = "exec",     [EVENT_EXIT] = "exit",   [EVENT_SIGNAL] = "signal",
    [EVENT_CLOSED] = "closed", [EVENT_LOST] = "lost",   [EVENT_ROLE] = "role",
};

const char *canon_name(enum canon canon)
{
    return canon_names[canon];
}

enum canon canon_find(const char *name)
{
    for (int i = CANON_NONE + 1; i < CANON_COUNT; i++)
        if (strcmp(canon_names[i], name) == 0)
            return (enum canon)i;
    return CANON_NONE;
}

const char *event_kind_name(enum event_kind kind)
{
    return kind_names[kind];
}

bool event_kind_find(const char *name, enum event_kind *kind)
{
    for (size_t i = 0; i < ARRAY_LEN(kind_names); i++)
        if (strcmp(kind_names[i], name) == 0) {
            *kind = (enum event_kind)i;
            return true;
        }
    return false;
}

const struct value *event_arg(const struct event *event, const char *name)
{
    for (size_t i = 0; i < event->nargs; i++)
        if (text_is(event->args[i].name, name))
            return event->args[i].value;
    return NULL;
}

int event_fd_arg(const struct event *event)
{
    const struct value *first = event->nargs ? event->args[0].value : NULL;

    for (size_t i = 0; event->sock && i < event->nargs; i++) {
        const struct value *value = event->args[i].value;

        if (value && value->kind == VALUE_FD && value->fd.sock == event->sock)
            return (int)i;
    }
    return !event->sock && first && first->kind == VALUE_FD ? 0 : -1;
}

void event_add(struct event *event, const char *name, const struct value *value)
{
    if (event->nargs == EVENT_MAX_ARGS)
        BUG("no room for %s in an event", name);
    event->args[event->nargs++] = (struct field){.name = name, .value = value};
}

const char *event_text(const struct event *event, const char *name, struct arena *arena)
{
    const struct value *value = event_arg(event, name);

    if (!value || value->kind != VALUE_BYTES)
        return "";
    return arena_memdup(arena, value->bytes.ptr, value->bytes.len);
}

/* glibc's, also as there were several of them, and musl's, which are one; and the sanitizers', whose
 * functions stand before those of the C library. */
static const char *const libc_objects[] = {"libc.so", "libc-",   "libpthread", "libresolv",
                                           "libnss_", "ld-",     "ld.so",      "[vdso]",
                                           "libasan", "libtsan", "libubsan",   "liblsan"};

bool event_is_libc(const char *object)
{
    const char *slash = object ? strrchr(object, '/') : NULL;
    const char *name = slash ? slash + 1 : object;

    for (size_t i = 0; name && i < ARRAY_LEN(libc_objects); i++)
        if (strncmp(name, libc_objects[i], strlen(libc_objects[i])) == 0)
            return true;
    return false;
}

const struct frame *event_source(const struct event *event)
{
    const struct frame *first = event->nsrc ? event->src : NULL;

    for (size_t i = 0; i < event->nstack; i++) {
        const struct frame *frame = &event->stack[i];

        if (event_is_libc(frame->object))
            continue;
        if (frame->file)
            return frame;
        first = first ? first : frame;
    }
    return first;
}

static const char *copy_string(struct arena *arena, const char *s)
{
    return s ? arena_strdup(arena, s) : NULL;
}

static const struct frame *copy_stack(struct arena *arena, const struct frame *stack, size_t len)
{
    struct frame *copy = ARENA_ARRAY(arena, struct frame, len);

    for (size_t i = 0; i < len; i++) {
        copy[i] = stack[i];
        copy[i].function = copy_string(arena, stack[i].function);
        copy[i].object = copy_string(arena, stack[i].object);
        copy[i].file = copy_string(arena, stack[i].file);
    }
    return copy;
}

struct event *event_copy(struct arena *arena, const struct event *event)
{
    struct event *copy = ARENA_NEW(arena, struct event);

    *copy = *event;
    copy->role = arena_strdup(arena, event->role);
    copy->name = arena_strdup(arena, event->name);
    for (size_t i = 0; i < event->nargs; i++) {
        copy->args[i].name = arena_strdup(arena, event->args[i].name);
        copy->args[i].value = value_copy(arena, event->args[i].value);
    }
    for (size_t i = 0; i < event->ncargs; i++)
        copy->cargs[i] = value_copy(arena, event->cargs[i]);
    copy->ret = value_copy(arena, event->ret);
    copy->stack = copy_stack(arena, event->stack, event->nstack);
    copy->src = copy_stack(arena, event->src, event->nsrc);
    copy->kernel.local = value_copy(arena, event->kernel.local);
    copy->kernel.peer = value_copy(arena, event->kernel.peer);
    return copy;
}

bool event_is_skipped(const struct event *event)
{
    return event->injected.kind == INJECT_ERROR || event->injected.kind == INJECT_DROP;
}

bool canon_is_send(enum canon canon)
{
    return canon == CANON_SEND || canon == CANON_SENDTO;
}

bool canon_is_recv(enum canon canon)
{
    return canon == CANON_RECV || canon == CANON_RECVFROM;
}

bool event_data(const struct event *event, const uint8_t **bytes, size_t *len, uint64_t *full)
{
    const struct value *data = event->ncargs > 1 ? value_final(event->cargs[1]) : NULL;
    bool is_vector = data && data->kind == VALUE_ARRAY, is_bytes;

    if (event->kind != EVENT_CALL || event->unfinished || event->err || event->result < 0 ||
        !(canon_is_send(event->canon) || canon_is_recv(event->canon)))
        return false;
    /* The result of a call on several messages counts these. */
    *full = is_vector ? 0 : (uint64_t)event->result;
    for (size_t i = 0; is_vector && i < data->array.len; i++)
        *full += data->array.items[i]->kind == VALUE_BYTES ? data->array.items[i]->bytes.full : 0;
    if (is_vector)
        data = data->array.len ? data->array.items[0] : NULL;
    is_bytes = data && data->kind == VALUE_BYTES;
    *bytes = is_bytes ? data->bytes.ptr : (const uint8_t *)"";
    *len = is_bytes ? data->bytes.len : 0;
    if (*len > *full)
        *len = (size_t)*full;
    return true;
}
