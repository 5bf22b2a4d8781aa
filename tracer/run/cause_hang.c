/* run/cause_hang.c: that nothing could move any more. */
#include "run/cause.h"

bool cause_is_of_hang(const struct run *run, const struct role_verdict *role)
{
    if (!role->hung)
        return false;
    while (role-- > run->verdict.roles)
        if (role->hung)
            return false;
    return true;
}

/* "nothing can move any more: server waits in recv, client waits in epoll_wait" */
struct ranked cause_of_hang(struct run *run, const struct role_verdict *first)
{
    struct ranked ranked = {.rank = {RANK_LEFT_WAITING, UINT64_MAX}, .cause = {.role = first}};
    const char *what = "nothing can move any more", *before = ":";

    for (size_t i = 0; i < run->verdict.nroles; i++) {
        const struct role_verdict *role = &run->verdict.roles[i];
        const struct event *in = role->blocked_in;
        const char *call = !in ? "" : in->canon == CANON_WAIT ? in->name : canon_name(in->canon);

        if (!role->hung)
            continue;
        what = arena_printf(&run->arena, "%s%s %s waits%s%s", what, before, role->role->name,
                            in ? " in " : "", call);
        before = ",";
    }
    ranked.cause.what = what;
    ranked.cause.event = ranked.cause.at = first->blocked_in;
    ranked.cause.why = "Each waits for what only another could do, and the others wait as well";
    ranked.cause.cure = "See below which call would have set one of them free: make it before that one waits";
    return ranked;
}
