/* model/fold.c: each event changes the life of the socket that it was on. */
#include "model/fold.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/* Identities are given in order of birth; a trace file that names a higher one than this is not what we
 * wrote. */
enum { IDENTITY_MAX = 1 << 24 };

static const char *keep_role(struct model *model, const char *role)
{
    for (size_t i = 0; i < model->roles.len; i++)
        if (strcmp(model->roles.items[i], role) == 0)
            return model->roles.items[i];
    vec_push(&model->roles, arena_strdup(&model->arena, role));
    return model->roles.items[model->roles.len - 1];
}

struct life *fold_life(struct fold *fold, uint64_t sock)
{
    struct lives *lives = &fold->model->lives;
    struct life *life = lives_get(lives, sock);

    if (life || !sock || sock > IDENTITY_MAX)
        return life;
    life = ALLOC_NEW(struct life);
    life->told = (struct sock_life){.id = sock, .domain = -1, .type = -1, .protocol = -1};
    life->told.role = keep_role(fold->model, fold->event->role);
    intmap_set(&lives->by_id, sock, life);
    if (lives->last < sock)
        lives->last = sock;
    return life;
}

static struct life *born(struct fold *fold, int which)
{
    struct life *life = fold_life(fold, fold->event->made[which]);

    if (life)
        life->told.born_seq = fold->event->seq;
    return life;
}

int64_t fold_number(const struct event *event, size_t i, int64_t otherwise)
{
    int64_t n;

    return i < event->ncargs && value_number(event->cargs[i], &n) ? n : otherwise;
}

const struct value *fold_addr(const struct event *event, size_t i)
{
    const struct value *addr = i < event->ncargs ? value_final(event->cargs[i]) : NULL;

    return addr && addr->kind == VALUE_STRUCT ? addr : NULL;
}

static void set_addr(struct fold *fold, const struct value **told, struct endpoint *endpoint,
                     const struct value *addr)
{
    if (!addr || fold->model->is_brief || value_equal(*told, addr))
        return;
    *told = value_copy(&fold->model->arena, addr);
    *endpoint = endpoint_of(addr);
    fold->news = true;
}

void fold_set_local(struct fold *fold, struct life *life, const struct value *addr)
{
    set_addr(fold, &life->told.local, &life->local, addr);
}

void fold_set_remote(struct fold *fold, struct life *life, const struct value *addr)
{
    set_addr(fold, &life->told.remote, &life->remote, addr);
}

static void set_kernel(struct fold *fold, struct life *life)
{
    struct kernel_state *last = &life->told.last;

    *last = fold->event->kernel;
    if (last->inodes[0])
        life->told.inode = last->inodes[0];
    fold_set_local(fold, life, last->local);
    fold_set_remote(fold, life, last->peer);
    last->local = last->local ? life->told.local : NULL;
    last->peer = last->peer ? life->told.remote : NULL;
}

/* Which socket the kernel's words are about; an accept's are about two. */
static void take_kernel(struct fold *fold)
{
    const struct event *event = fold->event;
    struct life *made =
        event->canon == CANON_SOCKET || event->canon == CANON_ACCEPT ? fold_life(fold, event->made[0]) : NULL;

    if (!event->kernel.known)
        return;
    if (made)
        set_kernel(fold, made);
    else if (fold->life)
        set_kernel(fold, fold->life);
    if (made && fold->life && event->kernel.queue_max) {
        made->told.last.queue = made->told.last.queue_max = 0;
        fold->life->told.last.known = true;
        fold->life->told.last.tcp_state = TCP_LISTEN;
        fold->life->told.last.queue = event->kernel.queue;
        fold->life->told.last.queue_max = event->kernel.queue_max;
    }
}

static int type_of(const struct event *event)
{
    int64_t type = fold_number(event, 1, -1);

    return type < 0 ? -1 : (int)type & ~(SOCK_CLOEXEC | SOCK_NONBLOCK);
}

static void fold_socket(struct fold *fold)
{
    struct life *life = born(fold, 0);

    if (!life)
        return;
    life->told.domain = (int)fold_number(fold->event, 0, -1);
    life->told.type = type_of(fold->event);
    life->told.protocol = (int)fold_number(fold->event, 2, -1);
}

static void fold_socketpair(struct fold *fold)
{
    struct life *ends[2] = {born(fold, 0), born(fold, 1)};

    for (int i = 0; i < 2 && ends[0] && ends[1]; i++) {
        ends[i]->told.domain = (int)fold_number(fold->event, 0, -1);
        ends[i]->told.type = type_of(fold->event);
        ends[i]->told.protocol = (int)fold_number(fold->event, 2, -1);
        ends[i]->told.inode = fold->event->kernel.inodes[i];
        ends[i]->told.connected = true;
    }
    if (ends[0] && ends[1])
        pairing_join(ends[0], ends[1]);
}

static void fold_bind(struct fold *fold)
{
    fold->life->told.bound = true;
    if (!fold->event->kernel.local)
        fold_set_local(fold, fold->life, fold_addr(fold->event, 1));
}

static void is_listener(struct life *life)
{
    life->told.listening = true;
    if (life->told.type < 0)
        life->told.type = SOCK_STREAM;
}

