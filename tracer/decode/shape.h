/* decode/shape.h: from the bytes of a struct to a value: by a table of its members, or by a small function.
 */
#ifndef DECODE_SHAPE_H
#define DECODE_SHAPE_H

#include "decode/decode.h"

/* How the bytes of a member are read. `of`: what MEMBER_OF gives. Numbers are in the machine's byte order. */
enum shape_form {
    SHAPE_DEC,      /* signed */
    SHAPE_UDEC,     /* unsigned */
    SHAPE_HEX,      /* unsigned, shown as 0x… */
    SHAPE_HEX8,     /* eight hexadecimal digits */
    SHAPE_SYM,      /* a constant; of a struct nametab */
    SHAPE_FLAGS,    /* a set; of a struct nametab */
    SHAPE_PORT,     /* 16 bits in network order */
    SHAPE_NET,      /* 32 bits in network order */
    SHAPE_NET_HEX,  /* 16 or 32 bits in network order, shown as 0x… */
    SHAPE_NET_SYM,  /* 16 bits in network order, a constant; of a struct nametab */
    SHAPE_LE,       /* 16 bits in Bluetooth's order, little-endian */
    SHAPE_LE_SYM,   /* the same, a constant; of a struct nametab */
    SHAPE_SPARE,    /* padding: left out where it is zero, else hexadecimal, or bytes */
    SHAPE_IP,       /* a struct in_addr or in6_addr */
    SHAPE_IFINDEX,  /* the index of a network interface */
    SHAPE_FD,       /* a file descriptor */
    SHAPE_POINTER,  /* an address that is not followed */
    SHAPE_BYTES,    /* all bytes */
    SHAPE_TEXT,     /* up to a NUL, or all bytes */
    SHAPE_CSTRING,  /* up to a NUL; without one it is cut short by the byte where the kernel puts it */
    SHAPE_SOCKADDR, /* a socket address in all the bytes */
    SHAPE_STRUCT,   /* a struct inside; of a struct layout */
    SHAPE_MADE,     /* anything else; of a struct shape */
    SHAPE_ARRAY, /* as many of them as the bytes hold; of the struct member of one, whose name and place say
                    nothing */
};

struct member {
    const char *name;
    /* Offset and size in bytes, in a 64-bit program and in a 32-bit one. A size of 0: up to the end. */
    uint16_t at, size, at32, size32;
    enum shape_form form;
    const void *of;
    uint8_t shift, bits; /* of a number: only these bits of it; bits 0: all */
};

/* A struct as a table. Members that the bytes do not reach are left out: structs grow from kernel to kernel.
 */
struct layout {
    const char *type; /* of the VALUE_STRUCT */
    const struct member *members;
    size_t len;
    uint16_t least, least32; /* with fewer bytes it is no such struct */
    bool is_exact;           /* nor with more */
};

/*
 * A member that lies in the same place for all programs; MEMBER_32: in a 32-bit program it stands elsewhere,
 * or is narrower. `type` is the struct's name without "struct".
 */
#define MEMBER_SIZE(type, field) sizeof(((struct type *)NULL)->field)
#define MEMBER_OF(type, field, form, of)                                                                     \
    {                                                                                                        \
#field, offsetof(struct type, field), MEMBER_SIZE(type, field), offsetof(struct type, field),        \
            MEMBER_SIZE(type, field), form, of, 0, 0                                                         \
    }
#define MEMBER(type, field, form) MEMBER_OF(type, field, form, NULL)
#define MEMBER_32(type, field, at32, size32, form)                                                           \
    {                                                                                                        \
#field, offsetof(struct type, field), MEMBER_SIZE(type, field), at32, size32, form, NULL, 0, 0       \
    }

/* A member of a struct that headers do not have, or that has no type there; MEMBER_BITS: a part of one, the
 * bits [shift, shift + bits). */
#define MEMBER_AT(name, at, size, form, of)                                                                  \
    {                                                                                                        \
        name, at, size, at, size, form, of, 0, 0                                                             \
    }
#define MEMBER_BITS(name, at, size, form, shift, bits)                                                       \
    {                                                                                                        \
        name, at, size, at, size, form, NULL, shift, bits                                                    \
    }

/* The last member, without a size of its own: up to the end of the value. */
#define MEMBER_REST(type, field, form, of) MEMBER_AT(#field, offsetof(struct type, field), 0, form, of)

