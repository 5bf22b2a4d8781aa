/* report/page_waiting.c: the picture of a run in which nothing can move any more. */
#include "report/page.h"

void page_waiting(const struct page *page)
{
    const struct verdict *verdict = page->verdict;

    if (verdict->nwaiting)
        buf_addf(page->out, "%*sNothing can move any more. Who waits for whom:\n", PAGE_INDENT, "");
    for (size_t i = 0; i < verdict->nwaiting; i++) {
        const struct waiting *waiting = &verdict->waiting[i];
        struct buf label = {0};

        buf_adds(&label, "  ");
        page_escaped(&label, waiting->role);
        buf_adds(&label, "  ");
        page_para(page, buf_str(&label), waiting->text);
        if (waiting->free[0] && page->opts->withheld < PAGE_HINTS - 1)
            page_para(page, "      free by  ", waiting->free);
        buf_release(&label);
    }
}
