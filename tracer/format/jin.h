/* format/jin.h: taking records apart: members of the kind that they must be, or a message that names the
 * line. */
#ifndef FORMAT_JIN_H
#define FORMAT_JIN_H

#include "base/arena.h"
#include "base/err.h"
#include "event/value.h"
#include "format/jnode.h"

/* Where one is: messages begin with `name:line: `. What is read lives in `arena`. */
struct jin {
    const char *name;
    unsigned long line;
    struct arena *arena;
    struct err *err;
};

/* Sets the message and returns false. Bytes of the file stand in it escaped, through jin_quote. */
bool jin_fail(struct jin *jin, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *jin_quote(struct jin *jin, const char *text);

/*
 * The member `key` of an object: absent leaves *out alone, what is no such thing is a failure. Numbers may be
 * beyond what JSON integers hold when they are written as a string of digits.
 */
bool jin_u64(struct jin *jin, const struct jnode *object, const char *key, uint64_t *out);
bool jin_i64(struct jin *jin, const struct jnode *object, const char *key, int64_t *out);
bool jin_int(struct jin *jin, const struct jnode *object, const char *key, int *out);
bool jin_bool(struct jin *jin, const struct jnode *object, const char *key, bool *out);
bool jin_string(struct jin *jin, const struct jnode *object, const char *key, const char **out);

/* A single number as jin_u64 and as jin_i64 take it. */
bool jin_number(struct jin *jin, const struct jnode *json, const char *what, uint64_t *out);
bool jin_signed(struct jin *jin, const struct jnode *json, const char *what, int64_t *out);

/* A value; NULL with a message. The member `key`: absent leaves *out alone. */
const struct value *jin_value(struct jin *jin, const struct jnode *json, unsigned depth);
bool jin_member(struct jin *jin, const struct jnode *object, const char *key, const struct value **out);

/* The members of an object as named values, in their order; at most `cap`. NULL with a message. */
const struct field *jin_fields(struct jin *jin, const struct jnode *object, size_t cap, size_t *len);

#endif
