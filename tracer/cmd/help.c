/* cmd/help.c: sockdrill help: on a command; manual pages and completions, from the same tables. */
#include "cmd/cmd.h"

#include "cmd/complete.h"
#include "cmd/manual.h"

struct help {
    const char *shell;
    bool is_manual;
};

static const char *set_shell(void *arg, const char *value)
{
    struct buf script = {0};
    bool is_known = complete_write(&script, value);

    ((struct help *)arg)->shell = value;
    buf_release(&script);
    return is_known ? NULL : "is none of bash, zsh, fish";
}

static const struct option_row rows[] = {
    {0, "markdown", NULL, "as a manual page, in Markdown", OPTION_FLAG(struct help, is_manual)},
    {0, "completion", "SHELL", "a script that completes sockdrill's words in bash,\nzsh or fish",
     OPTION_SET(set_shell)},
    {0},
};

const struct usage help_usage = {
    .name = "help",
    .what = "help on a command",
    .synopsis = "[OPTION…] [COMMAND]",
    .about = "Tells what a COMMAND does and takes; without one, what there is.",
    .exits = "0 told, 2 there is no such command.",
    .operand = "TOPIC",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill help run\n"
                "  . <(sockdrill help --completion bash)\n",
};

static int print(struct buf *text)
{
    fputs(buf_str(text), stdout);
    buf_release(text);
    return EXIT_HOLDS;
}

int cmd_help(int argc, char **argv)
{
    static char option[] = "--help";
    const struct command *command = NULL;
    struct buf text = {0};
    struct help help = {0};
    int first, code;

    if (!cmd_options(&help_usage, &help, argc, argv, &first, &code))
        return code;
    if (argc - first > 1 || (help.shell && argc > first))
        return cmd_usage_error(&help_usage, "of one command at a time");
    if (argc > first && !(command = cmd_find(argv[first])))
        return cmd_unknown(argv[first]);
    if (help.shell) {
        complete_write(&text, help.shell);
        return print(&text);
    }
    if (help.is_manual) {
        manual_write(&text, command ? command->usage : NULL);
        return print(&text);
    }
    if (command)
        return command->run(2, (char *[]){argv[first], option, NULL});
    cmd_overview(stdout);
    return EXIT_HOLDS;
}
