/* expect/unify.c: patterns against values, by kind of pattern. */
#include "expect/unify.h"

#include "base/bug.h"
#include "expect/tape.h"

#include <stdlib.h>
#include <string.h>

struct names names_copy(struct arena *arena, const struct names *names)
{
    struct names copy = {.len = names->len, .arena = arena, .fixed = names->fixed, .strict = names->strict};

    copy.slots = (struct bound *)arena_memdup(arena, names->slots, names->len * sizeof(*names->slots));
    for (size_t i = 0; i < copy.len; i++)
        copy.slots[i].value = value_copy(arena, copy.slots[i].value);
    return copy;
}

bool bound_equal(const struct bound *a, const struct bound *b)
{
    return a->kind == b->kind && a->n == b->n && value_equal(a->value, b->value);
}

/* The number of a name: in the value's own table, or in any. */
static bool number_of(const struct value *value, const char *name, uint64_t *n)
{
    if (value->kind == VALUE_SYM || value->kind == VALUE_FLAGS)
        return nametab_find(value->sym.tab, name, n);
    for (size_t i = 0; nametab_at(i); i++)
        if (nametab_find(nametab_at(i), name, n))
            return true;
    return false;
}

/* `want` exactly, or at least (`open`); the quiet flags that it doesn't name are passed over, but for strict
 * blocks. */
static bool fits_set(const struct names *names, const struct value *value, uint64_t want, bool open)
{
    bool has_tab = value->kind == VALUE_SYM || value->kind == VALUE_FLAGS;
    uint64_t enums = has_tab ? value->sym.tab->enum_mask : 0;
    int64_t n;

    if (!value_number(value, &n))
        return false;
    if (open)
        return ((uint64_t)n & want & ~enums) == (want & ~enums) &&
               (!(want & enums) || ((uint64_t)n & enums) == (want & enums));
    if (value->kind == VALUE_FLAGS && !names->strict)
        n &= (int64_t) ~(value->sym.tab->quiet & ~want);
    return (uint64_t)n == want;
}

/* Scalars that stand alone in an array, as option values do. */
static const struct value *unwrap(const struct value *value)
{
    return value->kind == VALUE_ARRAY && value->array.len == 1 ? value_final(value->array.items[0]) : value;
}

static bool fits_int(const struct names *names, const struct pat *pat, const struct value *value)
{
    return (value->kind == VALUE_NULL && pat->n == 0) ||
           fits_set(names, unwrap(value), (uint64_t)pat->n, false);
}

static bool fits_sym(const struct names *names, const struct pat *pat, const struct value *value)
{
    uint64_t n;

    if (strcmp(pat->sym.name, "NULL") == 0)
        return value->kind == VALUE_NULL;
    value = unwrap(value);
    if (number_of(value, pat->sym.name, &n))
        return fits_set(names, value, n, false);
    return pat->sym.known && fits_set(names, value, pat->sym.n, false);
}

static bool fits_flags(const struct names *names, const struct pat *pat, const struct value *value)
{
    uint64_t want = 0, n;

    value = unwrap(value);
    for (size_t i = 0; i < pat->flags.len; i++) {
        if (!number_of(value, pat->flags.names[i], &n))
            return false;
        want |= n;
    }
    return fits_set(names, value, want, pat->flags.open);
}

/* if_nametoindex("lo") is the string that stands inside. */
static bool fits_str(const struct pat *pat, const struct value *value)
{
    value = value_ifname(value) ? value_ifname(value) : value;
    return value->kind == VALUE_BYTES &&
           tape_fits(pat->str.pieces, pat->str.len, value->bytes.ptr, value->bytes.len, value->bytes.full);
}

static bool fits_struct(struct names *names, const struct pat *pat, const struct value *value)
{
    if (value->kind != VALUE_STRUCT || (!pat->st.open && pat->st.len != value->st.len))
        return false;
    for (size_t i = 0; i < pat->st.len; i++)
        if (!unify(names, pat->st.fields[i].value, value_field(value, pat->st.fields[i].name)))
            return false;
    return true;
}

static bool fits_array(struct names *names, const struct pat *pat, const struct value *value)
{
    if (value->kind != VALUE_ARRAY)
        return pat->array.len == 1 && value->kind != VALUE_NULL && unify(names, pat->array.items[0], value);
    if (pat->array.len > value->array.len || (!pat->array.open && pat->array.len != value->array.full))
        return false;
    for (size_t i = 0; i < pat->array.len; i++)
        if (!unify(names, pat->array.items[i], value->array.items[i]))
            return false;
    return true;
}

static bool fits_cmp(const struct pat *pat, const struct value *value)
{
    int64_t n;

    if (!value_number(value, &n))
        return false;
    switch (pat->cmp.op) {
    case CMP_GT: return n > pat->cmp.n;
    case CMP_GE: return n >= pat->cmp.n;
    case CMP_LT: return n < pat->cmp.n;
    case CMP_LE: return n <= pat->cmp.n;
    case CMP_NE: return n != pat->cmp.n;
    }
    BUG("comparison %d", (int)pat->cmp.op);
}

static bool fits_range(const struct pat *pat, const struct value *value)
{
    int64_t n;

    return value_number(value, &n) && n >= pat->range.from && n <= pat->range.to;
}

