/* report/page_finding.c: what follows from a first cause, and what rules found. */
#include "report/layout.h"
#include "report/page.h"
#include "report/place.h"

#include <inttypes.h>
#include <string.h>

enum { CONSEQUENCES_MAX = 5, FINDINGS_MAX = 4 };

static void write_consequence(const struct page *page, const struct cause *cause)
{
    struct buf line = {0}, place = {0};
    bool has_place = place_add(&place, cause->at, page->opts);
    bool has_number = cause->event && !page->opts->no_chance;

    page_escaped(&line, cause->what);
    if (has_number || has_place)
        buf_adds(&line, " (");
    if (has_number)
        buf_addf(&line, "#%" PRIu64 "%s", cause->event->seq, has_place ? ", " : "");
    if (has_place)
        buf_addf(&line, "%s%s", cause->is_behind ? "behind " : "", buf_str(&place));
    if (has_number || has_place)
        buf_addc(&line, ')');
    layout_para(page->out, PAGE_INDENT, "and then  ", buf_str(&line), page->width);
    buf_release(&place);
    buf_release(&line);
}

void page_consequences(const struct page *page)
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
        buf_addf(page->out, "%*sand %zu more\n", PAGE_INDENT, "", left_out);
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

void page_finding_head(const struct page *page, const struct finding *finding)
{
    static const char *const sure[] = {
        [FINDING_STYLE] = "style", [FINDING_LIKELY] = "likely", [FINDING_PROVED] = "proved"};
    struct buf place = {0}, title = {0}, more = {0};
    size_t width;

    if (place_add(&place, finding->event, page->opts))
        buf_adds(&place, ": ");
    buf_addf(&title, " (%s): %s", sure[finding->confidence], finding->title);
    if (!page->opts->no_chance)
        buf_addf(&more, "#%" PRIu64 "; ", finding->event ? finding->event->seq : 0);
    buf_addf(&more, "see %s", finding->man);
    width =
        PAGE_INDENT + layout_width(buf_str(&place)) + strlen(finding->code) + layout_width(buf_str(&title));
    buf_addf(page->out, "%*s%s", PAGE_INDENT, "", buf_str(&place));
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
    page_para(page, "      ", finding->what);
    page_hints(page, &page_unlabelled, finding->nudge, finding->why, finding->cure);
}

void page_findings(const struct page *page)
{
    const struct verdict *verdict = page->verdict;
    const struct finding *told = verdict->ncauses ? verdict->causes[0].finding : NULL;
    size_t n = 0, len = verdict->findings ? verdict->findings->list.len : 0;

    for (size_t i = 0; i < len && (page->opts->verbose || n < FINDINGS_MAX); i++) {
        const struct finding *finding = &verdict->findings->list.items[i];

        if (finding == told || (finding->confidence == FINDING_STYLE && !page->opts->verbose))
            continue;
        n++;
        page_finding_head(page, finding);
        if (!verdict->ncauses || page->opts->verbose)
            write_finding_body(page, finding);
    }
}
