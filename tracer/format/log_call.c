/* format/log_call.c: by the kinds of the table: numbers go through the decoder, what stood in memory is read
 * from the text. */
#include "format/log_call.h"

#include "base/alloc.h"
#include "decode/kinds.h"
#include "decode/opts.h"

#include <string.h>

enum { MOST_ARGS = 6 };

struct reading {
    struct log_values *in;
    const struct call *call;
    const struct log_node *nodes[MOST_ARGS]; /* NULL: not there */
    const struct log_node *aux;              /* `[{fd=3, revents=POLLIN}]` behind the result, or NULL */
    struct rawcall raw;
    bool at_exit; /* the result is known */
    unsigned i;   /* which argument */
};

static bool is_success(const struct reading *r)
{
    return r->at_exit && !r->raw.is_error;
}

static struct arena *arena_of(const struct reading *r)
{
    return r->in->arena;
}

static const struct argspec *spec_of(const struct reading *r)
{
    return &r->call->args[r->i];
}

static uint64_t other_of(const struct reading *r)
{
    return r->raw.args[spec_of(r)->other];
}

/* --- what stands in registers --- */

static const uint8_t *no_memory(struct peek *peek, uint64_t addr, size_t len)
{
    (void)peek, (void)addr, (void)len;
    return NULL;
}

/* What the decoder would be told, of a program without memory. */
static void with_ctx(const struct reading *r, void (*use)(const struct argctx *ctx, void *arg), void *arg)
{
    static const struct decode_opts opts = {.snaplen = 0};
    struct peek peek = {.read = no_memory};
    size_t budget = 0;
    const struct argctx ctx = {.call = r->call,
                               .spec = spec_of(r),
                               .raw = &r->raw,
                               .i = r->i,
                               .peek = &peek,
                               .arena = arena_of(r),
                               .opts = &opts,
                               .budget = &budget};

    use(&ctx, arg);
}

static void decode_register(const struct argctx *ctx, void *arg)
{
    const struct value **value = arg;

    *value = ctx->spec->kind->decode(ctx);
}

/* As the decoder makes it of the register, where that is all it takes. */
static const struct value *of_register(const struct reading *r)
{
    const struct value *value;

    with_ctx(r, decode_register, &value);
    return value;
}

static const struct nametab *table_of(const struct reading *r, size_t i)
{
    const struct argkind *kind = r->call->args[i].kind;

    if (kind == &kind_optname || kind == &kind_optname_read)
        return nametab_of_option((uint32_t)r->raw.args[1], 0, kind == &kind_optname_read);
    return r->call->args[i].tab;
}

/* The registers, as far as they are numbers: lengths, levels and commands tell what others are. */
static void fill_registers(struct reading *r)
{
    for (size_t i = 0; i < r->call->nargs; i++) {
        const struct log_node *node = r->nodes[i];
        uint64_t n;

        if (!node || !log_number(node, table_of(r, i), &n))
            continue;
        /* ETH_P_ALL and its like: the register has it in network order. */
        if (r->call->args[i].kind == &kind_protocol && node->kind == LOG_NODE_MACRO)
            n = (uint16_t)(n << 8 | (n >> 8 & 0xff));
        r->raw.args[i] = n;
    }
}

/* --- what stands in memory --- */

typedef const struct value *(*read_fn)(struct reading *r, const struct log_node *node);

static const struct value *read_sockaddr(struct reading *r, const struct log_node *node)
{
    return log_value_sockaddr(r->in, node);
}

/* `[16]`, `[128 => 16]` */
static const struct value *read_length(struct reading *r, const struct log_node *node)
{
    const struct log_node *item = node->kind == LOG_NODE_ARRAY && node->len == 1 ? node->first : NULL;
    const struct log_node *before = item && item->kind == LOG_NODE_CHANGE ? item->first : item;
    const struct log_node *after = is_success(r) ? log_node_final(item) : NULL;
    uint64_t n, now = 0;

    if (!before || !log_number(before, NULL, &n) || (after && !log_number(after, NULL, &now)))
        return log_value_pointer(r->in, node);
    return value_changed(arena_of(r), CHANGED_ARROW, NULL, value_int(arena_of(r), (int)n),
                         after ? value_int(arena_of(r), (int)now) : NULL);
}

static const struct value *read_buf_in(struct reading *r, const struct log_node *node)
{
    return log_value_bytes(r->in, node, other_of(r));
}

