/* compare/script.c: events become items and bytes of strands; what is chance is passed over. */
#include "compare/script.h"

#include "compare/chance.h"
#include "compare/lcs.h"
#include "compare/plain.h"
#include "event/brief.h"
#include "expect/aux.h"
#include "expect/line.h"
#include "expect/view.h"
#include "model/endpoint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* One role's events on their way into its strands. */
struct collector {
    struct script *script;
    struct actor *actor;
    struct intmap libc; /* by socket: enum libc_sock + 1, for those that may be libc's */
};

static struct strand *strand_new(struct collector *in, uint64_t sock, enum strand_how how,
                                 const struct event *event)
{
    struct strand *strand = ARENA_NEW(&in->script->arena, struct strand);

    strand->actor = in->actor;
    strand->how = how;
    strand->sock = sock;
    strand->life = model_sock(in->script->model, sock);
    strand->parent = strand->life ? strand->life->parent : 0;
    strand->peer = strand->life ? strand->life->peer : 0;
    if (event) {
        strand->pid = event->pid;
        strand->tid = event->tid;
        strand->born_seq = event->seq;
    }
    vec_push(&in->actor->strands, strand);
    if (sock)
        intmap_set(&in->actor->by_sock, sock, strand);
    return strand;
}

/* Which socket the event is about, as far as stories go. */
static uint64_t sock_of(const struct event *event)
{
    if (event->canon == CANON_SOCKET || event->canon == CANON_SOCKETPAIR)
        return event->made[0];
    if (event->canon == CANON_EPOLL_CTL && event->ncargs > 2 && event->cargs[2]->kind == VALUE_FD)
        return event->cargs[2]->fd.sock;
    return event->sock;
}

static struct strand *strand_of(struct collector *in, const struct event *event)
{
    static const enum strand_how hows[CANON_COUNT] = {
        [CANON_SOCKET] = STRAND_MADE, [CANON_SOCKETPAIR] = STRAND_PAIR, [CANON_ACCEPT] = STRAND_ACCEPTED};
    uint64_t sock = sock_of(event);
    struct strand *strand = sock ? intmap_get(&in->actor->by_sock, sock) : in->actor->strands.items[0];
    bool makes = event->kind == EVENT_CALL && !event->err;

    for (size_t k = 0; makes && k < ARRAY_LEN(event->made); k++)
        if (event->made[k] && hows[event->canon] && !intmap_get(&in->actor->by_sock, event->made[k]))
            strand_new(in, event->made[k], hows[event->canon], event);
    if (!strand)
        strand = intmap_get(&in->actor->by_sock, sock);
    if (!strand)
        strand = strand_new(in, sock, STRAND_GOT, event);
    strand->is_shared = strand->is_shared || (sock && event->pid != strand->pid);
    return strand;
}

/* ---- what libc does for itself ---- */

static void note_libc(struct collector *in, const struct event *event)
{
    uint64_t sock = event->canon == CANON_SOCKET ? event->made[0] : event->sock;
    uintptr_t kept = (uintptr_t)intmap_get(&in->libc, sock);
    enum libc_sock state;

    if (event->canon == CANON_SOCKET && sock)
        state = aux_libc_begin(event);
    else if (sock && kept)
        state = aux_libc_next((enum libc_sock)(kept - 1), event);
    else
        return;
    intmap_set(&in->libc, sock, (void *)((uintptr_t)state + 1));
}

/* A program may have been started with sockets that are none of its business. */
static bool is_idle(const struct strand *strand)
{
    if (strand->how != STRAND_GOT)
        return false;
    vec_each (const struct beat, beat, &strand->beats)
        if (beat->event->kind == EVENT_CALL)
            return false;
    return true;
}

static void end_libc(struct collector *in)
{
    vec_each (struct strand *const, it, &in->actor->strands)
        (*it)->is_foreign =
            is_idle(*it) || (uintptr_t)intmap_get(&in->libc, (*it)->sock) == (uintptr_t)LIBC_OWN + 1;
    intmap_release(&in->libc);
}

/* ---- bytes ---- */

static void add_once(struct stream *stream, bool whole, int64_t flags)
{
    for (size_t i = 0; i < (whole ? stream->whole.len : stream->flags.len); i++)
        if ((whole ? stream->whole.items : stream->flags.items)[i] == flags)
            return;
    if (whole)
        vec_push(&stream->whole, flags);
    else
        vec_push(&stream->flags, flags);
}

static void note_flags(struct stream *stream, const struct event *event)
{
    const struct value *flags = event->ncargs > 2 ? value_final(event->cargs[2]) : NULL;

    if (!flags || flags->kind != VALUE_FLAGS)
        return;
    add_once(stream, false, (int64_t)(flags->sym.n & ~flags->sym.tab->quiet));
    if (event_arg(event, "flags"))
        add_once(stream, true, (int64_t)flags->sym.n);
    else
        stream->has_plain = true;
}

