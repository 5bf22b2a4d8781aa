/* bless/bless.c: the file: what the expectation says besides calls stays, and each role gets its lines. */
#include "bless/bless.h"

#include "bless/block.h"
#include "bless/value.h"

#include <ctype.h>
#include <string.h>

/* ---- what is kept of the expectation, line by line ---- */

struct text_line {
    const char *text;
    size_t len;
};

static bool next_line(const char **at, const char *end, struct text_line *line)
{
    const char *newline;

    if (*at >= end)
        return false;
    newline = memchr(*at, '\n', (size_t)(end - *at));
    *line = (struct text_line){*at, (size_t)((newline ? newline : end) - *at)};
    *at = newline ? newline + 1 : end;
    return true;
}

static struct text_line trim(struct text_line line)
{
    while (line.len && isspace((unsigned char)line.text[0])) {
        line.text++;
        line.len--;
    }
    while (line.len && isspace((unsigned char)line.text[line.len - 1]))
        line.len--;
    return line;
}

static bool begins_with(struct text_line line, const char *const *words, size_t nwords)
{
    for (size_t i = 0; i < nwords; i++) {
        size_t len = strlen(words[i]);

        if (line.len > len && !memcmp(line.text, words[i], len) && isblank((unsigned char)line.text[len]))
            return true;
    }
    return false;
}

/* How much deeper the next line is: braces outside of strings and comments. */
static int depth_of(struct text_line line)
{
    bool in_string = false;
    int depth = 0;

    for (size_t i = 0; i < line.len; i++) {
        char c = line.text[i];

        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && c == '#')
            break;
        else if (!in_string)
            depth += (c == '{') - (c == '}');
    }
    return depth;
}

static const char *const file_words[] = {"title", "about", "shows", "requires", "set"};
static const char *const role_words[] = {"exit",  "killed", "stdin",  "env",    "timeout",
                                         "start", "pause",  "inject", "copies", "allow"};

static void keep_file_lines(struct buf *out, const struct source *source)
{
    const char *at = source->text;
    struct text_line line;
    int depth = 0;

    while (next_line(&at, source->text + source->len, &line)) {
        struct text_line bare = trim(line);

        if (depth == 0 && begins_with(bare, file_words, ARRAY_LEN(file_words)))
            buf_addf(out, "%.*s\n", (int)bare.len, bare.text);
        depth += depth_of(line);
    }
}

static void keep_role_lines(struct buf *out, const struct expect *expect, const struct role *role)
{
    const struct source *source = expect->source;
    const char *at = source->text + role->command_span.to;
    struct text_line line;
    int depth = 0;

    while (next_line(&at, source->text + source->len, &line)) {
        struct text_line bare = trim(line);

        if (depth == 1 && begins_with(bare, role_words, ARRAY_LEN(role_words)))
            buf_addf(out, "    %.*s\n", (int)bare.len, bare.text);
        depth += depth_of(line);
        if (depth <= 0)
            return;
    }
}

/* ---- what the runs printed ---- */

static const struct event *printed(const struct bless_run *run, const char *role, struct arena *arena)
{
    vec_each (struct event *const, it, &run->trace->events)
        if ((*it)->kind == EVENT_ROLE && !strcmp((*it)->role, role) &&
            !strcmp(event_text(*it, "what", arena), "stdout"))
            return *it;
    return NULL;
}

static void write_stdout(struct buf *out, struct role_story *story, const char *const *roles)
{
    struct seen_bytes *all = ARENA_ARRAY(story->arena, struct seen_bytes, story->nsamples);
    struct buf text = {0}, note = {0};
    struct value_writer writer = {.arena = story->arena, .out = &text, .note = &note, .is_printed = true};
    bool any = false;

    for (size_t i = 0; i < story->nsamples; i++) {
        const struct event *event = printed(story->samples[i].run, roles[i], story->arena);
        const struct value *value = event ? event_arg(event, "text") : NULL;

        all[i].sample = &story->samples[i];
        if (!value || value->kind != VALUE_BYTES)
            continue;
        all[i].bytes = value->bytes.ptr;
        all[i].len = value->bytes.len;
        any = any || all[i].len;
    }
    bytes_write(&writer, all, story->nsamples);
    if (any && strcmp(buf_str(&text), "...") != 0)
        buf_addf(out, "    stdout \"%s\"%s%s\n", buf_str(&text), note.len ? "    # seen: " : "",
                 buf_str(&note));
    buf_release(&text);
    buf_release(&note);
}

/* ---- roles ---- */

/* One with its own number: the parts of a role that copies play. */
static bool plays(const struct role *role, const char *base)
{
    return !strcmp(role->base, base);
}

static bool role_level(const struct sample_sock *sock)
{
    return !sock->is_libc && !sock->listener;
}

