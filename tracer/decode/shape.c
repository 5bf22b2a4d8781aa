/* decode/shape.c: the walk over a table of members, and the structs that stand in several places. */
#include "decode/shape.h"

#include "base/alloc.h"
#include "base/bug.h"
#include "decode/families.h"
#include "decode/kinds.h"

#include <arpa/inet.h>
#include <endian.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#include <linux/sctp.h>

uint64_t shape_uint(const uint8_t *bytes, size_t size)
{
    uint16_t n16;
    uint32_t n32;
    uint64_t n64;

    switch (size) {
    case sizeof(uint8_t): return bytes[0];
    case sizeof(n16): memcpy(&n16, bytes, size); return n16;
    case sizeof(n32): memcpy(&n32, bytes, size); return n32;
    case sizeof(n64): memcpy(&n64, bytes, size); return n64;
    default: BUG("a number of %zu bytes", size);
    }
}

static int64_t sign_extended(uint64_t n, size_t size)
{
    unsigned spare = 64 - 8 * (unsigned)size;

    return (int64_t)(n << spare) >> spare;
}

const struct value *shape_ifindex(const struct argctx *ctx, uint32_t index)
{
    const struct decode_opts *opts = ctx->opts;
    struct field fields[2] = {{"index", value_uint(ctx->arena, index, INT_UDEC)}};
    char name[DECODE_IFNAME_SIZE];

    if (!index || !opts->ifname || !opts->ifname(opts->ifname_arg, index, name))
        return fields[0].value;
    fields[1] = (struct field){"name", value_bytes(ctx->arena, name, strlen(name), strlen(name))};
    return value_struct(ctx->arena, "ifindex", fields, 2);
}

static uint64_t number(const struct member *member, const uint8_t *bytes, size_t size)
{
    uint64_t n = shape_uint(bytes, size);

    return member->bits ? n >> member->shift & (((uint64_t)1 << member->bits) - 1) : n;
}

static bool is_zero(const uint8_t *bytes, size_t size)
{
    while (size && !bytes[size - 1])
        size--;
    return size == 0;
}

static const struct value *spare(struct arena *arena, const uint8_t *bytes, size_t size)
{
    bool is_number = size == sizeof(uint8_t) || size == sizeof(uint16_t) || size == sizeof(uint32_t);

    if (is_zero(bytes, size))
        return NULL;
    return is_number ? value_uint(arena, shape_uint(bytes, size), INT_HEX)
                     : value_bytes(arena, bytes, size, size);
}

static const struct value *cstring(struct arena *arena, const uint8_t *bytes, size_t size)
{
    size_t len = strnlen((const char *)bytes, size);

    return len < size ? value_bytes(arena, bytes, len, len) : value_bytes(arena, bytes, size - 1, size);
}

static const struct value *member_value(const struct argctx *ctx, const struct member *member,
                                        const uint8_t *bytes, size_t size);

static size_t member_at(const struct argctx *ctx, const struct member *member)
{
    return ctx->raw->abi == ABI_32 ? member->at32 : member->at;
}

static size_t member_size(const struct argctx *ctx, const struct member *member)
{
    return ctx->raw->abi == ABI_32 ? member->size32 : member->size;
}

const struct value *shape_items(const struct argctx *ctx, const struct member *each, const uint8_t *bytes,
                                size_t len)
{
    size_t size = member_size(ctx, each), count = len / size;
    const struct value **values = ARENA_ARRAY(ctx->arena, const struct value *, count);

    for (size_t i = 0; i < count; i++)
        values[i] = member_value(ctx, each, bytes + i * size, size);
    return value_array(ctx->arena, values, count, count);
}

