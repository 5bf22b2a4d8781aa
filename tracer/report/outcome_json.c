/* report/outcome_json.c: outcomes as JSON and back, both from the same tables of members. */
#include "format/jout.h"
#include "report/clean.h"
#include "report/outcome.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum member_kind {
    MEMBER_LINE,   /* const char *, without newlines; NULL where it is left out */
    MEMBER_LINES,  /* const char *, with them */
    MEMBER_INT,    /* int */
    MEMBER_NUMBER, /* uint64_t; left out: 0 */
    MEMBER_BOOL,
    MEMBER_WORD,   /* an enum of `words` */
    MEMBER_OBJECT, /* a struct of `of`; left out where all of it would be */
    MEMBER_LIST,   /* a pointer to structs of `of`, and a size_t */
    MEMBER_NOTES,  /* a pointer to texts with lines, and a size_t */
};

struct member {
    const char *key;
    enum member_kind kind;
    bool is_needed; /* texts and objects: never left out */
    size_t at, len_at;
    const struct form *of;
    const char *const *words;
    size_t nwords;
};

struct form {
    size_t size;
    const struct member *members; /* the last has no key */
};

#define AT(type, field)          .at = offsetof(struct type, field)
#define LIST_AT(type, list, len) .at = offsetof(struct type, list), .len_at = offsetof(struct type, len)
#define WORDS(list)              .words = (list), .nwords = ARRAY_LEN(list)
#define FORM(type, list)                                                                                     \
    (const struct form)                                                                                      \
    {                                                                                                        \
        sizeof(struct type), list                                                                            \
    }

static const char *const result_words[] = {
    [OUTCOME_HOLDS] = "holds",           [OUTCOME_FAILS] = "fails", [OUTCOME_UNTESTED] = "untested",
    [OUTCOME_WRONG_FILE] = "wrong-file", [OUTCOME_FAULT] = "fault",
};

static const char *const end_words[] = {
    [OUTCOME_NOT_STARTED] = "not-started",
    [OUTCOME_EXITED] = "exited",
    [OUTCOME_KILLED] = "killed",
    [OUTCOME_TIMED_OUT] = "timed-out",
    [OUTCOME_HUNG] = "hung",
    [OUTCOME_STOPPED] = "stopped",
    [OUTCOME_ALIVE] = "alive",
};

static const struct member place_members[] = {
    {.key = "file", .kind = MEMBER_LINE, AT(outcome_place, file)},
    {.key = "line", .kind = MEMBER_INT, AT(outcome_place, line)},
    {0},
};
static const struct form place_form = FORM(outcome_place, place_members);

static const struct member cause_members[] = {
    {.key = "fails", .kind = MEMBER_BOOL, AT(outcome_cause, fails)},
    {.key = "kind", .kind = MEMBER_LINE, .is_needed = true, AT(outcome_cause, kind)},
    {.key = "role", .kind = MEMBER_LINE, AT(outcome_cause, role)},
    {.key = "code", .kind = MEMBER_LINE, AT(outcome_cause, code)},
    {.key = "title", .kind = MEMBER_LINE, AT(outcome_cause, title)},
    {.key = "confidence", .kind = MEMBER_LINE, AT(outcome_cause, confidence)},
    {.key = "what", .kind = MEMBER_LINE, .is_needed = true, AT(outcome_cause, what)},
    {.key = "hint", .kind = MEMBER_LINE, AT(outcome_cause, hint)},
    {.key = "nudge", .kind = MEMBER_LINE, AT(outcome_cause, nudge)},
    {.key = "why", .kind = MEMBER_LINE, AT(outcome_cause, why)},
    {.key = "cure", .kind = MEMBER_LINE, AT(outcome_cause, cure)},
    {.key = "expected", .kind = MEMBER_LINE, AT(outcome_cause, expected)},
    {.key = "actual", .kind = MEMBER_LINE, AT(outcome_cause, actual)},
    {.key = "source", .kind = MEMBER_OBJECT, AT(outcome_cause, source), .of = &place_form},
    {.key = "expectation", .kind = MEMBER_OBJECT, AT(outcome_cause, expectation), .of = &place_form},
    {0},
};
static const struct form cause_form = FORM(outcome_cause, cause_members);

