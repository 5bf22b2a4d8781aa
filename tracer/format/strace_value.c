/* format/strace_value.c: a table of functions by kind of value, and the fields that strace writes in a form
 * of their own. */
#include "format/strace_value.h"

#include "base/alloc.h"
#include "base/bug.h"
#include "base/quote.h"
#include "format/sock_info.h"
#include "format/walk.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <inttypes.h>
#include <linux/ioctl.h>
#include <string.h>

/* What -X raw has for numbers and addresses in network order: their bytes. false: that was all. */
static bool add_raw_bytes(struct walk *walk, const uint8_t *bytes, size_t len)
{
    if (walk->opts->consts == CONST_ABBREV)
        return true;
    buf_addc(walk->out, '"');
    quote_hex(walk->out, bytes, len);
    buf_addc(walk->out, '"');
    if (walk->opts->consts == CONST_RAW)
        return false;
    buf_adds(walk->out, " /* ");
    return true;
}

static void end_comment(struct walk *walk)
{
    if (walk->opts->consts == CONST_VERBOSE)
        buf_adds(walk->out, " */");
}

static void add_network_order(struct walk *walk, const struct value *value, const char *macro, size_t size)
{
    uint8_t bytes[sizeof(uint32_t)];

    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(value->n >> 8 * (size - 1 - i));
    if (!add_raw_bytes(walk, bytes, size))
        return;
    buf_addf(walk->out, "%s(%" PRIu64 ")", macro, value->n);
    end_comment(walk);
}

static void add_int(struct walk *walk, const struct value *value)
{
    switch ((enum int_form)value->form) {
    case INT_DEC: buf_addf(walk->out, "%" PRId64, (int64_t)value->n); return;
    case INT_UDEC: buf_addf(walk->out, "%" PRIu64, value->n); return;
    case INT_HEX: buf_addf(walk->out, "%#" PRIx64, value->n); return;
    case INT_OCT: buf_addf(walk->out, "%#" PRIo64, value->n); return;
    case INT_HTONS: add_network_order(walk, value, "htons", sizeof(uint16_t)); return;
    case INT_HTONL: add_network_order(walk, value, "htonl", sizeof(uint32_t)); return;
    case INT_HEX8: buf_addf(walk->out, "%#08" PRIx64, value->n); return;
    }
    BUG("form %d of an int", value->form);
}

/* A request that no table knows is taken apart into what the macro _IOC() made it from. */
static void add_ioctl_request(struct buf *out, uint64_t n)
{
    static const char *const directions[] = {"_IOC_NONE", "_IOC_WRITE", "_IOC_READ", "_IOC_READ|_IOC_WRITE"};

    buf_addf(out, "_IOC(%s, %#x, %#x, %#x)", directions[_IOC_DIR(n) & 3], (unsigned)_IOC_TYPE(n),
             (unsigned)_IOC_NR(n), (unsigned)_IOC_SIZE(n));
}

/* Names that no header has stand in a comment behind their number. */
static void add_private(struct buf *out, const struct nametab *tab, const char *name, uint64_t n)
{
    buf_addf(out, "%#" PRIx64, n);
    if (name || tab->unknown)
        buf_addf(out, " /* %s */", name ? name : tab->unknown);
}

static bool is_counted(const struct value *value)
{
    return value->sym.tab->count_from && value->sym.n > value->sym.tab->count_from;
}

static void add_name(struct walk *walk, const struct value *value)
{
    const struct nametab *tab = value->sym.tab;
    const char *name = nametab_name(tab, value->sym.n);

    if (name && !tab->is_private)
        buf_adds(walk->out, name);
    else if (tab == &nametab_ioctl)
        add_ioctl_request(walk->out, value->sym.n);
    else if (is_counted(value))
        buf_addf(walk->out, "%s+%" PRIu64, nametab_name(tab, tab->count_from),
                 value->sym.n - tab->count_from);
    else
        add_private(walk->out, tab, name, value->sym.n);
}

/* Of requests every one has something to say. */
static bool is_named(const struct value *value)
{
    return value->sym.tab == &nametab_ioctl || is_counted(value) ||
           (walk_has_name(value) && !value->sym.tab->is_private);
}

/* A number in network order: in a struct -X raw has its bytes. */
static bool add_ordered_bytes(struct walk *walk, const struct value *value)
{
    const uint8_t bytes[] = {(uint8_t)(value->sym.n >> 8), (uint8_t)value->sym.n};

    if (walk->opts->consts == CONST_ABBREV || walk->place != PLACE_FIELD ||
        strcmp(value->sym.tab->order, "htons") != 0)
        return false;
    if (add_raw_bytes(walk, bytes, sizeof(bytes))) {
        buf_addf(walk->out, "%s(", value->sym.tab->order);
        add_name(walk, value);
        buf_addc(walk->out, ')');
        end_comment(walk);
    }
    return true;
}

