/* cmd/complete.c: what values and operands can be, and the table of shells. */
#include "cmd/complete.h"

#include "base/vec.h"
#include "cmd/shells.h"
#include "report/report.h"

#include <string.h>

static const struct {
    const char *value;
    enum complete_kind kind;
    const char *words;
} kinds[] = {
    {"WHEN", COMPLETE_WORDS, "auto always never"},
    {"LEVEL", COMPLETE_WORDS, "proved likely style none"},
    {"FORMAT", COMPLETE_WORDS, "text strace jsonl"},
    {"VIEW", COMPLETE_WORDS, "text sequence sockets strace jsonl"},
    {"STYLE", COMPLETE_WORDS, "raw abbrev verbose"},
    {"SHELL", COMPLETE_WORDS, "bash zsh fish"},
    {"KIND", COMPLETE_WORDS, NULL},
    {"KIND[:FILE]", COMPLETE_WORDS, NULL},
    {"TOPIC", COMPLETE_WORDS, NULL},
    {"FILE", COMPLETE_FILES, NULL},
    {"X", COMPLETE_FILES, NULL},
    {"DIR", COMPLETE_DIRS, NULL},
    {"SCENARIO", COMPLETE_SCENARIOS, NULL},
    {"COMMAND", COMPLETE_COMMANDS, NULL},
};

static void add_word(struct buf *out, const char *word)
{
    buf_addf(out, "%s%s", out->len ? " " : "", word);
}

/* Those that have a table of their own. */
static void add_words(struct buf *out, const char *value)
{
    const struct command *command;
    const struct report *report;

    if (!strcmp(value, "TOPIC"))
        for (size_t i = 0; (command = cmd_at(i)); i++)
            add_word(out, command->usage->name);
    else
        for (size_t i = 0; (report = report_at(i)); i++)
            add_word(out, report->name);
}

enum complete_kind complete_kind(const char *value, struct buf *words)
{
    for (size_t i = 0; value && i < ARRAY_LEN(kinds); i++) {
        if (strcmp(kinds[i].value, value) != 0)
            continue;
        if (kinds[i].words)
            buf_adds(words, kinds[i].words);
        else if (kinds[i].kind == COMPLETE_WORDS)
            add_words(words, value);
        return kinds[i].kind;
    }
    return COMPLETE_NOTHING;
}

void complete_add(struct buf *out, const char *text, const char *special)
{
    for (; *text; text++) {
        if (*text == '\'') {
            buf_adds(out, "'\\''");
            continue;
        }
        if (strchr(special, *text))
            buf_addc(out, '\\');
        buf_addc(out, *text == '\n' ? ' ' : *text);
    }
}

bool complete_write(struct buf *out, const char *shell)
{
    static const struct {
        const char *name;
        void (*write)(struct buf *out);
    } shells[] = {{"bash", complete_bash}, {"zsh", complete_zsh}, {"fish", complete_fish}};

    for (size_t i = 0; i < ARRAY_LEN(shells); i++)
        if (!strcmp(shells[i].name, shell)) {
            shells[i].write(out);
            return true;
        }
    return false;
}
