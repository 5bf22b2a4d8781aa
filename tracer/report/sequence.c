/* report/sequence.c: both ends side by side, with arrows for connections and data between them. */
#include "base/quote.h"
#include "event/brief.h"
#include "report/canvas.h"
#include "report/story.h"
#include "report/views.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Every lane is a vertical line, every event one row: its text stands beside its lane, on the right of it,
 * and on the left of the last lane's. An arrow leaves the text of the sending row, runs down a column of its
 * own, its track, and ends at the text of the row that took what was sent; where no track is free between the
 * two texts, and where nobody took it, it goes straight to the other lane.
 */
enum { STRING_MAX = 16, LANE_MIN = 24, TCP_LISTEN_STATE = 10, TCP_CLOSE_STATE = 7 };

struct placed_row {
    char *text, *state;
    size_t from, to; /* columns of the text */
};

struct drawing {
    const struct story *story;
    struct buf *out;
    bool color, ghost;    /* ghost: a lane for those who are not traced */
    size_t width, nlanes; /* lanes drawn, with the ghost */
    size_t left, right;   /* columns of the first and the last lane */
    struct placed_row *rows;
    size_t *track; /* of each arrow; 0: goes straight */
    struct canvas canvas;
};

static size_t lane_column(const struct drawing *d, int lane)
{
    return d->nlanes < 2 ? d->left : d->left + (d->right - d->left) * (size_t)lane / (d->nlanes - 1);
}

/* The lane at an arrow's end: those who are not traced stand in the ghost lane. STORY_NONE: not drawn. */
static int drawn_lane(const struct drawing *d, int lane)
{
    if (lane == STORY_NONE)
        return d->ghost ? (int)d->nlanes - 1 : STORY_NONE;
    return lane < (int)d->nlanes ? lane : STORY_NONE;
}

static bool is_last_lane(const struct drawing *d, int lane)
{
    return lane > 0 && lane == (int)d->nlanes - 1;
}

/* Failures that only ask the program to come again are none, nor is a server that waits for the next client.
 */
static enum style style_of(const struct event *event)
{
    bool waits = event->canon == CANON_ACCEPT || event->canon == CANON_WAIT;

    if (event->kind == EVENT_LOST || (event->unfinished && !waits))
        return STYLE_BAD;
    if (event->err && event->err != EAGAIN && event->err != EINTR && event->err != EINPROGRESS)
        return STYLE_BAD;
    return event->kind == EVENT_CALL ? STYLE_PLAIN : STYLE_DIM;
}

static char *row_text(const struct drawing *d, const struct story_row *row)
{
    struct buf out = {0};

    if (d->story->lanes.items[row->lane].is_forked && row->event->pid)
        buf_addf(&out, "[%d] ", row->event->pid);
    if (row->event->kind == EVENT_CALL && row->event->unfinished) {
        event_brief_call(&out, row->event, STRING_MAX);
        buf_adds(&out, " did not return");
    } else {
        event_brief(&out, row->event, STRING_MAX);
    }
    return out.data;
}

/* The listen queue, or the state of the socket; after a close only what it left unread is of interest. */
static char *row_state(const struct event *event)
{
    const struct kernel_state *kernel = &event->kernel;
    const char *name = kernel->tcp_state ? nametab_name(&nametab_tcp_state, kernel->tcp_state) : NULL;
    struct buf out = {0};

    if (!kernel->known)
        return NULL;
    if (event->canon == CANON_CLOSE) {
        if (kernel->unread > 0)
            buf_addf(&out, "%" PRId64 " unread", kernel->unread);
    } else if (kernel->queue_max || kernel->tcp_state == TCP_LISTEN_STATE) {
        buf_addf(&out, "queue %" PRIu32 "/%" PRIu32, kernel->queue, kernel->queue_max);
    } else if (name && kernel->tcp_state != TCP_CLOSE_STATE) {
        buf_adds(&out, name);
    }
    return out.data;
}

