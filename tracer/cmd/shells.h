/* cmd/shells.h: how each shell wants its completions; private to cmd/complete*.c. */
#ifndef CMD_SHELLS_H
#define CMD_SHELLS_H

#include "base/buf.h"

void complete_bash(struct buf *out);
void complete_zsh(struct buf *out);
void complete_fish(struct buf *out);

/* The text without newlines, with a backslash before each of `special`, and ' as '\''. */
void complete_add(struct buf *out, const char *text, const char *special);

#endif
