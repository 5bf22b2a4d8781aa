/* grade/roster_csv.c: a class as a table for spreadsheets. */
#include "grade/roster.h"
#include "report/points.h"

#include <string.h>

static void add_field(struct buf *out, const char *text)
{
    bool is_formula = text[0] && strchr("=+-@\t\r", text[0]);

    if (out->len && out->data[out->len - 1] != '\n')
        buf_addc(out, ',');
    if (!is_formula && !strpbrk(text, ",\"\r\n ")) {
        buf_adds(out, text);
        return;
    }
    buf_adds(out, is_formula ? "\"'" : "\"");
    for (; *text; text++) {
        if (*text == '"')
            buf_addc(out, '"');
        buf_addc(out, *text);
    }
    buf_addc(out, '"');
}

static void add_points(struct buf *out, int64_t hundredths)
{
    struct buf text = {0};

    points_write(&text, hundredths);
    add_field(out, buf_str(&text));
    buf_release(&text);
}

static void add_name(struct buf *out, const char *name)
{
    struct buf text = {0};

    submission_show(&text, name);
    add_field(out, buf_str(&text));
    buf_release(&text);
}

/* "tcp-echo: server: listen is missing" */
static void add_first(struct buf *out, const struct mark *mark)
{
    const struct mark_part *first = mark_first(mark);
    struct buf text = {0};

    if (first && !mark_builds(mark))
        buf_adds(&text, mark->build.why);
    else if (first)
        buf_addf(&text, "%s: %s", first->scenario, first->outcome->headline);
    add_field(out, buf_str(&text));
    buf_release(&text);
}

/* "SD001 SD021" */
static void add_codes(struct buf *out, const struct mark *mark)
{
    struct buf text = {0};

    for (size_t i = 0; i < mark->nparts; i++) {
        const struct outcome *outcome = mark->parts[i].outcome;

        for (size_t c = 0; c < outcome->ncauses; c++) {
            const char *code = outcome->causes[c].code;

            if (code && outcome_level(outcome, c) != OUTCOME_NOTE && !strstr(buf_str(&text), code))
                buf_addf(&text, "%s%s", text.len ? " " : "", code);
        }
    }
    add_field(out, buf_str(&text));
    buf_release(&text);
}

static void add_mark(struct buf *out, const struct mark *mark)
{
    add_name(out, mark->name);
    add_points(out, mark->earned);
    add_points(out, mark->worth);
    add_field(out, outcome_word(mark->result));
    add_field(out, build_word(mark->build.result));
    add_field(out, mark_hangs(mark) ? "yes" : "no");
    /* Nobody is to take what could not be tested for no points. */
    for (size_t i = 0; i < mark->nparts; i++)
        if (outcome_is_verdict(mark->parts[i].outcome->result))
            add_points(out, mark->parts[i].earned);
        else
            add_field(out, outcome_word(mark->parts[i].outcome->result));
    add_first(out, mark);
    add_codes(out, mark);
    buf_adds(out, "\r\n");
}

void roster_write_csv(struct buf *out, const struct roster *roster)
{
    static const char *const before[] = {"student", "points", "of", "result", "build", "hangs"};

    for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
        add_field(out, before[i]);
    for (size_t i = 0; roster->len && i < roster->marks[0]->nparts; i++)
        add_field(out, roster->marks[0]->parts[i].scenario);
    add_field(out, "first cause");
    add_field(out, "findings");
    buf_adds(out, "\r\n");
    for (size_t i = 0; i < roster->len; i++)
        add_mark(out, roster->marks[i]);
}
