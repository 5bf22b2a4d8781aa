/* format/log_value.c: values by what is written, by the name of the member, and by the tables of the decoder.
 */
#include "format/log_value.h"

#include "base/alloc.h"
#include "decode/kinds.h"
#include "format/jaddr.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

/* --- by what is written --- */

static const struct value *fail(struct log_values *in, const char *what, const char *text)
{
    if (!in->why)
        in->why = arena_printf(in->arena, "%s%s%s", what, *text ? " " : "", text);
    return value_null(in->arena);
}

static const struct value *plain_number(struct log_values *in, const struct log_node *node)
{
    enum int_form form = node->base == 16 ? INT_HEX : node->base == 8 ? INT_OCT : INT_UDEC;

    return node->is_negative ? value_int(in->arena, (int64_t)node->n) : value_uint(in->arena, node->n, form);
}

/* What is neither a number nor a name that is known here: the text of it. */
static const struct value *written(struct log_values *in, const struct log_node *node)
{
    const char *text = node->text;

    if (node->kind == LOG_NODE_SUM) {
        text = "";
        log_node_each(item, node)
        {
            const char *part = item->kind == LOG_NODE_WORD ? item->text
                               : item->kind == LOG_NODE_NUMBER
                                   ? arena_printf(in->arena, "0x%" PRIx64, item->n)
                                   : "?";

            text = arena_printf(in->arena, "%s%s%s", text, *text ? node->text : "", part);
        }
    }
    return value_bytes(in->arena, text, strlen(text), strlen(text));
}

static const struct value *named(struct log_values *in, const struct log_node *node)
{
    const struct nametab *tab;
    uint64_t n;

    if (log_node_is_null(node))
        return value_null(in->arena);
    tab = log_number_table(node->text, NULL, &n);
    if (tab)
        return tab->is_flags ? value_flags(in->arena, tab, n) : value_sym(in->arena, tab, n);
    return written(in, node);
}

/* Flags of the table that has the first of their names. */
static const struct value *joined(struct log_values *in, const struct log_node *node)
{
    const struct nametab *tab = NULL;
    uint64_t n;

    log_node_each(item, node) if (!tab && item->kind == LOG_NODE_WORD) tab =
        log_number_table(item->text, NULL, &n);
    return tab && log_number(node, tab, &n) ? value_flags(in->arena, tab, n) : written(in, node);
}

static const struct value *ip_of_text(struct log_values *in, const struct log_node *node, int family)
{
    uint8_t bytes[16];
    char text[INET6_ADDRSTRLEN] = "";

    if (!node || node->kind != LOG_NODE_STRING || node->len >= sizeof(text))
        return fail(in, "an IP address without its text", "");
    memcpy(text, node->bytes, node->len);
    if (inet_pton(family, text, bytes) != 1)
        return fail(in, "no IP address:", text);
    return value_ip(in->arena, bytes, family == AF_INET ? 4 : 16);
}

static const struct value *ifindex(struct log_values *in, const struct log_node *node)
{
    struct field name = {"name", NULL};

    if (!node || node->kind != LOG_NODE_STRING)
        return fail(in, "an interface without a name", "");
    name.value = value_bytes(in->arena, node->bytes, node->len, node->len);
    return value_struct(in->arena, "ifindex", &name, 1);
}

static const struct value *expanded(struct log_values *in, const struct log_node *node)
{
    uint64_t n;

    if (log_node_is_macro(node, "inet_addr"))
        return ip_of_text(in, node->first, AF_INET);
    if (log_node_is_macro(node, "inet_pton"))
        return ip_of_text(in, log_node_item(node, 1),
                          node->first && node->first->text && strcmp(node->first->text, "AF_INET") == 0
                              ? AF_INET
                              : AF_INET6);
    if (log_node_is_macro(node, "if_nametoindex"))
        return ifindex(in, node->first);
    if (log_number(node, NULL, &n))
        return value_uint(in->arena, n, log_node_is_macro(node, "htonl") ? INT_HTONL : INT_HTONS);
    /* An instruction of a filter, a device number, …: nothing looks into them. */
    return written(in, node);
}

static const struct value *string_value(struct log_values *in, const struct log_node *node, uint64_t full)
{
    uint8_t *bytes;

    if (node->is_cut && full <= node->len)
        full = node->len + 1;
    in->lacks_bytes = in->lacks_bytes || node->is_cut;
    if (!node->is_abstract)
        return value_bytes(in->arena, node->bytes, node->len, node->is_cut ? full : node->len);
    bytes = arena_alloc(in->arena, node->len + 1);
    memcpy(bytes + 1, node->bytes, node->len);
    return value_bytes(in->arena, bytes, node->len + 1, node->len + 1);
}