static const struct value *member_value(const struct argctx *ctx, const struct member *member,
                                        const uint8_t *bytes, size_t size)
{
    struct arena *arena = ctx->arena;

    switch (member->form) {
    case SHAPE_DEC: return value_int(arena, sign_extended(shape_uint(bytes, size), size));
    case SHAPE_UDEC: return value_uint(arena, number(member, bytes, size), INT_UDEC);
    case SHAPE_HEX: return value_uint(arena, number(member, bytes, size), INT_HEX);
    case SHAPE_HEX8: return value_uint(arena, number(member, bytes, size), INT_HEX8);
    case SHAPE_SYM: return value_sym(arena, member->of, number(member, bytes, size));
    case SHAPE_FLAGS: return value_flags(arena, member->of, number(member, bytes, size));
    case SHAPE_PORT: return value_uint(arena, ntohs((uint16_t)shape_uint(bytes, size)), INT_HTONS);
    case SHAPE_NET: return value_uint(arena, ntohl((uint32_t)shape_uint(bytes, size)), INT_HTONL);
    case SHAPE_NET_HEX:
        return value_uint(arena,
                          size == sizeof(uint16_t) ? ntohs((uint16_t)shape_uint(bytes, size))
                                                   : ntohl((uint32_t)shape_uint(bytes, size)),
                          INT_HEX);
    case SHAPE_NET_SYM: return value_sym(arena, member->of, ntohs((uint16_t)shape_uint(bytes, size)));
    case SHAPE_LE: return value_uint(arena, le16toh((uint16_t)shape_uint(bytes, size)), INT_UDEC);
    case SHAPE_LE_SYM: return value_sym(arena, member->of, le16toh((uint16_t)shape_uint(bytes, size)));
    case SHAPE_SPARE: return spare(arena, bytes, size);
    case SHAPE_IP: return value_ip(arena, bytes, size);
    case SHAPE_IFINDEX: return shape_ifindex(ctx, (uint32_t)shape_uint(bytes, size));
    case SHAPE_FD: return value_fd(arena, (int)shape_uint(bytes, size));
    case SHAPE_POINTER: return kind_pointer(arena, shape_uint(bytes, size));
    case SHAPE_BYTES: return value_bytes(arena, bytes, size, size);
    case SHAPE_TEXT: size = strnlen((const char *)bytes, size); return value_bytes(arena, bytes, size, size);
    case SHAPE_CSTRING: return cstring(arena, bytes, size);
    case SHAPE_SOCKADDR: return families_sockaddr(ctx, bytes, size);
    case SHAPE_STRUCT: return shape_struct(ctx, member->of, bytes, size);
    case SHAPE_ARRAY: return shape_items(ctx, member->of, bytes, size);
    case SHAPE_MADE: return shape_value(ctx, member->of, bytes, size);
    }
    BUG("form %d of a member", member->form);
}

size_t shape_size(const struct layout *layout, enum abi abi)
{
    return abi == ABI_32 ? layout->least32 : layout->least;
}

const struct value *shape_member(const struct argctx *ctx, const struct member *member, const uint8_t *bytes,
                                 size_t len)
{
    size_t at = member_at(ctx, member), room = at < len ? len - at : 0, want = member_size(ctx, member);

    return room && want <= room ? member_value(ctx, member, bytes + at, want ? want : room) : NULL;
}

const struct value *shape_cut(const struct argctx *ctx, const struct layout *layout, const uint8_t *bytes,
                              size_t len)
{
    struct field *fields = ARENA_ARRAY(ctx->arena, struct field, layout->len);
    size_t count = 0;

    for (size_t i = 0; i < layout->len; i++) {
        const struct member *member = &layout->members[i];
        const struct value *value = shape_member(ctx, member, bytes, len);
        size_t at = member_at(ctx, member);

        if (at < len && member_size(ctx, member) > len - at)
            value = value_bytes_as(ctx->arena, BYTES_HEX, bytes + at, len - at, len - at);
        if (value)
            fields[count++] = (struct field){member->name, value};
    }
    return value_struct(ctx->arena, layout->type, fields, count);
}

