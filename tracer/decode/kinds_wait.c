/* decode/kinds_wait.c: what calls that wait for several file descriptors take: sets, times, signal masks. */
#include "base/alloc.h"
#include "decode/kinds.h"

#include <poll.h>
#include <string.h>
#include <sys/epoll.h>

enum {
    POLLFDS_MAX = 4096,
    FDS_MAX = 64 * 1024,
    EPOLL_EVENTS_MAX = 4096,
    BYTE_BITS = 8,
    SIGSET_SIZE = 8, /* what the kernel asks for, whatever sigset_t of a libc is */
    SIGNALS = 64,
};

static bool is_success(const struct argctx *ctx)
{
    return !ctx->raw->is_error && ctx->raw->ret > 0;
}

/* With a label where neither side's place in the line tells what it is. */
static const struct value *aux(const struct argctx *ctx, const char *label, const struct value *after)
{
    return value_changed(ctx->arena, CHANGED_AUX, label, kind_entered(ctx->entered), after);
}

/* --- poll --- */

static const struct value *pollfd_before(struct arena *arena, const struct pollfd *pollfd)
{
    struct field fields[2] = {
        {"fd", value_fd(arena, pollfd->fd)},
        {"events", value_flags(arena, &nametab_poll, (uint16_t)pollfd->events)},
    };

    return value_struct(arena, "pollfd", fields, pollfd->fd < 0 ? 1 : 2);
}

static const struct value *pollfd_after(struct arena *arena, const struct pollfd *pollfd)
{
    struct field fields[2] = {
        {"fd", value_fd(arena, pollfd->fd)},
        {"revents", value_flags(arena, &nametab_poll, (uint16_t)pollfd->revents)},
    };

    return value_struct(arena, "pollfd", fields, 2);
}

static const struct value *decode_pollfds(const struct argctx *ctx)
{
    uint64_t addr = kind_reg(ctx), count = (uint32_t)kind_other(ctx);
    size_t asked = count < POLLFDS_MAX ? (size_t)count : POLLFDS_MAX, got = 0, ready = 0;
    const struct value **items;
    const uint8_t *bytes;

    if (ctx->at_exit && !is_success(ctx))
        return ctx->entered;
    if (!addr || !asked)
        return addr ? value_array(ctx->arena, NULL, 0, 0) : value_null(ctx->arena);
    bytes = kind_peek_array(ctx, addr, sizeof(struct pollfd), asked, &got);
    if (!bytes)
        return ctx->at_exit ? ctx->entered : value_addr(ctx->arena, addr);
    items = ARENA_ARRAY(ctx->arena, const struct value *, got + 1);
    for (size_t i = 0; i < got; i++) {
        struct pollfd pollfd;

        memcpy(&pollfd, bytes + i * sizeof(pollfd), sizeof(pollfd));
        if (!ctx->at_exit)
            items[i] = pollfd_before(ctx->arena, &pollfd);
        else if (pollfd.revents)
            items[ready++] = pollfd_after(ctx->arena, &pollfd);
    }
    if (ctx->at_exit)
        return aux(ctx, NULL, value_array(ctx->arena, items, ready, ready));
    return kind_array(ctx, items, got, asked, count, addr + got * sizeof(struct pollfd));
}

/* --- select --- */

/* Words of any size, lowest bit first: on little-endian machines the same as bytes. At most `most` members:
 * select(2) leaves bits as they were beyond the descriptors that there can be. */
static const struct value *fd_set_value(struct arena *arena, const uint8_t *bytes, size_t nfds, size_t most,
                                        size_t *count)
{
    const struct value **items;
    struct field field = {"fds", NULL};

    *count = 0;
    for (size_t pass = 0; pass < 2; pass++) {
        items = ARENA_ARRAY(arena, const struct value *, *count);
        *count = 0;
        for (size_t fd = 0; fd < nfds && *count < most; fd++) {
            if (!(bytes[fd / BYTE_BITS] >> fd % BYTE_BITS & 1))
                continue;
            if (pass)
                items[*count] = value_fd(arena, (int)fd);
            ++*count;
        }
    }
    field.value = value_array(arena, items, *count, *count);
    return value_struct(arena, "fd_set", &field, 1);
}