static const struct value *read_buf_out(struct reading *r, const struct log_node *node)
{
    uint64_t room = other_of(r), moved = r->raw.ret > 0 ? (uint64_t)r->raw.ret : 0;

    return log_value_bytes(r->in, node, moved < room ? moved : room);
}

static const struct value *read_iov(struct reading *r, const struct log_node *node)
{
    return log_value_structs(r->in, node, &log_iovec);
}

static const struct value *read_msg(struct reading *r, const struct log_node *node)
{
    return log_value_struct(r->in, node, &log_msghdr);
}

static const struct value *read_mmsg(struct reading *r, const struct log_node *node)
{
    return log_value_structs(r->in, node, &log_mmsghdr);
}

static const struct value *read_any(struct reading *r, const struct log_node *node)
{
    return log_value_pointer(r->in, node);
}

/* An option whose struct strace does not know: its bytes, which the decoder takes apart. */
struct optval {
    const struct opt *opt;
    const struct log_node *node;
    const struct value *value;
};

static void decode_optval(const struct argctx *ctx, void *arg)
{
    struct optval *optval = arg;
    const struct log_node *node = optval->node;
    const struct shape *shape = &optval->opt->shape;

    if (shape->layout)
        optval->value = shape_cut(ctx, shape->layout, node->bytes, node->len);
    else if (!node->is_cut)
        optval->value = shape_value(ctx, shape, node->bytes, node->len);
}

static const struct value *read_optval(struct reading *r, const struct log_node *node)
{
    bool is_read = spec_of(r)->kind == &kind_optval_out;
    struct optval optval = {.node = node};

    optval.opt = opt_find((int)r->raw.args[1], (int)r->raw.args[2], is_read);
    if (node->kind == LOG_NODE_STRUCT && optval.opt && optval.opt->shape.layout)
        return log_value_struct(r->in, node, optval.opt->shape.layout);
    if (node->kind == LOG_NODE_STRING && node->len && optval.opt)
        with_ctx(r, decode_optval, &optval);
    r->in->lacks_bytes = r->in->lacks_bytes || (optval.value && node->is_cut);
    return optval.value ? optval.value : log_value_pointer(r->in, node);
}

/* What a value-result argument was, and what it is now, which stands behind the result. */
static const struct value *with_aux(struct reading *r, const char *label, const struct value *before,
                                    const struct value *after)
{
    return after ? value_changed(arena_of(r), CHANGED_AUX, label, before, after) : before;
}

static const struct value *read_pollfds(struct reading *r, const struct log_node *node)
{
    const struct value *before = log_value_structs(r->in, node, &log_pollfd);

    return with_aux(r, NULL, before, r->aux ? log_value_structs(r->in, r->aux, &log_pollfd) : NULL);
}

/* The part of what is behind the result that has this label. */
static const struct log_node *labelled(const struct reading *r, const char *label)
{
    for (const struct log_node *node = r->aux; node; node = node->next)
        if (strcmp(node->field, label) == 0)
            return node;
    return NULL;
}

static const struct value *fd_set_value(struct reading *r, const struct log_node *node)
{
    struct field fds = {"fds", NULL};

    if (node->kind != LOG_NODE_ARRAY)
        return log_value_pointer(r->in, node);
    fds.value = log_value_fds(r->in, node);
    return value_struct(arena_of(r), "fd_set", &fds, 1);
}

static const struct value *read_fd_set(struct reading *r, const struct log_node *node)
{
    static const struct {
        const struct argkind *kind;
        const char *label;
    } sets[] = {{&kind_readfds, "in"}, {&kind_writefds, "out"}, {&kind_exceptfds, "except"}};
    const struct value *before = fd_set_value(r, node);
    const struct log_node *after = NULL;
    const char *label = NULL;

    for (size_t i = 0; i < ARRAY_LEN(sets); i++)
        if (sets[i].kind == spec_of(r)->kind)
            label = sets[i].label;
    after = labelled(r, label);
    return with_aux(r, label, before, after ? fd_set_value(r, after) : NULL);
}

static const struct value *read_timespec(struct reading *r, const struct log_node *node)
{
    return log_value_struct(r->in, node, &layout_timespec);
}

