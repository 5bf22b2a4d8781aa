/* model/fdtab.c: a sorted array, because tables are copied and walked as often as they are searched. */
#include "model/fdtab.h"

#include <string.h>

struct fdtab *fdtab_new(void)
{
    struct fdtab *tab = ALLOC_NEW(struct fdtab);

    tab->users = 1;
    return tab;
}

struct fdtab *fdtab_copy(const struct fdtab *tab)
{
    struct fdtab *copy = fdtab_new();

    for (size_t i = 0; i < tab->ents.len; i++)
        vec_push(&copy->ents, tab->ents.items[i]);
    return copy;
}

void fdtab_free(struct fdtab *tab)
{
    if (!tab)
        return;
    vec_release(&tab->ents);
    free(tab);
}

size_t fdtab_lower(const struct fdtab *tab, int fd)
{
    size_t from = 0, to = tab->ents.len;

    while (from < to) {
        size_t mid = from + (to - from) / 2;

        if (tab->ents.items[mid].fd < fd)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

struct fdent *fdtab_find(const struct fdtab *tab, int fd)
{
    size_t i = fdtab_lower(tab, fd);

    return i < tab->ents.len && tab->ents.items[i].fd == fd ? &tab->ents.items[i] : NULL;
}

void fdtab_put(struct fdtab *tab, struct fdent ent)
{
    size_t i = fdtab_lower(tab, ent.fd);
    bool exists = i < tab->ents.len && tab->ents.items[i].fd == ent.fd;

    if (ent.kind == FD_OTHER) {
        if (exists)
            vec_remove(&tab->ents, i);
        return;
    }
    if (!exists) {
        vec_push(&tab->ents, ent);
        memmove(&tab->ents.items[i + 1], &tab->ents.items[i], (tab->ents.len - 1 - i) * sizeof(ent));
    }
    tab->ents.items[i] = ent;
}
