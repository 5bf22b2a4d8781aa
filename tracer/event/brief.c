/* event/brief.c: values and events in few words, for people. */
#include "event/brief.h"

#include "base/alloc.h"
#include "base/quote.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

enum { MAX_FLAG_NAMES = 64, MAX_DEPTH = 16 };

static void brief(struct buf *out, const struct value *value, size_t strlen_max, unsigned depth);

static void brief_int(struct buf *out, const struct value *value)
{
    if (value->form == INT_HEX)
        buf_addf(out, "%#" PRIx64, value->n);
    else if (value->form == INT_OCT)
        buf_addf(out, "%#" PRIo64, value->n);
    else if (value->form == INT_DEC)
        buf_addf(out, "%" PRId64, (int64_t)value->n);
    else
        buf_addf(out, "%" PRIu64, value->n);
}

static void brief_sym(struct buf *out, const struct value *value)
{
    const char *name = nametab_plain_name(value->sym.tab, value->sym.n);

    if (name)
        buf_adds(out, name);
    else
        buf_addf(out, "%" PRId64, (int64_t)value->sym.n);
}

static void brief_flags(struct buf *out, const struct value *value)
{
    const char *names[MAX_FLAG_NAMES];
    uint64_t rest;
    size_t len = nametab_split(value->sym.tab, value->sym.n, names, MAX_FLAG_NAMES, &rest);

    for (size_t i = 0; i < len; i++)
        buf_addf(out, "%s%s", i ? "|" : "", names[i]);
    if (rest)
        buf_addf(out, "%s%#" PRIx64, len ? "|" : "", rest);
    else if (!len)
        buf_addc(out, '0');
}

static void brief_bytes(struct buf *out, const struct value *value, size_t strlen_max)
{
    size_t len = value->bytes.len < strlen_max ? value->bytes.len : strlen_max;

    buf_addc(out, '"');
    quote_c(out, value->bytes.ptr, len);
    buf_adds(out, len < value->bytes.full ? "\"..." : "\"");
}

static void brief_ip(struct buf *out, const struct value *value)
{
    char text[INET6_ADDRSTRLEN];

    inet_ntop(value->ip.len == 4 ? AF_INET : AF_INET6, value->ip.bytes, text, sizeof(text));
    buf_adds(out, text);
}

static void brief_struct(struct buf *out, const struct value *value, size_t strlen_max, unsigned depth)
{
    const struct value *name = value_ifname(value);

    if (name)
        quote_c(out, name->bytes.ptr, name->bytes.len);
    if (name || value_addr_short(value, out))
        return;
    buf_addc(out, '{');
    for (size_t i = 0; i < value->st.len; i++) {
        buf_adds(out, i ? ", " : "");
        quote_c(out, (const uint8_t *)value->st.fields[i].name, strlen(value->st.fields[i].name));
        buf_addc(out, '=');
        brief(out, value->st.fields[i].value, strlen_max, depth + 1);
    }
    buf_addc(out, '}');
}

static void brief_array(struct buf *out, const struct value *value, size_t strlen_max, unsigned depth)
{
    buf_addc(out, '[');
    for (size_t i = 0; i < value->array.len; i++) {
        buf_adds(out, i ? ", " : "");
        brief(out, value->array.items[i], strlen_max, depth + 1);
    }
    if (value->array.len < value->array.full)
        buf_adds(out, value->array.len ? ", ..." : "...");
    buf_addc(out, ']');
}

static void brief(struct buf *out, const struct value *value, size_t strlen_max, unsigned depth)
{
    value = value_final(value);
    if (!value || value->kind == VALUE_NULL) {
        buf_adds(out, "NULL");
        return;
    }
    if (depth > MAX_DEPTH) {
        buf_adds(out, "...");
        return;
    }
    switch (value->kind) {
    case VALUE_INT: brief_int(out, value); break;
    case VALUE_SYM: brief_sym(out, value); break;
    case VALUE_FLAGS: brief_flags(out, value); break;
    case VALUE_BYTES: brief_bytes(out, value, strlen_max); break;
    case VALUE_STRUCT: brief_struct(out, value, strlen_max, depth); break;
    case VALUE_ARRAY: brief_array(out, value, strlen_max, depth); break;
    case VALUE_FD: buf_addf(out, "%d", value->fd.n); break;
    case VALUE_ADDR: buf_addf(out, "%#" PRIx64, value->n); break;
    case VALUE_IP: brief_ip(out, value); break;
    case VALUE_NULL:
    case VALUE_CHANGED: break;
    }
}

void value_brief(struct buf *out, const struct value *value, size_t strlen_max)
{
    brief(out, value, strlen_max, 0);
}

/* Flags that change nothing on the wire. */
/* The default protocol and such flags say nothing at the end of a call; shutdown's SHUT_RD, which is 0 too,
 * does. */
