/* event/moment.h: the time of day in what programs said: the next run says another. */
#ifndef EVENT_MOMENT_H
#define EVENT_MOMENT_H

#include "event/trace.h"

enum { MOMENT_LONGEST = 47 }; /* bytes of one, its fraction included as far as they go */

/* When a run was, in seconds since 1970, with a second on either side. */
struct moments {
    int64_t from, to;
};

struct moments moments_of(const struct trace *trace);

/*
 * How many bytes at the beginning are such a moment: as HTTP (RFC 9110), ctime(3), ISO 8601 and logs write
 * it, a fraction included, in UTC or local time; or as seconds since 1970. 0: it is none. A time of another
 * day is none.
 */
size_t moment_len(const struct moments *moments, const uint8_t *bytes, size_t len);

#endif
