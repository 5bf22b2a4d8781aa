/* model/fdcall.c: the table of calls that make, copy and close descriptors. */
#include "model/fdcall.h"

#include "base/alloc.h"
#include "base/text.h"
#include "model/fdmsg.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

enum { SOCK_TYPE_BITS = 0xf };

enum fd_use {
    USE_ANY,     /* the first argument may be any descriptor */
    USE_SOCKET,  /* a success proves that it is a socket */
    USE_EITHER,  /* the call works on whichever of its descriptors is a socket */
    USE_FOREIGN, /* event->sock is what the caller found in another process */
};

struct row {
    const char *name;
    void (*at_entry)(struct fdcall *call);
    void (*at_success)(struct fdcall *call);
    void (*at_failure)(struct fdcall *call);
    enum fd_use use;
};

static int64_t number(const struct fdcall *call, const char *arg, int64_t otherwise)
{
    int64_t n;

    return value_number(event_arg(call->event, arg), &n) ? n : otherwise;
}

/* The descriptor that the call works on, or -1. */
static int call_fd(const struct event *event)
{
    int at = event_fd_arg(event);

    return at < 0 ? -1 : event->args[at].value->fd.n;
}

static struct fdent *arg_ent(const struct fdcall *call, size_t i)
{
    const struct value *value = i < call->event->nargs ? call->event->args[i].value : NULL;

    return value && value->kind == VALUE_FD ? fdtab_find(*call->tab, value->fd.n) : NULL;
}

/* The entry of the descriptor that the call works on, and which argument that is. */
static struct fdent *find_worked_on(const struct fdcall *call, const struct row *row, size_t *at)
{
    static const enum fd_kind wanted[] = {FD_SOCKET, FD_WAS_SOCKET};

    for (size_t w = 0; row && row->use == USE_EITHER && w < ARRAY_LEN(wanted); w++)
        for (*at = 0; *at < call->event->nargs; ++*at) {
            struct fdent *ent = arg_ent(call, *at);

            if (ent && ent->kind == wanted[w])
                return ent;
        }
    *at = 0;
    return arg_ent(call, 0);
}

/* The event is about this socket, which is behind its argument `at`. */
static void set_sock(struct fdcall *call, size_t at, uint64_t sock)
{
    const struct value *old = at < call->event->nargs ? call->event->args[at].value : NULL;

    call->event->sock = sock;
    if (old && old->kind == VALUE_FD && old->fd.sock != sock)
        call->event->args[at].value = value_fd_of(call->arena, old->fd.n, sock);
}

static void tell_closed(struct fdcall *call, int fd, uint64_t sock, bool last, const char *why)
{
    struct event *event = ARENA_NEW(call->arena, struct event);

    event->kind = EVENT_CLOSED;
    event->start_ns = event->end_ns = call->event->end_ns;
    event->role = call->event->role;
    event->pid = call->event->pid;
    event->tid = call->event->tid;
    event->name = "";
    event->sock = sock;
    event->last_ref = last;
    if (fd >= 0)
        event_add(event, "fd", value_fd_of(call->arena, fd, sock));
    event_add(event, "why", value_bytes(call->arena, why, strlen(why), strlen(why)));
    vec_push(&call->closed, event);
}

void fdcall_orphans(struct fdcall *call)
{
    for (size_t i = 0; i < call->refs->orphans.len; i++)
        tell_closed(call, -1, call->refs->orphans.items[i], true, "in flight");
    call->refs->orphans.len = 0;
}

/* What the number had is closed by the way. */
static void overwrite(struct fdcall *call, int fd, const char *why)
{
    const struct fdent *old = fdtab_find(*call->tab, fd);

    if (old && old->kind == FD_SOCKET)
        tell_closed(call, fd, old->sock, refs_drop(call->refs, old->sock), why);
}

void fdcall_install(struct fdcall *call, struct fdent ent, const char *why)
{
    if (ent.kind == FD_SOCKET)
        refs_hold(call->refs, ent.sock);
    overwrite(call, ent.fd, why);
    fdtab_put(*call->tab, ent);
}

/* A number that a call gave away was free: if the table says otherwise, a close was not seen. */
static void install_new(struct fdcall *call, int64_t fd, uint64_t sock, bool cloexec)
{
    fdcall_install(call, (struct fdent){.fd = (int)fd, .kind = FD_SOCKET, .cloexec = cloexec, .sock = sock},
                   "unseen");
}

