/* report/outcome.c: from a verdict, or from the lack of one, to what is told of it. */
#include "report/outcome.h"

#include "base/clock.h"
#include "base/quote.h"
#include "event/brief.h"
#include "expect/parse.h"
#include "names/nametab.h"
#include "report/clean.h"
#include "report/page.h"
#include "report/place.h"
#include "report/text.h"

#include <string.h>

enum { BRIEF_STRING_MAX = 64 };

struct maker {
    const struct verdict *verdict;
    const struct report_opts *opts;
    struct arena *arena;
};

static const char *keep(struct buf *text, struct arena *arena)
{
    const char *kept = arena_memdup(arena, buf_str(text), text->len);

    buf_release(text);
    return kept;
}

static const char *line_of(const char *bytes, size_t len, struct arena *arena)
{
    struct buf text = {0};

    clean_line(&text, bytes, len);
    return keep(&text, arena);
}

static const char *lines_of(const char *bytes, struct arena *arena)
{
    struct buf text = {0};

    clean_lines(&text, bytes, strlen(bytes));
    return keep(&text, arena);
}

/* NULL, and what is empty, stay out. */
static const char *said(const char *text, struct arena *arena)
{
    return text && text[0] ? line_of(text, strlen(text), arena) : NULL;
}

static const char *path_of(const struct maker *maker, const char *path)
{
    struct buf text = {0};

    place_add_path(&text, path, maker->opts);
    return keep(&text, maker->arena);
}

static struct outcome_place source_of(const struct maker *maker, const struct event *event)
{
    const struct frame *frame = event ? event_source(event) : NULL;

    if (!frame || !frame->file)
        return (struct outcome_place){0};
    return (struct outcome_place){path_of(maker, frame->file), frame->line > 0 ? frame->line : 0};
}

static struct outcome_place expected_at(const struct maker *maker, struct span span)
{
    const struct source *source = maker->verdict->expect->source;

    if (span.to <= span.from)
        return (struct outcome_place){0};
    return (struct outcome_place){path_of(maker, source->name), (int)source_place(source, span.from).line};
}

static const char *kind_of(const struct cause *cause)
{
    static const char *const kinds[] = {
        [ALIGN_KEPT] = "behaviour",   [ALIGN_PASSED] = "behaviour", [ALIGN_MISSING] = "missing-call",
        [ALIGN_EXTRA] = "extra-call", [ALIGN_MOVED] = "moved-call", [ALIGN_CHANGED] = "changed-call",
    };

    return cause->is_finding ? "finding" : cause->row ? kinds[cause->row->op] : "behaviour";
}

static const char *call_of(const struct maker *maker, const struct event *event)
{
    struct buf text = {0}, clean = {0};

    if (event->unfinished)
        event_brief_call(&text, event, BRIEF_STRING_MAX);
    else
        event_brief(&text, event, BRIEF_STRING_MAX);
    clean_line(&clean, buf_str(&text), text.len);
    buf_release(&text);
    return keep(&clean, maker->arena);
}

static const char *expected_of(const struct maker *maker, const struct cause *cause)
{
    const struct source *source = maker->verdict->expect->source;
    struct span line;

    if (cause->row && cause->row->step)
        return said(expect_step_text(maker->verdict->expect, cause->row->step, maker->arena), maker->arena);
    if (cause->span.to <= cause->span.from)
        return NULL;
    line = source_line(source, cause->span.from);
    while (line.from < line.to && (source->text[line.from] == ' ' || source->text[line.from] == '\t'))
        line.from++;
    return line_of(source->text + line.from, line.to - line.from, maker->arena);
}

static const char *actual_of(const struct maker *maker, const struct cause *cause)
{
    const struct role_verdict *role = cause->role;
    struct buf quoted = {0};
    const char *text;

    if (cause->row && cause->row->nevents)
        return call_of(maker, cause->row->events[0]);
    if (cause->event)
        return call_of(maker, cause->event);
    if (cause->row || !role || !role->stdout_fails || cause->span.from != role->role->stdout_span.from)
        return NULL;
    quote_c(&quoted, (const uint8_t *)role->stdout_text, role->stdout_len);
    text = line_of(buf_str(&quoted), quoted.len, maker->arena);
    buf_release(&quoted);
    return text;
}

