/* decode/decode.c: one walk over a row of the table, at entry and at exit. */
#include "decode/decode.h"

#include "decode/kinds.h"

/* Of all vectors of a call together: each buffer may be as long as the snap length, and each of a thousand
 * messages may have a thousand buffers. */
enum { BUDGET = 4 * 1024 * 1024 };

static struct argctx context(const struct call *call, const struct rawcall *raw, struct peek *peek,
                             const struct decode_opts *opts, struct arena *arena, size_t *budget)
{
    return (struct argctx){
        .call = call, .raw = raw, .peek = peek, .opts = opts, .arena = arena, .budget = budget};
}

void decode_enter(const struct call *call, const struct rawcall *raw, struct peek *peek,
                  const struct decode_opts *opts, struct arena *arena, struct event *event)
{
    size_t budget = BUDGET;
    struct argctx ctx = context(call, raw, peek, opts, arena, &budget);

    event->name = call->name;
    event->canon = call->canon;
    event->nargs = 0;
    for (ctx.i = 0; ctx.i < call->nargs; ctx.i++) {
        const struct value *value;

        ctx.spec = &call->args[ctx.i];
        value =
            ctx.spec->when == AT_EXIT ? kind_pointer(arena, kind_reg(&ctx)) : ctx.spec->kind->decode(&ctx);
        if (value)
            event_add(event, ctx.spec->name, value);
    }
}

static const struct value *result(const struct call *call, const struct rawcall *raw, struct arena *arena)
{
    if (raw->is_error)
        return NULL;
    switch (call->ret) {
    case RET_FD: return value_fd(arena, (int)raw->ret);
    case RET_FCNTL: return kind_fcntl_result(raw, arena);
    case RET_INT: break;
    }
    return NULL;
}

void decode_exit(const struct call *call, const struct rawcall *raw, struct peek *peek,
                 const struct decode_opts *opts, struct arena *arena, struct event *event)
{
    size_t budget = BUDGET;
    struct argctx ctx = context(call, raw, peek, opts, arena, &budget);

    ctx.at_exit = true;
    ctx.fields = event->args;
    /* Only a last argument may be missing, so that the index of the others is that of the table. */
    for (ctx.i = 0; ctx.i < event->nargs; ctx.i++) {
        const struct value *value;

        ctx.spec = &call->args[ctx.i];
        if (ctx.spec->when == AT_ENTRY)
            continue;
        ctx.entered = event->args[ctx.i].value;
        value = ctx.spec->kind->decode(&ctx);
        if (value)
            event->args[ctx.i].value = value;
    }
    event->result = raw->is_error ? -1 : raw->ret;
    event->err = raw->is_error ? (int)-raw->ret : 0;
    event->ret = result(call, raw, arena);
}
