/* cmd/explain_json.c: what `sockdrill explain` tells, for programs. */
#include "cmd/explain.h"

#include "format/jout.h"

#include <string.h>

static void add_string(struct buf *out, const char *key, const char *string)
{
    jout_key(out, key);
    jout_string(out, string);
}

static void add_strings(struct buf *out, const char *key, const struct question_names *names)
{
    jout_key(out, key);
    buf_addc(out, '[');
    vec_each (const char *, it, &names->list) {
        jout_next(out);
        jout_string(out, *it);
    }
    buf_addc(out, ']');
}

/* The parts of a list in one string. */
static void add_split(struct buf *out, const char *key, const char *text, const char *separator,
                      struct arena *arena)
{
    struct question_names names = {0};

    while (*text) {
        const char *end = strstr(text, separator);
        size_t len = end ? (size_t)(end - text) : strlen(text);

        vec_push(&names.list, arena_printf(arena, "%.*s", (int)len, text));
        text += end ? len + strlen(separator) : len;
    }
    add_strings(out, key, &names);
    vec_release(&names.list);
}

static void add_see(struct buf *out, const struct question *question, struct arena *arena)
{
    struct question_names names = {0};

    question_see(question, &names, arena);
    add_strings(out, "see", &names);
    vec_release(&names.list);
}

static void add_errors(struct buf *out, enum canon canon)
{
    struct question_names names = {0};

    question_errors(&names, canon);
    add_strings(out, "errors", &names);
    vec_release(&names.list);
}

static void add_topic(struct buf *out, const struct question *question, struct arena *arena)
{
    const struct topic *topic = question->topic;
    struct buf plain = {0};

    for (const char *at = topic->text; topic_link(&at, &plain, NULL);)
        continue;
    add_string(out, "kind", explain_kinds[topic->kind]);
    add_split(out, "names", topic->names, ", ", arena);
    add_split(out, "text", buf_str(&plain), "\n", arena);
    if (question->call)
        add_errors(out, question->canon);
    add_split(out, "rules", topic->rules, " ", arena);
    if (topic->line[0])
        add_string(out, "pattern", topic->line);
    add_split(out, "course", topic->course, " ", arena);
    add_see(out, question, arena);
    add_split(out, "manual", topic->man, ", ", arena);
    buf_release(&plain);
}

static void add_rule(struct buf *out, const struct question *question, struct arena *arena)
{
    const struct rule_text *rule = question->rule;
    enum confidence confidence;
    const char *what;

    add_string(out, "kind", "rules");
    add_split(out, "names", rule->code, ", ", arena);
    add_string(out, "title", rule->title);
    jout_key(out, "shows");
    buf_addc(out, '[');
    for (size_t i = 0; rules_sign_at(rule->code, i, &confidence, &what); i++) {
        jout_next(out);
        buf_addc(out, '{');
        add_string(out, "confidence", explain_sureness(confidence));
        if (what)
            add_string(out, "what", explain_sign(what, arena));
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
    add_string(out, "ask", rule->nudge);
    add_string(out, "why", rule->why);
    add_string(out, "do", rule->cure);
    add_see(out, question, arena);
    add_split(out, "manual", rule->man, ", ", arena);
    add_string(out, "section", rule->section);
}

/* An object for each reason. */
static void add_reasons(struct buf *out, const struct question *question)
{
    for (const struct meaning *it = question_reason(question, NULL); it; it = question_reason(question, it)) {
        jout_next(out);
        buf_addc(out, '{');
        if (question->call)
            add_string(out, "call", question->call);
        add_string(out, "error", nametab_name(&nametab_errno, (uint64_t)it->err));
        add_string(out, "why", it->why);
        add_string(out, "do", it->cure);
        buf_addc(out, '}');
    }
}

static void add_meanings(struct buf *out, const struct question *question)
{
    add_string(out, "kind", "errors");
    jout_key(out, "reasons");
    buf_addc(out, '[');
    if (question->kind == ASKS_CALL_ERROR) {
        add_reasons(out, question);
    } else {
        const struct meaning *last = NULL;

        for (const struct meaning *it = meanings; it->err; it++) {
            struct question each = {.canon = it->canon, .err = it->err, .call = question->call};

            if (question->call ? it->canon != question->canon : it->err != question->err)
                continue;
            if (last && last->canon == it->canon && last->err == it->err)
                continue;
            if (!each.call && it->canon != CANON_NONE)
                each.call = canon_name(it->canon);
            add_reasons(out, &each);
            last = it;
        }
    }
    buf_addc(out, ']');
}

static void add_list(struct buf *out, struct arena *arena)
{
    struct question_names names = {0};
    struct buf name = {0};
    const struct rule_text *text;

    for (size_t kind = 0; kind < TOPIC_KINDS; kind++) {
        names.list.len = 0;
        for (const struct topic *it = topics; it->names; it++)
            for (size_t i = 0; it->kind == kind && topic_name(it, i, &name); i++)
                vec_push(&names.list, arena_strdup(arena, buf_str(&name)));
        add_strings(out, explain_kinds[kind], &names);
    }
    names.list.len = 0;
    for (size_t i = 0; (text = rules_text_at(i)); i++)
        vec_push(&names.list, text->code);
    add_strings(out, "rules", &names);
    add_errors(out, CANON_NONE);
    buf_release(&name);
    vec_release(&names.list);
}

void explain_json(struct buf *out, const struct question *question, struct arena *arena)
{
    buf_addc(out, '{');
    if (question->kind == ASKS_LIST)
        add_list(out, arena);
    else if (question->kind == ASKS_TOPIC)
        add_topic(out, question, arena);
    else if (question->kind == ASKS_RULE)
        add_rule(out, question, arena);
    else
        add_meanings(out, question);
    buf_adds(out, "}\n");
}
