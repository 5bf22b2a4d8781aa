/* expect/align.c: from the cheapest path to rows in the order of the story. */
#include "expect/line.h"
#include "expect/match.h"
#include "expect/search.h"
#include "expect/text.h"

#include <stdlib.h>
#include <string.h>

/* A row, and where it stands in the story: behind how many of the role's events. */
struct placed {
    struct align_row row;
    size_t key;
    size_t order; /* of rows with one key */
    unsigned cost;
    bool dropped;
};

/* Bytes taken from a stream before the line that they belong to was complete. */
struct contribution {
    uint64_t sock;
    bool is_send;
    size_t event; /* index into past */
};

struct align {
    const struct expect *expect;
    const struct past *past;
    struct arena *arena; /* of the result */
    VEC(struct placed) rows;
};

/* One block's path being told. */
struct telling {
    struct align *align;
    const struct search *search;
    uint64_t sock;
    unsigned depth;
    size_t key; /* rows go no further back */
    VEC(struct contribution) waiting;
};

struct indexes {
    VEC(size_t) list;
};

struct cells {
    VEC(uint16_t) list;
};

static void tell(struct align *align, const struct search *search, const struct node *end, uint64_t sock,
                 unsigned depth, size_t key);

static const struct past_event *seen_at(const struct align *align, size_t index)
{
    return &align->past->events.items[index];
}

static struct align_row *put(struct telling *t, enum align_op op, const struct step *step,
                             const size_t *events, size_t nevents)
{
    struct align *align = t->align;
    const struct event **copy = ARENA_ARRAY(align->arena, const struct event *, nevents + 1);
    struct placed placed = {.order = align->rows.len};

    for (size_t i = 0; i < nevents; i++) {
        copy[i] = seen_at(align, events[i])->origin;
        if (copy[i]->message) /* the trace does not have it */
            copy[i] = event_copy(align->arena, copy[i]);
        if (events[i] + 1 > t->key)
            t->key = events[i] + 1;
    }
    placed.key = t->key;
    placed.row = (struct align_row){
        .op = op, .depth = t->depth, .step = step, .sock = t->sock, .events = copy, .nevents = nevents};
    vec_push(&align->rows, placed);
    return &align->rows.items[align->rows.len - 1].row;
}

/* Take from those that wait the events of one stream. */
static struct indexes take_waiting(struct telling *t, uint64_t sock, bool is_send)
{
    struct indexes out = {0};
    size_t kept = 0;

    for (size_t i = 0; i < t->waiting.len; i++) {
        struct contribution it = t->waiting.items[i];

        if (it.sock == sock && it.is_send == is_send)
            vec_push(&out.list, it.event);
        else
            t->waiting.items[kept++] = it;
    }
    t->waiting.len = kept;
    return out;
}

/* A row of the event, and of those on its stream that wait for the same line. */
static struct align_row *put_stream(struct telling *t, enum align_op op, const struct step *step,
                                    size_t index)
{
    const struct event *event = seen_at(t->align, index)->event;
    struct indexes events = {0};
    struct align_row *row;

    if (line_is_stream(event))
        events = take_waiting(t, event->sock, canon_is_send(event->canon));
    vec_push(&events.list, index);
    row = put(t, op, step, events.list.items, events.list.len);
    vec_release(&events.list);
    return row;
}

static void put_lines(struct telling *t, const struct lines *last, size_t index)
{
    VEC(const struct step *) steps = {0};

    for (const struct lines *it = last; it; it = it->before)
        vec_push(&steps, it->step);
    for (size_t i = steps.len; i > 0; i--)
        put_stream(t, ALIGN_KEPT, steps.items[i - 1], index);
    vec_release(&steps);
}

static void tell_child(struct telling *t, struct child *child)
{
    struct telling libc = {.align = t->align, .depth = t->depth, .sock = t->sock};

    if (child->opener) {
        tell(t->align, &child->search, search_child(child), child->sock, t->depth + 1, t->key);
        return;
    }
    for (size_t i = 0; i < child->search.nevents; i++)
        if (seen_at(t->align, child->search.events[i])->event->kind == EVENT_CALL)
            put(&libc, ALIGN_PASSED, NULL, &child->search.events[i], 1);
}

