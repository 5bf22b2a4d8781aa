/* bless/block.c: the text of lines. */
#include "bless/block.h"

#include "bless/item.h"
#include "expect/line.h"

#include <inttypes.h>
#include <string.h>

const char *story_name(struct role_story *story, const char *stem)
{
    const char *name = stem;
    bool taken = true;

    for (unsigned n = 2; taken; n++) {
        taken = false;
        vec_each (const char *, other, &story->names)
            taken = taken || !strcmp(*other, name);
        if (taken)
            name = arena_printf(story->arena, "%s%u", stem, n);
    }
    vec_push(&story->names, name);
    return name;
}

static const char *fresh_name(void *arg, const char *stem)
{
    return story_name(arg, stem);
}

/* ---- names of sockets ---- */

static const char *stem_of(const struct sample_sock *sock)
{
    if (sock->made && sock->made->canon == CANON_ACCEPT)
        return "conn";
    return sock->listens ? "listener" : "s";
}

static void name_sockets(struct draft *block)
{
    for (size_t place = 0; place < block->nplaces; place++) {
        const char *name = NULL;

        for (size_t i = 0; i < block->ninstances; i++) {
            struct sample_sock *sock = block->places[i][place];

            if (sock->name)
                continue; /* by the line that opened its life */
            name = name ? name : story_name(block->story, stem_of(sock));
            sock->name = name;
            sock->scope = &block->scope;
        }
    }
}

/* ---- parts of a line ---- */

struct line {
    struct draft *block;
    const struct item *item;
    struct buf text, note;
    struct value_writer writer;
    struct seen_value *values;
};

static size_t gather_arg(struct line *line, size_t arg)
{
    size_t n = 0;

    vec_each (const struct occurrence, seen, &line->item->list)
        line->values[n++] = (struct seen_value){line->block->instances[seen->instance].sample,
                                                arg < seen->event->ncargs ? seen->event->cargs[arg] : NULL};
    return n;
}

static void write_arg(struct line *line, size_t arg)
{
    size_t n = gather_arg(line, arg);

    buf_adds(&line->text, arg ? ", " : "");
    values_write(&line->writer, line->values, n);
}

static bool is_data_call(const struct event *event)
{
    return canon_is_send(event->canon) || canon_is_recv(event->canon);
}

/* The bytes of a single call: what it moved, or what it was to send where it failed. false: there are none.
 */
static bool bytes_of(const struct event *event, struct seen_bytes *out, bool *cut)
{
    const struct value *data = event->ncargs > LINE_DATA ? value_final(event->cargs[LINE_DATA]) : NULL;
    bool is_send = canon_is_send(event->canon);
    uint64_t full;

    if (event_data(event, &out->bytes, &out->len, &full)) {
        *cut = *cut || out->len < full;
        return is_send || full || !event->is_stream;
    }
    if (!is_send || !data || data->kind != VALUE_BYTES || data->bytes.len < data->bytes.full)
        return false;
    out->bytes = data->bytes.ptr;
    out->len = data->bytes.len;
    return true;
}

/* Of calls that stand for themselves: datagrams, bytes that were looked at, failures. */
static void write_moved(struct line *line)
{
    struct seen_bytes *all = ARENA_ARRAY(line->writer.arena, struct seen_bytes, line->item->list.len);
    size_t n = 0;
    bool cut = false;

    buf_adds(&line->text, ", ");
    vec_each (const struct occurrence, seen, &line->item->list) {
        all[n].sample = line->block->instances[seen->instance].sample;
        if (!bytes_of(seen->event, &all[n], &cut) || all[n].len > SAMPLE_LINE_MOST) {
            buf_addc(&line->text, '_');
            return;
        }
        n++;
    }
    buf_addc(&line->text, '"');
    bytes_write(&line->writer, all, n);
    buf_adds(&line->text, cut ? "\"..." : "\"");
}

/* `{msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[$conn], ...}], ...}` */
static bool write_passed(struct line *line)
{
    size_t n = 0;

    vec_each (const struct occurrence, seen, &line->item->list) {
        const struct value *fds = sample_passed(seen->event);

        if (!fds)
            return false;
        line->values[n++] = (struct seen_value){line->block->instances[seen->instance].sample, fds};
    }
    buf_adds(&line->text, ", {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=");
    values_write(&line->writer, line->values, n);
    buf_adds(&line->text, ", ...}], ...}");
    return true;
}

