/* event/canon.c: one table that says what each system call is in canonical form, and one walk that makes it.
 */
#include "event/canon.h"

#include "base/alloc.h"
#include "base/text.h"

#include <string.h>

/* What stands at a position of a canonical form. */
enum part {
    PART_END,
    PART_RAW,   /* the raw argument itself */
    PART_DATA,  /* the bytes of a buffer, of scattered buffers or of messages */
    PART_COUNT, /* bytes that were never in the program's memory: the result says how many */
    PART_ADDR,  /* an address that the program gave or gave room for */
    PART_NAME,  /* the one inside a message */
    PART_FLAGS, /* flags that a call may not have: then there are none */
};

struct slot {
    enum part part;
    const char *arg;           /* of the system call */
    const struct nametab *tab; /* PART_FLAGS */
};

struct form {
    const char *name;
    enum canon canon;
    struct slot slots[5];
};

/* clang-format off */
#define RAW(name)   {PART_RAW, name, NULL}
#define DATA(name)  {PART_DATA, name, NULL}
#define COUNT       {PART_COUNT, "count", NULL}
#define ADDR(name)  {PART_ADDR, name, NULL}
#define NAME(name)  {PART_NAME, name, NULL}
#define FLAGS(name) {PART_FLAGS, name, &nametab_msg}
#define NO_FLAGS    {PART_FLAGS, NULL, &nametab_msg}
/* clang-format on */

/*
 * The address of a data call is the last slot: it is there on datagram sockets only, and makes the call a
 * sendto or recvfrom. Control data changes nothing: a message that carries descriptors is a send whose
 * control part is seen in the raw arguments. A call on several messages is one event: its data is an array of
 * what each message moved, its address that of the first; event/message.h takes it apart.
 * A call that stands here twice moves bytes out of one descriptor into another: which end the socket is
 * decides; the first form is that of a call on no socket.
 */
