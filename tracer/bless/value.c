/* bless/value.c: values of several runs become a pattern: equal ones literal, others as narrow as is safe. */
#include "bless/value.h"

#include "event/brief.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

enum { SOME_FLAGS = 64 };

static void differ(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    const char **texts = ARENA_ARRAY(w->arena, const char *, len);

    for (size_t i = 0; i < len; i++) {
        struct buf text = {0};

        value_brief(&text, values[i].value, 16);
        texts[i] = arena_strdup(w->arena, buf_str(&text));
        buf_release(&text);
    }
    value_note(w, texts, len);
}

/* ---- numbers ---- */

static void number_texts(const struct value_writer *w, const int64_t *all, size_t len)
{
    const char **texts = ARENA_ARRAY(w->arena, const char *, len);

    for (size_t i = 0; i < len; i++)
        texts[i] = arena_printf(w->arena, "%" PRId64, all[i]);
    value_note(w, texts, len);
}

void numbers_write(const struct value_writer *w, const int64_t *all, size_t len)
{
    bool same = true, positive = true;

    for (size_t i = 0; i < len; i++) {
        same = same && all[i] == all[0];
        positive = positive && all[i] > 0;
    }
    if (same) {
        buf_addf(w->out, "%" PRId64, all[0]);
        return;
    }
    buf_adds(w->out, positive ? "> 0" : "_");
    number_texts(w, all, len);
}

/* ---- values by kind ---- */

static void any(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    buf_addc(w->out, '_');
    differ(w, values, len);
}

static const char *constant_text(const struct value_writer *w, const struct value *value)
{
    const struct nametab *tab = value->sym.tab;
    const char *names[SOME_FLAGS], *name, *text = "";
    uint64_t n = value->sym.n, rest;
    size_t len;

    if (value->kind == VALUE_SYM) {
        name = nametab_plain_name(tab, n);
        return name ? name : arena_printf(w->arena, "%" PRId64, (int64_t)n);
    }
    n &= ~tab->quiet;
    len = nametab_split(tab, n, names, SOME_FLAGS, &rest);
    if (rest || !len)
        return arena_printf(w->arena, "%" PRId64, (int64_t)n);
    for (size_t i = 0; i < len; i++)
        text = arena_printf(w->arena, "%s%s%s", text, i ? "|" : "", names[i]);
    return text;
}

/* `A or B` */
static void constants(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    const char *different[DIFFERENT_MOST];
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        const char *text = constant_text(w, values[i].value);
        size_t k = 0;

        while (k < n && strcmp(different[k], text) != 0)
            k++;
        if (k == n && n == DIFFERENT_MOST) {
            any(w, values, len);
            return;
        }
        different[n] = k == n ? text : different[n < DIFFERENT_MOST ? n : 0];
        n += k == n;
    }
    for (size_t i = 0; i < n; i++)
        buf_addf(w->out, "%s%s", i ? " or " : "", different[i]);
    if (n > 1)
        differ(w, values, len);
}

static bool is_in_scope(const struct value_writer *w, const struct sample_sock *sock)
{
    for (const struct bless_scope *scope = w->scope; sock && sock->name && scope; scope = scope->up)
        if (sock->scope == scope)
            return true;
    return false;
}

static void descriptors(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    const char *name = NULL;
    bool same = true;

    for (size_t i = 0; i < len; i++) {
        const struct value *value = values[i].value;
        const struct sample_sock *sock = sample_sock(values[i].sample, value->fd.sock);
        const char *text = is_in_scope(w, sock) ? arena_printf(w->arena, "$%s", sock->name)
                           : value->fd.n < 0    ? arena_printf(w->arena, "%d", value->fd.n)
                                                : "_";

        same = same && (!name || !strcmp(name, text));
        name = text;
    }
    buf_adds(w->out, same ? name : "_");
}

static bool is_param(const struct seen_value *seen, const char *name)
{
    const char *value = trace_param(seen->sample->run->trace, name);
    int64_t n;

    return value && value_number(seen->value, &n) && n == strtoll(value, NULL, 10);
}

static bool all_are_param(const struct seen_value *values, size_t len, const char *name)
{
    for (size_t i = 0; i < len; i++)
        if (!is_param(&values[i], name))
            return false;
    return true;
}

static struct port_name *port_entry(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    uint64_t *ports = ARENA_ARRAY(w->arena, uint64_t, len);

    for (size_t i = 0; i < len; i++) {
        int64_t n = 0;

        value_number(values[i].value, &n);
        ports[i] = (uint64_t)n;
    }
    vec_each (struct port_name, it, &w->ports->list)
        if (!memcmp(it->ports, ports, len * sizeof(*ports)))
            return it;
    vec_push(&w->ports->list, ((struct port_name){.ports = ports}));
    return &w->ports->list.items[w->ports->list.len - 1];
}