typedef const struct value *(*item_fn)(struct log_values *in, const struct log_node *node, const void *of);

static const struct value *array_value(struct log_values *in, const struct log_node *node, item_fn item,
                                       const void *of)
{
    const struct value **items = ARENA_ARRAY(in->arena, const struct value *, node->len);
    size_t n = 0;

    in->lacks_bytes = in->lacks_bytes || node->is_cut;
    log_node_each(it, node) items[n++] = item(in, it, of);
    return value_array(in->arena, items, n, node->is_cut ? n + 1 : n);
}

static const struct value *any_item(struct log_values *in, const struct log_node *node, const void *of)
{
    (void)of;
    return log_value(in, node);
}

static const struct layout anything = {.type = ""};

const struct value *log_value(struct log_values *in, const struct log_node *node)
{
    switch (node->kind) {
    case LOG_NODE_NUMBER: return plain_number(in, node);
    case LOG_NODE_WORD: return named(in, node);
    case LOG_NODE_STRING: return string_value(in, node, node->len);
    case LOG_NODE_STRUCT: return log_value_struct(in, node, &anything);
    case LOG_NODE_ARRAY: return array_value(in, node, any_item, NULL);
    case LOG_NODE_MACRO: return expanded(in, node);
    case LOG_NODE_SUM: return joined(in, node);
    case LOG_NODE_CHANGE: break;
    }
    return value_changed(in->arena, CHANGED_ARROW, NULL, log_value(in, node->first),
                         log_value(in, node->first->next));
}

/* --- by the name of the member --- */

#define NAMED(name, form, of) MEMBER_AT(name, 0, 0, form, of)

static const struct layout cmsghdr = {.type = "cmsghdr"};
static const struct layout epoll_data = {.type = "epoll_data"};
static const struct member each_iovec = NAMED(NULL, SHAPE_STRUCT, &log_iovec);
static const struct member each_cmsghdr = NAMED(NULL, SHAPE_STRUCT, &cmsghdr);

/* Not poll's. */
static const struct member epoll_members[] = {
    NAMED("events", SHAPE_FLAGS, &nametab_epoll_event),
};

const struct layout log_msghdr = {.type = "msghdr"}, log_mmsghdr = {.type = "mmsghdr"},
                    log_iovec = {.type = "iovec"}, log_pollfd = {.type = "pollfd"},
                    log_epoll_event = {.type = "epoll_event", .members = epoll_members, .len = 1};

/* Members whose names say what they are, in whatever struct. */
static const struct member members[] = {
    NAMED("sa_family", SHAPE_SYM, &nametab_af),
    NAMED("sin_port", SHAPE_PORT, NULL),
    NAMED("sin6_port", SHAPE_PORT, NULL),
    NAMED("sin6_flowinfo", SHAPE_NET, NULL),
    NAMED("sin_addr", SHAPE_IP, NULL),
    NAMED("sin6_addr", SHAPE_IP, NULL),
    NAMED("nl_groups", SHAPE_HEX8, NULL),
    NAMED("sll_protocol", SHAPE_NET_SYM, &nametab_eth_p),
    NAMED("sll_hatype", SHAPE_SYM, &nametab_arphrd),
    NAMED("sll_pkttype", SHAPE_SYM, &nametab_packet_type),
    NAMED("svm_cid", SHAPE_SYM, &nametab_vm_cid),
    NAMED("svm_port", SHAPE_SYM, &nametab_vm_port),
    NAMED("fd", SHAPE_FD, NULL),
    NAMED("events", SHAPE_FLAGS, &nametab_poll),
    NAMED("revents", SHAPE_FLAGS, &nametab_poll),
    NAMED("data", SHAPE_STRUCT, &epoll_data),
    NAMED("msg_hdr", SHAPE_STRUCT, &log_msghdr),
    NAMED("msg_name", SHAPE_SOCKADDR, NULL),
    NAMED("msg_iov", SHAPE_ARRAY, &each_iovec),
    NAMED("msg_control", SHAPE_ARRAY, &each_cmsghdr),
    NAMED("msg_flags", SHAPE_FLAGS, &nametab_msg),
    NAMED("cmsg_level", SHAPE_SYM, &nametab_cmsg_level),
    NAMED("cmsg_type", SHAPE_SYM, &nametab_scm),
    NAMED("ifr_flags", SHAPE_FLAGS, &nametab_iff),
    NAMED("l_type", SHAPE_SYM, &nametab_lock),
    NAMED("l_whence", SHAPE_SYM, &nametab_seek),
};

