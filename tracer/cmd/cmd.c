/* cmd/cmd.c: dispatch and the list of commands, from one table. */
#include "cmd/cmd.h"

#include "base/diag.h"
#include "base/vec.h"

#include <string.h>

static const struct command commands[] = {
    {&trace_usage, cmd_trace},   {&run_usage, cmd_run},     {&check_usage, cmd_check},
    {&bless_usage, cmd_bless},   {&grade_usage, cmd_grade}, {&diff_usage, cmd_diff},
    {&show_usage, cmd_show},     {&list_usage, cmd_list},   {&explain_usage, cmd_explain},
    {&doctor_usage, cmd_doctor}, {&help_usage, cmd_help},
};

const struct command *cmd_at(size_t i)
{
    return i < ARRAY_LEN(commands) ? &commands[i] : NULL;
}

const struct command *cmd_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (!strcmp(commands[i].usage->name, name))
            return &commands[i];
    return NULL;
}

int cmd_unknown(const char *name)
{
    const char *names[ARRAY_LEN(commands)];
    const char *near;

    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        names[i] = commands[i].usage->name;
    near = diag_nearest(name, names, ARRAY_LEN(commands));
    fprintf(stderr, "sockdrill: there is no command '%s'\n", name);
    if (near)
        fprintf(stderr, "  hint: did you mean `sockdrill %s`?\n", near);
    else
        fprintf(stderr,
                "  hint: `sockdrill --help` lists the commands; `sockdrill trace -- %s` traces a program\n",
                name);
    return EXIT_USAGE;
}

int cmd_main(int argc, char **argv)
{
    const struct command *command;
    int code;

    if (argc < 2) {
        cmd_overview(stderr);
        return EXIT_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
        cmd_overview(stdout);
        return EXIT_HOLDS;
    }
    if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
        cmd_version();
        return EXIT_HOLDS;
    }
    command = cmd_find(argv[1]);
    if (!command)
        return cmd_unknown(argv[1]);
    code = command->run(argc - 1, argv + 1);
    /* A full disk or a closed pipe must not look like success. */
    if (fflush(stdout) != 0 && code == EXIT_HOLDS) {
        fputs("sockdrill: cannot write standard output\n", stderr);
        code = EXIT_OURS;
    }
    return code;
}
