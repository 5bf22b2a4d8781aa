/* cmd/manual.h: manual pages, in Markdown, from what the commands say of themselves. */
#ifndef CMD_MANUAL_H
#define CMD_MANUAL_H

#include "cmd/cmd.h"

/* The page of a command; of the program where `usage` is NULL. Appended. */
void manual_write(struct buf *out, const struct usage *usage);

#endif
