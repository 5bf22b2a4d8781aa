/* compare/text.c: what differs, as lines with - and + in front. */
#include "compare/hunk.h"
#include "compare/write.h"

#include "base/quote.h"
#include "compare/lcs.h"
#include "report/layout.h"
#include "report/place.h"

#include <string.h>

enum { LINES_MOST = 60, STORY_MOST = 12, ARG_WIDTH = 60, PLACE_COLUMN = 56 };

struct pen {
    struct buf *out;
    const struct report_opts *opts;
};

static void add_escaped(struct buf *out, const char *text)
{
    quote_terminal(out, text, strlen(text));
}

static enum style style_of(char sign)
{
    return sign == '-' ? STYLE_BAD : sign == '+' ? STYLE_GOOD : STYLE_PLAIN;
}

static void begin_line(const struct pen *pen, char sign)
{
    buf_adds(pen->out, "  ");
    if (sign == ' ')
        buf_addc(pen->out, ' ');
    else
        layout_styled(pen->out, pen->opts->color, style_of(sign), (const char[]){sign, '\0'});
    buf_addc(pen->out, ' ');
}

/* ---- items ---- */

static bool is_changed(const struct change *change, const char *what)
{
    for (size_t i = 0; change && i < change->nargs; i++)
        if (!strcmp(change->args[i].what, what))
            return true;
    return false;
}

static void add_part(const struct pen *pen, const char *text, bool marked, char sign)
{
    layout_style(pen->out, pen->opts->color && marked, style_of(sign));
    layout_cut(pen->out, text, ARG_WIDTH);
    layout_style(pen->out, pen->opts->color && marked, STYLE_PLAIN);
}

/* As item_line has it, cut, and with what is changed marked. */
static void add_item(const struct pen *pen, const struct item *item, const struct change *change, char sign)
{
    struct buf *out = pen->out, line = {0};
    size_t shown;

    if (item->kind == ITEM_CLOSE && !item->event->err) {
        item_line(&line, item);
        buf_adds(out, buf_str(&line));
        buf_release(&line);
        return;
    }
    shown = change ? item->nargs : item_shown(item);
    buf_addf(out, "%s(", item->name);
    for (size_t i = 0; i < shown; i++) {
        buf_adds(out, i ? ", " : "");
        add_part(pen, item->args[i].text, is_changed(change, item->args[i].name), sign);
    }
    buf_addc(out, ')');
    if (*item->result) {
        buf_adds(out, " = ");
        add_part(pen, item->result, is_changed(change, "result"), sign);
    }
}

static void add_line(const struct pen *pen, char sign, const struct item *item, const struct change *change)
{
    size_t from;
    struct buf place = {0};

    begin_line(pen, sign);
    from = pen->out->len;
    add_item(pen, item, change, sign);
    if (sign != ' ' && place_add(&place, item->origin, pen->opts)) {
        buf_pad(pen->out, from, PLACE_COLUMN);
        layout_styled(pen->out, pen->opts->color, STYLE_DIM, buf_str(&place));
    }
    buf_release(&place);
    buf_addc(pen->out, '\n');
}

static void add_note(const struct pen *pen, const char *what, const char *old, const char *now)
{
    buf_addf(pen->out, "        %s: ", what);
    layout_cut(pen->out, *old ? old : "nothing", ARG_WIDTH);
    buf_adds(pen->out, ", now ");
    layout_cut(pen->out, *now ? now : "nothing", ARG_WIDTH);
    buf_addc(pen->out, '\n');
}

static const struct change *change_of(const struct strand_diff *diff, const struct item *item,
                                      enum change_kind kind)
{
    vec_each (const struct change, change, &diff->changes)
        if (change->old == item && change->kind == kind)
            return change;
    return NULL;
}

static void write_item_line(const struct pen *pen, const struct strand_diff *diff, const struct line *line)
{
    const struct change *args, *order;

    if (!line->old || !line->now) {
        add_line(pen, line->old ? '-' : '+', line->old ? line->old : line->now, NULL);
        return;
    }
    args = line->differs ? change_of(diff, line->old, CHANGE_ARGS) : NULL;
    order = line->differs ? change_of(diff, line->old, CHANGE_ORDER) : NULL;
    if (args) {
        add_line(pen, '-', line->old, args);
        add_line(pen, '+', line->now, args);
        for (size_t i = 0; i < args->nargs; i++)
            add_note(pen, args->args[i].what, args->args[i].old, args->args[i].now);
    } else {
        add_line(pen, order ? '~' : ' ', line->now, NULL);
    }
    if (order)
        buf_addf(pen->out, "        order: %s\n", order->text);
}

