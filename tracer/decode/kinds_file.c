/* decode/kinds_file.c: arguments of calls on any file descriptor: fcntl, ioctl; and the pair of socketpair.
 */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

static const struct value *decode_fd_pair(const struct argctx *ctx)
{
    const struct value *items[2];
    int fds[2];

    if (ctx->raw->is_error || !kind_peek_into(ctx, kind_reg(ctx), fds, sizeof(fds)))
        return kind_pointer(ctx->arena, kind_reg(ctx));
    items[0] = value_fd(ctx->arena, fds[0]);
    items[1] = value_fd(ctx->arena, fds[1]);
    return value_array(ctx->arena, items, 2, 2);
}

enum fcntl_shape {
    FCNTL_NOTHING,
    FCNTL_INT,
    FCNTL_UINT,
    FCNTL_FD_FLAGS,
    FCNTL_OPEN_FLAGS,
    FCNTL_SIGNAL,
    FCNTL_POINTER
};

static const struct value *decode_fcntl_arg(const struct argctx *ctx)
{
    static const struct {
        int cmd;
        enum fcntl_shape shape;
    } cmds[] = {
        {F_DUPFD, FCNTL_UINT},     {F_DUPFD_CLOEXEC, FCNTL_UINT}, {F_GETFD, FCNTL_NOTHING},
        {F_SETFD, FCNTL_FD_FLAGS}, {F_GETFL, FCNTL_NOTHING},      {F_SETFL, FCNTL_OPEN_FLAGS},
        {F_GETOWN, FCNTL_NOTHING}, {F_SETOWN, FCNTL_INT},         {F_GETSIG, FCNTL_NOTHING},
        {F_SETSIG, FCNTL_SIGNAL},  {F_GETLEASE, FCNTL_NOTHING},   {F_GETPIPE_SZ, FCNTL_NOTHING},
        {F_SETPIPE_SZ, FCNTL_INT}, {F_GET_SEALS, FCNTL_NOTHING},
    };
    uint64_t arg = kind_reg(ctx);
    enum fcntl_shape shape = FCNTL_POINTER;

    for (size_t i = 0; i < ARRAY_LEN(cmds); i++)
        if (cmds[i].cmd == (int)kind_other(ctx))
            shape = cmds[i].shape;
    switch (shape) {
    case FCNTL_NOTHING: return NULL;
    case FCNTL_INT: return value_int(ctx->arena, (int)arg);
    case FCNTL_UINT: return value_uint(ctx->arena, (uint32_t)arg, INT_UDEC);
    case FCNTL_FD_FLAGS: return value_flags(ctx->arena, &nametab_fd_flags, (uint32_t)arg);
    case FCNTL_OPEN_FLAGS: return value_flags(ctx->arena, &nametab_open, (uint32_t)arg);
    case FCNTL_SIGNAL: return value_sym(ctx->arena, &nametab_signal, (uint32_t)arg);
    case FCNTL_POINTER: break;
    }
    return value_uint(ctx->arena, arg, INT_HEX);
}

enum ioctl_shape { IOCTL_NOTHING, IOCTL_INT_IN, IOCTL_INT_OUT, IOCTL_POINTER, IOCTL_NUMBER };

static enum ioctl_shape ioctl_shape(uint32_t request)
{
    static const struct {
        uint32_t request;
        enum ioctl_shape shape;
    } requests[] = {
        {FIONBIO, IOCTL_INT_IN},    {FIOASYNC, IOCTL_INT_IN},    {FIONREAD, IOCTL_INT_OUT},
        {TIOCOUTQ, IOCTL_INT_OUT},  {SIOCATMARK, IOCTL_INT_OUT}, {SIOCOUTQNSD, IOCTL_INT_OUT},
        {SIOCGPGRP, IOCTL_INT_OUT}, {FIOGETOWN, IOCTL_INT_OUT},  {SIOCSPGRP, IOCTL_INT_IN},
        {FIOSETOWN, IOCTL_INT_IN},  {FIOCLEX, IOCTL_NOTHING},    {FIONCLEX, IOCTL_NOTHING},
    };

    for (size_t i = 0; i < ARRAY_LEN(requests); i++)
        if (requests[i].request == request)
            return requests[i].shape;
    return nametab_name(&nametab_ioctl, request) ? IOCTL_POINTER : IOCTL_NUMBER;
}

static const struct value *ioctl_int(const struct argctx *ctx)
{
    const struct value *item;
    int32_t n;

    if (!kind_peek_into(ctx, kind_reg(ctx), &n, sizeof(n)))
        return kind_pointer(ctx->arena, kind_reg(ctx));
    item = value_int(ctx->arena, n);
    return value_array(ctx->arena, &item, 1, 1);
}

static const struct value *decode_ioctl_arg(const struct argctx *ctx)
{
    enum ioctl_shape shape = ioctl_shape((uint32_t)kind_other(ctx));

    switch (shape) {
    case IOCTL_NOTHING: return NULL;
    case IOCTL_INT_IN: return ctx->at_exit ? ctx->entered : ioctl_int(ctx);
    case IOCTL_INT_OUT:
        if (ctx->at_exit && !ctx->raw->is_error)
            return ioctl_int(ctx);
        break;
    case IOCTL_POINTER: break;
    case IOCTL_NUMBER: return value_uint(ctx->arena, kind_reg(ctx), INT_HEX);
    }
    return kind_pointer(ctx->arena, kind_reg(ctx));
}

const struct argkind kind_fd_pair = {decode_fd_pair, 1};
const struct argkind kind_fcntl_arg = {decode_fcntl_arg, 0};
const struct argkind kind_ioctl_arg = {decode_ioctl_arg, 1};
