/* report/report_github.c: outcomes as workflow commands of GitHub Actions, which make annotations; and as
 * Markdown for the summary of the step. */
#include "base/vec.h"
#include "report/points.h"
#include "report/tally.h"
#include "report/views.h"

#include <string.h>

/* GitHub shows so many annotations of each type a step; and takes a summary of 1 MiB. */
enum { ANNOTATIONS_MOST = 10, SUMMARY_MOST = 900 * 1024 };

/* What is told in one annotation. */
struct note {
    const struct outcome *outcome;
    const struct outcome_cause *cause; /* NULL: that it could not be tested */
    enum outcome_level level;
};

struct notes {
    VEC(struct note) list; /* of each level the most important first */
};

static bool is_tested(const struct outcome *outcome)
{
    return outcome->result == OUTCOME_HOLDS || outcome->result == OUTCOME_FAILS;
}

static void gather(struct notes *notes, const struct outcome *const *outcomes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (outcomes[i]->result == OUTCOME_FAILS && outcomes[i]->ncauses)
            vec_push(&notes->list, (struct note){outcomes[i], &outcomes[i]->causes[0], OUTCOME_ERROR});
    for (size_t i = 0; i < len; i++)
        if (!is_tested(outcomes[i]) || (outcomes[i]->result == OUTCOME_FAILS && !outcomes[i]->ncauses))
            vec_push(&notes->list, (struct note){outcomes[i], NULL, OUTCOME_ERROR});
    for (size_t i = 0; i < len; i++)
        for (size_t c = outcomes[i]->result == OUTCOME_FAILS; c < outcomes[i]->ncauses; c++)
            vec_push(&notes->list,
                     (struct note){outcomes[i], &outcomes[i]->causes[c], outcome_level(outcomes[i], c)});
}

/* Is it one of those that become annotations? */
static bool is_shown(const struct notes *notes, size_t at)
{
    size_t before = 0;

    for (size_t i = 0; i < at; i++)
        before += notes->list.items[i].level == notes->list.items[at].level;
    return before < ANNOTATIONS_MOST;
}

/* ---- commands ---- */

/* As the runner takes it apart: of properties `:` and `,` are escaped too. */
static void add_escaped(struct buf *out, const char *text, bool is_property)
{
    for (; *text; text++) {
        if (*text == '%' || *text == '\r' || *text == '\n' || (is_property && (*text == ':' || *text == ',')))
            buf_addf(out, "%%%02X", (unsigned char)*text);
        else
            buf_addc(out, *text);
    }
}

static void add_property(struct buf *out, const char *key, const char *value)
{
    buf_addf(out, "%s%s=", out->data[out->len - 1] == ' ' ? "" : ",", key);
    add_escaped(out, value, true);
}

static void add_title(struct buf *text, const struct note *note)
{
    if (!note->cause)
        buf_adds(text, note->outcome->result == OUTCOME_FAILS        ? "does not hold"
                       : note->outcome->result == OUTCOME_WRONG_FILE ? "wrong file"
                                                                     : "could not test");
    else if (note->cause->code)
        buf_addf(text, "%s %s", note->cause->code, note->cause->title ? note->cause->title : "");
    else
        buf_adds(text, note->cause->what);
}

/* "tcp-echo: server: listen is missing", and what helps, in lines of their own. */
static void add_message(struct buf *text, const struct note *note)
{
    const struct outcome_cause *cause = note->cause;

    buf_addf(text, "%s: %s", note->outcome->name, cause ? cause->what : note->outcome->headline);
    if (!cause)
        return;
    if (cause->hint)
        buf_addf(text, "\nhint: %s", cause->hint);
    if (cause->nudge)
        buf_addf(text, "\nask: %s", cause->nudge);
    if (cause->why)
        buf_addf(text, "\nwhy: %s", cause->why);
    if (cause->cure)
        buf_addf(text, "\ndo: %s", cause->cure);
}

static struct outcome_place place_of(const struct note *note)
{
    const char *expectation = note->outcome->expectation;

    return note->cause ? outcome_place(note->cause)
                       : (struct outcome_place){expectation[0] ? expectation : NULL, 0};
}

static void add_command(struct buf *out, const struct note *note)
{
    static const char *const commands[] = {
        [OUTCOME_NOTE] = "notice", [OUTCOME_WARNING] = "warning", [OUTCOME_ERROR] = "error"};
    struct outcome_place place = place_of(note);
    struct buf title = {0}, message = {0};

    add_title(&title, note);
    add_message(&message, note);
    buf_addf(out, "::%s ", commands[note->level]);
    if (place.file)
        add_property(out, "file", place.file);
    if (place.file && place.line)
        buf_addf(out, ",line=%d", place.line);
    add_property(out, "title", buf_str(&title));
    buf_adds(out, "::");
    add_escaped(out, buf_str(&message), false);
    buf_addc(out, '\n');
    buf_release(&title);
    buf_release(&message);
}

