/* format/log_node.c: a parser by descent over strace's values. */
#include "format/log_node.h"

#include "base/buf.h"
#include "base/quote.h"

#include <ctype.h>
#include <string.h>

enum { DEEPEST = 32 };

struct parser {
    struct log_text text;
    size_t at;
    struct arena *arena;
    const char *why;
    unsigned depth;
};

/* Items as they come. */
struct list {
    const struct log_node *first;
    struct log_node *last;
    size_t len;
};

static void list_add(struct list *list, struct log_node *node)
{
    if (list->last)
        list->last->next = node;
    else
        list->first = node;
    list->last = node;
    list->len++;
}

static struct log_node *make(struct parser *p, enum log_node_kind kind)
{
    struct log_node *node = ARENA_NEW(p->arena, struct log_node);

    node->kind = kind;
    node->field = "";
    return node;
}

static struct log_node *fail(struct parser *p, const char *why)
{
    p->why = p->why ? p->why : why;
    return NULL;
}

static bool is_at(const struct parser *p, const char *what)
{
    size_t len = strlen(what);

    return p->text.len - p->at >= len && memcmp(p->text.at + p->at, what, len) == 0;
}

static bool skip(struct parser *p, const char *what)
{
    if (!is_at(p, what))
        return false;
    p->at += strlen(what);
    return true;
}

static char here(const struct parser *p)
{
    return p->at < p->text.len ? p->text.at[p->at] : '\0';
}

/* Spaces, and comments: they say again what stands before them, or what an address could have held. */
static void skip_blank(struct parser *p)
{
    for (;;) {
        if (here(p) == ' ')
            p->at++;
        else if (is_at(p, "/*"))
            p->at = log_skip_comment(p->text, p->at);
        else
            return;
    }
}

static struct log_node *value(struct parser *p);

/* --- leaves --- */

static struct log_node *string(struct parser *p)
{
    struct log_node *node = make(p, LOG_NODE_STRING);
    size_t begin, end;
    struct buf bytes = {0};
    const char *s;

    node->is_abstract = skip(p, "@");
    if (here(p) != '"')
        return fail(p, "a @ without a string");
    begin = p->at + 1;
    end = log_skip_string(p->text, p->at) - 1;
    if (end < begin || p->text.at[end] != '"')
        return fail(p, "a string without its closing quote");
    for (s = p->text.at + begin; s < p->text.at + end;) {
        uint8_t byte = (uint8_t)*s++;
        bool is_escape = byte == '\\';

        if (is_escape && !quote_unescape(&s, p->text.at + end, &byte)) {
            buf_release(&bytes);
            return fail(p, "an escape that strace does not write");
        }
        buf_addc(&bytes, (char)byte);
    }
    node->len = bytes.len;
    node->bytes = (const uint8_t *)arena_memdup(p->arena, buf_str(&bytes), bytes.len);
    buf_release(&bytes);
    p->at = end + 1;
    node->is_cut = skip(p, "...");
    return node;
}

static bool is_word_char(char c)
{
    return c && (isalnum((unsigned char)c) || strchr("_.?-:&*%$#/'\\!;^", c));
}

/* false: it is no number as a whole. */
static bool read_number(const char *s, struct log_node *node)
{
    uint64_t n = 0;
    unsigned digits = 0;

    node->is_negative = *s == '-';
    s += node->is_negative;
    node->base = s[0] != '0' || !s[1] ? 10 : s[1] == 'x' ? 16 : 8;
    s += node->base == 16 ? 2 : 0;
    for (; *s; s++, digits++) {
        unsigned digit = isdigit((unsigned char)*s)    ? (unsigned)(*s - '0')
                         : isxdigit((unsigned char)*s) ? (unsigned)(tolower(*s) - 'a') + 10
                                                       : 16;

        if (digit >= node->base || n > (UINT64_MAX - digit) / node->base)
            return false;
        n = n * node->base + digit;
    }
    node->n = node->is_negative ? -n : n;
    return digits > 0;
}

static struct log_node *word(struct parser *p)
{
    struct log_node *node = make(p, LOG_NODE_WORD);
    size_t begin = p->at;

    while (is_word_char(here(p)) && !is_at(p, "/*"))
        p->at++;
    if (p->at == begin)
        return fail(p, "a value is missing");
    node->text = arena_memdup(p->arena, p->text.at + begin, p->at - begin);
    if (read_number(node->text, node))
        node->kind = LOG_NODE_NUMBER;
    if (here(p) == '<' && !is_at(p, "<<"))
        p->at = log_skip_tag(p->text, p->at);
    return node;
}

/* --- lists --- */

/* `inet_pton(AF_INET6, "::1", &sin6_addr)` has the name of its field inside. */
static void name_by_macro(struct log_node *node)
{
    if (node->kind != LOG_NODE_MACRO)
        return;
    log_node_each(item, node) if (item->kind == LOG_NODE_WORD && item->text[0] == '&') node->field =
        item->text + 1;
}

/* `name=value`, or a value alone. */
static struct log_node *member(struct parser *p)
{
    size_t begin = p->at, end;
    const char *name = "";
    struct log_node *node;