static const char *sureness(const struct finding *finding)
{
    static const char *const words[] = {
        [FINDING_STYLE] = "style", [FINDING_LIKELY] = "likely", [FINDING_PROVED] = "proved"};

    return words[finding->confidence];
}

static void give_hints(const struct maker *maker, struct outcome_cause *out, const char *nudge,
                       const char *why, const char *cure)
{
    unsigned given = PAGE_HINTS - maker->opts->withheld;

    out->nudge = given == 1 ? said(nudge, maker->arena) : NULL;
    out->why = given >= 2 ? said(why, maker->arena) : NULL;
    out->cure = given >= PAGE_HINTS ? said(cure, maker->arena) : NULL;
}

static void name_rule(struct outcome_cause *out, const struct finding *finding)
{
    out->code = finding->code;
    out->title = finding->title;
    out->confidence = sureness(finding);
}

static struct outcome_cause tell_cause(const struct maker *maker, const struct cause *cause)
{
    struct outcome_cause out = {
        .fails = true,
        .kind = kind_of(cause),
        .role = cause->role ? said(cause->role->role->name, maker->arena) : NULL,
        .what = line_of(cause->what, strlen(cause->what), maker->arena),
        .expected = expected_of(maker, cause),
        .actual = actual_of(maker, cause),
        .source = source_of(maker, cause->at),
        .expectation = expected_at(maker, cause->span),
    };

    if (cause->finding)
        name_rule(&out, cause->finding);
    if (maker->opts->withheld < PAGE_HINTS)
        out.hint = said(cause->hint, maker->arena);
    give_hints(maker, &out, cause->nudge, cause->why, cause->cure);
    return out;
}

static struct outcome_cause tell_finding(const struct maker *maker, const struct finding *finding)
{
    struct outcome_cause out = {
        .kind = "finding",
        .role = finding->event ? said(finding->event->role, maker->arena) : NULL,
        .what = line_of(finding->what, strlen(finding->what), maker->arena),
        .actual = finding->event ? call_of(maker, finding->event) : NULL,
        .source = source_of(maker, finding->event),
    };

    name_rule(&out, finding);
    give_hints(maker, &out, finding->nudge, finding->why, finding->cure);
    return out;
}

static bool is_told(const struct verdict *verdict, const struct finding *finding)
{
    for (size_t i = 0; i < verdict->ncauses; i++)
        if (verdict->causes[i].finding == finding)
            return true;
    return false;
}

static void tell_causes(const struct maker *maker, struct outcome *out)
{
    const struct verdict *verdict = maker->verdict;
    size_t nfindings = verdict->findings ? verdict->findings->list.len : 0;
    struct outcome_cause *causes =
        ARENA_ARRAY(maker->arena, struct outcome_cause, verdict->ncauses + nfindings + 1);

    for (size_t i = 0; i < verdict->ncauses; i++)
        causes[out->ncauses++] = tell_cause(maker, &verdict->causes[i]);
    for (int sure = FINDING_PROVED; sure >= FINDING_STYLE; sure--)
        for (size_t i = 0; i < nfindings; i++) {
            const struct finding *finding = &verdict->findings->list.items[i];

            if ((int)finding->confidence == sure && !is_told(verdict, finding))
                causes[out->ncauses++] = tell_finding(maker, finding);
        }
    out->causes = causes;
}

static void tell_scores(const struct maker *maker, struct outcome *out)
{
    const struct verdict *verdict = maker->verdict;
    struct outcome_score *scores = ARENA_ARRAY(maker->arena, struct outcome_score, verdict->nscores + 1);

    for (size_t i = 0; i < verdict->nscores; i++) {
        const struct score *score = &verdict->scores[i];

        scores[i] = (struct outcome_score){
            .role = said(score->role->role->name, maker->arena),
            .at = expected_at(maker, score->points->span),
            .points = score->points->n,
            .is_earned = score->is_earned && verdict->result != VERDICT_UNTESTED,
        };
    }
    out->scores = scores;
    out->nscores = verdict->nscores;
}

