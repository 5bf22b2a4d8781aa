/* cmd/explain.c: sockdrill explain: what a call, an error of it, a rule, a state, a word of a report means.
 */
#include "cmd/explain.h"

#include "base/diag.h"
#include "cmd/cmd.h"
#include "report/layout.h"

#include <ctype.h>
#include <string.h>

enum { LABEL_INDENT = 2, WIDTH_DEFAULT = 80, WIDTH_MOST = 100, SCREEN = 23 };

struct explain_cmd {
    bool json;
};

static const struct option_row rows[] = {
    {0, "json", NULL, "for programs: a JSON object", OPTION_FLAG(struct explain_cmd, json)},
    {0},
};

const struct usage explain_usage = {
    .name = "explain",
    .what = "what a call, an error, a rule or a word of a report means",
    .synopsis = "[WORD]...",
    .about = "Tells what a call does; what an error means when that call fails with it, and\n"
             "what to change; what a rule says; and what states, options, flags, ideas and\n"
             "the words of reports mean. Without a WORD: what there is.",
    .exits = "0 told, 2 there is no such word.",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill explain accept\n"
                "  sockdrill explain accept EINVAL\n"
                "  sockdrill explain accept errors\n"
                "  sockdrill explain SD012\n"
                "  sockdrill explain CLOSE_WAIT\n"
                "  sockdrill explain end of stream\n",
};

struct page {
    struct buf out;
    size_t width;
    const struct question *question;
    struct arena *arena;
};

static void para(struct page *page, const char *label, const char *text)
{
    layout_para(&page->out, LABEL_INDENT, label, text, page->width);
}

/* Words with something between them, which are no sentence. */
static void list(struct page *page, const char *label, const char *const *names, size_t n,
                 const char *between)
{
    struct buf text = {0};

    for (size_t i = 0; i < n; i++)
        buf_addf(&text, "%s%s", i ? between : "", names[i]);
    para(page, label, buf_str(&text));
    if (n) {
        buf_cut(&page->out, page->out.len - strlen(".\n"));
        buf_addc(&page->out, '\n');
    }
    buf_release(&text);
}

static size_t lines(const char *text)
{
    size_t n = 0;

    for (; (text = strchr(text, '\n')); text++)
        n++;
    return n;
}

/* ---- errors ---- */

static const char *error_name(int err)
{
    return nametab_name(&nametab_errno, (uint64_t)err);
}

static void add_error_of(struct page *page, const struct question *question)
{
    buf_addf(&page->out, "%s%s = -1 %s (%s)\n", page->out.len ? "\n" : "", question->call,
             error_name(question->err), strerror(question->err));
    for (const struct meaning *it = question_reason(question, NULL); it; it = question_reason(question, it)) {
        para(page, "why  ", it->why);
        para(page, "do   ", it->cure);
    }
}

/* A line each: why alone. */
static void add_errors_of_call(struct page *page)
{
    struct question_names names = {0};
    struct question each = *page->question;

    question_errors(&names, page->question->canon);
    buf_addf(&page->out, "%s fails with\n", page->question->call);
    vec_each (const char *, name, &names.list) {
        uint64_t err = 0;

        nametab_find(&nametab_errno, *name, &err);
        each.err = (int)err;
        for (const struct meaning *it = question_reason(&each, NULL); it; it = question_reason(&each, it)) {
            struct buf label = {0};

            buf_adds(&label, *name);
            buf_pad(&label, 0, sizeof("EPROTONOSUPPORT"));
            para(page, buf_str(&label), it->why);
            buf_release(&label);
        }
    }
    buf_addf(&page->out, "`sockdrill explain %s ERROR` says what to change.\n", page->question->call);
    vec_release(&names.list);
}

/* Of each call that has reasons of its own for the error, and of any. */
static bool next_of_error(const struct meaning **it, int err)
{
    const struct meaning *last = *it;

    for (*it = last ? last + 1 : meanings; (*it)->err; ++*it)
        if ((*it)->err == err && (!last || (*it)->canon != last->canon))
            return true;
    return false;
}

static void add_error(struct page *page)
{
    struct question_names calls = {0};
    int err = page->question->err;

    for (const struct meaning *it = NULL; next_of_error(&it, err);) {
        struct question each = {.canon = it->canon, .call = "any call", .err = err};

        if (it->canon != CANON_NONE) {
            each.call = canon_name(it->canon);
            vec_push(&calls.list, each.call);
        }
        add_error_of(page, &each);
    }
    /* So many that each is better asked for alone. */
    if (lines(buf_str(&page->out)) > SCREEN) {
        buf_reset(&page->out);
        buf_addf(&page->out, "%s (%s)\n", error_name(err), strerror(err));
        para(page, "", "It means something else for each call");
        list(page, "calls  ", calls.list.items, calls.list.len, ", ");
        buf_addf(&page->out, "`sockdrill explain %s %s` tells what it means there.\n", calls.list.items[0],
                 error_name(err));
    }
    vec_release(&calls.list);
}

