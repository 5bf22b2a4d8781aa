/* expect/line.c: call lines against events, part by part. */
#include "expect/line.h"

#include "expect/tape.h"

#include <string.h>
#include <sys/socket.h>

bool line_is_call(const struct step *step, const struct event *event)
{
    if (event->kind != EVENT_CALL)
        return false;
    if (step->exact)
        return strcmp(step->exact, event->name) == 0;
    if (step->canon == event->canon)
        return true;
    return !event->is_stream && ((step->canon == CANON_SENDTO && event->canon == CANON_SEND) ||
                                 (step->canon == CANON_RECVFROM && event->canon == CANON_RECV));
}

static bool is_empty(const struct pat *pat)
{
    return pat->kind == PAT_STR && (pat->str.len == 0 || (pat->str.len == 1 && !pat->str.pieces[0].any &&
                                                          pat->str.pieces[0].len == 0));
}

const struct value *line_message(const struct pat *pat, const struct event *event)
{
    return pat->kind == PAT_STRUCT ? event_arg(event, "msg") : NULL;
}

/* What the call moved; what it was asked to move where it failed. The end of a stream is not data, whatever
 * the data. */
static bool data_fits(struct names *names, const struct step *step, const struct event *event)
{
    const struct pat *pat = step->args[LINE_DATA];
    const struct value *message = line_message(pat, event);
    struct value moved = {.kind = VALUE_BYTES};
    size_t len;

    if (message)
        return unify(names, pat, message);
    if (!event_data(event, &moved.bytes.ptr, &len, &moved.bytes.full))
        return unify(names, pat, event->cargs[LINE_DATA]);
    moved.bytes.len = len;
    if (step->is_data && event->is_stream && moved.bytes.full == 0)
        return is_empty(pat);
    return unify(names, pat, &moved);
}

static bool arg_fits(struct names *names, const struct step *step, const struct event *event, size_t i)
{
    const struct pat *pat = step->args[i];

    /* A connected datagram socket's send names no address: its peer is the address. */
    if (i >= event->ncargs)
        return pat->kind == PAT_ANY || step->canon != event->canon;
    if (i == LINE_DATA && (canon_is_send(event->canon) || canon_is_recv(event->canon)))
        return data_fits(names, step, event);
    return unify(names, pat, event->cargs[i]);
}

static bool errno_fits(struct names *names, const struct step *step, const struct event *event)
{
    struct value value = {.kind = VALUE_SYM, .sym = {.n = (uint64_t)event->err, .tab = &nametab_errno}};

    return event->err != 0 && unify(names, step->errnos, &value);
}

static bool result_fits(struct names *names, const struct step *step, const struct event *event)
{
    struct value value = {.kind = VALUE_INT, .n = (uint64_t)event->result};

    if (event->unfinished)
        return false;
    if (step->errnos && (event->err || !step->result)) /* `= 0 or -1 ENAME` has both */
        return errno_fits(names, step, event);
    if (step->has_life)
        return event->err == 0 && event->made[0] != 0 && event->made[0] != event->sock;
    if (!step->result)
        return event->err == 0;
    if (event->err)
        return step->result->kind != PAT_NAME && unify(names, step->result, &value);
    if (event->made[0] && event->canon != CANON_SOCKETPAIR)
        value = (struct value){.kind = VALUE_FD, .fd = {.n = (int)event->result, .sock = event->made[0]}};
    else if (event->ret)
        return unify(names, step->result, event->ret);
    return unify(names, step->result, &value);
}

bool line_part(struct names *names, const struct step *step, const struct event *event, size_t part)
{
    if (part == LINE_RESULT)
        return result_fits(names, step, event);
    return part >= step->nargs || arg_fits(names, step, event, part);
}

bool line_fits(struct names *names, const struct step *step, const struct event *event)
{
    if (!line_is_call(step, event))
        return false;
    for (size_t part = 0; part < LINE_PARTS; part++)
        if (!line_part(names, step, event, part))
            return false;
    return true;
}

unsigned line_differences(struct names *names, const struct step *step, const struct event *event)
{
    unsigned set = 0;

    for (size_t part = 0; part < LINE_PARTS; part++) {
        struct names attempt = *names;

        attempt.slots =
            (struct bound *)arena_memdup(names->arena, names->slots, names->len * sizeof(*names->slots));
        if (line_part(&attempt, step, event, part))
            names->slots = attempt.slots;
        else
            set |= 1u << part;
    }
    return set;
}

bool line_forbids(const struct names *names, const struct step *step, const struct event *event)
{
    struct names look = *names;
    const struct pat *sock = step->nargs ? step->args[0] : NULL;

    look.fixed = true;
    if (sock && sock->kind == PAT_NAME && names->slots[sock->slot].kind == BOUND_NOT)
        return false;
    return line_fits(&look, step, event);
}

bool line_is_stream(const struct event *event)
{
    const struct value *flags = event->ncargs > 2 ? value_final(event->cargs[2]) : NULL;
    const uint8_t *bytes;
    uint64_t full;
    size_t len;
    int64_t n;

    if (!event->is_stream || !event_data(event, &bytes, &len, &full) || full == 0)
        return false;
    return !value_number(flags, &n) || !(n & (MSG_PEEK | MSG_OOB));
}

bool line_is_on(const struct names *names, const struct step *step, const struct event *event)
{
    struct names look = *names;

    look.fixed = true;
    return step->is_data && !step->errnos && canon_is_send(step->canon) == canon_is_send(event->canon) &&
           (!step->exact || strcmp(step->exact, event->name) == 0) &&
           (step->nargs == 0 || unify(&look, step->args[0], event->cargs[0]));
}

bool line_pieces(const struct names *names, const struct step *step, struct pat_piece *own,
                 const struct pat_piece **pieces, size_t *npieces)
{
    const struct pat *pat = step->args[LINE_DATA];
    const struct value *value;

    if (pat->kind == PAT_STR) {
        *pieces = pat->str.pieces;
        *npieces = pat->str.len;
        return true;
    }
    value = pat->kind == PAT_NAME ? names->slots[pat->slot].value : NULL;
    if (!value || value->kind != VALUE_BYTES || value->bytes.len != value->bytes.full)
        return false;
    *own = (struct pat_piece){.bytes = (const char *)value->bytes.ptr, .len = value->bytes.len};
    *pieces = own;
    *npieces = 1;
    return true;
}
