/* unit/expect/fit.h: a pattern and a script: does it hold, and how is it aligned? */
#ifndef UNIT_EXPECT_FIT_H
#define UNIT_EXPECT_FIT_H

#include "event/brief.h"
#include "expect/match.h"
#include "expect/parse.h"
#include "script.h"

/* A parsed role and its trace. */
struct fit {
    struct arena arena;
    struct source source;
    struct diags diags;
    struct script script;
    const struct expect *expect;
    const struct role *role;
};

static inline void fit_init(struct fit *fit, const char *body, const char *events)
{
    memset(fit, 0, sizeof(*fit));
    fit->source.name = "test";
    fit->source.text = arena_printf(&fit->arena, "server \"x\" {\n%s\n}\n", body);
    fit->source.len = strlen(fit->source.text);
    fit->diags.source = &fit->source;
    fit->expect = expect_parse(&fit->arena, NULL, 0, &fit->diags);
    if (!fit->expect) {
        struct buf text = {0};

        diags_write(&fit->diags, &text);
        ck_abort_msg("%s", buf_str(&text));
    }
    fit->role = fit->expect->roles[0];
    script_init(&fit->script, events);
}

static inline void fit_release(struct fit *fit)
{
    script_release(&fit->script);
    diags_release(&fit->diags);
    arena_release(&fit->arena);
}

static inline bool fit_matches(const struct fit *fit)
{
    struct match *match = match_new(fit->expect, fit->role);
    bool holds;

    vec_each (struct event *, event, &fit->script.trace.events)
        match_event(match, *event);
    holds = match_end(match);
    match_free(match);
    return holds;
}

static inline const struct alignment *fit_align(struct fit *fit)
{
    return align_role(fit->expect, fit->role, &fit->script.trace, NULL, &fit->arena);
}

/* Rows as text, one per line: `kept bind`, `MISSING listen`, `CHANGED bind port 7000 22555`, `EXTRA send(3,
 * "x") = 1`. */
static inline const char *fit_rows(struct fit *fit, const struct alignment *alignment, bool with_kept)
{
    static const char *const ops[] = {"kept", "passed", "MISSING", "EXTRA", "MOVED", "CHANGED"};
    struct buf out = {0};
    const char *text;

    for (size_t i = 0; i < alignment->nrows; i++) {
        const struct align_row *row = &alignment->rows[i];

        if (!with_kept && (row->op == ALIGN_KEPT || row->op == ALIGN_PASSED))
            continue;
        buf_addf(&out, "%*s%s ", (int)row->depth * 2, "", ops[row->op]);
        if (row->step)
            buf_adds(&out, row->step->name ? row->step->name
                                           : expect_step_text(fit->expect, row->step, &fit->arena));
        else if (row->nevents)
            event_brief(&out, row->events[0], BRIEF_STRLEN);
        if (row->op == ALIGN_CHANGED)
            buf_addf(&out, " %s %s %s", row->what, row->expected, row->seen);
        if (row->step && row->nevents > 1)
            buf_addf(&out, " x%zu", row->nevents);
        buf_addc(&out, '\n');
    }
    text = arena_memdup(&fit->arena, buf_str(&out), out.len);
    buf_release(&out);
    return text;
}

#endif