static void fold_listen(struct fold *fold)
{
    struct life *life = fold->life;

    is_listener(life);
    if (!life->listen_ns)
        life->listen_ns = fold->event->start_ns;
    if (!life->flow.listened)
        life->flow.listened = fold->node;
}

/* The address that a call gave back, where the program had room for all of it. */
static const struct value *whole_addr(const struct event *event)
{
    const struct value *len = event_arg(event, "addrlen");
    int64_t room, full;

    if (len && len->kind == VALUE_CHANGED && value_number(len->changed.before, &room) &&
        value_number(len->changed.after, &full) && full > room)
        return NULL;
    return fold_addr(event, 1);
}

static void fold_accept(struct fold *fold)
{
    struct life *life = born(fold, 0), *listener = fold->life;

    if (!life)
        return;
    is_listener(listener);
    life->told.parent = listener->told.id;
    life->told.domain = listener->told.domain;
    life->told.type = listener->told.type;
    life->told.protocol = listener->told.protocol;
    life->told.connected = life->by_accept = fold->news = true;
    life->accepted_ns = fold->event->end_ns;
    life->flow.accepted = fold->node;
    if (!fold->event->kernel.peer)
        fold_set_remote(fold, life, whole_addr(fold->event));
    if (!life->told.local) {
        life->told.local = listener->told.local;
        life->local = listener->local;
    }
}

static void fold_shutdown(struct fold *fold)
{
    int64_t how = fold_number(fold->event, 1, -1);

    if (how == SHUT_RD || how == SHUT_RDWR)
        fold->life->told.shut[MODEL_RECV] = true;
    if (how == SHUT_WR || how == SHUT_RDWR) {
        fold->life->told.shut[MODEL_SEND] = true;
        if (fold->node)
            flow_shut(&fold->life->flow, fold->node, fold->event->tid);
    }
}

static void fold_getsockname(struct fold *fold)
{
    fold_set_local(fold, fold->life, whole_addr(fold->event));
}

static void fold_getpeername(struct fold *fold)
{
    fold_set_remote(fold, fold->life, whole_addr(fold->event));
}

static void fold_end(struct fold *fold)
{
    if (fold->node)
        vec_push(&fold->life->flow.ends, fold->node);
    if (fold->event->last_ref)
        fold->life->told.ended_seq = fold->event->seq;
}

/* Of calls on a known socket that succeeded. */
static void (*const folds[CANON_COUNT])(struct fold *fold) = {
    [CANON_BIND] = fold_bind,
    [CANON_LISTEN] = fold_listen,
    [CANON_ACCEPT] = fold_accept,
    [CANON_SHUTDOWN] = fold_shutdown,
    [CANON_GETSOCKNAME] = fold_getsockname,
    [CANON_GETPEERNAME] = fold_getpeername,
};

static void find_peer(struct fold *fold, struct life *life)
{
    struct model *model = fold->model;

    if (!life)
        return;
    if (life->told.type == SOCK_DGRAM)
        pairing_dgram(&model->pairing, &model->lives, life);
    else if (life->by_accept || (life->by_connect && life->told.connected))
        pairing_stream(&model->pairing, &model->lives, life);
}

static void fold_on_socket(struct fold *fold)
{
    struct event *event = fold->event;

    if (fold->life->told.connecting && event->canon != CANON_CONNECT)
        fold_watch_connect(fold);
    if (event->canon == CANON_CONNECT)
        fold_connect(fold);
    else if (event->canon == CANON_CLOSE)
        fold_end(fold);
    else if (canon_is_send(event->canon) || canon_is_recv(event->canon))
        fold_data(fold);
    else if (!event->err && folds[event->canon])
        folds[event->canon](fold);
}

void fold_call(struct fold *fold)
{
    struct event *event = fold->event;

    /* EBADF: the number was this socket's, but the call was on none. */
    if (event->unfinished || event->err == EBADF)
        return;
    take_kernel(fold);
    if (event->injected.kind == INJECT_ERROR && !canon_is_send(event->canon) && !canon_is_recv(event->canon))
        return;
    if (event->canon == CANON_SOCKET)
        fold_socket(fold);
    else if (event->canon == CANON_SOCKETPAIR)
        fold_socketpair(fold);
    else if (fold->life)
        fold_on_socket(fold);
    if (!fold->news || fold->model->is_brief)
        return;
    find_peer(fold, fold->life);
    find_peer(fold, lives_get(&fold->model->lives, event->made[0]));
}

/* What an inherited socket is, where the trace says it. */
void fold_start(struct fold *fold)
{
    const struct value *list = value_final(event_arg(fold->event, "sockets"));

    for (size_t i = 0; list && list->kind == VALUE_ARRAY && i < list->array.len; i++) {
        const struct value *fd = value_final(value_field(list->array.items[i], "fd"));
        struct life *life = fd && fd->kind == VALUE_FD ? fold_life(fold, fd->fd.sock) : NULL;
        int64_t n;

        if (life && value_number(value_field(list->array.items[i], "inode"), &n))
            life->told.inode = (uint64_t)n;
        if (life && value_number(value_field(list->array.items[i], "domain"), &n))
            life->told.domain = (int)n;
        if (life && value_number(value_field(list->array.items[i], "type"), &n))
            life->told.type = (int)n;
    }
}

void fold_closed(struct fold *fold)
{
    if (!fold->life)
        return;
    take_kernel(fold);
    fold_end(fold);
}