static const struct member score_members[] = {
    {.key = "role", .kind = MEMBER_LINE, AT(outcome_score, role)},
    {.key = "at", .kind = MEMBER_OBJECT, AT(outcome_score, at), .of = &place_form},
    {.key = "points", .kind = MEMBER_INT, AT(outcome_score, points)},
    {.key = "earned", .kind = MEMBER_BOOL, AT(outcome_score, is_earned)},
    {0},
};
static const struct form score_form = FORM(outcome_score, score_members);

static const struct member stream_members[] = {
    {.key = "text", .kind = MEMBER_LINES, .is_needed = true, AT(outcome_stream, text)},
    {.key = "left_out", .kind = MEMBER_NUMBER, AT(outcome_stream, left_out)},
    {0},
};
static const struct form stream_form = FORM(outcome_stream, stream_members);

static const struct member role_members[] = {
    {.key = "name", .kind = MEMBER_LINE, .is_needed = true, AT(outcome_role, name)},
    {.key = "calls", .kind = MEMBER_NUMBER, AT(outcome_role, ncalls)},
    {.key = "end", .kind = MEMBER_WORD, AT(outcome_role, end), WORDS(end_words)},
    {.key = "status", .kind = MEMBER_INT, AT(outcome_role, status)},
    {.key = "stdout", .kind = MEMBER_OBJECT, .is_needed = true, AT(outcome_role, out), .of = &stream_form},
    {.key = "stderr", .kind = MEMBER_OBJECT, .is_needed = true, AT(outcome_role, err), .of = &stream_form},
    {0},
};
static const struct form role_form = FORM(outcome_role, role_members);

static const struct member outcome_members[] = {
    {.key = "name", .kind = MEMBER_LINE, .is_needed = true, AT(outcome, name)},
    {.key = "title", .kind = MEMBER_LINE, .is_needed = true, AT(outcome, title)},
    {.key = "expectation", .kind = MEMBER_LINE, .is_needed = true, AT(outcome, expectation)},
    {.key = "result", .kind = MEMBER_WORD, AT(outcome, result), WORDS(result_words)},
    {.key = "headline", .kind = MEMBER_LINE, .is_needed = true, AT(outcome, headline)},
    {.key = "causes", .kind = MEMBER_LIST, LIST_AT(outcome, causes, ncauses), .of = &cause_form},
    {.key = "scores", .kind = MEMBER_LIST, LIST_AT(outcome, scores, nscores), .of = &score_form},
    {.key = "roles", .kind = MEMBER_LIST, LIST_AT(outcome, roles, nroles), .of = &role_form},
    {.key = "notes", .kind = MEMBER_NOTES, LIST_AT(outcome, notes, nnotes)},
    {.key = "text", .kind = MEMBER_LINES, .is_needed = true, AT(outcome, text)},
    {.key = "took_ns", .kind = MEMBER_NUMBER, AT(outcome, took_ns)},
    {.key = "began_s", .kind = MEMBER_NUMBER, AT(outcome, began_s)},
    {0},
};
static const struct form outcome_form = FORM(outcome, outcome_members);

/* ---- out ---- */

static void write_form(struct buf *out, const struct form *form, const char *object);

static const char *text_at(const char *object, const struct member *member)
{
    return *(const char *const *)(object + member->at);
}

static void write_list(struct buf *out, const struct member *member, const char *object)
{
    const char *items = text_at(object, member);
    size_t len = *(const size_t *)(object + member->len_at);

    buf_addc(out, '[');
    for (size_t i = 0; i < len; i++) {
        jout_next(out);
        if (member->kind == MEMBER_NOTES)
            jout_string(out, ((const char *const *)items)[i]);
        else
            write_form(out, member->of, items + i * member->of->size);
    }
    buf_addc(out, ']');
}

