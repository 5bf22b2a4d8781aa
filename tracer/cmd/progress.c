/* cmd/progress.c: a status line on stderr. */
#include "cmd/progress.h"

#include "cmd/cmd.h"
#include "report/layout.h"

#include <stdlib.h>
#include <string.h>

void progress_init(struct progress *progress)
{
    const char *term = getenv("TERM");
    int width = term && strcmp(term, "dumb") != 0 ? terminal_width(stderr) : 0;

    *progress = (struct progress){.width = width > 0 ? (size_t)width : 0};
}

void progress_clear(struct progress *progress)
{
    if (progress->is_shown)
        fputs("\r\33[K", stderr);
    progress->is_shown = false;
}

void progress_show(struct progress *progress, const char *text)
{
    struct buf line = {0};

    if (!progress->width)
        return;
    progress_clear(progress);
    layout_cut(&line, text, progress->width - 1);
    fputs(buf_str(&line), stderr);
    progress->is_shown = true;
    buf_release(&line);
}
