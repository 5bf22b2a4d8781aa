/* format/walk.h: one walk over a value tree for all writers that make lines; what differs is a table of
 * functions. */
#ifndef FORMAT_WALK_H
#define FORMAT_WALK_H

#include "event/event.h"
#include "format/format.h"

struct walk;

typedef void (*walk_fn)(struct walk *walk, const struct value *value);

/* Where a value stands. */
enum walk_place { PLACE_ARG, PLACE_FIELD, PLACE_ITEM };

struct walk {
    struct buf *out;
    const struct format_opts *opts;
    const struct event *event; /* that the value belongs to, or NULL */
    const walk_fn *print;      /* by enum value_kind */
    /* Writes a field that has a form of its own, name included; false: `name=value` is right. May be NULL. */
    bool (*field_form)(struct walk *walk, const char *type, const struct field *field);
    /* Writes what is behind an fd (opts->fds). */
    void (*sock_info)(struct buf *out, uint64_t sock, const struct event *event,
                      const struct format_opts *opts);
    enum walk_place place;
};

/* Appends the value as its kind's function writes it; a NULL pointer as `NULL`. */
void walk_value(struct walk *walk, const struct value *value);

/* Functions for the tables. */
void walk_null(struct walk *walk, const struct value *value);
void walk_addr(struct walk *walk, const struct value *value);
void walk_fd(struct walk *walk, const struct value *value); /* `3`; with opts->fds `3<sock 1 …>` */
void walk_array(
    struct walk *walk,
    const struct value *value); /* `[a, b, ...]`, at most opts->strlen_max items, or opts->whole */
void walk_whole_array(struct walk *walk, const struct value *value); /* all items */
void walk_struct(struct walk *walk, const struct value *value); /* `{name=value, …}`; `[3 5]`, `~[INT TERM]`
                                                                  for sets; `BPF_STMT(…)` */

/* Has a constant a name; any bit of a flag set, or its being empty? */
bool walk_has_name(const struct value *value);
bool walk_has_flag_names(const struct value *value);

/*
 * Writes the names of a flag set, joined by `|`. *rest: the bits without a name. Returns how many names there
 * were, not counting that of the table's enumerated bits.
 */
size_t walk_flag_names(struct walk *walk, const struct value *value, uint64_t *rest);

/*
 * A VALUE_SYM or VALUE_FLAGS as opts->consts asks. `abbrev` writes it by its names, and puts a comment behind
 * the number of one that has none; where `is_named` it does not come to that.
 */
void walk_constant(struct walk *walk, const struct value *value, bool (*is_named)(const struct value *value),
                   walk_fn abbrev);

/* Bytes in quotes as opts->hex asks, the first `limit` of them; `...` is the caller's business. */
void walk_quoted(struct walk *walk, const uint8_t *bytes, size_t len, size_t limit);

#endif
