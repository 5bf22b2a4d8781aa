/* report/more.c: what to ask `sockdrill explain` for, to learn more about what went wrong. */
#include "report/more.h"

#include "explain/meaning.h"
#include "explain/topic.h"

#include <string.h>

static void add_command(struct buf *out)
{
    buf_adds(out, out->len ? " · sockdrill explain " : "sockdrill explain ");
}

static void add_call(struct buf *out, const struct cause *cause)
{
    const struct event *event = cause->event;
    const struct step *step = cause->row ? cause->row->step : NULL;
    enum canon canon = event ? event->canon : step ? step->canon : CANON_NONE;

    if (canon == CANON_NONE || !topic_find(canon_name(canon)))
        return;
    add_command(out);
    buf_adds(out, canon_name(canon));
    if (event && meaning_of(event))
        buf_addf(out, " %s", nametab_name(&nametab_errno, (uint64_t)event->err));
}

/* The one that tells of the same mistake; or the first in the same program, which it most likely led to. */
static const struct finding *find_finding(const struct verdict *verdict, const struct cause *cause)
{
    if (cause->finding || !cause->role || !verdict->findings)
        return cause->finding;
    vec_each (const struct finding, it, &verdict->findings->list)
        if (it->confidence != FINDING_STYLE && it->event && !strcmp(it->event->role, cause->role->role->name))
            return it;
    return NULL;
}

bool more_add(struct buf *out, const struct verdict *verdict)
{
    const struct cause *cause = verdict->ncauses ? &verdict->causes[0] : NULL;
    const struct finding *finding = cause ? find_finding(verdict, cause) : NULL;
    struct buf text = {0};
    bool is_told;

    if (cause)
        add_call(&text, cause);
    if (finding) {
        add_command(&text);
        buf_adds(&text, finding->code);
    }
    is_told = text.len > 0;
    buf_adds(out, buf_str(&text));
    buf_release(&text);
    return is_told;
}
