/* expect/program.c: compiles the steps of a role into blocks of instructions. */
#include "expect/program.h"

#include "base/bug.h"

#include <string.h>

/* A block being compiled, and what all blocks of a role share. */
struct compiler {
    struct arena *arena;
    struct block *block;
    size_t nslots;
    bool *seen; /* slots that stand somewhere in the text so far */
    VEC(struct insn) insns;
    VEC(const struct step *) nevers;
    uint32_t ncounters;
};

static const struct block *compile_block(struct arena *arena, bool *seen, size_t nslots,
                                         const struct steps *steps, const struct scope *scope,
                                         const struct step *opener, const struct block *outer);
static void compile_steps(struct compiler *c, const struct steps *steps);

static uint32_t here(const struct compiler *c)
{
    return (uint32_t)c->insns.len;
}

/* Append an instruction that goes on with the next one. */
static struct insn *emit(struct compiler *c, enum insn_op op)
{
    struct insn insn = {.op = op, .x = here(c) + 1};

    vec_push(&c->insns, insn);
    return &c->insns.items[c->insns.len - 1];
}

static void see_pat(struct compiler *c, const struct pat *pat)
{
    if (!pat)
        return;
    switch (pat->kind) {
    case PAT_NAME: c->seen[pat->slot] = true; break;
    case PAT_NOT: see_pat(c, pat->inner); break;
    case PAT_ADDR: see_pat(c, pat->addr.port); break;
    case PAT_STRUCT:
        for (size_t i = 0; i < pat->st.len; i++)
            see_pat(c, pat->st.fields[i].value);
        break;
    case PAT_ARRAY:
        for (size_t i = 0; i < pat->array.len; i++)
            see_pat(c, pat->array.items[i]);
        break;
    case PAT_OR:
        for (size_t i = 0; i < pat->any_of.len; i++)
            see_pat(c, pat->any_of.items[i]);
        break;
    case PAT_ANY:
    case PAT_INT:
    case PAT_SYM:
    case PAT_FLAGS:
    case PAT_STR:
    case PAT_CMP:
    case PAT_RANGE: break;
    }
}

static void compile_call(struct compiler *c, const struct step *step, bool alone)
{
    const struct block *life = NULL;

    for (size_t i = 0; i < step->nargs; i++)
        see_pat(c, step->args[i]);
    see_pat(c, step->result);
    if (step->has_life)
        life = compile_block(c->arena, c->seen, c->nslots, &step->life, &step->scope, step, c->block);

    struct insn *insn = emit(c, INSN_CALL);
    insn->step = step;
    insn->life = life;
    insn->alone = alone;
}

static void compile_either(struct compiler *c, const struct step *step)
{
    VEC(uint32_t) ends = {0};

    for (size_t i = 0; i < step->nalternatives; i++) {
        uint32_t split = here(c);

        if (i + 1 < step->nalternatives)
            emit(c, INSN_SPLIT);
        compile_steps(c, &step->alternatives[i]);
        if (i + 1 < step->nalternatives) {
            vec_push(&ends, here(c));
            emit(c, INSN_JUMP);
            c->insns.items[split].y = here(c);
        }
    }
    vec_each (uint32_t, end, &ends)
        c->insns.items[*end].x = here(c);
    vec_release(&ends);
}

/* The slots that the body of a loop is the first to use. */
static void set_fresh(struct compiler *c, uint32_t at, const bool *seen_before)
{
    struct insn *insn = &c->insns.items[at];
    size_t *slots = ARENA_ARRAY(c->arena, size_t, c->nslots + 1);

    for (size_t i = 0; i < c->nslots; i++)
        if (c->seen[i] && !seen_before[i])
            slots[insn->nslots++] = i;
    insn->slots = slots;
}

static void compile_loop(struct compiler *c, const struct step *step)
{
    bool *seen_before = (bool *)arena_memdup(c->arena, c->seen, c->nslots * sizeof(*c->seen));
    bool is_life =
        step->body.len == 1 && step->body.items[0]->kind == STEP_CALL && step->body.items[0]->has_life;
    uint32_t counter = c->ncounters++;
    uint32_t loop, fresh;

    emit(c, INSN_ZERO)->counter = counter;
    loop = here(c);
    emit(c, INSN_LOOP)->counter = counter;
    c->insns.items[loop].min = step->min;
    c->insns.items[loop].max = step->max;
    fresh = here(c);
    emit(c, INSN_FRESH);
    if (is_life)
        compile_call(c, step->body.items[0], step->kind == STEP_REPEAT);
    else
        compile_steps(c, &step->body);
    set_fresh(c, fresh, seen_before);
    emit(c, INSN_JUMP)->x = loop;
    c->insns.items[loop].y = here(c);
}

/* `never` holds for the whole block, and is no line among the others. */
static void compile_unordered(struct compiler *c, const struct step *step)
{
    uint32_t fork = here(c), *strands = ARENA_ARRAY(c->arena, uint32_t, step->body.len + 1);
    VEC(uint32_t) ends = {0};

    emit(c, INSN_FORK);
    for (size_t i = 0; i < step->body.len; i++) {
        struct steps line = {&step->body.items[i], 1, NULL};

        if (line.items[0]->kind != STEP_NEVER) {
            strands[ends.len] = here(c);
            compile_steps(c, &line);
            vec_push(&ends, here(c));
            emit(c, INSN_JUMP);
        } else {
            compile_steps(c, &line);
        }
    }
    vec_each (uint32_t, end, &ends)
        c->insns.items[*end].x = here(c);
    c->insns.items[fork].x = here(c);
    c->insns.items[fork].strands = strands;
    c->insns.items[fork].nstrands = ends.len;
    if (ends.len) {
        emit(c, INSN_JOIN)->y = fork;
        c->insns.items[here(c) - 1].nstrands = ends.len;
    } else {
        c->insns.items[fork].op = INSN_JUMP;
    }
    vec_release(&ends);
}

