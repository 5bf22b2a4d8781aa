/* compare/choice.h: what in a trace somebody else than the program chose, and the next run has another of:
 * ports, pids, temporary paths. */
#ifndef COMPARE_CHOICE_H
#define COMPARE_CHOICE_H

#include "base/intmap.h"
#include "event/trace.h"

struct word {
    const uint8_t *bytes;
    size_t len;
};

struct words {
    VEC(struct word) list;
};

struct choice {
    const struct trace *trace, *other;
    struct intmap ports; /* that the kernel chose: struct choice_port, by number; those that a program asked
                            for: itself */
    struct intmap pids;
    struct words parts[2]; /* of temporary paths, between slashes: here and in the other trace */
    struct arena *arena;
};

/* A port that the kernel chose. */
struct choice_port {
    uint64_t sock; /* the socket that has it; 0: none that is traced */
};

/* `other` is the trace to compare with: what the runner filled in is a parameter where it differs. All is
 * borrowed. */
void choice_init(struct choice *choice, const struct trace *trace, const struct trace *other,
                 struct arena *arena);
void choice_release(struct choice *choice);

/* NULL where a program asked for this port, or nobody knows it. */
const struct choice_port *choice_port(const struct choice *choice, uint64_t port);

/* Is this a traced process or thread? */
bool choice_is_pid(const struct choice *choice, int64_t pid);

/* A process of this trace, or a port that the kernel chose in it. */
bool choice_is_number(const struct choice *choice, uint64_t n);

/* The parameter that has this value here, and another in the other trace; NULL: none. */
const char *choice_param(const struct choice *choice, const char *text, size_t len);

/* Append it as people write it: `${PORT}`. */
void choice_add_param(struct buf *out, const char *name);

/* Append a path or an abstract name (escaped), with names in place of what was chosen: `${TMP}/worker`,
 * `/tmp/x.${RANDOM}`, `@name-${PID}`. */
void choice_path(const struct choice *choice, struct buf *out, const uint8_t *path, size_t len);

#endif
