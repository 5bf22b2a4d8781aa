/* decode/kinds_msg.c: msghdr and mmsghdr with their addresses and buffers. */
#include "base/alloc.h"
#include "decode/kinds.h"

/* struct msghdr as its program has it: each member takes a word. (Machines are little-endian here: an int in
 * a word is its first four bytes.) */
struct msg {
    uint64_t name, iov, iovlen, control, controllen;
    int32_t namelen;
    uint32_t flags;
};

enum { MSG_WORDS = 7, MMSG_WORDS = 8 };

static size_t msg_size(const struct argctx *ctx)
{
    return MSG_WORDS * abi_word(ctx->raw->abi);
}

static size_t mmsg_size(const struct argctx *ctx)
{
    return MMSG_WORDS * abi_word(ctx->raw->abi);
}

static struct msg msg_read(const struct argctx *ctx, const uint8_t *bytes)
{
    struct msg msg = {.name = kind_word(ctx, &bytes)};

    msg.namelen = (int32_t)kind_word(ctx, &bytes);
    msg.iov = kind_word(ctx, &bytes);
    msg.iovlen = kind_word(ctx, &bytes);
    msg.control = kind_word(ctx, &bytes);
    msg.controllen = kind_word(ctx, &bytes);
    msg.flags = (uint32_t)kind_word(ctx, &bytes);
    return msg;
}