static void after_socket(struct fdcall *call)
{
    int64_t type = number(call, "type", -1);

    call->event->made[0] =
        refs_make(call->refs, (int)number(call, "domain", -1), type < 0 ? -1 : (int)type & SOCK_TYPE_BITS);
    install_new(call, call->event->result, call->event->made[0], type >= 0 && type & SOCK_CLOEXEC);
}

static void after_socketpair(struct fdcall *call)
{
    const struct value *sv = value_final(event_arg(call->event, "sv"));
    int64_t type = number(call, "type", 0), fds[2];

    if (!sv || sv->kind != VALUE_ARRAY || sv->array.len != 2 || !value_number(sv->array.items[0], &fds[0]) ||
        !value_number(sv->array.items[1], &fds[1]))
        return;
    for (int i = 0; i < 2; i++) {
        call->event->made[i] =
            refs_make(call->refs, (int)number(call, "domain", -1), (int)type & SOCK_TYPE_BITS);
        install_new(call, fds[i], call->event->made[i], type & SOCK_CLOEXEC);
    }
    refs_get(call->refs, call->event->made[0])->peer = call->event->made[1];
    refs_get(call->refs, call->event->made[1])->peer = call->event->made[0];
}

static void after_listen(struct fdcall *call)
{
    struct ref_sock *sock = refs_get(call->refs, call->event->sock);

    if (sock && sock->type < 0)
        sock->type = SOCK_STREAM;
}

static void after_accept(struct fdcall *call)
{
    const struct ref_sock *listener;

    after_listen(call);
    listener = refs_get(call->refs, call->event->sock);
    call->event->made[0] =
        refs_make(call->refs, listener ? listener->domain : -1, listener ? listener->type : SOCK_STREAM);
    install_new(call, call->event->result, call->event->made[0], number(call, "flags", 0) & SOCK_CLOEXEC);
}

/* The reference goes at entry: before the return is seen, the kernel may have given the number to someone
 * else. */
static void before_close(struct fdcall *call)
{
    struct fdent *ent = fdtab_find(*call->tab, call_fd(call->event));

    if (!ent || event_is_skipped(call->event))
        return;
    if (ent->kind == FD_SOCKET) {
        call->event->last_ref = refs_drop(call->refs, ent->sock);
        ent->kind = FD_WAS_SOCKET;
    } else if (ent->kind == FD_EPOLL) {
        fdtab_put(*call->tab, (struct fdent){.fd = ent->fd, .kind = FD_OTHER});
    }
}

static void copy_fd(struct fdcall *call, bool cloexec)
{
    const struct fdent *old = fdtab_find(*call->tab, call_fd(call->event));
    struct fdent ent = {.fd = (int)call->event->result, .cloexec = cloexec};

    if (ent.fd == call_fd(call->event))
        return;
    if (call->event->sock) {
        ent.kind = FD_SOCKET;
        ent.sock = call->event->sock;
    } else if (old && old->kind == FD_EPOLL) {
        ent.kind = FD_EPOLL;
    }
    fdcall_install(call, ent, "dup2");
}

static void after_dup(struct fdcall *call)
{
    copy_fd(call, number(call, "flags", 0) & O_CLOEXEC);
}

static void set_cloexec(struct fdcall *call, bool cloexec)
{
    struct fdent *ent = fdtab_find(*call->tab, call_fd(call->event));

    if (ent)
        ent->cloexec = cloexec;
}

static void after_fcntl(struct fdcall *call)
{
    switch (number(call, "cmd", -1)) {
    case F_DUPFD: copy_fd(call, false); break;
    case F_DUPFD_CLOEXEC: copy_fd(call, true); break;
    case F_SETFD: set_cloexec(call, number(call, "arg", 0) & FD_CLOEXEC); break;
    default: break;
    }
}

static void after_ioctl(struct fdcall *call)
{
    int64_t request = number(call, "request", 0);

    if (request == FIOCLEX || request == FIONCLEX)
        set_cloexec(call, request == FIOCLEX);
    if (request == SIOCGSKNS) /* gives a descriptor of the network namespace */
        fdcall_install(call, (struct fdent){.fd = (int)call->event->result, .kind = FD_OTHER}, "unseen");
}

