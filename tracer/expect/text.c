/* expect/text.c: writes patterns and differences. */
#include "expect/text.h"

#include "base/quote.h"
#include "event/brief.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

static const char *const cmp_text[] = {
    [CMP_GT] = "> ", [CMP_GE] = ">= ", [CMP_LT] = "< ", [CMP_LE] = "<= ", [CMP_NE] = "!= ",
};

static size_t count_dots(const struct pat_piece *piece, size_t at)
{
    size_t n = 0;

    while (at + n < piece->len && piece->bytes[at + n] == '.')
        n++;
    return n;
}

/* Bytes as they are; dots that could be read as `...`, or as a part of one beside them, as `\.`. */
static void text_bytes(struct buf *out, const struct pat_piece *piece, bool any_before, bool any_behind)
{
    for (size_t at = 0, len; at < piece->len; at += len) {
        bool is_dots = piece->bytes[at] == '.';

        len = count_dots(piece, at);
        while (!is_dots && at + len < piece->len && piece->bytes[at + len] != '.')
            len++;
        if (is_dots && (len >= 3 || (any_before && at == 0) || (any_behind && at + len == piece->len)))
            for (size_t i = 0; i < len; i++)
                buf_adds(out, "\\.");
        else
            quote_c(out, (const uint8_t *)piece->bytes + at, len);
    }
}

static void text_str(struct buf *out, const struct pat *pat)
{
    const struct pat_piece *pieces = pat->str.pieces;

    buf_addc(out, '"');
    for (size_t i = 0; i < pat->str.len; i++) {
        if (pieces[i].any)
            buf_adds(out, "...");
        else
            text_bytes(out, &pieces[i], i > 0 && pieces[i - 1].any,
                       i + 1 < pat->str.len && pieces[i + 1].any);
    }
    buf_addc(out, '"');
}

static void text_host(struct buf *out, const struct pat *pat)
{
    char text[INET6_ADDRSTRLEN];
    bool is_v4 = pat->addr.ip_len == 4;

    if (pat->addr.any_host)
        buf_addc(out, '*');
    else if (inet_ntop(is_v4 ? AF_INET : AF_INET6, pat->addr.ip, text, sizeof(text)))
        buf_addf(out, is_v4 ? "%s" : pat->addr.zone ? "[%s%%%s]" : "[%s]", text, pat->addr.zone);
}

static void text_addr(struct buf *out, const struct expect *expect, const struct pat *pat)
{
    if (pat->addr.port) {
        text_host(out, pat);
        buf_addc(out, ':');
        text_pat(out, expect, pat->addr.port);
        return;
    }
    buf_adds(out, "unix:\"");
    quote_c(out, (const uint8_t *)pat->addr.path, pat->addr.path_len);
    buf_addc(out, '"');
}

static void text_flags(struct buf *out, const struct pat *pat)
{
    for (size_t i = 0; i < pat->flags.len; i++)
        buf_addf(out, "%s%s", i ? "|" : "", pat->flags.names[i]);
    if (pat->flags.open)
        buf_adds(out, "|...");
}

static void text_struct(struct buf *out, const struct expect *expect, const struct pat *pat)
{
    buf_addc(out, '{');
    for (size_t i = 0; i < pat->st.len; i++) {
        buf_addf(out, "%s%s=", i ? ", " : "", pat->st.fields[i].name);
        text_pat(out, expect, pat->st.fields[i].value);
    }
    if (pat->st.open)
        buf_adds(out, pat->st.len ? ", ..." : "...");
    buf_addc(out, '}');
}

static void text_list(struct buf *out, const struct expect *expect, const struct pat *const *items,
                      size_t len, const char *between)
{
    for (size_t i = 0; i < len; i++) {
        buf_adds(out, i ? between : "");
        text_pat(out, expect, items[i]);
    }
}

void text_pat(struct buf *out, const struct expect *expect, const struct pat *pat)
{
    switch (pat->kind) {
    case PAT_ANY: buf_addc(out, '_'); break;
    case PAT_INT: buf_addf(out, "%" PRId64, pat->n); break;
    case PAT_SYM: buf_adds(out, pat->sym.name); break;
    case PAT_FLAGS: text_flags(out, pat); break;
    case PAT_STR: text_str(out, pat); break;
    case PAT_STRUCT: text_struct(out, expect, pat); break;
    case PAT_ARRAY:
        buf_addc(out, '[');
        text_list(out, expect, pat->array.items, pat->array.len, ", ");
        buf_adds(out, !pat->array.open ? "]" : pat->array.len ? ", ...]" : "...]");
        break;
    case PAT_CMP: buf_addf(out, "%s%" PRId64, cmp_text[pat->cmp.op], pat->cmp.n); break;
    case PAT_RANGE: buf_addf(out, "%" PRId64 "..%" PRId64, pat->range.from, pat->range.to); break;
    case PAT_OR: text_list(out, expect, pat->any_of.items, pat->any_of.len, " or "); break;
    case PAT_NOT:
        buf_adds(out, "not ");
        text_pat(out, expect, pat->inner);
        break;
    case PAT_NAME: buf_addf(out, "$%s", expect->slots[pat->slot]); break;
    case PAT_ADDR: text_addr(out, expect, pat); break;
    }
}