static enum outcome_end end_of(const struct role_verdict *role)
{
    return !role->started    ? OUTCOME_NOT_STARTED
           : role->hung      ? OUTCOME_HUNG
           : role->timed_out ? OUTCOME_TIMED_OUT
           : role->stopped   ? OUTCOME_STOPPED
           : role->killed    ? OUTCOME_KILLED
           : role->exited    ? OUTCOME_EXITED
                             : OUTCOME_ALIVE;
}

static struct outcome_stream stream_of(const char *bytes, size_t len, struct arena *arena)
{
    struct outcome_stream stream;
    struct buf text = {0};

    stream.left_out = clean_text(&text, bytes, len);
    stream.text = keep(&text, arena);
    return stream;
}

static void tell_roles(const struct maker *maker, struct outcome *out)
{
    const struct verdict *verdict = maker->verdict;
    struct outcome_role *roles = ARENA_ARRAY(maker->arena, struct outcome_role, verdict->nroles + 1);

    for (size_t i = 0; i < verdict->nroles; i++) {
        const struct role_verdict *role = &verdict->roles[i];
        enum outcome_end end = end_of(role);

        roles[i] = (struct outcome_role){
            .name = line_of(role->role->name, strlen(role->role->name), maker->arena),
            .ncalls = maker->opts->no_chance ? 0 : role->ncalls,
            .end = end,
            .status = end == OUTCOME_EXITED || end == OUTCOME_KILLED ? role->status : 0,
            .out = stream_of(role->stdout_text, role->stdout_len, maker->arena),
            .err = stream_of(role->stderr_text, role->stderr_len, maker->arena),
        };
    }
    out->roles = roles;
    out->nroles = verdict->nroles;
}

static void tell_notes(const struct maker *maker, struct outcome *out)
{
    const struct verdict *verdict = maker->verdict;
    const char **notes = ARENA_ARRAY(maker->arena, const char *, verdict->nnotes + 1);

    for (size_t i = 0; i < verdict->nnotes; i++)
        notes[i] = lines_of(verdict->notes[i], maker->arena);
    out->notes = notes;
    out->nnotes = verdict->nnotes;
}

static const char *text_of(const struct maker *maker)
{
    struct report_opts opts = *maker->opts;
    struct buf text = {0};
    const char *kept;

    opts.color = false;
    opts.width = 0;
    text_add(&text, &maker->verdict, 0, &opts);
    kept = lines_of(buf_str(&text), maker->arena);
    buf_release(&text);
    return kept;
}

enum outcome_result outcome_result_of(const struct verdict *verdict)
{
    static const enum outcome_result results[] = {[VERDICT_HOLDS] = OUTCOME_HOLDS,
                                                  [VERDICT_FAILS] = OUTCOME_FAILS,
                                                  [VERDICT_UNTESTED] = OUTCOME_UNTESTED};

    return results[verdict->result];
}

const struct outcome *outcome_make(const struct verdict *verdict, const struct report_opts *opts,
                                   struct arena *arena)
{
    struct maker maker = {verdict, opts, arena};
    struct outcome *out = ARENA_NEW(arena, struct outcome);
    const char *first = verdict->result == VERDICT_FAILS && verdict->ncauses     ? verdict->causes[0].what
                        : verdict->result == VERDICT_UNTESTED && verdict->nnotes ? verdict->notes[0]
                                                                                 : "";