    while (is_word_char(here(p)) || here(p) == '[' || here(p) == ']')
        p->at++;
    end = p->at;
    if (end > begin && here(p) == '=' && !is_at(p, "=>")) {
        p->at++;
        name = arena_memdup(p->arena, p->text.at + begin, end - begin);
    } else {
        p->at = begin;
    }
    /* A hardware address of no bytes is nothing at all. */
    if (*name && (here(p) == ',' || here(p) == '}')) {
        node = make(p, LOG_NODE_WORD);
        node->text = "";
    } else {
        node = value(p);
    }
    if (!node)
        return NULL;
    node->field = name;
    if (!*name)
        name_by_macro(node);
    return node;
}

/* Up to the closing bracket, which is passed; `close` NUL: to the end of the text. */
static bool list(struct parser *p, char close, struct log_node *(*item)(struct parser *p), struct list *items,
                 bool *is_cut)
{
    *is_cut = false;
    for (;;) {
        struct log_node *node;

        skip_blank(p);
        if (here(p) == close && (close || p->at >= p->text.len))
            break;
        if (skip(p, "...")) {
            *is_cut = true;
        } else {
            node = item(p);
            if (!node)
                return false;
            list_add(items, node);
        }
        skip_blank(p);
        if (!skip(p, ",") && here(p) != close && close != ']')
            return fail(p, "a comma is missing between two values") != NULL;
    }
    p->at += close != '\0';
    return true;
}

static struct log_node *bracket(struct parser *p, enum log_node_kind kind, char close,
                                struct log_node *(*item)(struct parser *p))
{
    struct log_node *node = make(p, kind);
    struct list items = {0};

    p->at++;
    if (!list(p, close, item, &items, &node->is_cut))
        return NULL;
    node->first = items.first;
    node->len = items.len;
    return node;
}

/* --- values --- */

static struct log_node *word_or_macro(struct parser *p)
{
    struct log_node *node = word(p), *macro;

    if (!node || node->kind != LOG_NODE_WORD || here(p) != '(')
        return node;
    macro = bracket(p, LOG_NODE_MACRO, ')', value);
    if (macro)
        macro->text = node->text;
    return macro;
}

static struct log_node *single(struct parser *p)
{
    struct log_node *node;

    if (here(p) == '"' || here(p) == '@')
        return string(p);
    if (here(p) == '{')
        return bracket(p, LOG_NODE_STRUCT, '}', member);
    if (here(p) == '[')
        return bracket(p, LOG_NODE_ARRAY, ']', value);
    if (is_at(p, "~[")) {
        p->at++;
        node = bracket(p, LOG_NODE_ARRAY, ']', value);
        if (node)
            node->is_not = true;
        return node;
    }
    return word_or_macro(p);
}

static struct log_node *sum(struct parser *p)
{
    struct log_node *node = single(p);
    char joint = here(p);
    struct list items = {0};

    if (!node || (joint != '|' && joint != '+'))
        return node;
    list_add(&items, node);
    while (here(p) == joint) {
        p->at++;
        node = single(p);
        if (!node)
            return NULL;
        list_add(&items, node);
    }
    node = make(p, LOG_NODE_SUM);
    node->text = joint == '|' ? "|" : "+";
    node->first = items.first;
    node->len = items.len;
    return node;
}

static struct log_node *value_or_change(struct parser *p)
{
    struct log_node *before = sum(p), *after, *node;
    size_t end = p->at;
    struct list sides = {0};

    skip_blank(p);
    if (!before || !skip(p, "=>")) {
        p->at = end;
        return before;
    }
    skip_blank(p);
    after = sum(p);
    if (!after)
        return NULL;
    list_add(&sides, before);
    list_add(&sides, after);
    node = make(p, LOG_NODE_CHANGE);
    node->first = sides.first;
    node->len = sides.len;
    return node;
}

static struct log_node *value(struct parser *p)
{
    struct log_node *node;

    if (p->depth == DEEPEST)
        return fail(p, "values stand inside of each other deeper than any call has them");
    p->depth++;
    node = value_or_change(p);
    p->depth--;
    return node;
}

bool log_nodes_parse(struct log_text text, struct arena *arena, const struct log_node **first, size_t *len,
                     const char **why)
{
    struct parser p = {.text = text, .arena = arena};
    struct list items = {0};
    bool is_cut;

    if (!list(&p, '\0', value, &items, &is_cut)) {
        *why = p.why;
        return false;
    }
    *first = items.first;
    *len = items.len;
    return true;
}

const struct log_node *log_node_field(const struct log_node *node, const char *name)
{
    if (!node || node->kind != LOG_NODE_STRUCT)
        return NULL;
    log_node_each(item, node) if (strcmp(item->field, name) == 0) return item;
    return NULL;
}

const struct log_node *log_node_final(const struct log_node *node)
{
    return node && node->kind == LOG_NODE_CHANGE ? node->first->next : node;
}

bool log_node_is_null(const struct log_node *node)
{
    return node->kind == LOG_NODE_WORD && strcmp(node->text, "NULL") == 0;
}

bool log_node_is_macro(const struct log_node *node, const char *name)
{
    return node->kind == LOG_NODE_MACRO && strcmp(node->text, name) == 0;
}

const struct log_node *log_node_item(const struct log_node *node, size_t i)
{
    const struct log_node *item = node->first;

    while (item && i--)
        item = item->next;
    return item;
}