/* Would an object of nothing but its braces come of it? */
static bool is_left_out(const struct member *member, const char *object)
{
    switch (member->kind) {
    case MEMBER_LINE:
    case MEMBER_LINES: return !text_at(object, member);
    case MEMBER_NUMBER: return *(const uint64_t *)(object + member->at) == 0;
    case MEMBER_OBJECT: return is_left_out(&member->of->members[0], object + member->at);
    default: return false;
    }
}

static void write_member(struct buf *out, const struct member *member, const char *object)
{
    const char *at = object + member->at;

    if (is_left_out(member, object))
        return;
    jout_key(out, member->key);
    switch (member->kind) {
    case MEMBER_LINE:
    case MEMBER_LINES: jout_string(out, text_at(object, member)); break;
    case MEMBER_INT: jout_i64(out, *(const int *)at); break;
    case MEMBER_NUMBER: jout_u64(out, *(const uint64_t *)at); break;
    case MEMBER_BOOL: buf_adds(out, *(const bool *)at ? "true" : "false"); break;
    case MEMBER_WORD: jout_string(out, member->words[*(const int *)at]); break;
    case MEMBER_OBJECT: write_form(out, member->of, at); break;
    case MEMBER_LIST:
    case MEMBER_NOTES: write_list(out, member, object); break;
    }
}

static void write_form(struct buf *out, const struct form *form, const char *object)
{
    buf_addc(out, '{');
    for (const struct member *member = form->members; member->key; member++)
        write_member(out, member, object);
    buf_addc(out, '}');
}

void outcome_write(struct buf *out, const struct outcome *outcome)
{
    write_form(out, &outcome_form, (const char *)outcome);
}

const char *outcome_word(enum outcome_result result)
{
    return result_words[result];
}

/* ---- in ---- */

struct reader {
    struct arena *arena;
    struct err *err;
};

static bool read_form(struct reader *reader, const struct form *form, const struct jnode *node, char *object);

static bool wrong(struct reader *reader, const char *key, const char *why)
{
    return err_set(reader->err, "this is no outcome: its member '%s' %s", key, why);
}

static bool read_text(struct reader *reader, const char *key, bool lines, const struct jnode *node,
                      const char **text)
{
    if (!jnode_is(node, JNODE_STRING))
        return wrong(reader, key, "is no text");
    if (!clean_is(node->text.bytes, node->text.len, lines))
        return wrong(reader, key, "holds control characters");
    *text = node->text.bytes;
    return true;
}

/* As jout_u64 writes it. */
static bool read_number(struct reader *reader, const char *key, const struct jnode *node, uint64_t *n)
{
    const char *text = jnode_text(node);
    char *end;

    if (jnode_is(node, JNODE_INT) && node->n >= 0) {
        *n = (uint64_t)node->n;
        return true;
    }
    if (!text || text[0] < '0' || text[0] > '9')
        return wrong(reader, key, "is no number from 0 on");
    errno = 0;
    *n = strtoull(text, &end, 10);
    return (!errno && !*end && (size_t)(end - text) == node->text.len) ||
           wrong(reader, key, "is no number from 0 on");
}

static bool read_int(struct reader *reader, const char *key, const struct jnode *node, int *n)
{
    if (!jnode_is(node, JNODE_INT) || node->n < 0 || node->n > INT_MAX)
        return wrong(reader, key, "is no number from 0 to 2147483647");
    *n = (int)node->n;
    return true;
}

static bool read_bool(struct reader *reader, const char *key, const struct jnode *node, bool *is)
{
    if (!jnode_is(node, JNODE_TRUE) && !jnode_is(node, JNODE_FALSE))
        return wrong(reader, key, "is neither true nor false");
    *is = node->kind == JNODE_TRUE;
    return true;
}