static const struct form forms[] = {
    {"socket", CANON_SOCKET, {RAW("domain"), RAW("type"), RAW("protocol")}},
    {"socketpair", CANON_SOCKETPAIR, {RAW("domain"), RAW("type"), RAW("protocol"), RAW("sv")}},
    {"bind", CANON_BIND, {RAW("sockfd"), RAW("addr")}},
    {"listen", CANON_LISTEN, {RAW("sockfd"), RAW("backlog")}},
    {"accept", CANON_ACCEPT, {RAW("sockfd"), RAW("addr"), {PART_FLAGS, "flags", &nametab_sock_flags}}},
    {"accept4", CANON_ACCEPT, {RAW("sockfd"), RAW("addr"), {PART_FLAGS, "flags", &nametab_sock_flags}}},
    {"connect", CANON_CONNECT, {RAW("sockfd"), RAW("addr")}},
    {"write", CANON_SEND, {RAW("fd"), DATA("buf"), NO_FLAGS}},
    {"writev", CANON_SEND, {RAW("fd"), DATA("iov"), NO_FLAGS}},
    {"sendto", CANON_SEND, {RAW("sockfd"), DATA("buf"), FLAGS("flags"), ADDR("dest_addr")}},
    {"pwrite64", CANON_SEND, {RAW("fd"), DATA("buf"), NO_FLAGS}},
    {"pwritev", CANON_SEND, {RAW("fd"), DATA("iov"), NO_FLAGS}},
    {"pwritev2", CANON_SEND, {RAW("fd"), DATA("iov"), NO_FLAGS}},
    {"sendmsg", CANON_SEND, {RAW("sockfd"), DATA("msg"), FLAGS("flags"), NAME("msg")}},
    {"sendmmsg", CANON_SEND, {RAW("sockfd"), DATA("msgvec"), FLAGS("flags"), NAME("msgvec")}},
    {"sendfile", CANON_SEND, {RAW("out_fd"), COUNT, NO_FLAGS}},
    {"sendfile", CANON_RECV, {RAW("in_fd"), COUNT, NO_FLAGS}},
    {"splice", CANON_SEND, {RAW("fd_out"), COUNT, NO_FLAGS}},
    {"splice", CANON_RECV, {RAW("fd_in"), COUNT, NO_FLAGS}},
    {"send", CANON_SEND, {RAW("sockfd"), DATA("buf"), FLAGS("flags")}},
    {"sendfile64", CANON_SEND, {RAW("out_fd"), COUNT, NO_FLAGS}},
    {"sendfile64", CANON_RECV, {RAW("in_fd"), COUNT, NO_FLAGS}},
    {"read", CANON_RECV, {RAW("fd"), DATA("buf"), NO_FLAGS}},
    {"readv", CANON_RECV, {RAW("fd"), DATA("iov"), NO_FLAGS}},
    {"recvfrom", CANON_RECV, {RAW("sockfd"), DATA("buf"), FLAGS("flags"), ADDR("src_addr")}},
    {"recv", CANON_RECV, {RAW("sockfd"), DATA("buf"), FLAGS("flags")}},
    {"pread64", CANON_RECV, {RAW("fd"), DATA("buf"), NO_FLAGS}},
    {"preadv", CANON_RECV, {RAW("fd"), DATA("iov"), NO_FLAGS}},
    {"preadv2", CANON_RECV, {RAW("fd"), DATA("iov"), NO_FLAGS}},
    {"recvmsg", CANON_RECV, {RAW("sockfd"), DATA("msg"), FLAGS("flags"), NAME("msg")}},
    {"recvmmsg", CANON_RECV, {RAW("sockfd"), DATA("msgvec"), FLAGS("flags"), NAME("msgvec")}},
    {"recvmmsg_time64", CANON_RECV, {RAW("sockfd"), DATA("msgvec"), FLAGS("flags"), NAME("msgvec")}},
    {"shutdown", CANON_SHUTDOWN, {RAW("sockfd"), RAW("how")}},
    {"close", CANON_CLOSE, {RAW("fd")}},
    {"getsockname", CANON_GETSOCKNAME, {RAW("sockfd"), RAW("addr")}},
    {"getpeername", CANON_GETPEERNAME, {RAW("sockfd"), RAW("addr")}},
    {"setsockopt", CANON_SETSOCKOPT, {RAW("sockfd"), RAW("level"), RAW("optname"), RAW("optval")}},
    {"getsockopt", CANON_GETSOCKOPT, {RAW("sockfd"), RAW("level"), RAW("optname"), RAW("optval")}},
    {"fcntl", CANON_FCNTL, {RAW("fd"), RAW("cmd"), RAW("arg")}},
    {"ioctl", CANON_IOCTL, {RAW("fd"), RAW("request"), RAW("arg")}},
    {"fcntl64", CANON_FCNTL, {RAW("fd"), RAW("cmd"), RAW("arg")}},
    {"dup", CANON_DUP, {RAW("oldfd")}},
    {"dup2", CANON_DUP, {RAW("oldfd"), RAW("newfd")}},
    {"dup3", CANON_DUP, {RAW("oldfd"), RAW("newfd"), RAW("flags")}},
    {"poll", CANON_WAIT, {RAW("fds")}},
    {"ppoll", CANON_WAIT, {RAW("fds")}},
    {"select", CANON_WAIT, {RAW("readfds"), RAW("writefds"), RAW("exceptfds")}},
    {"pselect6", CANON_WAIT, {RAW("readfds"), RAW("writefds"), RAW("exceptfds")}},
    {"_newselect", CANON_WAIT, {RAW("readfds"), RAW("writefds"), RAW("exceptfds")}},
    {"pselect6_time64", CANON_WAIT, {RAW("readfds"), RAW("writefds"), RAW("exceptfds")}},
    {"ppoll_time64", CANON_WAIT, {RAW("fds")}},
    {"epoll_wait", CANON_WAIT, {RAW("epfd"), RAW("events")}},
    {"epoll_pwait", CANON_WAIT, {RAW("epfd"), RAW("events")}},
    {"epoll_pwait2", CANON_WAIT, {RAW("epfd"), RAW("events")}},
    {"epoll_create", CANON_EPOLL_CREATE, {{PART_FLAGS, "flags", &nametab_epoll_flags}}},
    {"epoll_create1", CANON_EPOLL_CREATE, {{PART_FLAGS, "flags", &nametab_epoll_flags}}},
    {"epoll_ctl", CANON_EPOLL_CTL, {RAW("epfd"), RAW("op"), RAW("fd"), RAW("event")}},
    {"socketcall", CANON_OTHER, {RAW("call"), RAW("args")}},
    {"close_range", CANON_OTHER, {RAW("first"), RAW("last"), RAW("flags")}},
    {"pidfd_getfd", CANON_OTHER, {RAW("pidfd"), RAW("targetfd"), RAW("flags")}},
    {"tee", CANON_OTHER, {RAW("fd_in"), RAW("fd_out"), RAW("len")}},
    {"vmsplice", CANON_OTHER, {RAW("fd"), RAW("iov")}},
};

