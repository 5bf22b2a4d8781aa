/* format/log_value.h: from what strace wrote to the values that the decoder would have made. */
#ifndef FORMAT_LOG_VALUE_H
#define FORMAT_LOG_VALUE_H

#include "decode/shape.h"
#include "format/log_node.h"

/* What was found on the way. Values live in `arena`. */
struct log_values {
    struct arena *arena;
    bool lacks_bytes;   /* strings or arrays were cut (-s) */
    bool lacks_members; /* structs were (-v) */
    const char *why;    /* NULL; or what could not be understood */
};

/*
 * log_number.c: the number that it stands for: of a name in `tab` (NULL, or not there: in any table), a sum,
 * a macro. false where it is none.
 */
bool log_number(const struct log_node *node, const struct nametab *tab, uint64_t *n);

/* The table that has the name, `tab` (or NULL) before any other; NULL where none has. */
const struct nametab *log_number_table(const char *name, const struct nametab *tab, uint64_t *n);

/* By what is written alone. Never NULL. */
const struct value *log_value(struct log_values *in, const struct log_node *node);

/* A struct; members that neither the layout nor daily use knows are what is written. Anything else is a
 * pointer. */
const struct value *log_value_struct(struct log_values *in, const struct log_node *node,
                                     const struct layout *layout);
const struct value *log_value_sockaddr(struct log_values *in, const struct log_node *node);

/* An array of such structs; anything else is a pointer. */
const struct value *log_value_structs(struct log_values *in, const struct log_node *node,
                                      const struct layout *layout);

/*
 * Bytes of which there were `full`, where the string was cut. Of a message of netlink, which strace takes
 * apart, none are there. Anything else is a pointer.
 */
const struct value *log_value_bytes(struct log_values *in, const struct log_node *node, uint64_t full);

/* An array of descriptors. */
const struct value *log_value_fds(struct log_values *in, const struct log_node *node);

/* NULL, or an address that was not followed. */
const struct value *log_value_pointer(struct log_values *in, const struct log_node *node);

extern const struct layout log_msghdr, log_mmsghdr, log_iovec, log_pollfd, log_epoll_event;

#endif
