/* format/jin_value.c: values from JSON: a table of the members that tell their kinds. */
#include "format/jin.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "format/base64.h"
#include "format/jaddr.h"
#include "format/jsonl.h"

#include <arpa/inet.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* `json` is the member that told the kind, `object` the whole. NULL with a message. */
typedef const struct value *(*read_fn)(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                       unsigned depth);

static const struct value *fail(struct jin *jin, const char *what)
{
    jin_fail(jin, "%s", what);
    return NULL;
}

static const struct value *read_int(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                    unsigned depth)
{
    const char *form = "udec", *text = jnode_text(json), *name;
    int64_t negative;
    uint64_t n;

    (void)depth;
    if (!jin_string(jin, object, "form", &form))
        return NULL;
    if (text && text[0] == '-')
        return jin_signed(jin, json, "int", &negative) ? value_int(jin->arena, negative) : NULL;
    if (!jin_number(jin, json, "int", &n))
        return NULL;
    for (size_t i = 0; (name = jsonl_int_form(i)); i++)
        if (strcmp(name, form) == 0)
            return value_uint(jin->arena, n, (enum int_form)i);
    jin_fail(jin, "unknown form of a number: '%s'", jin_quote(jin, form));
    return NULL;
}

/* The number says which constant it is; a trace made by hand may give the name alone. */
static bool read_constant(struct jin *jin, const struct jnode *object, const struct nametab **tab,
                          uint64_t *n)
{
    const char *of = NULL, *name = NULL;

    if (!jin_string(jin, object, "of", &of) || !jin_string(jin, object, "name", &name))
        return false;
    *tab = of ? nametab_by_id(of) : NULL;
    if (!*tab)
        return jin_fail(jin, "unknown table of constants: '%s'", of ? jin_quote(jin, of) : "");
    if (jnode_get(object, "n"))
        return jin_u64(jin, object, "n", n);
    if (name && nametab_find(*tab, name, n))
        return true;
    return jin_fail(jin, "neither a number nor the name of a constant of %s", (*tab)->id);
}

static const struct value *read_sym(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                    unsigned depth)
{
    const struct nametab *tab;
    uint64_t n;

    (void)json;
    (void)depth;
    return read_constant(jin, object, &tab, &n) ? value_sym(jin->arena, tab, n) : NULL;
}

static const struct value *read_flags(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                      unsigned depth)
{
    const struct nametab *tab;
    uint64_t n;

    (void)json;
    (void)depth;
    return read_constant(jin, object, &tab, &n) ? value_flags(jin->arena, tab, n) : NULL;
}

static const struct value *make_bytes(struct jin *jin, const struct jnode *object, const void *bytes,
                                      size_t len)
{
    const char *form = NULL;
    uint64_t full = len;

    if (object && (!jin_u64(jin, object, "len", &full) || !jin_string(jin, object, "form", &form)))
        return NULL;
    if (full < len)
        return fail(jin, "more bytes than 'len'");
    if (form && strcmp(form, "hex") != 0) {
        jin_fail(jin, "unknown form of bytes: '%s'", jin_quote(jin, form));
        return NULL;
    }
    return value_bytes_as(jin->arena, form ? BYTES_HEX : BYTES_TEXT, bytes, len, full);
}

static const struct value *read_text(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                     unsigned depth)
{
    (void)depth;
    if (!jnode_is(json, JNODE_STRING))
        return fail(jin, "'text' is no string");
    return make_bytes(jin, object, jnode_text(json), json->text.len);
}

static const struct value *read_base64(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                       unsigned depth)
{
    const struct value *value;
    struct buf buf = {0};

    (void)depth;
    if (jnode_is(json, JNODE_STRING) && base64_decode(&buf, jnode_text(json), json->text.len))
        value = make_bytes(jin, object, buf_str(&buf), buf.len);
    else
        value = fail(jin, "'base64' is no base64");
    buf_release(&buf);
    return value;
}

