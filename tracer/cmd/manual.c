/* cmd/manual.c: NAME, SYNOPSIS, OPTIONS…, from the tables. */
#include "cmd/manual.h"

#include <string.h>

/* Text that was written for a terminal: what Markdown would take for its own is escaped, but for `code`. */
static void add_text(struct buf *out, const char *text)
{
    bool is_code = false;

    for (; *text; text++) {
        if (*text == '`')
            is_code = !is_code;
        else if (!is_code && strchr("\\*_{}[]()<>#+-.!|~^$", *text))
            buf_addc(out, '\\');
        buf_addc(out, *text);
    }
}

static void add_section(struct buf *out, const char *heading, const char *text)
{
    buf_addf(out, "\n# %s\n\n", heading);
    add_text(out, text);
    buf_addc(out, '\n');
}

/* "run " in front of the first line; those below have it in them, behind spaces. */
static void add_synopsis(struct buf *out, const char *name, const char *synopsis)
{
    size_t len = strcspn(synopsis, "\n");
    const char *rest = synopsis + len + strspn(synopsis + len, "\n ");
    struct buf line = {0};

    buf_add(&line, synopsis, len);
    buf_addf(out, "**sockdrill %s** ", name);
    add_text(out, buf_str(&line));
    buf_adds(out, "\n");
    if (*rest) {
        buf_adds(out, "\n**");
        buf_add(out, rest, strlen("sockdrill ") + strlen(name));
        buf_adds(out, "**");
        add_text(out, rest + strlen("sockdrill ") + strlen(name));
        buf_addc(out, '\n');
    }
    buf_release(&line);
}

struct rows {
    struct buf *out;
    const char *heading;
};

static void add_row(void *arg, const struct option_row *row, const char *heading)
{
    struct rows *rows = arg;
    struct buf *out = rows->out;
    bool is_optional = row->value && row->value[0] == '[';

    if (heading && heading != rows->heading)
        buf_addf(out, "\n## %s\n", heading);
    rows->heading = heading;
    buf_addc(out, '\n');
    if (row->letter) {
        buf_addf(out, "**\\-%c**%s", row->letter, row->name ? ", " : "");
        if (row->value && !row->name) {
            buf_adds(out, " *");
            add_text(out, row->value);
            buf_addc(out, '*');
        }
    }
    if (row->name) {
        buf_adds(out, "**\\-\\-");
        add_text(out, row->name);
        buf_adds(out, "**");
        if (row->value) {
            buf_adds(out, is_optional ? "*" : " *");
            add_text(out, row->value);
            buf_addc(out, '*');
        }
    }
    buf_adds(out, "\n: ");
    for (const char *text = row->help; *text;) {
        size_t len = strcspn(text, "\n");
        struct buf line = {0};

        buf_add(&line, text, len);
        add_text(out, buf_str(&line));
        buf_addc(out, '\n');
        text += len + (text[len] == '\n');
        buf_release(&line);
        if (*text)
            buf_adds(out, "  ");
    }
}

static void add_commands(struct buf *out)
{
    const struct command *command;

    buf_adds(out, "\n# COMMANDS\n");
    for (size_t i = 0; (command = cmd_at(i)); i++) {
        buf_addf(out, "\n**%s**\n: ", command->usage->name);
        add_text(out, command->usage->what);
        buf_adds(out, "\n");
    }
}

static void add_others(struct buf *out, const struct usage *usage)
{
    const struct command *command;

    buf_adds(out, "\n# SEE ALSO\n\n");
    if (usage)
        buf_adds(out, "**sockdrill**(1),\n");
    for (size_t i = 0; (command = cmd_at(i)); i++)
        if (command->usage != usage)
            buf_addf(out, "**sockdrill-%s**(1),\n", command->usage->name);
    buf_adds(out, "**sockdrill-expect**(5),\n**sockdrill-trace**(5)\n");
}

static void add_examples(struct buf *out, const char *examples)
{
    buf_adds(out, "\n# EXAMPLES\n\n");
    for (const char *line = examples; *line;) {
        size_t len = strcspn(line, "\n");

        buf_adds(out, "  ");
        buf_add(out, line, len);
        buf_addc(out, '\n');
        line += len + (line[len] == '\n');
    }
}

static void write_command(struct buf *out, const struct usage *usage)
{
    struct rows rows = {.out = out};

    buf_addf(out, "# NAME\n\nsockdrill\\-%s \\- ", usage->name);
    add_text(out, usage->what);
    buf_adds(out, "\n\n# SYNOPSIS\n\n");
    add_synopsis(out, usage->name, usage->synopsis);
    add_section(out, "DESCRIPTION", usage->about);
    buf_adds(out, "\n# OPTIONS\n");
    options_each(&usage->options, add_row, &rows);
    buf_adds(
        out,
        "\n**\\-h**, **\\-\\-help**\n: a short text\n\n**\\-\\-version**\n: version and optional features\n");
    add_section(out, "EXIT STATUS", usage->exits);
    if (usage->examples)
        add_examples(out, usage->examples);
}

void manual_write(struct buf *out, const struct usage *usage)
{
    if (usage) {
        write_command(out, usage);
    } else {
        buf_adds(
            out,
            "# NAME\n\nsockdrill \\- what a network program says to the kernel, and whether that is right\n"
            "\n# SYNOPSIS\n\n**sockdrill** COMMAND \\[ARGUMENT…\\]\n");
        add_commands(out);
    }
    add_others(out, usage);
}
