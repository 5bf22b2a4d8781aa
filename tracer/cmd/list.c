/* cmd/list.c: sockdrill list: the course: what there is to run, in order, and what each shows. */
#include "cmd/cmd.h"

#include "base/quote.h"
#include "format/jout.h"
#include "report/layout.h"
#include "run/course.h"

#include <string.h>

struct list {
    bool is_long, is_json, is_names;
    size_t width;
    size_t name_width, shows_width; /* of the widest, within limits */
    const char *section;            /* shown last */
    size_t shown;
    struct buf out;
};

enum {
    NUMBER_WIDTH = 3,
    GAP = 2,
    NAME_MOST = 26,
    SHOWS_MOST = 14,
    TITLE_LEAST = 16,
    WIDTH_DEFAULT = 80,
    WIDTH_MOST = 100, /* wider lines are no longer read with ease */
};

static const struct option_row rows[] = {
    {'v', "long", NULL, "also what each is about, wrapped to the terminal",
     OPTION_FLAG(struct list, is_long)},
    {0, "json", NULL, "for programs: an array, an object a scenario", OPTION_FLAG(struct list, is_json)},
    {0, "names", NULL, "for shells: only the names, a line each", OPTION_FLAG(struct list, is_names)},
    {0},
};

const struct usage list_usage = {
    .name = "list",
    .what = "the scenarios that come along",
    .synopsis = "[OPTION…] [SCENARIO…]",
    .about = "Lists the scenarios that come along, and those of ./expected, in the order of\n"
             "the course: number, name, title, and the claims that each shows; of each\n"
             "SCENARIO named, also what it is about.",
    .exits = "0 listed, 2 wrong usage or file, 3 the scenarios are not there.",
    .operand = "SCENARIO",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill list\n"
                "  sockdrill list tcp-echo\n"
                "  sockdrill list --json | jq -r '.[] | select(.shows | index(\"S10\")) | .name'\n",
};

/* ---- for people ---- */

/* The words that fit into `columns`, at least one; *text goes on behind them. Returns the columns taken. */
static size_t take_line(struct buf *out, const char **text, size_t columns)
{
    size_t taken = 0;

    while (**text) {
        size_t bytes = strcspn(*text, " ");
        struct buf word = {0};
        size_t width;

        buf_add(&word, *text, bytes);
        width = layout_width(buf_str(&word));
        if (taken && taken + 1 + width > columns) {
            buf_release(&word);
            break;
        }
        if (taken)
            buf_addc(out, ' ');
        taken += (taken > 0) + layout_cut(out, buf_str(&word), columns);
        *text += bytes + strspn(*text + bytes, " ");
        buf_release(&word);
    }
    return taken;
}

static void spaces(struct buf *out, size_t n)
{
    while (n--)
        buf_addc(out, ' ');
}

/* NAME, NAME, … */
static void join(struct buf *out, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_addf(out, "%s%s", i ? ", " : "", names[i]);
}

static size_t title_width(const struct list *list)
{
    size_t others = NUMBER_WIDTH + GAP + list->name_width + GAP + GAP + list->shows_width;

    return list->width > others + TITLE_LEAST ? list->width - others : TITLE_LEAST;
}

/* Title and claims side by side, each in as many lines as it takes. */
static void add_row(struct list *list, size_t number, const char *name, const struct expect *expect)
{
    size_t columns = title_width(list), left = NUMBER_WIDTH + GAP + list->name_width + GAP;
    struct buf title = {0}, shows = {0};
    const char *title_left, *shows_left;

    quote_terminal(&title, expect->title, strlen(expect->title));
    join(&shows, expect->shows, expect->nshows);
    title_left = buf_str(&title);
    shows_left = buf_str(&shows);
    buf_addf(&list->out, "%*zu%*s", NUMBER_WIDTH, number, GAP, "");
    if (layout_width(name) > list->name_width) {
        buf_addf(&list->out, "%s\n", name);
        spaces(&list->out, left);
    } else {
        layout_fit(&list->out, name, list->name_width + GAP);
    }
    for (bool again = true; again; again = *title_left || *shows_left) {
        size_t taken = take_line(&list->out, &title_left, columns);

        if (*shows_left) {
            spaces(&list->out, columns - taken + GAP);
            take_line(&list->out, &shows_left, list->shows_width);
        }
        buf_addc(&list->out, '\n');
        if (*title_left || *shows_left)
            spaces(&list->out, left);
    }
    buf_release(&title);
    buf_release(&shows);
}

static void add_para(struct list *list, const char *label, const char *text)
{
    struct buf escaped = {0};

    quote_terminal(&escaped, text, strlen(text));
    layout_para(&list->out, NUMBER_WIDTH + GAP, label, buf_str(&escaped), list->width + 1);
    buf_release(&escaped);
}

static void add_text(struct list *list, const struct course_item *item, size_t number,
                     const struct expect *expect)
{
    struct buf name = {0}, needs = {0};

    if (item->section != list->section) {
        list->section = item->section;
        buf_addf(&list->out, "%s", list->shown ? "\n" : "");
        quote_terminal(&list->out, item->section, strlen(item->section));
        buf_adds(&list->out, *item->section ? "\n" : "");
    } else if (list->is_long && list->shown) {
        buf_addc(&list->out, '\n');
    }
    quote_terminal(&name, item->name, strlen(item->name));
    add_row(list, number, buf_str(&name), expect);
    buf_release(&name);
    if (!list->is_long)
        return;
    add_para(list, "", expect->about);
    for (size_t i = 0; i < expect->nneeds; i++) {
        buf_adds(&needs, i ? ", " : "");
        need_text(&needs, &expect->needs[i]);
    }
    add_para(list, "requires ", buf_str(&needs));
    buf_release(&needs);
}

