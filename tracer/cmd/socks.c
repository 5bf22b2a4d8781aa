/* cmd/socks.c: the model of sockets beside a trace that streams through. */
#include "cmd/socks.h"

#include "event/addr.h"

#include <sys/socket.h>

static void pass_begin(struct sink *sink, const struct trace_head *head)
{
    sink_begin(((struct socks *)sink)->next, head);
}

static void pass_enter(struct sink *sink, const struct event *event)
{
    sink_enter(((struct socks *)sink)->next, event);
}

static void pass_event(struct sink *sink, const struct event *event)
{
    struct socks *socks = (struct socks *)sink;
    const struct sock_life *life = model_sock(socks->model, event->sock);
    struct event copy = *event; /* the model fills in what is there already */

    socks->before = life ? *life : (struct sock_life){0};
    model_fold(socks->model, &copy);
    sink_event(socks->next, event);
}

static void pass_end(struct sink *sink)
{
    sink_end(((struct socks *)sink)->next);
}

const struct sock_life *socks_after(const struct socks *socks, uint64_t sock)
{
    return model_sock(socks->model, sock);
}

const struct sock_life *socks_before(const struct socks *socks, uint64_t sock)
{
    return sock && sock == socks->before.id ? &socks->before : model_sock(socks->model, sock);
}

/* A stream socket whose connect(2) failed keeps a local address that means nothing, and 0 is no port. */
static bool is_bound(const struct sock_life *life)
{
    int64_t port;

    if (life->type == SOCK_STREAM && !life->bound && !life->listening)
        return false;
    return !addr_port(life->local, &port) || port;
}

void socks_describe(const struct socks *socks, const struct sock_life *life, struct sock_info *info)
{
    const struct sock_life *peer = model_sock(socks->model, life->peer);
    bool is_at_peer = life->connected || life->connecting;

    *info = (struct sock_info){.domain = life->domain, .type = life->type, .protocol = life->protocol};
    info->inode = life->inode;
    info->peer_inode = is_at_peer && peer ? peer->inode : 0;
    info->peer = is_at_peer ? life->remote : NULL;
    info->local = is_at_peer || is_bound(life) ? life->local : NULL;
}

static bool info_of(void *arg, uint64_t sock, bool made, struct sock_info *info)
{
    const struct socks *socks = arg;
    const struct sock_life *life = made ? socks_after(socks, sock) : socks_before(socks, sock);

    if (life)
        socks_describe(socks, life, info);
    return life;
}

void socks_init(struct socks *socks, struct sink *next)
{
    static const struct sink_ops ops = {pass_begin, pass_enter, pass_event, pass_end};

    *socks = (struct socks){.sink = {&ops}, .next = next, .model = model_new()};
    socks->source = (struct sock_source){info_of, socks};
    model_without_order(socks->model);
}

void socks_release(struct socks *socks)
{
    model_free(socks->model);
}
