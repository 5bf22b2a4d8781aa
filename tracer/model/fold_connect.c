/* model/fold_connect.c: connections from the side that asks for them. */
#include "model/fold.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/* The connection stands; `proved`: by this event, which therefore comes after the listen. */
static void connect_done(struct fold *fold, bool proved)
{
    struct life *life = fold->life;

    life->told.connected = fold->news = true;
    life->up_ns = fold->event->end_ns;
    if (!proved)
        return;
    life->told.connecting = false;
    life->flow.up = fold->node;
}

static void connect_begun(struct fold *fold)
{
    struct life *life = fold->life;

    if (!life->told.connecting) {
        life->connect_ns = fold->event->start_ns;
        life->flow.connected = fold->node;
    }
    life->told.connecting = life->by_connect = true;
    if (!fold->event->kernel.peer)
        fold_set_remote(fold, life, fold_addr(fold->event, 1));
}

static void connect_failed(struct life *life)
{
    life->told.connecting = life->told.connected = false;
    life->flow.connected = 0;
}

/* connect(2) to AF_UNSPEC dissolves what was there. */
static void disconnect(struct life *life)
{
    connect_failed(life);
    life->told.peer = 0;
    life->told.remote = NULL;
    life->remote = (struct endpoint){.kind = ENDPOINT_UNKNOWN};
}

static void connect_dgram(struct fold *fold)
{
    struct life *life = fold->life;

    disconnect(life);
    life->told.connected = fold->news = true;
    fold_set_remote(fold, life, fold_addr(fold->event, 1));
}

void fold_connect(struct fold *fold)
{
    const struct value *addr = fold_addr(fold->event, 1);
    struct life *life = fold->life;
    int64_t family = -1;

    value_number(value_field(addr, "sa_family"), &family);
    switch (fold->event->err) {
    case 0:
        if (family == AF_UNSPEC) {
            disconnect(life);
        } else if (life->told.type == SOCK_DGRAM) {
            connect_dgram(fold);
        } else {
            connect_begun(fold);
            connect_done(fold, true);
        }
        break;
    case EINPROGRESS:
    case EINTR: connect_begun(fold); break;
    case EALREADY: break;
    case EISCONN:
        if (life->told.connecting)
            connect_done(fold, true);
        break;
    default:
        if (!life->told.connected)
            connect_failed(life);
        break;
    }
}

static bool is_up(uint8_t tcp_state)
{
    return tcp_state && tcp_state != TCP_SYN_SENT && tcp_state != TCP_CLOSE && tcp_state != TCP_LISTEN;
}

/* What else shows that a connect under way is done: the kernel's word, moved bytes, getpeername, SO_ERROR. */
void fold_watch_connect(struct fold *fold)
{
    const struct event *event = fold->event;
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    if (event->kernel.known && event->kernel.tcp_state) {
        if (is_up(event->kernel.tcp_state))
            connect_done(fold, true);
        else if (event->kernel.tcp_state == TCP_CLOSE)
            connect_failed(fold->life);
        return;
    }
    if (event_data(event, &bytes, &len, &full) || (event->canon == CANON_GETPEERNAME && !event->err)) {
        connect_done(fold, true);
    } else if (event->canon == CANON_GETSOCKOPT && !event->err && fold_number(event, 1, -1) == SOL_SOCKET &&
               fold_number(event, 2, -1) == SO_ERROR) {
        if (fold_number(event, 3, -1) == 0)
            connect_done(fold, false);
        else
            connect_failed(fold->life);
    }
}
