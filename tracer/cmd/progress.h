/* cmd/progress.h: one line that says how far long work has come, on a terminal only. */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* A zeroed struct shows nothing. */
struct progress {
    size_t width; /* 0: no terminal */
    bool is_shown;
};

/* stderr, where it is a terminal that can take a line back. */
void progress_init(struct progress *progress);

/* Show the text, cut to the terminal, in place of what was shown. */
void progress_show(struct progress *progress, const char *text);

/* Take the line away, before something else is printed. */
void progress_clear(struct progress *progress);

#endif