static bool fits_or(struct names *names, const struct pat *pat, const struct value *value)
{
    for (size_t i = 0; i < pat->any_of.len; i++) {
        struct names attempt = *names;

        attempt.slots =
            (struct bound *)arena_memdup(names->arena, names->slots, names->len * sizeof(*names->slots));
        if (unify(&attempt, pat->any_of.items[i], value)) {
            names->slots = attempt.slots;
            return true;
        }
    }
    return false;
}

static bool fits_not(const struct names *names, const struct pat *pat, const struct value *value)
{
    struct names look = *names;

    look.fixed = true;
    return !unify(&look, pat->inner, value);
}

static bool fits_bound(const struct bound *bound, const struct value *value)
{
    int64_t n;

    switch (bound->kind) {
    case BOUND_SOCK: return value->kind == VALUE_FD && value->fd.sock == bound->n;
    case BOUND_INT: return value_number(value, &n) && (uint64_t)n == bound->n;
    case BOUND_VALUE: return value_equal(value, bound->value);
    case BOUND_NOT: break;
    }
    BUG("a name of kind %d", (int)bound->kind);
}

static bool fits_name(struct names *names, const struct pat *pat, const struct value *value)
{
    struct bound *bound = &names->slots[pat->slot];
    int64_t n;

    if (bound->kind != BOUND_NOT)
        return fits_bound(bound, value);
    if (names->fixed)
        return true;
    if (value->kind == VALUE_FD && value->fd.sock)
        *bound = (struct bound){.kind = BOUND_SOCK, .n = value->fd.sock};
    else if (value->kind != VALUE_ARRAY && value_number(value, &n))
        *bound = (struct bound){.kind = BOUND_INT, .n = (uint64_t)n};
    else
        *bound = (struct bound){.kind = BOUND_VALUE, .value = value_copy(names->arena, value)};
    return true;
}

static bool fits_host(const struct pat *pat, const struct value *ip)
{
    if (!ip || ip->kind != VALUE_IP)
        return false;
    return pat->addr.any_host ||
           (ip->ip.len == pat->addr.ip_len && memcmp(ip->ip.bytes, pat->addr.ip, ip->ip.len) == 0);
}

/* By name, or by index as where the interface's name is not known. */
static bool fits_zone(const struct pat *pat, const struct value *scope)
{
    const struct value *name = value_ifname(scope);
    char *end;
    int64_t n;

    if (!pat->addr.zone)
        return true;
    if (name && name->bytes.len == strlen(pat->addr.zone) &&
        memcmp(name->bytes.ptr, pat->addr.zone, name->bytes.len) == 0)
        return true;
    return value_number(scope, &n) && strtoll(pat->addr.zone, &end, 10) == n && !*end;
}

/* A pattern writes an abstract address with `@` for the NUL in front. */
static bool fits_path(const struct pat *pat, const struct value *path)
{
    const char *want = pat->addr.path;
    size_t len = pat->addr.path_len;

    if (!path)
        return len == 0;
    if (path->kind != VALUE_BYTES || path->bytes.len != len)
        return false;
    if (len && want[0] == '@')
        return path->bytes.ptr[0] == '\0' && memcmp(path->bytes.ptr + 1, want + 1, len - 1) == 0;
    return memcmp(path->bytes.ptr, want, len) == 0;
}

static bool fits_addr(struct names *names, const struct pat *pat, const struct value *value)
{
    const struct value *in4 = value_field(value, "sin_port");

    if (value->kind == VALUE_IP) /* a host alone, inside a struct that is written out */
        return !pat->addr.port && fits_host(pat, value);
    if (value->kind != VALUE_STRUCT)
        return false;
    if (!pat->addr.port)
        return strcmp(value->st.type, "sockaddr_un") == 0 && fits_path(pat, value_field(value, "sun_path"));
    return fits_host(pat, value_field(value, in4 ? "sin_addr" : "sin6_addr")) &&
           fits_zone(pat, value_field(value, "sin6_scope_id")) &&
           unify(names, pat->addr.port, in4 ? in4 : value_field(value, "sin6_port"));
}

bool unify(struct names *names, const struct pat *pat, const struct value *value)
{
    value = value_final(value);
    if (!value || pat->kind == PAT_ANY)
        return pat->kind == PAT_ANY;
    switch (pat->kind) {
    case PAT_ANY: return true;
    case PAT_INT: return fits_int(names, pat, value);
    case PAT_SYM: return fits_sym(names, pat, value);
    case PAT_FLAGS: return fits_flags(names, pat, value);
    case PAT_STR: return fits_str(pat, value);
    case PAT_STRUCT: return fits_struct(names, pat, value);
    case PAT_ARRAY: return fits_array(names, pat, value);
    case PAT_CMP: return fits_cmp(pat, value);
    case PAT_RANGE: return fits_range(pat, value);
    case PAT_OR: return fits_or(names, pat, value);
    case PAT_NOT: return fits_not(names, pat, value);
    case PAT_NAME: return fits_name(names, pat, value);
    case PAT_ADDR: return fits_addr(names, pat, value);
    }
    BUG("pattern kind %d", (int)pat->kind);
}
