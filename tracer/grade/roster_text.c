/* grade/roster_text.c: a class for people. */
#include "grade/roster.h"
#include "report/points.h"

#include <string.h>

enum { NAME_MOST = 30, CAUSES_MOST = 10 };

static const struct {
    const char *mark, *paint, *is, *are;
} looks[] = {
    [OUTCOME_HOLDS] = {"✓", "\033[32m", "holds", "hold"},
    [OUTCOME_FAILS] = {"✗", "\033[31m", "does not hold", "do not hold"},
    [OUTCOME_UNTESTED] = {"?", "\033[1m", "could not be tested", "could not be tested"},
    [OUTCOME_WRONG_FILE] = {"?", "\033[1m", "met a wrong file", "met a wrong file"},
    [OUTCOME_FAULT] = {"?", "\033[1m", "met a fault of sockdrill", "met a fault of sockdrill"},
};

/* Characters, as good as columns. */
static size_t width_of(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += (*text & 0xc0) != 0x80;
    return n;
}

static size_t widest(const struct roster *roster)
{
    size_t most = 0;

    for (size_t i = 0; i < roster->len; i++) {
        struct buf name = {0};

        submission_show(&name, roster->marks[i]->name);
        if (width_of(buf_str(&name)) > most)
            most = width_of(buf_str(&name));
        buf_release(&name);
    }
    return most < NAME_MOST ? most : NAME_MOST;
}

static void add_mark(struct buf *out, const struct mark *mark, size_t width, bool color)
{
    const struct mark_part *first = mark_first(mark);
    struct buf name = {0};
    size_t len;

    submission_show(&name, mark->name);
    len = width_of(buf_str(&name));
    if (color)
        buf_addf(out, "%s%s\033[0m ", looks[mark->result].paint, looks[mark->result].mark);
    else
        buf_addf(out, "%s ", looks[mark->result].mark);
    buf_addf(out, "%s%*s  ", buf_str(&name), (int)(len < width ? width - len : 0), "");
    points_write(out, mark->earned);
    buf_adds(out, " of ");
    points_write(out, mark->worth);
    if (first) {
        buf_adds(out, "  ");
        if (mark_builds(mark))
            buf_addf(out, "%s: %s", first->scenario, first->outcome->headline);
        else
            buf_adds(out, mark->build.why);
    }
    buf_addc(out, '\n');
    buf_release(&name);
}

static void add_counts(struct buf *out, const struct roster *roster)
{
    const char *before = ": ";
    int64_t earned = 0, worth = 0;

    buf_addf(out, "\n%zu submission%s", roster->len, roster->len == 1 ? "" : "s");
    for (size_t k = 0; k < ARRAY_LEN(looks); k++) {
        if (!roster->counts[k])
            continue;
        buf_addf(out, "%s%zu %s", before, roster->counts[k],
                 roster->counts[k] == 1 ? looks[k].is : looks[k].are);
        before = ", ";
    }
    for (size_t i = 0; i < roster->len; i++) {
        earned += roster->marks[i]->earned;
        worth = roster->marks[i]->worth;
    }
    if (roster->len) {
        buf_adds(out, "; on average ");
        points_write(out, points_share(earned, 1, (int64_t)roster->len));
        buf_adds(out, " of ");
        points_write(out, worth);
        buf_adds(out, " points");
    }
    buf_adds(out, roster->is_complete ? "\n" : "; the class is not complete\n");
}

static void add_causes(struct buf *out, const struct roster *roster)
{
    size_t shown = roster->causes.len < CAUSES_MOST ? roster->causes.len : CAUSES_MOST;

    if (!shown)
        return;
    buf_adds(out, "\nMost frequent:\n");
    for (size_t i = 0; i < shown; i++) {
        const struct roster_cause *cause = &roster->causes.items[i];

        buf_addf(out, "  %4zu  ", cause->students);
        if (strncmp(cause->rule, "SD", 2) == 0)
            buf_addf(out, "%s: ", cause->rule);
        buf_addf(out, "%s\n", cause->what);
    }
    if (shown < roster->causes.len)
        buf_addf(out, "  and %zu others, see summary.json\n", roster->causes.len - shown);
}

static bool is_untested(const struct mark *mark)
{
    for (size_t i = 0; i < mark->nparts; i++)
        if (!outcome_is_verdict(mark->parts[i].outcome->result))
            return true;
    return false;
}

static bool is_unbuilt(const struct mark *mark)
{
    return !mark_builds(mark);
}

/* "Do not build: ada, bob" */
static void add_list(struct buf *out, const struct roster *roster, const char *title,
                     bool (*is_one)(const struct mark *mark))
{
    const char *before = ": ";

    for (size_t i = 0; i < roster->len; i++) {
        if (!is_one(roster->marks[i]))
            continue;
        buf_addf(out, "%s%s", before[0] == ':' ? title : "", before);
        submission_show(out, roster->marks[i]->name);
        before = ", ";
    }
    if (before[0] != ':')
        buf_addc(out, '\n');
}

void roster_write_text(struct buf *out, const struct roster *roster, bool color)
{
    size_t width = widest(roster);

    for (size_t i = 0; i < roster->len; i++)
        add_mark(out, roster->marks[i], width, color);
    add_counts(out, roster);
    add_causes(out, roster);
    buf_addc(out, '\n');
    add_list(out, roster, "Do not build", is_unbuilt);
    add_list(out, roster, "Hang, or take too long", mark_hangs);
    add_list(out, roster, "Could not be tested, in part at least", is_untested);
}
