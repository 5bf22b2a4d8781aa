/* report/text.c: verdicts in words, for people: the first cause on top. */
#include "base/clock.h"
#include "base/quote.h"
#include "event/brief.h"
#include "report/columns.h"
#include "report/layout.h"
#include "report/more.h"
#include "report/place.h"
#include "report/views.h"

#include <inttypes.h>
#include <string.h>

enum { INDENT = 2, STDERR_LINES = 3, CONSEQUENCES_MAX = 5, FINDINGS_MAX = 4 };

struct page {
    struct buf *out;
    const struct verdict *verdict;
    const struct report_opts *opts;
    size_t width;
};

static void add_escaped(struct buf *out, const char *text)
{
    quote_terminal(out, text, strlen(text));
}

static void add_duration(struct buf *out, uint64_t ns)
{
    if (ns < UINT64_C(10) * CLOCK_NS_PER_S)
        buf_addf(out, "%" PRIu64 " ms", ns / CLOCK_NS_PER_MS);
    else
        buf_addf(out, "%.1f s", (double)ns / CLOCK_NS_PER_S);
}

/* A paragraph of text that may hold bytes of traced programs. */
static void para(const struct page *page, const char *label, const char *text)
{
    struct buf escaped = {0};

    add_escaped(&escaped, text);
    layout_para(page->out, INDENT, label, buf_str(&escaped), page->width);
    buf_release(&escaped);
}

enum { HINTS = 3 };

/* What stands in front of each. */
struct labels {
    const char *nudge, *why, *cure;
};
static const struct labels labelled = {"ask  ", "why  ", "do   "},
                           unlabelled = {"      ", "      ", "      "};

/* As much as is not withheld. The nudge is for those who are given nothing else. */
static void write_hints(const struct page *page, const struct labels *labels, const char *nudge,
                        const char *why, const char *cure)
{
    unsigned given = HINTS - page->opts->withheld;

    if (given == 1 && nudge)
        para(page, labels->nudge, nudge);
    if (given >= 2)
        para(page, labels->why, why);
    if (given >= HINTS)
        para(page, labels->cure, cure);
}

static void write_headline(const struct page *page)
{
    static const struct {
        const char *mark, *says;
        enum style style;
    } looks[] = {
        [VERDICT_HOLDS] = {"✓", "holds", STYLE_GOOD},
        [VERDICT_FAILS] = {"✗", "does not hold", STYLE_BAD},
        [VERDICT_UNTESTED] = {"?", "could not be tested", STYLE_BOLD},
    };
    const struct verdict *verdict = page->verdict;
    const char *first = verdict->result == VERDICT_FAILS && verdict->ncauses     ? verdict->causes[0].what
                        : verdict->result == VERDICT_UNTESTED && verdict->nnotes ? verdict->notes[0]
                                                                                 : "";

    layout_styled(page->out, page->opts->color, looks[verdict->result].style, looks[verdict->result].mark);
    buf_addc(page->out, ' ');
    add_escaped(page->out, verdict->name);
    buf_addf(page->out, " %s", looks[verdict->result].says);
    if (first[0]) {
        buf_adds(page->out, ": ");
        add_escaped(page->out, first);
    }
}

struct sum {
    long earned, possible;
};

static struct sum sum_scores(const struct verdict *verdict)
{
    struct sum sum = {0};

    for (size_t i = 0; verdict->result != VERDICT_UNTESTED && i < verdict->nscores; i++) {
        sum.possible += verdict->scores[i].points->n;
        sum.earned += verdict->scores[i].is_earned ? verdict->scores[i].points->n : 0;
    }
    return sum;
}

/* "6 of 10 points" */
static void add_sum(struct buf *out, struct sum sum)
{
    buf_addf(out, "%ld of %ld point%s", sum.earned, sum.possible, sum.possible == 1 ? "" : "s");
}

