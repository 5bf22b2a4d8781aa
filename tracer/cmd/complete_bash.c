/* cmd/complete_bash.c: completions for bash. */
#include "cmd/complete.h"
#include "cmd/shells.h"

/* Between the tables: how a word is found. Bash cuts words at = and : as well. */
static const char head[] = "# bash completion for sockdrill: made by `sockdrill help --completion bash`\n"
                           "_sockdrill()\n"
                           "{\n"
                           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                           "    local options= value= operand= words=\n"
                           "    COMPREPLY=()\n"
                           "    if [[ $word == = ]]; then\n"
                           "        word=\n"
                           "    elif [[ $before == = ]]; then\n"
                           "        before=${COMP_WORDS[COMP_CWORD-2]}\n"
                           "    elif [[ $before == : || $word == : ]]; then\n"
                           "        [[ $word != : ]] || word=\n"
                           "        value=files\n"
                           "    fi\n";

static const char tail[] =
    "    esac\n"
    "    if [[ -z $value && $word == -* ]]; then\n"
    "        value=words words=$options\n"
    "    fi\n"
    "    case ${value:-$operand} in\n"
    "    words) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;\n"
    "    dirs) compopt -o filenames; COMPREPLY=($(compgen -d -- \"$word\")) ;;\n"
    "    files) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
    "    scenarios) compopt -o filenames\n"
    "        COMPREPLY=($(compgen -W \"$(\"${COMP_WORDS[0]}\" list --names 2>/dev/null)\" -- \"$word\")\n"
    "                   $(compgen -f -- \"$word\")) ;;\n"
    "    commands) compopt -o filenames; COMPREPLY=($(compgen -c -- \"$word\") $(compgen -f -- \"$word\")) "
    ";;\n"
    "    esac\n"
    "}\n"
    "complete -F _sockdrill sockdrill\n";

static const char *const words_of[] = {
    [COMPLETE_NOTHING] = "nothing", [COMPLETE_WORDS] = "words",         [COMPLETE_FILES] = "files",
    [COMPLETE_DIRS] = "dirs",       [COMPLETE_SCENARIOS] = "scenarios", [COMPLETE_COMMANDS] = "commands",
};

static void add_names(struct buf *out, const struct option_row *row, const char *between)
{
    if (row->letter)
        buf_addf(out, "-%c%s", row->letter, row->name ? between : "");
    if (row->name)
        buf_addf(out, "--%s", row->name);
}

static void add_option(void *arg, const struct option_row *row, const char *heading)
{
    (void)heading;
    buf_addc(arg, ' ');
    add_names(arg, row, " ");
}

/* What stands behind an option that takes a value. */
static void add_value(void *arg, const struct option_row *row, const char *heading)
{
    struct buf words = {0};
    enum complete_kind kind = complete_kind(row->value, &words);

    (void)heading;
    if (row->value && row->value[0] != '[') {
        buf_adds(arg, "        ");
        add_names(arg, row, "|");
        buf_addf(arg, ") value=%s", words_of[kind]);
        if (words.len)
            buf_addf(arg, " words='%s'", buf_str(&words));
        buf_adds(arg, " ;;\n");
    }
    buf_release(&words);
}

static void add_command(struct buf *out, const struct usage *usage)
{
    struct buf words = {0};
    enum complete_kind kind = complete_kind(usage->operand, &words);

    buf_addf(out, "    %s)\n        options='--help --version", usage->name);
    options_each(&usage->options, add_option, out);
    buf_addf(out, "' operand=%s", words_of[kind]);
    if (words.len)
        buf_addf(out, " words='%s'", buf_str(&words));
    buf_adds(out, "\n        [[ $value ]] || case $before in\n");
    options_each(&usage->options, add_value, out);
    buf_adds(out, "        *) ;;\n        esac ;;\n");
    buf_release(&words);
}

void complete_bash(struct buf *out)
{
    const struct command *command;

    buf_adds(out, head);
    buf_adds(out, "    if ((COMP_CWORD == 1)); then\n        operand=words words='--help --version");
    for (size_t i = 0; (command = cmd_at(i)); i++)
        buf_addf(out, " %s", command->usage->name);
    buf_adds(out, "' options=$words\n    else case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; (command = cmd_at(i)); i++)
        add_command(out, command->usage);
    buf_adds(out, "    esac; fi\n");
    buf_adds(out, tail + sizeof("    esac\n") - 1);
}
