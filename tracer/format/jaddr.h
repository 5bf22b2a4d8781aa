/* format/jaddr.h: socket addresses in trace files: family, host, port, whatever the kernel's structs call
 * them. */
#ifndef FORMAT_JADDR_H
#define FORMAT_JADDR_H

#include "event/value.h"

enum { JADDR_MAX_PARTS = 16 };

/* How a part of an address stands in JSON. */
enum jaddr_form {
    JADDR_VALUE,    /* as any value */
    JADDR_CONSTANT, /* a constant of `of`: its name, or the number where it has none */
    JADDR_HOST,     /* an IP address: "127.0.0.1" */
    JADDR_HTONS,    /* a number in the byte order of the host; strace writes htons(…) */
    JADDR_HTONL,    /* the same, htonl(…) */
    JADDR_HEX8,     /* a number; strace writes eight hexadecimal digits */
    JADDR_ABSTRACT, /* a name in the abstract namespace, without the NUL in front of it */
};

struct jaddr_part {
    const char *type;  /* of the struct; NULL: every address */
    const char *field; /* of the struct */
    const char *key;   /* in JSON */
    enum jaddr_form form;
    const struct nametab *of;
};

/* Is a struct of this type a socket address? */
bool jaddr_is(const char *type);

/*
 * How a field of an address is written: the first part that can hold the value; NULL: under its own name, as
 * any value.
 */
const struct jaddr_part *jaddr_of_field(const char *type, const struct field *field);

/* The key of a field of any struct. */
const char *jaddr_key(const char *type, const struct field *field);

/* What a member of an address is; NULL: the field of this name. */
const struct jaddr_part *jaddr_of_key(const char *type, const char *key);

/* The form of the number of a part that is one; false where it is none. */
bool jaddr_int_form(enum jaddr_form form, enum int_form *int_form);

#endif