/* ---- rules and topics ---- */

static const char *const sureness[] = {
    [FINDING_STYLE] = "style", [FINDING_LIKELY] = "likely", [FINDING_PROVED] = "proved"};

const char *explain_sureness(enum confidence confidence)
{
    return sureness[confidence];
}

/* What a report says, with `…` where it has what happened. */
char *explain_sign(const char *what, struct arena *arena)
{
    struct buf text = {0};
    char *made;

    for (const char *at = what; *at;) {
        const char *close = *at == '{' ? strchr(at, '}') : NULL;

        if (!close) {
            buf_addc(&text, *at++);
            continue;
        }
        buf_adds(&text, at[1] == 'n' || at[1] == 'm' ? (at[1] == 'n' ? "N" : "M") : "…");
        at = close + 1;
    }
    made = arena_strdup(arena, buf_str(&text));
    buf_release(&text);
    return made;
}

static void add_see(struct page *page)
{
    struct question_names names = {0};

    question_see(page->question, &names, page->arena);
    list(page, "see     ", names.list.items, names.list.len, " · ");
    vec_release(&names.list);
}

static bool is_sign_known(const char *code, size_t i)
{
    enum confidence confidence, other;
    const char *what, *before;

    rules_sign_at(code, i, &confidence, &what);
    for (size_t at = 0; at < i && rules_sign_at(code, at, &other, &before); at++)
        if (other == confidence && before && !strcmp(before, what))
            return true;
    return false;
}

static void add_rule(struct page *page)
{
    static const char *const labels[] = {
        [FINDING_STYLE] = "style   ", [FINDING_LIKELY] = "likely  ", [FINDING_PROVED] = "proved  "};
    const struct rule_text *rule = page->question->rule;
    enum confidence confidence;
    const char *what;
    bool is_told[FINDING_NONE] = {false};
    const char *before = " (";

    buf_adds(&page->out, rule->code);
    for (size_t i = 0; rules_sign_at(rule->code, i, &confidence, &what); i++)
        if (!is_told[confidence]) {
            is_told[confidence] = true;
            buf_addf(&page->out, "%s%s", before, sureness[confidence]);
            before = ", or ";
        }
    buf_addf(&page->out, "): %s\n", rule->title);
    for (size_t i = 0; rules_sign_at(rule->code, i, &confidence, &what); i++)
        if (what && !is_sign_known(rule->code, i))
            para(page, labels[confidence], explain_sign(what, page->arena));
    para(page, "ask     ", rule->nudge);
    para(page, "why     ", rule->why);
    para(page, "do      ", rule->cure);
    add_see(page);
    buf_addf(&page->out, "  manual  %s, %s\n", rule->man, rule->section);
}

static void add_text(struct page *page, const struct topic *topic)
{
    struct buf plain = {0};
    char *text, *next;

    for (const char *at = topic->text; topic_link(&at, &plain, NULL);)
        continue;
    text = arena_strdup(page->arena, buf_str(&plain));
    for (; text; text = next) {
        next = strchr(text, '\n');
        if (next)
            *next++ = '\0';
        para(page, "", text);
        buf_addc(&page->out, '\n');
    }
    buf_release(&plain);
}

static void add_mistakes(struct page *page, const char *codes)
{
    const char *label = "beware  ";

    for (; *codes; codes += strspn(codes, " ")) {
        size_t len = strcspn(codes, " ");
        char *code = arena_printf(page->arena, "%.*s", (int)len, codes);

        buf_addf(&page->out, "  %s%s %s\n", label, code, rules_text(code)->title);
        label = "        ";
        codes += len;
    }
}

static void add_topic(struct page *page)
{
    const struct topic *topic = page->question->topic;
    struct question_names errors = {0};
    struct buf name = {0};

    topic_name(topic, 0, &name);
    buf_addf(&page->out, "%s\n", buf_str(&name));
    add_text(page, topic);
    if (page->question->call) {
        question_errors(&errors, page->question->canon);
        list(page, "errors  ", errors.list.items, errors.list.len, " ");
    }
    add_mistakes(page, topic->rules);
    if (topic->line[0])
        buf_addf(&page->out, "  pattern %s\n", topic->line);
    if (topic->course[0])
        buf_addf(&page->out, "  course  %s\n", topic->course);
    add_see(page);
    if (topic->man[0])
        buf_addf(&page->out, "  manual  %s\n", topic->man);
    buf_release(&name);
    vec_release(&errors.list);
}

/* ---- the command ---- */

const char *const explain_kinds[TOPIC_KINDS] = {
    [TOPIC_CALLS] = "calls", [TOPIC_STATES] = "states", [TOPIC_OPTIONS] = "options",
    [TOPIC_FLAGS] = "flags", [TOPIC_IDEAS] = "ideas",   [TOPIC_REPORT] = "reports",
};