static void tell_move(struct telling *t, const struct node *node, size_t index)
{
    const struct event *event = seen_at(t->align, index)->event;
    enum align_op op = node->overlap ? ALIGN_MOVED : ALIGN_KEPT;

    switch (node->move.took) {
    case TOOK_CALL: put(t, op, node->move.lines->step, &index, 1); break;
    case TOOK_ANY:
        put(t, op, t->search->machine.block->insns[node->before->config->pc].step, &index, 1);
        break;
    case TOOK_PASSED:
    case TOOK_LIBC: put(t, ALIGN_PASSED, NULL, &index, 1); break;
    case TOOK_BYTES:
        put_lines(t, node->move.lines, index);
        if (node->move.rest)
            vec_push(&t->waiting, ((struct contribution){event->sock, canon_is_send(event->canon), index}));
        break;
    }
}

static void set_difference(struct align_row *row, struct difference difference)
{
    row->what = difference.what;
    row->expected = difference.expected;
    row->seen = difference.seen;
}

/* A changed data line is told with all bytes that came for it, not only those of the last call. */
static void tell_changed(struct telling *t, const struct node *node, size_t index)
{
    const struct config *before = node->before->config;
    const struct event *event = seen_at(t->align, index)->event;
    const struct pending *pending = config_pending(before, event->sock, canon_is_send(event->canon));
    struct align_row *row = put_stream(t, ALIGN_CHANGED, node->step, index);
    struct tape tape = {0};

    if (pending && line_is_stream(event) && line_is_on(&before->names, node->step, event) &&
        event_data(event, &tape.bytes, &tape.len, &tape.full)) {
        tape.head = pending->cells;
        tape.nhead = pending->len;
        set_difference(row, text_data(t->align->expect, node->step, &tape, t->align->arena));
    } else {
        set_difference(row,
                       text_difference(t->align->expect, &before->names, node->step, event, t->align->arena));
    }
}

static void tell_cut(struct telling *t, const struct node *node)
{
    const struct pending *pending = search_waiting(node->before->config, node->step);
    struct indexes events = take_waiting(t, pending->sock, pending->is_send);
    struct tape tape = {.head = pending->cells, .nhead = pending->len};
    struct align_row *row = put(t, ALIGN_CHANGED, node->step, events.list.items, events.list.len);

    set_difference(row, text_data(t->align->expect, node->step, &tape, t->align->arena));
    vec_release(&events.list);
}

/* A sum, with all calls that it counts. */
static void tell_total(struct telling *t, const struct node *node)
{
    const struct search *search = t->search;
    bool fits = node->own_cost == 0;
    struct indexes counted = {0};
    struct align_row *row;

    for (size_t i = 0; i < search->nevents; i++)
        if (search_counted(search, node->step, i))
            vec_push(&counted.list, search->events[i]);
    if (counted.list.len || !fits) {
        row = put(t,
                  fits               ? ALIGN_KEPT
                  : counted.list.len ? ALIGN_CHANGED
                                     : ALIGN_MISSING,
                  node->step, counted.list.items, counted.list.len);
        if (row->op == ALIGN_CHANGED)
            set_difference(
                row, text_total(t->align->expect, node->step, row->events, row->nevents, t->align->arena));
    }
    vec_release(&counted.list);
}

static void tell_left(struct telling *t)
{
    vec_each (const struct contribution, it, &t->waiting)
        put(t, ALIGN_EXTRA, NULL, &it->event, 1);
    t->waiting.len = 0;
}

static void tell_node(struct telling *t, const struct node *node)
{
    bool has_event = node->edge == EDGE_MOVE || node->edge == EDGE_EXTRA || node->edge == EDGE_CHANGED;
    size_t index = has_event ? t->search->events[node->before->at] : 0;
    size_t first = t->align->rows.len;

    switch (node->edge) {
    case EDGE_BEGIN:
    case EDGE_FOREIGN: break;
    case EDGE_MOVE: tell_move(t, node, index); break;
    case EDGE_EXTRA: put(t, ALIGN_EXTRA, NULL, &index, 1); break;
    case EDGE_MISSING: put(t, ALIGN_MISSING, node->step, NULL, 0); break;
    case EDGE_CHANGED: tell_changed(t, node, index); break;
    case EDGE_CUT: tell_cut(t, node); break;
    case EDGE_LEFT: tell_left(t); break;
    case EDGE_TOTAL: tell_total(t, node); break;
    }
    if (t->align->rows.len > first)
        t->align->rows.items[first].cost = node->own_cost;
    if (node->child)
        tell_child(t, node->child);
}