static const char *error_name(const struct line *line, int err)
{
    const char *name = nametab_name(&nametab_errno, (uint64_t)err);

    return name ? name : arena_printf(line->writer.arena, "%d", err);
}

static void write_errors(struct line *line)
{
    const char *done = " -1 ";

    vec_each (const struct occurrence, seen, &line->item->list) {
        bool again = !seen->event->err;

        for (const struct occurrence *other = line->item->list.items; other < seen; other++)
            again = again || other->event->err == seen->event->err;
        if (again)
            continue;
        buf_addf(&line->text, "%s%s", done, error_name(line, seen->event->err));
        done = " or ";
    }
}

static void write_success(struct line *line)
{
    const struct item *item = line->item;
    int64_t *numbers = ARENA_ARRAY(line->writer.arena, int64_t, item->list.len);
    size_t n = 0, with_value = 0;

    vec_each (const struct occurrence, seen, &item->list) {
        if (seen->event->err)
            continue;
        line->values[n] =
            (struct seen_value){line->block->instances[seen->instance].sample, seen->event->ret};
        numbers[n++] = seen->event->result;
        with_value += seen->event->ret != NULL;
    }
    buf_addc(&line->text, ' ');
    if (with_value == n)
        values_write(&line->writer, line->values, n);
    else
        numbers_write(&line->writer, numbers, n);
}

/* A socket that is made gets its name. */
static const char *made_name(const struct line *line)
{
    const struct occurrence *seen = &line->item->list.items[0];
    const struct sample_sock *sock =
        sample_sock(line->block->instances[seen->instance].sample, seen->event->made[0]);

    return sock && seen->event->canon != CANON_SOCKETPAIR ? sock->name : NULL;
}

static void write_result(struct line *line)
{
    const char *name = made_name(line);
    size_t failed = 0;

    vec_each (const struct occurrence, seen, &line->item->list)
        failed += seen->event->err != 0;
    buf_adds(&line->text, " =");
    if (name && !failed) {
        buf_addf(&line->text, " $%s", name);
        return;
    }
    if (failed < line->item->list.len)
        write_success(line);
    if (failed && failed < line->item->list.len)
        buf_adds(&line->text, " or");
    if (failed)
        write_errors(line);
}

static const char *call_name(const struct event *event)
{
    return sample_passed(event)                                        ? event->name
           : event->canon == CANON_NONE || event->canon == CANON_OTHER ? event->name
                                                                       : canon_name(event->canon);
}

static void write_args(struct line *line)
{
    const struct event *event = line->item->list.items[0].event;
    size_t nargs = event->ncargs;

    vec_each (const struct occurrence, seen, &line->item->list)
        nargs = seen->event->ncargs < nargs ? seen->event->ncargs : nargs;
    buf_addf(&line->text, "%s(", call_name(event));
    for (size_t arg = 0; arg < nargs; arg++) {
        if (arg == LINE_DATA && is_data_call(event) && sample_passed(event)) {
            if (!write_passed(line))
                write_moved(line);
        } else if (arg == LINE_DATA && is_data_call(event))
            write_moved(line);
        else
            write_arg(line, arg);
    }
    buf_addc(&line->text, ')');
}

static void write_stream(struct line *line)
{
    const struct item *item = line->item;
    struct draft *block = line->block;
    struct seen_bytes *all = ARENA_ARRAY(line->writer.arena, struct seen_bytes, block->ninstances);
    size_t n = 0;

    for (size_t i = 0; i < block->ninstances; i++) {
        const struct stream *stream = block_stream(block, i, item->place, item->is_send);
        uint64_t to = item->is_whole ? stream->bytes.len : item->to;

        if (to > item->from)
            all[n++] = (struct seen_bytes){block->instances[i].sample,
                                           (const uint8_t *)stream->bytes.data + item->from,
                                           (size_t)(to - item->from)};
    }
    buf_addf(&line->text, "%s%s($%s, \"", n < block->ninstances ? "optional " : "",
             item->is_send ? "send" : "recv", block->places[0][item->place]->name);
    bytes_write(&line->writer, all, n);
    buf_adds(&line->text, "\", ");
    n = gather_arg(line, 2);
    values_write(&line->writer, line->values, n);
    buf_addc(&line->text, ')');
}