    out->name = line_of(verdict->name, strlen(verdict->name), arena);
    out->title = line_of(verdict->expect->title, strlen(verdict->expect->title), arena);
    out->expectation = path_of(&maker, verdict->expect->source->name);
    out->result = outcome_result_of(verdict);
    out->headline = line_of(first, strlen(first), arena);
    tell_causes(&maker, out);
    tell_scores(&maker, out);
    tell_roles(&maker, out);
    tell_notes(&maker, out);
    out->text = text_of(&maker);
    if (!opts->no_chance) {
        out->took_ns = verdict->took_ns;
        out->began_s = verdict->trace->head.began_ns / CLOCK_NS_PER_S;
    }
    return out;
}

/* The scenario's name, where that of its file is given. */
static const char *stem_of(const char *name, struct arena *arena)
{
    static const char suffix[] = ".expect";
    size_t len = strlen(name), rest = sizeof(suffix) - 1;
    const char *slash = strrchr(name, '/');

    if (len <= rest || strcmp(name + len - rest, suffix) != 0)
        return line_of(name, len, arena);
    name = slash ? slash + 1 : name;
    return line_of(name, strlen(name) - rest, arena);
}

const struct outcome *outcome_failed(const char *name, enum outcome_result result, const char *message,
                                     struct arena *arena)
{
    struct buf text = {0};
    struct outcome *out = ARENA_NEW(arena, struct outcome);
    const char **notes = ARENA_ARRAY(arena, const char *, 1);

    notes[0] = lines_of(message, arena);
    *out = (struct outcome){
        .name = stem_of(name, arena),
        .title = "",
        .expectation = strcmp(name, stem_of(name, arena)) ? line_of(name, strlen(name), arena) : "",
        .result = result,
        .headline = line_of(message, strcspn(message, "\n"), arena),
        .notes = notes,
        .nnotes = message[0] ? 1 : 0,
    };
    text_headline(&text, result, out->name, "", false);
    if (out->nnotes)
        buf_addf(&text, ": %s", notes[0]);
    if (text.data[text.len - 1] != '\n')
        buf_addc(&text, '\n');
    out->text = keep(&text, arena);
    return out;
}

enum outcome_level outcome_level(const struct outcome *outcome, size_t cause)
{
    const struct outcome_cause *it = &outcome->causes[cause];

    if (it->fails && cause == 0)
        return OUTCOME_ERROR;
    if (!it->confidence)
        return OUTCOME_NOTE;
    return !strcmp(it->confidence, "proved")   ? OUTCOME_ERROR
           : !strcmp(it->confidence, "likely") ? OUTCOME_WARNING
                                               : OUTCOME_NOTE;
}

void outcome_add_rule(struct buf *out, const struct outcome_cause *cause)
{
    if (cause->code)
        buf_adds(out, cause->code);
    else
        buf_addf(out, "sockdrill/%s", cause->kind);
}

struct outcome_place outcome_place(const struct outcome_cause *cause)
{
    return cause->source.file ? cause->source : cause->expectation;
}

void outcome_add_end(struct buf *out, const struct outcome_role *role)
{
    static const char *const words[] = {
        [OUTCOME_NOT_STARTED] = "was not started",
        [OUTCOME_TIMED_OUT] = "ran out of time",
        [OUTCOME_HUNG] = "hung",
        [OUTCOME_STOPPED] = "was stopped when all others had ended",
        [OUTCOME_ALIVE] = "did not end",
    };
    const char *signal = nametab_name(&nametab_signal, (uint64_t)role->status);

    if (role->end == OUTCOME_EXITED)
        buf_addf(out, "exited with %d", role->status);
    else if (role->end == OUTCOME_KILLED && signal)
        buf_addf(out, "was killed by %s", signal);
    else if (role->end == OUTCOME_KILLED)
        buf_addf(out, "was killed by signal %d", role->status);
    else
        buf_adds(out, words[role->end]);
}

struct outcome_sum outcome_sum(const struct outcome *outcome)
{
    struct outcome_sum sum = {0};

    for (size_t i = 0; i < outcome->nscores; i++) {
        sum.possible += outcome->scores[i].points;
        sum.earned += outcome->scores[i].is_earned ? outcome->scores[i].points : 0;
    }
    return sum;
}