static void write_scores(const struct page *page)
{
    const struct verdict *verdict = page->verdict;
    struct sum sum = sum_scores(verdict);
    const char *before = "; not earned: ";
    struct buf text = {0};

    if (!sum.possible)
        return;
    add_sum(&text, sum);
    for (size_t i = 0; i < verdict->nscores; i++) {
        const struct score *score = &verdict->scores[i];

        if (score->is_earned)
            continue;
        buf_addf(&text, "%s%d of line %u", before, score->points->n,
                 source_place(verdict->expect->source, score->points->span.from).line);
        before = ", ";
    }
    layout_para(page->out, INDENT, "", buf_str(&text), page->width);
    buf_release(&text);
}

static void write_counts(const struct page *page)
{
    const struct verdict *verdict = page->verdict;
    struct sum sum = sum_scores(verdict);

    buf_adds(page->out, " (");
    for (size_t i = 0; i < verdict->nroles; i++) {
        const struct role *role = verdict->roles[i].role;
        size_t calls = verdict->roles[i].ncalls, copies = 1;

        for (; i + 1 < verdict->nroles && verdict->roles[i + 1].role->copy > 1; copies++)
            calls += verdict->roles[++i].ncalls;
        if (role->copy)
            buf_addf(page->out, "%zu × ", copies);
        add_escaped(page->out, role->base);
        buf_addf(page->out, " %zu call%s, ", calls, calls == 1 ? "" : "s");
    }
    if (sum.possible) {
        add_sum(page->out, sum);
        buf_adds(page->out, ", ");
    }
    add_duration(page->out, verdict->took_ns);
    buf_addc(page->out, ')');
}

/* The line of the expectation that the cause is about, as compilers show it. */
static void write_place(const struct page *page, const struct cause *cause)
{
    enum { GUTTER = 7 }; /* `   8 | ` */
    const struct source *source = page->verdict->expect->source;
    size_t from = cause->span.from;
    struct buf text = {0}, escaped = {0};
    struct span line;
    unsigned number;

    if (cause->span.to <= from)
        return;
    number = source_place(source, from).line;
    line = source_line(source, from);
    buf_addf(page->out, "%*s", INDENT, "");
    add_escaped(page->out, source->name);
    buf_addf(page->out, ":%u\n%*s%4u | ", number, INDENT, "", number);
    for (size_t i = line.from; i < line.to; i++)
        buf_addc(&text, source->text[i] == '\t' ? ' ' : source->text[i]);
    quote_terminal(&escaped, buf_str(&text), text.len);
    layout_cut(page->out, buf_str(&escaped), page->width - INDENT - GUTTER);
    buf_addc(page->out, '\n');
    buf_release(&text);
    buf_release(&escaped);
}

/* The place in the program: what happened there, or what is missing behind it. */
static void write_source(const struct page *page, const struct cause *cause)
{
    enum { STRING_MAX = 24 };
    struct buf line = {0}, callers = {0}, brief = {0};
    bool has_callers;

    if (!place_add(&line, cause->at, page->opts))
        goto release;
    buf_adds(&line, cause->is_behind ? ": behind " : ": ");
    if (cause->at->unfinished)
        event_brief_call(&brief, cause->at, STRING_MAX);
    else
        event_brief(&brief, cause->at, STRING_MAX);
    buf_adds(&line, buf_str(&brief));
    buf_adds(&callers, "in ");
    has_callers = place_add_callers(&callers, cause->at, page->opts);
    if (has_callers &&
        layout_width(buf_str(&line)) + layout_width(buf_str(&callers)) + INDENT + 2 <= page->width) {
        buf_addf(&line, ", %s", buf_str(&callers));
        has_callers = false;
    }
    buf_addf(page->out, "%*s", INDENT, "");
    layout_cut_call(page->out, buf_str(&line), page->width - INDENT);
    buf_addc(page->out, '\n');
    if (has_callers)
        layout_para(page->out, 2 * INDENT, "", buf_str(&callers), page->width);
    place_write_lines(page->out, cause->at, page->verdict, page->opts);
release:
    buf_release(&brief);
    buf_release(&callers);
    buf_release(&line);
}

