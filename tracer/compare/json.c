/* compare/json.c: what differs, for machines. */
#include "compare/write.h"

#include "base/quote.h"
#include "format/base64.h"
#include "format/jout.h"

#include <string.h>

static void text_member(struct buf *out, const char *key, const char *text)
{
    jout_key(out, key);
    jout_string(out, text);
}

static void number_member(struct buf *out, const char *key, uint64_t n)
{
    jout_key(out, key);
    jout_u64(out, n);
}

/* An event of one of the traces. */
static void event_member(struct buf *out, const char *key, const struct item *item)
{
    const struct frame *frame;
    struct buf line = {0};

    if (!item)
        return;
    frame = event_source(item->origin);
    item_line(&line, item);
    jout_key(out, key);
    buf_addc(out, '{');
    number_member(out, "seq", item->origin->seq);
    text_member(out, "text", buf_str(&line));
    if (frame && frame->file) {
        text_member(out, "file", frame->file);
        number_member(out, "line", (uint64_t)frame->line);
    }
    buf_addc(out, '}');
    buf_release(&line);
}

static void args_member(struct buf *out, const struct change *change)
{
    jout_key(out, "arguments");
    buf_addc(out, '[');
    for (size_t i = 0; i < change->nargs; i++) {
        jout_next(out);
        buf_addc(out, '{');
        text_member(out, "name", change->args[i].what);
        text_member(out, "old", change->args[i].old);
        text_member(out, "new", change->args[i].now);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

/* Bytes that are UTF-8 as text, others in base64, as in a trace; what was not kept is left out, and counted.
 */
static void bytes_member(struct buf *out, const char *key, const struct stream *stream, size_t at, size_t len)
{
    enum { BYTES_MOST = 4096 };
    struct buf bytes = {0};

    for (size_t i = at; i < at + len && bytes.len < BYTES_MOST && stream->cells.items[i] != CELL_UNKNOWN; i++)
        buf_addc(&bytes, (char)stream->cells.items[i]);
    jout_key(out, key);
    buf_addc(out, '{');
    number_member(out, "at", at);
    number_member(out, "len", len);
    if (jout_is_text((const uint8_t *)buf_str(&bytes), bytes.len)) {
        jout_key(out, "text");
        jout_text(out, (const uint8_t *)buf_str(&bytes), bytes.len);
    } else {
        jout_key(out, "base64");
        buf_addc(out, '"');
        base64_encode(out, (const uint8_t *)buf_str(&bytes), bytes.len);
        buf_addc(out, '"');
    }
    buf_addc(out, '}');
    buf_release(&bytes);
}

static void hunks_member(struct buf *out, const struct strand_diff *diff, const struct change *change)
{
    const struct stream *old = &diff->old->streams[change->direction],
                        *now = &diff->now->streams[change->direction];

    jout_key(out, "bytes");
    buf_addc(out, '[');
    for (size_t i = 0; i < change->nhunks; i++) {
        const struct hunk *hunk = &change->hunks[i];

        jout_next(out);
        buf_addc(out, '{');
        bytes_member(out, "old", old, hunk->at[0], hunk->len[0]);
        bytes_member(out, "new", now, hunk->at[1], hunk->len[1]);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void add_change(struct buf *out, const struct strand_diff *diff, const struct change *change)
{
    jout_next(out);
    buf_addc(out, '{');
    text_member(out, "what", change_name(change->kind));
    event_member(out, "old", change->old);
    event_member(out, "new", change->now);
    if (change->kind == CHANGE_BYTES || change->kind == CHANGE_FLAGS)
        text_member(out, "direction", change->direction == MODEL_SEND ? "sent" : "received");
    if (change->kind == CHANGE_BYTES)
        hunks_member(out, diff, change);
    if (change->nargs)
        args_member(out, change);
    if (change->text)
        text_member(out, "order", change->text);
    buf_addc(out, '}');
}

static const char *status_of(const void *old, const void *now)
{
    return old && now ? "differs" : old ? "gone" : "new";
}

static void add_strand(struct buf *out, const struct strand_diff *diff)
{
    const struct strand *strand = diff->old ? diff->old : diff->now;

    jout_next(out);
    buf_addc(out, '{');
    text_member(out, "socket", strand->name);
    text_member(out, "status", status_of(diff->old, diff->now));
    if (diff->old && diff->old->sock)
        number_member(out, "old_sock", diff->old->sock);
    if (diff->now && diff->now->sock)
        number_member(out, "new_sock", diff->now->sock);
    jout_key(out, "changes");
    buf_addc(out, '[');
    vec_each (const struct change, change, &diff->changes)
        add_change(out, diff, change);
    buf_adds(out, "]}");
}

static void ends_member(struct buf *out, const struct actor_diff *actor)
{
    jout_key(out, "ends");
    buf_addc(out, '{');
    text_member(out, "old", actor->old->end);
    text_member(out, "new", actor->now->end);
    buf_addc(out, '}');
}

static void add_actor(struct buf *out, const struct actor_diff *actor)
{
    bool both = actor->old && actor->now;
    bool is_same = both && !actor->strands.len && !actor->order.len && !actor->ends_otherwise;

    jout_next(out);
    buf_addc(out, '{');
    text_member(out, "role", (actor->old ? actor->old : actor->now)->role);
    if (both && strcmp(actor->old->role, actor->now->role) != 0)
        text_member(out, "new_role", actor->now->role);
    text_member(out, "status", is_same ? "same" : status_of(actor->old, actor->now));
    if (both && actor->ends_otherwise)
        ends_member(out, actor);
    jout_key(out, "sockets");
    buf_addc(out, '[');
    vec_each (struct strand_diff *const, it, &actor->strands)
        add_strand(out, *it);
    buf_addc(out, ']');
    jout_key(out, "order");
    buf_addc(out, '[');
    vec_each (const struct change, change, &actor->order)
        add_change(out, NULL, change);
    buf_adds(out, "]}");
}

static void begin(struct buf *out, const struct compare_names *names)
{
    buf_addc(out, '{');
    number_member(out, "diff", 1);
    text_member(out, "version", SOCKDRILL_VERSION);
    text_member(out, "old", names->old);
    text_member(out, "new", names->now);
}

void compare_write_json(struct buf *out, const struct comparison *comparison,
                        const struct compare_names *names)
{
    begin(out, names);
    text_member(out, "result", comparison->ndiffs ? "differs" : "same");
    number_member(out, "differences", comparison->ndiffs);
    jout_key(out, "calls");
    buf_addc(out, '{');
    number_member(out, "old", script_calls(&comparison->old));
    number_member(out, "new", script_calls(&comparison->now));
    buf_addc(out, '}');
    jout_key(out, "roles");
    buf_addc(out, '[');
    vec_each (struct actor_diff *const, it, &comparison->actors)
        add_actor(out, *it);
    buf_adds(out, "]}\n");
}

void compare_write_json_why(struct buf *out, const struct compare_names *names, const char *why)
{
    begin(out, names);
    text_member(out, "result", "untested");
    text_member(out, "why", why);
    buf_adds(out, "}\n");
}
