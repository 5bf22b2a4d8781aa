/* model/model.c: the fold over a trace, and what it answers. */
#include "model/model.h"

#include "model/fold.h"

#include <errno.h>

struct model *model_new(void)
{
    struct model *model = ALLOC_NEW(struct model);

    model->order = ALLOC_NEW(struct order);
    return model;
}

void model_without_order(struct model *model)
{
    if (model->order)
        order_release(model->order);
    free(model->order);
    model->order = NULL;
}

void model_keep_open(struct model *model)
{
    model_without_order(model);
    model->is_brief = true;
}

static void life_free(struct life *life)
{
    flow_release(&life->flow);
    free(life);
}

void model_free(struct model *model)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    if (!model)
        return;
    model_without_order(model);
    while ((slot = intmap_next(&model->lives.by_id, &pos)))
        life_free(slot->value);
    intmap_release(&model->lives.by_id);
    vec_release(&model->roles);
    pairing_release(&model->pairing);
    grams_release(&model->grams);
    arena_release(&model->arena);
    free(model);
}

void model_fold(struct model *model, struct event *event)
{
    struct fold fold = {.model = model, .event = event};

    /* It would bring back the socket that the number was before. */
    if (model->is_brief && event->kind == EVENT_CALL && event->err == EBADF)
        return;
    fold.node = model->order ? order_add(model->order, event) : 0;
    fold.life = fold_life(&fold, event->sock);
    if (event->kind == EVENT_CALL) {
        fold_call(&fold);
    } else if (event->kind == EVENT_START) {
        fold_start(&fold);
    } else if (event->kind == EVENT_CLOSED) {
        fold_closed(&fold);
    }
    if (model->is_brief && fold.life && fold.life->told.ended_seq)
        life_free(intmap_del(&model->lives.by_id, event->sock));
}

const struct sock_life *model_sock(const struct model *model, uint64_t id)
{
    const struct life *life = lives_get(&model->lives, id);

    return life ? &life->told : NULL;
}

uint64_t model_last_sock(const struct model *model)
{
    return model->lives.last;
}

bool model_before(const struct model *model, uint64_t a, uint64_t b)
{
    if (!model->order)
        return false;
    if (!model->order->is_linked) {
        flow_link(&model->lives, &model->grams, model->order);
        model->order->is_linked = true;
    }
    return order_before(model->order, a, b);
}
