/* model/fold_data.c: bytes and datagrams that calls moved. */
#include "event/message.h"
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
    if (value->kind == VALUE_STRUCT)
        sum = room_in(value_field(value, "msg_hdr")) + room_in(value_field(value, "msg_iov"));
    return sum;
}

/* A result of 0 means the end only to those who asked for something. */
static bool asked_for_bytes(const struct event *event)
{
    static const char *const lengths[] = {"len", "count"}, *const vectors[] = {"iov", "msg", "msgvec"};
    int64_t len;

    for (size_t i = 0; i < ARRAY_LEN(lengths); i++)
        if (value_number(event_arg(event, lengths[i]), &len))
            return len != 0;
    for (size_t i = 0; i < ARRAY_LEN(vectors); i++)
        if (room_in(event_arg(event, vectors[i])))
            return true;
    return false;
}

static void keep_gram(struct fold *fold, const struct event *event, int direction, const uint8_t *bytes,
                      size_t len, uint64_t full)
{
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

static void keep_data(struct fold *fold, const struct event *event, int direction, const uint8_t *bytes,
                      size_t len, uint64_t full)
{
    struct life *life = fold->life;
    struct piece piece = {.node = fold->node, .tid = event->tid};

    if (event->injected.kind == INJECT_DROP)
        return;
    if (life->told.type == SOCK_DGRAM) {
        keep_gram(fold, event, direction, bytes, len, full);
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

/* One call that moved bytes, or one message of a call on several. */
static void fold_moved(struct fold *fold, struct event *event)
{
    int direction = canon_is_send(event->canon) ? MODEL_SEND : MODEL_RECV;
    uint64_t *at = &fold->life->told.bytes[direction], full;
    const uint8_t *bytes;
    size_t len;

    event->range = (struct byte_range){*at, *at};
    if (!event_data(event, &bytes, &len, &full))
        return;
    event->range.to += full;
    if (direction == MODEL_SEND || !(fold_number(event, 2, 0) & MSG_PEEK))
        *at += full;
    if (fold->node)
        keep_data(fold, event, direction, bytes, len, full);
}

static void fold_messages(struct fold *fold)
{
    struct event *event = fold->event;
    struct arena arena = {0};

    for (size_t i = 0; i < message_count(event); i++) {
        struct event one = message_at(event, i, &arena);

        fold_moved(fold, &one);
        if (!i)
            event->range.from = one.range.from;
        event->range.to = one.range.to;
    }
    arena_release(&arena);
}

void fold_data(struct fold *fold)
{
    struct event *event = fold->event;
    int direction = canon_is_send(event->canon) ? MODEL_SEND : MODEL_RECV;
    uint64_t at = fold->life->told.bytes[direction];

    if (fold->life->told.type >= 0)
        event->is_stream = fold->life->told.type == SOCK_STREAM || fold->life->told.type == SOCK_SEQPACKET;
    event->range = (struct byte_range){at, at};
    /* Urgent bytes and the error queue are beside the stream. */
    if (direction == MODEL_RECV && fold_number(event, 2, 0) & (MSG_OOB | MSG_ERRQUEUE))
        return;
    if (message_is_in(event))
        fold_messages(fold);
    else
        fold_moved(fold, event);
}