/* What the program said itself: often the answer. */
static void write_stderr(const struct page *page, const struct role_verdict *role)
{
    const char *text = role->stderr_text, *end = text + role->stderr_len, *from = end;
    size_t lines = 0;

    if (!role->stderr_len)
        return;
    if (from[-1] == '\n')
        end = --from;
    while (from > text && (from[-1] != '\n' || ++lines < STDERR_LINES))
        from--;
    buf_addf(page->out, "%*s", INDENT, "");
    add_escaped(page->out, role->role->name);
    buf_adds(page->out, " printed on stderr:\n");
    while (from < end) {
        const char *stop = memchr(from, '\n', (size_t)(end - from));
        struct buf line = {0};

        stop = stop ? stop : end;
        quote_terminal(&line, from, (size_t)(stop - from));
        buf_addf(page->out, "%*s", 2 * INDENT, "");
        layout_cut(page->out, buf_str(&line), page->width - 2 * INDENT);
        buf_addc(page->out, '\n');
        buf_release(&line);
        from = stop + 1;
    }
}

static void write_stdout(const struct page *page, const struct role_verdict *role)
{
    struct buf text = {0}, line = {0};

    quote_c(&text, (const uint8_t *)role->stdout_text, role->stdout_len);
    add_escaped(&line, role->role->name);
    buf_addf(&line, " printed \"%s\"", buf_str(&text));
    buf_addf(page->out, "%*s", INDENT, "");
    layout_cut(page->out, buf_str(&line), page->width - INDENT);
    buf_addc(page->out, '\n');
    buf_release(&line);
    buf_release(&text);
}

static void write_roles(const struct page *page)
{
    for (size_t i = 0; i < page->verdict->nroles; i++) {
        const struct role_verdict *role = &page->verdict->roles[i];
        bool fails = !role->calls_hold || role->exit_fails || role->stdout_fails || role->timed_out;

        if (!fails && !page->opts->verbose)
            continue;
        if (role->stdout_fails || (page->opts->verbose && role->stdout_len))
            write_stdout(page, role);
        write_stderr(page, role);
    }
}

static void write_consequence(const struct page *page, const struct cause *cause)
{
    struct buf line = {0}, place = {0};
    bool has_place = place_add(&place, cause->at, page->opts);

    add_escaped(&line, cause->what);
    if (cause->event || has_place)
        buf_adds(&line, " (");
    if (cause->event)
        buf_addf(&line, "#%" PRIu64 "%s", cause->event->seq, has_place ? ", " : "");
    if (has_place)
        buf_addf(&line, "%s%s", cause->is_behind ? "behind " : "", buf_str(&place));
    if (cause->event || has_place)
        buf_addc(&line, ')');
    layout_para(page->out, INDENT, "and then  ", buf_str(&line), page->width);
    buf_release(&place);
    buf_release(&line);
}

/* What else went wrong; findings have lines of their own. */
static void write_consequences(const struct page *page)
{
    const struct verdict *verdict = page->verdict;
    size_t shown = 0, left_out = 0;

    for (size_t i = 1; i < verdict->ncauses; i++) {
        const struct cause *cause = &verdict->causes[i];

        if (cause->is_finding)
            continue;
        if (shown < CONSEQUENCES_MAX || page->opts->verbose) {
            write_consequence(page, cause);
            shown++;
        } else {
            left_out++;
        }
    }
    if (left_out)
        buf_addf(page->out, "%*sand %zu more\n", INDENT, "", left_out);
}

/* The lines of the source stand in the report already. */
static bool is_shown(const struct verdict *verdict, const struct event *event)
{
    const struct frame *first =
        verdict->ncauses && verdict->causes[0].at ? event_source(verdict->causes[0].at) : NULL;
    const struct frame *frame = event ? event_source(event) : NULL;

    return first && frame && first->file && frame->file && first->line == frame->line &&
           !strcmp(first->file, frame->file);
}

