/* rules/facts_parts.h: what facts.c and facts_call.c share. */
#ifndef RULES_FACTS_PARTS_H
#define RULES_FACTS_PARTS_H

#include "rules/facts.h"

/* The one that there is, or a new one. facts_make_sock: NULL for 0. */
struct sock_facts *facts_make_sock(struct facts *facts, uint64_t id, const struct event *event);
struct task_facts *facts_make_task(struct facts *facts, int tid, int pid);
struct proc_facts *facts_make_proc(struct facts *facts, int pid);

/* The role of the event, as a string that lasts: equal roles are the same pointer. */
const char *facts_role(struct facts *facts, const struct event *event);

/* Take a call in; the closing of a reference, by a call or otherwise. */
void facts_call(struct facts *facts, const struct event *event);
void facts_close(struct sock_facts *sock, const struct event *event);

#endif
