/* report/page.h: a verdict in words as it is being written, and the paragraphs that make it up. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "report/report.h"
#include "verdict/verdict.h"

enum { PAGE_INDENT = 2, PAGE_HINTS = 3 };

struct page {
    struct buf *out;
    const struct verdict *verdict;
    const struct report_opts *opts;
    size_t width;
};

/* What stands in front of each hint. */
struct page_labels {
    const char *nudge, *why, *cure;
};
extern const struct page_labels page_labelled, page_unlabelled;

/* Texts may hold bytes of traced programs: nothing moves the cursor. */
void page_escaped(struct buf *out, const char *text);
void page_para(const struct page *page, const char *label, const char *text);

/* As much as is not withheld. The nudge is for those who are given nothing else. */
void page_hints(const struct page *page, const struct page_labels *labels, const char *nudge, const char *why,
                const char *cure);

/* The line of the expectation that the cause is about, as compilers show it. */
void page_expected(const struct page *page, const struct cause *cause);

/* The place in the program: what happened there, or what is missing behind it. */
void page_source(const struct page *page, const struct cause *cause);

/* Who waits for whom, where nothing could move any more. */
void page_waiting(const struct page *page);

/* What else went wrong; findings have lines of their own. */
void page_consequences(const struct page *page);

/* The line that editors jump by; what does not fit into it stands below. */
void page_finding_head(const struct page *page, const struct finding *finding);

/* One mistake is explained at a time: behind a first cause of failure the others have a line each. */
void page_findings(const struct page *page);

#endif
