/* decode/kinds_fcntl.c: what fcntl(2) takes and returns, by its command. */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <fcntl.h>

/* Numbers of the kernel, which glibc on 64-bit machines gives to others, and some that it does not know. */
enum {
    GETLK = 5,
    SETLK = 6,
    SETLKW = 7,
    GETLK64 = 12,
    SETLK64 = 13,
    SETLKW64 = 14,
    GETOWNER_UIDS = 17,
    DUPFD_QUERY = 1027,
    CREATED_QUERY = 1028,
};

enum { UIDS = 2 }; /* real and effective */

/* How the argument is looked at; `of` is that of the row. What can't be read is the address. */
typedef const struct value *(*look_fn)(const struct argctx *ctx, const void *of);

static const struct value *look_int(const struct argctx *ctx, const void *of)
{
    (void)of;
    return value_int(ctx->arena, (int)kind_reg(ctx));
}

/* A whole register. */
static const struct value *look_long(const struct argctx *ctx, const void *of)
{
    (void)of;
    return value_int(ctx->arena, (int64_t)kind_reg(ctx));
}

static const struct value *look_fd(const struct argctx *ctx, const void *of)
{
    (void)of;
    return value_fd(ctx->arena, (int)kind_reg(ctx));
}

static const struct value *look_sym(const struct argctx *ctx, const void *of)
{
    return value_sym(ctx->arena, of, kind_reg(ctx));
}

static const struct value *look_flags(const struct argctx *ctx, const void *of)
{
    return value_flags(ctx->arena, of, kind_reg(ctx));
}

static const struct value *look_flags32(const struct argctx *ctx, const void *of)
{
    return value_flags(ctx->arena, of, (uint32_t)kind_reg(ctx));
}

/* 0 stands for SIGIO. */
static const struct value *look_signal(const struct argctx *ctx, const void *of)
{
    uint32_t signo = (uint32_t)kind_reg(ctx);

    return nametab_name(of, signo) ? value_sym(ctx->arena, of, signo) : look_int(ctx, NULL);
}

static const struct value *look_struct(const struct argctx *ctx, const void *of)
{
    return shape_peek(ctx, of, kind_reg(ctx));
}

static const struct value *look_hint(const struct argctx *ctx, const void *of)
{
    const uint8_t *bytes = kind_peek(ctx, kind_reg(ctx), sizeof(uint64_t));
    const struct value *item;

    if (!bytes)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    item = value_sym(ctx->arena, of, shape_uint(bytes, sizeof(uint64_t)));
    return value_array(ctx->arena, &item, 1, 1);
}

static const struct value *look_uids(const struct argctx *ctx, const void *of)
{
    const uint8_t *bytes = kind_peek(ctx, kind_reg(ctx), UIDS * sizeof(uint32_t));
    const struct value *items[UIDS];

    (void)of;
    if (!bytes)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    for (size_t i = 0; i < UIDS; i++)
        items[i] =
            value_uint(ctx->arena, shape_uint(bytes + i * sizeof(uint32_t), sizeof(uint32_t)), INT_UDEC);
    return value_array(ctx->arena, items, UIDS, UIDS);
}

/* clang-format off */
/* l_pid is the kernel's answer: who holds the lock. */
#define FLOCK(start32, size32)                                                                               \
    MEMBER_OF(flock, l_type, SHAPE_SYM, &nametab_lock),                                                      \
    MEMBER_OF(flock, l_whence, SHAPE_SYM, &nametab_seek),                                                    \
    MEMBER_32(flock, l_start, start32, size32, SHAPE_DEC),                                                   \
    MEMBER_32(flock, l_len, (start32) + (size32), size32, SHAPE_DEC)
/* clang-format on */

static const struct member set_lock[] = {FLOCK(4, 4)};
static const struct member get_lock[] = {FLOCK(4, 4), MEMBER_32(flock, l_pid, 12, 4, SHAPE_DEC)};
static const struct member set_lock64[] = {FLOCK(4, 8)};
static const struct member get_lock64[] = {FLOCK(4, 8), MEMBER_32(flock, l_pid, 20, 4, SHAPE_DEC)};

static const struct layout layout_set_lock = LAYOUT_32(flock, set_lock, 16);
static const struct layout layout_get_lock = LAYOUT_32(flock, get_lock, 16);
static const struct layout layout_set_lock64 = LAYOUT_32(flock, set_lock64, 24);
static const struct layout layout_get_lock64 = LAYOUT_32(flock, get_lock64, 24);

static const struct member owner[] = {
    MEMBER_OF(f_owner_ex, type, SHAPE_SYM, &nametab_owner),
    MEMBER(f_owner_ex, pid, SHAPE_DEC),
};

static const struct layout layout_owner = LAYOUT(f_owner_ex, owner);

