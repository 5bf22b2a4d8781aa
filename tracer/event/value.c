/* event/value.c: making, copying, comparing and asking values. */
#include "event/value.h"

#include "base/bug.h"
#include "base/text.h"

#include <string.h>

static struct value *make(struct arena *arena, enum value_kind kind)
{
    struct value *value = ARENA_NEW(arena, struct value);

    value->kind = kind;
    return value;
}

const struct value *value_null(struct arena *arena)
{
    return make(arena, VALUE_NULL);
}

const struct value *value_int(struct arena *arena, int64_t n)
{
    return value_uint(arena, (uint64_t)n, INT_DEC);
}

const struct value *value_uint(struct arena *arena, uint64_t n, enum int_form form)
{
    struct value *value = make(arena, VALUE_INT);

    value->form = (uint8_t)(form == INT_UDEC && n <= INT64_MAX ? INT_DEC : form);
    value->n = n;
    return value;
}

static const struct value *make_sym(struct arena *arena, enum value_kind kind, const struct nametab *tab,
                                    uint64_t n)
{
    struct value *value = make(arena, kind);

    value->sym.tab = tab;
    value->sym.n = n;
    return value;
}

const struct value *value_sym(struct arena *arena, const struct nametab *tab, uint64_t n)
{
    return make_sym(arena, VALUE_SYM, tab, n);
}

const struct value *value_flags(struct arena *arena, const struct nametab *tab, uint64_t n)
{
    return make_sym(arena, VALUE_FLAGS, tab, n);
}

const struct value *value_fd(struct arena *arena, int fd)
{
    return value_fd_of(arena, fd, 0);
}

const struct value *value_fd_of(struct arena *arena, int fd, uint64_t sock)
{
    struct value *value = make(arena, VALUE_FD);

    value->fd.n = fd;
    value->fd.sock = sock;
    return value;
}

const struct value *value_addr(struct arena *arena, uint64_t addr)
{
    struct value *value = make(arena, VALUE_ADDR);

    value->n = addr;
    return value;
}

const struct value *value_ip(struct arena *arena, const void *bytes, size_t len)
{
    struct value *value = make(arena, VALUE_IP);

    if (len != 4 && len != 16)
        BUG("an IP address of %zu bytes", len);
    memcpy(value->ip.bytes, bytes, len);
    value->ip.len = (uint8_t)len;
    return value;
}

const struct value *value_bytes(struct arena *arena, const void *bytes, size_t len, uint64_t full)
{
    return value_bytes_as(arena, BYTES_TEXT, bytes, len, full);
}

const struct value *value_bytes_as(struct arena *arena, enum bytes_form form, const void *bytes, size_t len,
                                   uint64_t full)
{
    struct value *value = make(arena, VALUE_BYTES);

    value->form = (uint8_t)form;
    value->bytes.ptr = (const uint8_t *)arena_memdup(arena, bytes, len);
    value->bytes.len = len;
    value->bytes.full = full;
    return value;
}

const struct value *value_struct(struct arena *arena, const char *type, const struct field *fields,
                                 size_t len)
{
    struct value *value = make(arena, VALUE_STRUCT);

    value->st.type = type;
    value->st.fields = (const struct field *)arena_memdup(arena, fields, len * sizeof(*fields));
    value->st.len = len;
    return value;
}

const struct value *value_array(struct arena *arena, const struct value *const *items, size_t len,
                                uint64_t full)
{
    struct value *value = make(arena, VALUE_ARRAY);

    value->array.items = (const struct value *const *)arena_memdup(arena, items, len * sizeof(*items));
    value->array.len = len;
    value->array.full = full;
    return value;
}

const struct value *value_changed(struct arena *arena, enum changed_form form, const char *label,
                                  const struct value *before, const struct value *after)
{
    struct value *value = make(arena, VALUE_CHANGED);

    value->form = (uint8_t)form;
    value->changed.label = label;
    value->changed.before = before;
    value->changed.after = after;
    return value;
}

static const struct value *copy_struct(struct arena *arena, const struct value *value)
{
    struct field *fields = ARENA_ARRAY(arena, struct field, value->st.len);

    for (size_t i = 0; i < value->st.len; i++) {
        fields[i].name = arena_strdup(arena, value->st.fields[i].name);
        fields[i].value = value_copy(arena, value->st.fields[i].value);
    }
    return value_struct(arena, arena_strdup(arena, value->st.type), fields, value->st.len);
}

static const struct value *copy_array(struct arena *arena, const struct value *value)
{
    const struct value **items = ARENA_ARRAY(arena, const struct value *, value->array.len);

    for (size_t i = 0; i < value->array.len; i++)
        items[i] = value_copy(arena, value->array.items[i]);
    return value_array(arena, items, value->array.len, value->array.full);
}