/* A reference that is on its way: its owner may close the last other one before the return is seen. */
static void before_pidfd_getfd(struct fdcall *call)
{
    refs_hold(call->refs, call->event->sock);
}

static void drop_reference(struct fdcall *call)
{
    uint64_t sock = call->event->sock;

    if (sock && refs_drop(call->refs, sock))
        tell_closed(call, -1, sock, true, "in flight");
}

/* Where the owner is not traced the kernel's answer shows whether it is a socket: each has a name. */
static void after_pidfd_getfd(struct fdcall *call)
{
    struct event *event = call->event;

    if (!event->sock && event->kernel.local) {
        event->sock = refs_inherit(call->refs, event->kernel.inodes[0], -1, -1);
        refs_hold(call->refs, event->sock);
    }
    if (event->sock)
        install_new(call, event->result, event->sock, true);
    else
        fdcall_install(call, (struct fdent){.fd = (int)event->result, .kind = FD_OTHER}, "unseen");
    drop_reference(call);
}

static void after_epoll_create(struct fdcall *call)
{
    struct fdent ent = {.fd = (int)call->event->result, .kind = FD_EPOLL};

    ent.cloexec = number(call, "flags", 0) & EPOLL_CLOEXEC;
    fdcall_install(call, ent, "unseen");
}

struct fd_span {
    unsigned first, last;
};

static bool in_span(const struct fdent *ent, const void *arg)
{
    const struct fd_span *span = arg;

    return (unsigned)ent->fd >= span->first && (unsigned)ent->fd <= span->last;
}

static struct fd_span span_of(const struct fdcall *call)
{
    return (struct fd_span){(unsigned)number(call, "first", 0), (unsigned)number(call, "last", -1)};
}

static bool is_going(const struct fdent *ent, const void *arg)
{
    return ent->going && in_span(ent, arg);
}

/* Before the return is seen the kernel may give numbers of the range to other threads: without flags the call
 * can only fail where the range is none. */
static void before_close_range(struct fdcall *call)
{
    struct fd_span span = span_of(call);

    if (number(call, "flags", 0))
        return;
    vec_each (struct fdent, ent, &(*call->tab)->ents)
        if (in_span(ent, &span))
            ent->going = true;
}

static void after_close_range(struct fdcall *call)
{
    struct fd_span span = span_of(call);
    int64_t flags = number(call, "flags", 0);

    if (flags & CLOSE_RANGE_UNSHARE)
        fdcall_unshare(call);
    if (!(flags & CLOSE_RANGE_CLOEXEC)) {
        fdcall_close_all(call, flags ? in_span : is_going, &span, "close_range");
        return;
    }
    vec_each (struct fdent, ent, &(*call->tab)->ents)
        if (in_span(ent, &span))
            ent->cloexec = true;
}

static const struct row rows[] = {
    {"socket", .at_success = after_socket},
    {"socketpair", .at_success = after_socketpair},
    {"bind", .use = USE_SOCKET},
    {"listen", .at_success = after_listen, .use = USE_SOCKET},
    {"accept", .at_success = after_accept, .use = USE_SOCKET},
    {"accept4", .at_success = after_accept, .use = USE_SOCKET},
    {"connect", .use = USE_SOCKET},
    {"getsockname", .use = USE_SOCKET},
    {"getpeername", .use = USE_SOCKET},
    {"setsockopt", .use = USE_SOCKET},
    {"getsockopt", .use = USE_SOCKET},
    {"sendto", .use = USE_SOCKET},
    {"recvfrom", .use = USE_SOCKET},
    {"sendmsg", .at_entry = fdmsg_depart, .use = USE_SOCKET},
    {"sendmmsg", .at_entry = fdmsg_depart, .use = USE_SOCKET},
    {"recvmsg", .at_success = fdmsg_arrive, .use = USE_SOCKET},
    {"recvmmsg", .at_success = fdmsg_arrive, .use = USE_SOCKET},
    {"recvmmsg_time64", .at_success = fdmsg_arrive, .use = USE_SOCKET},
    {"send", .use = USE_SOCKET},
    {"recv", .use = USE_SOCKET},
    {"shutdown", .use = USE_SOCKET},
    {"close", .at_entry = before_close},
    {"dup", .at_success = after_dup},
    {"dup2", .at_success = after_dup},
    {"dup3", .at_success = after_dup},
    {"fcntl", .at_success = after_fcntl},
    {"fcntl64", .at_success = after_fcntl},
    {"ioctl", .at_success = after_ioctl},
    {"close_range", .at_entry = before_close_range, .at_success = after_close_range},
    {"epoll_create", .at_success = after_epoll_create},
    {"epoll_create1", .at_success = after_epoll_create},
    {"sendfile", .use = USE_EITHER},
    {"sendfile64", .use = USE_EITHER},
    {"splice", .use = USE_EITHER},
    {"tee", .use = USE_EITHER},
    {"pidfd_getfd", .at_entry = before_pidfd_getfd, .at_success = after_pidfd_getfd,
     .at_failure = drop_reference, .use = USE_FOREIGN},
};

