/* expect/scope.c: what `strict` and `ignore` mean for the lines of a block and of those inside it. */
#include "expect/parser.h"

#include "event/canon.h"

#include <string.h>

/* A block, and the blocks around it. */
struct level {
    const struct scope *scope;
    const struct level *outer;
    bool strict;
};

static void resolve_steps(struct parser *p, struct steps steps, const struct level *level);

static bool is_ignored(const struct ignore *ignore, const struct step *step)
{
    if (ignore->exact)
        return step->exact && strcmp(ignore->exact, step->exact) == 0;
    return ignore->canon == step->canon;
}

/* What the block, or one around it, says of the step's call; or NULL. */
static const struct ignore *find_ignore(const struct step *step, const struct level *level)
{
    for (; level; level = level->outer)
        for (size_t i = 0; i < level->scope->nignores; i++)
            if (is_ignored(&level->scope->ignores[i], step))
                return &level->scope->ignores[i];
    return NULL;
}

static void hint_ignore(struct parser *p, const struct ignore *ignore)
{
    diags_hint(p->diags, "'ignore %s' stands in this block or in one around it", ignore->name);
}

static void check_totals(struct parser *p, const struct level *level)
{
    for (size_t i = 0; i < ARRAY_LEN(level->scope->totals); i++) {
        const struct step *step = level->scope->totals[i];
        const struct ignore *ignore = step ? find_ignore(step, level) : NULL;

        if (!ignore)
            continue;
        diags_add(p->diags, step->span, "'%s' is not looked at here: there are never any bytes to count",
                  canon_name(step->canon));
        hint_ignore(p, ignore);
    }
}

/* In a strict block a name is the kernel's; still, bytes of a stream are bytes of a stream. */
static void make_exact(struct parser *p, struct step *step)
{
    if (step->canon == CANON_NONE)
        return;
    if (!step->exact)
        step->exact = call_kernel_name(step->name);
    step->is_data = call_is_data_line(step);
    if (step->exact)
        return;
    diags_add(p->diags, step->name_span, "'%s' stands for several system calls, and this block is strict",
              step->name);
    diags_hint(p->diags, "name the one that is meant: poll, select, epoll_wait, …");
}

static void resolve_call(struct parser *p, struct step *step, const struct level *level)
{
    struct level inner = {&step->scope, level, level->strict || step->scope.strict};
    const struct ignore *ignore;

    if (level->strict)
        make_exact(p, step);
    ignore = find_ignore(step, level);
    if (ignore) {
        diags_add(p->diags, step->name_span, "'%s' is not looked at here: no call ever fits this line",
                  step->name);
        hint_ignore(p, ignore);
    }
    resolve_steps(p, step->life, &inner);
    check_totals(p, &inner);
}

static void resolve_steps(struct parser *p, struct steps steps, const struct level *level)
{
    for (size_t i = 0; i < steps.len; i++) {
        struct step *step = steps.items[i];

        if (step->kind == STEP_CALL)
            resolve_call(p, step, level);
        resolve_steps(p, step->body, level);
        for (size_t k = 0; k < step->nalternatives; k++)
            resolve_steps(p, step->alternatives[k], level);
    }
}

void scope_resolve(struct parser *p, const struct role *role)
{
    struct level level = {&role->scope, NULL, role->scope.strict};

    resolve_steps(p, role->body, &level);
}
