/* grade/roster_json.c: a class as JSON. */
#include "format/base64.h"
#include "format/jout.h"
#include "grade/roster.h"
#include "report/json.h"
#include "report/points.h"

#include <string.h>

static void add_points(struct buf *out, int64_t earned, int64_t possible)
{
    json_open(out, "points", '{');
    points_member(out, "earned", earned);
    points_member(out, "possible", possible);
    buf_addc(out, '}');
}

static void add_part(struct buf *out, const struct mark_part *part)
{
    json_item(out, '{');
    json_text(out, "name", part->scenario);
    json_text(out, "result", outcome_word(part->outcome->result));
    if (outcome_is_verdict(part->outcome->result))
        add_points(out, part->earned, part->worth);
    if (part->outcome->headline[0])
        json_text(out, "headline", part->outcome->headline);
    json_open(out, "findings", '[');
    for (size_t c = 0; c < part->outcome->ncauses; c++)
        if (part->outcome->causes[c].code) {
            jout_next(out);
            jout_string(out, part->outcome->causes[c].code);
        }
    buf_adds(out, "]}");
}

static void add_name(struct buf *out, const char *name)
{
    json_text(out, "name", name);
    if (jout_is_text((const uint8_t *)name, strlen(name)))
        return;
    jout_key(out, "name_base64");
    buf_addc(out, '"');
    base64_encode(out, (const uint8_t *)name, strlen(name));
    buf_addc(out, '"');
}

static void add_mark(struct buf *out, const struct mark *mark)
{
    buf_addc(out, '\n');
    buf_addc(out, '{');
    add_name(out, mark->name);
    json_text(out, "file", mark->stem);
    json_text(out, "result", outcome_word(mark->result));
    add_points(out, mark->earned, mark->worth);
    json_open(out, "build", '{');
    json_text(out, "result", build_word(mark->build.result));
    json_text(out, "command", mark->build.command);
    json_text(out, "why", mark->build.why);
    buf_addc(out, '}');
    json_bool(out, "hangs", mark_hangs(mark));
    json_open(out, "scenarios", '[');
    for (size_t i = 0; i < mark->nparts; i++)
        add_part(out, &mark->parts[i]);
    buf_adds(out, "]}");
}

static void add_causes(struct buf *out, const struct roster *roster)
{
    json_open(out, "causes", '[');
    vec_each (const struct roster_cause, cause, &roster->causes) {
        jout_next(out);
        buf_adds(out, "\n{");
        json_text(out, "rule", cause->rule);
        json_text(out, "what", cause->what);
        json_number(out, "students", cause->students);
        buf_addc(out, '}');
    }
    buf_adds(out, "]");
}

void roster_write_json(struct buf *out, const struct roster *roster)
{
    buf_addc(out, '{');
    json_number(out, "summary", 1);
    json_bool(out, "complete", roster->is_complete);
    json_text(out, "result", outcome_word(roster_result(roster)));
    json_open(out, "counts", '{');
    for (int result = OUTCOME_HOLDS; result <= OUTCOME_FAULT; result++)
        json_number(out, outcome_word((enum outcome_result)result), roster->counts[result]);
    buf_addc(out, '}');
    add_causes(out, roster);
    json_open(out, "submissions", '[');
    for (size_t i = 0; i < roster->len; i++) {
        jout_next(out);
        add_mark(out, roster->marks[i]);
    }
    buf_adds(out, "]}\n");
}