/* The margins are as wide as the widest state on their side. */
static void place_lanes(struct drawing *d)
{
    size_t margin[2] = {0, 0}, fit;

    for (size_t i = 0; i < d->story->rows.len; i++) {
        const char *state = d->rows[i].state;
        size_t *side = &margin[d->story->rows.items[i].lane > 0];

        if (state && strlen(state) + 1 > *side)
            *side = strlen(state) + 1;
    }
    d->left = margin[0];
    d->right = d->width - 1 - margin[1];
    fit = 1 + (d->right - d->left) / LANE_MIN;
    d->ghost = d->story->lanes.len == 1 && d->story->arrows.len;
    d->nlanes = d->story->lanes.len + d->ghost;
    if (d->nlanes > fit)
        d->nlanes = fit;
}

static void place_texts(struct drawing *d)
{
    for (size_t i = 0; i < d->story->rows.len; i++) {
        struct placed_row *placed = &d->rows[i];
        int lane = d->story->rows.items[i].lane;
        size_t column = lane_column(d, lane), room, width;
        struct buf cut = {0};

        if (lane >= (int)d->nlanes)
            continue;
        room = is_last_lane(d, lane) ? column - d->left - 3 : d->right - column - 3;
        width = layout_cut_call(&cut, placed->text, room);
        free(placed->text);
        placed->text = cut.data;
        placed->from = is_last_lane(d, lane) ? column - 1 - width : column + 2;
        placed->to = placed->from + width;
    }
}

/* How many rows between the two have text at a column. */
static size_t crossings(const struct drawing *d, const struct story_arrow *arrow, size_t column)
{
    enum { FAR = 64 };
    size_t n = 0;

    for (long i = arrow->from + 1; i < arrow->to && i < arrow->from + FAR; i++)
        n += d->rows[i].from <= column + 1 && column <= d->rows[i].to;
    return n;
}

static bool is_free(const struct drawing *d, size_t arrow, size_t column)
{
    long from = d->story->arrows.items[arrow].from;

    for (size_t i = 0; i < arrow; i++)
        if (d->track[i] == column && d->story->arrows.items[i].to >= from)
            return false;
    return true;
}

/* The column in which an arrow runs down: of those that cross the fewest texts the one nearest to where it
 * starts. */
static void choose_track(struct drawing *d, size_t arrow)
{
    const struct story_arrow *a = &d->story->arrows.items[arrow];
    const struct placed_row *from = &d->rows[a->from], *to = &d->rows[a->to];
    bool leftwards = a->to_lane < a->from_lane;
    long lo = (long)(leftwards ? to->to + 3 : from->to + 2);
    long hi = leftwards ? (long)from->from - 3 : (long)to->from - 4;
    size_t best = SIZE_MAX;

    for (long k = 0; lo + k <= hi && best; k++) {
        size_t column = (size_t)(leftwards ? hi - k : lo + k), n = crossings(d, a, column);

        if (n < best && is_free(d, arrow, column)) {
            best = n;
            d->track[arrow] = column;
        }
    }
}

static void place_arrows(struct drawing *d)
{
    for (size_t i = 0; i < d->story->arrows.len; i++) {
        const struct story_arrow *arrow = &d->story->arrows.items[i];
        int from = drawn_lane(d, arrow->from_lane), to = drawn_lane(d, arrow->to_lane);
        int first = from < to ? from : to, last = from < to ? to : from;

        /* Texts of a lane in the middle stand on its right: an arrow from the left would have to cross its
         * line. */
        if (arrow->from >= 0 && arrow->to >= 0 && first == 0 && is_last_lane(d, last))
            choose_track(d, i);
    }
}