static void compile_any(struct compiler *c, const struct step *step)
{
    uint32_t split = here(c);
    struct insn *any;

    emit(c, INSN_SPLIT);
    any = emit(c, INSN_ANY);
    any->step = step;
    any->x = split;
    c->insns.items[split].y = here(c);
}

static void compile_step(struct compiler *c, const struct step *step)
{
    uint32_t split;

    switch (step->kind) {
    case STEP_CALL: compile_call(c, step, false); return;
    case STEP_OPTIONAL:
        split = here(c);
        emit(c, INSN_SPLIT);
        compile_steps(c, &step->body);
        c->insns.items[split].y = here(c);
        return;
    case STEP_REPEAT:
    case STEP_EACH: compile_loop(c, step); return;
    case STEP_EITHER: compile_either(c, step); return;
    case STEP_NEVER:
        for (size_t i = 0; i < step->body.len; i++)
            vec_push(&c->nevers, step->body.items[i]);
        return;
    case STEP_ANY: compile_any(c, step); return;
    case STEP_UNORDERED: compile_unordered(c, step); return;
    case STEP_BLOCK: compile_steps(c, &step->body); return;
    case STEP_TOTAL: break;
    }
    BUG("step kind %d", (int)step->kind);
}

static void compile_steps(struct compiler *c, const struct steps *steps)
{
    for (size_t i = 0; i < steps->len; i++)
        compile_step(c, steps->items[i]);
}

static void set_scope(struct arena *arena, struct block *block, const struct scope *scope,
                      const struct block *outer)
{
    size_t inherited = outer ? outer->nignores : 0;
    const struct ignore **ignores =
        ARENA_ARRAY(arena, const struct ignore *, inherited + scope->nignores + 1);

    for (size_t i = 0; i < inherited; i++)
        ignores[i] = outer->ignores[i];
    for (size_t i = 0; i < scope->nignores; i++)
        ignores[inherited + i] = &scope->ignores[i];
    block->ignores = ignores;
    block->nignores = inherited + scope->nignores;
    block->strict = scope->strict || (outer && outer->strict);
    block->totals[0] = scope->totals[0];
    block->totals[1] = scope->totals[1];
}

static const struct block *compile_block(struct arena *arena, bool *seen, size_t nslots,
                                         const struct steps *steps, const struct scope *scope,
                                         const struct step *opener, const struct block *outer)
{
    struct block *block = ARENA_NEW(arena, struct block);
    struct compiler c = {.arena = arena, .block = block, .seen = seen, .nslots = nslots};

    set_scope(arena, block, scope, outer);
    compile_steps(&c, steps);
    emit(&c, INSN_END);
    block->insns =
        (const struct insn *)arena_memdup(arena, c.insns.items, c.insns.len * sizeof(*c.insns.items));
    block->len = c.insns.len;
    block->nevers = (const struct step *const *)arena_memdup(arena, c.nevers.items,
                                                             c.nevers.len * sizeof(*c.nevers.items));
    block->nnevers = c.nevers.len;
    block->ncounters = c.ncounters;
    block->opener = opener;
    vec_release(&c.insns);
    vec_release(&c.nevers);
    return block;
}

static bool pat_names(const struct pat *pat, const char *name)
{
    if (!pat)
        return false;
    if (pat->kind == PAT_OR) {
        for (size_t i = 0; i < pat->any_of.len; i++)
            if (pat_names(pat->any_of.items[i], name))
                return true;
    }
    return pat->kind == PAT_SYM && strcmp(pat->sym.name, name) == 0;
}

static bool names_einprogress(const struct step *step)
{
    return pat_names(step->errnos, "EINPROGRESS");
}

static bool names_socketpair(const struct step *step)
{
    return step->kind == STEP_CALL && step->canon == CANON_SOCKETPAIR;
}

static bool is_strict(const struct step *step)
{
    return step->scope.strict;
}

/* Strict blocks see everything as it happened: what their lines name makes no difference to the others. */
static bool any_step(const struct steps *steps, bool (*is)(const struct step *step))
{
    for (size_t i = 0; i < steps->len; i++) {
        const struct step *step = steps->items[i];

        if (is(step) || (!step->scope.strict && any_step(&step->life, is)) || any_step(&step->body, is))
            return true;
        for (size_t j = 0; j < step->nalternatives; j++)
            if (any_step(&step->alternatives[j], is))
                return true;
    }
    return false;
}

const struct program *program_make(struct arena *arena, const struct expect *expect, const struct role *role)
{
    struct program *program = ARENA_NEW(arena, struct program);
    bool *seen = ARENA_ARRAY(arena, bool, expect->nslots + 1);

    program->nslots = expect->nslots;
    program->role = compile_block(arena, seen, expect->nslots, &role->body, &role->scope, NULL, NULL);
    if (role->scope.strict) {
        program->has_strict = true;
        return program;
    }
    program->has_strict = any_step(&role->body, is_strict);
    program->names_einprogress = any_step(&role->body, names_einprogress);
    program->names_socketpair = any_step(&role->body, names_socketpair);
    return program;
}

bool block_ignores(const struct block *block, const struct event *event)
{
    for (size_t i = 0; i < block->nignores; i++) {
        const struct ignore *ignore = block->ignores[i];

        if (ignore->exact ? strcmp(ignore->exact, event->name) == 0 : ignore->canon == event->canon)
            return true;
    }
    return false;
}
