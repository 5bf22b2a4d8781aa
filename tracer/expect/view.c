/* expect/view.c: what each event is to a pattern: a non-blocking connect's end, a close without close(2),
 * cleaning up. */
#include "expect/view.h"

#include "base/alloc.h"
#include "base/intmap.h"
#include "event/message.h"
#include "expect/aux.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* A connect that is in progress, or that a signal interrupted: it goes on without the program. */
struct begun {
    struct arena arena;
    const struct event *event;
};

struct view {
    const struct program *program;
    struct intmap begun;  /* by socket */
    struct intmap at_end; /* sockets whose end of stream was found, once */
    struct intmap pairs;  /* sockets that socketpair made and that no line is about */
    struct intmap exited; /* processes that ended of their own accord, by pid */
    bool stopped;         /* by the runner */
};

struct view *view_new(const struct program *program)
{
    struct view *view = ALLOC_NEW(struct view);

    view->program = program;
    return view;
}

static void forget(struct view *view, uint64_t sock)
{
    struct begun *begun = intmap_del(&view->begun, sock);

    if (!begun)
        return;
    arena_release(&begun->arena);
    free(begun);
}

void view_free(struct view *view)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    if (!view)
        return;
    while ((slot = intmap_next(&view->begun, &pos))) {
        struct begun *begun = slot->value;

        arena_release(&begun->arena);
        free(begun);
    }
    intmap_release(&view->begun);
    intmap_release(&view->at_end);
    intmap_release(&view->pairs);
    intmap_release(&view->exited);
    free(view);
}

bool view_is_end(const struct event *event)
{
    return event->sock && event->last_ref &&
           (event->kind == EVENT_CLOSED || (event->kind == EVENT_CALL && event->canon == CANON_CLOSE));
}

static void begin(struct view *view, const struct event *event)
{
    struct begun *begun = ALLOC_NEW(struct begun);

    begun->event = event_copy(&begun->arena, event);
    intmap_set(&view->begun, event->sock, begun);
}

static void emit_end(const struct begun *begun, int err, const struct event *origin, view_emit emit,
                     void *arg)
{
    struct event connect = *begun->event;

    connect.seq = origin->seq;
    connect.end_ns = origin->end_ns;
    connect.err = err;
    connect.result = err ? -1 : 0;
    connect.kernel = origin->kernel;
    emit(arg, &connect, SEEN_TOLD, origin);
}

/* getsockopt(sock, SOL_SOCKET, SO_ERROR, [n]) = 0; a socket that has a peer is connected. */
static bool tells_end(const struct event *event, int64_t *n)
{
    int64_t level, name;

    *n = 0;
    if (event->canon == CANON_GETPEERNAME)
        return !event->err && !event->unfinished;
    return event->canon == CANON_GETSOCKOPT && !event->err && !event->unfinished && event->ncargs > 3 &&
           value_number(event->cargs[1], &level) && level == SOL_SOCKET &&
           value_number(event->cargs[2], &name) && name == SO_ERROR && value_number(event->cargs[3], n);
}

static void take_connect(struct view *view, const struct event *event, const struct begun *begun,
                         unsigned seen, view_emit emit, void *arg)
{
    bool in_progress = event->err == EINPROGRESS || event->err == EALREADY || event->err == EINTR;

    if (!begun && (event->err == EINPROGRESS || event->err == EINTR))
        begin(view, event);
    if (begun && !in_progress && !event->unfinished) {
        emit_end(begun, event->err == EISCONN ? 0 : event->err, event, emit, arg);
        forget(view, event->sock);
        seen |= SEEN_RAW;
    }
    if (view->program->has_strict || !(seen & SEEN_RAW))
        emit(arg, event, seen | (in_progress ? SEEN_AUX : 0), event);
}

/* A program talks with itself through a socket pair: that is no part of what it does on the network. */
static bool is_own_talk(struct view *view, const struct event *event)
{
    if (view->program->names_socketpair)
        return false;
    for (size_t k = 0; event->canon == CANON_SOCKETPAIR && k < ARRAY_LEN(event->made); k++)
        if (event->made[k])
            intmap_set(&view->pairs, event->made[k], view);
    return event->made[0] ? event->canon == CANON_SOCKETPAIR : intmap_get(&view->pairs, event->sock) != NULL;
}

