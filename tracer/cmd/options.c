/* cmd/options.c: getopt_long(3) driven by rows, with errors of our own. */
#include "cmd/options.h"

#include "base/diag.h"
#include "base/vec.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { LONG_BASE = 256 };

struct tables {
    struct buf letters;
    VEC(struct option) longs;
};

static void make_tables(const struct options *options, struct tables *tables)
{
    *tables = (struct tables){0};
    buf_adds(&tables->letters, options->order == OPTIONS_BEFORE_FIRST ? "+:" : ":");
    for (size_t i = 0; options->rows[i].letter || options->rows[i].name; i++) {
        const struct option_row *row = &options->rows[i];

        if (row->letter)
            buf_addf(&tables->letters, "%c%s", row->letter, row->value ? ":" : "");
        if (row->name)
            vec_push(&tables->longs, (struct option){row->name, row->value ? required_argument : no_argument,
                                                     NULL, LONG_BASE + (int)i});
    }
    vec_push(&tables->longs, (struct option){0});
}

static void release_tables(struct tables *tables)
{
    buf_release(&tables->letters);
    vec_release(&tables->longs);
}

static const struct option_row *row_of(const struct options *options, int found)
{
    if (found >= LONG_BASE)
        return &options->rows[found - LONG_BASE];
    for (size_t i = 0; options->rows[i].letter || options->rows[i].name; i++)
        if (options->rows[i].letter == found)
            return &options->rows[i];
    return NULL;
}

/* The option as the user wrote it: getopt has moved behind it. */
static const char *written(char **argv, int before)
{
    return argv[before] ? argv[before] : "";
}

static void tell_unknown(const struct options *options, const char *word, struct buf *message)
{
    VEC(const char *) names = {0};
    const char *near;
    size_t len = strcspn(word, "=");
    char *name = strndup(word, len);

    if (strncmp(word, "--", 2) != 0) {
        buf_addf(message, "unknown option -%c", optopt);
    } else {
        for (size_t i = 0; options->rows[i].letter || options->rows[i].name; i++)
            if (options->rows[i].name)
                vec_push(&names, options->rows[i].name);
        near = name ? diag_nearest(name + 2, names.items, names.len) : NULL;
        buf_addf(message, "unknown option %s", name ? name : word);
        if (near)
            buf_addf(message, "; did you mean --%s?", near);
    }
    free(name);
    vec_release(&names);
}

static void name_of(const struct option_row *row, struct buf *out)
{
    if (row->name)
        buf_addf(out, "--%s", row->name);
    else
        buf_addf(out, "-%c", row->letter);
}

static bool apply(const struct option_row *row, void *arg, struct buf *message)
{
    const char *wrong = row->set ? row->set(arg, row->value ? optarg : NULL) : NULL;

    if (!row->set)
        *(bool *)((char *)arg + row->flag) = true;
    if (!wrong)
        return true;
    name_of(row, message);
    if (row->value)
        buf_addf(message, " %s: '%s'", row->value, optarg);
    buf_addf(message, " %s", wrong);
    return false;
}

bool options_parse(const struct options *options, void *arg, int argc, char **argv, int *first,
                   struct buf *message)
{
    struct tables tables;
    bool ok = true;

    make_tables(options, &tables);
    optind = 0;
    opterr = 0;
    while (ok) {
        int before = optind ? optind : 1;
        int found = getopt_long(argc, argv, buf_str(&tables.letters), tables.longs.items, NULL);
        const struct option_row *row;

        if (found < 0)
            break;
        row = row_of(options, found == ':' ? optopt : found);
        if (found == '?') {
            /* A known long option that was given a value it does not take has its row in optopt. */
            row = optopt >= LONG_BASE ? row_of(options, optopt) : NULL;
            if (row)
                buf_addf(message, "--%s takes no value", row->name);
            else
                tell_unknown(options, optopt ? "" : written(argv, optind > before ? optind - 1 : before),
                             message);
            ok = false;
        } else if (found == ':') {
            name_of(row, message);
            buf_addf(message, " needs a value: %s", row->value);
            ok = false;
        } else {
            ok = apply(row, arg, message);
        }
    }
    *first = optind;
    release_tables(&tables);
    return ok;
}

void options_help(const struct options *options, struct buf *out)
{
    for (size_t i = 0; options->rows[i].letter || options->rows[i].name; i++) {
        const struct option_row *row = &options->rows[i];
        size_t from = out->len;

        if (row->letter)
            buf_addf(out, "  -%c", row->letter);
        else
            buf_adds(out, "    ");
        if (row->name)
            buf_addf(out, "%s--%s", row->letter ? ", " : "  ", row->name);
        if (row->value)
            buf_addf(out, " %s", row->value);
        if (out->len - from > 27) {
            buf_addc(out, '\n');
            from = out->len;
        }
        buf_pad(out, from, 28);
        buf_addf(out, "%s\n", row->help);
    }
}

bool options_number(const char *text, unsigned long most, unsigned long *n)
{
    char *end;

    errno = 0;
    *n = strtoul(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && !errno && *n <= most;
}
