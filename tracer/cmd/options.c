/* cmd/options.c: getopt_long(3) driven by rows, with errors of our own. */
#include "cmd/options.h"

#include "base/diag.h"
#include "base/vec.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { LONG_BASE = 256, HELP_COLUMN = 28 };

/* A row, and what it sets things in. */
struct known {
    const struct option_row *row;
    char *arg;
};

struct tables {
    VEC(struct known) rows;
    struct buf letters;
    VEC(struct option) longs;
};

static bool is_end(const struct option_row *row)
{
    return !row->letter && !row->name;
}

static bool takes_value(const struct option_row *row)
{
    return row->value && row->value[0] != '[';
}

static int value_of_name(const struct option_row *row)
{
    if (!row->value)
        return no_argument;
    return takes_value(row) ? required_argument : optional_argument;
}

static void add_rows(struct tables *tables, const struct option_row *row, char *arg)
{
    for (; !is_end(row); row++) {
        int i = (int)tables->rows.len;

        vec_push(&tables->rows, (struct known){row, arg});
        if (row->letter)
            buf_addf(&tables->letters, "%c%s", row->letter, takes_value(row) ? ":" : "");
        if (row->name)
            vec_push(&tables->longs, (struct option){row->name, value_of_name(row), NULL, LONG_BASE + i});
    }
}

static void make_tables(const struct options *options, void *arg, struct tables *tables)
{
    const struct option_group *group = options->shared;

    *tables = (struct tables){0};
    buf_adds(&tables->letters, options->order == OPTIONS_BEFORE_FIRST ? "+:" : ":");
    add_rows(tables, options->rows, arg);
    for (; group && group->rows; group++)
        add_rows(tables, group->rows, (char *)arg + options->shared_at);
    vec_push(&tables->longs, (struct option){0});
}

static void release_tables(struct tables *tables)
{
    vec_release(&tables->rows);
    buf_release(&tables->letters);
    vec_release(&tables->longs);
}

static const struct known *known_of(const struct tables *tables, int found)
{
    if (found >= LONG_BASE)
        return &tables->rows.items[found - LONG_BASE];
    vec_each (struct known, known, &tables->rows)
        if (known->row->letter == found)
            return known;
    return NULL;
}

/* The option as the user wrote it: getopt has moved behind it. */
static const char *written(char **argv, int before)
{
    return argv[before] ? argv[before] : "";
}

static void tell_unknown(const struct tables *tables, const char *word, struct buf *message)
{
    VEC(const char *) names = {0};
    const char *near;
    size_t len = strcspn(word, "=");
    char *name = strndup(word, len);

    if (strncmp(word, "--", 2) != 0) {
        buf_addf(message, "unknown option -%c", optopt);
    } else {
        vec_each (struct known, known, &tables->rows)
            if (known->row->name)
                vec_push(&names, known->row->name);
        near = name ? diag_nearest(name + 2, names.items, names.len) : NULL;
        buf_addf(message, "unknown option %s", name ? name : word);
        if (near)
            buf_addf(message, "; did you mean --%s?", near);
    }
    free(name);
    vec_release(&names);
}

/* As the user most likely wrote it. */
static void name_of(const struct option_row *row, struct buf *out)
{
    if (row->name)
        buf_addf(out, "--%s", row->name);
    else
        buf_addf(out, "-%c", row->letter);
}

static bool apply(const struct known *known, bool by_name, struct buf *message)
{
    const struct option_row *row = known->row;
    const char *value = by_name && row->value && !optarg ? "" : optarg;
    const char *wrong = row->set ? row->set(known->arg, row->value ? value : NULL) : NULL;

    if (!row->set)
        *(bool *)(known->arg + row->flag) = true;
    if (!wrong)
        return true;
    name_of(row, message);
    if (optarg)
        buf_addf(message, "%s%s: '%s'", takes_value(row) ? " " : "", row->value, optarg);
    buf_addf(message, " %s", wrong);
    return false;
}

bool options_parse(const struct options *options, void *arg, int argc, char **argv, int *first,
                   struct buf *message)
{
    struct tables tables;
    bool ok = true;

    make_tables(options, arg, &tables);
    optind = 0;
    opterr = 0;
    while (ok) {
        int before = optind ? optind : 1;
        int found = getopt_long(argc, argv, buf_str(&tables.letters), tables.longs.items, NULL);
        const struct known *known;

        if (found < 0)
            break;
        known = known_of(&tables, found == ':' ? optopt : found);
        if (found == '?') {
            /* A known long option that was given a value it does not take has its row in optopt. */
            known = optopt >= LONG_BASE ? known_of(&tables, optopt) : NULL;
            if (known)
                buf_addf(message, "--%s takes no value", known->row->name);
            else
                tell_unknown(&tables, optopt ? "" : written(argv, optind > before ? optind - 1 : before),
                             message);
            ok = false;
        } else if (found == ':') {
            name_of(known->row, message);
            buf_addf(message, " needs a value: %s", known->row->value);
            ok = false;
        } else {
            ok = apply(known, found >= LONG_BASE, message);
        }
    }
    *first = optind;
    release_tables(&tables);
    return ok;
}

/* Ends a line of help; what follows it stands below it. */
static const char *next_line(const char *line, struct buf *out)
{
    size_t len = strcspn(line, "\n");

    buf_addc(out, '\n');
    if (!line[len])
        return NULL;
    buf_pad(out, out->len, HELP_COLUMN);
    return line + len + 1;
}

static void help_rows(const struct option_row *row, struct buf *out)
{
    for (; !is_end(row); row++) {
        size_t from = out->len;

        if (row->letter)
            buf_addf(out, "  -%c", row->letter);
        else
            buf_adds(out, "    ");
        if (row->name)
            buf_addf(out, "%s--%s", row->letter ? ", " : "  ", row->name);
        if (row->value)
            buf_addf(out, "%s%s", takes_value(row) ? " " : "", row->value);
        if (out->len - from >= HELP_COLUMN) {
            buf_addc(out, '\n');
            from = out->len;
        }
        buf_pad(out, from, HELP_COLUMN);
        for (const char *line = row->help; line; line = next_line(line, out))
            buf_add(out, line, strcspn(line, "\n"));
    }
}

void options_help(const struct options *options, struct buf *out)
{
    help_rows(options->rows, out);
}

void options_help_shared(const struct options *options, struct buf *out)
{
    for (const struct option_group *group = options->shared; group && group->rows; group++) {
        buf_addf(out, "\n%s:\n", group->heading);
        help_rows(group->rows, out);
    }
}

static void each_row(const struct option_row *row, const char *heading,
                     void (*each)(void *arg, const struct option_row *row, const char *heading), void *arg)
{
    for (; !is_end(row); row++)
        each(arg, row, heading);
}

void options_each(const struct options *options,
                  void (*each)(void *arg, const struct option_row *row, const char *heading), void *arg)
{
    each_row(options->rows, NULL, each, arg);
    for (const struct option_group *group = options->shared; group && group->rows; group++)
        each_row(group->rows, group->heading, each, arg);
}

bool options_seconds(const char *text, uint32_t *ms)
{
    char *end;
    double seconds = strtod(text, &end);

    if (end == text || strcmp(*end == 's' ? end + 1 : end, "") != 0 ||
        !(seconds >= 0.001 && seconds <= 86400))
        return false;
    *ms = (uint32_t)(seconds * 1000 + 0.5);
    return true;
}

bool options_number(const char *text, unsigned long most, unsigned long *n)
{
    char *end;

    errno = 0;
    *n = strtoul(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && !errno && *n <= most;
}
