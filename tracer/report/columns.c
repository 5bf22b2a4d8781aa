/* report/columns.c: what was expected beside what happened. */
#include "report/columns.h"

#include "base/quote.h"
#include "event/brief.h"
#include "expect/parse.h"
#include "report/layout.h"
#include "report/views.h"

#include <inttypes.h>
#include <string.h>

enum {
    INDENT = 2,
    LINE_WIDTH = 3,  /* of line numbers */
    NEAR_BEFORE = 2, /* lines that hold, shown before a difference … */
    NEAR_AFTER = 1,  /* … and after it */
    LINES_MAX = 20,  /* of a table that is not verbose */
    STRING_MAX = 24,
};

struct table {
    struct buf *out;
    const struct expect *expect;
    const struct alignment *alignment;
    const struct align_row *told;
    const struct report_opts *opts;
    struct arena arena;
    size_t left, right; /* columns of the two texts */
    size_t lines;
};

static const struct {
    const char *mark;
    enum style style;
} looks[] = {
    [ALIGN_KEPT] = {" ", STYLE_DIM},  [ALIGN_PASSED] = {" ", STYLE_DIM}, [ALIGN_MISSING] = {"-", STYLE_BAD},
    [ALIGN_EXTRA] = {"+", STYLE_BAD}, [ALIGN_MOVED] = {"↕", STYLE_BAD},  [ALIGN_CHANGED] = {"~", STYLE_BAD},
};

static bool differs(const struct align_row *row)
{
    return row->op != ALIGN_KEPT && row->op != ALIGN_PASSED;
}

/* The line of a step as it stands in the file, blanks put together and what opens a block left off. */
static const char *step_text(struct table *t, const struct align_row *row)
{
    struct buf plain = {0}, out = {0};
    bool quoted = false;
    const char *made;

    for (const char *at = expect_step_text(t->expect, row->step, &t->arena); *at; at++) {
        bool is_space = !quoted && (*at == ' ' || *at == '\t');

        quoted ^= *at == '"' && (!plain.len || plain.data[plain.len - 1] != '\\');
        if (!is_space || (plain.len && plain.data[plain.len - 1] != ' '))
            buf_addc(&plain, is_space ? ' ' : *at);
    }
    while (plain.len && strchr(" {", plain.data[plain.len - 1]))
        plain.data[--plain.len] = '\0';
    buf_addf(&out, "%*s", (int)(2 * row->depth), "");
    quote_terminal(&out, buf_str(&plain), plain.len);
    made = arena_strdup(&t->arena, buf_str(&out));
    buf_release(&plain);
    buf_release(&out);
    return made;
}

static const char *events_text(struct table *t, const struct align_row *row)
{
    struct buf out = {0};
    const char *made;

    buf_addf(&out, "%*s", (int)(2 * row->depth), "");
    if (row->events[0]->unfinished) {
        event_brief_call(&out, row->events[0], STRING_MAX);
        buf_adds(&out, " did not return");
    } else {
        event_brief(&out, row->events[0], STRING_MAX);
    }
    if (row->nevents > 1)
        buf_addf(&out, " … %zu calls", row->nevents);
    made = arena_strdup(&t->arena, buf_str(&out));
    buf_release(&out);
    return made;
}

static void write_row(struct table *t, const struct align_row *row)
{
    enum style style = looks[row->op].style;
    bool color = t->opts->color;
    struct buf line = {0};

    if (row->step)
        buf_addf(&line, "%*s%*u ", INDENT, "", LINE_WIDTH,
                 source_place(t->expect->source, row->step->span.from).line);
    else
        buf_addf(&line, "%*s", INDENT + LINE_WIDTH + 1, "");
    buf_addf(&line, "%s ", looks[row->op].mark);
    for (size_t width = layout_cut_call(&line, row->step ? step_text(t, row) : "", t->left); width < t->left;
         width++)
        buf_addc(&line, ' ');
    if (row->nevents) {
        if (t->opts->no_chance)
            buf_adds(&line, "  ");
        else
            buf_addf(&line, "  #%-4" PRIu64 " ", row->events[0]->seq);
        layout_cut_call(&line, events_text(t, row), t->right);
    }
    while (line.len && line.data[line.len - 1] == ' ')
        line.data[--line.len] = '\0';
    layout_styled(t->out, color, style, buf_str(&line));
    buf_addc(t->out, '\n');
    buf_release(&line);
    t->lines++;
}

static void write_change(struct table *t, const struct align_row *row)
{
    struct buf line = {0};

    if (row->op != ALIGN_CHANGED || !row->what)
        return;
    quote_terminal(&line, row->what, strlen(row->what));
    buf_adds(&line, ": expected ");
    quote_terminal(&line, row->expected, strlen(row->expected));
    buf_adds(&line, ", was ");
    quote_terminal(&line, row->seen, strlen(row->seen));
    buf_addf(t->out, "%*s", INDENT + LINE_WIDTH + 3, "");
    layout_cut(t->out, buf_str(&line), report_width(t->opts) - INDENT - LINE_WIDTH - 3);
    buf_addc(t->out, '\n');
    buf_release(&line);
    t->lines++;
}

