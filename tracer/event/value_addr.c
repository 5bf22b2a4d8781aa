/* event/value_addr.c: socket addresses in few words: a template for each type. */
#include "event/value.h"

#include "base/alloc.h"
#include "base/quote.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

/* `sun_path` of a struct, or `addr.pan_id` of a struct inside it; NULL where there is none. */
static const struct value *find(const struct value *st, const char *path, size_t len)
{
    while (st && st->kind == VALUE_STRUCT && len) {
        const char *dot = memchr(path, '.', len);
        size_t part = dot ? (size_t)(dot - path) : len;
        const struct value *inner = NULL;

        for (size_t i = 0; i < st->st.len && !inner; i++)
            if (strlen(st->st.fields[i].name) == part && memcmp(st->st.fields[i].name, path, part) == 0)
                inner = st->st.fields[i].value;
        st = inner;
        path += part + (dot != NULL);
        len -= part + (dot != NULL);
    }
    return len ? NULL : st;
}

static bool is_any(const struct value *value)
{
    const char *name = value->kind == VALUE_SYM ? nametab_name(value->sym.tab, value->sym.n) : NULL;
    size_t len = name ? strlen(name) : 0;

    return len > 4 && strcmp(name + len - 4, "_ANY") == 0;
}

static bool add_plain(struct buf *out, const struct value *value)
{
    char text[INET6_ADDRSTRLEN];
    int64_t n;

    if (value->kind == VALUE_IP) {
        inet_ntop(value->ip.len == 4 ? AF_INET : AF_INET6, value->ip.bytes, text, sizeof(text));
        buf_adds(out, text);
    } else if (value->kind == VALUE_BYTES) {
        quote_c(out, value->bytes.ptr, value->bytes.len);
    } else if (is_any(value)) {
        buf_addc(out, '*');
    } else if (value_number(value, &n)) {
        buf_addf(out, "%" PRId64, n);
    } else {
        return false;
    }
    return true;
}

static bool add_interface(struct buf *out, const struct value *value)
{
    const struct value *name = value_ifname(value);
    int64_t index;

    if (name)
        return add_plain(out, name);
    if (!value_number(value, &index))
        return false;
    if (index)
        buf_addf(out, "%" PRId64, index);
    else
        buf_addc(out, '*');
    return true;
}

/* RFC 4007; nothing where the address has none. */
static bool add_zone(struct buf *out, const struct value *value)
{
    int64_t n;

    if (!value_number(value, &n))
        return false;
    if (n)
        buf_addc(out, '%');
    return !n || add_interface(out, value);
}

/* An abstract name begins with a NUL. */
static bool add_path(struct buf *out, const struct value *value)
{
    bool is_abstract;

    if (value->kind != VALUE_BYTES)
        return false;
    is_abstract = value->bytes.len && value->bytes.ptr[0] == '\0';
    if (is_abstract)
        buf_addc(out, '@');
    quote_c(out, value->bytes.ptr + is_abstract, value->bytes.len - is_abstract);
    return true;
}

static bool add_mac(struct buf *out, const struct value *value)
{
    if (value->kind != VALUE_BYTES)
        return false;
    for (size_t i = 0; i < value->bytes.len; i++)
        buf_addf(out, "%s%02x", i ? ":" : "", value->bytes.ptr[i]);
    return true;
}

/* Bluetooth's begin with their last byte. */
static bool add_bdaddr(struct buf *out, const struct value *value)
{
    if (value->kind != VALUE_BYTES)
        return false;
    for (size_t i = value->bytes.len; i; i--)
        buf_addf(out, "%02x%s", value->bytes.ptr[i - 1], i > 1 ? ":" : "");
    return true;
}

static bool add_inner(struct buf *out, const struct value *value)
{
    return value_addr_short(value, out);
}

/* What stands in front of a field's name in a template: how the field is written. */
static const struct {
    char mark;
    bool (*add)(struct buf *out, const struct value *value);
} marks[] = {
    {'$', add_plain},     /* a number; `*` for a constant that means any; an IP address; text */
    {'%', add_interface}, /* its name, else its index; `*` for index 0 */
    {'!', add_zone},      /* `%` and the interface */
    {'~', add_path},      /* of unix(7) */
    {'#', add_mac},       /* the bytes of a hardware address */
    {'^', add_bdaddr},    /* the same, of Bluetooth */
    {'&', add_inner},     /* an address */
};

