/* cmd/explain.c: sockdrill explain: what an error of a call means, and what to change. */
#include "cmd/cmd.h"

#include "base/diag.h"
#include "base/vec.h"
#include "event/canon.h"
#include "explain/meaning.h"
#include "report/layout.h"

#include <ctype.h>
#include <string.h>

enum { LABEL_INDENT = 2, WIDTH_DEFAULT = 80, WIDTH_MOST = 100 };

static const struct option_row rows[] = {{0}};

static const struct usage usage = {
    .name = "explain",
    .synopsis = "[CALL] [ERROR]",
    .about = "Tells what an ERROR means when CALL fails with it: why the kernel answers so,\n"
             "and what to change. Without an ERROR: each that the call may fail with; without\n"
             "a CALL: what the error means for each. Without both: which there are.",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill explain accept EINVAL\n"
                "  sockdrill explain connect\n"
                "  sockdrill explain EADDRINUSE\n",
};

struct question {
    enum canon canon;
    const char *call; /* as the user wrote it; NULL: every call */
    uint64_t err;     /* 0: every error */
};

struct names {
    VEC(const char *) list;
};

static void add_name(struct names *names, const char *name)
{
    vec_each (const char *, it, &names->list)
        if (!strcmp(*it, name))
            return;
    vec_push(&names->list, name);
}

/* Calls, canonical ones and the kernel's, and errors that the table has. */
static void all_names(struct names *names, bool with_system_calls)
{
    const char *name;

    for (const struct meaning *it = meanings; it->err; it++)
        if (it->canon != CANON_NONE)
            add_name(names, canon_name(it->canon));
    for (size_t i = 0; with_system_calls && (name = canon_syscall_at(i)); i++)
        add_name(names, name);
    for (const struct meaning *it = meanings; it->err; it++)
        add_name(names, nametab_name(&nametab_errno, (uint64_t)it->err));
}

static void list_names(struct buf *out, int width)
{
    struct names names = {0};
    struct buf calls = {0}, errors = {0};

    all_names(&names, false);
    vec_each (const char *, it, &names.list) {
        struct buf *list = isupper((unsigned char)**it) ? &errors : &calls;

        buf_addf(list, "%s%s", list->len ? " " : "", *it);
    }
    layout_para(out, LABEL_INDENT, "calls   ", buf_str(&calls), (size_t)width);
    layout_para(out, LABEL_INDENT, "errors  ", buf_str(&errors), (size_t)width);
    buf_release(&calls);
    buf_release(&errors);
    vec_release(&names.list);
}

static bool has_rows(enum canon canon)
{
    for (const struct meaning *it = meanings; it->err; it++)
        if (it->canon == canon)
            return true;
    return false;
}

/* false: the word is no call and no error that the table has. */
static bool take_word(struct question *question, const char *word)
{
    enum canon canon = canon_find(word);

    if (canon == CANON_NONE)
        canon = canon_of_syscall(word);
    if (canon != CANON_NONE && has_rows(canon) && !question->call) {
        question->canon = canon;
        question->call = word;
        return true;
    }
    if (question->err || !nametab_find(&nametab_errno, word, &question->err))
        return false;
    for (const struct meaning *it = meanings; it->err; it++)
        if (it->err == (int)question->err)
            return true;
    return false;
}

static int unknown(const char *word)
{
    struct names names = {0};
    struct err err;
    const char *near;

    all_names(&names, true);
    near = diag_nearest(word, names.list.items, names.list.len);
    err_set(&err, "there is no call and no error '%s' here", word);
    if (near)
        err_hint(&err, "did you mean `sockdrill explain %s`?", near);
    else
        err_hint(&err, "`sockdrill explain` lists those that there are");
    vec_release(&names.list);
    return cmd_fail("explain", EXIT_USAGE, &err);
}

static void add_heading(struct buf *out, const char *call, int err)
{
    buf_addf(out, "%s%s = -1 %s (%s)\n", out->len ? "\n" : "", call,
             nametab_name(&nametab_errno, (uint64_t)err), strerror(err));
}

static void add_meanings(struct buf *out, const char *call, const struct meaning *meaning, int width)
{
    add_heading(out, call, meaning->err);
    for (; meaning; meaning = meaning_next(meaning)) {
        layout_para(out, LABEL_INDENT, "why  ", meaning->why, (size_t)width);
        layout_para(out, LABEL_INDENT, "do   ", meaning->cure, (size_t)width);
    }
}

/* The errors of a call, one paragraph each: why alone, so that all fit on a screen. */
static void add_call(struct buf *out, const struct question *question, int width)
{
    buf_addf(out, "%s fails with\n", question->call);
    for (const struct meaning *it = meanings; it->err; it++) {
        struct buf label = {0};

        if (it->canon != question->canon)
            continue;
        buf_adds(&label, nametab_name(&nametab_errno, (uint64_t)it->err));
        buf_pad(&label, 0, sizeof("EPROTONOSUPPORT"));
        layout_para(out, LABEL_INDENT, buf_str(&label), it->why, (size_t)width);
        buf_release(&label);
    }
    buf_addf(out, "`sockdrill explain %s ERROR` says what to change.\n", question->call);
}

static void add_error(struct buf *out, int err, int width)
{
    const struct meaning *last = NULL;

    for (const struct meaning *it = meanings; it->err; it++) {
        if (it->err != err || (last && meaning_next(last) == it)) {
            last = it->err == err ? it : last;
            continue;
        }
        add_meanings(out, it->canon == CANON_NONE ? "any call" : canon_name(it->canon), it, width);
        last = it;
    }
}

int cmd_explain(int argc, char **argv)
{
    struct question question = {0};
    struct buf out = {0};
    int first, code, width;

    if (!cmd_options(&usage, NULL, argc, argv, &first, &code))
        return code;
    for (int i = first; i < argc; i++)
        if (!take_word(&question, argv[i]))
            return unknown(argv[i]);
    width = terminal_width(stdout);
    width = !width ? WIDTH_DEFAULT : width < WIDTH_MOST ? width : WIDTH_MOST;
    if (question.call && question.err) {
        const struct meaning *meaning = meaning_find(question.canon, (int)question.err);

        if (!meaning) {
            return cmd_usage_error(&usage, "%s does not fail with %s, as far as is known here", question.call,
                                   nametab_name(&nametab_errno, question.err));
        }
        add_meanings(&out, question.call, meaning, width);
    } else if (question.call) {
        add_call(&out, &question, width);
    } else if (question.err) {
        add_error(&out, (int)question.err, width);
    } else {
        list_names(&out, width);
    }
    fputs(buf_str(&out), stdout);
    buf_release(&out);
    return EXIT_HOLDS;
}