/* A connection that travels in a message has a part outside of its life, and gets no block. */
static void lay_flat(struct role_story *story)
{
    bool flat = false;

    for (size_t i = 0; i < story->nsamples; i++)
        vec_each (struct sample_sock *, sock, &story->samples[i].socks)
            flat = flat || ((*sock)->is_passed && (*sock)->listener);
    for (size_t i = 0; flat && i < story->nsamples; i++)
        vec_each (struct sample_sock *, sock, &story->samples[i].socks)
            (*sock)->listener = NULL;
}

static struct sample_sock *nth_sock(const struct sample *sample, size_t nth)
{
    vec_each (struct sample_sock *, sock, &sample->socks)
        if (role_level(*sock) && nth-- == 0)
            return *sock;
    return NULL;
}

/* Sockets that get a block of their own: what they moved is told in total there. */
static void set_apart(struct role_story *story)
{
    for (size_t nth = 0; nth_sock(&story->samples[0], nth); nth++) {
        bool apart = story->input->level == BLESS_APART, can = true;

        for (size_t i = 0; i < story->nsamples; i++) {
            const struct sample_sock *sock = nth_sock(&story->samples[i], nth);

            apart = apart || (sock && sock->is_long);
            can = can && sock && sock->made && sock->made->canon == CANON_SOCKET && !sock->is_passed;
        }
        for (size_t i = 0; apart && can && i < story->nsamples; i++)
            nth_sock(&story->samples[i], nth)->is_apart = true;
    }
}

static bool write_body(struct buf *out, struct role_story *story)
{
    struct instance *instances = ARENA_ARRAY(story->arena, struct instance, story->nsamples);

    lay_flat(story);
    set_apart(story);
    for (size_t i = 0; i < story->nsamples; i++) {
        instances[i] = (struct instance){&story->samples[i], NULL};
        story->waits = story->waits || story->samples[i].waits;
    }
    return block_write(out, story, NULL, instances, story->nsamples, 1);
}

static void write_header(struct buf *out, const struct expect *expect, const struct role *role,
                         const struct bless_end *end)
{
    struct span span = role->command_span;
    struct buf text = {0};

    if (!end->command) {
        buf_addf(out, "\n%s %.*s {\n", role->base, (int)(span.to - span.from),
                 expect->source->text + span.from);
        return;
    }
    /* As it was given: `${PORT}` stays one. */
    for (const char *c = end->command; *c; c++) {
        if (*c == '"' || *c == '\\')
            buf_addc(&text, '\\');
        buf_addc(&text, *c);
    }
    buf_addf(out, "\n%s \"%s\" {\n", role->base, buf_str(&text));
    buf_release(&text);
}

static void write_end(struct buf *out, const struct role *role, const struct bless_end *end)
{
    const char *name = end->killed ? nametab_name(&nametab_signal, (uint64_t)end->status) : NULL;

    if (role->has_exit || role->has_killed)
        return;
    if (end->exited)
        buf_addf(out, "    exit %d\n", end->status);
    else if (name)
        buf_addf(out, "    killed by %s\n", name);
}

static bool write_role(struct buf *out, const struct bless_input *input, const struct role *role,
                       const struct bless_end *end, struct err *err)
{
    struct arena arena = {0};
    struct role_story story = {.input = input, .arena = &arena, .err = err};
    size_t most = input->nruns * input->expect->nroles;
    const char **names = ARENA_ARRAY(&arena, const char *, most);
    bool ok;

    story.samples = ARENA_ARRAY(&arena, struct sample, most);
    for (size_t i = 0; i < input->expect->nroles; i++) {
        const struct role *other = input->expect->roles[i];

        story.is_directed = story.is_directed || other->npauses || other->start.role;
        for (size_t k = 0; plays(other, role->base) && k < input->nruns; k++) {
            names[story.nsamples] = other->name;
            sample_init(&story.samples[story.nsamples++], &input->runs[k], other->name, &arena);
        }
    }
    write_header(out, input->expect, role, end);
    keep_role_lines(out, input->expect, role);
    write_end(out, role, end);
    write_stdout(out, &story, names);
    ok = write_body(out, &story);
    buf_adds(out, "}\n");
    for (size_t i = 0; i < story.nsamples; i++)
        sample_release(&story.samples[i]);
    vec_release(&story.names);
    arena_release(&arena);
    return ok;
}

bool bless_write(struct buf *out, const struct bless_input *input, struct err *err)
{
    buf_addf(out, "# Made by `sockdrill bless` from %zu runs: what holds for all of them.\n", input->nruns);
    keep_file_lines(out, input->expect->source);
    for (size_t i = 0; i < input->nends; i++) {
        const struct role *role = NULL;

        for (size_t k = 0; k < input->expect->nroles && !role; k++)
            if (plays(input->expect->roles[k], input->ends[i].role))
                role = input->expect->roles[k];
        if (role && !write_role(out, input, role, &input->ends[i], err)) {
            struct err why = *err;

            err_set(err, "%s: %s", role->base, why.msg);
            return err_hint(err, "%s", why.hint);
        }
    }
    return true;
}