static const struct value *time_left(struct reading *r, const struct log_node *node,
                                     const struct layout *layout)
{
    const struct value *before = log_value_struct(r->in, node, layout);
    const struct log_node *after = labelled(r, "left");

    return with_aux(r, "left", before, after ? log_value_struct(r->in, after, layout) : NULL);
}

static const struct value *read_timespec_left(struct reading *r, const struct log_node *node)
{
    return time_left(r, node, &layout_timespec);
}

static const struct value *read_timeval_left(struct reading *r, const struct log_node *node)
{
    return time_left(r, node, &layout_timeval);
}

static const struct value *sigset(struct reading *r, const struct log_node *node)
{
    struct field fields[2] = {{"signals", NULL}, {"not", value_int(arena_of(r), 1)}};
    const struct value **items;
    size_t n = 0;
    uint64_t signo;

    if (node->kind != LOG_NODE_ARRAY)
        return log_value_pointer(r->in, node);
    items = ARENA_ARRAY(arena_of(r), const struct value *, node->len);
    log_node_each(item, node) if (log_number(item, &nametab_signal, &signo)) items[n++] =
        value_sym(arena_of(r), &nametab_signal, signo);
    fields[0].value = value_array(arena_of(r), items, n, n);
    return value_struct(arena_of(r), "sigset", fields, node->is_not ? 2 : 1);
}

static const struct value *read_sigset_arg(struct reading *r, const struct log_node *node)
{
    const struct log_node *mask = log_node_field(node, "sigmask"), *size = log_node_field(node, "sigsetsize");
    struct field fields[2];
    uint64_t n;

    if (!mask || !size || !log_number(size, NULL, &n))
        return log_value_pointer(r->in, node);
    fields[0] = (struct field){"sigmask", sigset(r, mask)};
    fields[1] = (struct field){"sigsetsize", value_uint(arena_of(r), n, INT_UDEC)};
    return value_struct(arena_of(r), "sigset_arg", fields, ARRAY_LEN(fields));
}

static const struct value *read_epoll_event(struct reading *r, const struct log_node *node)
{
    return log_value_struct(r->in, node, &log_epoll_event);
}

static const struct value *read_epoll_events(struct reading *r, const struct log_node *node)
{
    return log_value_structs(r->in, node, &log_epoll_event);
}

static const struct value *read_fd_pair(struct reading *r, const struct log_node *node)
{
    return log_value_fds(r->in, node);
}

/* What stands in memory for some commands is a number for others. */
static const struct value *read_command_arg(struct reading *r, const struct log_node *node)
{
    uint64_t n;

    return node->kind != LOG_NODE_STRING && log_number(node, NULL, &n) ? of_register(r)
                                                                       : log_value(r->in, node);
}

static const struct {
    const struct argkind *kind;
    read_fn read;
} readers[] = {
    {&kind_addr_in, read_sockaddr},
    {&kind_addr_out, read_sockaddr},
    {&kind_length_out, read_length},
    {&kind_buf_in, read_buf_in},
    {&kind_buf_out, read_buf_out},
    {&kind_iov_in, read_iov},
    {&kind_iov_out, read_iov},
    {&kind_offset, read_any},
    {&kind_offset64, read_any},
    {&kind_offset_in, read_any},
    {&kind_msg_in, read_msg},
    {&kind_msg_out, read_msg},
    {&kind_mmsg_in, read_mmsg},
    {&kind_mmsg_out, read_mmsg},
    {&kind_optval_in, read_optval},
    {&kind_optval_out, read_optval},
    {&kind_pollfds, read_pollfds},
    {&kind_readfds, read_fd_set},
    {&kind_writefds, read_fd_set},
    {&kind_exceptfds, read_fd_set},
    {&kind_timespec, read_timespec},
    {&kind_timespec64, read_timespec},
    {&kind_timespec_left, read_timespec_left},
    {&kind_timespec64_left, read_timespec_left},
    {&kind_timeval_left, read_timeval_left},
    {&kind_sigset, sigset},
    {&kind_sigset_arg, read_sigset_arg},
    {&kind_epoll_event, read_epoll_event},
    {&kind_epoll_events, read_epoll_events},
    {&kind_fd_pair, read_fd_pair},
    {&kind_fcntl_arg, read_command_arg},
    {&kind_ioctl_arg, read_command_arg},
};

