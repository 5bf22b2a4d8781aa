/* decode/kinds.h: the kinds of arguments that the table of calls is made of, and what they share. */
#ifndef DECODE_KINDS_H
#define DECODE_KINDS_H

#include "decode/shape.h"

/* From the register alone (kinds_plain.c). */
extern const struct argkind kind_fd;   /* a file descriptor */
extern const struct argkind kind_int;  /* signed, 32 bits */
extern const struct argkind kind_uint; /* unsigned, 32 bits */
extern const struct argkind kind_size; /* unsigned, 64 bits */
extern const struct argkind kind_hex;  /* the same, shown as 0x… */
extern const struct argkind kind_pos;  /* a position in a file: two registers wide, of which a 64-bit program
                                          fills one */
extern const struct argkind kind_pointer_arg; /* an address that is not followed */
extern const struct argkind kind_sym;         /* one constant of spec->tab */
extern const struct argkind kind_name;  /* the same, and a plain number where the table has no name for it */
extern const struct argkind kind_flags; /* flags of spec->tab */
extern const struct argkind kind_flags_behind; /* flags of spec->tab, in the register behind a position */
extern const struct argkind kind_protocol;     /* of a socket; spec->other is the family */
extern const struct argkind kind_optname;      /* of a socket option; spec->other is the level */
extern const struct argkind kind_optname_read; /* the same as getsockopt(2) has it */

/* Addresses (kinds_addr.c). */
extern const struct argkind kind_addr_in;  /* sockaddr; spec->other is its length */
extern const struct argkind kind_addr_out; /* sockaddr at exit; spec->other points to its length */
extern const struct argkind
    kind_length_out; /* AT_BOTH: int *; spec->other is the buffer, without which it means nothing */

/* Buffers (kinds_data.c). */
extern const struct argkind kind_buf_in; /* bytes; spec->other is their number */
extern const struct argkind
    kind_buf_out; /* bytes at exit, as many as the result says; spec->other is the room */
extern const struct argkind kind_iov_in;  /* iovecs and what they point to; spec->other is their number */
extern const struct argkind kind_iov_out; /* the same at exit, filled as far as the result says */

/* AT_BOTH: a file offset that moves on with what was sent: of a word's size, or of 64 bits */
extern const struct argkind kind_offset;
extern const struct argkind kind_offset64;
extern const struct argkind kind_offset_in; /* of 64 bits, where the call leaves off is not shown */

/* Messages (kinds_msg.c). */
extern const struct argkind kind_msg_in;   /* msghdr */
extern const struct argkind kind_msg_out;  /* AT_BOTH: msghdr that is filled in */
extern const struct argkind kind_mmsg_in;  /* AT_BOTH: mmsghdrs; spec->other is their number */
extern const struct argkind kind_mmsg_out; /* AT_BOTH: the same, filled in */

/* Socket options (kinds_opt.c). Level, name and value are arguments 1 to 3; spec->other is the length, or
 * points to it. */
extern const struct argkind kind_optval_in;
extern const struct argkind kind_optval_out;

/* Waiting (kinds_wait.c). */
extern const struct argkind kind_pollfds; /* AT_BOTH; spec->other is their number */
extern const struct argkind kind_readfds; /* AT_BOTH: fd_set; spec->other is the highest fd + 1 */
extern const struct argkind kind_writefds;
extern const struct argkind kind_exceptfds;
extern const struct argkind kind_timespec;                         /* in */
extern const struct argkind kind_timespec_left;                    /* AT_BOTH: and what is left of it */
extern const struct argkind kind_timespec64, kind_timespec64_left; /* of 64 bits in 32-bit programs too */
extern const struct argkind kind_timeval_left;
extern const struct argkind kind_sigset;       /* spec->other is its size */
extern const struct argkind kind_sigset_arg;   /* pselect6: points to a pointer to one and its size */
extern const struct argkind kind_epoll_event;  /* in; spec->other is the operation */
extern const struct argkind kind_epoll_events; /* out, as many as the result says */

/* File descriptors (kinds_file.c, kinds_fcntl.c, kinds_ioctl.c). */
extern const struct argkind kind_fd_pair; /* int[2] at exit */
extern const struct argkind
    kind_fcntl_arg; /* AT_BOTH; spec->other is the command; NULL (no argument) where it takes none */
extern const struct argkind kind_ioctl_arg; /* AT_BOTH; spec->other is the request; NULL likewise */

/* What fcntl(2) returned, where that is more than a number; else NULL. */
const struct value *kind_fcntl_result(const struct rawcall *raw, struct arena *arena);

/* The argument's register, and that of the argument that it depends on. */
uint64_t kind_reg(const struct argctx *ctx);
uint64_t kind_other(const struct argctx *ctx);

/* A pointer that is not followed. */
const struct value *kind_pointer(struct arena *arena, uint64_t addr);

/* `len` bytes (at least 1) at `addr`, or NULL. */
const uint8_t *kind_peek(const struct argctx *ctx, uint64_t addr, size_t len);
bool kind_peek_into(const struct argctx *ctx, uint64_t addr, void *into, size_t len);

/* Takes the next pointer, long or size_t of the program from *bytes, and moves on behind it. */
uint64_t kind_word(const struct argctx *ctx, const uint8_t **bytes);

/*
 * The elements of an array that can be read: all of them, or those before the page from which nothing can be
 * read. Returns NULL and *got = 0 where it is not even one.
 */
const uint8_t *kind_peek_array(const struct argctx *ctx, uint64_t addr, size_t size, size_t count,
                               size_t *got);

/*
 * A VALUE_ARRAY of `got` items of the `full` that there are. Where got < asked, a VALUE_ADDR behind them says
 * from where nothing could be read; `items` has room for it.
 */
const struct value *kind_array(const struct argctx *ctx, const struct value **items, size_t got, size_t asked,
                               uint64_t full, uint64_t rest_addr);

/* How many of `count` elements are worth looking at: not more than the kernel takes, nor than the budget
 * lets, which is charged with them. */
size_t kind_afford(const struct argctx *ctx, uint64_t count);

/* `len` bytes of memory, of which no more than the snap length are kept; the address where they can't be
 * read. */
const struct value *kind_bytes(const struct argctx *ctx, uint64_t addr, uint64_t len);

/* What went in: of a value-result argument that has an end already, its beginning. */
const struct value *kind_entered(const struct value *value);

/* A sockaddr of `len` bytes in memory; `len` is what the program or the kernel said. */
const struct value *kind_sockaddr(const struct argctx *ctx, uint64_t addr, int64_t len);

/* The control messages in `len` bytes (kinds_cmsg.c). */
const struct value *kind_control(const struct argctx *ctx, uint64_t addr, uint64_t len);

/* An array of `count` iovecs. `moved`: NULL for input, else how many bytes are still to be found in them
 * (counts down). */
const struct value *kind_iovecs(const struct argctx *ctx, uint64_t addr, uint64_t count, uint64_t *moved);

enum { KIND_ADDR_MAX = 128, KIND_IOV_MAX = 1024 };

#endif