/* What the kernel has moved of this element of an mmsghdr array. */
static uint32_t mmsg_len(const struct argctx *ctx, const uint8_t *bytes)
{
    return (uint32_t)shape_uint(bytes + msg_size(ctx), sizeof(uint32_t));
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
static const struct value *decode_msghdr(const struct argctx *ctx, const uint8_t *bytes,
                                         const struct value *entered, uint64_t *moved)
{
    struct msg msg = msg_read(ctx, bytes);
    int64_t name_len = msg.namelen, room = name_len;
    const struct value *name_len_value = value_int(ctx->arena, name_len);
    struct msg_fields fields = {0};

    if (value_number(kind_entered(value_field(entered, "msg_namelen")), &room) && room != name_len)
        name_len_value =
            value_changed(ctx->arena, CHANGED_ARROW, NULL, value_int(ctx->arena, room), name_len_value);
    add(&fields, "msg_name", kind_sockaddr(ctx, msg.name, name_len < room ? name_len : room));
    add(&fields, "msg_namelen", name_len_value);
    add(&fields, "msg_iov", kind_iovecs(ctx, msg.iov, msg.iovlen, moved));
    add(&fields, "msg_iovlen", value_uint(ctx->arena, msg.iovlen, INT_UDEC));
    if (msg.controllen)
        add(&fields, "msg_control", kind_control(ctx, msg.control, msg.controllen));
    add(&fields, "msg_controllen", value_uint(ctx->arena, msg.controllen, INT_UDEC));
    add(&fields, "msg_flags", value_flags(ctx->arena, &nametab_msg, msg.flags));
    return value_struct(ctx->arena, "msghdr", fields.list, fields.len);
}

/* Of a message that the kernel will fill in, only this means something before. */
static const struct value *msghdr_before(const struct argctx *ctx, const uint8_t *bytes)
{
    struct field field = {"msg_namelen", value_int(ctx->arena, msg_read(ctx, bytes).namelen)};

    return value_struct(ctx->arena, "msghdr", &field, 1);
}

static const struct value *decode_msg_in(const struct argctx *ctx)
{
    const uint8_t *bytes = kind_peek(ctx, kind_reg(ctx), msg_size(ctx));

    return bytes ? decode_msghdr(ctx, bytes, NULL, NULL) : kind_pointer(ctx->arena, kind_reg(ctx));
}

static const struct value *decode_msg_out(const struct argctx *ctx)
{
    uint64_t moved = (uint64_t)ctx->raw->ret;
    const uint8_t *bytes;

    if (ctx->at_exit && ctx->raw->is_error)
        return ctx->entered;
    bytes = kind_peek(ctx, kind_reg(ctx), msg_size(ctx));
    if (!bytes)
        return ctx->at_exit ? ctx->entered : kind_pointer(ctx->arena, kind_reg(ctx));
    return ctx->at_exit ? decode_msghdr(ctx, bytes, ctx->entered, &moved) : msghdr_before(ctx, bytes);
}

/* Element i of the array that decode_enter made, or NULL. */
static const struct value *entered_msg(const struct argctx *ctx, size_t i)
{
    const struct value *entered = ctx->entered;

    if (!entered || entered->kind != VALUE_ARRAY || i >= entered->array.len)
        return NULL;
    return value_field(entered->array.items[i], "msg_hdr");
}

typedef const struct value *(*mmsg_item)(const struct argctx *ctx, const uint8_t *bytes, size_t i);

static const struct value *mmsghdr(struct arena *arena, const struct value *hdr, const struct value *len)
{
    struct field fields[2] = {{"msg_hdr", hdr}, {"msg_len", len}};

    return value_struct(arena, "mmsghdr", fields, len ? 2 : 1);
}

static const struct value *mmsgs(const struct argctx *ctx, uint64_t count, mmsg_item item)
{
    size_t asked = kind_afford(ctx, count), got = 0;
    const struct value **items = ARENA_ARRAY(ctx->arena, const struct value *, asked + 1);
    uint64_t addr = kind_reg(ctx);
    const uint8_t *bytes;

    if (!addr)
        return value_null(ctx->arena);
    if (!asked)
        return value_array(ctx->arena, items, 0, count);
    bytes = kind_peek_array(ctx, addr, mmsg_size(ctx), asked, &got);
    if (!bytes)
        return ctx->at_exit && ctx->entered ? ctx->entered : value_addr(ctx->arena, addr);
    for (size_t i = 0; i < got; i++)
        items[i] = item(ctx, bytes + i * mmsg_size(ctx), i);
    return kind_array(ctx, items, got, asked, count, addr + got * mmsg_size(ctx));
}

/* At exit the messages that were sent get their lengths; what was in them was seen when they were sent. */
static const struct value *mmsg_in_item(const struct argctx *ctx, const uint8_t *bytes, size_t i)
{
    bool sent = ctx->at_exit && !ctx->raw->is_error && (int64_t)i < ctx->raw->ret;
    const struct value *before = ctx->at_exit ? entered_msg(ctx, i) : NULL;

    return mmsghdr(ctx->arena, before ? before : decode_msghdr(ctx, bytes, NULL, NULL),
                   sent ? value_uint(ctx->arena, mmsg_len(ctx, bytes), INT_UDEC) : NULL);
}

static const struct value *mmsg_out_item(const struct argctx *ctx, const uint8_t *bytes, size_t i)
{
    uint64_t len = mmsg_len(ctx, bytes), moved = len;

    if (!ctx->at_exit)
        return mmsghdr(ctx->arena, msghdr_before(ctx, bytes), NULL);
    return mmsghdr(ctx->arena, decode_msghdr(ctx, bytes, entered_msg(ctx, i), &moved),
                   value_uint(ctx->arena, len, INT_UDEC));
}

static const struct value *decode_mmsg_in(const struct argctx *ctx)
{
    if (ctx->at_exit && ctx->raw->is_error)
        return ctx->entered;
    return mmsgs(ctx, (uint32_t)kind_other(ctx), mmsg_in_item);
}

static const struct value *decode_mmsg_out(const struct argctx *ctx)
{
    if (!ctx->at_exit)
        return mmsgs(ctx, (uint32_t)kind_other(ctx), mmsg_out_item);
    if (ctx->raw->is_error)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    return mmsgs(ctx, (uint64_t)ctx->raw->ret, mmsg_out_item);
}

const struct argkind kind_msg_in = {decode_msg_in, 3};
const struct argkind kind_msg_out = {decode_msg_out, 3};
const struct argkind kind_mmsg_in = {decode_mmsg_in, 3};
const struct argkind kind_mmsg_out = {decode_mmsg_out, 3};