/* A port that the kernel chose is `_`, unless several lines have it. */
static void port(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    struct port_name *entry;
    int64_t first, n;
    bool same = value_number(values[0].value, &first);

    for (size_t i = 0; i < len; i++)
        same = same && value_number(values[i].value, &n) && n == first;
    if (all_are_param(values, len, "PORT")) {
        buf_adds(w->out, "${PORT}");
    } else if (same) {
        buf_addf(w->out, "%" PRId64, first);
    } else if (!w->ports) {
        buf_addc(w->out, '_');
    } else {
        entry = port_entry(w, values, len);
        entry->times += w->ports->counts;
        if (!entry->name && entry->times > 1 && !w->ports->counts)
            entry->name = w->ports->fresh(w->ports->arg, "port");
        buf_addf(w->out, "%s%s", entry->name ? "$" : "", entry->name ? entry->name : "_");
    }
}

static bool is_type(const struct value *value, const char *type)
{
    return value->kind == VALUE_STRUCT && !strcmp(value->st.type, type);
}

/* The host as it stands in an address: `127.0.0.1`, `[::1]`. */
static const char *host_text(const struct value_writer *w, const struct value *value)
{
    struct buf text = {0};
    const char *host, *colon;

    value_addr_short(value, &text);
    colon = strrchr(buf_str(&text), ':');
    host = arena_memdup(w->arena, buf_str(&text), colon ? (size_t)(colon - buf_str(&text)) : text.len);
    buf_release(&text);
    /* Short forms write any host as `*`, which in a pattern is more than 0.0.0.0. */
    if (!strcmp(host, "*"))
        host = is_type(value, "sockaddr_in") ? "0.0.0.0" : "[::]";
    return host;
}

static void inet_address(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    struct seen_value *ports = ARENA_ARRAY(w->arena, struct seen_value, len);
    const char *host = "";
    bool same = true;

    for (size_t i = 0; i < len; i++) {
        const struct value *in4 = value_field(values[i].value, "sin_port");
        const char *text = host_text(w, values[i].value);

        same = same && (i == 0 || !strcmp(host, text));
        host = text;
        ports[i] =
            (struct seen_value){values[i].sample, in4 ? in4 : value_field(values[i].value, "sin6_port")};
        if (!ports[i].value) {
            any(w, values, len);
            return;
        }
    }
    buf_addf(w->out, "%s:", same ? host : "*");
    port(w, ports, len);
}

static void unix_address(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    struct seen_bytes *paths = ARENA_ARRAY(w->arena, struct seen_bytes, len);
    struct buf inside = {0};
    struct value_writer inner = *w;

    for (size_t i = 0; i < len; i++) {
        const struct value *path = value_field(values[i].value, "sun_path");
        uint8_t *bytes;

        paths[i] = (struct seen_bytes){.sample = values[i].sample};
        if (!path || path->kind != VALUE_BYTES)
            continue;
        bytes = (uint8_t *)arena_memdup(w->arena, path->bytes.ptr, path->bytes.len);
        if (path->bytes.len && !bytes[0])
            bytes[0] = '@';
        paths[i].bytes = bytes;
        paths[i].len = path->bytes.len;
    }
    inner.out = &inside;
    bytes_write(&inner, paths, len);
    /* A path has no wildcards. */
    if (strstr(buf_str(&inside), "..."))
        buf_addc(w->out, '_');
    else
        buf_addf(w->out, "unix:\"%s\"", buf_str(&inside));
    buf_release(&inside);
}

static void strings(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    struct seen_bytes *all = ARENA_ARRAY(w->arena, struct seen_bytes, len);

    for (size_t i = 0; i < len; i++) {
        const struct value *value = values[i].value;

        if (value->bytes.len < value->bytes.full) {
            any(w, values, len);
            return;
        }
        all[i] = (struct seen_bytes){values[i].sample, value->bytes.ptr, value->bytes.len};
    }
    buf_addc(w->out, '"');
    bytes_write(w, all, len);
    buf_addc(w->out, '"');
}

