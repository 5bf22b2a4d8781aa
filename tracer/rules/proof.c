/* rules/proof.c: the predicates behind the rules. */
#include "rules/proof.h"

#include "event/brief.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

static bool fits(const struct event *event, const struct look *look)
{
    return event->kind == EVENT_CALL && event->canon == look->canon && !event->unfinished &&
           (look->outcome == EITHER || (event->err == 0) == (look->outcome == SUCCEEDED)) &&
           (!look->sock || event->sock == look->sock) && (!look->pid || event->pid == look->pid);
}

const struct event *proof_before(const struct proof *proof, struct look look)
{
    const struct trace *trace = proof->in->trace;

    for (size_t i = proof->at; i-- > 0;)
        if (fits(trace->events.items[i], &look))
            return trace->events.items[i];
    return NULL;
}

const char *proof_call_text(const struct proof *proof, const struct event *event)
{
    struct buf out = {0};
    const char *text;

    event_brief(&out, event, BRIEF_STRLEN);
    text = arena_strdup(proof->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

const struct sock_life *proof_life(const struct proof *proof)
{
    return model_sock(proof->in->model, proof->event->sock);
}

bool proof_saw_whole_life(const struct proof *proof, const struct sock_life *sock)
{
    return sock && sock->born_seq && !trace_is_lossy(proof->in->trace);
}

bool proof_fd_of(const struct event *event, int64_t *fd)
{
    return event->ncargs > 0 && value_number(event->cargs[0], fd);
}

bool proof_same_program(const struct event *a, const struct event *b)
{
    return strcmp(a->role, b->role) == 0 && (a->role[0] || a->pid == b->pid);
}

bool proof_result_unchecked(struct proof *proof)
{
    static const enum canon makers[] = {CANON_SOCKET, CANON_ACCEPT};
    const struct event *failed = NULL;
    int64_t fd;

    if (!proof_fd_of(proof->event, &fd) || fd != -1)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(makers); i++) {
        const struct event *maker = proof_before(
            proof, (struct look){.canon = makers[i], .outcome = FAILED, .pid = proof->event->pid});

        if (maker && (!failed || maker->seq > failed->seq))
            failed = maker;
    }
    if (!failed)
        return false;
    proof->what = arena_printf(proof->arena, "%s, and its result was then used as a socket: %s",
                               proof_call_text(proof, failed), proof_call_text(proof, proof->event));
    return true;
}

bool proof_data_after_failed_connect(struct proof *proof)
{
    const struct sock_life *sock = proof_life(proof);
    const struct event *last;

    if ((proof->event->err != ENOTCONN && proof->event->err != EPIPE) || !sock || sock->type == SOCK_DGRAM)
        return false;
    last = proof_before(proof, (struct look){.canon = CANON_CONNECT, .sock = proof->event->sock});
    if (!last || !last->err || last->err == EINPROGRESS || last->err == EALREADY || last->err == EINTR ||
        last->err == EISCONN || last->err == EAGAIN)
        return false;
    proof->what = arena_printf(proof->arena, "%s, and the socket was then used as if it were connected: %s",
                               proof_call_text(proof, last), proof_call_text(proof, proof->event));
    return true;
}

/* `s = socket(…) < 0` gives s the outcome of the comparison: 0 where socket succeeded, 1 where it failed. */
bool proof_precedence(struct proof *proof)
{
    const struct event *made =
        proof_before(proof, (struct look){.canon = CANON_SOCKET, .pid = proof->event->pid});
    int64_t fd;

    if (!made || !proof_fd_of(proof->event, &fd) || fd != (made->err ? 1 : 0))
        return false;
    proof->what = arena_printf(proof->arena, "%s, but the next call was made on descriptor %d: %s",
                               proof_call_text(proof, made), (int)fd, proof_call_text(proof, proof->event));
    return true;
}

bool proof_data_on_listener(struct proof *proof)
{
    bool tells = proof->event->err == ENOTCONN || proof->event->err == EPIPE;

    if (!tells || !proof->event->sock ||
        !proof_before(proof,
                      (struct look){.canon = CANON_LISTEN, .outcome = SUCCEEDED, .sock = proof->event->sock}))
        return false;
    proof->what =
        arena_printf(proof->arena, "%s was made on the listening socket, not on the one that accept returned",
                     proof_call_text(proof, proof->event));
    return true;
}

bool proof_bind_after_listen(struct proof *proof)
{
    uint64_t sock = proof->event->sock;
    const struct event *listened;

    if (!sock || !proof_saw_whole_life(proof, proof_life(proof)))
        return false;
    listened = proof_before(proof, (struct look){.canon = CANON_LISTEN, .outcome = SUCCEEDED, .sock = sock});
    if (!listened ||
        proof_before(proof, (struct look){.canon = CANON_BIND, .outcome = SUCCEEDED, .sock = sock}))
        return false;
    proof->what = arena_printf(proof->arena, "%s came first, then %s", proof_call_text(proof, listened),
                               proof_call_text(proof, proof->event));
    return true;
}

bool proof_accept_without_listen(struct proof *proof)
{
    const struct sock_life *sock = proof_life(proof);
    const struct event *tried;

    if (!proof_saw_whole_life(proof, sock) || sock->type == SOCK_DGRAM)
        return false;
    tried = proof_before(proof, (struct look){.canon = CANON_LISTEN, .sock = proof->event->sock});
    if (tried && !tried->err)
        return false;
    if (tried)
        proof->what = arena_printf(proof->arena, "%s, and then %s", proof_call_text(proof, tried),
                                   proof_call_text(proof, proof->event));
    else
        proof->what = arena_printf(proof->arena, "%s: nobody had called listen on this socket",
                                   proof_call_text(proof, proof->event));
    return true;
}

bool proof_killed_by_sigpipe(struct proof *proof)
{
    const struct event *broken = NULL;
    static const enum canon senders[] = {CANON_SEND, CANON_SENDTO};
    int64_t signo;

    if (!value_number(event_arg(proof->event, "signal"), &signo) || signo != SIGPIPE)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(senders) && !broken; i++)
        broken = proof_before(
            proof, (struct look){.canon = senders[i], .outcome = FAILED, .pid = proof->event->pid});
    if (!broken || broken->err != EPIPE)
        return false;
    proof->point = broken;
    proof->what =
        arena_printf(proof->arena, "%s, and the signal that comes with it, SIGPIPE, ended the program",
                     proof_call_text(proof, broken));
    return true;
}

