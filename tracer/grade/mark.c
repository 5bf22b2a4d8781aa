/* grade/mark.c: writing and reading records. */
#include "grade/mark.h"

#include "base/quote.h"
#include "format/base64.h"
#include "format/jout.h"
#include "report/json.h"
#include "report/points.h"

#include <stdio.h>
#include <string.h>

static const char SCHEMA[] = "sockdrill-grade-1";

bool outcome_is_verdict(enum outcome_result result)
{
    return result == OUTCOME_HOLDS || result == OUTCOME_FAILS;
}

enum outcome_result outcome_worse(enum outcome_result a, enum outcome_result b)
{
    static const int weight[] = {[OUTCOME_HOLDS] = 0,
                                 [OUTCOME_UNTESTED] = 1,
                                 [OUTCOME_FAILS] = 2,
                                 [OUTCOME_WRONG_FILE] = 3,
                                 [OUTCOME_FAULT] = 4};

    return weight[a] >= weight[b] ? a : b;
}

/* ---- writing ---- */

/* A record has a line of its own for its place: it changes when the class does. */
static void add_place(struct buf *out, const struct mark_place *place)
{
    buf_adds(out, "\"place\": {");
    json_number(out, "index", place->index);
    json_number(out, "of", place->of);
    json_text(out, "class", place->class);
    json_number(out, "shard", place->shard);
    json_number(out, "shards", place->shards);
    buf_addc(out, '}');
}

/* The next line of the worker's; NULL: there is none that is whole. */
static const char *next_line(const struct mark_input *input, size_t *at, size_t *len)
{
    const char *line = input->said + *at,
               *end = *at < input->said_len ? memchr(line, '\n', input->said_len - *at) : NULL;

    if (!end)
        return NULL;
    *len = (size_t)(end - line);
    *at += *len + 1;
    return line;
}

static void add_build(struct buf *out, const char *line, size_t len)
{
    static const char none[] = "{\"build\": {\"result\": \"untested\", \"command\": \"\", \"why\": \"\", "
                               "\"output\": \"\"}, \"notes\": []}";

    if (!line) {
        line = none;
        len = sizeof(none) - 1;
    }
    buf_add(out, line + 1, len - 2); /* its members become ours */
}

void mark_write(struct buf *out, const struct mark_input *input)
{
    const struct assignment *assignment = input->assignment;
    const char *name = input->submission->name, *line;
    bool is_text = jout_is_text((const uint8_t *)name, strlen(name));
    struct arena arena = {0};
    size_t at = 0, len = 0;

    buf_adds(out, "{");
    json_text(out, "record", SCHEMA);
    json_text(out, "name", name);
    if (!is_text) {
        jout_key(out, "name_base64");
        buf_addc(out, '"');
        base64_encode(out, (const uint8_t *)name, strlen(name));
        buf_addc(out, '"');
    }
    buf_adds(out, ",\n");
    add_place(out, &input->place);
    buf_addf(out, ",\n\"assignment\": %s,\n", assignment->key);
    buf_addf(out, "\"hash\": \"%s\", \"content\": \"%s\",\n", assignment->hash, input->content);
    line = next_line(input, &at, &len);
    add_build(out, line, len);
    buf_adds(out, ",\n\"outcomes\": [");
    vec_each (struct exercise, exercise, &assignment->exercises) {
        buf_adds(out, exercise == assignment->exercises.items ? "\n" : ",\n");
        line = line ? next_line(input, &at, &len) : NULL;
        if (line)
            buf_add(out, line, len);
        else
            outcome_write(out, outcome_failed(exercise->shown, input->as, input->lost, &arena));
    }
    buf_adds(out, "\n]}\n");
    arena_release(&arena);
}

bool mark_place_is(const struct mark_place *a, const struct mark_place *b)
{
    return a->index == b->index && a->of == b->of && !strcmp(a->class, b->class) && a->shard == b->shard &&
           a->shards == b->shards;
}

void mark_replace_place(struct buf *out, const char *text, const struct mark *mark,
                        const struct mark_place *place)
{
    struct buf old = {0};
    const char *found;

    add_place(&old, &mark->place);
    found = strstr(text, buf_str(&old));
    buf_add(out, text, found ? (size_t)(found - text) : strlen(text));
    if (found) {
        add_place(out, place);
        buf_adds(out, found + old.len);
    }
    buf_release(&old);
}

/* ---- reading ---- */

struct reader {
    struct arena *arena;
    struct err *err;
    bool ok;
};

/* What a member is to be; the first that is not is told. */
static const char *text_of(struct reader *reader, const struct jnode *object, const char *key)
{
    const char *text = jnode_text(jnode_get(object, key));

    if (!text && reader->ok)
        reader->ok = err_set(reader->err, "it has no text \"%s\"", key);
    return text ? text : "";
}

static uint64_t number_of(struct reader *reader, const struct jnode *object, const char *key)
{
    const struct jnode *node = jnode_get(object, key);

    if ((!jnode_is(node, JNODE_INT) || node->n < 0) && reader->ok)
        reader->ok = err_set(reader->err, "it has no number \"%s\"", key);
    return reader->ok ? (uint64_t)node->n : 0;
}