static const struct row *row_of(const struct event *event)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (text_is(rows[i].name, event->name))
            return &rows[i];
    return NULL;
}

static void mark_stream(struct fdcall *call)
{
    enum canon canon = call->event->canon;

    call->event->is_stream =
        (canon_is_send(canon) || canon_is_recv(canon)) && refs_is_stream(call->refs, call->event->sock);
}

void fdcall_look(struct fdcall *call)
{
    const struct row *row = row_of(call->event);
    const struct fdent *ent;
    size_t at;

    if (!row || row->use != USE_FOREIGN) {
        ent = find_worked_on(call, row, &at);
        set_sock(call, at, ent && ent->kind == FD_SOCKET ? ent->sock : 0);
    }
    mark_stream(call);
}

void fdcall_enter(struct fdcall *call)
{
    const struct row *row = row_of(call->event);

    fdcall_look(call);
    call->event->last_ref = false;
    /* An event's storage may have been another's, whose end was never told. */
    refs_settle(call->refs, call->event, 0);
    if (row && row->at_entry)
        row->at_entry(call);
}

/* A socket that nobody told us of: inherited before the trace began, or received from outside. */
static void adopt(struct fdcall *call, int fd)
{
    set_sock(call, 0, refs_make(call->refs, -1, -1));
    install_new(call, fd, call->event->sock, false);
}

/* A call on a number that had stopped being a socket shows what it is: closed, or something else since. */
static void settle_former(struct fdcall *call, const struct row *row)
{
    struct event *event = call->event;
    size_t at;
    const struct fdent *ent = find_worked_on(call, row, &at);

    if (event->sock || event->unfinished || !ent || ent->kind != FD_WAS_SOCKET)
        return;
    if (event->err == EBADF)
        set_sock(call, at, ent->sock);
    else if (event->err == ENOTSOCK || (!event->err && !(row && row->use == USE_SOCKET)))
        fdtab_put(*call->tab, (struct fdent){.fd = ent->fd, .kind = FD_OTHER});
}

void fdcall_exit(struct fdcall *call)
{
    struct event *event = call->event;
    const struct row *row = row_of(event);
    bool ok = !event->unfinished && !event->err;

    refs_settle(call->refs, event, !ok ? 0 : event_arg(event, "msgvec") ? (size_t)event->result : 1);
    settle_former(call, row);
    if (!row)
        return;
    if (!ok && row->at_failure)
        row->at_failure(call);
    if (ok && row->use == USE_SOCKET && !event->sock && call_fd(event) >= 0)
        adopt(call, call_fd(event));
    if (ok && row->at_success)
        row->at_success(call);
}

void fdcall_close_all(struct fdcall *call, bool (*which)(const struct fdent *ent, const void *arg),
                      const void *arg, const char *why)
{
    struct fdtab *tab = *call->tab;

    for (size_t i = 0; i < tab->ents.len; i++) {
        struct fdent *ent = &tab->ents.items[i];

        if (which && !which(ent, arg))
            continue;
        if (ent->kind == FD_SOCKET) {
            tell_closed(call, ent->fd, ent->sock, refs_drop(call->refs, ent->sock), why);
            ent->kind = FD_WAS_SOCKET;
        } else if (ent->kind == FD_EPOLL) {
            vec_remove(&tab->ents, i);
            i--;
        }
    }
}

void fdcall_unshare(struct fdcall *call)
{
    struct fdtab *copy;

    if ((*call->tab)->users == 1)
        return;
    copy = fdtab_copy(*call->tab);
    vec_each (struct fdent, ent, &copy->ents)
        if (ent->kind == FD_SOCKET)
            refs_hold(call->refs, ent->sock);
    (*call->tab)->users--;
    *call->tab = copy;
}
