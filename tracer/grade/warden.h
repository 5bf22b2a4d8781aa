/* grade/warden.h: a process that starts a worker, watches over all that comes of it, and leaves nothing
 * behind. */
#ifndef GRADE_WARDEN_H
#define GRADE_WARDEN_H

#include "base/err.h"
#include "run/isolate.h"

#include <stdint.h>
#include <sys/types.h>

enum {
    WARDEN_MOST_TASKS = 1000,            /* processes and threads of what is graded, at a time */
    WARDEN_MOST_MEMORY = 2048,           /* MiB that these use together */
    WARDEN_MOST_OWN_MEMORY = 4096,       /* MiB of the worker, or of its recorder */
    WARDEN_MOST_FILE = 64 * 1024 * 1024, /* bytes of one file: RLIMIT_FSIZE */
    WARDEN_LOOK_MS = 40,                 /* how often that is looked at */
};

enum ward_excess {
    WARD_WITHIN,     /* its limits */
    WARD_TASKS,      /* too many processes and threads: they were killed, the worker goes on; where that can't
                        be done, it was killed, too */
    WARD_MEMORY,     /* too much memory: likewise */
    WARD_OWN_MEMORY, /* of the worker itself, which was killed */
    WARD_TIME,       /* the worker did not end in time, and was killed */
};

/* Shared between the warden, the worker and who started them. */
struct ward {
    volatile int excess;     /* enum ward_excess; the worker sets it back */
    volatile pid_t recorder; /* a child of the worker that is none of what is graded; 0: there is none */
    volatile pid_t root;     /* the warden, as its family knows it */
    volatile pid_t worker;
    volatile int ended, status; /* the worker: as waitpid(2) has it */
};

struct warden {
    pid_t pid; /* 0: none */
    int fd;    /* what the worker says; at its end everything is over */
    struct ward *ward;
};

/*
 * Start `work(arg, fd, ward)` in a worker that may take `most_ms` in all. false: `err` says why it can't be.
 * Nothing of what is started outlives the warden, and that does not outlive its parent; with ISOLATE_NOT this
 * is so only for what does not run away from being a child.
 */
bool warden_start(struct warden *warden, enum isolate_way way, uint64_t most_ms,
                  void (*work)(void *arg, int fd, struct ward *ward), void *arg, struct err *err);

/* End it soon. */
void warden_stop(const struct warden *warden);

/* Wait until it has ended; *ward is what became of it. */
void warden_finish(struct warden *warden, struct ward *ward);

/* For the worker: kill what is left of what it started. */
void ward_clear(const struct ward *ward);

/* "it had more than 1000 processes and threads at a time, and was ended"; NULL within its limits. */
const char *ward_excess_text(int excess);

#endif