static void add_sym(struct walk *walk, const struct value *value)
{
    const char *order = value->sym.tab->order;

    if (order && add_ordered_bytes(walk, value))
        return;
    if (order)
        buf_addf(walk->out, "%s(", order);
    walk_constant(walk, value, is_named, add_name);
    if (order)
        buf_addc(walk->out, ')');
}

void strace_constant(struct buf *out, const struct nametab *tab, uint64_t n, const struct format_opts *opts)
{
    struct walk walk = {.out = out, .opts = opts};
    struct value value = {.kind = VALUE_SYM, .sym = {n, tab}};

    add_sym(&walk, &value);
}

static void add_names(struct walk *walk, const struct value *value)
{
    bool is_private = value->sym.tab->is_private && value->sym.n;
    size_t from;
    uint64_t rest;
    size_t named;

    if (is_private)
        buf_addf(walk->out, "%#" PRIx64 " /* ", value->sym.n);
    from = walk->out->len;
    named = walk_flag_names(walk, value, &rest);
    if (is_private && !named)
        buf_adds(walk->out, value->sym.tab->unknown);
    else if (walk->out->len == from)
        buf_addf(walk->out, "%#" PRIx64, rest);
    else if (rest)
        buf_addf(walk->out, "|%#" PRIx64, rest);
    if (is_private)
        buf_adds(walk->out, " */");
    else if (rest && !named && value->sym.tab->unknown)
        buf_addf(walk->out, " /* %s */", value->sym.tab->unknown);
}

static bool has_flag_names(const struct value *value)
{
    return !value->sym.tab->is_private && walk_has_flag_names(value);
}

/* The type of a socket is one constant, what it is combined with another. */
static bool add_sock_type(struct walk *walk, const struct value *value)
{
    struct value type = *value, flags = *value;

    type.sym.n &= value->sym.tab->enum_mask;
    flags.sym.n &= ~value->sym.tab->enum_mask;
    if (value->sym.tab != &nametab_sock || !flags.sym.n || !nametab_name(&nametab_sock, type.sym.n))
        return false;
    walk_constant(walk, &type, walk_has_flag_names, add_names);
    buf_addc(walk->out, '|');
    walk_constant(walk, &flags, walk_has_flag_names, add_names);
    return true;
}

static void add_flags(struct walk *walk, const struct value *value)
{
    if (walk->opts->consts == CONST_ABBREV || !add_sock_type(walk, value))
        walk_constant(walk, value, has_flag_names, add_names);
}

/* `"\x8e\xa0"`: all bytes in hexadecimal. */
static void add_hex_quoted(struct walk *walk, const struct value *value)
{
    buf_addc(walk->out, '"');
    quote_hex(walk->out, value->bytes.ptr, value->bytes.len);
    buf_addc(walk->out, '"');
}

static void add_bytes(struct walk *walk, const struct value *value)
{
    if (value->form == BYTES_HEX) {
        add_hex_quoted(walk, value);
        return;
    }
    walk_quoted(walk, value->bytes.ptr, value->bytes.len, walk->opts->strlen_max);
    if (value->bytes.full > value->bytes.len || value->bytes.full > walk->opts->strlen_max)
        buf_adds(walk->out, "...");
}

/* As an item: the part of an array from which on nothing could be read. */
static void add_addr(struct walk *walk, const struct value *value)
{
    if (walk->place == PLACE_ITEM)
        buf_addf(walk->out, "... /* %#" PRIx64 " */", value->n);
    else
        walk_addr(walk, value);
}

/* The text of an address is a string like others to -xx. */
static void add_ip_text(struct walk *walk, const struct value *value)
{
    char text[INET6_ADDRSTRLEN] = "";

    inet_ntop(value->ip.len == 4 ? AF_INET : AF_INET6, value->ip.bytes, text, sizeof(text));
    walk_quoted(walk, (const uint8_t *)text, strlen(text), SIZE_MAX);
}

static void add_ip(struct walk *walk, const struct value *value)
{
    if (!add_raw_bytes(walk, value->ip.bytes, value->ip.len))
        return;
    buf_adds(walk->out, value->ip.len == 4 ? "inet_addr(" : "inet_pton(AF_INET6, ");
    add_ip_text(walk, value);
    buf_addc(walk->out, ')');
    end_comment(walk);
}

static void add_arrow(struct walk *walk, const struct value *before, const struct value *after)
{
    if (walk->place != PLACE_FIELD)
        buf_addc(walk->out, '[');
    walk_value(walk, before ? before : after);
    if (before && after && !value_equal(before, after)) {
        buf_adds(walk->out, " => ");
        walk_value(walk, after);
    }
    if (walk->place != PLACE_FIELD)
        buf_addc(walk->out, ']');
}

