/* decode/kinds_msg.c: msghdr and mmsghdr with their addresses, buffers and control messages. */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { CMSGS_MAX = 64, CONTROL_MAX = 64 * 1024 };

/* cmsg(3): what stands behind the header of a control message, by level and type. */
static const struct value *decode_rights(struct arena *arena, const uint8_t *bytes, size_t len)
{
    size_t count = len / sizeof(int);
    const struct value **items = ARENA_ARRAY(arena, const struct value *, count);

    for (size_t i = 0; i < count; i++) {
        int fd;

        memcpy(&fd, bytes + i * sizeof(fd), sizeof(fd));
        items[i] = value_fd(arena, fd);
    }
    return count ? value_array(arena, items, count, count) : NULL;
}

static const struct value *decode_raw_data(struct arena *arena, const uint8_t *bytes, size_t len)
{
    return len ? value_bytes(arena, bytes, len, len) : NULL;
}

static const struct value *decode_cmsg_data(struct arena *arena, int level, int type, const uint8_t *bytes,
                                            size_t len)
{
    static const struct {
        int level, type;
        const struct value *(*decode)(struct arena *arena, const uint8_t *bytes, size_t len);
    } rows[] = {
        {SOL_SOCKET, SCM_RIGHTS, decode_rights},
        {SOL_SOCKET, SCM_CREDENTIALS, kind_ucred},
        {IPPROTO_IP, IP_TTL, kind_int_item},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].level == level && rows[i].type == type)
            return rows[i].decode(arena, bytes, len);
    return decode_raw_data(arena, bytes, len);
}

static const struct value *cmsg_type(struct arena *arena, int level, int type)
{
    if (level == SOL_SOCKET)
        return value_sym(arena, &nametab_scm, (uint32_t)type);
    if (level == IPPROTO_IP)
        return value_sym(arena, &nametab_ip, (uint32_t)type);
    return value_uint(arena, (uint32_t)type, INT_HEX);
}

static const struct value *decode_cmsg(struct arena *arena, const struct cmsghdr *cmsg, const uint8_t *data,
                                       size_t data_len)
{
    struct field fields[4] = {
        {"cmsg_len", value_uint(arena, cmsg->cmsg_len, INT_UDEC)},
        {"cmsg_level", value_sym(arena, &nametab_sol, (uint32_t)cmsg->cmsg_level)},
        {"cmsg_type", cmsg_type(arena, cmsg->cmsg_level, cmsg->cmsg_type)},
        {"cmsg_data", decode_cmsg_data(arena, cmsg->cmsg_level, cmsg->cmsg_type, data, data_len)},
    };

    return value_struct(arena, "cmsghdr", fields, fields[3].value ? 4 : 3);
}

/* A length may lie: what a message claims is cut to what there is, and a length shorter than a header counts
 * as one. */
static const struct value *decode_control(const struct argctx *ctx, uint64_t addr, uint64_t len)
{
    const struct value *items[CMSGS_MAX + 1];
    size_t count = 0, at = 0;
    const uint8_t *bytes;

    if (len < sizeof(struct cmsghdr) || len > CONTROL_MAX)
        return kind_pointer(ctx->arena, addr);
    bytes = kind_peek(ctx, addr, (size_t)len);
    if (!bytes)
        return kind_pointer(ctx->arena, addr);
    while (len - at >= sizeof(struct cmsghdr) && count < CMSGS_MAX) {
        struct cmsghdr cmsg;
        size_t room = (size_t)len - at, size;

        memcpy(&cmsg, bytes + at, sizeof(cmsg));
        size = cmsg.cmsg_len < sizeof(cmsg) ? sizeof(cmsg) : cmsg.cmsg_len;
        size = size < room ? size : room;
        items[count++] = decode_cmsg(ctx->arena, &cmsg, bytes + at + sizeof(cmsg), size - sizeof(cmsg));
        at = CMSG_ALIGN(size) < room ? at + CMSG_ALIGN(size) : (size_t)len;
    }
    return kind_array(ctx, items, count, at < len ? count + 1 : count, count, addr + at);
}

struct msg_fields {
    struct field list[7];
    size_t len;
};

static void add(struct msg_fields *fields, const char *name, const struct value *value)
{
    fields->list[fields->len++] = (struct field){name, value};
}

/*
 * `entered`: of a message that is filled in, what it was at entry, which tells the room for the name; NULL
 * for input. `moved`: as for kind_iovecs.
 */
static const struct value *decode_msghdr(const struct argctx *ctx, const struct msghdr *msg,
                                         const struct value *entered, uint64_t *moved)
{
    uint64_t name = (uint64_t)(uintptr_t)msg->msg_name, control = (uint64_t)(uintptr_t)msg->msg_control;
    int64_t name_len = (int32_t)msg->msg_namelen, room = name_len;
    const struct value *name_len_value = value_int(ctx->arena, name_len);
    struct msg_fields fields = {0};

    if (value_number(kind_entered(value_field(entered, "msg_namelen")), &room) && room != name_len)
        name_len_value =
            value_changed(ctx->arena, CHANGED_ARROW, NULL, value_int(ctx->arena, room), name_len_value);
    add(&fields, "msg_name", kind_sockaddr(ctx, name, name_len < room ? name_len : room));
    add(&fields, "msg_namelen", name_len_value);
    add(&fields, "msg_iov", kind_iovecs(ctx, (uint64_t)(uintptr_t)msg->msg_iov, msg->msg_iovlen, moved));
    add(&fields, "msg_iovlen", value_uint(ctx->arena, msg->msg_iovlen, INT_UDEC));
    if (msg->msg_controllen)
        add(&fields, "msg_control", decode_control(ctx, control, msg->msg_controllen));
    add(&fields, "msg_controllen", value_uint(ctx->arena, msg->msg_controllen, INT_UDEC));
    add(&fields, "msg_flags", value_flags(ctx->arena, &nametab_msg, (uint32_t)msg->msg_flags));
    return value_struct(ctx->arena, "msghdr", fields.list, fields.len);
}