static const struct form *form_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        if (text_is(forms[i].name, name))
            return &forms[i];
    return NULL;
}

/* The form of the call whose descriptor is the one that the event is about. */
static const struct form *form_of(const struct event *event)
{
    const struct form *form = form_by_name(event->name);
    int fd = event->sock ? event_fd_arg(event) : -1;

    for (const struct form *other = form; other && fd >= 0 && other < forms + ARRAY_LEN(forms); other++)
        if (text_is(other->name, event->name) && text_is(other->slots[0].arg, event->args[fd].name))
            return other;
    return form;
}

enum canon canon_of_syscall(const char *name)
{
    const struct form *form = form_by_name(name);

    return form ? form->canon : CANON_NONE;
}

const char *canon_syscall_at(size_t i)
{
    return i < ARRAY_LEN(forms) ? forms[i].name : NULL;
}

static bool is_type(const struct value *value, const char *type)
{
    return value->kind == VALUE_STRUCT && text_is(value->st.type, type);
}

/* Bytes as they are put together. What follows bytes that were not kept has no known place, and only counts.
 */
struct gather {
    struct buf buf;
    uint64_t full;
    bool is_cut;
    bool any;
};

static void gather_bytes(struct gather *gather, const struct value *bytes, uint64_t limit)
{
    uint64_t full = bytes->bytes.full < limit ? bytes->bytes.full : limit;
    size_t len = bytes->bytes.len < full ? bytes->bytes.len : (size_t)full;

    gather->any = true;
    gather->full += full;
    if (!gather->is_cut)
        buf_add(&gather->buf, bytes->bytes.ptr, len);
    gather->is_cut = gather->is_cut || len < full;
}

/* Returns how many bytes the value stood for: at most `limit`. */
static uint64_t gather_value(struct gather *gather, const struct value *value, uint64_t limit)
{
    uint64_t before = gather->full;
    int64_t moved;

    value = value_final(value);
    if (!value || !limit)
        return 0;
    if (value->kind == VALUE_BYTES) {
        gather_bytes(gather, value, limit);
    } else if (value->kind == VALUE_ARRAY) {
        for (size_t i = 0; i < value->array.len; i++)
            limit -= gather_value(gather, value->array.items[i], limit);
    } else if (is_type(value, "iovec")) {
        gather_value(gather, value_field(value, "iov_base"), limit);
    } else if (is_type(value, "msghdr")) {
        gather_value(gather, value_field(value, "msg_iov"), limit);
    } else if (is_type(value, "mmsghdr")) {
        if (value_number(value_field(value, "msg_len"), &moved) && (uint64_t)moved < limit)
            limit = (uint64_t)moved;
        gather_value(gather, value_field(value, "msg_hdr"), limit);
    }
    return gather->full - before;
}

static const struct value *data_part(const struct value *value, struct arena *arena);

