/* compare/chance.c: by the kind of call, and what its arguments say. */
#include "compare/chance.h"

#include "expect/view.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

static int64_t number(const struct event *event, size_t i)
{
    int64_t n;

    return i < event->ncargs && value_number(event->cargs[i], &n) ? n : -1;
}

bool chance_is_choice(const struct event *event)
{
    size_t n = 0;

    if (strncmp(event->name, "epoll", strlen("epoll")) == 0)
        return true;
    for (size_t i = 0; i < event->ncargs; i++) {
        const struct value *value = event->cargs[i], *set;
        int64_t events;

        if (value->kind == VALUE_CHANGED && value->changed.before)
            value = value->changed.before;
        set = value_field(value, "fds");
        value = set ? set : value;
        if (value->kind != VALUE_ARRAY)
            continue;
        n += value->array.full;
        for (size_t k = 0; k < value->array.len; k++)
            if (value_number(value_field(value->array.items[k], "events"), &events) &&
                (events & (events - 1)))
                n++;
    }
    return n > 1;
}

bool chance_is_question(const struct event *event)
{
    const struct value *cmd = event->ncargs > 1 ? event->cargs[1] : NULL;
    const char *name = cmd && cmd->kind == VALUE_SYM ? nametab_name(cmd->sym.tab, cmd->sym.n) : NULL;

    switch (event->canon) {
    case CANON_GETSOCKOPT:
    case CANON_GETSOCKNAME:
    case CANON_GETPEERNAME: return true;
    case CANON_FCNTL: return name && strncmp(name, "F_GET", strlen("F_GET")) == 0;
    case CANON_IOCTL: return !name || (strcmp(name, "FIONBIO") != 0 && strcmp(name, "FIOASYNC") != 0);
    default: return false;
    }
}

bool chance_is_peek(const struct event *event)
{
    return canon_is_recv(event->canon) && !event->err && number(event, 2) > 0 &&
           (number(event, 2) & MSG_PEEK);
}

bool chance_is_passed_over(const struct event *event, bool has_socket, unsigned seen)
{
    switch (event->canon) {
    case CANON_NONE:
    case CANON_OTHER:
    case CANON_WAIT:
    case CANON_EPOLL_CREATE: return true;
    case CANON_EPOLL_CTL: return number(event, 1) == EPOLL_CTL_MOD;
    case CANON_CLOSE: return event->unfinished || (event->err && (event->err != EBADF || !has_socket));
    case CANON_SETSOCKOPT:
    case CANON_GETSOCKOPT:
    case CANON_GETSOCKNAME:
    case CANON_GETPEERNAME:
    case CANON_FCNTL:
    case CANON_IOCTL:
    case CANON_DUP: return event->unfinished;
    default: return (seen & SEEN_AUX) && !chance_is_peek(event);
    }
}