static const struct value *copy_changed(struct arena *arena, const struct value *value)
{
    const char *label = value->changed.label ? arena_strdup(arena, value->changed.label) : NULL;

    return value_changed(arena, value->form, label, value_copy(arena, value->changed.before),
                         value_copy(arena, value->changed.after));
}

const struct value *value_copy(struct arena *arena, const struct value *value)
{
    struct value *copy;

    if (!value)
        return NULL;
    switch (value->kind) {
    case VALUE_BYTES:
        return value_bytes_as(arena, value->form, value->bytes.ptr, value->bytes.len, value->bytes.full);
    case VALUE_STRUCT: return copy_struct(arena, value);
    case VALUE_ARRAY: return copy_array(arena, value);
    case VALUE_CHANGED: return copy_changed(arena, value);
    case VALUE_NULL:
    case VALUE_INT:
    case VALUE_SYM:
    case VALUE_FLAGS:
    case VALUE_FD:
    case VALUE_ADDR:
    case VALUE_IP: break;
    }
    copy = make(arena, value->kind);
    *copy = *value;
    return copy;
}

static bool text_equal(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool struct_equal(const struct value *a, const struct value *b)
{
    if (a->st.len != b->st.len || !text_equal(a->st.type, b->st.type))
        return false;
    for (size_t i = 0; i < a->st.len; i++)
        if (!text_equal(a->st.fields[i].name, b->st.fields[i].name) ||
            !value_equal(a->st.fields[i].value, b->st.fields[i].value))
            return false;
    return true;
}

static bool array_equal(const struct value *a, const struct value *b)
{
    if (a->array.len != b->array.len || a->array.full != b->array.full)
        return false;
    for (size_t i = 0; i < a->array.len; i++)
        if (!value_equal(a->array.items[i], b->array.items[i]))
            return false;
    return true;
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (!a || !b || a == b)
        return a == b;
    if (a->kind != b->kind || a->form != b->form)
        return false;
    switch (a->kind) {
    case VALUE_NULL: return true;
    case VALUE_INT:
    case VALUE_ADDR: return a->n == b->n;
    case VALUE_SYM:
    case VALUE_FLAGS: return a->sym.n == b->sym.n && text_equal(a->sym.tab->id, b->sym.tab->id);
    case VALUE_BYTES:
        return a->bytes.len == b->bytes.len && a->bytes.full == b->bytes.full &&
               memcmp(a->bytes.ptr, b->bytes.ptr, a->bytes.len) == 0;
    case VALUE_STRUCT: return struct_equal(a, b);
    case VALUE_ARRAY: return array_equal(a, b);
    case VALUE_FD: return a->fd.n == b->fd.n && a->fd.sock == b->fd.sock;
    case VALUE_IP: return a->ip.len == b->ip.len && memcmp(a->ip.bytes, b->ip.bytes, a->ip.len) == 0;
    case VALUE_CHANGED:
        return text_equal(a->changed.label, b->changed.label) &&
               value_equal(a->changed.before, b->changed.before) &&
               value_equal(a->changed.after, b->changed.after);
    }
    BUG("value kind %d", (int)a->kind);
}

const struct value *value_field(const struct value *value, const char *name)
{
    if (!value || value->kind != VALUE_STRUCT)
        return NULL;
    for (size_t i = 0; i < value->st.len; i++)
        if (text_is(value->st.fields[i].name, name))
            return value->st.fields[i].value;
    return NULL;
}

const struct value *value_final(const struct value *value)
{
    if (!value || value->kind != VALUE_CHANGED)
        return value;
    return value->changed.after ? value->changed.after : value->changed.before;
}

static bool is_ifindex(const struct value *value)
{
    return value->kind == VALUE_STRUCT && text_equal(value->st.type, "ifindex");
}

const struct value *value_ifname(const struct value *value)
{
    const struct value *name = value && is_ifindex(value) ? value_field(value, "name") : NULL;

    return name && name->kind == VALUE_BYTES ? name : NULL;
}

bool value_number(const struct value *value, int64_t *n)
{
    value = value_final(value);
    if (!value)
        return false;
    switch (value->kind) {
    case VALUE_INT: *n = (int64_t)value->n; return true;
    case VALUE_SYM:
    case VALUE_FLAGS: *n = (int64_t)value->sym.n; return true;
    case VALUE_FD: *n = value->fd.n; return true;
    case VALUE_ARRAY: return value->array.len == 1 && value_number(value->array.items[0], n);
    case VALUE_STRUCT: return is_ifindex(value) && value_number(value_field(value, "index"), n);
    case VALUE_NULL:
    case VALUE_BYTES:
    case VALUE_ADDR:
    case VALUE_IP:
    case VALUE_CHANGED: break;
    }
    return false;
}
