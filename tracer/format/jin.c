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

bool jin_number(struct jin *jin, const json_t *json, const char *what, uint64_t *out)
{
    if (json_is_string(json) && parse_digits(json_string_value(json), json_string_length(json), out))
        return true;
    if (!json_is_integer(json) || json_integer_value(json) < 0)
        return jin_fail(jin, "'%s' is no number from 0 on", what);
    *out = (uint64_t)json_integer_value(json);
    return true;
}

bool jin_signed(struct jin *jin, const json_t *json, const char *what, int64_t *out)
{
    const char *text = json_string_value(json);
    bool is_negative = text && text[0] == '-';
    size_t len = text ? json_string_length(json) - is_negative : 0;
    uint64_t n;

    if (json_is_integer(json)) {
        *out = json_integer_value(json);
        return true;
    }
    if (!text || !parse_digits(text + is_negative, len, &n) || n > (uint64_t)INT64_MAX + is_negative)
        return jin_fail(jin, "'%s' is no integer", what);
    *out = is_negative ? (int64_t)-n : (int64_t)n;
    return true;
}

bool jin_u64(struct jin *jin, const json_t *object, const char *key, uint64_t *out)
{
    const json_t *json = json_object_get(object, key);

    return !json || jin_number(jin, json, key, out);
}

bool jin_i64(struct jin *jin, const json_t *object, const char *key, int64_t *out)
{
    const json_t *json = json_object_get(object, key);

    return !json || jin_signed(jin, json, key, out);
}

bool jin_int(struct jin *jin, const json_t *object, const char *key, int *out)
{
    int64_t n = *out;

    if (!jin_i64(jin, object, key, &n))
        return false;
    if (n < INT_MIN || n > INT_MAX)
        return jin_fail(jin, "'%s' is out of range", key);
    *out = (int)n;
    return true;
}

bool jin_bool(struct jin *jin, const json_t *object, const char *key, bool *out)
{
    const json_t *json = json_object_get(object, key);

    if (!json)
        return true;
    if (!json_is_boolean(json))
        return jin_fail(jin, "'%s' is neither true nor false", key);
    *out = json_is_true(json);
    return true;
}

bool jin_string(struct jin *jin, const json_t *object, const char *key, const char **out)
{
    const json_t *json = json_object_get(object, key);

    if (!json)
        return true;
    if (!json_is_string(json))
        return jin_fail(jin, "'%s' is no string", key);
    if (strlen(json_string_value(json)) != json_string_length(json))
        return jin_fail(jin, "'%s' has a NUL in it", key);
    *out = arena_strdup(jin->arena, json_string_value(json));
    return true;
}

bool jin_member(struct jin *jin, const json_t *object, const char *key, const struct value **out)
{
    const json_t *json = json_object_get(object, key);

    if (!json)
        return true;
    *out = jin_value(jin, json, 0);
    return *out != NULL;
}

const struct field *jin_fields(struct jin *jin, const json_t *object, size_t cap, size_t *len)
{
    struct field *fields;
    const char *key;
    json_t *json;

    if (!json_is_object(object)) {
        jin_fail(jin, "no object where names and values must be");
        return NULL;
    }
    if (json_object_size(object) > cap) {
        jin_fail(jin, "more than %zu arguments", cap);
        return NULL;
    }
    fields = ARENA_ARRAY(jin->arena, struct field, json_object_size(object) + 1);
    *len = 0;
    json_object_foreach((json_t *)object, key, json)
    {
        const struct value *value = jin_value(jin, json, 0);

        if (!value)
            return NULL;
        fields[(*len)++] = (struct field){arena_strdup(jin->arena, key), value};
    }
    return fields;
}