/* Of several messages those that were moved; where none was, all that were tried. */
static const struct value *messages_part(const struct value *messages, struct arena *arena)
{
    const struct value **items = ARENA_ARRAY(arena, const struct value *, messages->array.len);
    bool any_moved = false;
    size_t n = 0;

    for (size_t i = 0; i < messages->array.len; i++) {
        const struct value *message = messages->array.items[i];
        bool is_moved = value_field(message, "msg_len") != NULL;

        if (!is_type(message, "mmsghdr") || (any_moved && !is_moved))
            break;
        any_moved = is_moved;
        items[n++] = data_part(message, arena);
    }
    return value_array(arena, items, n, n);
}

static const struct value *data_part(const struct value *value, struct arena *arena)
{
    const struct value *whole = value_final(value);
    bool is_array = whole && whole->kind == VALUE_ARRAY;
    struct gather gather = {0};
    const struct value *data = value;

    if (is_array && whole->array.len && is_type(whole->array.items[0], "mmsghdr"))
        return messages_part(whole, arena);
    if (is_array || (whole && whole->kind == VALUE_STRUCT)) {
        gather_value(&gather, whole, UINT64_MAX);
        if (gather.any || whole->kind == VALUE_STRUCT)
            data = value_bytes(arena, buf_str(&gather.buf), gather.buf.len, gather.full);
    }
    buf_release(&gather.buf);
    return data;
}

static const struct value *addr_part(const struct value *value)
{
    return value && value_final(value)->kind != VALUE_NULL ? value : NULL;
}

static const struct value *name_part(const struct value *value)
{
    value = value_final(value);
    if (!value)
        return NULL;
    if (value->kind == VALUE_ARRAY)
        return value->array.len ? name_part(value->array.items[0]) : NULL;
    if (is_type(value, "mmsghdr"))
        return name_part(value_field(value, "msg_hdr"));
    return addr_part(value_field(value, "msg_name"));
}

static bool is_dupfd(const struct event *event)
{
    const struct value *cmd = event_arg(event, "cmd");
    const char *name = cmd && cmd->kind == VALUE_SYM ? nametab_name(cmd->sym.tab, cmd->sym.n) : NULL;

    return name && strncmp(name, "F_DUPFD", strlen("F_DUPFD")) == 0;
}

static const struct value *slot_value(const struct slot *slot, const struct event *event, struct arena *arena)
{
    const struct value *raw = slot->arg ? event_arg(event, slot->arg) : NULL;

    switch (slot->part) {
    case PART_RAW: return raw;
    case PART_DATA: return data_part(raw, arena);
    case PART_COUNT: return value_bytes(arena, "", 0, event->result > 0 ? (uint64_t)event->result : 0);
    case PART_ADDR: return event->is_stream ? NULL : addr_part(raw);
    case PART_NAME: return event->is_stream ? NULL : name_part(raw);
    case PART_FLAGS: return raw ? raw : value_flags(arena, slot->tab, 0);
    case PART_END: break;
    }
    return NULL;
}

void canon_fill(struct event *event, struct arena *arena)
{
    /* The argument of F_DUPFD is a lower bound, not the newfd that dup2 has in that place. */
    static const struct form dupfd = {"fcntl", CANON_DUP, {RAW("fd")}};
    const struct form *form = is_dupfd(event) ? &dupfd : form_of(event);

    event->ncargs = 0;
    event->canon = form ? form->canon : CANON_OTHER;
    for (size_t i = 0; form && i < ARRAY_LEN(form->slots) && form->slots[i].part != PART_END; i++) {
        enum part part = form->slots[i].part;
        const struct value *value = slot_value(&form->slots[i], event, arena);

        if (!value)
            return;
        event->cargs[event->ncargs++] = value;
        if (part == PART_ADDR || part == PART_NAME)
            event->canon = form->canon == CANON_SEND ? CANON_SENDTO : CANON_RECVFROM;
    }
}