/* Of a type that has several the first whose fields are all there. */
static const struct {
    const char *type, *text;
} templates[] = {
    {"sockaddr_in", "$sin_addr:$sin_port"},
    {"sockaddr_in6", "[$sin6_addr!sin6_scope_id]:$sin6_port"},
    {"sockaddr_in6", "[$sin6_addr]:$sin6_port"},
    {"sockaddr_un", "unix:\"~sun_path\""},
    {"sockaddr_un", "unix:\"\""},
    {"sockaddr_nl", "netlink:$nl_pid"},
    {"sockaddr_ll", "packet:%sll_ifindex"},
    {"sockaddr_vm", "vsock:$svm_cid:$svm_port"},
    {"sockaddr_xdp", "xdp:%sxdp_ifindex:$sxdp_queue_id"},
    {"sockaddr_alg", "alg:$salg_type:$salg_name"},
    {"sockaddr_hci", "hci:$hci_dev"},
    {"sockaddr_sco", "sco:^sco_bdaddr"},
    {"sockaddr_rc", "rfcomm:^rc_bdaddr:$rc_channel"},
    {"sockaddr_l2", "l2cap:^l2_bdaddr:$l2_psm"},
    {"sockaddr_can", "can:%can_ifindex"},
    {"sockaddr_tipc", "tipc:$addr.name.name.type:$addr.name.name.instance"},
    {"sockaddr_tipc", "tipc:$addr.nameseq.type:$addr.nameseq.lower-$addr.nameseq.upper"},
    {"sockaddr_tipc", "tipc:$addr.id.node/$addr.id.ref"},
    {"sockaddr_tipc", "tipc"},
    {"sockaddr_qrtr", "qrtr:$sq_node:$sq_port"},
    {"sockaddr_mctp", "mctp:$smctp_network:$smctp_addr.s_addr:$smctp_type"},
    {"sockaddr_iucv", "iucv:$siucv_user_id:$siucv_name"},
    {"sockaddr_pn", "phonet:$spn_dev:$spn_obj"},
    {"sockaddr_llc", "llc:#sllc_mac:$sllc_sap"},
    {"sockaddr_at", "atalk:$sat_addr.s_net.$sat_addr.s_node:$sat_port"},
    {"sockaddr_ipx", "ipx:$sipx_network:#sipx_node:$sipx_port"},
    {"sockaddr_x25", "x25:$sx25_addr.x25_addr"},
    {"sockaddr_ax25", "ax25:$sax25_call.callsign"},
    {"sockaddr_ax25", "ax25:$fsa_ax25.sax25_call.callsign"},
    {"sockaddr_ax25", "ax25"},
    {"sin", "$sin_addr:$sin_port"}, /* of the transport of AF_RXRPC */
    {"sin6", "[$sin6_addr!sin6_scope_id]:$sin6_port"},
    {"sin6", "[$sin6_addr]:$sin6_port"},
    {"sockaddr_rxrpc", "rxrpc:$srx_service:&transport.sin"},
    {"sockaddr_rxrpc", "rxrpc:$srx_service:&transport.sin6"},
    {"sockaddr_rxrpc", "rxrpc:$srx_service"},
    {"sockaddr_ieee802154", "802154:$addr.pan_id:#addr.hwaddr"},
    {"sockaddr_ieee802154", "802154:$addr.pan_id:$addr.short_addr"},
    {"sockaddr_ieee802154", "802154:$addr.pan_id"},
    {"sockaddr_nfc", "nfc:$dev_idx:$target_idx"},
    {"sockaddr_nfc_llcp", "nfc:$dev_idx:$target_idx:$service_name"},
};

/* How long a field's path is: a dot belongs to it where a name follows. */
static size_t path_len(const char *path)
{
    size_t len = 0;

    while (isalnum((unsigned char)path[len]) || path[len] == '_' ||
           (path[len] == '.' && isalnum((unsigned char)path[len + 1])))
        len++;
    return len;
}

/* false: a field is missing, or of another kind; what was written then is taken back. */
static bool fill(struct buf *out, const char *text, const struct value *st)
{
    size_t from = out->len;

    while (*text) {
        size_t len, i = 0;
        const struct value *value;

        while (i < ARRAY_LEN(marks) && marks[i].mark != *text)
            i++;
        if (i == ARRAY_LEN(marks)) {
            buf_addc(out, *text++);
            continue;
        }
        len = path_len(++text);
        value = find(st, text, len);
        if (!value || !marks[i].add(out, value)) {
            buf_cut(out, from);
            return false;
        }
        text += len;
    }
    return true;
}

/* Of a family that has no struct of its own. */
static bool other_short(const struct value *value, struct buf *out)
{
    const struct value *family = value_field(value, "sa_family");
    const struct value *data = value_field(value, "sa_data");
    const char *name;
    int64_t n;

    if (!value_number(family, &n))
        return false;
    name = family->kind == VALUE_SYM ? nametab_name(family->sym.tab, family->sym.n) : NULL;
    if (name)
        buf_adds(out, name);
    else
        buf_addf(out, "AF_%" PRId64, n);
    if (data && data->kind == VALUE_BYTES && data->bytes.len) {
        buf_adds(out, " \"");
        quote_c(out, data->bytes.ptr, data->bytes.len);
        buf_addc(out, '"');
    }
    return true;
}

bool value_addr_short(const struct value *value, struct buf *out)
{
    if (!value || value->kind != VALUE_STRUCT)
        return false;
    if (strcmp(value->st.type, "sockaddr") == 0)
        return other_short(value, out);
    for (size_t i = 0; i < ARRAY_LEN(templates); i++)
        if (text_is(value->st.type, templates[i].type) && fill(out, templates[i].text, value))
            return true;
    return false;
}