static void add_bytes(struct strand *strand, const struct event *event)
{
    int direction = canon_is_send(event->canon) ? MODEL_SEND : MODEL_RECV;
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    event_data(event, &bytes, &len, &full);
    vec_push(&strand->streams[direction].segments, ((struct segment){event->range.from, event}));
    note_flags(&strand->streams[direction], event);
    vec_push(&strand->beats,
             ((struct beat){
                 .tid = event->tid, .is_bytes = true, .direction = direction, .n = full, .event = event}));
}

static int by_place(const void *a, const void *b)
{
    const struct segment *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->event->seq < y->event->seq ? -1 : x->event->seq > y->event->seq;
}

/* Several tasks may have moved bytes: they stand in the stream's order, not in that of the returns. */
static void join(struct stream *stream)
{
    if (stream->segments.len)
        qsort(stream->segments.items, stream->segments.len, sizeof(*stream->segments.items), by_place);
    vec_each (const struct segment, segment, &stream->segments) {
        const uint8_t *bytes;
        uint64_t full;
        size_t len;

        event_data(segment->event, &bytes, &len, &full);
        for (size_t i = 0; i < len; i++)
            vec_push(&stream->cells, bytes[i]);
        for (uint64_t i = len; i < full; i++)
            vec_push(&stream->cells, CELL_UNKNOWN);
    }
}

/* ---- items ---- */

static uint64_t far_of(const struct strand *strand, const struct event *event)
{
    struct endpoint endpoint;

    if (event->ncargs < 4 || !strand->sock)
        return 0;
    endpoint = endpoint_of(value_final(event->cargs[3]));
    return endpoint.kind == ENDPOINT_UNKNOWN ? 0 : endpoint_door(&endpoint);
}

static void add_item(struct strand *strand, enum item_kind kind, bool is_loose, const struct event *event,
                     const struct event *origin)
{
    bool is_gram = event->canon == CANON_SENDTO || event->canon == CANON_RECVFROM;

    vec_push(&strand->beats, ((struct beat){.tid = event->tid, .n = strand->items.len, .event = origin}));
    vec_push(&strand->items, ((struct item){.kind = kind,
                                            .event = event,
                                            .origin = origin,
                                            .is_loose = is_loose,
                                            .far = is_gram ? far_of(strand, event) : 0,
                                            .twin = LCS_NONE}));
}

static bool has_control(const struct event *event)
{
    const struct value *message = value_final(event_arg(event, "msg"));
    const struct value *control = value_final(value_field(message, "msg_control"));

    return control && control->kind == VALUE_ARRAY && control->array.len > 0;
}

static void take_end(struct strand *strand, const struct event *event, const struct event *origin)
{
    note_flags(&strand->streams[MODEL_RECV], event);
    add_item(strand, ITEM_END_OF_STREAM, false, event, origin);
}

static void take_call(struct strand *strand, const struct event *event, unsigned seen,
                      const struct event *origin)
{
    int direction = canon_is_send(event->canon) ? MODEL_SEND : canon_is_recv(event->canon) ? MODEL_RECV : -1;
    bool is_joined = event->is_stream && (!strand->life || strand->life->type != SOCK_SEQPACKET);

    if (direction >= 0 && is_joined && has_control(event) && !event->err)
        add_item(strand, ITEM_CONTROL, false, event, origin);
    if (direction >= 0 && is_joined && line_is_stream(event)) {
        add_bytes(strand, event);
        return;
    }
    if (event->err == EAGAIN || event->err == EINTR) {
        strand->is_retried = strand->is_retried || event->err == EAGAIN;
        if (direction >= 0 && is_joined)
            note_flags(&strand->streams[direction], event);
    }
    if (chance_is_passed_over(event, strand->sock != 0, seen))
        return;
    if (event->canon == CANON_CLOSE)
        add_item(strand, ITEM_CLOSE, false, event, origin);
    else if (direction == MODEL_RECV && is_joined && !event->err && !event->unfinished &&
             !chance_is_peek(event))
        take_end(strand, event, origin);
    else
        add_item(strand, ITEM_CALL,
                 chance_is_question(event) || chance_is_peek(event) || event->canon == CANON_EPOLL_CTL, event,
                 origin);
}

static void collect(void *arg, const struct event *event, unsigned seen, const struct event *origin)
{
    struct collector *in = arg;
    struct strand *strand;

    note_libc(in, event);
    if (event->canon == CANON_WAIT && chance_is_choice(event))
        intmap_set(&in->actor->choosy, (uint64_t)event->tid, in);
    strand = strand_of(in, event);
    if (event->kind != EVENT_CALL || (seen & SEEN_IDLE))
        return;
    if (event != origin || origin->message)
        event = event_copy(&in->script->arena, event);
    take_call(strand, event, seen, origin->message ? event : origin);
}

/* ---- roles ---- */

static void note_end(struct script *script, struct actor *actor, const struct event *event)
{
    struct buf text = {0};
    int64_t last;

    if (event->kind == EVENT_ROLE) {
        const char *what = event_text(event, "what", &script->arena);

        if (strcmp(what, "stopped") != 0 && strcmp(what, "timeout") != 0)
            return;
        actor->end = strcmp(what, "stopped") != 0 ? "is ended: its time is up" : "is ended by the runner";
        actor->ended = event;
        return;
    }
    if (event->kind != EVENT_EXIT || actor->ended || !value_number(event_arg(event, "last"), &last) || !last)
        return;
    event_brief(&text, event, BRIEF_STRLEN);
    actor->end = arena_strdup(&script->arena, buf_str(&text));
    actor->ended = event;
    buf_release(&text);
}