static const struct value *decode_fd_set(const struct argctx *ctx, const char *label)
{
    uint64_t addr = kind_reg(ctx);
    int nfds = (int)kind_other(ctx);
    size_t word_bits = BYTE_BITS * abi_word(ctx->raw->abi), words, count;
    const struct value *value;
    const uint8_t *bytes = NULL;

    if (ctx->at_exit && (!addr || !is_success(ctx)))
        return ctx->entered;
    if (nfds > FDS_MAX)
        nfds = FDS_MAX;
    words = nfds > 0 ? ((size_t)nfds + word_bits - 1) / word_bits : 0;
    if (words)
        bytes = kind_peek(ctx, addr, words * abi_word(ctx->raw->abi));
    if (nfds < 0 || (words && !bytes) || !addr)
        return ctx->at_exit ? ctx->entered : kind_pointer(ctx->arena, addr);
    value =
        fd_set_value(ctx->arena, bytes, (size_t)nfds, ctx->at_exit ? (size_t)ctx->raw->ret : FDS_MAX, &count);
    if (!ctx->at_exit)
        return value;
    return count ? aux(ctx, label, value) : kind_entered(ctx->entered);
}

static const struct value *decode_readfds(const struct argctx *ctx)
{
    return decode_fd_set(ctx, "in");
}

static const struct value *decode_writefds(const struct argctx *ctx)
{
    return decode_fd_set(ctx, "out");
}

static const struct value *decode_exceptfds(const struct argctx *ctx)
{
    return decode_fd_set(ctx, "except");
}

/* --- times --- */

static const struct value *time_left(const struct argctx *ctx, const struct layout *layout)
{
    const struct value *value;

    if (!ctx->at_exit)
        return shape_peek(ctx, layout, kind_reg(ctx));
    if (!is_success(ctx) || !kind_reg(ctx))
        return ctx->entered;
    value = shape_peek(ctx, layout, kind_reg(ctx));
    return value->kind == VALUE_STRUCT ? aux(ctx, "left", value) : ctx->entered;
}

static const struct value *decode_timespec(const struct argctx *ctx)
{
    return shape_peek(ctx, &layout_timespec, kind_reg(ctx));
}

static const struct value *decode_timespec64(const struct argctx *ctx)
{
    if (ctx->at_exit && ctx->raw->is_error)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    return shape_peek(ctx, &layout_timespec64, kind_reg(ctx));
}

static const struct value *decode_timespec_left(const struct argctx *ctx)
{
    return time_left(ctx, &layout_timespec);
}

static const struct value *decode_timespec64_left(const struct argctx *ctx)
{
    return time_left(ctx, &layout_timespec64);
}

static const struct value *decode_timeval_left(const struct argctx *ctx)
{
    return time_left(ctx, &layout_timeval);
}

/* --- signal masks --- */

static const struct value *mask_value(const struct argctx *ctx, uint64_t addr, uint64_t size)
{
    const struct value *items[SIGNALS];
    struct field fields[2] = {{"signals", NULL}, {"not", value_int(ctx->arena, 1)}};
    size_t count = 0;
    bool is_not;
    uint64_t mask;

    if (size != SIGSET_SIZE || !kind_peek_into(ctx, addr, &mask, sizeof(mask)))
        return kind_pointer(ctx->arena, addr);
    /* From two thirds on, as strace does: a mask of nearly all signals is told by those that are missing. */
    is_not = __builtin_popcountll(mask) >= SIGNALS * 2 / 3;
    for (unsigned signo = 1; signo <= SIGNALS; signo++)
        if ((mask >> (signo - 1) & 1) != is_not)
            items[count++] = value_sym(ctx->arena, &nametab_signal, signo);
    fields[0].value = value_array(ctx->arena, items, count, count);
    return value_struct(ctx->arena, "sigset", fields, is_not ? 2 : 1);
}