/* The arguments of canonical calls by what people call them; "argument" where nothing stands here. */
static const char *const part_names[CANON_COUNT][4] = {
    [CANON_SOCKET] = {"family", "type", "protocol"},
    [CANON_SOCKETPAIR] = {"family", "type", "protocol", "sockets"},
    [CANON_BIND] = {"socket", "address"},
    [CANON_LISTEN] = {"socket", "backlog"},
    [CANON_ACCEPT] = {"socket", "address", "flags"},
    [CANON_CONNECT] = {"socket", "address"},
    [CANON_SEND] = {"socket", "data", "flags"},
    [CANON_RECV] = {"socket", "data", "flags"},
    [CANON_SENDTO] = {"socket", "data", "flags", "address"},
    [CANON_RECVFROM] = {"socket", "data", "flags", "address"},
    [CANON_SHUTDOWN] = {"socket", "direction"},
    [CANON_CLOSE] = {"socket"},
    [CANON_GETSOCKNAME] = {"socket", "address"},
    [CANON_GETPEERNAME] = {"socket", "address"},
    [CANON_SETSOCKOPT] = {"socket", "level", "option", "value"},
    [CANON_GETSOCKOPT] = {"socket", "level", "option", "value"},
    [CANON_FCNTL] = {"socket", "command", "argument"},
    [CANON_IOCTL] = {"socket", "request", "argument"},
    [CANON_DUP] = {"socket", "new fd", "flags"},
    [CANON_EPOLL_CTL] = {"epoll", "operation", "socket", "event"},
};

const char *text_arg_name(enum canon canon, size_t i)
{
    const char *name = i < ARRAY_LEN(part_names[0]) ? part_names[canon][i] : NULL;

    return name ? name : "argument";
}

static const char *part_name(const struct step *step, size_t part)
{
    return part == LINE_RESULT ? "result" : text_arg_name(step->canon, part);
}

static const char *keep(struct arena *arena, struct buf *buf)
{
    const char *text = arena_memdup(arena, buf_str(buf), buf->len);

    buf_release(buf);
    return text;
}

static const char *pat_kept(const struct expect *expect, const struct pat *pat, struct arena *arena)
{
    struct buf buf = {0};

    text_pat(&buf, expect, pat);
    return keep(arena, &buf);
}

/* A socket by the name that it has in the pattern, any other value as it is. */
static const char *value_kept(const struct expect *expect, const struct names *names,
                              const struct value *value, struct arena *arena)
{
    struct buf buf = {0};

    for (size_t i = 0; value && value->kind == VALUE_FD && value->fd.sock && i < names->len; i++)
        if (names->slots[i].kind == BOUND_SOCK && names->slots[i].n == value->fd.sock)
            return arena_printf(arena, "$%s", expect->slots[i]);
    if (!value)
        return "nothing";
    value_brief(&buf, value, BRIEF_STRLEN);
    return keep(arena, &buf);
}

static const char *result_expected(const struct expect *expect, const struct step *step, struct arena *arena)
{
    if (step->errnos)
        return arena_printf(arena, "-1 %s", pat_kept(expect, step->errnos, arena));
    if (step->result && step->result->kind == PAT_NAME)
        return arena_printf(arena, "a descriptor (%s)", pat_kept(expect, step->result, arena));
    return step->result ? pat_kept(expect, step->result, arena) : "success";
}

static const char *result_seen(const struct event *event, struct arena *arena)
{
    struct buf buf = {0};

    if (event->unfinished)
        return "never returned";
    event_brief_result(&buf, event);
    return keep(arena, &buf);
}

/* Only the port differs: both sides as ports. */
static bool port_difference(const struct expect *expect, const struct names *names, const struct pat *pat,
                            const struct value *value, struct arena *arena, struct difference *out)
{
    const struct value *in4 = value_field(value, "sin_port");
    const struct value *port = in4 ? in4 : value_field(value, "sin6_port");
    static const struct pat any = {.kind = PAT_ANY};
    struct pat host = *pat;
    struct names look = *names;

    if (pat->kind != PAT_ADDR || !pat->addr.port || !port)
        return false;
    host.addr.port = &any;
    look.fixed = true;
    look.arena = arena;
    if (!unify(&look, &host, value))
        return false;
    out->what = "port";
    out->expected = pat_kept(expect, pat->addr.port, arena);
    out->seen = value_kept(expect, names, port, arena);
    return true;
}

