/* event/value.h: one argument or result as data: a tagged tree. Text is never made while decoding; writers
 * walk it. */
#ifndef EVENT_VALUE_H
#define EVENT_VALUE_H

#include "base/arena.h"
#include "names/nametab.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum value_kind {
    VALUE_NULL,    /* a NULL pointer */
    VALUE_INT,     /* a number; `form` says how strace writes it */
    VALUE_SYM,     /* one constant of a table, known or not */
    VALUE_FLAGS,   /* a set of constants of a table */
    VALUE_BYTES,   /* memory: the first `len` of `full` bytes */
    VALUE_STRUCT,  /* named fields in order */
    VALUE_ARRAY,   /* items; `full` of them there were */
    VALUE_FD,      /* a file descriptor, and the socket behind it where the model knows one */
    VALUE_ADDR,    /* a pointer whose target could not be read, or was not meaningful: shown as the address */
    VALUE_IP,      /* an IPv4 (4 bytes) or IPv6 (16 bytes) address, network order */
    VALUE_CHANGED, /* a value-result argument: what went in, what came out */
};

enum int_form {
    INT_DEC,   /* signed decimal */
    INT_UDEC,  /* unsigned decimal, of a number beyond INT64_MAX */
    INT_HEX,   /* 0x… */
    INT_OCT,   /* 0… */
    INT_HTONS, /* host order here; strace writes htons(…) */
    INT_HTONL, /* host order here; strace writes htonl(…) */
    INT_HEX8,  /* eight hexadecimal digits, no 0x in front */
};

/* How a VALUE_CHANGED is told apart from its neighbours in strace's line. */
enum changed_form {
    CHANGED_ARROW, /* `[128 => 16]`; equal sides as one: `[16]` (both sides are VALUE_INT); sides that are
                      arrays:
                      `[0] => [5]` */
    CHANGED_AUX,   /* before stands in its place, after behind the result: `= 1 ([{fd=3, revents=POLLIN}])`;
                      with a   label `= 1 (in [3], left {tv_sec=4, tv_usec=999})` */
};

/* How strace writes the bytes of a VALUE_BYTES. */
enum bytes_form {
    BYTES_TEXT, /* `"ping\n\0"` */
    BYTES_HEX,  /* `"\x01\x00"`: what there is of a number that was cut short */
};

struct value;

struct field {
    const char *name;
    const struct value *value;
};

/* Values are immutable once made and live in the arena of their event (names may be static). */
struct value {
    enum value_kind kind;
    uint8_t form; /* enum int_form of VALUE_INT, enum changed_form of VALUE_CHANGED, enum bytes_form
                     of VALUE_BYTES, else 0 */
    union {
        uint64_t n; /* VALUE_INT (two's complement where signed), VALUE_ADDR (the address) */
        struct {
            uint64_t n;
            const struct nametab *tab; /* never NULL */
        } sym;                         /* VALUE_SYM, VALUE_FLAGS */
        struct {
            const uint8_t *ptr;
            size_t len;
            uint64_t full;
        } bytes; /* VALUE_BYTES */
        struct {
            /*
             * "sockaddr_in", "msghdr", "linger", …: for readers, not printed by strace, but for some types
             * that it writes in a way of their own: "fd_set" {fds: array of VALUE_FD}: `[3 5]`; "sigset"
             * {signals: array of VALUE_SYM, not: 1 where all others are meant}: `[INT TERM]`, `~[INT TERM]`;
             * "icmp_filter" and "icmp6_filter" {types, not} likewise; "BPF_STMT" {code, k} and "BPF_JUMP"
             * {code, k, jt, jf}: as the macros, `BPF_STMT(BPF_RET|BPF_K, 0x40)`; "ifindex" {index, name}:
             * `if_nametoindex("lo")`; and fields of some (format/strace_value.c).
             */
            const char *type;
            const struct field *fields;
            size_t len;
        } st; /* VALUE_STRUCT */
        struct {
            const struct value *const *items;
            size_t len;
            uint64_t full;
        } array; /* VALUE_ARRAY */
        struct {
            int n;
            uint64_t sock; /* 0: no socket, or not known */
        } fd;              /* VALUE_FD */
        struct {
            uint8_t bytes[16];
            uint8_t len; /* 4 or 16 */
        } ip;            /* VALUE_IP */
        struct {
            const struct value *before, *after; /* either may be NULL: not given, not filled in */
            const char *label;                  /* CHANGED_AUX: "in", "out", "except", "left", or NULL */
        } changed;                              /* VALUE_CHANGED */
    };
};

const struct value *value_null(struct arena *arena);
const struct value *value_int(struct arena *arena, int64_t n);
/* What is INT_UDEC but small enough becomes INT_DEC: the same number is the same value, whatever its C type.
 */
const struct value *value_uint(struct arena *arena, uint64_t n, enum int_form form);
const struct value *value_sym(struct arena *arena, const struct nametab *tab, uint64_t n);
const struct value *value_flags(struct arena *arena, const struct nametab *tab, uint64_t n);
const struct value *value_fd(struct arena *arena, int fd);
const struct value *value_addr(struct arena *arena, uint64_t addr);
const struct value *value_ip(struct arena *arena, const void *bytes, size_t len);

/* Copies `len` bytes into the arena. */
const struct value *value_bytes(struct arena *arena, const void *bytes, size_t len, uint64_t full);
const struct value *value_bytes_as(struct arena *arena, enum bytes_form form, const void *bytes, size_t len,
                                   uint64_t full);

/* Copy the array of fields or items (not what they point to) into the arena. */
const struct value *value_struct(struct arena *arena, const char *type, const struct field *fields,
                                 size_t len);
const struct value *value_array(struct arena *arena, const struct value *const *items, size_t len,
                                uint64_t full);
const struct value *value_changed(struct arena *arena, enum changed_form form, const char *label,
                                  const struct value *before, const struct value *after);

/* A deep copy into `arena`. NULL gives NULL. */
const struct value *value_copy(struct arena *arena, const struct value *value);

/* Equal as data: same kind and content, tables by id. Two NULL pointers are equal. */
bool value_equal(const struct value *a, const struct value *b);

/* The field of a struct with this name, or NULL (also where `value` is NULL or no struct). */
const struct value *value_field(const struct value *value, const char *name);

/* What holds at the end of the call: `after` of a VALUE_CHANGED that has one (else `before`), otherwise the
 * value itself. */
const struct value *value_final(const struct value *value);

/* The number inside a VALUE_INT, SYM, FLAGS, FD, an ifindex, or an array or CHANGED around one; false where
 * there is none. */
bool value_number(const struct value *value, int64_t *n);

/* The name (VALUE_BYTES) of an ifindex, or NULL. */
const struct value *value_ifname(const struct value *value);

/*
 * An address short, as people write it: `127.0.0.1:7000`, `[fe80::1%lo]:7000`, `unix:"/tmp/s"`,
 * `unix:"@abstract"`, `unix:""` (unnamed), `netlink:412`, `packet:lo`, `vsock:2:1024` (`*` for any), …: the
 * templates of value_addr.c; the family's name and the bytes where there is none. false where the value is no
 * sockaddr struct; nothing is written then.
 */
bool value_addr_short(const struct value *value, struct buf *out);

#endif
