/* cmd/complete_fish.c: completions for fish. */
#include "cmd/complete.h"
#include "cmd/shells.h"

struct fish {
    struct buf *out;
    const char *command;
};

/* Fish takes files as well, where nothing says otherwise. */
static void add_candidates(struct buf *out, const char *value)
{
    struct buf words = {0};

    switch (complete_kind(value, &words)) {
    case COMPLETE_WORDS: buf_addf(out, " -f -a '%s'", buf_str(&words)); break;
    case COMPLETE_FILES: buf_adds(out, " -F"); break;
    case COMPLETE_DIRS: buf_adds(out, " -f -a '(__fish_complete_directories)'"); break;
    case COMPLETE_SCENARIOS: buf_adds(out, " -F -a '(sockdrill list --names 2>/dev/null)'"); break;
    case COMPLETE_COMMANDS: buf_adds(out, " -F -a '(__fish_complete_subcommand --fcs-skip=2)'"); break;
    case COMPLETE_NOTHING: buf_adds(out, " -f"); break;
    }
    buf_release(&words);
}

static void add_row(void *arg, const struct option_row *row, const char *heading)
{
    struct fish *fish = arg;
    struct buf *out = fish->out;

    (void)heading;
    buf_addf(out, "complete -c sockdrill -n '__fish_seen_subcommand_from %s'", fish->command);
    if (row->letter)
        buf_addf(out, " -s %c", row->letter);
    if (row->name)
        buf_addf(out, " -l %s", row->name);
    if (row->value && row->value[0] != '[') {
        buf_adds(out, " -r");
        add_candidates(out, row->value);
    }
    buf_adds(out, " -d '");
    complete_add(out, row->help, "\\");
    buf_adds(out, "'\n");
}

void complete_fish(struct buf *out)
{
    const struct command *command;

    buf_adds(
        out,
        "# fish completion for sockdrill: made by `sockdrill help --completion fish`\n"
        "complete -c sockdrill -n __fish_use_subcommand -f -l help -d 'what there is'\n"
        "complete -c sockdrill -n __fish_use_subcommand -f -l version -d 'version and optional features'\n");
    for (size_t i = 0; (command = cmd_at(i)); i++) {
        struct fish fish = {out, command->usage->name};

        buf_addf(out, "complete -c sockdrill -n __fish_use_subcommand -f -a %s -d '", fish.command);
        complete_add(out, command->usage->what, "\\");
        buf_addf(out, "'\ncomplete -c sockdrill -n '__fish_seen_subcommand_from %s'", fish.command);
        add_candidates(out, command->usage->operand);
        buf_addf(out, "\ncomplete -c sockdrill -n '__fish_seen_subcommand_from %s' -s h -l help -d help\n",
                 fish.command);
        options_each(&command->usage->options, add_row, &fish);
    }
}