/* The line that editors jump by; what does not fit into it stands below. */
static void write_finding_head(const struct page *page, const struct finding *finding)
{
    static const char *const sure[] = {
        [FINDING_STYLE] = "style", [FINDING_LIKELY] = "likely", [FINDING_PROVED] = "proved"};
    struct buf place = {0}, title = {0}, more = {0};
    size_t width;

    if (place_add(&place, finding->event, page->opts))
        buf_adds(&place, ": ");
    buf_addf(&title, " (%s): %s", sure[finding->confidence], finding->title);
    buf_addf(&more, "#%" PRIu64 "; see %s", finding->event ? finding->event->seq : 0, finding->man);
    width = INDENT + layout_width(buf_str(&place)) + strlen(finding->code) + layout_width(buf_str(&title));
    buf_addf(page->out, "%*s%s", INDENT, "", buf_str(&place));
    layout_styled(page->out, page->opts->color, STYLE_BOLD, finding->code);
    buf_adds(page->out, buf_str(&title));
    buf_adds(page->out, width + strlen(", ") + more.len <= page->width ? ", " : "\n        ");
    buf_addf(page->out, "%s\n", buf_str(&more));
    buf_release(&place);
    buf_release(&title);
    buf_release(&more);
}

static void write_finding_body(const struct page *page, const struct finding *finding)
{
    if (!is_shown(page->verdict, finding->event))
        place_write_lines(page->out, finding->event, page->verdict, page->opts);
    para(page, "      ", finding->what);
    write_hints(page, &unlabelled, finding->nudge, finding->why, finding->cure);
}

/* One mistake is explained at a time: behind a first cause of failure the others have a line each. */
static void write_findings(const struct page *page)
{
    const struct verdict *verdict = page->verdict;
    const struct finding *told = verdict->ncauses ? verdict->causes[0].finding : NULL;
    size_t n = 0, len = verdict->findings ? verdict->findings->list.len : 0;

    for (size_t i = 0; i < len && (page->opts->verbose || n < FINDINGS_MAX); i++) {
        const struct finding *finding = &verdict->findings->list.items[i];

        if (finding == told || (finding->confidence == FINDING_STYLE && !page->opts->verbose))
            continue;
        n++;
        write_finding_head(page, finding);
        if (!verdict->ncauses || page->opts->verbose)
            write_finding_body(page, finding);
    }
}

static void write_notes(const struct page *page, size_t from)
{
    for (size_t i = from; i < page->verdict->nnotes; i++)
        para(page, "note: ", page->verdict->notes[i]);
}

/* The alignment of the role with the first cause; the other roles' calls are its consequences. */
static void write_columns(const struct page *page)
{
    const struct verdict *verdict = page->verdict;
    const struct role_verdict *first = verdict->ncauses ? verdict->causes[0].role : NULL;

    for (size_t i = 0; i < verdict->nroles; i++) {
        const struct role_verdict *role = &verdict->roles[i];

        if (!role->alignment || (role != first && !page->opts->verbose))
            continue;
        buf_addf(page->out, "\n%*s", INDENT, "");
        add_escaped(page->out, role->role->name);
        buf_addc(page->out, '\n');
        columns_write(page->out, verdict->expect, role->alignment,
                      verdict->ncauses ? verdict->causes[0].row : NULL, page->opts);
    }
}

static void write_more(const struct page *page)
{
    struct buf text = {0};

    if (page->opts->withheld < HINTS && more_add(&text, page->verdict))
        buf_addf(page->out, "%*smore: %s\n", INDENT, "", buf_str(&text));
    buf_release(&text);
}