static const struct value *seen_data(const struct pat *pat, const struct event *event, struct arena *arena)
{
    const struct value *message = line_message(pat, event);
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    if (message)
        return value_final(message);
    if (event_data(event, &bytes, &len, &full))
        return value_bytes(arena, bytes, len, full);
    return event->ncargs > LINE_DATA ? value_final(event->cargs[LINE_DATA]) : NULL;
}

static struct difference part_difference(const struct expect *expect, const struct names *names,
                                         const struct step *step, const struct event *event, size_t part,
                                         struct arena *arena)
{
    struct difference out = {.what = part_name(step, part)};
    const struct value *value;

    if (part == LINE_RESULT) {
        out.expected = result_expected(expect, step, arena);
        out.seen = result_seen(event, arena);
        return out;
    }
    value = part < event->ncargs ? value_final(event->cargs[part]) : NULL;
    if (part == LINE_DATA && (canon_is_send(event->canon) || canon_is_recv(event->canon)))
        value = seen_data(step->args[part], event, arena);
    if (port_difference(expect, names, step->args[part], value, arena, &out))
        return out;
    out.expected = pat_kept(expect, step->args[part], arena);
    out.seen = value_kept(expect, names, value, arena);
    return out;
}

struct difference text_difference(const struct expect *expect, const struct names *names,
                                  const struct step *step, const struct event *event, struct arena *arena)
{
    struct names now = *names;
    unsigned set;

    now.arena = arena;
    if (step->exact && strcmp(step->exact, event->name) != 0)
        return (struct difference){"call", step->exact, arena_strdup(arena, event->name)};
    set = line_differences(&now, step, event);
    if (canon_is_recv(event->canon) && (event->err || event->unfinished))
        set &= ~(1u << LINE_DATA); /* nothing came: its buffer says nothing */
    for (size_t part = 0; part < LINE_PARTS; part++)
        if (set & (1u << part))
            return part_difference(expect, &now, step, event, part, arena);
    if (step->nargs > LINE_DATA && (canon_is_send(event->canon) || canon_is_recv(event->canon)))
        return part_difference(expect, &now, step, event, LINE_DATA, arena);
    return part_difference(expect, &now, step, event, LINE_RESULT, arena);
}

struct difference text_data(const struct expect *expect, const struct step *step, const struct tape *tape,
                            struct arena *arena)
{
    struct value seen = {.kind = VALUE_BYTES, .bytes = {.full = tape_len(tape)}};
    size_t len = tape->nhead + tape->len;
    uint8_t *bytes = ARENA_ARRAY(arena, uint8_t, len + 1);

    while (seen.bytes.len < len && tape_at(tape, seen.bytes.len) != TAPE_UNKNOWN) {
        bytes[seen.bytes.len] = (uint8_t)tape_at(tape, seen.bytes.len);
        seen.bytes.len++;
    }
    seen.bytes.ptr = bytes;
    return (struct difference){"data", pat_kept(expect, step->args[LINE_DATA], arena),
                               value_kept(expect, &(struct names){0}, &seen, arena)};
}

static const char *total_expected(const struct expect *expect, const struct total *total, struct arena *arena)
{
    if (total->count)
        return arena_printf(arena, "%s bytes", pat_kept(expect, total->count, arena));
    if (total->times > 1)
        return arena_printf(arena, "%s x %" PRId64, pat_kept(expect, total->text, arena), total->times);
    return pat_kept(expect, total->text, arena);
}

/* The bytes from the beginning, as far as one looks at them, and how many there are where that is not seen.
 */
struct difference text_total(const struct expect *expect, const struct step *step,
                             const struct event *const *events, size_t nevents, struct arena *arena)
{
    struct difference out = {"all data", total_expected(expect, &step->total, arena), NULL};
    struct buf head = {0}, text = {0};
    uint64_t sum = 0;

    for (size_t i = 0; i < nevents; i++) {
        const uint8_t *bytes;
        uint64_t full;
        size_t len;

        if (!event_data(events[i], &bytes, &len, &full))
            continue;
        if (head.len == sum && head.len <= BRIEF_STRLEN)
            buf_add(&head, bytes, len);
        sum += full;
    }
    if (step->total.count) {
        out.seen = arena_printf(arena, "%" PRIu64 " bytes", sum);
    } else {
        value_brief(&text, value_bytes(arena, buf_str(&head), head.len, sum), BRIEF_STRLEN);
        if (sum > BRIEF_STRLEN)
            buf_addf(&text, " (%" PRIu64 " bytes)", sum);
        out.seen = keep(arena, &text);
    }
    buf_release(&head);
    buf_release(&text);
    return out;
}