const struct value *shape_struct(const struct argctx *ctx, const struct layout *layout, const uint8_t *bytes,
                                 size_t len)
{
    size_t size = shape_size(layout, ctx->raw->abi), count = 0;
    struct field *fields;

    if (len < size || (layout->is_exact && len != size))
        return NULL;
    fields = ARENA_ARRAY(ctx->arena, struct field, layout->len);
    for (size_t i = 0; i < layout->len; i++) {
        const struct value *value = shape_member(ctx, &layout->members[i], bytes, len);

        if (value)
            fields[count++] = (struct field){layout->members[i].name, value};
    }
    return value_struct(ctx->arena, layout->type, fields, count);
}

const struct value *shape_structs(const struct argctx *ctx, const struct layout *layout, const uint8_t *bytes,
                                  size_t len)
{
    size_t size = shape_size(layout, ctx->raw->abi);
    struct member each = {
        .size = (uint16_t)size, .size32 = (uint16_t)size, .form = SHAPE_STRUCT, .of = layout};

    return shape_items(ctx, &each, bytes, len);
}

const struct value *shape_value(const struct argctx *ctx, const struct shape *shape, const uint8_t *bytes,
                                size_t len)
{
    if (shape->layout)
        return shape_struct(ctx, shape->layout, bytes, len);
    return shape->make ? shape->make(ctx, bytes, len) : NULL;
}

const struct value *shape_append(struct arena *arena, const struct value *st, const char *name,
                                 const struct value *value)
{
    struct field *fields = ARENA_ARRAY(arena, struct field, st->st.len + 1);

    memcpy(fields, st->st.fields, st->st.len * sizeof(*fields));
    fields[st->st.len] = (struct field){name, value};
    return value_struct(arena, st->st.type, fields, st->st.len + 1);
}

const struct value *shape_peek(const struct argctx *ctx, const struct layout *layout, uint64_t addr)
{
    size_t size = shape_size(layout, ctx->raw->abi);
    const uint8_t *bytes = kind_peek(ctx, addr, size);

    return bytes ? shape_struct(ctx, layout, bytes, size) : kind_pointer(ctx->arena, addr);
}

static const struct value *item(const struct argctx *ctx, const struct value *value)
{
    return value_array(ctx->arena, &value, 1, 1);
}

const struct value *shape_int(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    if (len < sizeof(int32_t))
        return NULL;
    return item(ctx, value_int(ctx->arena, (int32_t)shape_uint(bytes, sizeof(int32_t))));
}

const struct value *shape_uint_item(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    if (len < sizeof(uint32_t))
        return NULL;
    return item(ctx, value_uint(ctx->arena, shape_uint(bytes, sizeof(uint32_t)), INT_UDEC));
}

const struct value *shape_uint64_item(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    if (len < sizeof(uint64_t))
        return NULL;
    return item(ctx, value_uint(ctx->arena, shape_uint(bytes, sizeof(uint64_t)), INT_UDEC));
}

const struct value *shape_sym_item(const struct argctx *ctx, const struct nametab *tab, const uint8_t *bytes,
                                   size_t len)
{
    uint64_t n = len < sizeof(uint32_t) ? 0 : shape_uint(bytes, sizeof(uint32_t));

    if (len < sizeof(uint32_t) || !nametab_name(tab, n))
        return shape_int(ctx, bytes, len);
    return item(ctx, value_sym(ctx->arena, tab, n));
}

const struct value *shape_uints(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    static const struct member each = MEMBER_AT(NULL, 0, sizeof(uint32_t), SHAPE_UDEC, NULL);

    return shape_items(ctx, &each, bytes, len);
}

/* --- structs --- */

static const struct member ucred[] = {
    MEMBER(ucred, pid, SHAPE_DEC),
    MEMBER(ucred, uid, SHAPE_DEC),
    MEMBER(ucred, gid, SHAPE_DEC),
};

const struct layout layout_ucred = LAYOUT(ucred, ucred);

static const struct member timeval[] = {
    MEMBER_32(timeval, tv_sec, 0, 4, SHAPE_DEC),
    MEMBER_32(timeval, tv_usec, 4, 4, SHAPE_UDEC),
};
static const struct member timeval64[] = {
    MEMBER(timeval, tv_sec, SHAPE_DEC),
    MEMBER(timeval, tv_usec, SHAPE_UDEC),
};

