/* cmd/complete.h: completion scripts for shells, from what the commands say of themselves. */
#ifndef CMD_COMPLETE_H
#define CMD_COMPLETE_H

#include "cmd/cmd.h"

/* What stands for a value or an operand, by what help calls it ("FILE", "WHEN"). */
enum complete_kind {
    COMPLETE_NOTHING,
    COMPLETE_WORDS, /* of a list */
    COMPLETE_FILES,
    COMPLETE_DIRS,
    COMPLETE_SCENARIOS, /* their names, and .expect files */
    COMPLETE_COMMANDS,  /* a program, and then what that program takes */
};

/* `words`, for COMPLETE_WORDS, has spaces between; appended. `value` may be NULL. */
enum complete_kind complete_kind(const char *value, struct buf *words);

/* The script for bash, zsh or fish. false: there is none for such a shell. */
bool complete_write(struct buf *out, const char *shell);

#endif
