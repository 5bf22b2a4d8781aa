/* run/kept.c: finds the close that did not end a connection. */
#include "run/kept.h"

static bool is_done(const struct event *event, enum canon canon)
{
    return event->kind == EVENT_CALL && event->canon == canon && !event->err && !event->unfinished;
}

const struct event *kept_by(const struct trace *trace, const struct model *model, const struct event *waiting)
{
    const struct sock_life *life = waiting->is_stream ? model_sock(model, waiting->sock) : NULL;
    const struct event *last = NULL;

    if (!life || !life->peer || !canon_is_recv(waiting->canon))
        return NULL;
    vec_each (struct event *, it, &trace->events) {
        const struct event *event = *it;

        if (event->sock != life->peer)
            continue;
        if (is_done(event, CANON_SHUTDOWN))
            return NULL;
        if (is_done(event, CANON_CLOSE))
            last = event;
    }
    return last && !last->last_ref ? last : NULL;
}
