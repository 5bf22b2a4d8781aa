/* format/jnode.c: a scanner for what our own writers write, and jansson for everything else. */
#include "format/jnode.h"

#include <jansson.h>
#include <string.h>

enum { SCAN_DEPTH = 64 };

/* ---- scanning ---- */

/* Over a copy of the text in the arena, with a NUL behind it: strings are decoded where they stand. */
struct scan {
    char *at;
    struct arena *arena;
};

static bool scan_value(struct scan *scan, struct jnode *node, unsigned depth);

static char peek(struct scan *scan)
{
    while (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r')
        scan->at++;
    return *scan->at;
}

static bool take(struct scan *scan, char c)
{
    if (peek(scan) != c)
        return false;
    scan->at++;
    return true;
}

static bool take_word(struct scan *scan, const char *word)
{
    size_t len = strlen(word);

    if (strncmp(scan->at, word, len) != 0)
        return false;
    scan->at += len;
    return true;
}

static bool scan_int(struct scan *scan, int64_t *n)
{
    enum { SAFE_DIGITS = 18 };
    bool is_negative = *scan->at == '-';
    const char *first = scan->at += is_negative;
    int64_t sum = 0;

    while (*scan->at >= '0' && *scan->at <= '9' && scan->at - first < SAFE_DIGITS)
        sum = sum * 10 + (*scan->at++ - '0');
    if (scan->at == first || (*first == '0' && scan->at - first > 1))
        return false;
    *n = is_negative ? -sum : sum;
    /* A further digit, a fraction or an exponent follows: no number of ours. */
    return !strchr("0123456789.eE", *scan->at) || !*scan->at;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte of an escape, scan->at behind its backslash; -1: none that stands for one byte of ASCII. */
static int scan_escape(struct scan *scan)
{
    static const char letters[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    char c = *scan->at;
    const char *letter = c ? strchr(letters, c) : NULL;
    int high, low;

    if (letter) {
        scan->at++;
        return bytes[letter - letters];
    }
    if (!take_word(scan, "u00"))
        return -1;
    high = hex_digit(scan->at[0]);
    low = high < 0 ? -1 : hex_digit(scan->at[1]);
    if (high < 0 || high > 7 || low < 0)
        return -1;
    scan->at += 2;
    return high << 4 | low;
}

/* Behind the opening quote. */
static bool scan_string(struct scan *scan, const char **bytes, size_t *len)
{
    char *first = scan->at, *to;

    while (*scan->at >= ' ' && *scan->at < 0x7f && *scan->at != '"' && *scan->at != '\\')
        scan->at++;
    to = scan->at;
    while (*scan->at != '"') {
        int c = (unsigned char)*scan->at++;

        if (c == '\\')
            c = scan_escape(scan);
        else if (c < ' ' || c >= 0x7f)
            return false;
        if (c < 0)
            return false;
        *to++ = (char)c;
    }
    scan->at++;
    *to = '\0';
    *bytes = first;
    *len = (size_t)(to - first);
    return true;
}

static bool same_key(const struct jnode *a, const char *key, size_t len)
{
    return a->key_len == len && memcmp(a->key, key, len) == 0;
}

static bool has_key(const struct jnode *object, const struct jnode *node)
{
    jnode_each (other, object)
        if (other != node && same_key(other, node->key, node->key_len))
            return true;
    return false;
}

/* Behind the opening bracket. */
static bool scan_items(struct scan *scan, struct jnode *node, char closing, unsigned depth)
{
    const struct jnode **link = &node->items.first;
    uint64_t seen = 0;

    if (depth == SCAN_DEPTH)
        return false;
    if (take(scan, closing))
        return true;
    do {
        struct jnode *item = ARENA_NEW(scan->arena, struct jnode);

        *link = item;
        link = &item->next;
        node->items.len++;
        if (node->kind == JNODE_OBJECT) {
            uint64_t bit;

            if (!take(scan, '"') || !scan_string(scan, &item->key, &item->key_len) ||
                strlen(item->key) != item->key_len || !take(scan, ':'))
                return false;
            bit = UINT64_C(1) << ((item->key_len * 7 + (unsigned char)item->key[0]) % 64);
            if ((seen & bit) && has_key(node, item))
                return false;
            seen |= bit;
        }
        if (!scan_value(scan, item, depth + 1))
            return false;
    } while (take(scan, ','));
    return take(scan, closing);
}

static bool scan_value(struct scan *scan, struct jnode *node, unsigned depth)
{
    switch (peek(scan)) {
    case '"':
        scan->at++;
        node->kind = JNODE_STRING;
        return scan_string(scan, &node->text.bytes, &node->text.len);
    case '{':
        scan->at++;
        node->kind = JNODE_OBJECT;
        return scan_items(scan, node, '}', depth);
    case '[':
        scan->at++;
        node->kind = JNODE_ARRAY;
        return scan_items(scan, node, ']', depth);
    case 't': node->kind = JNODE_TRUE; return take_word(scan, "true");
    case 'f': node->kind = JNODE_FALSE; return take_word(scan, "false");
    case 'n': node->kind = JNODE_NULL; return take_word(scan, "null");
    default: node->kind = JNODE_INT; return scan_int(scan, &node->n);
    }
}

const struct jnode *jnode_scan(const char *text, size_t len, struct arena *arena)
{
    char *copy = arena_memdup(arena, text, len);
    struct scan scan = {.at = copy, .arena = arena};
    struct jnode *node = ARENA_NEW(arena, struct jnode);

    if (!scan_value(&scan, node, 0))
        return NULL;
    peek(&scan);
    /* A NUL in the text ends the scan before the text's own end. */
    return scan.at == copy + len ? node : NULL;
}

/* ---- jansson ---- */

static const char *copy_text(struct arena *arena, const char *bytes, size_t len)
{
    return arena_memdup(arena, bytes, len);
}

static void convert(struct arena *arena, const json_t *json, struct jnode *node);

static void convert_items(struct arena *arena, const json_t *json, struct jnode *node)
{
    const struct jnode **link = &node->items.first;
    const json_t *member;
    const char *key;
    size_t i;

    node->items.len = json_is_array(json) ? json_array_size(json) : json_object_size(json);
    json_array_foreach(json, i, member)
    {
        struct jnode *item = ARENA_NEW(arena, struct jnode);

        *link = item;
        link = &item->next;
        convert(arena, member, item);
    }
    json_object_foreach((json_t *)json, key, member)
    {
        struct jnode *item = ARENA_NEW(arena, struct jnode);

        *link = item;
        link = &item->next;
        item->key_len = strlen(key);
        item->key = copy_text(arena, key, item->key_len);
        convert(arena, member, item);
    }
}

static void convert(struct arena *arena, const json_t *json, struct jnode *node)
{
    switch (json_typeof(json)) {
    case JSON_NULL: node->kind = JNODE_NULL; return;
    case JSON_TRUE: node->kind = JNODE_TRUE; return;
    case JSON_FALSE: node->kind = JNODE_FALSE; return;
    case JSON_REAL: node->kind = JNODE_REAL; return;
    case JSON_INTEGER:
        node->kind = JNODE_INT;
        node->n = json_integer_value(json);
        return;
    case JSON_STRING:
        node->kind = JNODE_STRING;
        node->text.len = json_string_length(json);
        node->text.bytes = copy_text(arena, json_string_value(json), node->text.len);
        return;
    case JSON_ARRAY:
        node->kind = JNODE_ARRAY;
        convert_items(arena, json, node);
        return;
    case JSON_OBJECT:
        node->kind = JNODE_OBJECT;
        convert_items(arena, json, node);
        return;
    }
}

const struct jnode *jnode_load(const char *text, size_t len, struct arena *arena,
                               char error[JNODE_ERROR_SIZE])
{
    json_error_t told;
    json_t *json = json_loadb(text, len, JSON_ALLOW_NUL | JSON_DECODE_ANY, &told);
    struct jnode *node;

    _Static_assert((int)JNODE_ERROR_SIZE >= (int)JSON_ERROR_TEXT_LENGTH, "room for jansson's words");
    if (!json) {
        strcpy(error, told.text);
        return NULL;
    }
    node = ARENA_NEW(arena, struct jnode);
    convert(arena, json, node);
    json_decref(json);
    return node;
}

const struct jnode *jnode_parse(const char *text, size_t len, struct arena *arena,
                                char error[JNODE_ERROR_SIZE])
{
    const struct jnode *node = jnode_scan(text, len, arena);

    return node ? node : jnode_load(text, len, arena, error);
}

const struct jnode *jnode_get(const struct jnode *node, const char *key)
{
    size_t len = strlen(key);

    if (!node || node->kind != JNODE_OBJECT)
        return NULL;
    jnode_each (member, node)
        if (same_key(member, key, len))
            return member;
    return NULL;
}