static void write_note(struct line *line)
{
    if (line->note.len)
        buf_addf(&line->text, "    # seen: %s", buf_str(&line->note));
}

/* ---- lines ---- */

/* The close of a socket that travelled: that of its last reference has to have a line, another may. */
static bool may_be_last(const struct line *line)
{
    const struct occurrence *seen = &line->item->list.items[0];
    const struct sample_sock *sock =
        sample_sock(line->block->instances[seen->instance].sample, seen->event->sock);

    return seen->event->canon == CANON_CLOSE && sock && sock->is_passed;
}

static void write_call(struct line *line)
{
    if (line->item->repeats)
        buf_adds(&line->text, "repeat ");
    else if (may_be_last(line))
        buf_adds(&line->text, "optional ");
    write_args(line);
    write_result(line);
    if (line->item->repeats) {
        size_t least = SIZE_MAX, most = 0;

        for (size_t i = 0; i < line->block->ninstances; i++) {
            size_t n = 0;

            vec_each (const struct occurrence, seen, &line->item->list)
                n += seen->instance == i;
            least = n < least ? n : least;
            most = n > most ? n : most;
        }
        buf_addf(&line->note, "%s%zu to %zu times", line->note.len ? "; " : "", least, most);
    }
    write_note(line);
}

static bool write_life(struct line *line)
{
    const struct item *item = line->item;
    struct draft *block = line->block;
    const char *name = story_name(block->story, item->list.items[0].event->canon == CANON_ACCEPT
                                                    ? "conn"
                                                    : stem_of(item->lives.items[0].sock));
    struct buf inner = {0};
    bool ok;

    vec_each (struct instance, life, &item->lives) {
        life->sock->name = name;
        life->sock->scope = &block->scope;
    }
    if (item->kind == ITEM_EACH) {
        buf_adds(&line->text, "each ");
        if (item->least == item->most)
            buf_addf(&line->text, "%zu ", item->most);
    }
    write_args(line);
    buf_addf(&line->text, " = $%s {", name);
    if (item->kind == ITEM_EACH && item->least != item->most)
        buf_addf(&line->note, "%s%zu to %zu lives", line->note.len ? "; " : "", item->least, item->most);
    write_note(line);
    ok = block_write(&inner, block->story, &block->scope, item->lives.items, item->lives.len, 1);
    buf_addf(&line->text, "\n%s}", buf_str(&inner));
    buf_release(&inner);
    return ok;
}

static bool write_item(struct draft *block, struct item *item)
{
    struct arena *arena = block->story->arena;
    struct line line = {.block = block, .item = item};
    bool ok = true;

    line.values = ARENA_ARRAY(arena, struct seen_value, item->list.len + 1);
    line.writer =
        (struct value_writer){.scope = &block->scope, .arena = arena, .out = &line.text, .note = &line.note};
    /* A line that stands for one call in each run has one port in each. */
    if (item->kind == ITEM_CALL && !item->repeats && item->list.len == block->ninstances)
        line.writer.ports = &block->ports;
    switch (item->kind) {
    case ITEM_CALL: write_call(&line); break;
    case ITEM_DATA:
        write_stream(&line);
        write_note(&line);
        break;
    case ITEM_LIFE:
    case ITEM_EACH: ok = block->ports.counts || write_life(&line); break;
    }
    item->text = arena_strdup(arena, buf_str(&line.text));
    buf_release(&line.text);
    buf_release(&line.note);
    return ok;
}

/* ---- totals ---- */

/* How long a piece is that the bytes are made of, again and again; 0: of none that is short. */
static size_t period_of(const struct buf *bytes)
{
    enum { PERIOD_MOST = 64 };

    for (size_t p = 1; p <= PERIOD_MOST && p < bytes->len; p++)
        if (bytes->len % p == 0 && !memcmp(bytes->data, bytes->data + p, bytes->len - p))
            return p;
    return 0;
}

