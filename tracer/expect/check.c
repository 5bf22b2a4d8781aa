/* expect/check.c: what needs the whole tree: names that nothing binds, roles that wait for each other. */
#include "expect/parser.h"

#include <string.h>

/* Of one role, while its steps are walked in order. */
struct binding {
    struct parser *p;
    bool *may_be_bound; /* by slot: on some way to the line at hand */
    bool binds;         /* false inside `never`: what is not there binds nothing */
};

static void check_steps(struct binding *b, struct steps steps);

static void bind_names(struct binding *b, const struct pat *pat)
{
    if (!pat || !b->binds)
        return;
    switch (pat->kind) {
    case PAT_NAME: b->may_be_bound[pat->slot] = true; break;
    case PAT_NOT: bind_names(b, pat->inner); break;
    case PAT_ADDR: bind_names(b, pat->addr.port); break;
    case PAT_STRUCT:
        for (size_t i = 0; i < pat->st.len; i++)
            bind_names(b, pat->st.fields[i].value);
        break;
    case PAT_ARRAY:
        for (size_t i = 0; i < pat->array.len; i++)
            bind_names(b, pat->array.items[i]);
        break;
    case PAT_OR:
        for (size_t i = 0; i < pat->any_of.len; i++)
            bind_names(b, pat->any_of.items[i]);
        break;
    default: break;
    }
}

static void never_bound(struct binding *b, const struct pat *pat)
{
    struct parser *p = b->p;
    const char *name = p->slots.items[pat->slot];
    VEC(const char *) bound = {0};
    const char *near;

    diags_add(p->diags, pat->span, "$%s is used but never bound: no line before this one makes it", name);
    for (size_t i = 0; i < p->slots.len; i++)
        if (b->may_be_bound[i])
            vec_push(&bound, p->slots.items[i]);
    near = diag_nearest(name, bound.items, bound.len);
    if (near)
        diags_hint(p->diags, "did you mean $%s?", near);
    else
        diags_hint(p->diags, "a socket gets its name where it is made: socket(…) = $%s", name);
    vec_release(&bound);
    b->may_be_bound[pat->slot] = true;
}

static void check_call(struct binding *b, const struct step *step)
{
    const struct pat *sock = step->nargs && call_is_on_socket(step->canon) ? step->args[0] : NULL;

    if (sock && sock->kind == PAT_NAME && !b->may_be_bound[sock->slot])
        never_bound(b, sock);
    for (size_t i = 0; i < step->nargs; i++)
        bind_names(b, step->args[i]);
    bind_names(b, step->result);
    check_steps(b, step->life);
}

static bool *copy_bound(struct binding *b, const bool *from)
{
    bool *copy = ARENA_ARRAY(b->p->arena, bool, b->p->slots.len);

    for (size_t i = 0; i < b->p->slots.len; i++)
        copy[i] = from[i];
    return copy;
}

/* Each alternative begins with what was bound before; behind them, what any of them bound may be. */
static void check_either(struct binding *b, const struct step *step)
{
    size_t n = b->p->slots.len;
    bool *before = copy_bound(b, b->may_be_bound), *after = b->may_be_bound;

    for (size_t i = 0; i < step->nalternatives; i++) {
        struct binding one = *b;

        one.may_be_bound = copy_bound(b, before);
        check_steps(&one, step->alternatives[i]);
        for (size_t slot = 0; slot < n; slot++)
            after[slot] |= one.may_be_bound[slot];
    }
}

/* What the lines of a block may bind; a socket that one only works on, it does not. */
static void bind_steps(struct binding *b, struct steps steps)
{
    for (size_t i = 0; i < steps.len; i++) {
        const struct step *step = steps.items[i];

        for (size_t k = call_is_on_socket(step->canon); k < step->nargs; k++)
            bind_names(b, step->args[k]);
        bind_names(b, step->result);
        if (step->kind != STEP_NEVER)
            bind_steps(b, step->body);
        for (size_t k = 0; k < step->nalternatives; k++)
            bind_steps(b, step->alternatives[k]);
    }
}

