/* run/sources.c: reads source files, a few lines each. */
#include "run/sources.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { AROUND = 2 }; /* lines before and behind a place */

struct sources {
    struct run *run;
    void (*note)(void *arg, const char *text);
    void *arg;
    VEC(struct snippet) list;
    VEC(const char *) noted; /* programs and files that something was said of */
};

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Once for each `subject`. */
static bool is_first_of(struct sources *sources, const char *subject)
{
    vec_each (const char *, noted, &sources->noted)
        if (!strcmp(*noted, subject))
            return false;
    vec_push(&sources->noted, subject);
    return true;
}

static int64_t changed_ns(const struct stat *st)
{
    return (int64_t)st->st_mtim.tv_sec * CLOCK_NS_PER_S + st->st_mtim.tv_nsec;
}

/* Of a program that came with the system nobody here has the source. */
static bool is_own(const char *object)
{
    static const char *const system[] = {"/usr/", "/bin/", "/sbin/", "/lib", "/opt/", "/nix/", "/snap/"};

    for (size_t i = 0; i < ARRAY_LEN(system); i++)
        if (!strncmp(object, system[i], strlen(system[i])))
            return false;
    return object[0] == '/';
}

static void note_missing(struct sources *sources, const struct event *event, const struct frame *frame)
{
    if (frame->object && is_own(frame->object) && is_first_of(sources, frame->object))
        sources->note(sources->arg,
                      arena_printf(&sources->run->arena,
                                   "%s: %s has no debug information: compile it with -g, and the lines of "
                                   "its source are told",
                                   event->role, last_part(frame->object)));
}

static void note_older(struct sources *sources, const struct event *event, const struct frame *frame)
{
    if (is_first_of(sources, frame->file))
        sources->note(sources->arg,
                      arena_printf(&sources->run->arena,
                                   "%s: %s was changed after %s was built: build it again, since the lines "
                                   "shown may be others than those that ran",
                                   event->role, last_part(frame->file), last_part(frame->object)));
}

/* The line's number is `number`, counted from 1. */
static void keep_line(struct arena *arena, struct snippet *snippet, const char **lines, int number,
                      const char *line, size_t len)
{
    if (number < snippet->line - AROUND)
        return;
    if (!snippet->nlines)
        snippet->from = number;
    while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    lines[snippet->nlines++] = arena_memdup(arena, line, len);
}

static void read_lines(struct arena *arena, struct snippet *snippet, FILE *in)
{
    const char **lines = ARENA_ARRAY(arena, const char *, 2 * AROUND + 1);
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    for (int n = 1; n <= snippet->line + AROUND && (len = getline(&line, &room, in)) >= 0; n++)
        keep_line(arena, snippet, lines, n, line, (size_t)len);
    free(line);
    /* A file that ends before the line is not what the program was made from. */
    if (snippet->nlines && snippet->from + (int)snippet->nlines <= snippet->line)
        snippet->nlines = 0;
    snippet->lines = lines;
}

/* What was written since the trace was recorded is not what ran. */
static void read_snippet(struct sources *sources, const struct event *event, const struct frame *frame,
                         struct snippet *snippet)
{
    uint64_t began_ns = sources->run->trace.head.began_ns;
    struct stat source, program;
    FILE *in;

    if (stat(frame->file, &source) < 0 || !S_ISREG(source.st_mode) ||
        (began_ns && changed_ns(&source) > (int64_t)began_ns))
        return;
    in = fopen(frame->file, "re");
    if (!in)
        return;
    read_lines(&sources->run->arena, snippet, in);
    fclose(in);
    if (frame->object && stat(frame->object, &program) == 0 && changed_ns(&program) < changed_ns(&source))
        note_older(sources, event, frame);
}

static void add_place(struct sources *sources, const struct event *event)
{
    const struct frame *frame = event ? event_source(event) : NULL;
    struct snippet snippet;

    if (!frame)
        return;
    if (!frame->file) {
        note_missing(sources, event, frame);
        return;
    }
    vec_each (struct snippet, known, &sources->list)
        if (known->line == frame->line && !strcmp(known->file, frame->file))
            return;
    snippet = (struct snippet){.file = frame->file, .line = frame->line};
    read_snippet(sources, event, frame, &snippet);
    vec_push(&sources->list, snippet);
}

void sources_collect(struct run *run, void (*note)(void *arg, const char *text), void *arg)
{
    struct sources sources = {.run = run, .note = note, .arg = arg};
    struct verdict *verdict = &run->verdict;
    struct snippet *list;

    for (size_t i = 0; i < verdict->ncauses; i++)
        add_place(&sources, verdict->causes[i].at);
    vec_each (struct finding, finding, &run->findings.list)
        add_place(&sources, finding->event);
    list = ARENA_ARRAY(&run->arena, struct snippet, sources.list.len);
    for (size_t i = 0; i < sources.list.len; i++)
        list[i] = sources.list.items[i];
    verdict->snippets = list;
    verdict->nsnippets = sources.list.len;
    vec_release(&sources.list);
    vec_release(&sources.noted);
}
