/* run/isolate.h: a network of a run's own, in which every port is free. */
#ifndef RUN_ISOLATE_H
#define RUN_ISOLATE_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Move the calling process (it must have one thread) into a new network namespace with loopback up; without
 * privilege also into a user namespace in which its user and group stay the same (user_namespaces(7)). false
 * with a message where the machine does not allow it; the process is of no further use then.
 */
bool isolate_network(struct err *err);

/* How processes can be set apart on this machine: so that all that one started ends with it. */
enum isolate_way {
    ISOLATE_NOT,     /* not at all */
    ISOLATE_PLAINLY, /* in a namespace of processes */
    ISOLATE_AS_USER, /* in one of users as well, because of what this user may do */
};

/* Finds out, by trying it. */
enum isolate_way isolate_way_here(void);

/*
 * fork(2); but the child is the first process of a namespace of its own, with a /proc that shows no other:
 * when it ends, everything in it is killed. ISOLATE_NOT: only fork.
 */
pid_t isolate_fork(enum isolate_way way);

/*
 * For processes of isolate_fork(way): folder `dir` (absolute) as a mount of its own, and with
 * `is_readonly` one that can only be read; what is mounted below stays as it is. false where that can't be,
 * as with ISOLATE_NOT.
 */
bool isolate_mount(enum isolate_way way, const char *dir, bool is_readonly);

/* Ports that were given out; zeroed: none. */
struct ports {
    uint16_t next;
};

/*
 * A TCP and UDP port of 127.0.0.1 that nobody holds at the moment, or 0: none that was given out before, and
 * none that the kernel picks for clients.
 */
uint16_t ports_take(struct ports *ports);

#endif