static const struct member *find_member(const struct layout *layout, const char *name)
{
    for (size_t i = 0; i < layout->len; i++)
        if (strcmp(layout->members[i].name, name) == 0)
            return &layout->members[i];
    for (size_t i = 0; i < ARRAY_LEN(members); i++)
        if (strcmp(members[i].name, name) == 0)
            return &members[i];
    return NULL;
}

static const struct value *member_value(struct log_values *in, const struct log_node *node,
                                        const struct member *member);

static const struct value *each_value(struct log_values *in, const struct log_node *node, const void *of)
{
    return member_value(in, node, of);
}

/* A number, or a name of it, in this form. */
static const struct value *number_value(struct log_values *in, const struct log_node *node,
                                        enum int_form form)
{
    uint64_t n;

    return log_number(node, NULL, &n) ? value_uint(in->arena, n, form) : log_value(in, node);
}

static const struct value *constant(struct log_values *in, const struct log_node *node,
                                    const struct member *member)
{
    const struct nametab *tab = member->of;
    uint64_t n;

    if (!log_number(node, tab, &n))
        return log_value(in, node);
    /* The type of a control message is of the table that knows it. */
    if (node->kind == LOG_NODE_WORD && !nametab_name(tab, n))
        return log_value(in, node);
    return member->form == SHAPE_FLAGS ? value_flags(in->arena, tab, n) : value_sym(in->arena, tab, n);
}

static const struct value *ip_value(struct log_values *in, const struct log_node *node)
{
    if (node->kind == LOG_NODE_STRING && (node->len == 4 || node->len == 16)) /* -X raw */
        return value_ip(in->arena, node->bytes, node->len);
    return log_value(in, node);
}

static const struct value *member_value(struct log_values *in, const struct log_node *node,
                                        const struct member *member)
{
    if (node->kind == LOG_NODE_CHANGE)
        return log_value(in, node);
    switch (member->form) {
    case SHAPE_SYM:
    case SHAPE_FLAGS:
    case SHAPE_NET_SYM:
    case SHAPE_LE_SYM: return constant(in, node, member);
    case SHAPE_HEX:
    case SHAPE_NET_HEX: return number_value(in, node, INT_HEX);
    case SHAPE_HEX8: return number_value(in, node, INT_HEX8);
    case SHAPE_PORT: return number_value(in, node, INT_HTONS);
    case SHAPE_NET: return number_value(in, node, INT_HTONL);
    case SHAPE_IP: return ip_value(in, node);
    case SHAPE_FD:
        return node->kind == LOG_NODE_NUMBER ? value_fd(in->arena, (int)node->n) : log_value(in, node);
    case SHAPE_POINTER: return log_value_pointer(in, node);
    case SHAPE_SOCKADDR: return log_value_sockaddr(in, node);
    case SHAPE_STRUCT:
        return node->kind == LOG_NODE_STRUCT ? log_value_struct(in, node, member->of) : log_value(in, node);
    case SHAPE_ARRAY:
        return node->kind == LOG_NODE_ARRAY ? array_value(in, node, each_value, member->of)
                                            : log_value_pointer(in, node);
    case SHAPE_DEC:
    case SHAPE_UDEC:
    case SHAPE_LE:
    case SHAPE_SPARE:
    case SHAPE_IFINDEX:
    case SHAPE_BYTES:
    case SHAPE_TEXT:
    case SHAPE_CSTRING:
    case SHAPE_MADE: break;
    }
    return log_value(in, node);
}

/* --- structs --- */

static bool carries_fds(const struct log_node *message)
{
    const struct log_node *type = log_node_field(message, "cmsg_type");

    return type && type->kind == LOG_NODE_WORD &&
           (strcmp(type->text, "SCM_RIGHTS") == 0 || strcmp(type->text, "SCM_PIDFD") == 0);
}

/* strace from 6.4 on has the data of epoll as one number. */
static const struct value *epoll_number(struct log_values *in, uint64_t n)
{
    struct field fields[] = {{"u32", value_uint(in->arena, (uint32_t)n, INT_UDEC)},
                             {"u64", value_uint(in->arena, n, INT_UDEC)}};

    return value_struct(in->arena, epoll_data.type, fields, ARRAY_LEN(fields));
}

/* The bytes of a buffer, as many as its length says or the call has moved. */
static const struct value *iov_base(struct log_values *in, const struct log_node *iovec,
                                    const struct log_node *base)
{
    const struct log_node *len = log_node_field(iovec, "iov_len");
    uint64_t full = 0;

    if (len)
        log_number(len, NULL, &full);
    return log_value_bytes(in, base, full);
}

