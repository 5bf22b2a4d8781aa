/* cmd/complete_zsh.c: completions for zsh. */
#include "cmd/complete.h"
#include "cmd/shells.h"

static const char head[] = "#compdef sockdrill\n"
                           "# zsh completion for sockdrill: made by `sockdrill help --completion zsh`\n"
                           "_sockdrill_scenarios()\n"
                           "{\n"
                           "    local -a names\n"
                           "    names=(${(f)\"$(sockdrill list --names 2>/dev/null)\"})\n"
                           "    compadd -a names\n"
                           "    _files -g '*.expect'\n"
                           "}\n"
                           "_sockdrill()\n"
                           "{\n"
                           "    local -a commands=(\n";

static const char tail[] =
    "    esac\n"
    "}\n"
    "if [[ $funcstack[1] == _sockdrill ]]; then _sockdrill \"$@\"; else compdef _sockdrill sockdrill; fi\n";

static void add_action(struct buf *out, const char *value)
{
    static const char *const actions[] = {
        [COMPLETE_NOTHING] = " ",        [COMPLETE_FILES] = "_files",
        [COMPLETE_DIRS] = "_files -/",   [COMPLETE_SCENARIOS] = "_sockdrill_scenarios",
        [COMPLETE_COMMANDS] = "_normal",
    };
    struct buf words = {0};
    enum complete_kind kind = complete_kind(value, &words);

    if (kind == COMPLETE_WORDS)
        buf_addf(out, "(%s)", buf_str(&words));
    else
        buf_adds(out, actions[kind]);
    buf_release(&words);
}

/* '--name=[help]:VALUE:action' */
static void add_spec(struct buf *out, const char *name, const char *end, const struct option_row *row)
{
    buf_addf(out, "            '*%s%s[", name, row->value ? end : "");
    complete_add(out, row->help, "[]:\\");
    buf_addc(out, ']');
    if (row->value) {
        buf_adds(out, row->value[0] == '[' ? "::" : ":");
        complete_add(out, row->value, ":\\");
        buf_addc(out, ':');
        add_action(out, row->value);
    }
    buf_adds(out, "' \\\n");
}

static void add_row(void *arg, const struct option_row *row, const char *heading)
{
    bool is_optional = row->value && row->value[0] == '[';
    struct buf name = {0};

    (void)heading;
    if (row->letter) {
        struct option_row alone = *row;

        if (is_optional)
            alone.value = NULL; /* only the name takes one */
        buf_addf(&name, "-%c", row->letter);
        add_spec(arg, buf_str(&name), "+", &alone);
        buf_reset(&name);
    }
    if (row->name) {
        buf_addf(&name, "--%s", row->name);
        add_spec(arg, buf_str(&name), is_optional ? "=-" : "=", row);
    }
    buf_release(&name);
}

static void add_command(struct buf *out, const struct usage *usage)
{
    buf_addf(out, "    %s)\n        _arguments -s \\\n", usage->name);
    options_each(&usage->options, add_row, out);
    buf_adds(out, "            '(- *)'{-h,--help}'[help]' '(- *)--version[version and optional features]'");
    if (usage->operand) {
        buf_addf(out, " \\\n            '*:%s%s:", usage->options.order == OPTIONS_BEFORE_FIRST ? ":" : "",
                 usage->operand);
        add_action(out, usage->operand);
        buf_addc(out, '\'');
    }
    buf_adds(out, " ;;\n");
}

void complete_zsh(struct buf *out)
{
    const struct command *command;

    buf_adds(out, head);
    for (size_t i = 0; (command = cmd_at(i)); i++) {
        buf_addf(out, "        '%s:", command->usage->name);
        complete_add(out, command->usage->what, ":\\");
        buf_adds(out, "'\n");
    }
    buf_adds(
        out,
        "    )\n    if ((CURRENT == 2)); then\n        _describe command commands\n        return\n    fi\n"
        "    shift words\n    ((CURRENT--))\n    case $words[1] in\n");
    for (size_t i = 0; (command = cmd_at(i)); i++)
        add_command(out, command->usage);
    buf_adds(out, tail);
}
