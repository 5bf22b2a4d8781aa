/* grade/store.c: files that are renamed into their places. */
#include "grade/store.h"

#include "grade/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool make_dir(const char *path, struct err *err)
{
    return mkdir(path, 0777) == 0 || errno == EEXIST || err_sys(err, errno, "cannot make folder '%s'", path);
}

bool store_open(const char **dir, struct arena *arena, struct err *err)
{
    static const char *const parts[] = {"records", "reports", "work"};
    char *real;

    if (!make_dir(*dir, err))
        return false;
    real = realpath(*dir, NULL);
    if (!real)
        return err_sys(err, errno, "cannot find folder '%s'", *dir);
    *dir = arena_strdup(arena, real);
    free(real);
    tree_remove(arena_printf(arena, "%s/work", *dir));
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (!make_dir(arena_printf(arena, "%s/%s", *dir, parts[i]), err))
            return false;
    return true;
}

void store_close(const char *dir)
{
    struct arena arena = {0};

    tree_remove(arena_printf(&arena, "%s/work", dir));
    arena_release(&arena);
}

const char *store_record_path(const char *dir, const char *stem, struct arena *arena)
{
    return arena_printf(arena, "%s/records/%s.json", dir, stem);
}

const char *store_work_path(const char *dir, size_t index, struct arena *arena)
{
    return arena_printf(arena, "%s/work/%zu", dir, index);
}

bool store_write(const char *path, const struct buf *text, struct err *err)
{
    struct arena arena = {0};
    const char *slash = strrchr(path, '/');
    const char *fresh = arena_printf(&arena, "%.*s.%s.new", (int)(slash + 1 - path), path, slash + 1);
    FILE *file = fopen(fresh, "we");
    bool ok = file && fwrite(buf_str(text), 1, text->len, file) == text->len;

    if (file)
        ok = fclose(file) == 0 && ok;
    ok = ok && rename(fresh, path) == 0;
    if (!ok) {
        err_sys(err, errno, "cannot write '%s'", path);
        unlink(fresh);
    }
    arena_release(&arena);
    return ok;
}

const char *store_load(const char *path, size_t *len, struct arena *arena)
{
    FILE *file = fopen(path, "re");
    struct buf text = {0};
    char piece[65536];
    const char *kept;
    size_t n;

    if (!file)
        return NULL;
    while ((n = fread(piece, 1, sizeof(piece), file)) > 0)
        buf_add(&text, piece, n);
    fclose(file);
    kept = arena_memdup(arena, buf_str(&text), text.len);
    *len = text.len;
    buf_release(&text);
    return kept;
}

const struct mark *store_read(const char *path, struct arena *arena, struct err *err)
{
    const char *text;
    const struct mark *mark;
    struct err why;
    size_t len;

    errno = 0;
    text = store_load(path, &len, arena);
    if (!text) {
        err_sys(err, errno, "cannot read '%s'", path);
        return NULL;
    }
    mark = mark_read(text, len, arena, &why);
    if (!mark)
        err_set(err, "'%s' cannot be used: %s", path, why.msg);
    return mark;
}
