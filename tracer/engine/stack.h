/* engine/stack.h: how a task came to where it is: the functions on its stack, with source lines. */
#ifndef ENGINE_STACK_H
#define ENGINE_STACK_H

#include "engine/task.h"

struct stacks;
struct site;

/* `depth`: the most functions of one stack, from the innermost on; those that are inlined do not count. 0: of
 * each stack only what event.src tells, which spares naming what is not the program's own. */
struct stacks *stacks_new(unsigned depth);
void stacks_free(struct stacks *stacks);

/*
 * Unwinds the stack of a stopped task. What is returned is good until the next stack_take; NULL where not
 * even registers could be had: it was killed meanwhile. `after_call`: it stands behind the instruction that
 * made a system call.
 */
struct site *stack_take(struct stacks *stacks, struct task *task, bool after_call);

/*
 * Names functions and lines, which takes its time where they are new: the task may run on before. The frames
 * go into `arena`, their strings live as long as `stacks`. A `site` of NULL is fine.
 */
void stack_tell(struct stacks *stacks, struct site *site, struct arena *arena, struct event *event);

/* Code was mapped into the process, or all of it was replaced. */
void stack_forget(struct proc *proc);

#endif