static void take_role(struct script *script, struct actor *actor)
{
    static const struct program program = {.names_socketpair = true};
    struct view *view = view_new(&program);
    struct collector in = {.script = script, .actor = actor};
    int root = 0;

    strand_new(&in, 0, STRAND_NO_SOCKET, NULL);
    actor->end = "goes on";
    vec_each (struct event *const, it, &script->trace->events) {
        if (strcmp((*it)->role, actor->role) != 0)
            continue;
        actor->ncalls += (*it)->kind == EVENT_CALL;
        root = root ? root : (*it)->pid;
        if ((*it)->pid == root || (*it)->kind == EVENT_ROLE)
            note_end(script, actor, *it);
        view_take(view, *it, collect, &in);
    }
    view_free(view);
    end_libc(&in);
}

static struct actor *actor_of(const struct script *script, const char *role)
{
    vec_each (struct actor *const, it, &script->actors)
        if (strcmp((*it)->role, role) == 0)
            return *it;
    return NULL;
}

/* In a shared socket's life each process lets go of its reference when it comes to that; whose exit is the
 * last of all is chance. */
static void settle_close(struct item *item)
{
    item->is_loose = true;
    if (item->event->kind != item->origin->kind)
        item->kind = ITEM_CHANCE;
}

/* Listeners on one address (SO_REUSEPORT): which of them gets a connection is the kernel's choice. */
static bool has_sibling(const struct actor *actor, const struct strand *strand)
{
    if (!strand->life || !strand->life->listening || !strand->life->local)
        return false;
    vec_each (struct strand *const, it, &actor->strands)
        if (*it != strand && (*it)->life && (*it)->life->listening &&
            value_equal((*it)->life->local, strand->life->local))
            return true;
    return false;
}

static void settle(struct strand *strand)
{
    bool is_any = has_sibling(strand->actor, strand);
    uint64_t moved[2] = {0, 0};

    join(&strand->streams[MODEL_SEND]);
    join(&strand->streams[MODEL_RECV]);
    vec_each (const struct beat, beat, &strand->beats) {
        if (beat->is_bytes) {
            moved[beat->direction] += beat->n;
            continue;
        }
        memcpy(strand->items.items[beat->n].moved, moved, sizeof(moved));
        if (strand->is_shared && strand->items.items[beat->n].kind == ITEM_CLOSE)
            settle_close(&strand->items.items[beat->n]);
        if (is_any && beat->event->canon == CANON_ACCEPT && !beat->event->err)
            strand->items.items[beat->n].kind = ITEM_CHANCE;
    }
}

void script_init(struct script *script, const struct trace *trace, const struct trace *other)
{
    const char *last = "";

    *script = (struct script){.trace = trace, .model = model_new()};
    choice_init(&script->choice, trace, other, &script->arena);
    vec_each (struct event *const, it, &trace->events) {
        const char *role = (*it)->role;

        model_fold(script->model, *it);
        if ((*it)->kind == EVENT_LOST || (script->actors.len && strcmp(role, last) == 0))
            continue;
        last = role;
        if (!actor_of(script, role)) {
            struct actor *actor = ARENA_NEW(&script->arena, struct actor);

            actor->role = role;
            vec_push(&script->actors, actor);
        }
    }
    vec_each (struct actor *const, actor, &script->actors) {
        take_role(script, *actor);
        vec_each (struct strand *const, strand, &(*actor)->strands)
            settle(*strand);
    }
}

static void strand_release(struct strand *strand)
{
    vec_release(&strand->items);
    vec_release(&strand->beats);
    for (int k = 0; k < 2; k++) {
        vec_release(&strand->streams[k].segments);
        vec_release(&strand->streams[k].cells);
        vec_release(&strand->streams[k].flags);
        vec_release(&strand->streams[k].whole);
    }
}

void script_release(struct script *script)
{
    vec_each (struct actor *const, actor, &script->actors) {
        vec_each (struct strand *const, strand, &(*actor)->strands)
            strand_release(*strand);
        vec_release(&(*actor)->strands);
        intmap_release(&(*actor)->by_sock);
        intmap_release(&(*actor)->choosy);
    }
    vec_release(&script->actors);
    intmap_release(&script->names);
    choice_release(&script->choice);
    model_free(script->model);
    arena_release(&script->arena);
}

size_t script_calls(const struct script *script)
{
    size_t n = 0;

    vec_each (struct actor *const, it, &script->actors)
        n += (*it)->ncalls;
    return n;
}

bool script_before(const struct script *script, const struct event *a, const struct event *b)
{
    if (a->tid == b->tid)
        return a->seq != b->seq ? a->seq < b->seq : a->message < b->message;
    return model_before(script->model, a->seq, b->seq) && !model_before(script->model, b->seq, a->seq);
}
