/* base/vec.h: a growable array of any type, as a struct made on the spot: `VEC(struct event *) events;` */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/alloc.h"

#include <stddef.h>
#include <stdlib.h>

/* A zeroed struct is empty. Items move when it grows: keep indexes, not pointers to items. */
#define VEC(type)                                                                                            \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t len, cap;                                                                                     \
    }

#define vec_push(v, ...)                                                                                     \
    do {                                                                                                     \
        if ((v)->len == (v)->cap) {                                                                          \
            (v)->cap = (v)->cap ? (v)->cap * 2 : 8;                                                          \
            (v)->items = alloc_resize((v)->items, (v)->cap, sizeof(*(v)->items));                            \
        }                                                                                                    \
        (v)->items[(v)->len++] = (__VA_ARGS__);                                                              \
    } while (0)

/* `for` over pointers to the items: vec_each (struct rule, rule, &rules) … */
#define vec_each(type, it, v) for (type *it = (v)->items; it && it < (v)->items + (v)->len; it++)

/* Remove item `i`, keeping the order. */
#define vec_remove(v, i)                                                                                     \
    do {                                                                                                     \
        for (size_t vec_i_ = (i) + 1; vec_i_ < (v)->len; vec_i_++)                                           \
            (v)->items[vec_i_ - 1] = (v)->items[vec_i_];                                                     \
        (v)->len--;                                                                                          \
    } while (0)

#define vec_release(v)                                                                                       \
    do {                                                                                                     \
        free((v)->items);                                                                                    \
        (v)->items = NULL;                                                                                   \
        (v)->len = (v)->cap = 0;                                                                             \
    } while (0)

#endif
