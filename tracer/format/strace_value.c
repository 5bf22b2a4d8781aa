/* format/strace_value.c: a table of functions by kind of value, and the fields that strace writes in a form
 * of their own. */
#include "format/strace_value.h"

#include "base/alloc.h"
#include "base/bug.h"
#include "base/quote.h"
#include "format/walk.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <linux/ioctl.h>
#include <string.h>

static void add_int(struct walk *walk, const struct value *value)
{
    switch ((enum int_form)value->form) {
    case INT_DEC: buf_addf(walk->out, "%" PRId64, (int64_t)value->n); return;
    case INT_UDEC: buf_addf(walk->out, "%" PRIu64, value->n); return;
    case INT_HEX: buf_addf(walk->out, "%#" PRIx64, value->n); return;
    case INT_OCT: buf_addf(walk->out, "%#" PRIo64, value->n); return;
    case INT_HTONS: buf_addf(walk->out, "htons(%" PRIu64 ")", value->n); return;
    case INT_HTONL: buf_addf(walk->out, "htonl(%" PRIu64 ")", value->n); return;
    case INT_HEX8: buf_addf(walk->out, "%08" PRIx64, value->n); return;
    }
    BUG("form %d of an int", value->form);
}

/* A request that no table knows is taken apart into what the macro _IOC() made it from. */
static void add_ioctl_request(struct buf *out, uint64_t n)
{
    static const char *const directions[] = {"_IOC_NONE", "_IOC_WRITE", "_IOC_READ", "_IOC_READ|_IOC_WRITE"};

    buf_addf(out, "_IOC(%s, %#x, %#x, %#x)", directions[_IOC_DIR(n) & 3], (unsigned)_IOC_TYPE(n),
             (unsigned)_IOC_NR(n), (unsigned)_IOC_SIZE(n));
}

void strace_constant(struct buf *out, const struct nametab *tab, uint64_t n)
{
    const char *name = nametab_name(tab, n);

    if (name)
        buf_adds(out, name);
    else if (tab == &nametab_ioctl)
        add_ioctl_request(out, n);
    else if (tab->unknown)
        buf_addf(out, "%#" PRIx64 " /* %s */", n, tab->unknown);
    else
        buf_addf(out, "%#" PRIx64, n);
}

static void add_sym(struct walk *walk, const struct value *value)
{
    strace_constant(walk->out, value->sym.tab, value->sym.n);
}

static void add_flags(struct walk *walk, const struct value *value)
{
    size_t from = walk->out->len;
    uint64_t rest;
    size_t named = walk_flag_names(walk, value, &rest);

    if (walk->out->len == from) {
        buf_addf(walk->out, "%#" PRIx64, rest);
    } else if (rest) {
        buf_addf(walk->out, "|%#" PRIx64, rest);
    }
    if (rest && !named && value->sym.tab->unknown)
        buf_addf(walk->out, " /* %s */", value->sym.tab->unknown);
}

static void add_bytes(struct walk *walk, const struct value *value)
{
    walk_quoted(walk, value->bytes.ptr, value->bytes.len, walk->opts->strlen_max);
    if (value->bytes.full > value->bytes.len || value->bytes.full > walk->opts->strlen_max)
        buf_adds(walk->out, "...");
}

/* As an item: the part of an array from which on nothing could be read. */
static void add_addr(struct walk *walk, const struct value *value)
{
    if (walk->place == PLACE_ITEM)
        buf_addf(walk->out, "... /* %#" PRIx64 " */", value->n);
    else
        walk_addr(walk, value);
}

static void add_ip(struct walk *walk, const struct value *value)
{
    char text[INET6_ADDRSTRLEN] = "";

    inet_ntop(value->ip.len == 4 ? AF_INET : AF_INET6, value->ip.bytes, text, sizeof(text));
    if (value->ip.len == 4)
        buf_addf(walk->out, "inet_addr(\"%s\")", text);
    else
        buf_addf(walk->out, "inet_pton(AF_INET6, \"%s\")", text);
}

