/* grade/steady.c: paths and ports, replaced. */
#include "grade/steady.h"

#include "base/arena.h"
#include "compare/choice.h"
#include "format/jout.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* `what` is as it stands there. */
static void replace(struct buf *text, const char *what, const char *with)
{
    size_t len = strlen(what);
    struct buf out = {0};
    const char *at = buf_str(text), *found;

    if (!len || !strstr(at, what))
        return;
    for (; (found = strstr(at, what)); at = found + len) {
        buf_add(&out, at, (size_t)(found - at));
        buf_adds(&out, with);
    }
    buf_adds(&out, at);
    buf_release(text);
    *text = out;
}

static void shorten_paths(struct buf *text, const char *dir)
{
    struct buf quoted = {0};
    char *path;

    jout_string(&quoted, dir);
    path = quoted.data + 1;
    path[quoted.len - 2] = '/'; /* in place of the quote */
    replace(text, path, "");
    buf_release(&quoted);
}

/* What stands for this number; NULL: it stands for itself. */
static const char *port_name(const struct choice *choice, const char *digits, size_t len, bool is_address)
{
    const char *port = trace_param(choice->trace, "PORT");

    if (port && strlen(port) == len && !memcmp(digits, port, len))
        return !strcmp(choice->trace->head.isolation, "host") ? "${PORT}" : NULL;
    return is_address && len <= 5 && choice_port(choice, strtoul(digits, NULL, 10)) ? "…" : NULL;
}

/* How many bytes of the text stand together: an escape, a number, or one. */
static size_t piece_len(const char *at)
{
    size_t digits = strspn(at, "0123456789");

    return digits ? digits : *at == '\\' && at[1] ? 2 : 1;
}

/* Only within strings: numbers of JSON are no ports. */
static void hide_ports(struct buf *text, const struct choice *choice)
{
    bool in_string = false;
    struct buf out = {0};
    size_t len;

    for (const char *at = buf_str(text); *at; at += len) {
        char before = out.len ? out.data[out.len - 1] : ' ';
        const char *name = NULL;

        len = piece_len(at);
        in_string = in_string != (*at == '"');
        if (in_string && isdigit((unsigned char)*at) && !isalnum((unsigned char)before) && before != '.')
            name = port_name(choice, at, len, before == ':');
        buf_add(&out, name ? name : at, name ? strlen(name) : len);
    }
    buf_release(text);
    *text = out;
}

void steady_make(struct buf *text, const char *dir, const struct trace *trace)
{
    const char *tmp = trace ? trace_param(trace, "TMP") : NULL;
    struct arena arena = {0};
    struct choice choice;

    shorten_paths(text, dir);
    if (tmp)
        replace(text, tmp, "${TMP}");
    if (trace) {
        choice_init(&choice, trace, trace, &arena);
        hide_ports(text, &choice);
        choice_release(&choice);
    }
    arena_release(&arena);
}