/* Structs that the language writes field by field; those that strace writes in a way of their own are not. */
static bool is_plain_struct(const struct value *value)
{
    static const char *const others[] = {"fd_set",   "sigset",     "icmp_filter", "icmp6_filter",
                                         "BPF_STMT", "BPF_JUMP",   "bpf_code",    "bpf_offset",
                                         "ifindex",  "sockaddr_nl"};

    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (!strcmp(value->st.type, others[i]))
            return false;
    return strncmp(value->st.type, "sockaddr", 8) != 0;
}

/* tcp_info(7) is clocks and counters of the kernel's; only the state is what a program brought about. */
static bool says_what_is_done(const struct seen_value *values, const char *field)
{
    return !is_type(values[0].value, "tcp_info") || !strcmp(field, "tcpi_state");
}

static void structs(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    const struct value *first = values[0].value;
    struct seen_value *fields = ARENA_ARRAY(w->arena, struct seen_value, len);
    bool same = true, any_field = false;

    for (size_t i = 0; i < len; i++)
        same = same && !strcmp(values[i].value->st.type, first->st.type) &&
               values[i].value->st.len == first->st.len;
    if (same && (is_type(first, "sockaddr_in") || is_type(first, "sockaddr_in6"))) {
        inet_address(w, values, len);
        return;
    }
    if (same && is_type(first, "sockaddr_un")) {
        unix_address(w, values, len);
        return;
    }
    if (!same || !is_plain_struct(first)) {
        any(w, values, len);
        return;
    }
    buf_addc(w->out, '{');
    for (size_t f = 0; f < first->st.len; f++) {
        if (!says_what_is_done(values, first->st.fields[f].name))
            continue;
        for (size_t i = 0; i < len; i++)
            fields[i] =
                (struct seen_value){values[i].sample, value_field(values[i].value, first->st.fields[f].name)};
        buf_addf(w->out, "%s%s=", any_field ? ", " : "", first->st.fields[f].name);
        values_write(w, fields, len);
        any_field = true;
    }
    buf_adds(w->out, is_type(first, "tcp_info") ? ", ...}" : "}");
}

static void arrays(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    const struct value *first = values[0].value;
    struct seen_value *items = ARENA_ARRAY(w->arena, struct seen_value, len);

    for (size_t i = 0; i < len; i++)
        if (values[i].value->array.len != first->array.len || first->array.full != first->array.len) {
            any(w, values, len);
            return;
        }
    buf_addc(w->out, '[');
    for (size_t k = 0; k < first->array.len; k++) {
        for (size_t i = 0; i < len; i++)
            items[i] = (struct seen_value){values[i].sample, values[i].value->array.items[k]};
        buf_adds(w->out, k ? ", " : "");
        values_write(w, items, len);
    }
    buf_addc(w->out, ']');
}

static void hosts(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    char text[INET_ADDRSTRLEN];

    for (size_t i = 0; i < len; i++)
        if (values[i].value->ip.len != 4 ||
            memcmp(values[i].value->ip.bytes, values[0].value->ip.bytes, 4) != 0) {
            any(w, values, len);
            return;
        }
    inet_ntop(AF_INET, values[0].value->ip.bytes, text, sizeof(text));
    buf_addf(w->out, "inet_addr(\"%s\")", text);
}

static void integers(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    int64_t *all = ARENA_ARRAY(w->arena, int64_t, len);

    for (size_t i = 0; i < len; i++)
        all[i] = (int64_t)values[i].value->n;
    if (values[0].value->form == INT_HTONS && all_are_param(values, len, "PORT"))
        buf_adds(w->out, "${PORT}");
    else
        numbers_write(w, all, len);
}

void values_write(const struct value_writer *w, const struct seen_value *values, size_t len)
{
    struct seen_value *final = ARENA_ARRAY(w->arena, struct seen_value, len);

    for (size_t i = 0; i < len; i++) {
        final[i] = (struct seen_value){values[i].sample, value_final(values[i].value)};
        if (!final[i].value || final[i].value->kind != final[0].value->kind) {
            buf_addc(w->out, '_');
            return;
        }
    }
    switch (final[0].value->kind) {
    case VALUE_NULL: buf_adds(w->out, "NULL"); break;
    case VALUE_INT: integers(w, final, len); break;
    case VALUE_SYM:
    case VALUE_FLAGS: constants(w, final, len); break;
    case VALUE_BYTES: strings(w, final, len); break;
    case VALUE_STRUCT: structs(w, final, len); break;
    case VALUE_ARRAY: arrays(w, final, len); break;
    case VALUE_FD: descriptors(w, final, len); break;
    case VALUE_IP: hosts(w, final, len); break;
    case VALUE_ADDR:
    case VALUE_CHANGED: buf_addc(w->out, '_'); break;
    }
}