const struct layout layout_timeval = LAYOUT_32(timeval, timeval, 8);
const struct layout layout_timeval64 = LAYOUT(timeval, timeval64);

static const struct member timespec[] = {
    MEMBER_32(timespec, tv_sec, 0, 4, SHAPE_DEC),
    MEMBER_32(timespec, tv_nsec, 4, 4, SHAPE_UDEC),
};
static const struct member timespec64[] = {
    MEMBER(timespec, tv_sec, SHAPE_DEC),
    MEMBER(timespec, tv_nsec, SHAPE_UDEC),
};

const struct layout layout_timespec = LAYOUT_32(timespec, timespec, 8);
const struct layout layout_timespec64 = LAYOUT(timespec, timespec64);

static const struct member in6_pktinfo[] = {
    MEMBER(in6_pktinfo, ipi6_addr, SHAPE_IP),
    MEMBER(in6_pktinfo, ipi6_ifindex, SHAPE_IFINDEX),
};

static const struct member ip6_mtuinfo[] = {
    MEMBER(ip6_mtuinfo, ip6m_addr, SHAPE_SOCKADDR),
    MEMBER(ip6_mtuinfo, ip6m_mtu, SHAPE_UDEC),
};

static const struct member sctp_initmsg[] = {
    MEMBER(sctp_initmsg, sinit_num_ostreams, SHAPE_UDEC),
    MEMBER(sctp_initmsg, sinit_max_instreams, SHAPE_UDEC),
    MEMBER(sctp_initmsg, sinit_max_attempts, SHAPE_UDEC),
    MEMBER(sctp_initmsg, sinit_max_init_timeo, SHAPE_UDEC),
};

/* The payload's protocol is the programs' own affair: they put it there in network order. */
static const struct member sctp_sndrcvinfo[] = {
    MEMBER(sctp_sndrcvinfo, sinfo_stream, SHAPE_UDEC),
    MEMBER(sctp_sndrcvinfo, sinfo_ssn, SHAPE_UDEC),
    MEMBER_OF(sctp_sndrcvinfo, sinfo_flags, SHAPE_FLAGS, &nametab_sctp_flags),
    MEMBER(sctp_sndrcvinfo, sinfo_ppid, SHAPE_NET),
    MEMBER(sctp_sndrcvinfo, sinfo_context, SHAPE_UDEC),
    MEMBER(sctp_sndrcvinfo, sinfo_timetolive, SHAPE_UDEC),
    MEMBER(sctp_sndrcvinfo, sinfo_tsn, SHAPE_UDEC),
    MEMBER(sctp_sndrcvinfo, sinfo_cumtsn, SHAPE_UDEC),
    MEMBER(sctp_sndrcvinfo, sinfo_assoc_id, SHAPE_DEC),
};

static const struct member sctp_sndinfo[] = {
    MEMBER(sctp_sndinfo, snd_sid, SHAPE_UDEC),
    MEMBER_OF(sctp_sndinfo, snd_flags, SHAPE_FLAGS, &nametab_sctp_flags),
    MEMBER(sctp_sndinfo, snd_ppid, SHAPE_NET),
    MEMBER(sctp_sndinfo, snd_context, SHAPE_UDEC),
    MEMBER(sctp_sndinfo, snd_assoc_id, SHAPE_DEC),
};

const struct layout layout_in6_pktinfo = LAYOUT(in6_pktinfo, in6_pktinfo);
const struct layout layout_ip6_mtuinfo = LAYOUT(ip6_mtuinfo, ip6_mtuinfo);
const struct layout layout_sctp_initmsg = LAYOUT(sctp_initmsg, sctp_initmsg);
const struct layout layout_sctp_sndrcvinfo = LAYOUT(sctp_sndrcvinfo, sctp_sndrcvinfo);
const struct layout layout_sctp_sndinfo = LAYOUT(sctp_sndinfo, sctp_sndinfo);
