/* model/grams.c: datagrams matched, receiver by receiver. */
#include "model/grams.h"

#include "model/life.h"

#include <string.h>

/* What may have reached one socket, in order of sending; what was received, or overtaken, is NULL. */
struct inbox {
    uint64_t sock;
    struct inbox *next; /* the next one behind the same door */
    VEC(const struct gram *) mail;
    size_t first; /* of what is left */
};

struct inboxes {
    struct intmap by_sock, by_door;
};

void grams_release(struct grams *grams)
{
    vec_release(&grams->sent);
    vec_release(&grams->received);
}

static struct inbox *inbox_of(struct inboxes *inboxes, const struct lives *lives, uint64_t sock)
{
    const struct endpoint *local = &lives_get(lives, sock)->local;
    struct inbox *inbox = intmap_get(&inboxes->by_sock, sock);

    if (inbox)
        return inbox;
    inbox = ALLOC_NEW(struct inbox);
    inbox->sock = sock;
    intmap_set(&inboxes->by_sock, sock, inbox);
    if (local->kind != ENDPOINT_UNKNOWN) {
        inbox->next = intmap_get(&inboxes->by_door, endpoint_door(local));
        intmap_set(&inboxes->by_door, endpoint_door(local), inbox);
    }
    return inbox;
}

static void inboxes_release(struct inboxes *inboxes)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&inboxes->by_sock, &pos))) {
        struct inbox *inbox = slot->value;

        vec_release(&inbox->mail);
        free(inbox);
    }
    intmap_release(&inboxes->by_sock);
    intmap_release(&inboxes->by_door);
}

/* To every socket that it may have reached: an address may have had several owners, one after the other. */
static void deliver(struct inboxes *inboxes, const struct lives *lives, const struct gram *gram)
{
    const struct life *sender = lives_get(lives, gram->sock);
    struct inbox *inbox;

    if (gram->far.kind == ENDPOINT_UNKNOWN) {
        inbox = intmap_get(&inboxes->by_sock, sender->told.peer);
        if (inbox)
            vec_push(&inbox->mail, gram);
        return;
    }
    for (inbox = intmap_get(&inboxes->by_door, endpoint_door(&gram->far)); inbox; inbox = inbox->next)
        if (endpoint_meets(&gram->far, &lives_get(lives, inbox->sock)->local))
            vec_push(&inbox->mail, gram);
}

/* A receiver with a small buffer sees the front part only. */
static bool may_be(const struct lives *lives, const struct gram *sent, const struct gram *received)
{
    size_t len = sent->head_len < received->head_len ? sent->head_len : received->head_len;

    return received->full <= sent->full &&
           endpoint_may_meet(&received->far, &lives_get(lives, sent->sock)->local) &&
           memcmp(sent->head, received->head, len) == 0;
}

/* What the same task sent before it to the same socket is lost: datagrams on one machine do not overtake. */
static void take(struct inbox *inbox, size_t at)
{
    const struct gram *taken = inbox->mail.items[at];

    for (size_t i = inbox->first; i <= at; i++) {
        const struct gram *gram = inbox->mail.items[i];

        if (gram && gram->tid == taken->tid && gram->sock == taken->sock)
            inbox->mail.items[i] = NULL;
    }
    while (inbox->first < inbox->mail.len && !inbox->mail.items[inbox->first])
        inbox->first++;
}

static void receive(struct inbox *inbox, const struct lives *lives, const struct gram *received,
                    struct order *order)
{
    const struct gram *found = NULL;
    size_t at = 0;

    for (size_t i = inbox->first; i < inbox->mail.len; i++) {
        const struct gram *sent = inbox->mail.items[i];

        if (!sent || (found && found->tid == sent->tid) || !may_be(lives, sent, received))
            continue;
        if (found)
            return;
        found = sent;
        at = i;
    }
    if (!found)
        return;
    order_edge(order, found->node, received->node);
    if (!received->peeked)
        take(inbox, at);
}

void grams_link(const struct grams *grams, const struct lives *lives, struct order *order)
{
    struct inboxes inboxes = {0};

    vec_each (const struct gram, gram, &grams->received)
        inbox_of(&inboxes, lives, gram->sock);
    vec_each (const struct gram, gram, &grams->sent)
        deliver(&inboxes, lives, gram);
    vec_each (const struct gram, gram, &grams->received)
        receive(inbox_of(&inboxes, lives, gram->sock), lives, gram, order);
    inboxes_release(&inboxes);
}