/* Commands that are not here, or not for programs of this width, are unknown: their argument is a number. */
static const struct command {
    int cmd;
    enum arg_when when;
    look_fn look; /* NULL: there is no argument */
    const void *of;
    bool only_32;
} commands[] = {
    {F_DUPFD, AT_ENTRY, look_long, NULL, false},
    {F_DUPFD_CLOEXEC, AT_ENTRY, look_long, NULL, false},
    {DUPFD_QUERY, AT_ENTRY, look_fd, NULL, false},
    {CREATED_QUERY, AT_ENTRY, NULL, NULL, false},
    {F_GETFD, AT_ENTRY, NULL, NULL, false},
    {F_SETFD, AT_ENTRY, look_flags32, &nametab_fd_flags, false},
    {F_GETFL, AT_ENTRY, NULL, NULL, false},
    {F_SETFL, AT_ENTRY, look_flags32, &nametab_open, false},
    {GETLK, AT_EXIT, look_struct, &layout_get_lock, false},
    {SETLK, AT_ENTRY, look_struct, &layout_set_lock, false},
    {SETLKW, AT_ENTRY, look_struct, &layout_set_lock, false},
    {GETLK64, AT_EXIT, look_struct, &layout_get_lock64, true},
    {SETLK64, AT_ENTRY, look_struct, &layout_set_lock64, true},
    {SETLKW64, AT_ENTRY, look_struct, &layout_set_lock64, true},
    {F_OFD_GETLK, AT_EXIT, look_struct, &layout_get_lock64, false},
    {F_OFD_SETLK, AT_ENTRY, look_struct, &layout_set_lock64, false},
    {F_OFD_SETLKW, AT_ENTRY, look_struct, &layout_set_lock64, false},
    {F_GETOWN, AT_ENTRY, NULL, NULL, false},
    {F_SETOWN, AT_ENTRY, look_int, NULL, false},
    {F_GETOWN_EX, AT_EXIT, look_struct, &layout_owner, false},
    {F_SETOWN_EX, AT_ENTRY, look_struct, &layout_owner, false},
    {GETOWNER_UIDS, AT_EXIT, look_uids, NULL, false},
    {F_GETSIG, AT_ENTRY, NULL, NULL, false},
    {F_SETSIG, AT_ENTRY, look_signal, &nametab_signal, false},
    {F_GETLEASE, AT_ENTRY, NULL, NULL, false},
    {F_SETLEASE, AT_ENTRY, look_sym, &nametab_lock, false},
    {F_NOTIFY, AT_ENTRY, look_flags, &nametab_notify, false},
    {F_GETPIPE_SZ, AT_ENTRY, NULL, NULL, false},
    {F_SETPIPE_SZ, AT_ENTRY, look_long, NULL, false},
    {F_GET_SEALS, AT_ENTRY, NULL, NULL, false},
    {F_ADD_SEALS, AT_ENTRY, look_flags, &nametab_seal, false},
    {F_GET_RW_HINT, AT_EXIT, look_hint, &nametab_rw_hint, false},
    {F_SET_RW_HINT, AT_ENTRY, look_hint, &nametab_rw_hint, false},
    {F_GET_FILE_RW_HINT, AT_EXIT, look_hint, &nametab_rw_hint, false},
    {F_SET_FILE_RW_HINT, AT_ENTRY, look_hint, &nametab_rw_hint, false},
};

static const struct command *command_of(const struct rawcall *raw, int cmd)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (commands[i].cmd == cmd && (!commands[i].only_32 || raw->abi == ABI_32))
            return &commands[i];
    return NULL;
}

static const struct value *decode_fcntl_arg(const struct argctx *ctx)
{
    const struct command *command = command_of(ctx->raw, (int)kind_other(ctx));
    bool is_out = command && command->when == AT_EXIT;

    if (ctx->at_exit && (!is_out || ctx->raw->is_error))
        return ctx->entered;
    if (!command)
        return value_uint(ctx->arena, kind_reg(ctx), INT_HEX);
    if (is_out && !ctx->at_exit)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    return command->look ? command->look(ctx, command->of) : NULL;
}

const struct value *kind_fcntl_result(const struct rawcall *raw, struct arena *arena)
{
    switch ((int)raw->args[1]) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC: return value_fd(arena, (int)raw->ret);
    case F_GETFD: return value_flags(arena, &nametab_fd_flags, (uint64_t)raw->ret);
    case F_GETFL: return value_flags(arena, &nametab_open, (uint64_t)raw->ret);
    case F_GETLEASE: return value_sym(arena, &nametab_lock, (uint64_t)raw->ret);
    case F_GET_SEALS: return value_flags(arena, &nametab_seal, (uint64_t)raw->ret);
    case F_GETSIG: return raw->ret ? value_sym(arena, &nametab_signal, (uint64_t)raw->ret) : NULL;
    default: return NULL;
    }
}

const struct argkind kind_fcntl_arg = {decode_fcntl_arg, 1};
