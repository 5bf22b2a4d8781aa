/* model/fold.h: one event on its way into the model. */
#ifndef MODEL_FOLD_H
#define MODEL_FOLD_H

#include "model/grams.h"
#include "model/life.h"
#include "model/pairing.h"

struct model {
    struct arena arena; /* what the lives point to */
    struct lives lives;
    VEC(const char *) roles;
    struct pairing pairing;
    struct grams grams;
    struct order *order; /* NULL: none is kept */
    bool is_brief;       /* see model_keep_open */
};

/* One event on its way into the model. */
struct fold {
    struct model *model;
    struct event *event;
    struct life *life; /* of event->sock; NULL: none */
    size_t node;       /* of the order; 0: none is kept */
    bool news;         /* an address or the state of a connection became known */
};

/* The life of a socket, begun where it was not known; NULL for 0 and for what is no identity. */
struct life *fold_life(struct fold *fold, uint64_t sock);

/* What an event says of sockets: fold->life is that of event->sock. */
void fold_call(struct fold *fold);
void fold_start(struct fold *fold);
void fold_closed(struct fold *fold);

/* Calls that set up a connection or show that it stands: connect(2) on fold->life, and any other while one is
 * under way. */
void fold_connect(struct fold *fold);
void fold_watch_connect(struct fold *fold);

/* A data call on fold->life. */
void fold_data(struct fold *fold);

/* An address of fold->life or of a socket that was made, where it is known and new. */
void fold_set_local(struct fold *fold, struct life *life, const struct value *addr);
void fold_set_remote(struct fold *fold, struct life *life, const struct value *addr);

/* Canonical argument `i` as a number (`otherwise` where it is none), or as a sockaddr struct (else NULL). */
int64_t fold_number(const struct event *event, size_t i, int64_t otherwise);
const struct value *fold_addr(const struct event *event, size_t i);

#endif
