/* format/jin.c: members of JSON objects. */
#include "format/jin.h"

#include "base/buf.h"
#include "base/quote.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool jin_fail(struct jin *jin, const char *fmt, ...)
{
    char msg[sizeof(jin->err->msg)];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(msg, sizeof(msg), fmt, ap);
    va_end(ap);
    return err_set(jin->err, "%s:%lu: %s", jin->name, jin->line, msg);
}

const char *jin_quote(struct jin *jin, const char *text)
{
    struct buf buf = {0};
    const char *quoted;

    quote_terminal(&buf, text, strlen(text));
    quoted = arena_memdup(jin->arena, buf_str(&buf), buf.len);
    buf_release(&buf);
    return quoted;
}

static bool parse_digits(const char *text, size_t len, uint64_t *out)
{
    uint64_t n = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(text[i] - '0');

        if (digit > 9 || n > (UINT64_MAX - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    *out = n;
    return len > 0;
}

bool jin_number(struct jin *jin, const struct jnode *json, const char *what, uint64_t *out)
{
    if (jnode_is(json, JNODE_STRING) && parse_digits(jnode_text(json), json->text.len, out))
        return true;
    if (!jnode_is(json, JNODE_INT) || json->n < 0)
        return jin_fail(jin, "'%s' is no number from 0 on", what);
    *out = (uint64_t)json->n;
    return true;
}

bool jin_signed(struct jin *jin, const struct jnode *json, const char *what, int64_t *out)
{
    const char *text = jnode_text(json);
    bool is_negative = text && text[0] == '-';
    size_t len = text ? json->text.len - is_negative : 0;
    uint64_t n;

    if (jnode_is(json, JNODE_INT)) {
        *out = json->n;
        return true;
    }
    if (!text || !parse_digits(text + is_negative, len, &n) || n > (uint64_t)INT64_MAX + is_negative)
        return jin_fail(jin, "'%s' is no integer", what);
    *out = is_negative ? (int64_t)-n : (int64_t)n;
    return true;
}

bool jin_u64(struct jin *jin, const struct jnode *object, const char *key, uint64_t *out)
{
    const struct jnode *json = jnode_get(object, key);

    return !json || jin_number(jin, json, key, out);
}

bool jin_i64(struct jin *jin, const struct jnode *object, const char *key, int64_t *out)
{
    const struct jnode *json = jnode_get(object, key);

    return !json || jin_signed(jin, json, key, out);
}

bool jin_int(struct jin *jin, const struct jnode *object, const char *key, int *out)
{
    int64_t n = *out;

    if (!jin_i64(jin, object, key, &n))
        return false;
    if (n < INT_MIN || n > INT_MAX)
        return jin_fail(jin, "'%s' is out of range", key);
    *out = (int)n;
    return true;
}

bool jin_bool(struct jin *jin, const struct jnode *object, const char *key, bool *out)
{
    const struct jnode *json = jnode_get(object, key);

    if (!json)
        return true;
    if (json->kind != JNODE_TRUE && json->kind != JNODE_FALSE)
        return jin_fail(jin, "'%s' is neither true nor false", key);
    *out = json->kind == JNODE_TRUE;
    return true;
}

bool jin_string(struct jin *jin, const struct jnode *object, const char *key, const char **out)
{
    const struct jnode *json = jnode_get(object, key);

    if (!json)
        return true;
    if (!jnode_is(json, JNODE_STRING))
        return jin_fail(jin, "'%s' is no string", key);
    if (strlen(json->text.bytes) != json->text.len)
        return jin_fail(jin, "'%s' has a NUL in it", key);
    *out = json->text.bytes;
    return true;
}

bool jin_member(struct jin *jin, const struct jnode *object, const char *key, const struct value **out)
{
    const struct jnode *json = jnode_get(object, key);

    if (!json)
        return true;
    *out = jin_value(jin, json, 0);
    return *out != NULL;
}

const struct field *jin_fields(struct jin *jin, const struct jnode *object, size_t cap, size_t *len)
{
    struct field *fields;

    if (!jnode_is(object, JNODE_OBJECT)) {
        jin_fail(jin, "no object where names and values must be");
        return NULL;
    }
    if (object->items.len > cap) {
        jin_fail(jin, "more than %zu arguments", cap);
        return NULL;
    }
    fields = ARENA_ARRAY(jin->arena, struct field, object->items.len + 1);
    *len = 0;
    jnode_each (member, object) {
        const struct value *value = jin_value(jin, member, 0);

        if (!value)
            return NULL;
        fields[(*len)++] = (struct field){member->key, value};
    }
    return fields;
}
