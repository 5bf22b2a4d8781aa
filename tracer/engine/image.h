/* engine/image.h: the program and the libraries that a process has mapped, as libdwfl sees them. */
#ifndef ENGINE_IMAGE_H
#define ENGINE_IMAGE_H

#include "base/arena.h"
#include "base/intmap.h"
#include "base/vec.h"

#include <elfutils/libdwfl.h>
#include <sys/types.h>

struct object;

/* A mapped file; the user data of its Dwfl_Module. */
struct mapped {
    pid_t pid;             /* in whose /proc/PID/root its path is */
    struct object *object; /* of engine/symbols.c; NULL: not asked for yet */
};

/*
 * Made from /proc/PID/maps once. A forked child has the same one as its parent, by reference: what libdwfl
 * has read of the files is not read again.
 */
struct image {
    unsigned refs;
    Dwfl *dwfl; /* NULL: nothing could be had */
    VEC(struct mapped *) mapped;

    /* Of engine/stack.c: the stacks that were unwound here, by where the task stood. */
    struct intmap sites;
    struct arena arena; /* holds them */
    size_t nsites;      /* that were put there */
    void *unwinding;    /* what libdwfl's callbacks are about */
};

/* Of a process that is alive; with one reference. Never NULL. */
struct image *image_new(pid_t pid);

/* The path of what is mapped there, as libdwfl has it; NULL: nothing. */
const char *image_file_at(const struct image *image, uint64_t addr);

/* One more, and one less; NULL is fine. */
struct image *image_ref(struct image *image);
void image_unref(struct image *image);

#endif