static void write_failure(const struct page *page)
{
    const struct verdict *verdict = page->verdict;

    buf_addc(page->out, '\n');
    if (verdict->ncauses) {
        write_source(page, &verdict->causes[0]);
        write_place(page, &verdict->causes[0]);
        if (verdict->causes[0].finding) {
            write_finding_head(page, verdict->causes[0].finding);
            para(page, "      ", verdict->causes[0].finding->what);
        }
        if (verdict->causes[0].hint && page->opts->withheld < HINTS)
            para(page, "hint ", verdict->causes[0].hint);
        write_hints(page, &labelled, verdict->causes[0].nudge, verdict->causes[0].why,
                    verdict->causes[0].cure);
    }
    write_columns(page);
    buf_addc(page->out, '\n');
    write_consequences(page);
    write_scores(page);
    write_roles(page);
    write_findings(page);
    write_notes(page, 0);
    write_more(page);
}

static void write_verdict(const struct page *page)
{
    write_headline(page);
    switch (page->verdict->result) {
    case VERDICT_HOLDS:
        write_counts(page);
        buf_addc(page->out, '\n');
        if (page->opts->verbose)
            write_roles(page);
        write_findings(page);
        if (page->opts->verbose)
            write_notes(page, 0);
        break;
    case VERDICT_FAILS:
        buf_addc(page->out, '\n');
        write_failure(page);
        break;
    case VERDICT_UNTESTED:
        buf_addc(page->out, '\n');
        write_roles(page);
        write_notes(page, 1);
        break;
    }
}

static void add_kinds(struct buf *out, const struct verdict *const *verdicts, size_t len)
{
    static const struct {
        enum verdict_result result;
        const char *one, *many;
    } kinds[] = {
        {VERDICT_HOLDS, "holds", "hold"},
        {VERDICT_FAILS, "does not hold", "do not hold"},
        {VERDICT_UNTESTED, "could not be tested", "could not be tested"},
    };
    const char *before = ": ";

    buf_addf(out, "\n%zu scenarios", len);
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        size_t n = 0;

        for (size_t i = 0; i < len; i++)
            n += verdicts[i]->result == kinds[k].result;
        if (!n)
            continue;
        buf_addf(out, "%s%zu %s", before, n, n == 1 ? kinds[k].one : kinds[k].many);
        before = ", ";
    }
}

/* How many there were of each kind, and of those that do not hold the first words again: what was written of
 * them is out of sight by now. */
static void write_summary(struct buf *out, const struct verdict *const *verdicts, size_t len,
                          const struct report_opts *opts)
{
    struct sum sum = {0};

    add_kinds(out, verdicts, len);
    for (size_t i = 0; i < len; i++) {
        struct sum one = sum_scores(verdicts[i]);

        sum.earned += one.earned;
        sum.possible += one.possible;
    }
    if (sum.possible) {
        buf_adds(out, "; ");
        add_sum(out, sum);
    }
    buf_addc(out, '\n');
    for (size_t i = 0; i < len; i++) {
        struct page page = {.out = out, .verdict = verdicts[i], .opts = opts, .width = report_width(opts)};

        if (verdicts[i]->result == VERDICT_HOLDS)
            continue;
        buf_addf(out, "%*s", INDENT, "");
        write_headline(&page);
        buf_addc(out, '\n');
    }
}

static void add_text(struct buf *out, const struct verdict *const *verdicts, size_t i,
                     const struct report_opts *opts)
{
    struct page page = {.out = out, .verdict = verdicts[i], .opts = opts, .width = report_width(opts)};

    if (i && (verdicts[i]->result == VERDICT_FAILS || verdicts[i - 1]->result == VERDICT_FAILS))
        buf_addc(out, '\n');
    write_verdict(&page);
}

static void finish_text(struct buf *out, const struct verdict *const *verdicts, size_t len,
                        const struct report_opts *opts)
{
    if (len > 1)
        write_summary(out, verdicts, len, opts);
}

const struct report report_text = {
    .name = "text",
    .what = "in words, for people",
    .add = add_text,
    .finish = finish_text,
};
