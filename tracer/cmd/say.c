/* cmd/say.c: help, usage errors and other messages of the commands. */
#include "cmd/cmd.h"

#include <stdarg.h>
#include <string.h>

void cmd_overview(FILE *out)
{
    const struct command *command;

    fputs("sockdrill shows what a network program says to the Linux kernel, and tells\n"
          "whether that is what a correct client or server says.\n\nUsage: sockdrill COMMAND "
          "[ARGUMENT…]\n\nCommands:\n",
          out);
    for (size_t i = 0; (command = cmd_at(i)); i++)
        fprintf(out, "  %-8s %s\n", command->usage->name, command->usage->what);
    fputs("\n`sockdrill COMMAND --help` tells more. Try: sockdrill run tcp-echo\n", out);
}

static void print_help(const struct usage *usage)
{
    struct buf out = {0};

    buf_addf(&out, "Usage: sockdrill %s %s\n\n%s\nExit status: %s\n\nOptions:\n", usage->name,
             usage->synopsis, usage->about, usage->exits);
    options_help(&usage->options, &out);
    buf_adds(&out, "  -h, --help                this text\n"
                   "      --version             version and optional features\n");
    options_help_shared(&usage->options, &out);
    if (usage->examples)
        buf_addf(&out, "\nExamples:\n%s", usage->examples);
    fputs(buf_str(&out), stdout);
    buf_release(&out);
}

/* Only what stands before the operands, or the command to trace, is ours. */
static bool asks_for(const char *option, const struct usage *usage, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--"))
            return false;
        if (usage->options.order == OPTIONS_BEFORE_FIRST && argv[i][0] != '-')
            return false;
        if (!strcmp(argv[i], option))
            return true;
    }
    return false;
}

void cmd_version(void)
{
    puts("sockdrill " SOCKDRILL_VERSION);
    puts("features: seccomp-filter kernel-state namespaces");
}

bool cmd_options(const struct usage *usage, void *arg, int argc, char **argv, int *first, int *code)
{
    struct buf message = {0};
    bool ok;

    *code = EXIT_HOLDS;
    if (asks_for("--help", usage, argc, argv) || asks_for("-h", usage, argc, argv)) {
        print_help(usage);
        return false;
    }
    if (asks_for("--version", usage, argc, argv)) {
        cmd_version();
        return false;
    }
    ok = options_parse(&usage->options, arg, argc, argv, first, &message);
    if (!ok)
        *code = cmd_usage_error(usage, "%s", buf_str(&message));
    buf_release(&message);
    return ok;
}

int cmd_fail(const char *name, int code, const struct err *err)
{
    fprintf(stderr, "sockdrill %s: %s\n", name, err->msg);
    if (err->hint[0])
        fprintf(stderr, "  hint: %s\n", err->hint);
    return code;
}

int cmd_usage_error(const struct usage *usage, const char *fmt, ...)
{
    va_list ap;

    fprintf(stderr, "sockdrill %s: ", usage->name);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fprintf(stderr, "\n  hint: `sockdrill %s --help` shows what it takes\n", usage->name);
    return EXIT_USAGE;
}
