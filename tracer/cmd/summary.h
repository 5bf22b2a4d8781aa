/* cmd/summary.h: -c: at the end of a trace, what each call and each socket came to. */
#ifndef CMD_SUMMARY_H
#define CMD_SUMMARY_H

#include "base/arena.h"
#include "base/intmap.h"
#include "base/vec.h"
#include "cmd/socks.h"
#include "event/sink.h"

#include <stdio.h>

enum summary_sort {
    SUMMARY_TIME,
    SUMMARY_MIN_TIME,
    SUMMARY_MAX_TIME,
    SUMMARY_AVG_TIME,
    SUMMARY_CALLS,
    SUMMARY_ERRORS,
    SUMMARY_NAME,
    SUMMARY_NOTHING, /* as they came */
};

/* For an option's value, with strace's other words for the same; false: none of them. */
bool summary_sort_parse(const char *text, enum summary_sort *sort);

/* The words, for messages. */
extern const char summary_sort_words[];

struct summary_call {
    const char *name;
    uint64_t calls, errors, ns, min_ns, max_ns;
};

struct summary_sock {
    uint64_t id, calls, ns;
    int pid; /* that used it first */
};

/* Counts what passes and hands it on; tells at the end. */
struct summary {
    struct sink sink;
    struct sink *next;         /* NULL: only the summary is wanted */
    FILE *out;                 /* borrowed */
    const struct socks *socks; /* stands before it in the chain */
    enum summary_sort sort;
    struct arena arena;
    VEC(struct summary_call) calls;
    VEC(struct summary_sock *) used; /* sockets, in the order of their identities once it is told */
    struct intmap by_id;
};

void summary_init(struct summary *summary, struct sink *next, FILE *out, const struct socks *socks,
                  enum summary_sort sort);
void summary_release(struct summary *summary);

#endif
