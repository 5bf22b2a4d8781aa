/* report/page.c: paragraphs, hints, and the places of causes in expectation and program. */
#include "report/page.h"

#include "base/quote.h"
#include "event/brief.h"
#include "report/layout.h"
#include "report/place.h"

#include <string.h>

void page_escaped(struct buf *out, const char *text)
{
    quote_terminal(out, text, strlen(text));
}

void page_para(const struct page *page, const char *label, const char *text)
{
    struct buf escaped = {0};

    page_escaped(&escaped, text);
    layout_para(page->out, PAGE_INDENT, label, buf_str(&escaped), page->width);
    buf_release(&escaped);
}

const struct page_labels page_labelled = {"ask  ", "why  ", "do   "},
                         page_unlabelled = {"      ", "      ", "      "};

void page_hints(const struct page *page, const struct page_labels *labels, const char *nudge, const char *why,
                const char *cure)
{
    unsigned given = PAGE_HINTS - page->opts->withheld;

    if (given == 1 && nudge)
        page_para(page, labels->nudge, nudge);
    if (given >= 2)
        page_para(page, labels->why, why);
    if (given >= PAGE_HINTS)
        page_para(page, labels->cure, cure);
}

void page_expected(const struct page *page, const struct cause *cause)
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
    buf_addf(page->out, "%*s", PAGE_INDENT, "");
    page_escaped(page->out, source->name);
    buf_addf(page->out, ":%u\n%*s%4u | ", number, PAGE_INDENT, "", number);
    for (size_t i = line.from; i < line.to; i++)
        buf_addc(&text, source->text[i] == '\t' ? ' ' : source->text[i]);
    quote_terminal(&escaped, buf_str(&text), text.len);
    layout_cut(page->out, buf_str(&escaped), page->width - PAGE_INDENT - GUTTER);
    buf_addc(page->out, '\n');
    buf_release(&text);
    buf_release(&escaped);
}

void page_source(const struct page *page, const struct cause *cause)
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
        layout_width(buf_str(&line)) + layout_width(buf_str(&callers)) + PAGE_INDENT + 2 <= page->width) {
        buf_addf(&line, ", %s", buf_str(&callers));
        has_callers = false;
    }
    buf_addf(page->out, "%*s", PAGE_INDENT, "");
    layout_cut_call(page->out, buf_str(&line), page->width - PAGE_INDENT);
    buf_addc(page->out, '\n');
    if (has_callers)
        layout_para(page->out, 2 * PAGE_INDENT, "", buf_str(&callers), page->width);
    place_write_lines(page->out, cause->at, page->verdict, page->opts);
release:
    buf_release(&brief);
    buf_release(&callers);
    buf_release(&line);
}