static const struct value *argument(struct reading *r)
{
    const struct log_node *node = r->nodes[r->i];
    uint64_t n;

    for (size_t i = 0; i < ARRAY_LEN(readers); i++)
        if (readers[i].kind == spec_of(r)->kind)
            return node ? readers[i].read(r, node) : value_null(arena_of(r));
    /* A name that is newer than the tables here is what is written. */
    return node && !log_number(node, table_of(r, r->i), &n) ? log_value(r->in, node) : of_register(r);
}

/* Commands without an argument have none in the decoder's events either. */
static bool is_left_out(const struct reading *r)
{
    const struct argkind *kind = spec_of(r)->kind;

    return !r->nodes[r->i] && (kind == &kind_fcntl_arg || kind == &kind_ioctl_arg) && !of_register(r);
}

/* --- what is behind the result --- */

static bool is_at(struct log_text text, size_t at, const char *word)
{
    return text.len - at >= strlen(word) && memcmp(text.at + at, word, strlen(word)) == 0;
}

/* `in [3], out [4], left {…}`: each label becomes the name of what follows it. */
static bool parse_aux(struct reading *r, struct log_text aux, const char **why)
{
    static const char *const labels[] = {"in ", "out ", "except ", "left "};
    const struct log_node *first = NULL;
    struct log_node *last = NULL;
    size_t at = 0;

    while (at < aux.len) {
        const char *label = "";
        struct log_text rest;
        const struct log_node *nodes;
        struct log_node *node;
        size_t len, end;

        for (size_t i = 0; i < ARRAY_LEN(labels); i++)
            if (is_at(aux, at, labels[i])) {
                label = arena_memdup(arena_of(r), labels[i], strlen(labels[i]) - 1);
                at += strlen(labels[i]);
                break;
            }
        /* Up to the next label. */
        for (end = at; end < aux.len; end++)
            if (is_at(aux, end, ", in ") || is_at(aux, end, ", out ") || is_at(aux, end, ", except ") ||
                is_at(aux, end, ", left "))
                break;
        rest = (struct log_text){aux.at + at, end - at};
        if (!log_nodes_parse(rest, arena_of(r), &nodes, &len, why))
            return false;
        at = end < aux.len ? end + 2 : end;
        if (len != 1)
            continue;
        node = ARENA_NEW(arena_of(r), struct log_node);
        *node = *nodes;
        node->field = label;
        if (last)
            last->next = node;
        else
            first = node;
        last = node;
    }
    r->aux = first;
    return true;
}

/* --- the whole --- */

static const struct value *result_value(const struct reading *r)
{
    switch (r->call->ret) {
    case RET_FD: return value_fd(arena_of(r), (int)r->raw.ret);
    case RET_FCNTL: return kind_fcntl_result(&r->raw, arena_of(r));
    case RET_INT: break;
    }
    return NULL;
}

static bool is_aux_of_value(const struct log_result *result)
{
    static const char *const begins[] = {"[", "in ", "out ", "except ", "left "};

    for (size_t i = 0; i < ARRAY_LEN(begins); i++)
        if (is_at(result->aux, 0, begins[i]))
            return true;
    return false;
}

static void fill_result(const struct reading *r, const struct log_result *result, struct event *event)
{
    event->err = result->err;
    event->result = result->err ? -1 : result->n;
    event->ret = result->err ? NULL : result_value(r);
}

bool log_call_fill(struct log_values *in, const struct call *call, struct log_text args,
                   const struct log_result *result, struct event *event)
{
    struct reading r = {.in = in, .call = call, .at_exit = result && !result->is_unknown};
    const struct log_node *first;
    size_t len, i = 0;

    if (!log_nodes_parse(args, in->arena, &first, &len, &in->why))
        return false;
    for (const struct log_node *node = first; node && i < call->nargs; node = node->next)
        r.nodes[i++] = node;
    if (len > call->nargs) {
        in->why = "it has too many arguments";
        return false;
    }
    if (r.at_exit) {
        r.raw.is_error = result->err != 0;
        r.raw.ret = result->err ? -result->err : result->n;
        if (is_aux_of_value(result) && !parse_aux(&r, result->aux, &in->why))
            return false;
    }
    fill_registers(&r);
    event->name = call->name;
    event->canon = call->canon;
    event->nargs = 0;
    for (r.i = 0; r.i < call->nargs; r.i++)
        if (!is_left_out(&r))
            event_add(event, spec_of(&r)->name, argument(&r));
    if (r.at_exit)
        fill_result(&r, result, event);
    return !in->why;
}
