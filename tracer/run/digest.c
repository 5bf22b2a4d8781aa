/* run/digest.c: the first look at a recorded trace, in a stream. */
#include "run/digest.h"

#include "expect/match.h"
#include "run/excerpt.h"
#include "run/judge.h"

#include <string.h>

struct digest {
    struct run *run;
    struct model *model;
    struct match **matches; /* by role of the expectation */
    struct heard *heard;
    struct excerpt *excerpts;
    size_t nevents;
    uint64_t up_ns; /* when the time of some role was up, the first of them; UINT64_MAX: it never was */
    struct rules_watch watch;
    VEC(const char *) roles; /* of the trace, each once */
    struct intmap started;   /* pids */
};

struct digest *digest_new(struct run *run)
{
    const struct expect *expect = run->verdict.expect;
    struct digest *digest = ALLOC_NEW(struct digest);

    digest->run = run;
    digest->up_ns = UINT64_MAX;
    digest->model = model_new();
    model_keep_open(digest->model);
    digest->matches = ARENA_ARRAY(&run->arena, struct match *, expect->nroles);
    run->heard = digest->heard = ARENA_ARRAY(&run->arena, struct heard, expect->nroles);
    digest->excerpts = ARENA_ARRAY(&run->arena, struct excerpt, expect->nroles);
    for (size_t i = 0; i < expect->nroles; i++)
        digest->matches[i] = match_new(expect, expect->roles[i]);
    rules_watch_head(&digest->watch, &run->trace.head);
    run->watch = &digest->watch;
    return digest;
}

void digest_free(struct digest *digest)
{
    if (!digest)
        return;
    for (size_t i = 0; i < digest->run->verdict.expect->nroles; i++) {
        match_free(digest->matches[i]);
        excerpt_release(&digest->excerpts[i]);
    }
    rules_watch_release(&digest->watch);
    digest->run->watch = NULL;
    model_free(digest->model);
    vec_release(&digest->roles);
    intmap_release(&digest->started);
    free(digest);
}

static bool is_first_of_role(struct digest *digest, const char *role)
{
    vec_each (const char *, known, &digest->roles)
        if (strcmp(*known, role) == 0)
            return false;
    vec_push(&digest->roles, arena_strdup(&digest->run->arena, role));
    return true;
}

/* What is looked at besides matching (calls: those that a role was in at the end), and with whatever the
 * rules find. */
static bool is_kept(struct digest *digest, const struct event *event)
{
    bool is_first = is_first_of_role(digest, event->role);

    switch (event->kind) {
    case EVENT_START: intmap_set(&digest->started, (uint64_t)event->pid, digest); return true;
    case EVENT_EXIT: return is_first || intmap_get(&digest->started, (uint64_t)event->pid);
    case EVENT_LOST:
    case EVENT_ROLE: return true;
    case EVENT_CALL: return is_first || judge_is_cut_off(event, event->end_ns > digest->up_ns, digest->up_ns);
    default: return is_first;
    }
}

static void listen_to(struct digest *digest, const struct event *event)
{
    const struct expect *expect = digest->run->verdict.expect;

    for (size_t i = 0; i < expect->nroles; i++) {
        struct heard *heard = &digest->heard[i];

        if (strcmp(event->role, expect->roles[i]->name) != 0)
            continue;
        heard->ncalls += event->kind == EVENT_CALL;
        if (event->kind == EVENT_CALL)
            heard->last_seq = event->seq;
        if (!heard->failed_seq && !match_event(digest->matches[i], event))
            heard->failed_seq = event->seq;
        excerpt_event(&digest->excerpts[i], event, heard->failed_seq != 0);
    }
}

/* The runner ends programs from now on, and so what they have open. */
static void note_time_up(struct digest *digest, uint64_t up_ns)
{
    digest->up_ns = up_ns;
    for (size_t i = 0; i < digest->run->verdict.expect->nroles; i++)
        excerpt_keep_open(&digest->excerpts[i]);
}

void digest_event(struct digest *digest, struct event *event)
{
    struct run *run = digest->run;

    model_fold(digest->model, event);
    listen_to(digest, event);
    if (digest->up_ns == UINT64_MAX && judge_is_timeout(event, &run->arena))
        note_time_up(digest, event->start_ns);
    rules_watch_event(&digest->watch, event);
    run->ended_ns = event->end_ns;
    digest->nevents++;
    if (is_kept(digest, event) || rules_watch_points(&digest->watch, event->seq))
        sink_event(&run->trace.sink, event);
}

bool digest_end(struct digest *digest)
{
    bool all_hold = true;

    for (size_t i = 0; i < digest->run->verdict.expect->nroles; i++) {
        digest->heard[i].holds = match_end(digest->matches[i]);
        all_hold = all_hold && digest->heard[i].holds;
        excerpt_end(&digest->excerpts[i]);
    }
    digest->roles.len = 0;
    rules_watch_end(&digest->watch);
    return all_hold && !rules_watch_suspects(&digest->watch);
}

bool digest_wants(struct digest *digest, const struct event *event)
{
    const struct expect *expect = digest->run->verdict.expect;
    bool wanted = is_kept(digest, event) || rules_watch_wants(&digest->watch, event);

    for (size_t i = 0; i < expect->nroles; i++)
        if (strcmp(event->role, expect->roles[i]->name) == 0 && excerpt_wants(&digest->excerpts[i], event))
            wanted = true;
    return wanted;
}

size_t digest_length(const struct digest *digest)
{
    return digest->nevents;
}