static bool says_nothing(const struct value *value, size_t position)
{
    value = value_final(value);
    if (!value)
        return true;
    switch (value->kind) {
    case VALUE_NULL:
    case VALUE_ADDR: return true;
    case VALUE_BYTES: return value->bytes.full == 0;
    case VALUE_FLAGS: return !(value->sym.n & ~value->sym.tab->quiet);
    case VALUE_SYM: return value->sym.n == 0 && position >= 2;
    default: return false;
    }
}

void event_brief_call(struct buf *out, const struct event *event, size_t strlen_max)
{
    bool canonical = event->canon != CANON_NONE && event->canon != CANON_OTHER;
    const char *name = canonical ? canon_name(event->canon) : event->name;
    size_t n = event->ncargs;

    while (n > 1 && says_nothing(event->cargs[n - 1], n - 1))
        n--;
    quote_c(out, (const uint8_t *)name, strlen(name));
    buf_addc(out, '(');
    for (size_t i = 0; i < n; i++) {
        buf_adds(out, i ? ", " : "");
        value_brief(out, event->cargs[i], strlen_max);
    }
    buf_addc(out, ')');
}

static void brief_injected(struct buf *out, const struct event *event)
{
    if (event->injected.kind == INJECT_NONE)
        return;
    buf_adds(out, " (injected: ");
    inject_text(out, event->injected);
    buf_addc(out, ')');
}

void event_brief_result(struct buf *out, const struct event *event)
{
    if (event->unfinished) {
        buf_addc(out, '?');
    } else if (event->err) {
        const char *name = nametab_name(&nametab_errno, (uint64_t)event->err);

        if (name)
            buf_addf(out, "-1 %s", name);
        else
            buf_addf(out, "-1 errno %d", event->err);
    } else if (event->ret) {
        value_brief(out, event->ret, BRIEF_STRLEN);
    } else {
        buf_addf(out, "%" PRId64, event->result);
    }
}

/* A fact of an event in plain words: text without quotes, anything else as value_brief has it. */
static void fact(struct buf *out, const struct event *event, const char *name)
{
    const struct value *value = event_arg(event, name);

    if (value && value->kind == VALUE_BYTES)
        quote_c(out, value->bytes.ptr, value->bytes.len);
    else if (value)
        value_brief(out, value, BRIEF_STRLEN);
}

static void brief_end(struct buf *out, const struct event *event)
{
    bool killed = event_arg(event, "signal") != NULL;

    buf_adds(out, killed ? "killed by " : "exits ");
    fact(out, event, killed ? "signal" : "status");
}

/* What the runner did to a role. */
static void brief_role(struct buf *out, const struct event *event)
{
    static const struct {
        const char *what, *text;
        bool says_more; /* what `text` of the event adds is short, and belongs to it */
    } deeds[] = {
        {"stopped", "ended: all others are done", false},
        {"timeout", "ended: its time was up", false},
        {"hung", "ended: nothing could move any more", false},
        {"waits", "waits: ", true},
        {"unready", "never became ready", false},
        {"failed", "could not be started", false},
        {"missing", "something that the scenario requires is missing", false},
        {"held", "held ", true},
        {"released", "goes on: ", true},
    };
    const struct value *what = event_arg(event, "what");

    for (size_t i = 0; what && what->kind == VALUE_BYTES && i < ARRAY_LEN(deeds); i++)
        if (what->bytes.len == strlen(deeds[i].what) &&
            !memcmp(what->bytes.ptr, deeds[i].what, what->bytes.len)) {
            buf_adds(out, deeds[i].text);
            if (deeds[i].says_more)
                fact(out, event, "text");
            return;
        }
    fact(out, event, "what");
}

void event_brief(struct buf *out, const struct event *event, size_t strlen_max)
{
    switch (event->kind) {
    case EVENT_CALL:
        event_brief_call(out, event, strlen_max);
        buf_adds(out, " = ");
        event_brief_result(out, event);
        brief_injected(out, event);
        break;
    case EVENT_START: buf_adds(out, "starts"); break;
    case EVENT_FORK:
        buf_adds(out, "+ child ");
        fact(out, event, "child");
        break;
    case EVENT_EXEC:
        buf_adds(out, "runs ");
        fact(out, event, "path");
        break;
    case EVENT_EXIT: brief_end(out, event); break;
    case EVENT_SIGNAL:
        buf_adds(out, "! ");
        fact(out, event, "signo");
        break;
    case EVENT_CLOSED:
        fact(out, event, "why");
        buf_adds(out, " closes ");
        fact(out, event, "fd");
        break;
    case EVENT_LOST:
        buf_adds(out, "lost: ");
        fact(out, event, "why");
        break;
    case EVENT_ROLE: brief_role(out, event); break;
    }
}
