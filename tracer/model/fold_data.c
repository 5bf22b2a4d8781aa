/* model/fold_data.c: bytes and datagrams that calls moved. */
#include "model/fold.h"

#include <string.h>
#include <sys/socket.h>

/* Room for bytes, as the program gave it, summed over iovecs. */
static uint64_t room_in(const struct value *value)
{
    uint64_t sum = 0;
    int64_t len;

    value = value_final(value);
    if (!value)
        return 0;
    if (value_number(value_field(value, "iov_len"), &len))
        return (uint64_t)len;
    for (size_t i = 0; value->kind == VALUE_ARRAY && i < value->array.len; i++)
        sum += room_in(value->array.items[i]);
    return value->kind == VALUE_STRUCT ? room_in(value_field(value, "msg_iov")) : sum;
}

/* A result of 0 means the end only to those who asked for something. */
static bool asked_for_bytes(const struct event *event)
{
    static const char *const lengths[] = {"len", "count"}, *const vectors[] = {"iov", "msg"};
    int64_t len;

    for (size_t i = 0; i < ARRAY_LEN(lengths); i++)
        if (value_number(event_arg(event, lengths[i]), &len))
            return len != 0;
    for (size_t i = 0; i < ARRAY_LEN(vectors); i++)
        if (room_in(event_arg(event, vectors[i])))
            return true;
    return false;
}

static void keep_gram(struct fold *fold, int direction, const uint8_t *bytes, size_t len, uint64_t full)
{
    const struct event *event = fold->event;
    struct gram gram = {.node = fold->node, .tid = event->tid, .sock = event->sock, .full = full};
    const struct value *addr = fold_addr(event, 3);

    gram.far = addr ? endpoint_of(addr) : fold->life->remote;
    gram.peeked = direction == MODEL_RECV && fold_number(event, 2, 0) & MSG_PEEK;
    gram.head_len = (uint8_t)(len < GRAM_HEAD ? len : GRAM_HEAD);
    memcpy(gram.head, bytes, gram.head_len);
    if (direction == MODEL_SEND)
        vec_push(&fold->model->grams.sent, gram);
    else
        vec_push(&fold->model->grams.received, gram);
}

static void keep_data(struct fold *fold, int direction, const uint8_t *bytes, size_t len, uint64_t full)
{
    const struct event *event = fold->event;
    struct life *life = fold->life;
    struct piece piece = {.node = fold->node, .tid = event->tid};

    if (life->told.type == SOCK_DGRAM) {
        if (!event_arg(event, "msgvec"))
            keep_gram(fold, direction, bytes, len, full);
        return;
    }
    piece.start_ns = event->start_ns;
    piece.end_ns = event->end_ns;
    piece.from = event->range.from;
    piece.to = event->range.to;
    piece.peeked = direction == MODEL_RECV && fold_number(event, 2, 0) & MSG_PEEK;
    if (full || direction == MODEL_RECV)
        flow_add(&life->flow, direction, piece);
    if (!full && direction == MODEL_RECV && asked_for_bytes(event))
        vec_push(&life->flow.at_end, fold->node);
}

void fold_data(struct fold *fold)
{
    struct event *event = fold->event;
    int direction = canon_is_send(event->canon) ? MODEL_SEND : MODEL_RECV;
    int64_t flags = fold_number(event, 2, 0);
    const uint8_t *bytes;
    uint64_t *at = &fold->life->told.bytes[direction], full;
    size_t len;

    if (fold->life->told.type >= 0)
        event->is_stream = fold->life->told.type == SOCK_STREAM || fold->life->told.type == SOCK_SEQPACKET;
    event->range = (struct byte_range){*at, *at};
    /* Urgent bytes and the error queue are beside the stream. */
    if (!event_data(event, &bytes, &len, &full) ||
        (direction == MODEL_RECV && flags & (MSG_OOB | MSG_ERRQUEUE)))
        return;
    event->range.to += full;
    if (direction == MODEL_SEND || !(flags & MSG_PEEK))
        *at += full;
    if (fold->node)
        keep_data(fold, direction, bytes, len, full);
}
