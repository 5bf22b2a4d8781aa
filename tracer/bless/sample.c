/* bless/sample.c: which events of a role are worth a line, and which sockets they are about. */
#include "bless/sample.h"

#include "expect/aux.h"
#include "expect/line.h"
#include "expect/view.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>

struct sample_sock *sample_sock(const struct sample *sample, uint64_t id)
{
    return id ? intmap_get(&sample->by_id, id) : NULL;
}

static struct sample_sock *meet(struct sample *sample, uint64_t id, const struct event *made,
                                struct arena *arena)
{
    struct sample_sock *sock = sample_sock(sample, id);

    if (sock || !id)
        return sock;
    sock = ARENA_NEW(arena, struct sample_sock);
    sock->id = id;
    sock->made = made;
    vec_push(&sample->socks, sock);
    intmap_set(&sample->by_id, id, sock);
    return sock;
}

const struct value *sample_passed(const struct event *event)
{
    const struct value *control =
        value_final(value_field(value_final(event_arg(event, "msg")), "msg_control"));

    for (size_t i = 0; control && control->kind == VALUE_ARRAY && i < control->array.len; i++) {
        const struct value *type = value_field(control->array.items[i], "cmsg_type");
        const struct value *data = value_field(control->array.items[i], "cmsg_data");
        int64_t n;

        if (value_number(type, &n) && n == SCM_RIGHTS && data && data->kind == VALUE_ARRAY &&
            data->array.len && data->array.items[0]->kind == VALUE_FD)
            return data;
    }
    return NULL;
}

static void note_passed(struct sample *sample, const struct event *event, struct arena *arena)
{
    const struct value *fds = event->err ? NULL : sample_passed(event);

    for (size_t i = 0; fds && i < fds->array.len; i++) {
        struct sample_sock *sock = meet(sample, fds->array.items[i]->fd.sock, event, arena);

        if (sock)
            sock->is_passed = true;
    }
}

static void note(struct sample *sample, const struct event *event, struct arena *arena)
{
    struct sample_sock *sock = meet(sample, event->sock, NULL, arena);

    for (size_t k = 0; k < ARRAY_LEN(event->made); k++) {
        struct sample_sock *made = meet(sample, event->made[k], event, arena);

        if (made && event->canon == CANON_ACCEPT)
            made->listener = sock;
    }
    note_passed(sample, event, arena);
    if (event->canon == CANON_WAIT || event->err == EAGAIN)
        sample->waits = true;
    if (sock && event->canon == CANON_LISTEN)
        sock->listens = true;
    if (sock && line_is_stream(event)) {
        const uint8_t *bytes;
        uint64_t full;
        size_t len;

        event_data(event, &bytes, &len, &full);
        sock->moved[canon_is_send(event->canon)] += full;
        sock->is_long =
            sock->is_long || len < full || sock->moved[canon_is_send(event->canon)] > SAMPLE_LINE_MOST;
    }
}

static void find_libc(struct sample *sample)
{
    vec_each (struct sample_sock *, it, &sample->socks) {
        struct sample_sock *sock = *it;
        const struct kin *kin = intmap_get(&sample->past.kins, sock->id);
        enum libc_sock state = sock->made ? aux_libc_begin(sock->made) : LIBC_NOT;
        bool is_candidate = false;

        for (size_t i = 0; kin && i < kin->events.len; i++) {
            is_candidate = is_candidate || state == LIBC_FAILED;
            state = aux_libc_next(state, sample->past.events.items[kin->events.items[i]].event);
        }
        /* The candidates of getaddrinfo that could not be used are the program's own doing: it tries them. */
        sock->is_libc = state == LIBC_OWN && !is_candidate;
    }
}

void sample_init(struct sample *sample, const struct bless_run *run, const char *role, struct arena *arena)
{
    static const struct program names_pairs = {.names_socketpair = true};

    *sample = (struct sample){.run = run};
    past_init(&sample->past, run->trace, role, &names_pairs, arena);
    vec_each (struct past_event, seen, &sample->past.events)
        if (seen->event->kind == EVENT_CALL && !(seen->seen & SEEN_IDLE))
            note(sample, seen->event, arena);
    find_libc(sample);
}

void sample_release(struct sample *sample)
{
    past_release(&sample->past);
    vec_release(&sample->socks);
    intmap_release(&sample->by_id);
}

/* Of what may be passed over: what a program does to a socket, or sees of it, the same way each time. */
static bool is_worth_a_line(const struct sample_sock *sock, const struct event *event)
{
    int64_t command;

    if (!event->sock || event->err == EAGAIN || event->err == EINTR)
        return false;
    switch (event->canon) {
    case CANON_SETSOCKOPT:
    case CANON_GETSOCKOPT:
    case CANON_GETSOCKNAME:
    case CANON_GETPEERNAME:
    case CANON_RECV:
    case CANON_RECVFROM: return true;
    /* Whether it is the last reference depends on who else has closed what travelled. */
    case CANON_CLOSE: return sock && sock->is_passed && !event->err;
    case CANON_FCNTL:
        return event->ncargs > 1 && value_number(event->cargs[1], &command) &&
               (command == F_SETFL || command == F_GETFL);
    default: return false;
    }
}

bool sample_tells(const struct sample *sample, const struct past_event *seen, bool all)
{
    const struct event *event = seen->event;
    const struct sample_sock *sock = sample_sock(sample, event->sock),
                             *made = sample_sock(sample, event->made[0]);

    if (event->kind != EVENT_CALL || (seen->seen & (SEEN_IDLE | SEEN_RAW)) || event->unfinished)
        return false;
    if ((sock && sock->is_libc) || (made && made->is_libc))
        return false;
    if (!(seen->seen & SEEN_AUX))
        return true;
    return all && !(seen->seen & SEEN_TOLD) && is_worth_a_line(sock, event);
}

static const struct event *peers_call(const struct sample *sample, bool is_connect, uint64_t peer,
                                      uint64_t offset)
{
    vec_each (struct event *const, it, &sample->run->trace->events) {
        if ((*it)->kind != EVENT_CALL || (*it)->sock != peer)
            continue;
        if (is_connect
                ? (*it)->canon == CANON_CONNECT
                : canon_is_send((*it)->canon) && (*it)->range.from <= offset && offset < (*it)->range.to)
            return *it;
    }
    return NULL;
}

const struct event *sample_cause(const struct sample *sample, const struct event *event, uint64_t offset)
{
    bool is_accept = event->canon == CANON_ACCEPT;
    const struct sock_life *life = model_sock(sample->run->model, is_accept ? event->made[0] : event->sock);

    return life && life->peer ? peers_call(sample, is_accept, life->peer, offset) : NULL;
}
