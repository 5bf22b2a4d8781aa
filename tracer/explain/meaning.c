/* explain/meaning.c: looking up what an error means for a call. */
#include "explain/meaning.h"

static const struct meaning *find(enum canon canon, int err)
{
    for (const struct meaning *it = meanings; it->err; it++)
        if (it->canon == canon && it->err == err)
            return it;
    return NULL;
}

const struct meaning *meaning_find(enum canon canon, int err)
{
    const struct meaning *own = find(canon, err);

    return own ? own : find(CANON_NONE, err);
}

const struct meaning *meaning_next(const struct meaning *meaning)
{
    const struct meaning *next = meaning + 1;

    return next->err == meaning->err && next->canon == meaning->canon ? next : NULL;
}