static void add_changed(struct walk *walk, const struct value *value)
{
    const struct value *before = value->changed.before, *after = value->changed.after;

    if (value->form != CHANGED_ARROW) {
        walk_value(walk, before);
    } else if (before && before->kind == VALUE_ARRAY) {
        walk_value(walk, before);
        buf_adds(walk->out, after ? " => " : "");
        if (after)
            walk_value(walk, after);
    } else {
        add_arrow(walk, before, after);
    }
}

/* --- structs and fields that strace writes in a form of their own --- */

static void add_quoted(struct walk *walk, const struct value *value)
{
    walk_quoted(walk, value->bytes.ptr, value->bytes.len, SIZE_MAX);
    if (value->bytes.full > value->bytes.len)
        buf_adds(walk->out, "...");
}

static void add_ifindex(struct walk *walk, const struct value *value)
{
    const struct value *name = value_ifname(value), *index = value_field(value, "index");
    enum const_style style = walk->opts->consts;

    if (!name || !index) {
        walk_struct(walk, value);
        return;
    }
    if (style != CONST_ABBREV)
        walk_value(walk, index);
    if (style == CONST_RAW)
        return;
    buf_adds(walk->out, style == CONST_VERBOSE ? " /* if_nametoindex(" : "if_nametoindex(");
    add_quoted(walk, name);
    buf_addc(walk->out, ')');
    end_comment(walk);
}

/* The number of ifreqs that make up so many bytes is a comment. */
static void add_ifc_len(struct walk *walk, const struct value *value)
{
    walk_value(walk, value_field(value, "bytes"));
    buf_adds(walk->out, " /* ");
    walk_value(walk, value_field(value, "ifreqs"));
    buf_adds(walk->out, " * sizeof(struct ifreq) */");
}

/* The call sign that the bytes stand for is a comment. */
static void add_ax25_address(struct walk *walk, const struct value *value)
{
    const struct value *call = value_field(value, "ax25_call"), *sign = value_field(value, "callsign");

    if (!call || call->kind != VALUE_BYTES || (sign && sign->kind != VALUE_BYTES)) {
        walk_struct(walk, value);
        return;
    }
    buf_adds(walk->out, "{ax25_call=");
    add_hex_quoted(walk, call);
    buf_addc(walk->out, '}');
    if (!sign)
        return;
    buf_adds(walk->out, " /* ");
    for (size_t i = 0; i < sign->bytes.len; i++)
        buf_addc(walk->out, isprint(sign->bytes.ptr[i]) ? (char)sign->bytes.ptr[i] : '?');
    buf_adds(walk->out, " */");
}

static void add_struct(struct walk *walk, const struct value *value)
{
    static const struct {
        const char *type;
        walk_fn add;
    } forms[] = {{"ifindex", add_ifindex}, {"ax25_address", add_ax25_address}, {"ifc_len", add_ifc_len}};

    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        if (strcmp(forms[i].type, value->st.type) == 0) {
            forms[i].add(walk, value);
            return;
        }
    walk_struct(walk, value);
}

/* A path in the abstract namespace begins with a NUL, which strace writes as an @ before the quote. */
static void add_path(struct walk *walk, const struct value *value)
{
    bool is_abstract = value->bytes.len && value->bytes.ptr[0] == '\0';

    buf_adds(walk->out, is_abstract ? "@" : "");
    walk_quoted(walk, value->bytes.ptr + is_abstract, value->bytes.len - is_abstract, SIZE_MAX);
}

/* `[00, 0x2a]`: `...` where more were said to be there. */
static void add_hex_items(struct walk *walk, const struct value *value)
{
    buf_addc(walk->out, '[');
    for (size_t i = 0; i < value->bytes.len; i++)
        buf_addf(walk->out, "%s%#02x", i ? ", " : "", value->bytes.ptr[i]);
    if (value->bytes.full > value->bytes.len)
        buf_adds(walk->out, value->bytes.len ? ", ..." : "...");
    buf_addc(walk->out, ']');
}

static void add_mac(struct walk *walk, const struct value *value)
{
    if (!value->bytes.len) {
        buf_adds(walk->out, walk->opts->consts == CONST_ABBREV ? "" : "\"\"");
        return;
    }
    if (!add_raw_bytes(walk, value->bytes.ptr, value->bytes.len))
        return;
    for (size_t i = 0; i < value->bytes.len; i++)
        buf_addf(walk->out, "%s%02x", i ? ":" : "", value->bytes.ptr[i]);
    end_comment(walk);
}

static void add_hex_byte(struct walk *walk, const struct value *value)
{
    buf_addf(walk->out, "%#02" PRIx64, value->n);
}