/* Of a message that the kernel will fill in, only this means something before. */
static const struct value *msghdr_before(const struct argctx *ctx, const struct msghdr *msg)
{
    struct field field = {"msg_namelen", value_int(ctx->arena, (int32_t)msg->msg_namelen)};

    return value_struct(ctx->arena, "msghdr", &field, 1);
}

static const struct value *decode_msg_in(const struct argctx *ctx)
{
    struct msghdr msg;

    if (!kind_peek_into(ctx, kind_reg(ctx), &msg, sizeof(msg)))
        return kind_pointer(ctx->arena, kind_reg(ctx));
    return decode_msghdr(ctx, &msg, NULL, NULL);
}

static const struct value *decode_msg_out(const struct argctx *ctx)
{
    uint64_t moved = (uint64_t)ctx->raw->ret;
    struct msghdr msg;

    if (ctx->at_exit && ctx->raw->is_error)
        return ctx->entered;
    if (!kind_peek_into(ctx, kind_reg(ctx), &msg, sizeof(msg)))
        return ctx->at_exit ? ctx->entered : kind_pointer(ctx->arena, kind_reg(ctx));
    return ctx->at_exit ? decode_msghdr(ctx, &msg, ctx->entered, &moved) : msghdr_before(ctx, &msg);
}

/* Element i of the array that decode_enter made, or NULL. */
static const struct value *entered_msg(const struct argctx *ctx, size_t i)
{
    const struct value *entered = ctx->entered;

    if (!entered || entered->kind != VALUE_ARRAY || i >= entered->array.len)
        return NULL;
    return value_field(entered->array.items[i], "msg_hdr");
}

typedef const struct value *(*mmsg_item)(const struct argctx *ctx, const struct mmsghdr *mmsg, size_t i);

static const struct value *mmsghdr(struct arena *arena, const struct value *hdr, const struct value *len)
{
    struct field fields[2] = {{"msg_hdr", hdr}, {"msg_len", len}};

    return value_struct(arena, "mmsghdr", fields, len ? 2 : 1);
}

static const struct value *mmsgs(const struct argctx *ctx, uint64_t count, mmsg_item item)
{
    size_t asked = count < KIND_IOV_MAX ? (size_t)count : KIND_IOV_MAX, got = 0;
    const struct value **items = ARENA_ARRAY(ctx->arena, const struct value *, asked + 1);
    uint64_t addr = kind_reg(ctx);
    const uint8_t *bytes;

    if (!addr)
        return value_null(ctx->arena);
    if (!asked)
        return value_array(ctx->arena, items, 0, 0);
    bytes = kind_peek_array(ctx, addr, sizeof(struct mmsghdr), asked, &got);
    if (!bytes)
        return ctx->at_exit && ctx->entered ? ctx->entered : value_addr(ctx->arena, addr);
    for (size_t i = 0; i < got; i++) {
        struct mmsghdr mmsg;

        memcpy(&mmsg, bytes + i * sizeof(mmsg), sizeof(mmsg));
        items[i] = item(ctx, &mmsg, i);
    }
    return kind_array(ctx, items, got, asked, count, addr + got * sizeof(struct mmsghdr));
}

static const struct value *msg_len(struct arena *arena, const struct mmsghdr *mmsg)
{
    return value_uint(arena, mmsg->msg_len, INT_UDEC);
}

/* At exit the messages that were sent get their lengths. */
static const struct value *mmsg_in_item(const struct argctx *ctx, const struct mmsghdr *mmsg, size_t i)
{
    bool sent = ctx->at_exit && !ctx->raw->is_error && (int64_t)i < ctx->raw->ret;

    return mmsghdr(ctx->arena, decode_msghdr(ctx, &mmsg->msg_hdr, NULL, NULL),
                   sent ? msg_len(ctx->arena, mmsg) : NULL);
}

static const struct value *mmsg_out_item(const struct argctx *ctx, const struct mmsghdr *mmsg, size_t i)
{
    uint64_t moved = mmsg->msg_len;

    if (!ctx->at_exit)
        return mmsghdr(ctx->arena, msghdr_before(ctx, &mmsg->msg_hdr), NULL);
    return mmsghdr(ctx->arena, decode_msghdr(ctx, &mmsg->msg_hdr, entered_msg(ctx, i), &moved),
                   msg_len(ctx->arena, mmsg));
}

static const struct value *decode_mmsg_in(const struct argctx *ctx)
{
    if (ctx->at_exit && ctx->raw->is_error)
        return ctx->entered;
    return mmsgs(ctx, (uint32_t)ctx->raw->args[ctx->spec->other], mmsg_in_item);
}

static const struct value *decode_mmsg_out(const struct argctx *ctx)
{
    if (!ctx->at_exit)
        return mmsgs(ctx, (uint32_t)ctx->raw->args[ctx->spec->other], mmsg_out_item);
    if (ctx->raw->is_error)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    return mmsgs(ctx, (uint64_t)ctx->raw->ret, mmsg_out_item);
}

const struct argkind kind_msg_in = {decode_msg_in, 3};
const struct argkind kind_msg_out = {decode_msg_out, 3};
const struct argkind kind_mmsg_in = {decode_mmsg_in, 3};
const struct argkind kind_mmsg_out = {decode_mmsg_out, 3};