static const struct value *make_array(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                      unsigned depth)
{
    size_t len = json->items.len, n = 0;
    const struct value **items = ARENA_ARRAY(jin->arena, const struct value *, len);
    uint64_t full = len;

    jnode_each (item, json) {
        items[n] = jin_value(jin, item, depth + 1);
        if (!items[n++])
            return NULL;
    }
    if (object && !jin_u64(jin, object, "len", &full))
        return NULL;
    return full < len ? fail(jin, "more items than 'len'") : value_array(jin->arena, items, len, full);
}

static const struct value *read_array(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                      unsigned depth)
{
    return jnode_is(json, JNODE_ARRAY) ? make_array(jin, object, json, depth)
                                       : fail(jin, "'array' is no array");
}

static const struct value *read_fd(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                   unsigned depth)
{
    struct value *value;
    uint64_t sock = 0;
    int n = 0;

    (void)json;
    (void)depth;
    if (!jin_int(jin, object, "fd", &n) || !jin_u64(jin, object, "sock", &sock))
        return NULL;
    value = ARENA_NEW(jin->arena, struct value);
    value->kind = VALUE_FD;
    value->fd.n = n;
    value->fd.sock = sock;
    return value;
}

static const struct value *read_pointer(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                        unsigned depth)
{
    const char *text = jnode_text(json);
    char *end;
    uint64_t n;

    (void)object;
    (void)depth;
    if (!text || strncmp(text, "0x", 2) != 0 || !strchr("0123456789abcdef", text[2]) || strlen(text) > 18)
        return fail(jin, "'ptr' is no address in hexadecimal");
    n = strtoull(text, &end, 16);
    return *end ? fail(jin, "'ptr' is no address in hexadecimal") : value_addr(jin->arena, n);
}

static const struct value *make_ip(struct jin *jin, const struct jnode *json, const char *what)
{
    const char *text = jnode_text(json);
    uint8_t bytes[16];

    if (text && inet_pton(AF_INET, text, bytes) == 1)
        return value_ip(jin->arena, bytes, 4);
    if (text && inet_pton(AF_INET6, text, bytes) == 1)
        return value_ip(jin->arena, bytes, 16);
    jin_fail(jin, "'%s' is no address", what);
    return NULL;
}

static const struct value *read_ip(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                   unsigned depth)
{
    (void)object;
    (void)depth;
    return make_ip(jin, json, "ip");
}

/* The NUL that begins an abstract name is not in the file. */
static const struct value *make_abstract(struct jin *jin, const struct jnode *json, unsigned depth)
{
    const struct value *name = jin_value(jin, json, depth);
    struct buf buf = {0};

    if (!name)
        return NULL;
    if (name->kind != VALUE_BYTES || name->bytes.full == UINT64_MAX)
        return fail(jin, "'abstract' is no name");
    buf_addc(&buf, '\0');
    buf_add(&buf, name->bytes.ptr, name->bytes.len);
    name = value_bytes(jin->arena, buf.data, buf.len, name->bytes.full + 1);
    buf_release(&buf);
    return name;
}

static const struct value *make_constant(struct jin *jin, const struct jaddr_part *part,
                                         const struct jnode *json)
{
    uint64_t n;

    if (jnode_is(json, JNODE_STRING) && nametab_find(part->of, jnode_text(json), &n))
        return value_sym(jin->arena, part->of, n);
    return jin_number(jin, json, part->key, &n) ? value_sym(jin->arena, part->of, n) : NULL;
}

static const struct value *make_part(struct jin *jin, const struct jaddr_part *part, const struct jnode *json,
                                     unsigned depth)
{
    enum int_form int_form;
    uint64_t n;

    if (jaddr_int_form(part->form, &int_form))
        return jin_number(jin, json, part->key, &n) ? value_uint(jin->arena, n, int_form) : NULL;
    switch (part->form) {
    case JADDR_CONSTANT: return make_constant(jin, part, json);
    case JADDR_HOST: return make_ip(jin, json, part->key);
    case JADDR_ABSTRACT: return make_abstract(jin, json, depth);
    default: return jin_value(jin, json, depth);
    }
}