static void add_htonl_hex(struct walk *walk, const struct value *value)
{
    buf_addf(walk->out, "htonl(%#" PRIx64 ")", value->n);
}

static void add_htobs(struct walk *walk, const struct value *value)
{
    buf_addf(walk->out, "htobs(%" PRIu64 ")", value->n);
}

static const walk_fn print[] = {
    [VALUE_NULL] = walk_null,   [VALUE_INT] = add_int,         [VALUE_SYM] = add_sym,
    [VALUE_FLAGS] = add_flags,  [VALUE_BYTES] = add_bytes,     [VALUE_STRUCT] = add_struct,
    [VALUE_ARRAY] = walk_array, [VALUE_FD] = walk_fd,          [VALUE_ADDR] = add_addr,
    [VALUE_IP] = add_ip,        [VALUE_CHANGED] = add_changed,
};

/* Fields that are not written as values of their kind are; -s cuts none of them. NULL: only that they are
 * there. */
static const struct {
    const char *type, *field;
    enum value_kind kind;
    walk_fn add;
} field_forms[] = {
    {"sockaddr_un", "sun_path", VALUE_BYTES, add_path},
    {"sockaddr", "sa_data", VALUE_BYTES, add_quoted},
    {"transport", "sa_data", VALUE_BYTES, add_quoted},
    {"x25_address", "x25_addr", VALUE_BYTES, add_quoted},
    {"sockaddr_alg", "salg_type", VALUE_BYTES, add_quoted},
    {"sockaddr_alg", "salg_name", VALUE_BYTES, add_quoted},
    {"sockaddr_nfc_llcp", "service_name", VALUE_BYTES, add_quoted},
    {"sockaddr_vm", "svm_zero", VALUE_BYTES, add_hex_quoted},
    {"sockaddr_ll", "sll_addr", VALUE_BYTES, add_hex_items},
    {"sockaddr_ipx", "sipx_node", VALUE_BYTES, add_hex_items},
    {"sockaddr_ipx", "sipx_network", VALUE_INT, add_htonl_hex},
    {"sockaddr_ipx", "sipx_type", VALUE_INT, add_hex_byte},
    {"sockaddr_hci", "hci_dev", VALUE_INT, add_htobs},
    {"sockaddr_sco", "sco_bdaddr", VALUE_BYTES, add_mac},
    {"sockaddr_rc", "rc_bdaddr", VALUE_BYTES, add_mac},
    {"sockaddr_l2", "l2_bdaddr", VALUE_BYTES, add_mac},
    {"sockaddr_llc", "sllc_mac", VALUE_BYTES, add_mac},
    {"hwaddr", "sa_data", VALUE_BYTES, add_mac},
    {"packet_mreq", "mr_address", VALUE_BYTES, add_mac},
    {"ifreq", "ifr_name", VALUE_BYTES, add_quoted},
    {"ifreq", "ifr_newname", VALUE_BYTES, add_quoted},
    {"ifreq", "ifr_slave", VALUE_BYTES, add_quoted},
    {"arpreq", "arp_dev", VALUE_BYTES, add_quoted},
    {"ieee802154_addr", "hwaddr", VALUE_BYTES, add_mac},
    {"sockaddr_ax25", "rest", VALUE_BYTES, NULL},
    {"sockaddr_nfc", "rest", VALUE_BYTES, NULL},
    {"msghdr", "msg_control", VALUE_ARRAY, walk_whole_array},
    {"cmsghdr", "cmsg_data", VALUE_BYTES, add_quoted},
};

static bool field_form(struct walk *walk, const char *type, const struct field *field)
{
    const struct value *value = field->value;

    if (value && value->kind == VALUE_IP && value->ip.len == 16 && walk->opts->consts == CONST_ABBREV) {
        buf_adds(walk->out, "inet_pton(AF_INET6, ");
        add_ip_text(walk, value);
        buf_addf(walk->out, ", &%s)", field->name);
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(field_forms); i++) {
        if (!value || value->kind != field_forms[i].kind || strcmp(field_forms[i].field, field->name) != 0 ||
            strcmp(field_forms[i].type, type) != 0)
            continue;
        buf_addf(walk->out, field_forms[i].add ? "%s=" : "...", field->name);
        if (field_forms[i].add)
            field_forms[i].add(walk, value);
        return true;
    }
    return false;
}

void strace_value(struct buf *out, const struct value *value, const struct event *event,
                  const struct format_opts *opts)
{
    struct walk walk = {.out = out,
                        .opts = opts,
                        .event = event,
                        .print = print,
                        .field_form = field_form,
                        .sock_info = sock_info_tag_strace};

    walk_value(&walk, value);
}
