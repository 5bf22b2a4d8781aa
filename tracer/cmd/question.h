/* cmd/question.h: what somebody asks `sockdrill explain`. */
#ifndef CMD_QUESTION_H
#define CMD_QUESTION_H

#include "base/vec.h"
#include "explain/meaning.h"
#include "explain/topic.h"
#include "rules/rules.h"

enum question_kind {
    ASKS_LIST,        /* what there is */
    ASKS_TOPIC,       /* `topic`; where it is a call, `call` and `canon` as well */
    ASKS_RULE,        /* `rule` */
    ASKS_ERROR,       /* `err`, of whichever call */
    ASKS_CALL_ERROR,  /* `err` of `call` */
    ASKS_CALL_ERRORS, /* all that `call` may fail with */
    ASKS_UNKNOWN,     /* there is nothing for these words */
    ASKS_IMPOSSIBLE,  /* `call` does not fail with `err`, as far as is known */
};

struct question {
    enum question_kind kind;
    const struct topic *topic;
    const struct rule_text *rule;
    enum canon canon;
    const char *call; /* as the user wrote it, in lower case */
    int err;
};

struct question question_make(char *const *words, size_t n, struct arena *arena);

/* What there is to ask for. The strings live in the arena. */
struct question_names {
    VEC(const char *) list;
};

/* All names of all topics, the codes of the rules and the names of the errors. */
void question_names(struct question_names *names, struct arena *arena);

/* The names of the errors, each once: those of a call, or all there are (CANON_NONE). */
void question_errors(struct question_names *names, enum canon canon);

/*
 * Step through the reasons for an error of the call asked for: of `it`, NULL at first, the next, or NULL.
 * Calls that wait have one canonical name; of theirs only those of the system call that was named.
 */
const struct meaning *question_reason(const struct question *question, const struct meaning *it);

/* What the links of a topic's text lead to, each once, and for a rule the topics that name it. */
void question_see(const struct question *question, struct question_names *names, struct arena *arena);

#endif