static const struct value *decode_sigset(const struct argctx *ctx)
{
    if (ctx->at_exit && ctx->raw->is_error)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    return mask_value(ctx, kind_reg(ctx), kind_other(ctx));
}

static const struct value *decode_sigset_arg(const struct argctx *ctx)
{
    const uint8_t *bytes = kind_peek(ctx, kind_reg(ctx), 2 * abi_word(ctx->raw->abi));
    struct field fields[2];
    uint64_t addr, size;

    if (!bytes)
        return kind_pointer(ctx->arena, kind_reg(ctx));
    addr = kind_word(ctx, &bytes);
    size = kind_word(ctx, &bytes);
    fields[0] = (struct field){"sigmask", mask_value(ctx, addr, size)};
    fields[1] = (struct field){"sigsetsize", value_uint(ctx->arena, size, INT_UDEC)};
    return value_struct(ctx->arena, "sigset_arg", fields, ARRAY_LEN(fields));
}

/* --- epoll --- */

static const struct value *epoll_event(struct arena *arena, const uint8_t *bytes)
{
    struct epoll_event event;
    struct field data[2], fields[2];

    memcpy(&event, bytes, sizeof(event));
    data[0] = (struct field){"u32", value_uint(arena, event.data.u32, INT_UDEC)};
    data[1] = (struct field){"u64", value_uint(arena, event.data.u64, INT_UDEC)};
    fields[0] = (struct field){"events", value_flags(arena, &nametab_epoll_event, event.events)};
    fields[1] = (struct field){"data", value_struct(arena, "epoll_data", data, ARRAY_LEN(data))};
    return value_struct(arena, "epoll_event", fields, ARRAY_LEN(fields));
}

static const struct value *decode_epoll_event(const struct argctx *ctx)
{
    bool ignored = (int)kind_other(ctx) == EPOLL_CTL_DEL;
    const uint8_t *bytes = ignored ? NULL : kind_peek(ctx, kind_reg(ctx), sizeof(struct epoll_event));

    return bytes ? epoll_event(ctx->arena, bytes) : kind_pointer(ctx->arena, kind_reg(ctx));
}

static const struct value *decode_epoll_events(const struct argctx *ctx)
{
    uint64_t addr = kind_reg(ctx), count = ctx->raw->is_error ? 0 : (uint64_t)ctx->raw->ret;
    size_t asked = count < EPOLL_EVENTS_MAX ? (size_t)count : EPOLL_EVENTS_MAX, got = 0;
    const struct value **items = ARENA_ARRAY(ctx->arena, const struct value *, asked + 1);
    const uint8_t *bytes;

    if (ctx->raw->is_error || !addr)
        return kind_pointer(ctx->arena, addr);
    if (!asked)
        return value_array(ctx->arena, NULL, 0, 0);
    bytes = kind_peek_array(ctx, addr, sizeof(struct epoll_event), asked, &got);
    if (!bytes)
        return value_addr(ctx->arena, addr);
    for (size_t i = 0; i < got; i++)
        items[i] = epoll_event(ctx->arena, bytes + i * sizeof(struct epoll_event));
    return kind_array(ctx, items, got, asked, count, addr + got * sizeof(struct epoll_event));
}

const struct argkind kind_pollfds = {decode_pollfds, 1};
const struct argkind kind_readfds = {decode_readfds, 1};
const struct argkind kind_writefds = {decode_writefds, 1};
const struct argkind kind_exceptfds = {decode_exceptfds, 1};
const struct argkind kind_timespec = {decode_timespec, 1};
const struct argkind kind_timespec_left = {decode_timespec_left, 1};
const struct argkind kind_timespec64 = {decode_timespec64, 1};
const struct argkind kind_timespec64_left = {decode_timespec64_left, 1};
const struct argkind kind_timeval_left = {decode_timeval_left, 1};
const struct argkind kind_sigset = {decode_sigset, 1};
const struct argkind kind_sigset_arg = {decode_sigset_arg, 2};
const struct argkind kind_epoll_event = {decode_epoll_event, 1};
const struct argkind kind_epoll_events = {decode_epoll_events, 1};