/*
 * A line that is missing here and an event that is one too many there, and fits it, are one call out of its
 * place: told where it first shows. A line that opens a life is not looked for: its block would have to move
 * along.
 */
static void join_moved(struct align *align, const size_t *own, size_t nown, const struct names *names)
{
    struct names look = *names;

    look.fixed = true;
    look.arena = align->arena;
    for (size_t i = 0; i < nown; i++)
        for (size_t j = 0; j < nown; j++) {
            struct placed *missing = &align->rows.items[own[i]], *extra = &align->rows.items[own[j]];
            struct placed *shown = i < j ? missing : extra;
            struct placed *other = i < j ? extra : missing;

            if (missing->dropped || extra->dropped || missing->row.op != ALIGN_MISSING ||
                extra->row.op != ALIGN_EXTRA || missing->row.step->has_life ||
                !line_fits(&look, missing->row.step, extra->row.events[0]))
                continue;
            shown->row.step = missing->row.step;
            shown->row.events = extra->row.events;
            shown->row.nevents = extra->row.nevents;
            shown->row.op = ALIGN_MOVED;
            other->dropped = true;
            shown->cost = COST_MOVED;
        }
}

/* Does this row hold the one receive that was made where the line `step` was due? For a line of
 * one call that is only said of what fits the later line no better. */
static bool is_in_place_of(const struct placed *placed, const struct step *step, struct names *names)
{
    const struct align_row *row = &placed->row;
    bool changed = row->op == ALIGN_CHANGED;

    if ((row->op != ALIGN_KEPT && !changed) || row->nevents != 1 || !row->step ||
        !canon_is_recv(step->canon) || !line_is_call(step, row->events[0]))
        return false;
    return line_is_on(names, step, row->events[0]) ||
           (changed && step->nargs > LINE_DATA && !step->errnos && line_part(names, step, row->events[0], 0));
}

/*
 * A receive that got something else, or the end of the stream, may fit a later receive of the pattern for
 * less; but it is the one that was due first that it was made for: that line is told as changed, and the
 * later one as missing.
 */
static void join_due(struct align *align, const size_t *own, size_t nown, const struct names *names)
{
    struct names look = *names;

    look.fixed = true;
    look.arena = align->arena;
    for (size_t i = 0; i < nown; i++) {
        struct placed *due = &align->rows.items[own[i]], *got;
        size_t j = i + 1;

        while (j < nown && align->rows.items[own[j]].row.op == ALIGN_MISSING)
            j++;
        if (due->row.op != ALIGN_MISSING || j == nown)
            continue;
        got = &align->rows.items[own[j]];
        if (!is_in_place_of(got, due->row.step, &look))
            continue;
        due->row.op = ALIGN_CHANGED;
        due->row.events = got->row.events;
        due->row.nevents = got->row.nevents;
        set_difference(&due->row, text_difference(align->expect, &look, due->row.step, due->row.events[0],
                                                  align->arena));
        got->row = (struct align_row){
            .op = ALIGN_MISSING, .depth = got->row.depth, .step = got->row.step, .sock = got->row.sock};
        for (; i < j; i++)
            align->rows.items[own[i]].key = got->key;
    }
}

static bool is_on_stream_of(const struct placed *placed, const struct event *event)
{
    const struct event *other = placed->row.nevents ? placed->row.events[0] : NULL;

    return !placed->dropped && other && line_is_stream(other) && other->sock == event->sock &&
           canon_is_send(other->canon) == canon_is_send(event->canon);
}

static int compare_events(const void *a, const void *b)
{
    const struct event *const *x = a, *const *y = b;

    return ((*x)->seq > (*y)->seq) - ((*x)->seq < (*y)->seq);
}

static void append_cells(struct cells *cells, const struct event *event)
{
    const uint8_t *bytes;
    uint64_t full;
    size_t len;

    if (!event_data(event, &bytes, &len, &full))
        return;
    for (size_t i = 0; i < len; i++)
        vec_push(&cells->list, bytes[i]);
    if (len < full)
        vec_push(&cells->list, TAPE_UNKNOWN);
}