static const struct jnode *array_of(struct reader *reader, const struct jnode *object, const char *key)
{
    static const struct jnode empty = {.kind = JNODE_ARRAY};
    const struct jnode *node = jnode_get(object, key);

    if (jnode_is(node, JNODE_ARRAY))
        return node;
    if (reader->ok)
        reader->ok = err_set(reader->err, "it has no list \"%s\"", key);
    return &empty;
}

static void read_name(struct reader *reader, const struct jnode *root, struct mark *mark)
{
    const char *coded = jnode_text(jnode_get(root, "name_base64"));
    struct buf bytes = {0};

    mark->name = text_of(reader, root, "name");
    if (coded) {
        if (!base64_decode(&bytes, coded, strlen(coded)))
            reader->ok = err_set(reader->err, "its \"name_base64\" is none");
        mark->name = arena_strdup(reader->arena, buf_str(&bytes));
        buf_release(&bytes);
    }
    mark->stem = submission_stem(mark->name, reader->arena);
}

static void read_place(struct reader *reader, const struct jnode *place, struct mark_place *out)
{
    out->index = number_of(reader, place, "index");
    out->of = number_of(reader, place, "of");
    out->shard = number_of(reader, place, "shard");
    out->shards = number_of(reader, place, "shards");
    snprintf(out->class, sizeof(out->class), "%s", text_of(reader, place, "class"));
    if (reader->ok && (out->index >= out->of || out->shard < 1 || out->shard > out->shards))
        reader->ok = err_set(reader->err, "its \"place\" is none");
}

static void read_build(struct reader *reader, const struct jnode *build, struct build *out)
{
    const char *word = text_of(reader, build, "result");
    bool known = false;

    for (int i = BUILD_NONE; i <= BUILD_UNTESTED; i++)
        if (!strcmp(build_word((enum build_result)i), word)) {
            out->result = (enum build_result)i;
            known = true;
        }
    if (!known && reader->ok)
        reader->ok = err_set(reader->err, "it has no result of a build");
    out->command = text_of(reader, build, "command");
    out->why = text_of(reader, build, "why");
    out->output = text_of(reader, build, "output");
}

static int64_t earned_by(const struct outcome *outcome, int64_t worth)
{
    struct outcome_sum sum = outcome_sum(outcome);

    if (outcome->result == OUTCOME_HOLDS)
        return worth;
    return outcome->result == OUTCOME_FAILS && sum.possible ? points_share(worth, sum.earned, sum.possible)
                                                            : 0;
}

static void read_parts(struct reader *reader, const struct jnode *root, struct mark *mark)
{
    const struct jnode *scenarios = array_of(reader, mark->assignment, "scenarios"),
                       *outcomes = array_of(reader, root, "outcomes"), *scenario = scenarios->items.first;
    struct mark_part *parts = ARENA_ARRAY(reader->arena, struct mark_part, outcomes->items.len + 1);

    if (scenarios->items.len != outcomes->items.len && reader->ok)
        reader->ok = err_set(reader->err, "it has not one outcome for each scenario");
    mark->parts = parts;
    mark->result = OUTCOME_HOLDS;
    for (const struct jnode *at = outcomes->items.first; reader->ok && at; at = at->next) {
        struct mark_part *part = &parts[mark->nparts++];

        part->scenario = text_of(reader, scenario, "name");
        part->worth = (int64_t)number_of(reader, scenario, "worth");
        part->outcome = outcome_of(at, reader->arena, reader->err);
        scenario = scenario->next;
        reader->ok = reader->ok && part->outcome;
        if (!reader->ok)
            return;
        part->earned = earned_by(part->outcome, part->worth);
        mark->worth += part->worth;
        mark->earned += part->earned;
        mark->result = outcome_worse(mark->result, part->outcome->result);
    }
}

static void read_notes(struct reader *reader, const struct jnode *root, struct mark *mark)
{
    const struct jnode *notes = array_of(reader, root, "notes");
    const char **list = ARENA_ARRAY(reader->arena, const char *, notes->items.len + 1);

    jnode_each (note, notes)
        if (jnode_text(note))
            list[mark->nnotes++] = jnode_text(note);
    mark->notes = list;
}

const struct mark *mark_read(const char *text, size_t len, struct arena *arena, struct err *err)
{
    struct reader reader = {arena, err, true};
    struct mark *mark = ARENA_NEW(arena, struct mark);
    char error[JNODE_ERROR_SIZE];
    const struct jnode *root = jnode_parse(text, len, arena, error);
    const char *schema = jnode_text(jnode_get(root, "record"));

    if (!root) {
        err_set(err, "it is no JSON: %s", error);
        return NULL;
    }
    if (!schema || strcmp(schema, SCHEMA) != 0) {
        err_set(err, "it is no record of this version of sockdrill");
        return NULL;
    }
    mark->assignment = jnode_get(root, "assignment");
    mark->hash = text_of(&reader, root, "hash");
    mark->content = text_of(&reader, root, "content");
    read_name(&reader, root, mark);
    read_place(&reader, jnode_get(root, "place"), &mark->place);
    read_build(&reader, jnode_get(root, "build"), &mark->build);
    read_notes(&reader, root, mark);
    read_parts(&reader, root, mark);
    return reader.ok ? mark : NULL;
}