static void arrow_label(const struct story_arrow *arrow, char *label, size_t size)
{
    switch (arrow->kind) {
    case ARROW_CONNECTION: snprintf(label, size, " connection "); break;
    case ARROW_FIN: snprintf(label, size, " FIN "); break;
    case ARROW_RESET: snprintf(label, size, " RST "); break;
    case ARROW_DATA:
        snprintf(label, size, " %" PRIu64 " byte%s ", arrow->bytes, arrow->bytes == 1 ? "" : "s");
        break;
    }
}

/* A line over the columns [from, to], its label in the middle where there is room for it. */
static void draw_line(struct drawing *d, size_t from, size_t to, const struct story_arrow *arrow,
                      bool labelled)
{
    enum { LINE_MIN = 4 }; /* so much of the line is to be seen beside a label */
    char label[48];
    size_t len;

    for (size_t column = from; column <= to; column++)
        canvas_line(&d->canvas, column, ARM_LEFT | ARM_RIGHT, arrow->kind == ARROW_CONNECTION);
    arrow_label(arrow, label, sizeof(label));
    len = strlen(label);
    if (labelled && to + 1 >= from + len + LINE_MIN)
        canvas_text(&d->canvas, from + (to + 1 - from - len) / 2, label, STYLE_DIM);
}

static void draw_head(struct drawing *d, size_t column, bool leftwards)
{
    canvas_text(&d->canvas, column, leftwards ? "◀" : "▶", STYLE_PLAIN);
}

/* From the text of row `i` to the line of another lane, or (`arrives`) the other way round. */
static void draw_straight(struct drawing *d, size_t i, const struct story_arrow *arrow, bool arrives)
{
    const struct placed_row *row = &d->rows[i];
    int own = d->story->rows.items[i].lane;
    int other = drawn_lane(d, arrives ? arrow->from_lane : arrow->to_lane);
    bool to_left = other < own;
    size_t lane, from, to;

    if (other == STORY_NONE || other == own)
        return;
    lane = lane_column(d, other);
    from = to_left ? lane + 1 : row->to + 1;
    to = to_left ? row->from - 2 : lane - 1;
    if (to_left && !is_last_lane(d, own))
        to = lane_column(d, own) - 1;
    if (to < from || to >= d->width)
        return;
    draw_line(d, from, to, arrow, true);
    draw_head(d, to_left != arrives ? from : to, to_left != arrives);
}

/* What the arrow with a track has in row `i`: its start, a piece on the way, or its end. */
static void draw_tracked(struct drawing *d, size_t i, const struct story_arrow *arrow, size_t track,
                         bool labelled)
{
    const struct placed_row *row = &d->rows[i];
    bool leftwards = arrow->to_lane < arrow->from_lane, dashed = arrow->kind == ARROW_CONNECTION;

    if (arrow->from == (long)i) {
        canvas_line(&d->canvas, track, ARM_DOWN | (leftwards ? ARM_RIGHT : ARM_LEFT), dashed);
        if (leftwards)
            draw_line(d, track + 1, row->from - 2, arrow, false);
        else
            draw_line(d, row->to + 1, track - 1, arrow, false);
    } else if (arrow->to == (long)i) {
        canvas_line(&d->canvas, track, ARM_UP | (leftwards ? ARM_LEFT : ARM_RIGHT), dashed);
        if (leftwards)
            draw_line(d, row->to + 1, track - 1, arrow, labelled);
        else
            draw_line(d, track + 1, row->from - 2, arrow, labelled);
        draw_head(d, leftwards ? row->to + 1 : row->from - 2, leftwards);
    } else {
        canvas_line(&d->canvas, track, ARM_UP | ARM_DOWN, dashed);
    }
}

/* Does another arrow leave the row of arrow `k` on a track? Then a straight one would hide where it goes. */
static bool has_tracked_twin(const struct drawing *d, size_t k)
{
    const struct story_arrow *arrows = d->story->arrows.items;
    long from = arrows[k].from;
    bool tracked = false;

    for (size_t i = k; from >= 0 && i-- > 0 && arrows[i].from == from;)
        tracked |= d->track[i] != 0;
    for (size_t i = k + 1; from >= 0 && i < d->story->arrows.len && arrows[i].from == from; i++)
        tracked |= d->track[i] != 0;
    return tracked;
}

