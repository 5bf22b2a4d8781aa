/* compare/plain.c: values without what the next run has otherwise. */
#include "compare/plain.h"

#include "base/alloc.h"
#include "base/quote.h"
#include "event/addr.h"
#include "event/brief.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { BYTES_WHOLE = 256, BYTES_BEGIN = 64, MAX_DEPTH = 16 };

uint64_t plain_hash(const void *bytes, size_t len)
{
    const uint8_t *at = bytes;
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ at[i]) * 0x100000001b3u;
    return hash;
}

void plain_bytes(struct buf *out, const uint8_t *bytes, size_t len, uint64_t full)
{
    bool is_long = len > BYTES_WHOLE;

    buf_addc(out, '"');
    quote_c(out, bytes, is_long ? BYTES_BEGIN : len);
    buf_addc(out, '"');
    if (is_long)
        buf_addf(out, "... (%" PRIu64 " bytes, %016" PRIx64 ")", full, plain_hash(bytes, len));
    else if (len < full)
        buf_addf(out, "... (%" PRIu64 " bytes)", full);
}

const char *plain_sock(const struct plain *plain, uint64_t sock)
{
    const struct plain_name *name = intmap_get(plain->names, sock);

    if (!name)
        return "a socket";
    return name->owner == plain->owner ? name->own : name->full;
}

static void add(struct buf *out, const struct plain *plain, const struct value *value, unsigned depth);

/* What is no socket has a number of the program's own making only below 3. */
static void add_fd(struct buf *out, const struct plain *plain, const struct value *value)
{
    enum { STANDARD = 3 };

    if (value->fd.sock)
        buf_adds(out, plain_sock(plain, value->fd.sock));
    else if (value->fd.n < STANDARD)
        buf_addf(out, "%d", value->fd.n);
    else
        buf_adds(out, "a descriptor");
}

static void add_port(struct buf *out, const struct plain *plain, uint64_t n)
{
    const struct choice_port *port = choice_port(plain->choice, n);
    char digits[sizeof("18446744073709551615")];
    const char *param;

    snprintf(digits, sizeof(digits), "%" PRIu64, n);
    param = choice_param(plain->choice, digits, strlen(digits));
    if (param)
        choice_add_param(out, param);
    else if (port)
        buf_addf(out, "{port of %s}", port->sock ? plain_sock(plain, port->sock) : "its peer");
    else
        buf_adds(out, digits);
}

static bool add_inet(struct buf *out, const struct plain *plain, const struct value *addr)
{
    const struct value *host = addr_host(addr), *scope = value_field(addr, "sin6_scope_id");
    int64_t port, n;

    if (!host || !addr_port(addr, &port))
        return false;
    buf_adds(out, host->ip.len == 16 ? "[" : "");
    value_brief(out, host, 0);
    if (scope && (value_ifname(scope) || (value_number(scope, &n) && n))) {
        buf_addc(out, '%');
        value_brief(out, scope, BRIEF_STRLEN);
    }
    buf_adds(out, host->ip.len == 16 ? "]:" : ":");
    add_port(out, plain, (uint64_t)port);
    return true;
}

static bool add_unix(struct buf *out, const struct plain *plain, const struct value *addr)
{
    const struct value *path = value_field(addr, "sun_path");
    const uint8_t *bytes;
    size_t len;

    if (!path || path->kind != VALUE_BYTES)
        return false;
    bytes = path->bytes.ptr;
    len = path->bytes.len;
    buf_adds(out, "unix:\"");
    if (len && !bytes[0]) {
        buf_addc(out, '@');
        bytes++;
        len--;
    }
    choice_path(plain->choice, out, bytes, len);
    buf_addc(out, '"');
    return true;
}

static bool is_pid(const struct plain *plain, const struct field *field)
{
    int64_t n;

    return strstr(field->name, "pid") && value_number(field->value, &n) && choice_is_pid(plain->choice, n);
}

static void add_struct(struct buf *out, const struct plain *plain, const struct value *value, unsigned depth)
{
    bool any = false;

    if (value_ifname(value)) {
        value_brief(out, value, BRIEF_STRLEN);
        return;
    }
    if (add_inet(out, plain, value) || add_unix(out, plain, value))
        return;
    buf_addc(out, '{');
    for (size_t i = 0; i < value->st.len; i++) {
        const struct field *field = &value->st.fields[i];

        /* A descriptor or a pointer, mostly. */
        if (!strcmp(field->name, "data") && !strcmp(value->st.type, "epoll_event"))
            continue;
        buf_adds(out, any ? ", " : "");
        any = true;
        quote_c(out, (const uint8_t *)field->name, strlen(field->name));
        buf_addc(out, '=');
        if (is_pid(plain, field))
            buf_adds(out, "${PID}");
        else
            add(out, plain, field->value, depth + 1);
    }
    buf_addc(out, '}');
}

static void add_array(struct buf *out, const struct plain *plain, const struct value *value, unsigned depth)
{
    buf_addc(out, '[');
    for (size_t i = 0; i < value->array.len; i++) {
        buf_adds(out, i ? ", " : "");
        add(out, plain, value->array.items[i], depth + 1);
    }
    if (value->array.len < value->array.full)
        buf_adds(out, value->array.len ? ", ..." : "...");
    buf_addc(out, ']');
}

static void add_flags(struct buf *out, const struct plain *plain, const struct value *value)
{
    struct value loud = *value;
    uint64_t large;

    /* Some libc asks for it whatever the descriptor is; a socket has no offsets. */
    if (value->sym.tab == &nametab_open && nametab_find(value->sym.tab, "O_LARGEFILE", &large))
        loud.sym.n &= ~large;
    if (plain->no_quiet)
        loud.sym.n &= ~value->sym.tab->quiet;
    value_brief(out, &loud, 0);
}

static void add(struct buf *out, const struct plain *plain, const struct value *value, unsigned depth)
{
    value = value_final(value);
    if (!value || depth > MAX_DEPTH) {
        buf_adds(out, value ? "..." : "NULL");
        return;
    }
    switch (value->kind) {
    case VALUE_NULL:
    case VALUE_INT:
    case VALUE_SYM:
    case VALUE_IP: value_brief(out, value, 0); break;
    case VALUE_FLAGS: add_flags(out, plain, value); break;
    case VALUE_BYTES: plain_bytes(out, value->bytes.ptr, value->bytes.len, value->bytes.full); break;
    case VALUE_STRUCT: add_struct(out, plain, value, depth); break;
    case VALUE_ARRAY: add_array(out, plain, value, depth); break;
    case VALUE_FD: add_fd(out, plain, value); break;
    case VALUE_ADDR: buf_adds(out, "a pointer"); break; /* where memory lies is drawn anew for each process */
    case VALUE_CHANGED: break;                          /* value_final never gives one */
    }
}

void plain_value(struct buf *out, const struct plain *plain, const struct value *value)
{
    add(out, plain, value, 0);
}