/* ---- bytes ---- */

static const char *const deeds[] = {[MODEL_SEND] = "sends", [MODEL_RECV] = "receives"};

static void add_stream(const struct pen *pen, char sign, const struct strand *strand, int direction)
{
    const struct stream *stream = &strand->streams[direction];

    begin_line(pen, sign);
    buf_addf(pen->out, "%s ", deeds[direction]);
    hunk_add_beginning(pen->out, stream);
    buf_addc(pen->out, '\n');
}

static void write_bytes_line(const struct pen *pen, const struct strand_diff *diff, const struct line *line)
{
    int k = line->direction;
    bool is_same = true;

    vec_each (const struct change, change, &diff->changes) {
        if (change->direction != k)
            continue;
        if (change->kind == CHANGE_BYTES) {
            is_same = false;
            add_stream(pen, '-', diff->old, k);
            add_stream(pen, '+', diff->now, k);
            hunks_write(pen->out, pen->opts->color, &diff->old->streams[k], &diff->now->streams[k], change);
        } else if (change->kind == CHANGE_FLAGS) {
            if (is_same)
                add_stream(pen, '~', diff->now, k);
            is_same = false;
            add_note(pen, change->args[0].what, change->args[0].old, change->args[0].now);
        }
    }
    if (is_same)
        add_stream(pen, ' ', diff->now, k);
}

/* ---- sockets ---- */

static const char *role_of(const struct strand *strand)
{
    return strand->actor->role;
}

static void add_heading(const struct pen *pen, const struct script *script, const struct strand *strand)
{
    const struct sock_life *life = strand->life, *peer = model_sock(script->model, strand->peer);
    struct buf text = {0};

    if (*role_of(strand)) {
        add_escaped(&text, role_of(strand));
        buf_adds(&text, ", ");
    }
    buf_adds(&text, strand->name);
    if (life && !life->listening && peer && *peer->role) {
        buf_adds(&text, strand->how == STRAND_ACCEPTED ? " from " : " to ");
        add_escaped(&text, peer->role);
    }
    layout_styled(pen->out, pen->opts->color, STYLE_BOLD, buf_str(&text));
    buf_release(&text);
}

/* A socket that only one of the traces has. */
static void write_alone(const struct pen *pen, const struct strand *strand, char sign)
{
    size_t n = 0, rest = 0;

    vec_each (const struct item, item, &strand->items) {
        if (item->kind == ITEM_CHANCE)
            continue;
        if (n++ < STORY_MOST)
            add_line(pen, sign, item, NULL);
        else
            rest++;
    }
    for (int k = 0; k < 2; k++)
        if (strand->streams[k].cells.len)
            add_stream(pen, sign, strand, k);
    if (rest)
        buf_addf(pen->out, "    … %zu more calls\n", rest);
}

/* Is a line that differs near? */
static bool is_near(const struct strand_diff *diff, size_t at, size_t context)
{
    size_t from = at > context ? at - context : 0;

    for (size_t i = from; i < diff->lines.len && i <= at + context; i++)
        if (diff->lines.items[i].differs)
            return true;
    return false;
}

/* A single line takes no more room than to say that there is one. */
static bool is_shown(const struct strand_diff *diff, size_t at, size_t context)
{
    return is_near(diff, at, context) ||
           ((at == 0 || is_near(diff, at - 1, context)) && is_near(diff, at + 1, context));
}

static void write_lines(const struct pen *pen, const struct strand_diff *diff, size_t context)
{
    size_t hidden = 0, told = 0;

    for (size_t i = 0; i < diff->lines.len; i++) {
        const struct line *line = &diff->lines.items[i];

        if (!is_shown(diff, i, context)) {
            hidden++;
            continue;
        }
        if (told++ == LINES_MOST) {
            buf_addf(pen->out, "    … %zu more lines\n", diff->lines.len - i);
            break;
        }
        if (hidden)
            buf_addf(pen->out, "    … %zu lines alike\n", hidden);
        hidden = 0;
        (line->direction < 0 ? write_item_line : write_bytes_line)(pen, diff, line);
    }
    vec_each (const struct change, change, &diff->changes)
        if (change->kind == CHANGE_ORDER && !change->old)
            buf_addf(pen->out, "  ~ order: %s\n", change->text);
}

