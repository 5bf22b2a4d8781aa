/* compare/plain.h: values in words that are the same in every run: sockets by name, none of the kernel's
 * numbers. */
#ifndef COMPARE_PLAIN_H
#define COMPARE_PLAIN_H

#include "compare/choice.h"

/* What a socket is called by its owner, and by others. */
struct plain_name {
    const void *owner;
    const char *own, *full; /* "connection 1", "server's connection 1" */
};

struct plain {
    const struct choice *choice;
    const struct intmap *names; /* of sockets: struct plain_name; one without a name is `a socket` */
    const void *owner;          /* who speaks */
    bool no_quiet;              /* without flags that change nothing on the wire */
};

/* Append a value. NULL is `NULL`. Printable ASCII only. */
void plain_value(struct buf *out, const struct plain *plain, const struct value *value);

/* Append bytes in quotes: whole, or long ones as what they begin with, their number and a number made of all
 * of them. */
void plain_bytes(struct buf *out, const uint8_t *bytes, size_t len, uint64_t full);

/* A socket's name. */
const char *plain_sock(const struct plain *plain, uint64_t sock);

/* A number made of all bytes. */
uint64_t plain_hash(const void *bytes, size_t len);

#endif