static const struct value *field_value(struct log_values *in, const struct log_node *st,
                                       const struct log_node *node, const struct layout *layout)
{
    const struct member *member = find_member(layout, node->field);
    uint64_t n;

    if (strcmp(node->field, "iov_base") == 0)
        return iov_base(in, st, node);
    if (strcmp(node->field, "cmsg_data") == 0 && carries_fds(st))
        return log_value_fds(in, node);
    if (layout == &log_epoll_event && strcmp(node->field, "data") == 0 && log_number(node, NULL, &n))
        return epoll_number(in, n);
    return member ? member_value(in, node, member) : log_value(in, node);
}

/* Could a trace file not hold the field beside those before it? */
static bool is_strange(const char *type, const struct field *fields, size_t len, const struct field *field)
{
    const char *key = jaddr_key(type, field);
    const struct jaddr_part *other = jaddr_is(type) ? jaddr_of_key(type, field->name) : NULL;

    if (other && strcmp(other->field, field->name) != 0)
        return true;
    for (size_t i = 0; i < len; i++)
        if (strcmp(fields[i].name, field->name) == 0 || strcmp(jaddr_key(type, &fields[i]), key) == 0)
            return true;
    return strcmp(key, "struct") == 0 || (jaddr_is(type) && len == JADDR_MAX_PARTS);
}

/* What strace never writes is left out: a member there twice, or by a name that trace files have. */
const struct value *log_value_struct(struct log_values *in, const struct log_node *node,
                                     const struct layout *layout)
{
    struct field *fields;
    size_t n = 0;

    if (node->kind != LOG_NODE_STRUCT)
        return log_value_pointer(in, node);
    fields = ARENA_ARRAY(in->arena, struct field, node->len);
    in->lacks_members = in->lacks_members || node->is_cut;
    log_node_each(it, node)
    {
        fields[n] = (struct field){it->field, field_value(in, node, it, layout)};
        n += !is_strange(layout->type, fields, n, &fields[n]);
    }
    return value_struct(in->arena, layout->type, fields, n);
}

static const struct value *struct_item(struct log_values *in, const struct log_node *node, const void *of)
{
    return log_value_struct(in, node, of);
}

const struct value *log_value_structs(struct log_values *in, const struct log_node *node,
                                      const struct layout *layout)
{
    return node->kind == LOG_NODE_ARRAY ? array_value(in, node, struct_item, layout)
                                        : log_value_pointer(in, node);
}

static const struct value *fd_item(struct log_values *in, const struct log_node *node, const void *of)
{
    (void)of;
    return node->kind == LOG_NODE_NUMBER ? value_fd(in->arena, (int)node->n) : log_value(in, node);
}

const struct value *log_value_fds(struct log_values *in, const struct log_node *node)
{
    return node->kind == LOG_NODE_ARRAY ? array_value(in, node, fd_item, NULL) : log_value_pointer(in, node);
}

const struct value *log_value_sockaddr(struct log_values *in, const struct log_node *node)
{
    static const struct {
        uint64_t family;
        struct layout layout;
    } types[] = {
        {AF_UNIX, {.type = "sockaddr_un"}},   {AF_INET, {.type = "sockaddr_in"}},
        {AF_INET6, {.type = "sockaddr_in6"}}, {AF_NETLINK, {.type = "sockaddr_nl"}},
        {AF_PACKET, {.type = "sockaddr_ll"}}, {AF_VSOCK, {.type = "sockaddr_vm"}},
    };
    static const struct layout other = {.type = "sockaddr"};
    const struct log_node *family = log_node_field(node, "sa_family");
    const struct layout *layout = &other;
    uint64_t n;

    if (node->kind == LOG_NODE_STRING)
        return string_value(in, node, node->len);
    for (size_t i = 0; family && log_number(family, &nametab_af, &n) && i < ARRAY_LEN(types); i++)
        if (types[i].family == n && (node->len == 1 || !log_node_field(node, "sa_data")))
            layout = &types[i].layout;
    return log_value_struct(in, node, layout);
}

const struct value *log_value_bytes(struct log_values *in, const struct log_node *node, uint64_t full)
{
    if (node->kind == LOG_NODE_ARRAY || node->kind == LOG_NODE_STRUCT)
        return value_bytes(in->arena, "", 0, full);
    return node->kind == LOG_NODE_STRING ? string_value(in, node, full) : log_value_pointer(in, node);
}

const struct value *log_value_pointer(struct log_values *in, const struct log_node *node)
{
    if (log_node_is_null(node))
        return value_null(in->arena);
    if (node->kind == LOG_NODE_NUMBER)
        return node->n ? value_addr(in->arena, node->n) : value_null(in->arena);
    return log_value(in, node);
}
