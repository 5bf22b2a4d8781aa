/* model/pairing.c: connect and accept put together. */
#include "model/pairing.h"

static void note(struct intmap *map, uint64_t key, const struct life *life)
{
    intmap_set(map, key, (void *)(uintptr_t)life->told.id);
}

static struct life *noted(const struct intmap *map, const struct lives *lives, uint64_t key)
{
    return lives_get(lives, (uint64_t)(uintptr_t)intmap_get(map, key));
}

void pairing_release(struct pairing *pairing)
{
    intmap_release(&pairing->connected);
    intmap_release(&pairing->accepted);
    intmap_release(&pairing->bound);
    vec_release(&pairing->alone_connected);
    vec_release(&pairing->alone_accepted);
    vec_release(&pairing->alone_dgrams);
}

void pairing_join(struct life *a, struct life *b)
{
    a->told.peer = b->told.id;
    b->told.peer = a->told.id;
    a->guessed = b->guessed = false;
}

static bool is_free(const struct life *life)
{
    return !life->told.peer || life->guessed;
}

/* An accept cannot return before the connect began, nor a connect before the listen. */
static bool may_pair(const struct lives *lives, const struct life *connected, const struct life *accepted)
{
    const struct life *listener = lives_get(lives, accepted->told.parent);

    return endpoint_meets(&connected->remote, &accepted->local) &&
           endpoint_may_meet(&connected->local, &accepted->remote) &&
           accepted->accepted_ns >= connected->connect_ns &&
           (!listener || listener->listen_ns <= connected->up_ns);
}

static void add_alone(struct pairing *pairing, const struct life *life)
{
    if (life->by_connect)
        vec_push(&pairing->alone_connected, life->told.id);
    else
        vec_push(&pairing->alone_accepted, life->told.id);
}

static void drop_alone(struct pairing *pairing, const struct life *life)
{
    for (size_t i = 0; i < pairing->alone_connected.len; i++)
        if (pairing->alone_connected.items[i] == life->told.id)
            vec_remove(&pairing->alone_connected, i);
    for (size_t i = 0; i < pairing->alone_accepted.len; i++)
        if (pairing->alone_accepted.items[i] == life->told.id)
            vec_remove(&pairing->alone_accepted, i);
}

/* A pair that was guessed gives way to what is known. */
static void part(struct pairing *pairing, const struct lives *lives, struct life *life)
{
    struct life *other = lives_get(lives, life->told.peer);

    if (!other)
        return;
    life->told.peer = other->told.peer = 0;
    life->guessed = other->guessed = false;
    add_alone(pairing, life);
    add_alone(pairing, other);
}

static void pair(struct pairing *pairing, struct life *a, struct life *b)
{
    pairing_join(a, b);
    drop_alone(pairing, a);
    drop_alone(pairing, b);
}

/* By both addresses. */
static bool pair_known(struct pairing *pairing, const struct lives *lives, struct life *life)
{
    const struct endpoint *client = life->by_connect ? &life->local : &life->remote;
    const struct endpoint *server = life->by_connect ? &life->remote : &life->local;
    struct life *other;
    uint64_t key;

    if (client->kind == ENDPOINT_UNKNOWN || server->kind == ENDPOINT_UNKNOWN)
        return false;
    key = endpoint_pair(client, server);
    note(life->by_connect ? &pairing->connected : &pairing->accepted, key, life);
    other = noted(life->by_connect ? &pairing->accepted : &pairing->connected, lives, key);
    if (!other || other == life || !is_free(other) ||
        !may_pair(lives, life->by_connect ? life : other, life->by_connect ? other : life))
        return false;
    if (life->told.peer == other->told.id) {
        life->guessed = other->guessed = false;
        return true;
    }
    part(pairing, lives, life);
    part(pairing, lives, other);
    pair(pairing, life, other);
    return true;
}

/* By the place in the queue. */
static void pair_oldest(struct pairing *pairing, const struct lives *lives, struct life *life)
{
    size_t n = life->by_connect ? pairing->alone_accepted.len : pairing->alone_connected.len;

    for (size_t i = 0; i < n; i++) {
        struct life *other = lives_get(lives, life->by_connect ? pairing->alone_accepted.items[i]
                                                               : pairing->alone_connected.items[i]);

        if (!may_pair(lives, life->by_connect ? life : other, life->by_connect ? other : life))
            continue;
        pair(pairing, life, other);
        life->guessed = other->guessed = true;
        return;
    }
    drop_alone(pairing, life);
    add_alone(pairing, life);
}

void pairing_stream(struct pairing *pairing, const struct lives *lives, struct life *life)
{
    if (is_free(life) && !pair_known(pairing, lives, life) && !life->told.peer)
        pair_oldest(pairing, lives, life);
}

static void pair_dgram(const struct pairing *pairing, const struct lives *lives, struct life *life)
{
    const struct life *other = noted(&pairing->bound, lives, endpoint_door(&life->remote));

    if (other && other != life && !other->told.ended_seq && endpoint_meets(&other->local, &life->remote))
        life->told.peer = other->told.id;
}

static bool waits(const struct pairing *pairing, const struct life *life)
{
    for (size_t i = 0; i < pairing->alone_dgrams.len; i++)
        if (pairing->alone_dgrams.items[i] == life->told.id)
            return true;
    return false;
}

void pairing_dgram(struct pairing *pairing, const struct lives *lives, struct life *life)
{
    if (life->told.connected && !life->told.peer && life->remote.kind != ENDPOINT_UNKNOWN) {
        pair_dgram(pairing, lives, life);
        if (!life->told.peer && !waits(pairing, life))
            vec_push(&pairing->alone_dgrams, life->told.id);
    }
    if (life->local.kind == ENDPOINT_UNKNOWN)
        return;
    note(&pairing->bound, endpoint_door(&life->local), life);
    for (size_t i = 0; i < pairing->alone_dgrams.len;) {
        struct life *alone = lives_get(lives, pairing->alone_dgrams.items[i]);

        pair_dgram(pairing, lives, alone);
        if (alone->told.peer || !alone->told.connected || alone->told.ended_seq)
            vec_remove(&pairing->alone_dgrams, i);
        else
            i++;
    }
}
