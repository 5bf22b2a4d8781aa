/* format/jaddr.c: one row for each part of an address that has a name of its own in trace files. */
#include "format/jaddr.h"

#include "base/alloc.h"

#include <string.h>

/* clang-format off */
#define VALUE(type, field, key) {type, field, key, JADDR_VALUE, NULL}
#define FORM(type, field, key, form) {type, field, key, JADDR_##form, NULL}
#define CONSTANT(type, field, key, of) {type, field, key, JADDR_CONSTANT, of}
/* clang-format on */

/* A part is written so only where nothing of the value is lost by it: reading back is the identity. */
static const struct jaddr_part parts[] = {
    CONSTANT(NULL, "sa_family", "family", &nametab_af),
    CONSTANT("sockaddr_in", "sin_family", "sin_family", &nametab_af),
    CONSTANT("sockaddr_in6", "sin6_family", "sin6_family", &nametab_af),
    FORM("sockaddr_in", "sin_port", "port", HTONS),
    FORM("sockaddr_in", "sin_addr", "host", HOST),
    FORM("sockaddr_in6", "sin6_port", "port", HTONS),
    FORM("sockaddr_in6", "sin6_addr", "host", HOST),
    FORM("sockaddr_in6", "sin6_flowinfo", "flowinfo", HTONL),
    VALUE("sockaddr_in6", "sin6_scope_id", "scope_id"),
    FORM("sockaddr_un", "sun_path", "abstract", ABSTRACT),
    VALUE("sockaddr_un", "sun_path", "path"),
    VALUE("sockaddr_nl", "nl_pid", "pid"),
    FORM("sockaddr_nl", "nl_groups", "groups", HEX8),
    CONSTANT("sockaddr_vm", "svm_cid", "cid", &nametab_vm_cid),
    CONSTANT("sockaddr_vm", "svm_port", "port", &nametab_vm_port),
    CONSTANT("sockaddr_ll", "sll_protocol", "protocol", &nametab_eth_p),
    VALUE("sockaddr_ll", "sll_ifindex", "interface"),
    VALUE("sockaddr_can", "can_ifindex", "interface"),
    VALUE("sockaddr_xdp", "sxdp_ifindex", "interface"),
    VALUE("sockaddr", "sa_data", "data"),
};

bool jaddr_is(const char *type)
{
    return strncmp(type, "sockaddr", strlen("sockaddr")) == 0;
}

bool jaddr_int_form(enum jaddr_form form, enum int_form *int_form)
{
    switch (form) {
    case JADDR_HTONS: *int_form = INT_HTONS; return true;
    case JADDR_HTONL: *int_form = INT_HTONL; return true;
    case JADDR_HEX8: *int_form = INT_HEX8; return true;
    case JADDR_VALUE:
    case JADDR_CONSTANT:
    case JADDR_HOST:
    case JADDR_ABSTRACT: break;
    }
    return false;
}

static bool holds(const struct jaddr_part *part, const struct value *value)
{
    enum int_form int_form;

    switch (part->form) {
    case JADDR_VALUE: return true;
    case JADDR_CONSTANT: return value->kind == VALUE_SYM && value->sym.tab == part->of;
    case JADDR_HOST: return value->kind == VALUE_IP;
    case JADDR_ABSTRACT:
        return value->kind == VALUE_BYTES && value->form == BYTES_TEXT && value->bytes.len &&
               value->bytes.ptr[0] == '\0';
    case JADDR_HTONS:
    case JADDR_HTONL:
    case JADDR_HEX8: break;
    }
    return jaddr_int_form(part->form, &int_form) && value->kind == VALUE_INT && value->form == int_form;
}

static bool is_of(const struct jaddr_part *part, const char *type)
{
    return !part->type || strcmp(part->type, type) == 0;
}

const struct jaddr_part *jaddr_of_field(const char *type, const struct field *field)
{
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (strcmp(parts[i].field, field->name) == 0 && is_of(&parts[i], type) &&
            holds(&parts[i], field->value))
            return &parts[i];
    return NULL;
}

const char *jaddr_key(const char *type, const struct field *field)
{
    const struct jaddr_part *part = jaddr_is(type) ? jaddr_of_field(type, field) : NULL;

    return part ? part->key : field->name;
}

const struct jaddr_part *jaddr_of_key(const char *type, const char *key)
{
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (strcmp(parts[i].key, key) == 0 && is_of(&parts[i], type))
            return &parts[i];
    return NULL;
}
