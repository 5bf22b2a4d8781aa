/* run/file.c: reading and parsing an expectation. */
#include "run/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void params_set(struct params *params, struct param param)
{
    vec_each (struct param, it, &params->list) {
        if (!strcmp(it->name, param.name)) {
            *it = param;
            return;
        }
    }
    vec_push(&params->list, param);
}

struct params params_make(const struct run_opts *opts, const char *port, const char *tmp)
{
    struct params params = {0};

    params_set(&params, (struct param){"PORT", port, true});
    params_set(&params, (struct param){"HOST", "127.0.0.1", true});
    if (tmp)
        params_set(&params, (struct param){"TMP", tmp, true});
    for (size_t i = 0; i < opts->nparams; i++)
        params_set(&params, opts->params[i]);
    return params;
}

void params_release(struct params *params)
{
    vec_release(&params->list);
}

bool file_load(const char *path, struct arena *arena, struct source *source, struct err *err)
{
    FILE *file = fopen(path, "re");
    struct buf text = {0};
    char piece[8192];
    size_t n;
    bool ok;

    if (!file)
        return err_sys(err, errno, "cannot read '%s'", path);
    while ((n = fread(piece, 1, sizeof(piece), file)) > 0)
        buf_add(&text, piece, n);
    ok = !ferror(file) || err_sys(err, errno, "cannot read '%s'", path);
    fclose(file);
    *source =
        (struct source){arena_strdup(arena, path), arena_memdup(arena, buf_str(&text), text.len), text.len};
    buf_release(&text);
    return ok;
}

struct expect *file_parse(struct run *run, const struct params *params, struct buf *diagnostics)
{
    struct diags diags = {.source = &run->source};
    struct expect *expect = expect_parse(&run->arena, params->list.items, params->list.len, &diags);

    if (!expect)
        diags_write(&diags, diagnostics);
    diags_release(&diags);
    return expect;
}
