/* format/log_number.c: the numbers that names, sums and macros of strace's stand for. */
#include "base/alloc.h"
#include "decode/kinds.h"
#include "format/log_value.h"

#include <linux/ioctl.h>
#include <string.h>

/* Inside of sets of signals they go without SIG. */
static bool find_signal(const char *name, uint64_t *n)
{
    char whole[32] = "SIG";

    if (strlen(name) >= sizeof(whole) - 3)
        return false;
    strcat(whole, name);
    return nametab_find(&nametab_signal, name, n) || nametab_find(&nametab_signal, whole, n);
}

const struct nametab *log_number_table(const char *name, const struct nametab *tab, uint64_t *n)
{
    if (tab && nametab_find(tab, name, n))
        return tab;
    for (size_t i = 0; nametab_at(i); i++)
        if (nametab_find(nametab_at(i), name, n))
            return nametab_at(i);
    return find_signal(name, n) ? &nametab_signal : NULL;
}

/* `_IOC(_IOC_READ, 0x12, 0x34, 0x4)` */
static bool request_number(const struct log_node *node, uint64_t *n)
{
    uint64_t parts[4] = {0};

    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        const struct log_node *item = log_node_item(node, i);
        static const char *const directions[] = {"_IOC_NONE", "_IOC_WRITE", "_IOC_READ"};

        if (!item)
            return false;
        for (size_t k = 0; i == 0 && k < ARRAY_LEN(directions); k++) {
            log_node_each(word, item) if (word->text && strcmp(word->text, directions[k]) == 0) parts[0] |= k;
            if (item->text && strcmp(item->text, directions[k]) == 0)
                parts[0] |= k;
        }
        if (i && !log_number(item, NULL, &parts[i]))
            return false;
    }
    *n = _IOC(parts[0], parts[1], parts[2], parts[3]) & UINT32_MAX;
    return true;
}

static bool sum_number(const struct log_node *node, const struct nametab *tab, uint64_t *n)
{
    uint64_t part;

    *n = 0;
    log_node_each(item, node)
    {
        if (!log_number(item, tab, &part))
            return false;
        *n = node->text[0] == '+' ? *n + part : *n | part;
    }
    return true;
}

bool log_number(const struct log_node *node, const struct nametab *tab, uint64_t *n)
{
    static const char *const orders[] = {"htons", "htonl", "htobs", "htobll"};

    switch (node->kind) {
    case LOG_NODE_NUMBER: *n = node->n; return true;
    case LOG_NODE_WORD: *n = 0; return log_node_is_null(node) || log_number_table(node->text, tab, n);
    case LOG_NODE_SUM: return sum_number(node, tab, n);
    case LOG_NODE_CHANGE: return log_number(log_node_final(node), tab, n);
    case LOG_NODE_MACRO:
        for (size_t i = 0; i < ARRAY_LEN(orders); i++)
            if (log_node_is_macro(node, orders[i]))
                return node->len == 1 && log_number(node->first, tab, n);
        return log_node_is_macro(node, "_IOC") && request_number(node, n);
    /* -X raw: a number in network order by its bytes. */
    case LOG_NODE_STRING:
        *n = 0;
        for (size_t i = 0; i < node->len; i++)
            *n = *n << 8 | node->bytes[i];
        return node->len == sizeof(uint16_t) || node->len == sizeof(uint32_t);
    case LOG_NODE_STRUCT:
    case LOG_NODE_ARRAY: break;
    }
    return false;
}
