/* expect/past.c: collects a role's events and sorts them by socket. */
#include "expect/past.h"

#include "base/alloc.h"
#include "expect/view.h"

#include <string.h>

static struct kin *kin_of(struct past *past, uint64_t sock)
{
    struct kin *kin = sock ? intmap_get(&past->kins, sock) : NULL;

    if (sock && !kin) {
        kin = ALLOC_NEW(struct kin);
        kin->sock = sock;
        intmap_set(&past->kins, sock, kin);
    }
    return kin;
}

static void collect(void *arg, const struct event *event, unsigned seen, const struct event *origin)
{
    struct past *past = arg;

    if (event != origin || origin->message)
        event = event_copy(past->arena, event);
    if (origin->message)
        origin = event;
    vec_push(&past->events, ((struct past_event){.event = event, .origin = origin, .seen = seen}));
}

static void sort_by_socket(struct past *past)
{
    struct intmap ended = {0};

    for (size_t i = 0; i < past->events.len; i++) {
        struct past_event *seen = &past->events.items[i];
        const struct event *event = seen->event;
        struct kin *kin = intmap_get(&ended, event->sock) ? NULL : kin_of(past, event->sock);

        seen->kin = kin;
        if (kin)
            vec_push(&kin->events, i);
        for (size_t k = 0; kin && k < ARRAY_LEN(event->made); k++) {
            struct kin *made = kin_of(past, event->made[k]);

            /* A trace from elsewhere may give an identity twice: only a birth makes kin, so no circle forms.
             */
            if (!made || made == kin || made->maker || made->events.len)
                continue;
            made->maker = kin;
            vec_push(&kin->made, made);
        }
        if (kin && view_is_end(event))
            intmap_set(&ended, event->sock, kin);
    }
    intmap_release(&ended);
}

void past_init(struct past *past, const struct trace *trace, const char *role, const struct program *program,
               struct arena *arena)
{
    struct view *view = view_new(program);

    *past = (struct past){.arena = arena};
    vec_each (struct event *const, event, &trace->events)
        if (strcmp((*event)->role, role) == 0)
            view_take(view, *event, collect, past);
    view_free(view);
    sort_by_socket(past);
}

void past_release(struct past *past)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&past->kins, &pos))) {
        struct kin *kin = slot->value;

        vec_release(&kin->events);
        vec_release(&kin->made);
        free(kin);
    }
    intmap_release(&past->kins);
    vec_release(&past->events);
}

struct indexes {
    VEC(size_t) list;
};

static void gather(const struct kin *kin, struct indexes *out)
{
    vec_each (const size_t, i, &kin->events)
        vec_push(&out->list, *i);
    vec_each (struct kin *const, made, &kin->made)
        gather(*made, out);
}

static int compare(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return (x > y) - (x < y);
}

const size_t *past_of(const struct past *past, uint64_t sock, struct arena *arena, size_t *len)
{
    const struct kin *kin = intmap_get(&past->kins, sock);
    struct indexes all = {0};
    const size_t *copy;

    if (kin)
        gather(kin, &all);
    if (all.list.len)
        qsort(all.list.items, all.list.len, sizeof(*all.list.items), compare);
    *len = all.list.len;
    copy = (const size_t *)arena_memdup(arena, all.list.items, all.list.len * sizeof(*all.list.items));
    vec_release(&all.list);
    return copy;
}

bool past_is_of(const struct past_event *event, uint64_t sock)
{
    for (const struct kin *kin = event->kin; kin; kin = kin->maker)
        if (kin->sock == sock)
            return true;
    return false;
}
