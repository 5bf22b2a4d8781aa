/* cmd/cmd.c: dispatch and the list of commands, from one table. */
#include "cmd/cmd.h"

#include "base/diag.h"
#include "base/vec.h"

#include <string.h>

static const struct command commands[] = {
    {"trace", cmd_trace, "trace any program and its children, live"},
    {"run", cmd_run, "run a scenario, both ends traced, and compare with its pattern"},
    {"check", cmd_check, "the same comparison on a trace recorded earlier"},
    {"bless", cmd_bless, "make a pattern of what a scenario or program does, from several runs"},
    {"grade", cmd_grade, "the submissions of a class: a report for each student, and a summary"},
    {"diff", cmd_diff, "what differs between two recorded traces"},
    {"show", cmd_show, "look at a recorded trace: text, sequence diagram, sockets"},
    {"list", cmd_list, "the scenarios that come along"},
    {"explain", cmd_explain, "what a call, an error, a rule or a word of a report means"},
    {"doctor", cmd_doctor, "why tracing does or does not work on this machine"},
    {"help", cmd_help, "help on a command"},
};

const struct command *cmd_at(size_t i)
{
    return i < ARRAY_LEN(commands) ? &commands[i] : NULL;
}

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}

static void print_overview(FILE *out)
{
    fputs("sockdrill shows what a network program says to the Linux kernel, and tells\n"
          "whether that is what a correct client or server says.\n\nUsage: sockdrill COMMAND "
          "[ARGUMENT…]\n\nCommands:\n",
          out);
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].what);
    fputs("\n`sockdrill COMMAND --help` tells more. Try: sockdrill run tcp-echo\n", out);
}

static int unknown_command(const char *name)
{
    const char *names[ARRAY_LEN(commands)];
    const char *near;

    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        names[i] = commands[i].name;
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

int cmd_help(int argc, char **argv)
{
    static char help[] = "--help";
    const struct command *command;

    if (argc < 2 || !strcmp(argv[1], "--help")) {
        print_overview(stdout);
        return EXIT_HOLDS;
    }
    command = find(argv[1]);
    if (!command)
        return unknown_command(argv[1]);
    if (command->run == cmd_help) {
        puts("Usage: sockdrill help [COMMAND]");
        return EXIT_HOLDS;
    }
    return command->run(2, (char *[]){argv[1], help, NULL});
}

int cmd_main(int argc, char **argv)
{
    const struct command *command;
    int code;

    if (argc < 2) {
        print_overview(stderr);
        return EXIT_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
        print_overview(stdout);
        return EXIT_HOLDS;
    }
    if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
        cmd_version();
        return EXIT_HOLDS;
    }
    command = find(argv[1]);
    if (!command)
        return unknown_command(argv[1]);
    code = command->run(argc - 1, argv + 1);
    /* A full disk or a closed pipe must not look like success. */
    if (fflush(stdout) != 0 && code == EXIT_HOLDS) {
        fputs("sockdrill: cannot write standard output\n", stderr);
        code = EXIT_OURS;
    }
    return code;
}