static void add_list(struct page *page)
{
    struct question_names names = {0};
    const struct rule_text *text;
    struct buf name = {0}, label = {0};

    for (size_t kind = 0; kind < TOPIC_KINDS; kind++) {
        names.list.len = 0;
        for (const struct topic *it = topics; it->names; it++)
            if (it->kind == kind && topic_name(it, 0, &name))
                vec_push(&names.list, arena_strdup(page->arena, buf_str(&name)));
        buf_reset(&label);
        buf_adds(&label, explain_kinds[kind]);
        buf_pad(&label, 0, sizeof("reports"));
        list(page, buf_str(&label), names.list.items, names.list.len, ", ");
    }
    names.list.len = 0;
    question_errors(&names, CANON_NONE);
    list(page, "errors  ", names.list.items, names.list.len, " ");
    names.list.len = 0;
    for (size_t i = 0; (text = rules_text_at(i)); i++)
        vec_push(&names.list, text->code);
    list(page, "rules   ", names.list.items, names.list.len, " ");
    buf_release(&name);
    buf_release(&label);
    vec_release(&names.list);
}

static void add_answer(struct page *page)
{
    switch (page->question->kind) {
    case ASKS_LIST: add_list(page); break;
    case ASKS_TOPIC: add_topic(page); break;
    case ASKS_RULE: add_rule(page); break;
    case ASKS_ERROR: add_error(page); break;
    case ASKS_CALL_ERROR: add_error_of(page, page->question); break;
    case ASKS_CALL_ERRORS: add_errors_of_call(page); break;
    case ASKS_UNKNOWN:
    case ASKS_IMPOSSIBLE: break;
    }
}

/* The name that is nearest to the word, whatever the case of its letters; or NULL. */
static const char *nearest(const struct question_names *names, const char *word, struct arena *arena)
{
    const char *near = diag_nearest(word, names->list.items, names->list.len);
    char *other = arena_strdup(arena, word);

    for (char *c = other; *c; c++)
        *c = (char)toupper((unsigned char)*c);
    if (!near)
        near = diag_nearest(other, names->list.items, names->list.len);
    for (char *c = other; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return near ? near : diag_nearest(other, names->list.items, names->list.len);
}

static const char *joined(char *const *words, size_t n, struct arena *arena)
{
    const char *text = n ? words[0] : "";

    for (size_t i = 1; i < n; i++)
        text = arena_printf(arena, "%s %s", text, words[i]);
    return text;
}

/* The question with what nothing is known of made what is: all words as one name, else each by itself. */
static const char *suggestion(char *const *words, size_t n, struct arena *arena)
{
    struct question_names names = {0};
    const char *near;
    char **better = ARENA_ARRAY(arena, char *, n);

    question_names(&names, arena);
    near = nearest(&names, joined(words, n, arena), arena);
    for (size_t i = 0; !near && i < n; i++) {
        bool is_known = question_make(words + i, 1, arena).kind != ASKS_UNKNOWN;
        const char *name = is_known ? words[i] : nearest(&names, words[i], arena);

        better[i] = arena_strdup(arena, name ? name : words[i]);
    }
    vec_release(&names.list);
    if (near)
        return near;
    return question_make(better, n, arena).kind != ASKS_UNKNOWN ? joined(better, n, arena) : NULL;
}

static int unknown(char *const *words, size_t n, struct arena *arena)
{
    const char *better = suggestion(words, n, arena);
    struct err err;

    err_set(&err, "there is nothing on '%s' here", joined(words, n, arena));
    if (better)
        err_hint(&err, "did you mean `sockdrill explain %s`?", better);
    else
        err_hint(&err, "`sockdrill explain` lists what there is");
    return cmd_fail("explain", EXIT_USAGE, &err);
}

static int answer(const struct explain_cmd *cmd, char *const *words, size_t n, struct arena *arena)
{
    struct question question = question_make(words, n, arena);
    struct page page = {.question = &question, .arena = arena};
    int width = terminal_width(stdout);

    if (question.kind == ASKS_UNKNOWN)
        return unknown(words, n, arena);
    if (question.kind == ASKS_IMPOSSIBLE)
        return cmd_usage_error(&explain_usage, "%s does not fail with %s, as far as is known here",
                               question.call, error_name(question.err));
    page.width = !width ? WIDTH_DEFAULT : width < WIDTH_MOST ? (size_t)width : WIDTH_MOST;
    if (cmd->json)
        explain_json(&page.out, &question, arena);
    else
        add_answer(&page);
    fputs(buf_str(&page.out), stdout);
    buf_release(&page.out);
    return EXIT_HOLDS;
}

int cmd_explain(int argc, char **argv)
{
    struct explain_cmd cmd = {0};
    struct arena arena = {0};
    int first, code;

    if (!cmd_options(&explain_usage, &cmd, argc, argv, &first, &code))
        return code;
    code = answer(&cmd, argv + first, (size_t)(argc - first), &arena);
    arena_release(&arena);
    return code;
}
