/* model/model.c: the fold over a trace, and what it answers. */
#include "model/model.h"

#include "model/fold.h"

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

void model_free(struct model *model)
{
    if (!model)
        return;
    model_without_order(model);
    for (size_t i = 0; i < model->lives.items.len; i++) {
        if (model->lives.items.items[i])
            flow_release(&model->lives.items.items[i]->flow);
        free(model->lives.items.items[i]);
    }
    vec_release(&model->lives.items);
    vec_release(&model->roles);
    pairing_release(&model->pairing);
    grams_release(&model->grams);
    arena_release(&model->arena);
    free(model);
}

void model_fold(struct model *model, struct event *event)
{
    struct fold fold = {.model = model, .event = event};

    fold.node = model->order ? order_add(model->order, event) : 0;
    fold.life = fold_life(&fold, event->sock);
    if (event->kind == EVENT_CALL) {
        fold_call(&fold);
    } else if (event->kind == EVENT_START) {
        fold_start(&fold);
    } else if (event->kind == EVENT_CLOSED) {
        fold_closed(&fold);
    }
}

const struct sock_life *model_sock(const struct model *model, uint64_t id)
{
    const struct life *life = lives_get(&model->lives, id);

    return life ? &life->told : NULL;
}

uint64_t model_last_sock(const struct model *model)
{
    return model->lives.items.len;
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