/* Each line may come after any other: it has the names that any of them binds. */
static void check_unordered(struct binding *b, const struct step *step)
{
    bool *after = b->may_be_bound;

    for (size_t i = 0; i < step->body.len; i++) {
        struct binding one = *b;

        one.may_be_bound = copy_bound(b, after);
        for (size_t other = i + 1; other < step->body.len; other++)
            bind_steps(&one, (struct steps){&step->body.items[other], 1, NULL});
        check_steps(&one, (struct steps){&step->body.items[i], 1, NULL});
        for (size_t slot = 0; slot < b->p->slots.len; slot++)
            after[slot] |= one.may_be_bound[slot];
    }
}

static void check_steps(struct binding *b, struct steps steps)
{
    for (size_t i = 0; i < steps.len; i++) {
        const struct step *step = steps.items[i];
        bool binds = b->binds;

        switch (step->kind) {
        case STEP_CALL: check_call(b, step); break;
        case STEP_EITHER: check_either(b, step); break;
        case STEP_UNORDERED: check_unordered(b, step); break;
        case STEP_ANY: break;
        default:
            b->binds = binds && step->kind != STEP_NEVER;
            check_steps(b, step->body);
            b->binds = binds;
        }
    }
}

static void check_names(struct parser *p, const struct role *role)
{
    struct binding b = {.p = p, .binds = true, .may_be_bound = ARENA_ARRAY(p->arena, bool, p->slots.len)};

    vec_each (size_t, slot, &p->forgiven)
        b.may_be_bound[*slot] = true;
    check_steps(&b, role->body);
}

enum { NO_ROLE = SIZE_MAX };

static size_t role_index(const struct parser *p, const char *name)
{
    for (size_t i = 0; i < p->roles.len; i++)
        if (strcmp(p->roles.items[i]->base, name) == 0)
            return i;
    return NO_ROLE;
}

/* What it waits for must be another role's doing. */
static bool check_awaited(struct parser *p, const struct role *role, const struct awaited *awaited)
{
    VEC(const char *) names = {0};

    if (strcmp(awaited->role, role->base) == 0) {
        diags_add(p->diags, awaited->span, "a role can't wait for itself");
        return false;
    }
    if (role_index(p, awaited->role) != NO_ROLE)
        return true;
    diags_add(p->diags, awaited->span, "there is no role '%s'", awaited->role);
    vec_each (struct role *, other, &p->roles)
        vec_push(&names, (*other)->base);
    parser_hint_nearest(p, awaited->role, names.items, names.len);
    vec_release(&names);
    return false;
}

static void check_pauses(struct parser *p, const struct role *role)
{
    for (size_t i = 0; i < role->npauses; i++)
        check_awaited(p, role, &role->pauses[i].until);
}

/* Can role i start once those in `started` have? By default it waits for all that stand before it. */
static bool can_start(const struct parser *p, size_t i, const bool *started)
{
    const struct role *role = p->roles.items[i];
    size_t awaited = role->start.role ? role_index(p, role->start.role) : NO_ROLE;

    if (role->start.role)
        return awaited == NO_ROLE || started[awaited];
    for (size_t j = 0; j < i; j++)
        if (!started[j] && strcmp(p->roles.items[j]->base, role->base) != 0)
            return false;
    return true;
}

/* Start roles as long as one can; the rest wait for each other. */
static void check_starts(struct parser *p)
{
    bool *started = ARENA_ARRAY(p->arena, bool, p->roles.len), again = true;

    while (again) {
        again = false;
        for (size_t i = 0; i < p->roles.len; i++)
            if (!started[i] && can_start(p, i, started))
                started[i] = again = true;
    }
    for (size_t i = 0; i < p->roles.len; i++) {
        const struct role *role = p->roles.items[i];

        if (role->start.role && role->copy <= 1 && check_awaited(p, role, &role->start) && !started[i]) {
            diags_add(p->diags, role->start.span, "'%s' would never start: it and '%s' wait for each other",
                      role->base, role->start.role);
            diags_hint(p->diags, "a role without 'start when' waits for those that stand before it");
        }
    }
}

void check_expect(struct parser *p)
{
    /* What is wrong in one copy is wrong in all. */
    vec_each (struct role *, role, &p->roles) {
        if ((*role)->copy <= 1) {
            check_names(p, *role);
            check_pauses(p, *role);
        }
        scope_resolve(p, *role);
    }
    check_starts(p);
    if (!p->roles.len && !p->diags->list.len) {
        diags_add(p->diags, (struct span){p->lex.source->len, p->lex.source->len},
                  "no role stands in this file");
        diags_hint(p->diags, "a role is written NAME \"COMMAND\" { … }");
    }
}
