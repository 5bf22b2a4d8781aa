/* format/text_value.c: a table of functions by kind of value. */
#include "format/text_value.h"

#include "base/quote.h"
#include "format/sock_info.h"
#include "format/walk.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>

static void add_int(struct walk *walk, const struct value *value)
{
    bool is_hex = value->form == INT_HEX, is_oct = value->form == INT_OCT;

    if (value->form == INT_DEC)
        buf_addf(walk->out, "%" PRId64, (int64_t)value->n);
    else if (is_hex || is_oct)
        buf_addf(walk->out, is_hex ? "%#" PRIx64 : "%#" PRIo64, value->n);
    else
        buf_addf(walk->out, "%" PRIu64, value->n);
}

static void add_name(struct walk *walk, const struct value *value)
{
    const char *name = nametab_plain_name(value->sym.tab, value->sym.n);

    if (name)
        buf_adds(walk->out, name);
    else
        buf_addf(walk->out, "%" PRIu64, value->sym.n);
}

static void add_sym(struct walk *walk, const struct value *value)
{
    walk_constant(walk, value, walk_has_name, add_name);
}

static void add_names(struct walk *walk, const struct value *value)
{
    size_t from = walk->out->len;
    uint64_t rest;

    walk_flag_names(walk, value, &rest);
    if (rest || walk->out->len == from)
        buf_addf(walk->out, "%s%#" PRIx64, walk->out->len == from ? "" : "|", rest);
}

static void add_flags(struct walk *walk, const struct value *value)
{
    walk_constant(walk, value, walk_has_flag_names, add_names);
}

static void add_bytes(struct walk *walk, const struct value *value)
{
    size_t limit = walk->opts->strlen_max;

    walk_quoted(walk, value->bytes.ptr, value->bytes.len, limit);
    if (value->bytes.full > value->bytes.len || value->bytes.full > limit)
        buf_addf(walk->out, "... %" PRIu64 " bytes", value->bytes.full);
}

/* A pointer to room that the call did not fill says nothing; one that it could not use does. */
static void add_addr(struct walk *walk, const struct value *value)
{
    const struct event *event = walk->event;

    if (event && (event->unfinished || (event->err && event->err != EFAULT)))
        buf_adds(walk->out, "…");
    else
        walk_addr(walk, value);
}

static void add_ip(struct walk *walk, const struct value *value)
{
    char text[INET6_ADDRSTRLEN] = "";

    inet_ntop(value->ip.len == 4 ? AF_INET : AF_INET6, value->ip.bytes, text, sizeof(text));
    buf_adds(walk->out, text);
}

/* An interface is its name. */
static void add_struct(struct walk *walk, const struct value *value)
{
    const struct value *name = value_ifname(value);

    if (name)
        quote_c(walk->out, name->bytes.ptr, name->bytes.len);
    else if (!value_addr_short(value, walk->out))
        walk_struct(walk, value);
}

static void add_changed(struct walk *walk, const struct value *value)
{
    const struct value *before = value->changed.before, *after = value->changed.after;

    walk_value(walk, before ? before : after);
    if (before && after && !value_equal(before, after)) {
        buf_adds(walk->out, " → ");
        walk_value(walk, after);
    }
}

static const walk_fn print[] = {
    [VALUE_NULL] = walk_null,   [VALUE_INT] = add_int,         [VALUE_SYM] = add_sym,
    [VALUE_FLAGS] = add_flags,  [VALUE_BYTES] = add_bytes,     [VALUE_STRUCT] = add_struct,
    [VALUE_ARRAY] = walk_array, [VALUE_FD] = walk_fd,          [VALUE_ADDR] = add_addr,
    [VALUE_IP] = add_ip,        [VALUE_CHANGED] = add_changed,
};

void text_value(struct buf *out, const struct value *value, const struct event *event,
                const struct format_opts *opts)
{
    struct walk walk = {.out = out, .opts = opts, .event = event, .print = print, .sock_info = sock_info_tag};

    walk_value(&walk, value);
}

void format_value(struct buf *out, const struct value *value, const struct format_opts *opts)
{
    text_value(out, value, NULL, opts);
}