static bool is_close_of(const struct event *event, int pid, int64_t fd)
{
    int64_t n;

    return event->canon == CANON_CLOSE && event->pid == pid && proof_fd_of(event, &n) && n == fd;
}

/* Programs that close every number in turn hit free ones on purpose: three closes in ascending order are such
 * a sweep. */
static bool is_sweep(const struct trace *trace, const struct event *close, int64_t fd)
{
    int64_t below = fd, above = fd;

    for (size_t i = trace->events.len; i-- > 0;)
        if (trace->events.items[i]->seq < close->seq &&
            is_close_of(trace->events.items[i], close->pid, below - 1))
            below--;
    vec_each (struct event *, it, &trace->events)
        if ((*it)->seq > close->seq && is_close_of(*it, close->pid, above + 1))
            above++;
    return above - below >= 2;
}

/* The close that the event comes after, of the same number; or NULL. */
static const struct event *first_close(const struct proof *proof, int64_t fd)
{
    const struct trace *trace = proof->in->trace;
    const struct event *first = NULL;

    if (fd < 0 || is_sweep(trace, proof->event, fd))
        return NULL;
    vec_each (struct event *, it, &trace->events)
        if ((*it)->seq < proof->event->seq && !(*it)->err && is_close_of(*it, proof->event->pid, fd))
            first = *it;
    return first;
}

/* Does the process make, or wait for, another descriptor that could have had the number? */
static bool goes_on(const struct proof *proof, const struct event *first)
{
    vec_each (struct event *, it, &proof->in->trace->events)
        if ((*it)->seq > first->seq && (*it)->pid == first->pid &&
            ((*it)->canon == CANON_SOCKET || (*it)->canon == CANON_ACCEPT))
            return true;
    return false;
}

static bool is_closed_twice(struct proof *proof, bool and_goes_on)
{
    const struct event *first;
    int64_t fd;

    if (!proof_fd_of(proof->event, &fd) || !(first = first_close(proof, fd)) ||
        goes_on(proof, first) != and_goes_on)
        return false;
    proof->what = arena_printf(proof->arena, "descriptor %d was closed, and closed again: %s", (int)fd,
                               proof_call_text(proof, proof->event));
    return true;
}

bool proof_closed_twice(struct proof *proof)
{
    return is_closed_twice(proof, true);
}

/* At a program's end nothing can come of it. */
bool proof_closed_twice_at_end(struct proof *proof)
{
    return is_closed_twice(proof, false);
}

bool proof_not_for_datagrams(struct proof *proof)
{
    const struct sock_life *sock = proof_life(proof);

    if (!sock || sock->type != SOCK_DGRAM)
        return false;
    proof->what =
        arena_printf(proof->arena, "%s was made on a datagram socket", proof_call_text(proof, proof->event));
    return true;
}

/* Threads that stop one another in this way know what they do. */
bool proof_listener_closed(struct proof *proof)
{
    const struct event *closed = proof->event->sock
                                     ? proof_before(proof, (struct look){.canon = CANON_CLOSE,
                                                                         .outcome = SUCCEEDED,
                                                                         .sock = proof->event->sock})
                                     : NULL;
    const struct event *listened =
        closed ? proof_before(
                     proof, (struct look){.canon = CANON_LISTEN, .outcome = SUCCEEDED, .sock = closed->sock})
               : NULL;

    if (!listened || closed->tid != proof->event->tid)
        return false;
    proof->what = arena_printf(proof->arena, "%s, and then %s", proof_call_text(proof, closed),
                               proof_call_text(proof, proof->event));
    return true;
}
