/* decode/opts.h: the tables of socket options: what stands in the value of which. */
#ifndef DECODE_OPTS_H
#define DECODE_OPTS_H

#include "decode/shape.h"

/* Where an option has the shape, and what a value is where the shape does not fit. */
enum opt_use {
    OPT_BOTH, /* set and read; what is too short to be set is shown as its address, as strace does */
    OPT_READ, /* the same of getsockopt(2) alone; such a row stands before one for setsockopt(2) */
    OPT_OURS, /* set and read, but strace shows a number or bytes: so is what does not fit */
};

enum { OPT_ANY = -1 }; /* as a name: every option of the level that has no row before */

struct opt {
    int level, name;
    struct shape shape;
    enum opt_use use;
};

struct opts {
    const struct opt *rows;
    size_t len;
};

extern const struct opts opts_sock; /* SOL_SOCKET (opts_sock.c) */
extern const struct opts opts_inet; /* IP, IPv6, ICMP, UDP (opts_inet.c) */
extern const struct opts opts_tcp;  /* TCP, MPTCP (opts_tcp.c) */
extern const struct opts opts_sctp; /* SCTP (opts_sctp.c) */
extern const struct opts opts_link; /* packet, netlink, XDP, CAN, vsock (opts_link.c) */
extern const struct opts opts_rare; /* TLS, AF_ALG, … (opts_rare.c) */

/* The row of an option for getsockopt(2) (`is_read`) or setsockopt(2); NULL: none. */
const struct opt *opt_find(int level, int name, bool is_read);

/* Walk over the tables: NULL ends it. */
const struct opts *opts_at(size_t i);

/* Text: up to its end where the kernel answers, all of it where a program sets it. Bytes: all of them. */
const struct value *opt_text(const struct argctx *ctx, const uint8_t *bytes, size_t len);
const struct value *opt_bytes(const struct argctx *ctx, const uint8_t *bytes, size_t len);

/* A struct sock_fprog with the instructions that it points to (bpf.c); an answer of SO_GET_FILTER, whose
 * length counts instructions. */
const struct value *opt_fprog(const struct argctx *ctx, const uint8_t *bytes, size_t len);
const struct value *opt_filter(const struct argctx *ctx, const uint8_t *bytes, size_t len);

#endif
