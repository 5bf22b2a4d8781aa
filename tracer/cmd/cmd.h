/* cmd/cmd.h: the table of subcommands, and what they share: messages, colour, exit codes. */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include "base/err.h"
#include "cmd/options.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

/* Exit codes of the interfaces page. */
enum { EXIT_HOLDS = 0, EXIT_FAILS = 1, EXIT_USAGE = 2, EXIT_UNTESTED = 3, EXIT_OURS = 4 };

/* What a command says of itself: help, manual pages and completions come from it. `options` may have no rows.
 */
struct usage {
    const char *name;     /* "run" */
    const char *what;     /* one line */
    const char *synopsis; /* what follows "sockdrill run " */
    const char *about;    /* a short paragraph */
    const char *exits;    /* the exit codes: what follows "Exit status: " */
    const char *operand;  /* what its operands are called, as in cmd/complete.h; NULL: none to complete */
    struct options options;
    const char *examples; /* lines, or NULL */
};

/* A subcommand: argv[0] is its name. The return value is the exit code. */
struct command {
    const struct usage *usage;
    int (*run)(int argc, char **argv);
};

/* The program: dispatch, --help, --version. */
int cmd_main(int argc, char **argv);

/* Walk over the table: NULL ends it. */
const struct command *cmd_at(size_t i);

/* The command of that name, or NULL. */
const struct command *cmd_find(const char *name);

/* Without one: a message and the code to end with. */
int cmd_unknown(const char *name);

int cmd_trace(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_bless(int argc, char **argv);
int cmd_grade(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_doctor(int argc, char **argv);
int cmd_help(int argc, char **argv);

extern const struct usage trace_usage, run_usage, check_usage, bless_usage, grade_usage, diff_usage,
    show_usage, list_usage, explain_usage, doctor_usage, help_usage;

/* ---- cmd/say.c ---- */

/* What there is, for --help without a command. */
void cmd_overview(FILE *out);

/*
 * Parse the options of a command; handles --help. true: go on. false: the command is done and returns
 * *code.
 */
bool cmd_options(const struct usage *usage, void *arg, int argc, char **argv, int *first, int *code);

/* --version. */
void cmd_version(void);

/* "sockdrill run: MESSAGE" and, where there is one, a hint, on stderr. Return the code given. */
int cmd_fail(const char *name, int code, const struct err *err);
int cmd_usage_error(const struct usage *usage, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- cmd/terminal.c ---- */

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* For an option's `set`: NULL, or what is wrong. */
const char *color_parse(const char *text, enum color_when *when);

/* --color, NO_COLOR, and whether the stream is a terminal. */
bool color_wanted(enum color_when when, FILE *stream);

/* Columns of the terminal behind the stream; 0 where it is none. */
int terminal_width(FILE *stream);

/* ---- cmd/interrupt.c ---- */

/* Ctrl-C and the like wake the engine in place of ending the program, so that no trace is cut. */
void interrupt_catch(void);

/* Also pass the signals on to this process, or no longer. No more than INTERRUPT_MOST at a time. */
enum { INTERRUPT_MOST = 256 };
void interrupt_pass_on(pid_t pid, bool wanted);

/* In a child: its parent's list is none of its business. */
void interrupt_pass_on_nothing(void);

/* The signal that came, or 0. */
int interrupt_signal(void);

/* End as if `sig` had not been caught. */
_Noreturn void interrupt_die(int sig);

#endif