/* Arrows [first, …) that have begun and may not have ended; returns the first that may go on below row `i`.
 */
static size_t draw_arrows(struct drawing *d, size_t i, size_t first, bool ends)
{
    size_t open = SIZE_MAX, arrivals = 0;

    for (size_t k = first; k < d->story->arrows.len; k++) {
        const struct story_arrow *arrow = &d->story->arrows.items[k];
        long start = arrow->from >= 0 ? arrow->from : arrow->to;
        bool touches = arrow->from == (long)i || arrow->to == (long)i;

        if (start > (long)i)
            break;
        if (open == SIZE_MAX && d->track[k] && arrow->to > (long)i)
            open = k;
        arrivals += arrow->to == (long)i && d->track[k];
        if (d->track[k] && arrow->to >= (long)i && touches == ends)
            draw_tracked(d, i, arrow, d->track[k], arrivals == 1);
        else if (!d->track[k] && start == (long)i && ends && !has_tracked_twin(d, k))
            draw_straight(d, i, arrow, arrow->from < 0);
    }
    while (open == SIZE_MAX && first < d->story->arrows.len) {
        const struct story_arrow *arrow = &d->story->arrows.items[first];

        if ((arrow->from >= 0 ? arrow->from : arrow->to) > (long)i)
            break;
        first++;
    }
    return open == SIZE_MAX ? first : open;
}

static void draw_lanes(struct drawing *d, const struct story_row *row)
{
    for (int lane = 0; lane < (int)d->nlanes; lane++) {
        size_t column = lane_column(d, lane);

        if (row && row->waits & UINT32_C(1) << lane)
            canvas_text(&d->canvas, column, "┊", STYLE_DIM);
        else
            canvas_line(&d->canvas, column, ARM_UP | ARM_DOWN, false);
    }
}

/* Where a lane begins to wait and nothing else stands beside it, say in what. */
static void draw_waits(struct drawing *d, size_t i)
{
    const struct story_row *row = &d->story->rows.items[i];

    for (int lane = 0; lane < (int)d->nlanes - d->ghost; lane++) {
        const struct story_row *next = story_next(d->story, i, lane);
        size_t column = lane_column(d, lane), len, from;
        char text[32];
        bool is_blank = true;

        if (!(row->begins & UINT32_C(1) << lane) || !next)
            continue;
        len = (size_t)snprintf(text, sizeof(text), "%s waits", canon_name(next->event->canon));
        from = is_last_lane(d, lane) ? column - 1 - len : column + 2;
        for (size_t k = from - 1; k <= from + len && k < d->width; k++)
            is_blank &= k == column || (!d->canvas.cells[k].text[0] && !d->canvas.cells[k].arms);
        if (is_blank)
            canvas_text(&d->canvas, from, text, STYLE_DIM);
    }
}

static void draw_row(struct drawing *d, size_t i, size_t *first_arrow)
{
    const struct story_row *row = &d->story->rows.items[i];
    const struct placed_row *placed = &d->rows[i];

    canvas_clear(&d->canvas);
    draw_lanes(d, row);
    draw_arrows(d, i, *first_arrow, false);
    canvas_text(&d->canvas, placed->from - 1, " ", STYLE_PLAIN);
    canvas_text(&d->canvas, placed->from, placed->text, style_of(row->event));
    canvas_text(&d->canvas, placed->to, " ", STYLE_PLAIN);
    *first_arrow = draw_arrows(d, i, *first_arrow, true);
    draw_waits(d, i);
    if (placed->state)
        canvas_text(&d->canvas, row->lane ? d->right + 2 : d->left - 1 - strlen(placed->state), placed->state,
                    STYLE_DIM);
    canvas_write(&d->canvas, d->out, d->color);
}

