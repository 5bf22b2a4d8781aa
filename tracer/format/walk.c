/* format/walk.c: what the line formats have in common when they write values. */
#include "format/walk.h"

#include "base/alloc.h"
#include "base/quote.h"

#include <inttypes.h>
#include <string.h>

void walk_value(struct walk *walk, const struct value *value)
{
    if (value)
        walk->print[value->kind](walk, value);
    else
        buf_adds(walk->out, "NULL");
}

void walk_null(struct walk *walk, const struct value *value)
{
    (void)value;
    buf_adds(walk->out, "NULL");
}

void walk_addr(struct walk *walk, const struct value *value)
{
    if (value->n)
        buf_addf(walk->out, "%#" PRIx64, value->n);
    else
        buf_adds(walk->out, "NULL");
}

void walk_fd(struct walk *walk, const struct value *value)
{
    buf_addf(walk->out, "%d", value->fd.n);
    if (walk->opts->fds && value->fd.sock)
        walk->sock_info(walk->out, value->fd.sock, walk->event, walk->opts);
}

static void add_items(struct walk *walk, const struct value *array, const char *separator, size_t limit,
                      walk_fn item)
{
    size_t len = array->array.len < limit ? array->array.len : limit;
    enum walk_place place = walk->place;

    /* strace tries to read the next item before it cuts the array. */
    if (len < array->array.len && array->array.items[len]->kind == VALUE_ADDR)
        len++;
    walk->place = PLACE_ITEM;
    buf_addc(walk->out, '[');
    for (size_t i = 0; i < len; i++) {
        if (i)
            buf_adds(walk->out, separator);
        item(walk, array->array.items[i]);
    }
    if (array->array.full > len)
        buf_addf(walk->out, "%s...", len ? separator : "");
    buf_addc(walk->out, ']');
    walk->place = place;
}

void walk_array(struct walk *walk, const struct value *value)
{
    add_items(walk, value, ", ", walk->opts->whole ? SIZE_MAX : walk->opts->strlen_max, walk_value);
}

void walk_whole_array(struct walk *walk, const struct value *value)
{
    add_items(walk, value, ", ", SIZE_MAX, walk_value);
}

/* Inside a set signals go without their SIG. */
static void add_short_name(struct walk *walk, const struct value *value)
{
    const char *name = nametab_name(value->sym.tab, value->sym.n);

    if (name)
        buf_adds(walk->out, strncmp(name, "SIG", 3) == 0 ? name + 3 : name);
    else
        buf_addf(walk->out, "%" PRIu64, value->sym.n);
}

static void add_signal(struct walk *walk, const struct value *value)
{
    if (value->kind == VALUE_SYM)
        walk_constant(walk, value, walk_has_name, add_short_name);
    else
        walk_value(walk, value);
}

/* Structs that are sets; their items stand in an array under `field`. */
static const struct {
    const char *type, *field;
    walk_fn item;
} sets[] = {
    {"fd_set", "fds", walk_value},
    {"sigset", "signals", add_signal},
    {"icmp_filter", "types", walk_value},
    {"icmp6_filter", "types", walk_value},
};

/* Structs that are written as the macros that make them. */
static const char *const macros[] = {"BPF_STMT", "BPF_JUMP"};

static bool add_macro(struct walk *walk, const struct value *value)
{
    for (size_t i = 0; i < ARRAY_LEN(macros); i++) {
        if (strcmp(value->st.type, macros[i]) != 0)
            continue;
        buf_addf(walk->out, "%s(", macros[i]);
        for (size_t k = 0; k < value->st.len; k++) {
            buf_adds(walk->out, k ? ", " : "");
            walk_value(walk, value->st.fields[k].value);
        }
        buf_addc(walk->out, ')');
        return true;
    }
    return false;
}

static bool add_set(struct walk *walk, const struct value *value)
{
    for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
        const struct value *items = value_field(value, sets[i].field);

        if (strcmp(value->st.type, sets[i].type) != 0 || !items || items->kind != VALUE_ARRAY)
            continue;
        if (value_field(value, "not"))
            buf_addc(walk->out, '~');
        add_items(walk, items, " ", SIZE_MAX, sets[i].item);
        return true;
    }
    return false;
}

void walk_struct(struct walk *walk, const struct value *value)
{
    enum walk_place place = walk->place;

    if (add_set(walk, value) || add_macro(walk, value))
        return;
    buf_addc(walk->out, '{');
    walk->place = PLACE_FIELD;
    for (size_t i = 0; i < value->st.len; i++) {
        const struct field *field = &value->st.fields[i];

        if (i)
            buf_adds(walk->out, ", ");
        if (walk->field_form && walk->field_form(walk, value->st.type, field))
            continue;
        buf_addf(walk->out, "%s=", field->name);
        walk_value(walk, field->value);
    }
    walk->place = place;
    buf_addc(walk->out, '}');
}

bool walk_has_name(const struct value *value)
{
    return nametab_name(value->sym.tab, value->sym.n);
}

bool walk_has_flag_names(const struct value *value)
{
    const char *name;
    uint64_t rest;

    return nametab_split(value->sym.tab, value->sym.n, &name, 1, &rest) > 0;
}

size_t walk_flag_names(struct walk *walk, const struct value *value, uint64_t *rest)
{
    const char *names[64];
    const struct nametab *tab = value->sym.tab;
    size_t count = nametab_split(tab, value->sym.n, names, ARRAY_LEN(names), rest);

    for (size_t i = 0; i < count; i++)
        buf_addf(walk->out, "%s%s", i ? "|" : "", names[i]);
    return count && tab->enum_mask && nametab_name(tab, value->sym.n & tab->enum_mask) ? count - 1 : count;
}

/* Signals and errors are known by their numbers as well. */
static void add_number(struct walk *walk, const struct value *value)
{
    bool is_decimal = value->sym.tab == &nametab_signal || value->sym.tab == &nametab_errno;

    buf_addf(walk->out, is_decimal ? "%" PRIu64 : "%#" PRIx64, value->sym.n);
}

void walk_constant(struct walk *walk, const struct value *value, bool (*is_named)(const struct value *value),
                   walk_fn abbrev)
{
    enum const_style style = walk->opts->consts;

    if (style == CONST_RAW) {
        add_number(walk, value);
    } else if (style == CONST_ABBREV || !is_named(value)) {
        abbrev(walk, value);
    } else {
        add_number(walk, value);
        buf_adds(walk->out, " /* ");
        abbrev(walk, value);
        buf_adds(walk->out, " */");
    }
}

void walk_quoted(struct walk *walk, const uint8_t *bytes, size_t len, size_t limit)
{
    enum hex_style hex = walk->opts->hex;

    len = len < limit ? len : limit;
    if (hex == HEX_NON_ASCII && !quote_is_ascii(bytes, len))
        hex = HEX_ALL;
    buf_addc(walk->out, '"');
    if (hex == HEX_ALL)
        quote_hex(walk->out, bytes, len);
    else if (hex == HEX_CHARS)
        quote_c_hex(walk->out, bytes, len);
    else
        quote_c(walk->out, bytes, len);
    buf_addc(walk->out, '"');
}