/* The same field may be there under two names. */
static bool are_distinct(struct jin *jin, const struct field *fields, size_t len)
{
    for (size_t i = 0; i < len; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(fields[i].name, fields[j].name) == 0)
                return jin_fail(jin, "an address with two of '%s'", jin_quote(jin, fields[i].name));
    return true;
}

static const struct value *read_struct(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                       unsigned depth)
{
    size_t len = object->items.len - 1, n = 0;
    struct field *fields = ARENA_ARRAY(jin->arena, struct field, len);
    const char *type = "";
    bool is_addr;

    (void)json;
    if (!jin_string(jin, object, "struct", &type))
        return NULL;
    is_addr = jaddr_is(type);
    if (is_addr && len > JADDR_MAX_PARTS)
        return fail(jin, "an address with too many parts");
    jnode_each (member, object) {
        const struct jaddr_part *part = is_addr ? jaddr_of_key(type, member->key) : NULL;
        const struct value *value;

        if (strcmp(member->key, "struct") == 0)
            continue;
        value = part ? make_part(jin, part, member, depth + 1) : jin_value(jin, member, depth + 1);
        if (!value)
            return NULL;
        fields[n++] = (struct field){part ? part->field : member->key, value};
    }
    return is_addr && !are_distinct(jin, fields, n) ? NULL : value_struct(jin->arena, type, fields, n);
}

static const struct value *read_changed(struct jin *jin, const struct jnode *object, const struct jnode *json,
                                        unsigned depth)
{
    const struct jnode *was = jnode_get(object, "was"), *now = jnode_get(object, "now");
    const struct value *before = was ? jin_value(jin, was, depth + 1) : NULL;
    const struct value *after = now ? jin_value(jin, now, depth + 1) : NULL;
    const char *label = NULL;
    bool is_aux = false;

    (void)json;
    if ((was && !before) || (now && !after))
        return NULL;
    if (!jin_string(jin, object, "label", &label) || !jin_bool(jin, object, "aux", &is_aux))
        return NULL;
    return value_changed(jin->arena, is_aux ? CHANGED_AUX : CHANGED_ARROW, label, before, after);
}

/* The first row whose member is there says what the object is: a field of a struct may have any other name.
 */
static const struct {
    const char *key;
    read_fn read;
} kinds[] = {
    {"struct", read_struct}, {"int", read_int},       {"flags", read_flags}, {"of", read_sym},
    {"text", read_text},     {"base64", read_base64}, {"array", read_array}, {"fd", read_fd},
    {"ptr", read_pointer},   {"ip", read_ip},         {"was", read_changed}, {"now", read_changed},
    {"aux", read_changed},
};

static const struct value *read_object(struct jin *jin, const struct jnode *object, unsigned depth)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        const struct jnode *json = jnode_get(object, kinds[i].key);

        if (json)
            return kinds[i].read(jin, object, json, depth);
    }
    return fail(jin, "an object that is no value");
}

const struct value *jin_value(struct jin *jin, const struct jnode *json, unsigned depth)
{
    if (depth > JSONL_MAX_DEPTH)
        return fail(jin, "values nested too deeply");
    switch (json->kind) {
    case JNODE_NULL: return value_null(jin->arena);
    case JNODE_INT: return value_int(jin->arena, json->n);
    case JNODE_STRING: return make_bytes(jin, NULL, jnode_text(json), json->text.len);
    case JNODE_ARRAY: return make_array(jin, NULL, json, depth);
    case JNODE_OBJECT: return read_object(jin, json, depth);
    case JNODE_REAL:
    case JNODE_TRUE:
    case JNODE_FALSE: break;
    }
    return fail(jin, "neither true, false nor fractions are values");
}