static void write_hint(struct table *t, const struct align_row *row)
{
    struct buf hint = {0};

    if (!differs(row) || !row->step || !row->step->hint || row == t->told)
        return;
    quote_terminal(&hint, row->step->hint, strlen(row->step->hint));
    layout_para(t->out, INDENT + LINE_WIDTH + 3, "hint ", buf_str(&hint), report_width(t->opts));
    buf_release(&hint);
    t->lines++;
}

static void write_gap(struct table *t, size_t n, const char *what)
{
    struct buf line = {0};

    buf_addf(&line, "%*s… %zu %s\n", INDENT + LINE_WIDTH + 3, "", n, what);
    layout_styled(t->out, t->opts->color, STYLE_DIM, buf_str(&line));
    buf_release(&line);
    t->lines++;
}

/* Is row `i`, which holds, near enough to a difference to be shown? */
static bool is_near(const struct alignment *alignment, size_t i)
{
    size_t kept = 0;

    for (size_t k = i + 1; k < alignment->nrows && kept < NEAR_BEFORE; k++) {
        if (differs(&alignment->rows[k]))
            return true;
        kept += alignment->rows[k].op == ALIGN_KEPT;
    }
    kept = 0;
    for (size_t k = i; k-- > 0 && kept < NEAR_AFTER;) {
        if (differs(&alignment->rows[k]))
            return true;
        kept += alignment->rows[k].op == ALIGN_KEPT;
    }
    return false;
}

/* Rows from `i` on that repeat the same extra call with the same outcome: a loop that fails. */
static size_t run_length(struct table *t, size_t i)
{
    const struct alignment *alignment = t->alignment;
    size_t n = 1;

    while (alignment->rows[i].op == ALIGN_EXTRA && i + n < alignment->nrows &&
           alignment->rows[i + n].op == ALIGN_EXTRA &&
           alignment->rows[i].events[0]->canon == alignment->rows[i + n].events[0]->canon &&
           alignment->rows[i].events[0]->err == alignment->rows[i + n].events[0]->err &&
           alignment->rows[i].events[0]->sock == alignment->rows[i + n].events[0]->sock)
        n++;
    return n;
}

static void write_rows(struct table *t)
{
    enum { RUN_SHOWN = 2 };
    const struct alignment *alignment = t->alignment;
    size_t held = 0;

    for (size_t i = 0; i < alignment->nrows; i++) {
        const struct align_row *row = &alignment->rows[i];
        size_t run;

        if (!t->opts->verbose && row->op == ALIGN_PASSED)
            continue;
        if (!t->opts->verbose && row->op == ALIGN_KEPT && !is_near(alignment, i)) {
            held++;
            continue;
        }
        if (held)
            write_gap(t, held, held == 1 ? "line that holds" : "lines that hold");
        held = 0;
        if (!t->opts->verbose && t->lines >= LINES_MAX) {
            write_gap(t, alignment->nrows - i, "lines more");
            return;
        }
        write_row(t, row);
        write_change(t, row);
        write_hint(t, row);
        run = t->opts->verbose ? 1 : run_length(t, i);
        if (run > RUN_SHOWN) {
            write_gap(t, run - 1, "times the same");
            i += run - 1;
        }
    }
    if (held)
        write_gap(t, held, held == 1 ? "line that holds" : "lines that hold");
}

/* The left column is as wide as its widest line that is worth showing whole, the right one takes the rest. */
static void measure(struct table *t)
{
    enum { BETWEEN = 8, LEFT_MIN = 20 }; /* `  #1234 ` */
    size_t room = report_width(t->opts) - INDENT - LINE_WIDTH - 3 - BETWEEN, widest = LEFT_MIN;

    for (size_t i = 0; i < t->alignment->nrows; i++)
        if (t->alignment->rows[i].step) {
            size_t width = layout_width(step_text(t, &t->alignment->rows[i]));

            widest = width > widest ? width : widest;
        }
    t->left = widest < room / 2 ? widest : room / 2;
    t->right = room - t->left;
}

void columns_write(struct buf *out, const struct expect *expect, const struct alignment *alignment,
                   const struct align_row *told, const struct report_opts *opts)
{
    struct table t = {.out = out, .expect = expect, .alignment = alignment, .told = told, .opts = opts};
    struct buf head = {0};

    measure(&t);
    buf_addf(&head, "%*s", INDENT + LINE_WIDTH + 3, "");
    layout_fit(&head, "expected", t.left);
    buf_adds(&head, "  happened\n");
    layout_styled(out, opts->color, STYLE_DIM, buf_str(&head));
    write_rows(&t);
    buf_release(&head);
    arena_release(&t.arena);
}
