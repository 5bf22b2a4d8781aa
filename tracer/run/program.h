/* run/program.h: from a command as a role's line has it to something that can be executed; where data files
 * live. */
#ifndef RUN_PROGRAM_H
#define RUN_PROGRAM_H

#include "base/arena.h"
#include "base/err.h"

/* A command ready to be executed. Lives in the arena. */
struct program_line {
    const char *path;
    char **argv; /* NULL-terminated, at least one word */
};

/*
 * Split `command` into words as a shell does ('…', "…", backslash), without anything else that shells do.
 * false where a quote is not closed or no word is left.
 */
bool program_split(const char *command, struct arena *arena, char ***argv, struct err *err);

/*
 * Find the program of argv[0]: a word with a slash is a path (from the working directory); else beside the
 * expectation
 * (`beside`: a directory or NULL), among the scenario programs that come along, then in PATH.
 */
bool program_find(char **argv, const char *beside, struct arena *arena, struct program_line *line,
                  struct err *err);

/*
 * A directory of what comes along ("expected", "scenarios"): $SOCKDRILL_DATA/NAME, else beside the program's
 * own build tree, else where it was installed. NULL where there is none. Lives in the arena.
 */
const char *program_data_dir(const char *name, struct arena *arena);

/*
 * A file in such a directory: in the first of these places that has it, because a program that uses the
 * library may have an `expected` of its own beside it. NULL where none has.
 */
const char *program_data_file(const char *name, const char *file, struct arena *arena);

#endif
