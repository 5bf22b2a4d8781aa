/* bless/block.h: the lines of a block, from what happened in it in each run. */
#ifndef BLESS_BLOCK_H
#define BLESS_BLOCK_H

#include "bless/sample.h"

/* What the blocks of a role have in common. */
struct role_story {
    const struct bless_input *input;
    struct arena *arena;
    struct sample *samples;
    size_t nsamples;
    bool is_directed;        /* the file says who comes when: the order of connections is no chance */
    bool waits;              /* see struct sample; in any run */
    VEC(const char *) names; /* that were given, without `$` */
    struct err *err;
};

/* The block as it was in one run: of the role, or the life of a socket. */
struct instance {
    struct sample *sample;
    struct sample_sock *sock; /* NULL: the role */
};

/* Append the lines, `depth` blocks deep. false: story->err says what the runs do not have in common. */
bool block_write(struct buf *out, struct role_story *story, const struct bless_scope *up,
                 const struct instance *instances, size_t len, unsigned depth);

/* A name that the role has not used yet: "conn", "conn2", … */
const char *story_name(struct role_story *story, const char *stem);

#endif