static void write_total(const struct draft *block, bool is_send, struct buf *out)
{
    const struct stream *first = block_stream(block, 0, 0, is_send);
    struct arena *arena = block->story->arena;
    struct buf text = {0};
    struct value_writer writer = {.scope = &block->scope, .arena = arena, .out = &text};
    int64_t *lengths = ARENA_ARRAY(arena, int64_t, block->ninstances);
    size_t period = period_of(&first->bytes);
    bool same = period > 0;

    for (size_t i = 0; i < block->ninstances; i++) {
        const struct stream *stream = block_stream(block, i, 0, is_send);

        lengths[i] = stream->pieces.len ? (int64_t)stream->pieces.items[stream->pieces.len - 1].to : 0;
        same = same && stream->bytes.len == (size_t)lengths[i] && stream->bytes.len == first->bytes.len &&
               !memcmp(stream->bytes.data, first->bytes.data, first->bytes.len);
    }
    if (same) {
        struct seen_bytes piece = {block->instances[0].sample, (const uint8_t *)first->bytes.data, period};

        bytes_write(&writer, &piece, 1);
        buf_addf(out, "%s \"%s\" x %zu\n", is_send ? "sends" : "receives", buf_str(&text),
                 first->bytes.len / period);
    } else {
        numbers_write(&writer, lengths, block->ninstances);
        buf_addf(out, "%s %s bytes\n", is_send ? "sends" : "receives", buf_str(&text));
    }
    buf_release(&text);
}

static bool has_items(const struct draft *block, bool is_send)
{
    vec_each (struct item, item, &block->items)
        if (item->kind == ITEM_DATA && item->place == 0 && item->is_send == is_send)
            return true;
    return false;
}

static bool write_totals(const struct draft *block, struct buf *out)
{
    for (size_t place = 0; place < block->nplaces; place++)
        for (int is_send = 0; is_send < 2; is_send++) {
            if (!block_stream(block, 0, place, is_send)->pieces.len || has_items(block, is_send))
                continue;
            if (!block->instances[0].sock) {
                bool has_lines = false;

                vec_each (struct item, item, &block->items)
                    has_lines = has_lines ||
                                (item->kind == ITEM_DATA && item->place == place && item->is_send == is_send);
                if (has_lines)
                    continue;
                err_set(block->story->err, "$%s moves more than %d bytes, and has no block to say so in",
                        block->places[0][place]->name, SAMPLE_LINE_MOST);
                return false;
            }
            for (unsigned d = 0; d < block->depth; d++)
                buf_adds(out, "    ");
            write_total(block, is_send, out);
        }
    return true;
}

/* ---- a block ---- */

static void release(struct draft *block)
{
    vec_each (struct item, item, &block->items) {
        vec_release(&item->list);
        vec_release(&item->lives);
    }
    vec_release(&block->items);
    for (size_t i = 0; block->streams && i < block->ninstances * block->nplaces * 2; i++) {
        vec_release(&block->streams[i].pieces);
        buf_release(&block->streams[i].bytes);
    }
    vec_release(&block->ports.list);
}

bool block_write(struct buf *out, struct role_story *story, const struct bless_scope *up,
                 const struct instance *instances, size_t len, unsigned depth)
{
    enum { ITEMS_MOST = 1000 };
    struct draft block = {.story = story,
                          .scope = {up},
                          .instances = instances,
                          .ninstances = len,
                          .depth = depth,
                          .ports = {.fresh = fresh_name, .arg = story}};
    bool ok = block_gather(&block);

    if (ok && block.items.len > ITEMS_MOST) {
        err_set(story->err, "a block would have %zu lines", block.items.len);
        ok = false;
    }
    if (ok)
        name_sockets(&block);
    for (int round = 0; ok && round < 2; round++) {
        block.ports.counts = round == 0;
        vec_each (struct item, item, &block.items)
            ok = ok && write_item(&block, item);
    }
    if (ok)
        ok = write_totals(&block, out);
    if (ok) {
        block_order(&block);
        block_print(&block, out);
    }
    release(&block);
    return ok;
}