static void write_strand(const struct pen *pen, const struct comparison *comparison,
                         const struct strand_diff *diff, size_t context)
{
    bool is_gone = !diff->now;

    add_heading(pen, is_gone ? &comparison->old : &comparison->now, is_gone ? diff->old : diff->now);
    buf_adds(pen->out, diff->old && diff->now ? ":\n" : is_gone ? " is gone:\n" : " is new:\n");
    if (diff->old && diff->now)
        write_lines(pen, diff, context);
    else
        write_alone(pen, is_gone ? diff->old : diff->now, is_gone ? '-' : '+');
    buf_addc(pen->out, '\n');
}

/* ---- roles ---- */

static void add_role(const struct pen *pen, const char *role)
{
    struct buf text = {0};

    add_escaped(&text, *role ? role : "the program");
    layout_styled(pen->out, pen->opts->color, STYLE_BOLD, buf_str(&text));
    buf_release(&text);
}

static void write_order(const struct pen *pen, const struct actor_diff *actor)
{
    for (size_t i = 0; i < actor->order.len && i < STORY_MOST; i++)
        buf_addf(pen->out, "  ~ order: %s\n", actor->order.items[i].text);
    if (actor->order.len > STORY_MOST)
        buf_addf(pen->out, "    … %zu more\n", actor->order.len - STORY_MOST);
}

static void write_actor(const struct pen *pen, const struct comparison *comparison,
                        const struct actor_diff *actor, size_t context)
{
    if (!actor->old || !actor->now) {
        add_role(pen, actor->old ? actor->old->role : actor->now->role);
        buf_addf(pen->out, " is %s (%zu calls)\n\n", actor->old ? "gone" : "new",
                 actor->old ? actor->old->ncalls : actor->now->ncalls);
        return;
    }
    vec_each (struct strand_diff *const, it, &actor->strands)
        write_strand(pen, comparison, *it, context);
    if (actor->order.len) {
        add_role(pen, actor->now->role);
        buf_adds(pen->out, ", between sockets:\n");
        write_order(pen, actor);
        buf_addc(pen->out, '\n');
    }
    if (actor->ends_otherwise) {
        add_role(pen, actor->now->role);
        buf_adds(pen->out, ":\n");
        begin_line(pen, '-');
        buf_addf(pen->out, "%s\n", actor->old->end);
        begin_line(pen, '+');
        buf_addf(pen->out, "%s\n\n", actor->now->end);
    }
}

static size_t count_sockets(const struct comparison *comparison)
{
    size_t n = 0;

    vec_each (struct actor_diff *const, it, &comparison->actors)
        vec_each (struct strand_diff *const, strand, &(*it)->strands)
            n += ((*strand)->old ? (*strand)->old : (*strand)->now)->sock != 0;
    return n;
}

static void write_summary(const struct pen *pen, const struct comparison *comparison,
                          const struct compare_names *names)
{
    size_t n = comparison->ndiffs, sockets = count_sockets(comparison);
    bool color = pen->opts->color;

    layout_styled(pen->out, color, n ? STYLE_BAD : STYLE_GOOD, n ? "✗ " : "✓ ");
    add_escaped(pen->out, names->old);
    buf_adds(pen->out, " and ");
    add_escaped(pen->out, names->now);
    if (n)
        buf_addf(pen->out, " differ: %zu difference%s in %zu socket%s", n, n == 1 ? "" : "s", sockets,
                 sockets == 1 ? "" : "s");
    else
        buf_adds(pen->out, " tell the same story");
    buf_addf(pen->out, " (%zu and %zu calls)\n", script_calls(&comparison->old),
             script_calls(&comparison->now));
}

void compare_write_text(struct buf *out, const struct comparison *comparison,
                        const struct compare_names *names, size_t context, const struct report_opts *opts)
{
    struct pen pen = {out, opts};

    vec_each (struct actor_diff *const, it, &comparison->actors)
        write_actor(&pen, comparison, *it, context);
    write_summary(&pen, comparison, names);
}
