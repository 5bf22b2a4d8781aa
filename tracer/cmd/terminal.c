/* cmd/terminal.c: is there one, how wide is it, and may it be coloured. */
#include "cmd/cmd.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const char *color_parse(const char *text, enum color_when *when)
{
    static const char *const names[] = {"auto", "always", "never"};

    for (int i = 0; i < 3; i++) {
        if (!strcmp(text, names[i])) {
            *when = (enum color_when)i;
            return NULL;
        }
    }
    return "is none of auto, always, never";
}

bool color_wanted(enum color_when when, FILE *stream)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    if (when != COLOR_AUTO)
        return when == COLOR_ALWAYS;
    if (no_color && *no_color)
        return false;
    return isatty(fileno(stream)) && term && strcmp(term, "dumb") != 0;
}

int terminal_width(FILE *stream)
{
    struct winsize size;

    return isatty(fileno(stream)) && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
