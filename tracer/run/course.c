/* run/course.c: which scenarios there are, in which order, and what each says of itself. */
#include "run/course.h"

#include "base/quote.h"
#include "run/file.h"
#include "run/program.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char suffix[] = ".expect";

/* One directory of expectations while it is read. */
struct shelf {
    struct course *course;
    const char *dir;
    const char *rest; /* the heading of those that its course does not name */
    VEC(const char *) names;
    VEC(size_t) seen_at; /* by name: 1 + where the course file names it, or 0 */
};

static bool is_expect(const char *name)
{
    size_t len = strlen(name), tail = strlen(suffix);

    return len > tail && strcmp(name + len - tail, suffix) == 0;
}

static int only_expect(const struct dirent *entry)
{
    return is_expect(entry->d_name);
}

static void read_names(struct shelf *shelf)
{
    struct dirent **entries;
    int n = scandir(shelf->dir, &entries, only_expect, alphasort);

    for (int i = 0; i < n; i++) {
        size_t len = strlen(entries[i]->d_name) - strlen(suffix);

        vec_push(&shelf->names, arena_memdup(&shelf->course->arena, entries[i]->d_name, len));
        vec_push(&shelf->seen_at, 0);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
}

static void add_item(struct shelf *shelf, const char *section, const char *name)
{
    struct arena *arena = &shelf->course->arena;
    const char *path = arena_printf(arena, "%s/%s%s", shelf->dir, name, suffix);

    vec_push(&shelf->course->items, (struct course_item){section, name, path});
}

static void unknown_name(const struct shelf *shelf, struct diags *diags, struct span span, const char *name)
{
    const char *near = diag_nearest(name, shelf->names.items, shelf->names.len);
    struct buf escaped = {0};

    quote_terminal(&escaped, name, strlen(name));
    diags_add(diags, span, "there is no scenario '%s' beside this file", buf_str(&escaped));
    buf_release(&escaped);
    if (near)
        diags_hint(diags, "did you mean '%s'?", near);
    else
        diags_hint(diags, "a line names a scenario, or is a heading: # Title");
}

static void read_name(struct shelf *shelf, struct diags *diags, struct span span, const char *section)
{
    const struct source *source = diags->source;
    const char *name = arena_memdup(&shelf->course->arena, source->text + span.from, span.to - span.from);
    size_t i = 0;

    while (i < shelf->names.len && strcmp(shelf->names.items[i], name) != 0)
        i++;
    if (i == shelf->names.len) {
        unknown_name(shelf, diags, span, name);
    } else if (shelf->seen_at.items[i]) {
        diags_add(diags, span, "a second '%s'", name);
        diags_hint(diags, "the first is on line %u", source_place(source, shelf->seen_at.items[i] - 1).line);
    } else {
        shelf->seen_at.items[i] = span.from + 1;
        add_item(shelf, section, shelf->names.items[i]);
    }
}

/* Without blanks at both ends. */
static struct span trimmed(const struct source *source, struct span span)
{
    while (span.from < span.to && strchr(" \t", source->text[span.from]))
        span.from++;
    while (span.to > span.from && strchr(" \t", source->text[span.to - 1]))
        span.to--;
    return span;
}

static void read_lines(struct shelf *shelf, struct diags *diags)
{
    const struct source *source = diags->source;
    const char *section = "";

    for (size_t at = 0; at < source->len;) {
        struct span line = source_line(source, at), text = trimmed(source, line);

        at = line.to + (source->text[line.to] == '\r') + 1;
        if (text.from == text.to)
            continue;
        if (source->text[text.from] != '#') {
            read_name(shelf, diags, text, section);
            continue;
        }
        text.from++;
        text = trimmed(source, text);
        if (text.from == text.to)
            diags_add(diags, line, "this heading has no title");
        section = arena_memdup(&shelf->course->arena, source->text + text.from, text.to - text.from);
    }
}

static void read_course(struct shelf *shelf)
{
    struct arena *arena = &shelf->course->arena;
    const char *path = arena_printf(arena, "%s/course", shelf->dir);
    struct source source;
    struct diags diags = {.source = &source};
    struct err err;

    if (access(path, F_OK) < 0)
        return;
    if (!file_load(path, arena, &source, &err)) {
        buf_addf(&shelf->course->wrong, "%s\n", err.msg);
        return;
    }
    read_lines(shelf, &diags);
    diags_write(&diags, &shelf->course->wrong);
    diags_release(&diags);
}

static void read_shelf(struct course *course, const char *dir, const char *rest)
{
    struct shelf shelf = {.course = course, .dir = dir, .rest = rest};

    read_names(&shelf);
    read_course(&shelf);
    for (size_t i = 0; i < shelf.names.len; i++)
        if (!shelf.seen_at.items[i])
            add_item(&shelf, shelf.rest, shelf.names.items[i]);
    vec_release(&shelf.names);
    vec_release(&shelf.seen_at);
}

static void hide(struct course *course, size_t first_here)
{
    for (size_t here = first_here; here < course->items.len; here++) {
        for (size_t i = 0; i < first_here; i++) {
            if (strcmp(course->items.items[i].name, course->items.items[here].name) != 0)
                continue;
            vec_remove(&course->items, i);
            first_here--;
            here--;
            break;
        }
    }
}

void course_load(struct course *course)
{
    const char *dir;
    struct stat here, there;
    size_t first_here;

    *course = (struct course){0};
    dir = program_data_dir("expected", &course->arena);
    if (dir)
        read_shelf(course, dir, "More scenarios");
    first_here = course->items.len;
    if (stat("expected", &here) < 0 ||
        (dir && stat(dir, &there) == 0 && here.st_ino == there.st_ino && here.st_dev == there.st_dev))
        return;
    read_shelf(course, "expected", "In this directory");
    hide(course, first_here);
}

void course_release(struct course *course)
{
    vec_release(&course->items);
    buf_release(&course->wrong);
    arena_release(&course->arena);
}

const struct course_item *course_find(const struct course *course, const char *name)
{
    vec_each (struct course_item, item, &course->items)
        if (!strcmp(item->name, name))
            return item;
    return NULL;
}

const struct expect *course_read(const struct course_item *item, struct arena *arena, struct err *err)
{
    struct source *source = ARENA_NEW(arena, struct source);
    struct diags diags = {.source = source};
    const struct expect *expect;

    if (!file_load(item->path, arena, source, err))
        return NULL;
    expect = expect_parse(arena, NULL, 0, &diags);
    if (!expect)
        err_set(err, "'%s' has errors: `sockdrill run %s` shows them", item->path, item->path);
    diags_release(&diags);
    return expect;
}