/* Give the changed data line `row` the bytes of another call on its stream as well. */
static void take_bytes(struct align *align, struct placed *changed, struct placed *extra)
{
    struct align_row *row = &changed->row;
    const struct event **events = ARENA_ARRAY(align->arena, const struct event *, row->nevents + 2);
    struct cells cells = {0};
    struct tape tape = {0};

    memcpy(events, row->events, row->nevents * sizeof(*events));
    events[row->nevents++] = extra->row.events[0];
    qsort(events, row->nevents, sizeof(*events), compare_events);
    row->events = events;
    extra->dropped = true;
    for (size_t i = 0; i < row->nevents; i++)
        append_cells(&cells, events[i]);
    tape.head = cells.list.items;
    tape.nhead = cells.list.len;
    set_difference(row, text_data(align->expect, row->step, &tape, align->arena));
    vec_release(&cells.list);
}

/*
 * A stream that went another way at a data line is that line's up to the next one that holds: a call on it
 * that no line has taken brought no more than some of the bytes that differ.
 */
static void join_stream(struct align *align, const size_t *own, size_t nown)
{
    for (size_t i = 0; i < nown; i++) {
        struct placed *changed = &align->rows.items[own[i]], *extra;

        if (changed->row.op != ALIGN_CHANGED || !changed->row.step->is_data ||
            !line_is_stream(changed->row.events[0]) || strcmp(changed->row.what, "data") != 0)
            continue;
        for (int way = -1; way <= 1; way += 2)
            for (size_t j = i + (size_t)way; j < nown; j += (size_t)way) {
                extra = &align->rows.items[own[j]];
                if (!is_on_stream_of(extra, changed->row.events[0]))
                    continue;
                if (extra->row.op != ALIGN_EXTRA || extra->row.events[0]->err ||
                    extra->row.events[0]->unfinished)
                    break;
                take_bytes(align, changed, extra);
            }
    }
}

/* The rows of a block's path, and those of the lives that it opened. */
static void tell(struct align *align, const struct search *search, const struct node *end, uint64_t sock,
                 unsigned depth, size_t key)
{
    struct telling t = {.align = align, .search = search, .sock = sock, .depth = depth, .key = key};
    VEC(const struct node *) path = {0};
    struct indexes own = {0};

    for (const struct node *node = end; node; node = node->before)
        vec_push(&path, node);
    for (size_t i = path.len; i > 0; i--) {
        size_t next = align->rows.len;
        enum edge edge = path.items[i - 1]->edge;

        tell_node(&t, path.items[i - 1]);
        if (edge != EDGE_LEFT && edge != EDGE_TOTAL && next < align->rows.len)
            vec_push(&own.list, next);
    }
    join_due(align, own.list.items, own.list.len, &end->config->names);
    join_stream(align, own.list.items, own.list.len);
    join_moved(align, own.list.items, own.list.len, &end->config->names);
    vec_release(&path);
    vec_release(&own.list);
    vec_release(&t.waiting);
}

static int compare(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static const struct alignment *finish(struct align *align)
{
    struct alignment *alignment = ARENA_NEW(align->arena, struct alignment);
    struct align_row *rows = ARENA_ARRAY(align->arena, struct align_row, align->rows.len + 1);

    if (align->rows.len)
        qsort(align->rows.items, align->rows.len, sizeof(*align->rows.items), compare);
    vec_each (const struct placed, placed, &align->rows) {
        if (placed->dropped)
            continue;
        rows[alignment->nrows++] = placed->row;
        alignment->cost += placed->cost;
    }
    alignment->rows = rows;
    for (size_t i = 0; i < alignment->nrows && !alignment->first; i++)
        if (rows[i].op != ALIGN_KEPT && rows[i].op != ALIGN_PASSED)
            alignment->first = &rows[i];
    return alignment;
}

const struct alignment *align_role(const struct expect *expect, const struct role *role,
                                   const struct trace *trace, const struct model *model, struct arena *arena)
{
    struct arena work = {0};
    const struct program *program = program_make(&work, expect, role);
    struct past past;
    struct searches searches;
    struct align align = {.expect = expect, .past = &past, .arena = arena};
    const struct alignment *alignment;
    const struct node *end;

    (void)model;
    past_init(&past, trace, role->name, program, &work);
    searches_init(&searches, program, &past, &work);
    end = search_role(&searches);
    tell(&align, &searches.role, end, 0, 0, 0);
    alignment = finish(&align);
    vec_release(&align.rows);
    searches_release(&searches);
    past_release(&past);
    arena_release(&work);
    return alignment;
}
