/* format/jaddr.c: one row for each part of an address that has a name of its own in trace files. */
#include "format/jaddr.h"

#include "base/alloc.h"

#include <string.h>

/* A part is written so only where nothing of the value is lost by it: reading back is the identity. */
static const struct jaddr_part parts[] = {
    {NULL, "sa_family", "family", JADDR_FAMILY},
    {"sockaddr_in", "sin_port", "port", JADDR_HTONS},
    {"sockaddr_in", "sin_addr", "host", JADDR_HOST},
    {"sockaddr_in6", "sin6_port", "port", JADDR_HTONS},
    {"sockaddr_in6", "sin6_addr", "host", JADDR_HOST},
    {"sockaddr_in6", "sin6_flowinfo", "flowinfo", JADDR_HTONL},
    {"sockaddr_in6", "sin6_scope_id", "scope_id", JADDR_VALUE},
    {"sockaddr_un", "sun_path", "abstract", JADDR_ABSTRACT},
    {"sockaddr_un", "sun_path", "path", JADDR_VALUE},
    {"sockaddr_nl", "nl_pid", "pid", JADDR_VALUE},
    {"sockaddr_nl", "nl_groups", "groups", JADDR_HEX8},
    {"sockaddr", "sa_data", "data", JADDR_VALUE},
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
    case JADDR_FAMILY:
    case JADDR_HOST:
    case JADDR_ABSTRACT: break;
    }
    return false;
}

static bool holds(enum jaddr_form form, const struct value *value)
{
    enum int_form int_form;

    switch (form) {
    case JADDR_VALUE: return true;
    case JADDR_FAMILY: return value->kind == VALUE_SYM && value->sym.tab == &nametab_af;
    case JADDR_HOST: return value->kind == VALUE_IP;
    case JADDR_ABSTRACT: return value->kind == VALUE_BYTES && value->bytes.len && value->bytes.ptr[0] == '\0';
    case JADDR_HTONS:
    case JADDR_HTONL:
    case JADDR_HEX8: break;
    }
    return jaddr_int_form(form, &int_form) && value->kind == VALUE_INT && value->form == int_form;
}

static bool is_of(const struct jaddr_part *part, const char *type)
{
    return !part->type || strcmp(part->type, type) == 0;
}

const struct jaddr_part *jaddr_of_field(const char *type, const struct field *field)
{
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (strcmp(parts[i].field, field->name) == 0 && is_of(&parts[i], type) &&
            holds(parts[i].form, field->value))
            return &parts[i];
    return NULL;
}

const struct jaddr_part *jaddr_of_key(const char *type, const char *key)
{
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (strcmp(parts[i].key, key) == 0 && is_of(&parts[i], type))
            return &parts[i];
    return NULL;
}