/* Buffered readers ask once more behind the end of the stream; who goes on asking has not understood it. */
static bool is_second_end(struct view *view, const struct event *event)
{
    if (!event->is_stream || !canon_is_recv(event->canon) || event->err || event->unfinished ||
        event->result != 0 || aux_is(event))
        return false;
    if (intmap_del(&view->at_end, event->sock))
        return true;
    intmap_set(&view->at_end, event->sock, view);
    return false;
}

/*
 * The program meant to close: by ending, or by giving the descriptor away. A process that was killed, and one
 * that cleans up because the runner stops it, would have kept the socket.
 */
static bool is_meant(struct view *view, const struct event *event)
{
    struct arena arena = {0};
    const char *why = event_text(event, "why", &arena);
    bool is_exit = strcmp(why, "exit") == 0;
    bool meant = is_exit ? !view->stopped && intmap_get(&view->exited, (uint64_t)event->pid) != NULL
                         : strcmp(why, "close_range") == 0 || strcmp(why, "dup2") == 0;

    arena_release(&arena);
    return meant && event->last_ref;
}

static void emit_closed(struct view *view, const struct event *event, view_emit emit, void *arg)
{
    struct event close = *event;

    if (is_meant(view, event)) {
        close.kind = EVENT_CALL;
        close.canon = CANON_CLOSE;
        close.cargs[0] = event_arg(event, "fd");
        close.ncargs = close.cargs[0] ? 1 : 0;
        emit(arg, &close, SEEN_AUX | SEEN_TOLD, event);
    } else {
        emit(arg, event, 0, event);
    }
}

static void note_process(struct view *view, const struct event *event)
{
    struct arena arena = {0};
    const char *what = event->kind == EVENT_ROLE ? event_text(event, "what", &arena) : "";

    if (strcmp(what, "stopped") == 0 || strcmp(what, "timeout") == 0 || strcmp(what, "hung") == 0)
        view->stopped = true;
    if (event->kind == EVENT_EXIT && event_arg(event, "status"))
        intmap_set(&view->exited, (uint64_t)event->pid, view);
    arena_release(&arena);
}

static unsigned seen_as(struct view *view, const struct event *event)
{
    unsigned seen = aux_is(event) || is_second_end(view, event) ? SEEN_AUX : 0;

    if (event->canon == CANON_NONE || event->canon == CANON_OTHER || (view->stopped && !event->unfinished) ||
        (event->unfinished && seen))
        seen |= SEEN_IDLE;
    return seen;
}

static void take_call(struct view *view, const struct event *event, unsigned raw, view_emit emit, void *arg)
{
    const struct begun *begun = event->sock ? intmap_get(&view->begun, event->sock) : NULL;
    unsigned seen = raw | seen_as(view, event);
    int64_t err;

    if (event->canon == CANON_CONNECT && event->sock && !raw && !view->program->names_einprogress) {
        take_connect(view, event, begun, seen, emit, arg);
        return;
    }
    if (begun && tells_end(event, &err)) {
        emit_end(begun, (int)err, event, emit, arg);
        forget(view, event->sock);
    }
    emit(arg, event, seen, event);
}

/* The messages are the events, not the call that carried them. */
static void take_messages(struct view *view, const struct event *event, unsigned raw, view_emit emit,
                          void *arg)
{
    struct arena arena = {0};

    for (size_t i = 0; i < message_count(event); i++) {
        struct event one = message_at(event, i, &arena);

        take_call(view, &one, raw, emit, arg);
    }
    arena_release(&arena);
}

void view_take(struct view *view, const struct event *event, view_emit emit, void *arg)
{
    bool is_call = event->kind == EVENT_CALL, is_closed = event->kind == EVENT_CLOSED;
    bool own = (is_call || is_closed) && is_own_talk(view, event);

    if (!is_call && !is_closed)
        note_process(view, event);
    else if (is_call && (!own || view->program->has_strict))
        (message_is_in(event) ? take_messages : take_call)(view, event, own ? SEEN_RAW : 0, emit, arg);
    else if (is_closed && !own)
        emit_closed(view, event, emit, arg);
    if (view_is_end(event)) {
        forget(view, event->sock);
        intmap_del(&view->at_end, event->sock);
        intmap_del(&view->pairs, event->sock);
    }
}
