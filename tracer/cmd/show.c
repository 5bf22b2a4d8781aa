/* cmd/show.c: sockdrill show: views of a recorded trace, and its other formats. */
#include "cmd/cmd.h"

#include "cmd/display.h"
#include "format/format.h"
#include "model/model.h"
#include "report/report.h"

#include <string.h>

struct show_cmd {
    struct display display;
    const char *view;
    int width;
};

static const char *set_view(void *arg, const char *value)
{
    struct show_cmd *cmd = arg;

    cmd->view = value;
    if (view_by_name(value) || format_by_name(value))
        return NULL;
    return "is none of text, sequence, sockets, strace, jsonl";
}

static const char *set_width(void *arg, const char *value)
{
    unsigned long n;

    if (!options_number(value, 1000, &n) || n < 40)
        return "is no number from 40 to 1000";
    ((struct show_cmd *)arg)->width = (int)n;
    return NULL;
}

static const struct option_row rows[] = {
    {0, "view", "VIEW", "text (default), sequence, sockets, strace, jsonl", OPTION_SET(set_view)},
    {0, "width", "N", "columns to fit (default: the terminal's, else 80)", OPTION_SET(set_width)},
    {0},
};

const struct usage show_usage = {
    .name = "show",
    .what = "look at a recorded trace: text, sequence diagram, sockets",
    .synopsis = "[OPTION…] TRACE",
    .about = "Shows a recorded TRACE (JSON Lines; - is standard input). Selection, lines and\n"
             "statistics are for the views text, strace and jsonl.",
    .exits = "0 shown, 2 wrong usage or no trace.",
    .operand = "FILE",
    .options = {rows, OPTIONS_ANYWHERE, display_groups, offsetof(struct show_cmd, display)},
    .examples = "  sockdrill run tcp-echo -o echo.jsonl\n"
                "  sockdrill show echo.jsonl --view sequence\n",
};

static void show_format(const struct format *format, const struct trace *trace, struct show_cmd *cmd)
{
    struct format_opts *opts = &cmd->display.opts;
    struct sink *sink;

    opts->color = color_wanted(cmd->display.color, stdout);
    opts->width = cmd->width ? cmd->width : terminal_width(stdout);
    sink = display_open(&cmd->display, format, stdout, strcmp(format->name, "jsonl") ? stdout : stderr);
    sink_begin(sink, &trace->head);
    for (size_t i = 0; i < trace->events.len; i++)
        sink_event(sink, trace->events.items[i]);
    sink_end(sink);
}

static void show_view(const struct view *view, struct trace *trace, const struct show_cmd *cmd)
{
    struct report_opts opts = {.color = color_wanted(cmd->display.color, stdout)};
    struct model *model = model_new();
    struct buf out = {0};

    opts.width = cmd->width ? cmd->width : terminal_width(stdout);
    for (size_t i = 0; i < trace->events.len; i++)
        model_fold(model, trace->events.items[i]);
    view->write(&out, trace, model, &opts);
    fwrite(buf_str(&out), 1, out.len, stdout);
    buf_release(&out);
    model_free(model);
}

static int show(const char *const *paths, size_t len, struct show_cmd *cmd)
{
    struct trace trace;
    struct err err;

    trace_init(&trace);
    if (!format_load(paths, len, &trace, &err)) {
        trace_release(&trace);
        return cmd_fail("show", EXIT_USAGE, &err);
    }
    if (view_by_name(cmd->view))
        show_view(view_by_name(cmd->view), &trace, cmd);
    else
        show_format(format_by_name(cmd->view), &trace, cmd);
    if (trace.cut)
        fprintf(stderr, "sockdrill show: %s is cut: what is shown ends at its last whole record\n", paths[0]);
    trace_release(&trace);
    return EXIT_HOLDS;
}

int cmd_show(int argc, char **argv)
{
    struct show_cmd cmd = {.display = DISPLAY_DEFAULT, .view = "text"};
    int first, code;

    if (cmd_options(&show_usage, &cmd, argc, argv, &first, &code))
        code = argc > first ? show((const char *const *)argv + first, (size_t)(argc - first), &cmd)
                            : cmd_usage_error(&show_usage, "it takes a trace");
    display_release(&cmd.display);
    return code;
}