static size_t at_most(size_t n, size_t most)
{
    return n < most ? n : most;
}

static void measure(struct list *list, const struct course_item *item, const struct expect *expect)
{
    struct buf name = {0}, shows = {0};

    quote_terminal(&name, item->name, strlen(item->name));
    join(&shows, expect->shows, expect->nshows);
    if (layout_width(buf_str(&name)) > list->name_width)
        list->name_width = at_most(layout_width(buf_str(&name)), NAME_MOST);
    if (layout_width(buf_str(&shows)) > list->shows_width)
        list->shows_width = at_most(layout_width(buf_str(&shows)), SHOWS_MOST);
    buf_release(&name);
    buf_release(&shows);
}

/* ---- for programs ---- */

static void add_strings(struct buf *out, const char *key, const char *const *strings, size_t n)
{
    jout_key(out, key);
    buf_addc(out, '[');
    for (size_t i = 0; i < n; i++) {
        jout_next(out);
        jout_string(out, strings[i]);
    }
    buf_addc(out, ']');
}

static void add_string(struct buf *out, const char *key, const char *string)
{
    jout_key(out, key);
    jout_string(out, string);
}

static void add_needs(struct buf *out, const struct expect *expect)
{
    struct buf text = {0};

    jout_key(out, "requires");
    buf_addc(out, '[');
    for (size_t i = 0; i < expect->nneeds; i++) {
        buf_reset(&text);
        need_text(&text, &expect->needs[i]);
        jout_next(out);
        jout_string(out, buf_str(&text));
    }
    buf_addc(out, ']');
    buf_release(&text);
}

static void add_json(struct list *list, const struct course_item *item, size_t number,
                     const struct expect *expect)
{
    struct buf *out = &list->out;

    buf_adds(out, list->shown ? ",\n {" : "[{");
    jout_key(out, "number");
    jout_u64(out, number);
    add_string(out, "section", item->section);
    add_string(out, "name", item->name);
    add_string(out, "title", expect->title);
    add_strings(out, "shows", expect->shows, expect->nshows);
    add_needs(out, expect);
    add_string(out, "about", expect->about);
    add_string(out, "file", item->path);
    buf_addc(out, '}');
}

/* ---- for shells ---- */

/* What needs quoting there is left out: names of such files can't be completed. */
static void add_name(struct list *list, const struct course_item *item, size_t number,
                     const struct expect *expect)
{
    (void)number;
    (void)expect;
    if (!item->name[strcspn(item->name, " \t\n\r\"'\\$`;&|<>()*?[]{}~#!")])
        buf_addf(&list->out, "%s\n", item->name);
}

/* ---- the command ---- */

struct entry {
    const struct course_item *item;
    const struct expect *expect;
    size_t number; /* in the course, from 1 */
};

struct entries {
    VEC(struct entry) list;
};

/* Of all scenarios, or of those named; the exit code. */
static int read_entries(const struct course *course, char *const *names, int n, struct arena *arena,
                        struct entries *entries)
{
    int code = EXIT_HOLDS;
    struct err err;

    for (int i = 0; i < n; i++)
        if (!course_find(course, names[i])) {
            err_set(&err, "there is no scenario '%s'", names[i]);
            code = cmd_fail("list", EXIT_USAGE, &err);
        }
    vec_each (struct course_item, item, &course->items) {
        struct entry entry = {item, NULL, (size_t)(item - course->items.items) + 1};
        bool is_wanted = !n;

        for (int i = 0; i < n; i++)
            is_wanted = is_wanted || !strcmp(names[i], item->name);
        if (!is_wanted)
            continue;
        entry.expect = course_read(item, arena, &err);
        if (entry.expect)
            vec_push(&entries->list, entry);
        else
            code = cmd_fail("list", EXIT_USAGE, &err);
    }
    return code;
}

static void print_entries(struct list *list, const struct entries *entries)
{
    void (*add)(struct list *, const struct course_item *, size_t, const struct expect *) =
        list->is_json    ? add_json
        : list->is_names ? add_name
                         : add_text;
    int width = terminal_width(stdout);

    list->width = width ? at_most((size_t)width, WIDTH_MOST) : WIDTH_DEFAULT;
    vec_each (const struct entry, entry, &entries->list)
        measure(list, entry->item, entry->expect);
    vec_each (const struct entry, entry, &entries->list) {
        add(list, entry->item, entry->number, entry->expect);
        list->shown++;
    }
    if (list->is_json)
        buf_adds(&list->out, list->shown ? "]\n" : "[]\n");
    fputs(buf_str(&list->out), stdout);
    buf_release(&list->out);
}

int cmd_list(int argc, char **argv)
{
    struct list list = {0};
    struct entries entries = {0};
    struct course course;
    struct arena arena = {0};
    struct err err;
    int first, code;

    if (!cmd_options(&list_usage, &list, argc, argv, &first, &code))
        return code;
    list.is_long = list.is_long || first < argc;
    course_load(&course);
    code = read_entries(&course, argv + first, argc - first, &arena, &entries);
    if (!course.items.len) {
        err_set(&err, "there are no scenarios");
        err_hint(&err, "they are looked for beside the program; SOCKDRILL_DATA names another place");
        code = cmd_fail("list", EXIT_UNTESTED, &err);
    } else {
        print_entries(&list, &entries);
    }
    if (course.wrong.len) {
        fputs(buf_str(&course.wrong), stderr);
        code = EXIT_USAGE;
    }
    vec_release(&entries.list);
    course_release(&course);
    arena_release(&arena);
    return code;
}