static void add_arrow(struct walk *walk, const struct value *before, const struct value *after)
{
    if (walk->place != PLACE_FIELD)
        buf_addc(walk->out, '[');
    walk_value(walk, before ? before : after);
    if (before && after && !value_equal(before, after)) {
        buf_adds(walk->out, " => ");
        walk_value(walk, after);
    }
    if (walk->place != PLACE_FIELD)
        buf_addc(walk->out, ']');
}

static void add_changed(struct walk *walk, const struct value *value)
{
    const struct value *before = value->changed.before, *after = value->changed.after;

    if (value->form != CHANGED_ARROW) {
        walk_value(walk, before);
    } else if (before && before->kind == VALUE_ARRAY) {
        walk_value(walk, before);
        buf_adds(walk->out, after ? " => " : "");
        if (after)
            walk_value(walk, after);
    } else {
        add_arrow(walk, before, after);
    }
}

static void add_struct(struct walk *walk, const struct value *value)
{
    const struct value *ifname = value_ifname(value);

    if (!ifname) {
        walk_struct(walk, value);
        return;
    }
    buf_adds(walk->out, "if_nametoindex(");
    walk_quoted(walk, ifname->bytes.ptr, ifname->bytes.len, SIZE_MAX);
    buf_addc(walk->out, ')');
}

static const walk_fn print[] = {
    [VALUE_NULL] = walk_null,   [VALUE_INT] = add_int,         [VALUE_SYM] = add_sym,
    [VALUE_FLAGS] = add_flags,  [VALUE_BYTES] = add_bytes,     [VALUE_STRUCT] = add_struct,
    [VALUE_ARRAY] = walk_array, [VALUE_FD] = walk_fd,          [VALUE_ADDR] = add_addr,
    [VALUE_IP] = add_ip,        [VALUE_CHANGED] = add_changed,
};

/* A path in the abstract namespace begins with a NUL, which strace writes as an @ before the quote. */
static void add_sun_path(struct walk *walk, const struct value *value)
{
    bool is_abstract = value->bytes.len && value->bytes.ptr[0] == '\0';

    buf_adds(walk->out, is_abstract ? "@" : "");
    walk_quoted(walk, value->bytes.ptr + is_abstract, value->bytes.len - is_abstract, SIZE_MAX);
}

static void add_whole_bytes(struct walk *walk, const struct value *value)
{
    walk_quoted(walk, value->bytes.ptr, value->bytes.len, SIZE_MAX);
}

/* Fields that -s does not cut. */
static const struct {
    const char *type, *field;
    enum value_kind kind;
    walk_fn add;
} whole_fields[] = {
    {"sockaddr_un", "sun_path", VALUE_BYTES, add_sun_path},
    {"sockaddr", "sa_data", VALUE_BYTES, add_whole_bytes},
    {"msghdr", "msg_control", VALUE_ARRAY, walk_whole_array},
    {"cmsghdr", "cmsg_data", VALUE_BYTES, add_whole_bytes},
};

static bool field_form(struct walk *walk, const char *type, const struct field *field)
{
    const struct value *value = field->value;

    if (value && value->kind == VALUE_IP && value->ip.len == 16) {
        char text[INET6_ADDRSTRLEN] = "";

        inet_ntop(AF_INET6, value->ip.bytes, text, sizeof(text));
        buf_addf(walk->out, "inet_pton(AF_INET6, \"%s\", &%s)", text, field->name);
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(whole_fields); i++) {
        if (!value || value->kind != whole_fields[i].kind ||
            strcmp(whole_fields[i].field, field->name) != 0 || strcmp(whole_fields[i].type, type) != 0)
            continue;
        buf_addf(walk->out, "%s=", field->name);
        whole_fields[i].add(walk, value);
        return true;
    }
    return false;
}

void strace_value(struct buf *out, const struct value *value, const struct event *event,
                  const struct format_opts *opts)
{
    struct walk walk = {.out = out, .opts = opts, .event = event, .print = print, .field_form = field_form};

    walk_value(&walk, value);
}