/* A layout that needs at least `size` bytes; another number of them in a 32-bit program; exactly as many. */
#define LAYOUT_FROM_32(type, array, size, size32)                                                            \
    {                                                                                                        \
#type, array, sizeof(array) / sizeof((array)[0]), size, size32, false                                \
    }
#define LAYOUT_FROM(type, array, size) LAYOUT_FROM_32(type, array, size, size)
#define LAYOUT_EXACT(type, array, size)                                                                      \
    {                                                                                                        \
#type, array, sizeof(array) / sizeof((array)[0]), size, size, true                                   \
    }

/* A layout of all of a struct: the same size for all programs; LAYOUT_32: another one in a 32-bit program. */
#define LAYOUT_32(type, array, size32) LAYOUT_FROM_32(type, array, sizeof(struct type), size32)
#define LAYOUT(type, array)            LAYOUT_32(type, array, sizeof(struct type))

/* A value from `len` bytes (at least 1); NULL where they are too few, or it can't be said. */
typedef const struct value *(*shape_fn)(const struct argctx *ctx, const uint8_t *bytes, size_t len);

/* What stands behind an option, a control message, a request: one of the two. Both NULL: not known. */
struct shape {
    const struct layout *layout;
    shape_fn make;
};

/* For rows of tables. */
#define SHAPE_OF(layout)                                                                                     \
    {                                                                                                        \
        &(layout), NULL                                                                                      \
    }
#define SHAPE_BY(make)                                                                                       \
    {                                                                                                        \
        NULL, make                                                                                           \
    }

const struct value *shape_value(const struct argctx *ctx, const struct shape *shape, const uint8_t *bytes,
                                size_t len);
const struct value *shape_struct(const struct argctx *ctx, const struct layout *layout, const uint8_t *bytes,
                                 size_t len);

/* The same from however few bytes: the member that they end in is the bytes of it that are there. */
const struct value *shape_cut(const struct argctx *ctx, const struct layout *layout, const uint8_t *bytes,
                              size_t len);

/* An array of as many as the bytes hold: of what a member is, whose name and place say nothing; of structs.
 */
const struct value *shape_items(const struct argctx *ctx, const struct member *each, const uint8_t *bytes,
                                size_t len);
const struct value *shape_structs(const struct argctx *ctx, const struct layout *layout, const uint8_t *bytes,
                                  size_t len);

/* How many bytes a program of this ABI gives to such a struct. */
size_t shape_size(const struct layout *layout, enum abi abi);

/* A copy of a struct with one more field behind the others. */
const struct value *shape_append(struct arena *arena, const struct value *st, const char *name,
                                 const struct value *value);

/* The struct at an address of the program; the address where it can't be read. */
const struct value *shape_peek(const struct argctx *ctx, const struct layout *layout, uint64_t addr);

/* A number of `size` bytes (1, 2, 4 or 8) in the machine's byte order. */
uint64_t shape_uint(const uint8_t *bytes, size_t size);

/* An interface by its name where that can be had: ifindex {index, name}; else its number. */
const struct value *shape_ifindex(const struct argctx *ctx, uint32_t index);

/* `[n]`: an int; one of 32 and one of 64 bits without sign; a constant, or the number that has no name. */
const struct value *shape_int(const struct argctx *ctx, const uint8_t *bytes, size_t len);
const struct value *shape_uint_item(const struct argctx *ctx, const uint8_t *bytes, size_t len);
const struct value *shape_uint64_item(const struct argctx *ctx, const uint8_t *bytes, size_t len);
const struct value *shape_sym_item(const struct argctx *ctx, const struct nametab *tab, const uint8_t *bytes,
                                   size_t len);

/* `[a, b, …]`: as many of 32 bits without sign as the bytes hold. */
const struct value *shape_uints(const struct argctx *ctx, const uint8_t *bytes, size_t len);

/* One member from `len` bytes; NULL where they do not reach it. */
const struct value *shape_member(const struct argctx *ctx, const struct member *member, const uint8_t *bytes,
                                 size_t len);

/* Structs that stand in several places. */
extern const struct layout layout_ucred;                        /* {pid, uid, gid} */
extern const struct layout layout_timeval;                      /* {tv_sec, tv_usec} */
extern const struct layout layout_timespec;                     /* {tv_sec, tv_nsec} */
extern const struct layout layout_timeval64, layout_timespec64; /* of 64 bits in 32-bit programs too */
extern const struct layout layout_in6_pktinfo, layout_ip6_mtuinfo;
extern const struct layout layout_sctp_initmsg, layout_sctp_sndrcvinfo, layout_sctp_sndinfo;

#endif
