/* report/text.c: verdicts in words, for people: the first cause on top. */
#include "report/text.h"
#include "base/clock.h"
#include "base/quote.h"
#include "report/columns.h"
#include "report/layout.h"
#include "report/more.h"
#include "report/page.h"
#include "report/views.h"

#include <inttypes.h>
#include <string.h>

enum { STDERR_LINES = 3 };

static void add_duration(struct buf *out, uint64_t ns)
{
    if (ns < UINT64_C(10) * CLOCK_NS_PER_S)
        buf_addf(out, "%" PRIu64 " ms", ns / CLOCK_NS_PER_MS);
    else
        buf_addf(out, "%.1f s", (double)ns / CLOCK_NS_PER_S);
}

static void write_headline(const struct page *page)
{
    const struct verdict *verdict = page->verdict;
    const char *first = verdict->result == VERDICT_FAILS && verdict->ncauses     ? verdict->causes[0].what
                        : verdict->result == VERDICT_UNTESTED && verdict->nnotes ? verdict->notes[0]
                                                                                 : "";

    text_headline(page->out, outcome_result_of(verdict), verdict->name, first, page->opts->color);
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
    layout_para(page->out, PAGE_INDENT, "", buf_str(&text), page->width);
    buf_release(&text);
}

/* "2 × client 14 calls" */
static void add_calls(const struct page *page, struct buf *out)
{
    const struct verdict *verdict = page->verdict;

    for (size_t i = 0; i < verdict->nroles; i++) {
        const struct role *role = verdict->roles[i].role;
        size_t calls = verdict->roles[i].ncalls, copies = 1;

        for (; i + 1 < verdict->nroles && verdict->roles[i + 1].role->copy > 1; copies++)
            calls += verdict->roles[++i].ncalls;
        buf_adds(out, out->len ? ", " : "");
        if (role->copy)
            buf_addf(out, "%zu × ", copies);
        page_escaped(out, role->base);
        buf_addf(out, " %zu call%s", calls, calls == 1 ? "" : "s");
    }
}

/* "2 × client 14 calls, 3 of 4 points, 12 ms"; of what chance decides nothing, where that is asked for. */
static void add_counts(const struct page *page, struct buf *out)
{
    struct sum sum = sum_scores(page->verdict);

    if (!page->opts->no_chance)
        add_calls(page, out);
    if (sum.possible) {
        buf_adds(out, out->len ? ", " : "");
        add_sum(out, sum);
    }
    if (!page->opts->no_chance) {
        buf_adds(out, out->len ? ", " : "");
        add_duration(out, page->verdict->took_ns);
    }
}

static void write_counts(const struct page *page)
{
    struct buf text = {0};

    add_counts(page, &text);
    if (text.len)
        buf_addf(page->out, " (%s)", buf_str(&text));
    buf_release(&text);
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
    buf_addf(page->out, "%*s", PAGE_INDENT, "");
    page_escaped(page->out, role->role->name);
    buf_adds(page->out, " printed on stderr:\n");
    while (from < end) {
        const char *stop = memchr(from, '\n', (size_t)(end - from));
        struct buf line = {0};

        stop = stop ? stop : end;
        quote_terminal(&line, from, (size_t)(stop - from));
        buf_addf(page->out, "%*s", 2 * PAGE_INDENT, "");
        layout_cut(page->out, buf_str(&line), page->width - 2 * PAGE_INDENT);
        buf_addc(page->out, '\n');
        buf_release(&line);
        from = stop + 1;
    }
}

static void write_stdout(const struct page *page, const struct role_verdict *role)
{
    struct buf text = {0}, line = {0};

    quote_c(&text, (const uint8_t *)role->stdout_text, role->stdout_len);
    page_escaped(&line, role->role->name);
    buf_addf(&line, " printed \"%s\"", buf_str(&text));
    buf_addf(page->out, "%*s", PAGE_INDENT, "");
    layout_cut(page->out, buf_str(&line), page->width - PAGE_INDENT);
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

static void write_notes(const struct page *page, size_t from)
{
    for (size_t i = from; i < page->verdict->nnotes; i++)
        page_para(page, "note: ", page->verdict->notes[i]);
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
        buf_addf(page->out, "\n%*s", PAGE_INDENT, "");
        page_escaped(page->out, role->role->name);
        buf_addc(page->out, '\n');
        columns_write(page->out, verdict->expect, role->alignment,
                      verdict->ncauses ? verdict->causes[0].row : NULL, page->opts);
    }
}

static void write_more(const struct page *page)
{
    struct buf text = {0};

    if (page->opts->withheld < PAGE_HINTS && more_add(&text, page->verdict))
        buf_addf(page->out, "%*smore: %s\n", PAGE_INDENT, "", buf_str(&text));
    buf_release(&text);
}

static void write_failure(const struct page *page)
{
    const struct verdict *verdict = page->verdict;

    buf_addc(page->out, '\n');
    if (verdict->ncauses) {
        page_source(page, &verdict->causes[0]);
        page_expected(page, &verdict->causes[0]);
        if (verdict->causes[0].finding) {
            page_finding_head(page, verdict->causes[0].finding);
            page_para(page, "      ", verdict->causes[0].finding->what);
        }
        if (verdict->causes[0].hint && page->opts->withheld < PAGE_HINTS)
            page_para(page, "hint ", verdict->causes[0].hint);
        page_hints(page, &page_labelled, verdict->causes[0].nudge, verdict->causes[0].why,
                   verdict->causes[0].cure);
    }
    write_columns(page);
    buf_addc(page->out, '\n');
    page_consequences(page);
    page_waiting(page);
    write_scores(page);
    write_roles(page);
    page_findings(page);
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
        page_findings(page);
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

void text_add(struct buf *out, const struct verdict *const *verdicts, size_t i,
              const struct report_opts *opts)
{
    struct page page = {.out = out, .verdict = verdicts[i], .opts = opts, .width = report_width(opts)};

    if (i && (verdicts[i]->result == VERDICT_FAILS || verdicts[i - 1]->result == VERDICT_FAILS))
        buf_addc(out, '\n');
    write_verdict(&page);
}
