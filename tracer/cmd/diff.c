/* cmd/diff.c: sockdrill diff: two traces as stories, and what differs between them. */
#include "cmd/cmd.h"

#include "base/vec.h"
#include "compare/write.h"
#include "format/format.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct diff_cmd {
    bool json;
    unsigned long context;
    enum color_when color;
};

static const char *set_context(void *arg, const char *value)
{
    return options_number(value, 1000, &((struct diff_cmd *)arg)->context) ? NULL
                                                                           : "is no number from 0 to 1000";
}

static const char *set_color(void *arg, const char *value)
{
    return color_parse(value, &((struct diff_cmd *)arg)->color);
}

static const struct option_row rows[] = {
    {0, "json", NULL, "one JSON object, as compare/diff.schema.json has it",
     OPTION_FLAG(struct diff_cmd, json)},
    {'U', "context", "N", "lines around what differs (default: 2)", OPTION_SET(set_context)},
    {0, "color", "WHEN", "auto (default), always, never", OPTION_SET(set_color)},
    {0},
};

const struct usage diff_usage = {
    .name = "diff",
    .what = "what differs between two recorded traces",
    .synopsis = "[OPTION…] OLD NEW",
    .about = "Compares two recorded traces as stories: what each role does with each socket.\n"
             "What another run of the same programs may have otherwise is no difference:\n"
             "numbers of descriptors, ports that the kernel chose, pids, the order of what is\n"
             "concurrent, bytes cut into other segments, calls that are tried again, waits.\n"
             "A trace is a file of JSON Lines or a log of strace -f; - is standard input.\n"
             "Several logs that are one trace, each with its role: server=s.log,client=c.log",
    .exits = "0 the same story, 1 it differs, 2 wrong usage or no trace, 3 could\n"
             "not compare: a trace is cut, or something in it was not seen.",
    .operand = "FILE",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
    .examples = "  sockdrill run tcp-echo -o old.jsonl; sockdrill run tcp-echo -o new.jsonl\n"
                "  sockdrill diff old.jsonl new.jsonl\n",
};

static int write_out(struct buf *out, int code)
{
    fwrite(buf_str(out), 1, out->len, stdout);
    buf_release(out);
    return code;
}

static int tell_obstacle(const struct diff_cmd *cmd, const struct compare_names *names, const char *path,
                         const char *why)
{
    struct buf out = {0}, message = {0};

    buf_addf(&message, "cannot compare %s: %s", path, why);
    fprintf(stderr, "sockdrill diff: %s\n", buf_str(&message));
    if (cmd->json)
        compare_write_json_why(&out, names, buf_str(&message));
    buf_release(&message);
    return write_out(&out, EXIT_UNTESTED);
}

static int diff(const struct diff_cmd *cmd, const struct compare_names *names, const struct trace traces[2])
{
    struct comparison comparison;
    struct buf out = {0};
    char *cwd = getcwd(NULL, 0);
    struct report_opts opts = {.color = color_wanted(cmd->color, stdout), .below = cwd};
    int code;

    compare(&comparison, &traces[0], &traces[1]);
    if (cmd->json)
        compare_write_json(&out, &comparison, names);
    else
        compare_write_text(&out, &comparison, names, cmd->context, &opts);
    code = comparison.ndiffs ? EXIT_FAILS : EXIT_HOLDS;
    comparison_release(&comparison);
    free(cwd);
    return write_out(&out, code);
}

/* `a,b`: several logs that are one trace, where no file has that whole name. */
static bool load(const char *operand, struct trace *trace, struct err *err)
{
    VEC(const char *) paths = {0};
    char *names = alloc_strdup(operand);
    bool ok;

    if (access(operand, F_OK) == 0 || !strchr(operand, ','))
        vec_push(&paths, operand);
    else
        for (char *name = strtok(names, ","); name; name = strtok(NULL, ","))
            vec_push(&paths, name);
    ok = format_load(paths.items, paths.len, trace, err);
    vec_release(&paths);
    free(names);
    return ok;
}

static int diff_files(const struct diff_cmd *cmd, const char *const *paths)
{
    const struct compare_names names = {paths[0], paths[1]};
    struct arena arena = {0};
    struct trace traces[2];
    struct err err;
    int code = EXIT_HOLDS;

    for (int i = 0; i < 2; i++)
        trace_init(&traces[i]);
    for (int i = 0; i < 2 && code == EXIT_HOLDS; i++)
        if (!load(paths[i], &traces[i], &err))
            code = cmd_fail("diff", EXIT_USAGE, &err);
    for (int i = 0; i < 2 && code == EXIT_HOLDS; i++) {
        const char *why = compare_obstacle(&traces[i], &arena);

        if (why)
            code = tell_obstacle(cmd, &names, paths[i], why);
    }
    if (code == EXIT_HOLDS)
        code = diff(cmd, &names, traces);
    for (int i = 0; i < 2; i++)
        trace_release(&traces[i]);
    arena_release(&arena);
    return code;
}

int cmd_diff(int argc, char **argv)
{
    struct diff_cmd cmd = {.context = 2};
    int first, code;

    if (!cmd_options(&diff_usage, &cmd, argc, argv, &first, &code))
        return code;
    if (argc - first != 2)
        return cmd_usage_error(&diff_usage, "it takes two traces, the old one and the new one");
    if (!strcmp(argv[first], "-") && !strcmp(argv[first + 1], "-"))
        return cmd_usage_error(&diff_usage, "standard input can be only one of the two");
    return diff_files(&cmd, (const char *const *)argv + first);
}
