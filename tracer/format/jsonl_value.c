/* format/jsonl_value.c: values as JSON: what is a number, a text or a list is one; the rest are objects whose
 * members tell what they are. */
#include "base/alloc.h"
#include "format/base64.h"
#include "format/jaddr.h"
#include "format/jout.h"
#include "format/jsonl.h"

#include <arpa/inet.h>

static const char *const int_forms[] = {
    [INT_DEC] = "dec",     [INT_UDEC] = "udec",   [INT_HEX] = "hex",   [INT_OCT] = "oct",
    [INT_HTONS] = "htons", [INT_HTONL] = "htonl", [INT_HEX8] = "hex8",
};

const char *jsonl_int_form(size_t i)
{
    return i < ARRAY_LEN(int_forms) ? int_forms[i] : NULL;
}

static void add_null(struct buf *out, const struct value *value)
{
    (void)value;
    buf_adds(out, "null");
}

/* A string is bytes: numbers that have to be strings need an object around them. */
static void add_int(struct buf *out, const struct value *value)
{
    bool is_dec = value->form == INT_DEC;

    if (is_dec && jout_is_exact((int64_t)value->n)) {
        jout_i64(out, (int64_t)value->n);
        return;
    }
    buf_adds(out, "{\"int\": ");
    if (is_dec)
        jout_i64(out, (int64_t)value->n);
    else
        jout_u64(out, value->n);
    if (!is_dec && value->form != INT_UDEC) {
        jout_key(out, "form");
        jout_string(out, int_forms[value->form]);
    }
    buf_addc(out, '}');
}

static void add_constant(struct buf *out, const struct value *value)
{
    jout_key(out, "n");
    jout_u64(out, value->sym.n);
    jout_key(out, "of");
    jout_string(out, value->sym.tab->id);
    buf_addc(out, '}');
}

static void add_sym(struct buf *out, const struct value *value)
{
    const char *name = nametab_plain_name(value->sym.tab, value->sym.n);

    buf_addc(out, '{');
    if (name) {
        jout_key(out, "name");
        jout_string(out, name);
    }
    add_constant(out, value);
}

static void add_flags(struct buf *out, const struct value *value)
{
    const char *names[64];
    uint64_t rest;
    size_t len = nametab_split(value->sym.tab, value->sym.n, names, ARRAY_LEN(names), &rest);

    buf_adds(out, "{\"flags\": [");
    for (size_t i = 0; i < len; i++) {
        jout_next(out);
        jout_string(out, names[i]);
    }
    buf_addc(out, ']');
    if (rest) {
        jout_key(out, "rest");
        jout_u64(out, rest);
    }
    add_constant(out, value);
}

static void add_memory(struct buf *out, const uint8_t *bytes, size_t len, uint64_t full)
{
    bool is_text = jout_is_text(bytes, len), is_whole = full == len;

    if (is_text && is_whole) {
        jout_text(out, bytes, len);
        return;
    }
    buf_adds(out, is_text ? "{\"text\": " : "{\"base64\": \"");
    if (is_text) {
        jout_text(out, bytes, len);
    } else {
        base64_encode(out, bytes, len);
        buf_addc(out, '"');
    }
    if (!is_whole) {
        jout_key(out, "len");
        jout_u64(out, full);
    }
    buf_addc(out, '}');
}

static void add_bytes(struct buf *out, const struct value *value)
{
    if (value->form == BYTES_HEX) {
        buf_adds(out, "{\"base64\": \"");
        base64_encode(out, value->bytes.ptr, value->bytes.len);
        buf_adds(out, "\", \"form\": \"hex\"}");
        return;
    }
    add_memory(out, value->bytes.ptr, value->bytes.len, value->bytes.full);
}

static void add_ip_text(struct buf *out, const struct value *value)
{
    char text[INET6_ADDRSTRLEN] = "";

    inet_ntop(value->ip.len == 4 ? AF_INET : AF_INET6, value->ip.bytes, text, sizeof(text));
    jout_string(out, text);
}

static void add_ip(struct buf *out, const struct value *value)
{
    buf_adds(out, "{\"ip\": ");
    add_ip_text(out, value);
    buf_addc(out, '}');
}

