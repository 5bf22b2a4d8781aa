/* cmd/question.c: which of all explanations the words of a question ask for. */
#include "cmd/question.h"

#include "event/canon.h"

#include <ctype.h>
#include <string.h>

static void add_name(struct question_names *names, const char *name)
{
    vec_each (const char *, it, &names->list)
        if (!strcmp(*it, name))
            return;
    vec_push(&names->list, name);
}

/* ---- what the words mean ---- */

static const char *changed(struct arena *arena, const char *word, int (*change)(int))
{
    char *made = arena_strdup(arena, word);

    for (char *c = made; *c; c++)
        *c = (char)change((unsigned char)*c);
    return made;
}

static int find_error(const char *word, struct arena *arena)
{
    uint64_t err;

    if (!nametab_find(&nametab_errno, changed(arena, word, toupper), &err))
        return 0;
    for (const struct meaning *it = meanings; it->err; it++)
        if (it->err == (int)err)
            return it->err;
    return 0;
}

static bool has_rows(enum canon canon)
{
    for (const struct meaning *it = meanings; it->err; it++)
        if (it->canon == canon)
            return true;
    return false;
}

static bool take_call(struct question *question, const char *word, struct arena *arena)
{
    const char *call = changed(arena, word, tolower);
    enum canon canon = canon_find(call);

    if (canon == CANON_NONE)
        canon = canon_of_syscall(call);
    /* poll and the like wait, and have topics of their own; what is left is known by a topic alone. */
    if (canon == CANON_NONE || !has_rows(canon))
        return false;
    question->canon = canon;
    question->call = call;
    return true;
}

static const struct rule_text *find_rule(const char *word, struct arena *arena)
{
    return rules_text(changed(arena, word, toupper));
}

/* "accept()" and "accept(2)" are accept. */
static const char *bare(const char *word, struct arena *arena)
{
    size_t len = strcspn(word, "(");

    return len && word[len] && word[strlen(word) - 1] == ')' ? arena_printf(arena, "%.*s", (int)len, word)
                                                             : word;
}

static struct question ask_one(const char *word, struct arena *arena)
{
    struct question question = {.kind = ASKS_UNKNOWN};

    question.topic = topic_find(word);
    if (question.topic && question.topic->kind == TOPIC_STATES) {
        question.kind = ASKS_TOPIC;
        return question;
    }
    if (take_call(&question, word, arena)) {
        if (!question.topic)
            question.topic = topic_find(canon_name(question.canon));
        question.kind = question.topic ? ASKS_TOPIC : ASKS_CALL_ERRORS;
    } else if (question.topic) {
        question.kind = ASKS_TOPIC;
    } else if ((question.rule = find_rule(word, arena))) {
        question.kind = ASKS_RULE;
    } else if ((question.err = find_error(word, arena))) {
        question.kind = ASKS_ERROR;
    }
    return question;
}

static struct question ask_of_call(const char *a, const char *b, struct arena *arena)
{
    struct question question = {.kind = ASKS_UNKNOWN};

    if (!take_call(&question, a, arena)) {
        const char *first = a;

        a = b;
        b = first;
        if (!take_call(&question, a, arena))
            return question;
    }
    question.err = find_error(b, arena);
    if (question.err)
        question.kind = meaning_find(question.canon, question.err) ? ASKS_CALL_ERROR : ASKS_IMPOSSIBLE;
    else if (!strcmp(b, "errors"))
        question.kind = ASKS_CALL_ERRORS;
    return question;
}

struct question question_make(char *const *words, size_t n, struct arena *arena)
{
    struct question question = {.kind = ASKS_LIST};
    struct buf phrase = {0};

    for (size_t i = 0; i < n; i++)
        buf_addf(&phrase, "%s%s", i ? " " : "", bare(words[i], arena));
    if (n)
        question = ask_one(buf_str(&phrase), arena);
    if (n == 2 && question.kind == ASKS_UNKNOWN)
        question = ask_of_call(bare(words[0], arena), bare(words[1], arena), arena);
    buf_release(&phrase);
    return question;
}

/* ---- what there is ---- */

void question_errors(struct question_names *names, enum canon canon)
{
    for (const struct meaning *it = meanings; it->err; it++)
        if (canon == CANON_NONE || it->canon == canon)
            add_name(names, nametab_name(&nametab_errno, (uint64_t)it->err));
}

void question_names(struct question_names *names, struct arena *arena)
{
    const struct rule_text *text;
    struct buf name = {0};

    for (const struct topic *it = topics; it->names; it++)
        for (size_t i = 0; topic_name(it, i, &name); i++)
            add_name(names, arena_strdup(arena, buf_str(&name)));
    for (size_t i = 0; (text = rules_text_at(i)); i++)
        add_name(names, text->code);
    question_errors(names, CANON_NONE);
    buf_release(&name);
}

const struct meaning *question_reason(const struct question *question, const struct meaning *it)
{
    const struct event event = {
        .kind = EVENT_CALL, .canon = question->canon, .name = question->call, .err = question->err};

    if (question->canon == CANON_WAIT && strcmp(question->call, "wait") != 0)
        return it ? NULL : meaning_of(&event);
    return it ? meaning_next(it) : meaning_find(question->canon, question->err);
}

static bool names_rule(const struct topic *topic, const char *code)
{
    return strstr(topic->rules, code) != NULL;
}

void question_see(const struct question *question, struct question_names *names, struct arena *arena)
{
    struct buf target = {0};

    for (const struct topic *it = topics; question->rule && it->names; it++)
        if (names_rule(it, question->rule->code) && topic_name(it, 0, &target))
            add_name(names, arena_strdup(arena, buf_str(&target)));
    if (question->topic)
        for (const char *text = question->topic->text; topic_link(&text, NULL, &target);)
            add_name(names, arena_strdup(arena, buf_str(&target)));
    buf_release(&target);
}
