/* model/fdmsg.c: SCM_RIGHTS: references leave one table and come into another. */
#include "model/fdmsg.h"

#include <string.h>
#include <sys/socket.h>

enum {
    FDS_MAX = 253, /* SCM_MAX_FD: the kernel takes no more in one message */
    PIDFD = 4,     /* SCM_PIDFD, which older headers lack */
};

struct fd_list {
    int fds[FDS_MAX];
    size_t len;
};

static bool is_other_cmsg(const struct value *value, int wanted)
{
    int64_t level, type;

    return value->kind == VALUE_STRUCT && strcmp(value->st.type, "cmsghdr") == 0 &&
           !(value_number(value_field(value, "cmsg_level"), &level) && level == SOL_SOCKET &&
             value_number(value_field(value, "cmsg_type"), &type) && type == wanted);
}

/* The descriptors in control messages of this type of SOL_SOCKET. */
static void gather_fds(const struct value *value, int type, struct fd_list *list)
{
    value = value_final(value);
    if (!value || is_other_cmsg(value, type))
        return;
    if (value->kind == VALUE_FD && list->len < FDS_MAX)
        list->fds[list->len++] = value->fd.n;
    for (size_t i = 0; value->kind == VALUE_ARRAY && i < value->array.len; i++)
        gather_fds(value->array.items[i], type, list);
    for (size_t i = 0; value->kind == VALUE_STRUCT && i < value->st.len; i++)
        gather_fds(value->st.fields[i].value, type, list);
}

/* Calls fn for the descriptors of each message: the one of sendmsg and recvmsg, or those of the vector. */
static void each_message(struct fdcall *call, int type,
                         void (*fn)(struct fdcall *call, size_t nth, const struct fd_list *list))
{
    const struct value *vector = value_final(event_arg(call->event, "msgvec"));
    size_t n = vector && vector->kind == VALUE_ARRAY ? vector->array.len : !vector;

    for (size_t i = 0; i < n; i++) {
        struct fd_list list = {.len = 0};

        gather_fds(vector ? vector->array.items[i] : event_arg(call->event, "msg"), type, &list);
        if (list.len)
            fn(call, i, &list);
    }
}

static void depart(struct fdcall *call, size_t nth, const struct fd_list *list)
{
    uint64_t socks[FDS_MAX] = {0};

    for (size_t i = 0; i < list->len; i++) {
        const struct fdent *ent = fdtab_find(*call->tab, list->fds[i]);

        if (ent && ent->kind == FD_SOCKET)
            socks[i] = ent->sock;
    }
    refs_send(call->refs, call->event->sock, call->event, nth, socks, list->len);
}

void fdmsg_depart(struct fdcall *call)
{
    each_message(call, SCM_RIGHTS, depart);
}

static void arrive(struct fdcall *call, size_t nth, const struct fd_list *list)
{
    struct flight flight = {0};
    int64_t flags = 0;
    bool known;

    (void)nth;
    value_number(event_arg(call->event, "flags"), &flags);
    known = refs_receive(call->refs, call->event->sock, flags & MSG_PEEK, &flight);
    for (size_t i = 0; i < list->len; i++) {
        struct fdent ent = {.fd = list->fds[i], .kind = FD_SOCKET, .cloexec = flags & MSG_CMSG_CLOEXEC};

        if (!known)
            ent.sock = refs_make(call->refs, -1, -1);
        else if (i < flight.len && flight.socks[i])
            ent.sock = flight.socks[i];
        else
            ent.kind = FD_OTHER;
        fdcall_install(call, ent, "unseen");
    }
    refs_land(call->refs, &flight);
}

/* Made by the receipt itself, with CLOEXEC (Linux 6.5): nobody sent it. */
static void arrive_pidfd(struct fdcall *call, size_t nth, const struct fd_list *list)
{
    (void)nth;
    for (size_t i = 0; i < list->len; i++)
        fdcall_install(call, (struct fdent){.fd = list->fds[i], .kind = FD_OTHER, .cloexec = true}, "unseen");
}

void fdmsg_arrive(struct fdcall *call)
{
    each_message(call, SCM_RIGHTS, arrive);
    each_message(call, PIDFD, arrive_pidfd);
}
