/* report/report_text.c: outcomes in words: the report of each, and how many there were of each kind. */
#include "report/layout.h"
#include "report/page.h"
#include "report/text.h"
#include "report/views.h"

#include <string.h>

static const struct {
    const char *mark, *says, *many;
    enum style style;
} looks[] = {
    [OUTCOME_HOLDS] = {"✓", "holds", "hold", STYLE_GOOD},
    [OUTCOME_FAILS] = {"✗", "does not hold", "do not hold", STYLE_BAD},
    [OUTCOME_UNTESTED] = {"?", "could not be tested", "could not be tested", STYLE_BOLD},
    [OUTCOME_WRONG_FILE] = {"?", "is wrong", "are wrong", STYLE_BOLD},
    [OUTCOME_FAULT] = {"?", "met a fault of sockdrill", "met a fault of sockdrill", STYLE_BOLD},
};

void text_headline(struct buf *out, enum outcome_result result, const char *name, const char *first,
                   bool color)
{
    layout_styled(out, color, looks[result].style, looks[result].mark);
    buf_addc(out, ' ');
    page_escaped(out, name);
    buf_addf(out, " %s", looks[result].says);
    if (first[0]) {
        buf_adds(out, ": ");
        page_escaped(out, first);
    }
}

static void add_kinds(struct buf *out, const struct outcome *const *outcomes, size_t len)
{
    const char *before = ": ";

    buf_addf(out, "\n%zu scenarios", len);
    for (size_t k = 0; k < ARRAY_LEN(looks); k++) {
        size_t n = 0;

        for (size_t i = 0; i < len; i++)
            n += outcomes[i]->result == (enum outcome_result)k;
        if (!n)
            continue;
        buf_addf(out, "%s%zu %s", before, n, n == 1 ? looks[k].says : looks[k].many);
        before = ", ";
    }
}

/* What was written of them is out of sight by now. */
void text_summary(struct buf *out, const struct outcome *const *outcomes, size_t len, bool color)
{
    struct outcome_sum sum = {0};

    if (len < 2)
        return;
    add_kinds(out, outcomes, len);
    for (size_t i = 0; i < len; i++) {
        struct outcome_sum one = outcome_sum(outcomes[i]);

        if (outcomes[i]->result == OUTCOME_UNTESTED)
            continue;
        sum.earned += one.earned;
        sum.possible += one.possible;
    }
    if (sum.possible)
        buf_addf(out, "; %ld of %ld point%s", sum.earned, sum.possible, sum.possible == 1 ? "" : "s");
    buf_addc(out, '\n');
    for (size_t i = 0; i < len; i++) {
        if (outcomes[i]->result == OUTCOME_HOLDS)
            continue;
        buf_addf(out, "%*s", PAGE_INDENT, "");
        text_headline(out, outcomes[i]->result, outcomes[i]->name, outcomes[i]->headline, color);
        buf_addc(out, '\n');
    }
}

static void write_text(struct buf *out, const struct outcome *const *outcomes, size_t len,
                       const struct report_set *set)
{
    (void)set;
    for (size_t i = 0; i < len; i++) {
        if (i && (outcomes[i]->result == OUTCOME_FAILS || outcomes[i - 1]->result == OUTCOME_FAILS))
            buf_addc(out, '\n');
        buf_adds(out, outcomes[i]->text);
    }
    text_summary(out, outcomes, len, false);
}

const struct report report_text = {
    .name = "text", .suffix = "txt", .what = "in words, for people", .write = write_text};