/* --- addresses --- */

static void add_name(struct buf *out, const struct nametab *of, uint64_t n)
{
    const char *name = nametab_name(of, n);

    if (name)
        jout_string(out, name);
    else
        jout_u64(out, n);
}

static void add_part(struct buf *out, const struct jaddr_part *part, const struct value *value)
{
    jout_key(out, part->key);
    switch (part->form) {
    case JADDR_VALUE: jsonl_value(out, value); return;
    case JADDR_CONSTANT: add_name(out, part->of, value->sym.n); return;
    case JADDR_HOST: add_ip_text(out, value); return;
    case JADDR_HTONS:
    case JADDR_HTONL:
    case JADDR_HEX8: jout_u64(out, value->n); return;
    case JADDR_ABSTRACT:
        add_memory(out, value->bytes.ptr + 1, value->bytes.len - 1, value->bytes.full - 1);
        return;
    }
}

/* --- what is made of others --- */

void jsonl_fields(struct buf *out, const struct field *fields, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        jout_key(out, fields[i].name);
        jsonl_value(out, fields[i].value);
    }
}

/* No field can be called "struct": C would not have it. */
static void add_struct(struct buf *out, const struct value *value)
{
    bool is_addr = jaddr_is(value->st.type);

    buf_adds(out, "{\"struct\": ");
    jout_string(out, value->st.type);
    for (size_t i = 0; i < value->st.len; i++) {
        const struct field *field = &value->st.fields[i];
        const struct jaddr_part *part = is_addr ? jaddr_of_field(value->st.type, field) : NULL;

        if (part)
            add_part(out, part, field->value);
        else
            jsonl_fields(out, field, 1);
    }
    buf_addc(out, '}');
}

static void add_array(struct buf *out, const struct value *value)
{
    bool is_whole = value->array.full == value->array.len;

    buf_adds(out, is_whole ? "[" : "{\"array\": [");
    for (size_t i = 0; i < value->array.len; i++) {
        jout_next(out);
        jsonl_value(out, value->array.items[i]);
    }
    buf_addc(out, ']');
    if (is_whole)
        return;
    jout_key(out, "len");
    jout_u64(out, value->array.full);
    buf_addc(out, '}');
}

static void add_fd(struct buf *out, const struct value *value)
{
    buf_adds(out, "{\"fd\": ");
    jout_i64(out, value->fd.n);
    if (value->fd.sock) {
        jout_key(out, "sock");
        jout_u64(out, value->fd.sock);
    }
    buf_addc(out, '}');
}

static void add_pointer(struct buf *out, const struct value *value)
{
    buf_adds(out, "{\"ptr\": \"0x");
    jout_hex(out, value->n);
    buf_adds(out, "\"}");
}

/* `aux` is where strace writes the new value; it also tells what an object without any other member is. */
static void add_changed(struct buf *out, const struct value *value)
{
    bool is_aux = value->form == CHANGED_AUX;

    buf_addc(out, '{');
    if (value->changed.before) {
        jout_key(out, "was");
        jsonl_value(out, value->changed.before);
    }
    if (value->changed.after) {
        jout_key(out, "now");
        jsonl_value(out, value->changed.after);
    }
    if (value->changed.label) {
        jout_key(out, "label");
        jout_string(out, value->changed.label);
    }
    if (is_aux || (!value->changed.before && !value->changed.after)) {
        jout_key(out, "aux");
        buf_adds(out, is_aux ? "true" : "false");
    }
    buf_addc(out, '}');
}

void jsonl_value(struct buf *out, const struct value *value)
{
    static void (*const adders[])(struct buf *, const struct value *) = {
        [VALUE_NULL] = add_null,   [VALUE_INT] = add_int,         [VALUE_SYM] = add_sym,
        [VALUE_FLAGS] = add_flags, [VALUE_BYTES] = add_bytes,     [VALUE_STRUCT] = add_struct,
        [VALUE_ARRAY] = add_array, [VALUE_FD] = add_fd,           [VALUE_ADDR] = add_pointer,
        [VALUE_IP] = add_ip,       [VALUE_CHANGED] = add_changed,
    };

    adders[value->kind](out, value);
}
