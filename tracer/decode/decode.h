/* decode/decode.h: one walk over a row of the table turns registers and memory into named values. */
#ifndef DECODE_DECODE_H
#define DECODE_DECODE_H

#include "decode/call.h"

struct decode_opts {
    size_t snaplen; /* at most so many bytes of each buffer are kept */
};

/* A call's registers. `ret`: the result as the kernel returned it (negative errno where is_error). */
struct rawcall {
    uint64_t args[6];
    int64_t ret;
    bool is_error;
};

/* What an argkind sees. */
struct argctx {
    const struct call *call;
    const struct argspec *spec;
    const struct rawcall *raw;
    unsigned i;   /* which argument */
    bool at_exit;
    const struct value *entered; /* at exit: what decode_enter made of this argument (NULL: nothing) */
    const struct field *fields;  /* at exit: all arguments as decode_enter left them */
    struct peek *peek;
    struct arena *arena;
    const struct decode_opts *opts;
};

/*
 * decode_enter fills event->name, canon (of the table), args with what the inputs are; outputs are VALUE_ADDR for now.
 * decode_exit fills in the outputs, result, err and ret. An output whose memory can't be read, or that a failed call did
 * not write, stays the address, as strace shows it. Both may be run again on the same event with a peek that can read
 * more (values then come from the new run). Values live in `arena`; decode_exit needs those of decode_enter alive.
 */
void decode_enter(const struct call *call, const struct rawcall *raw, struct peek *peek, const struct decode_opts *opts,
                  struct arena *arena, struct event *event);
void decode_exit(const struct call *call, const struct rawcall *raw, struct peek *peek, const struct decode_opts *opts,
                 struct arena *arena, struct event *event);

/* A sockaddr of `len` bytes as a struct value; also used for addresses that the tracer itself asks the kernel for. */
const struct value *decode_sockaddr(struct arena *arena, const uint8_t *bytes, size_t len);

#endif