static char *lane_title(const struct drawing *d, int lane)
{
    const struct story_lane *it = &d->story->lanes.items[lane];
    struct buf title = {0};

    if (d->ghost && is_last_lane(d, lane))
        buf_adds(&title, "not traced");
    else if (it->role[0])
        quote_terminal(&title, it->role, strlen(it->role));
    else
        buf_addf(&title, "pid %d", it->pid);
    return title.data;
}

static void draw_head_lines(struct drawing *d)
{
    canvas_clear(&d->canvas);
    for (int lane = 0; lane < (int)d->nlanes; lane++) {
        char *title = lane_title(d, lane);
        size_t column = lane_column(d, lane), width = layout_width(title);

        if (is_last_lane(d, lane))
            column = width < column ? column + 1 - width : 0;
        canvas_text(&d->canvas, column, title, STYLE_BOLD);
        free(title);
    }
    canvas_write(&d->canvas, d->out, d->color);
    canvas_clear(&d->canvas);
    draw_lanes(d, NULL);
    canvas_write(&d->canvas, d->out, d->color);
}

/* A picture with a hole says so. */
static void write_losses(struct drawing *d, const struct trace *trace)
{
    size_t n = 0;

    vec_each (struct event *, it, &trace->events) {
        struct buf why = {0};

        if ((*it)->kind != EVENT_LOST || n++)
            continue;
        event_brief(&why, *it, STRING_MAX);
        layout_para(d->out, 0, "", buf_str(&why), d->width);
        buf_release(&why);
    }
    if (n > 1)
        buf_addf(d->out, "(and %zu more such notes)\n", n - 1);
    if (trace->cut)
        buf_adds(d->out, "The trace file is cut: its end is missing.\n");
}

static void write_foot(struct drawing *d, const struct trace *trace)
{
    size_t shown = d->nlanes - d->ghost, rows = d->story->hidden;

    buf_addc(d->out, '\n');
    layout_styled(d->out, d->color, STYLE_DIM, "── data   ╌╌ connection   ┊ waits inside a call\n");
    for (size_t i = shown; i < d->story->lanes.len; i++)
        rows += d->story->lanes.items[i].rows;
    if (rows)
        buf_addf(d->out, "Not shown: %zu events of others; %zu lanes fit into %zu columns.\n", rows, shown,
                 d->width);
    write_losses(d, trace);
}

static void write_sequence(struct buf *out, const struct trace *trace, const struct model *model,
                           const struct report_opts *opts)
{
    struct story story = {0};
    struct drawing d = {.story = &story, .out = out, .color = opts->color, .width = report_width(opts)};
    size_t first_arrow = 0;

    story_build(&story, trace, model);
    if (!story.rows.len) {
        buf_adds(out, "No network calls were traced.\n");
        story_release(&story);
        return;
    }
    d.rows = alloc_zeroed(story.rows.len * sizeof(*d.rows));
    d.track = alloc_zeroed(story.arrows.len * sizeof(*d.track));
    for (size_t i = 0; i < story.rows.len; i++) {
        d.rows[i].text = row_text(&d, &story.rows.items[i]);
        d.rows[i].state = row_state(story.rows.items[i].event);
    }
    place_lanes(&d);
    place_texts(&d);
    place_arrows(&d);
    canvas_init(&d.canvas, d.width);
    draw_head_lines(&d);
    for (size_t i = 0; i < story.rows.len; i++)
        if (story.rows.items[i].lane < (int)d.nlanes)
            draw_row(&d, i, &first_arrow);
    write_foot(&d, trace);
    for (size_t i = 0; i < story.rows.len; i++) {
        free(d.rows[i].text);
        free(d.rows[i].state);
    }
    canvas_release(&d.canvas);
    free(d.rows);
    free(d.track);
    story_release(&story);
}

const struct view view_sequence = {
    .name = "sequence",
    .what = "both ends side by side, with arrows for connections and data",
    .write = write_sequence,
};
