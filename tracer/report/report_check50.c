/* report/report_check50.c: outcomes as `check50 --output json` writes its results. */
#include "format/jout.h"
#include "report/json.h"
#include "report/outcome.h"
#include "report/views.h"

#include <string.h>

static void add_log(struct buf *out, const char *text)
{
    json_open(out, "log", '[');
    while (*text) {
        size_t len = strcspn(text, "\n");

        jout_next(out);
        jout_text(out, (const uint8_t *)text, len);
        text += len + (text[len] == '\n');
    }
    buf_addc(out, ']');
}

/* As much as is not withheld, in one text. */
static void help_member(struct buf *out, const struct outcome_cause *cause)
{
    const char *const parts[] = {cause->hint, cause->nudge, cause->why, cause->cure};
    struct buf help = {0};

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (parts[i])
            buf_addf(&help, "%s%s", help.len ? "\n" : "", parts[i]);
    if (help.len)
        json_text(out, "help", help.data);
    else
        json_null(out, "help");
    buf_release(&help);
}

static void add_cause(struct buf *out, const struct outcome *outcome)
{
    static const struct outcome_cause none = {0};
    const struct outcome_cause *cause =
        outcome->result == OUTCOME_FAILS && outcome->ncauses ? &outcome->causes[0] : &none;

    json_open(out, "cause", '{');
    json_text(out, "rationale", outcome->headline[0] ? outcome->headline : "it does not hold");
    help_member(out, cause);
    if (cause->expected && cause->actual) {
        json_text(out, "expected", cause->expected);
        json_text(out, "actual", cause->actual);
    }
    buf_addc(out, '}');
}

static void add_result(struct buf *out, const struct outcome *outcome)
{
    json_item(out, '{');
    json_text(out, "name", outcome->name);
    json_text(out, "description", outcome->title[0] ? outcome->title : outcome->name);
    if (outcome->result == OUTCOME_HOLDS || outcome->result == OUTCOME_FAILS)
        json_bool(out, "passed", outcome->result == OUTCOME_HOLDS);
    else
        json_null(out, "passed");
    add_log(out, outcome->text);
    if (outcome->result == OUTCOME_HOLDS)
        json_null(out, "cause");
    else
        add_cause(out, outcome);
    json_open(out, "data", '{');
    buf_addc(out, '}');
    json_null(out, "dependency");
    buf_addc(out, '}');
}

static void write_check50(struct buf *out, const struct outcome *const *outcomes, size_t len,
                          const struct report_set *set)
{
    buf_addc(out, '{');
    json_text(out, "slug", set->title);
    json_text(out, "version", set->version);
    json_open(out, "results", '[');
    for (size_t i = 0; i < len; i++)
        add_result(out, outcomes[i]);
    buf_adds(out, "]}\n");
}

const struct report report_check50 = {
    .name = "check50",
    .suffix = "check50.json",
    .what = "as check50 --output json",
    .write = write_check50,
};
