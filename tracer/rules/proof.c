/* rules/proof.c: the predicates behind the rules. */
#include "rules/proof.h"

#include "event/addr.h"
#include "event/brief.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum outcome { EITHER, SUCCEEDED, FAILED };

/* What is looked for in the rest of the trace; zeros are not compared. */
struct look {
    enum canon canon;
    enum outcome outcome;
    uint64_t sock;
    int pid;
};

static bool fits(const struct event *event, const struct look *look)
{
    return event->kind == EVENT_CALL && event->canon == look->canon && !event->unfinished &&
           (look->outcome == EITHER || (event->err == 0) == (look->outcome == SUCCEEDED)) &&
           (!look->sock || event->sock == look->sock) && (!look->pid || event->pid == look->pid);
}

/* The nearest event before the one in question that fits, or NULL. */
static const struct event *before(const struct proof *proof, struct look look)
{
    const struct trace *trace = proof->in->trace;

    for (size_t i = proof->at; i-- > 0;)
        if (fits(trace->events.items[i], &look))
            return trace->events.items[i];
    return NULL;
}

static const char *call_text(const struct proof *proof, const struct event *event)
{
    struct buf out = {0};
    const char *text;

    event_brief(&out, event, BRIEF_STRLEN);
    text = arena_strdup(proof->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static const struct sock_life *life(const struct proof *proof)
{
    return model_sock(proof->in->model, proof->event->sock);
}

/* What the trace does not show may have happened unseen: before an attach, in a parent, in a lost stretch. */
static bool saw_whole_life(const struct proof *proof, const struct sock_life *sock)
{
    return sock && sock->born_seq && !trace_is_lossy(proof->in->trace);
}

static bool fd_of(const struct event *event, int64_t *fd)
{
    return event->ncargs > 0 && value_number(event->cargs[0], fd);
}

/* Roles tell programs apart; where there are none, processes do. */
static bool same_program(const struct event *a, const struct event *b)
{
    return strcmp(a->role, b->role) == 0 && (a->role[0] || a->pid == b->pid);
}

bool proof_result_unchecked(struct proof *proof)
{
    static const enum canon makers[] = {CANON_SOCKET, CANON_ACCEPT};
    const struct event *failed = NULL;
    int64_t fd;

    if (!fd_of(proof->event, &fd) || fd != -1)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(makers); i++) {
        const struct event *maker =
            before(proof, (struct look){.canon = makers[i], .outcome = FAILED, .pid = proof->event->pid});

        if (maker && (!failed || maker->seq > failed->seq))
            failed = maker;
    }
    if (!failed)
        return false;
    proof->what = arena_printf(proof->arena, "%s, and its result was then used as a socket: %s",
                               call_text(proof, failed), call_text(proof, proof->event));
    return true;
}

bool proof_data_after_failed_connect(struct proof *proof)
{
    const struct sock_life *sock = life(proof);
    const struct event *last;

    if ((proof->event->err != ENOTCONN && proof->event->err != EPIPE) || !sock || sock->type == SOCK_DGRAM)
        return false;
    last = before(proof, (struct look){.canon = CANON_CONNECT, .sock = proof->event->sock});
    if (!last || !last->err || last->err == EINPROGRESS || last->err == EALREADY || last->err == EINTR ||
        last->err == EISCONN || last->err == EAGAIN)
        return false;
    proof->what = arena_printf(proof->arena, "%s, and the socket was then used as if it were connected: %s",
                               call_text(proof, last), call_text(proof, proof->event));
    return true;
}

/* `s = socket(…) < 0` gives s the outcome of the comparison: 0 where socket succeeded, 1 where it failed. */
bool proof_precedence(struct proof *proof)
{
    const struct event *made = before(proof, (struct look){.canon = CANON_SOCKET, .pid = proof->event->pid});
    int64_t fd;

    if (!made || !fd_of(proof->event, &fd) || fd != (made->err ? 1 : 0))
        return false;
    proof->what = arena_printf(proof->arena, "%s, but the next call was made on descriptor %d: %s",
                               call_text(proof, made), (int)fd, call_text(proof, proof->event));
    return true;
}

bool proof_next_number(const struct value *text, size_t *at, int64_t *number)
{
    enum { MOST_DIGITS = 10 };
    size_t from;

    if (!text || text->kind != VALUE_BYTES)
        return false;
    while (*at < text->bytes.len && !isdigit(text->bytes.ptr[*at]))
        ++*at;
    *number = 0;
    for (from = *at; *at < text->bytes.len && isdigit(text->bytes.ptr[*at]) && *at - from < MOST_DIGITS;
         ++*at)
        *number = *number * 10 + (text->bytes.ptr[*at] - '0');
    return *at > from;
}

static bool text_has_number(const struct value *text, int64_t number)
{
    size_t at = 0;
    int64_t n;

    while (proof_next_number(text, &at, &n))
        if (n == number)
            return true;
    return false;
}

/* Was the program given this port: as a parameter of the run, or on its command line? */
static bool was_told(const struct proof *proof, int64_t port)
{
    const struct trace *trace = proof->in->trace;

    for (size_t i = 0; i < trace->head.nparams; i++)
        if (text_has_number(trace->head.params[i].value, port))
            return true;
    vec_each (const struct event *, it, &proof->starts->list) {
        const struct value *argv = event_arg(*it, "argv");

        if (!argv || argv->kind != VALUE_ARRAY || !same_program(*it, proof->event))
            continue;
        for (size_t i = 1; i < argv->array.len; i++)
            if (text_has_number(argv->array.items[i], port))
                return true;
    }
    return false;
}

bool proof_swaps_port(const struct event *event, int64_t *swapped)
{
    enum { FIRST_UNPRIVILEGED = 1024 };
    int64_t port;

    if (!addr_port(event_addr(event), &port))
        return false;
    *swapped = (port & 0xff) << 8 | (port >> 8 & 0xff);
    /* A small number on a command line is as likely a count as a port. */
    return *swapped != port && *swapped >= FIRST_UNPRIVILEGED;
}

bool proof_port_swapped(struct proof *proof)
{
    int64_t port, swapped;

    if (!proof_swaps_port(proof->event, &swapped) || !addr_port(event_addr(proof->event), &port) ||
        !was_told(proof, swapped) || was_told(proof, port))
        return false;
    proof->what = arena_printf(proof->arena, "%s names port %d, which is %d with its two bytes swapped",
                               call_text(proof, proof->event), (int)port, (int)swapped);
    return true;
}

bool proof_data_on_listener(struct proof *proof)
{
    bool tells = proof->event->err == ENOTCONN || proof->event->err == EPIPE;

    if (!tells || !proof->event->sock ||
        !before(proof,
                (struct look){.canon = CANON_LISTEN, .outcome = SUCCEEDED, .sock = proof->event->sock}))
        return false;
    proof->what =
        arena_printf(proof->arena, "%s was made on the listening socket, not on the one that accept returned",
                     call_text(proof, proof->event));
    return true;
}

bool proof_bind_after_listen(struct proof *proof)
{
    uint64_t sock = proof->event->sock;
    const struct event *listened;

    if (!sock || !saw_whole_life(proof, life(proof)))
        return false;
    listened = before(proof, (struct look){.canon = CANON_LISTEN, .outcome = SUCCEEDED, .sock = sock});
    if (!listened || before(proof, (struct look){.canon = CANON_BIND, .outcome = SUCCEEDED, .sock = sock}))
        return false;
    proof->what = arena_printf(proof->arena, "%s came first, then %s", call_text(proof, listened),
                               call_text(proof, proof->event));
    return true;
}

bool proof_accept_without_listen(struct proof *proof)
{
    const struct sock_life *sock = life(proof);
    const struct event *tried;

    if (!saw_whole_life(proof, sock) || sock->type == SOCK_DGRAM)
        return false;
    tried = before(proof, (struct look){.canon = CANON_LISTEN, .sock = proof->event->sock});
    if (tried && !tried->err)
        return false;
    if (tried)
        proof->what = arena_printf(proof->arena, "%s, and then %s", call_text(proof, tried),
                                   call_text(proof, proof->event));
    else
        proof->what = arena_printf(proof->arena, "%s: nobody had called listen on this socket",
                                   call_text(proof, proof->event));
    return true;
}

/* The address at which a listen took effect, or NULL. */
static const struct value *listened_at(const struct proof *proof, const struct event *event)
{
    const struct sock_life *sock = event->canon == CANON_LISTEN && !event->err && !event->unfinished
                                       ? model_sock(proof->in->model, event->sock)
                                       : NULL;

    return sock ? sock->local : NULL;
}

/* Does any socket of the trace listen where this connect went? */
static bool someone_listens(const struct proof *proof, const struct value *to)
{
    vec_each (struct event *, it, &proof->in->trace->events)
        if ((*it)->kind == EVENT_CALL && addr_reaches(to, listened_at(proof, *it)))
            return true;
    return false;
}

/* Listening on a port that the kernel picks is right for those who tell it to their clients; a refused client
 * was not told. */
bool proof_listen_without_bind(struct proof *proof)
{
    const struct trace *trace = proof->in->trace;
    const struct sock_life *sock = life(proof);

    if (!saw_whole_life(proof, sock) || (sock->domain != AF_INET && sock->domain != AF_INET6) ||
        before(proof, (struct look){.canon = CANON_BIND, .outcome = SUCCEEDED, .sock = proof->event->sock}))
        return false;
    vec_each (struct event *, it, &trace->events) {
        const struct event *refused = *it;

        if (refused->canon != CANON_CONNECT || refused->err != ECONNREFUSED ||
            same_program(refused, proof->event) || someone_listens(proof, event_addr(refused)))
            continue;
        proof->what = arena_printf(proof->arena, "%s on a socket without an address, and the client's %s",
                                   call_text(proof, proof->event), call_text(proof, refused));
        return true;
    }
    return false;
}

bool proof_connect_before_listen(struct proof *proof)
{
    const struct trace *trace = proof->in->trace;
    const struct event *listened = NULL, *refused = proof->event;
    const struct value *to = event_addr(refused);

    vec_each (struct event *, it, &trace->events) {
        const struct event *event = *it;

        if (event->kind != EVENT_CALL)
            continue;
        if (event->seq > refused->seq && event->canon == CANON_CONNECT &&
            (!event->err || event->err == EINPROGRESS) && same_program(event, refused) &&
            value_equal(event_addr(event), to))
            return false;
        if (!addr_reaches(to, listened_at(proof, event)))
            continue;
        if (event->seq < refused->seq || same_program(event, refused))
            return false;
        if (!listened)
            listened = event;
    }
    if (!listened)
        return false;
    proof->what = arena_printf(proof->arena, "%s came before the %s%s%s", call_text(proof, refused),
                               listened->role, listened->role[0] ? "'s " : "", call_text(proof, listened));
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
        broken =
            before(proof, (struct look){.canon = senders[i], .outcome = FAILED, .pid = proof->event->pid});
    if (!broken || broken->err != EPIPE)
        return false;
    proof->what =
        arena_printf(proof->arena, "%s, and the signal that comes with it, SIGPIPE, ended the program",
                     call_text(proof, broken));
    return true;
}

static bool is_close_of(const struct event *event, int pid, int64_t fd)
{
    int64_t n;

    return event->canon == CANON_CLOSE && event->pid == pid && fd_of(event, &n) && n == fd;
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

bool proof_closed_twice(struct proof *proof)
{
    const struct trace *trace = proof->in->trace;
    const struct event *first = NULL;
    int64_t fd;

    if (!fd_of(proof->event, &fd) || fd < 0 || is_sweep(trace, proof->event, fd))
        return false;
    vec_each (struct event *, it, &trace->events)
        if ((*it)->seq < proof->event->seq && !(*it)->err && is_close_of(*it, proof->event->pid, fd))
            first = *it;
    if (!first)
        return false;
    proof->what = arena_printf(proof->arena, "descriptor %d was closed, and closed again: %s", (int)fd,
                               call_text(proof, proof->event));
    return true;
}

bool proof_not_for_datagrams(struct proof *proof)
{
    const struct sock_life *sock = life(proof);

    if (!sock || sock->type != SOCK_DGRAM)
        return false;
    proof->what =
        arena_printf(proof->arena, "%s was made on a datagram socket", call_text(proof, proof->event));
    return true;
}