static bool read_word(struct reader *reader, const struct member *member, const struct jnode *node, int *word)
{
    const char *text = jnode_text(node);

    for (size_t i = 0; text && i < member->nwords; i++)
        if (!strcmp(text, member->words[i])) {
            *word = (int)i;
            return true;
        }
    return wrong(reader, member->key, "is none of the words that may stand there");
}

static bool read_object(struct reader *reader, const struct member *member, const struct jnode *node,
                        char *to)
{
    if (!jnode_is(node, JNODE_OBJECT))
        return wrong(reader, member->key, "is no object");
    return read_form(reader, member->of, node, to);
}

static bool read_item(struct reader *reader, const struct member *member, const struct jnode *node, char *to)
{
    if (member->kind == MEMBER_NOTES)
        return read_text(reader, member->key, true, node, (const char **)to);
    return read_object(reader, member, node, to);
}

static bool read_list(struct reader *reader, const struct member *member, const struct jnode *node,
                      char *object)
{
    size_t size = member->of ? member->of->size : sizeof(const char *), i = 0;
    char *items;

    if (!jnode_is(node, JNODE_ARRAY))
        return wrong(reader, member->key, "is no list");
    items = arena_alloc(reader->arena, node->items.len * size + 1);
    jnode_each (item, node)
        if (!read_item(reader, member, item, items + i++ * size))
            return false;
    *(char **)(object + member->at) = items;
    *(size_t *)(object + member->len_at) = i;
    return true;
}

static bool read_member(struct reader *reader, const struct member *member, const struct jnode *node,
                        char *object)
{
    char *at = object + member->at;

    switch (member->kind) {
    case MEMBER_LINE:
    case MEMBER_LINES:
        return read_text(reader, member->key, member->kind == MEMBER_LINES, node, (const char **)at);
    case MEMBER_INT: return read_int(reader, member->key, node, (int *)at);
    case MEMBER_NUMBER: return read_number(reader, member->key, node, (uint64_t *)at);
    case MEMBER_BOOL: return read_bool(reader, member->key, node, (bool *)at);
    case MEMBER_WORD: return read_word(reader, member, node, (int *)at);
    case MEMBER_OBJECT: return read_object(reader, member, node, at);
    case MEMBER_LIST:
    case MEMBER_NOTES: return read_list(reader, member, node, object);
    }
    return false;
}

/* May it be missing? */
static bool is_optional(const struct member *member)
{
    switch (member->kind) {
    case MEMBER_LINE:
    case MEMBER_LINES:
    case MEMBER_OBJECT: return !member->is_needed;
    case MEMBER_NUMBER: return true;
    default: return false;
    }
}

static bool read_form(struct reader *reader, const struct form *form, const struct jnode *node, char *object)
{
    for (const struct member *member = form->members; member->key; member++) {
        const struct jnode *found = jnode_get(node, member->key);

        if (!found && !is_optional(member))
            return wrong(reader, member->key, "is missing");
        if (found && !read_member(reader, member, found, object))
            return false;
    }
    return true;
}

const struct outcome *outcome_of(const struct jnode *node, struct arena *arena, struct err *err)
{
    struct reader reader = {arena, err};
    struct outcome *outcome = ARENA_NEW(arena, struct outcome);

    if (!jnode_is(node, JNODE_OBJECT)) {
        err_set(err, "this is no outcome: it is no object");
        return NULL;
    }
    return read_form(&reader, &outcome_form, node, (char *)outcome) ? outcome : NULL;
}

const struct outcome *outcome_read(const char *text, size_t len, struct arena *arena, struct err *err)
{
    char why[JNODE_ERROR_SIZE];
    const struct jnode *node = jnode_parse(text, len, arena, why);

    if (!node) {
        err_set(err, "this is no JSON: %s", why);
        return NULL;
    }
    return outcome_of(node, arena, err);
}