static void write_github(struct buf *out, const struct outcome *const *outcomes, size_t len,
                         const struct report_set *set)
{
    struct notes notes = {0};

    (void)set;
    gather(&notes, outcomes, len);
    for (int level = OUTCOME_ERROR; level >= OUTCOME_NOTE; level--)
        for (size_t i = 0; i < notes.list.len; i++)
            if ((int)notes.list.items[i].level == level && is_shown(&notes, i))
                add_command(out, &notes.list.items[i]);
    vec_release(&notes.list);
}

/* ---- the summary ---- */

static void add_html(struct buf *out, const char *text)
{
    static const char *const entities[128] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};

    for (; *text; text++) {
        const char *entity = (unsigned char)*text < 128 ? entities[(unsigned char)*text] : NULL;

        if (entity)
            buf_adds(out, entity);
        else
            buf_addc(out, *text);
    }
}

/* One line of text in Markdown: every character that could mean something there, a mention or a link
 * included, is written as its number. */
static void add_markdown(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n')
            buf_addc(out, ' ');
        else if (strchr("\\`*_{}[]()<>#+-.!|~$@&\"':/=^", *text))
            buf_addf(out, "&#%d;", *text);
        else
            buf_addc(out, *text);
    }
}

static const char *mark_of(const struct outcome *outcome)
{
    return outcome->result == OUTCOME_HOLDS ? "✓" : outcome->result == OUTCOME_FAILS ? "✗" : "?";
}

static void add_row(struct buf *out, const struct outcome *outcome, struct outcome_sum sum)
{
    buf_addf(out, "| %s | ", mark_of(outcome));
    add_markdown(out, outcome->name);
    buf_adds(out, " | ");
    add_markdown(out, outcome->headline[0] ? outcome->headline : "holds");
    buf_adds(out, " | ");
    if (sum.possible) {
        points_write(out, sum.earned);
        buf_adds(out, " of ");
        points_write(out, sum.possible);
    }
    buf_adds(out, " |\n");
}

static void add_details(struct buf *out, const struct outcome *outcome)
{
    buf_addf(out, "\n<details><summary>%s ", mark_of(outcome));
    add_html(out, outcome->name);
    buf_adds(out, "</summary>\n\n<pre>");
    add_html(out, outcome->text);
    buf_adds(out, "</pre>\n</details>\n");
}

/* What has become no annotation. */
static void add_others(struct buf *out, const struct notes *notes)
{
    bool has_heading = false;

    for (size_t i = 0; i < notes->list.len && out->len < SUMMARY_MOST; i++) {
        const struct note *note = &notes->list.items[i];
        struct outcome_place place = place_of(note);
        struct buf message = {0}, at = {0};

        if (is_shown(notes, i))
            continue;
        if (place.file)
            buf_addf(&at, place.line ? "%s:%d: " : "%s: ", place.file, place.line);
        add_message(&message, note);
        buf_adds(out, has_heading ? "- " : "\n#### Not annotated\n\n- ");
        add_markdown(out, buf_str(&at));
        add_markdown(out, buf_str(&message));
        buf_addc(out, '\n');
        has_heading = true;
        buf_release(&message);
        buf_release(&at);
    }
}

static void write_summary(struct buf *out, const struct outcome *const *outcomes, size_t len,
                          const struct report_set *set)
{
    struct tally tally = tally_make(outcomes, len, set);
    struct notes notes = {0};
    size_t i;

    buf_adds(out, "### ");
    add_markdown(out, set->title);
    buf_adds(out, ": ");
    tally_add_words(out, &tally);
    buf_adds(out, "\n\n| | scenario | | points |\n|---|---|---|---|\n");
    for (i = 0; i < len && out->len < SUMMARY_MOST; i++)
        add_row(out, outcomes[i], tally_points(set, outcomes, i));
    gather(&notes, outcomes, len);
    add_others(out, &notes);
    for (i = 0; i < len && out->len < SUMMARY_MOST; i++)
        if (outcomes[i]->result != OUTCOME_HOLDS)
            add_details(out, outcomes[i]);
    if (out->len >= SUMMARY_MOST)
        buf_adds(out, "\nThere is more than fits into a summary.\n");
    vec_release(&notes.list);
}

const struct report report_github = {
    .name = "github",
    .suffix = "github.txt",
    .what = "annotations and summary of GitHub Actions",
    .write = write_github,
    .aside_in = "GITHUB_STEP_SUMMARY",
    .write_aside = write_summary,
};
