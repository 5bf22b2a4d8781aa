/* run/catalog.c: which expectations there are, and what each says of itself. */
#include "run/file.h"
#include "run/program.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_file(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

char *run_find_expect(const char *name, struct err *err)
{
    struct arena arena = {0};
    const char *data = program_data_dir("expected", &arena);
    const char *candidates[3];
    size_t len = strlen(name);
    char *found = NULL;

    if (strchr(name, '/') || (len > 7 && !strcmp(name + len - 7, ".expect"))) {
        arena_release(&arena);
        return alloc_strdup(name);
    }
    candidates[0] = arena_printf(&arena, "expected/%s.expect", name);
    candidates[1] = data ? arena_printf(&arena, "%s/%s.expect", data, name) : NULL;
    for (size_t i = 0; i < 2 && !found; i++)
        if (candidates[i] && is_file(candidates[i]))
            found = alloc_strdup(candidates[i]);
    if (!found) {
        err_set(err, "there is no scenario '%s'", name);
        err_hint(err,
                 "`sockdrill list` shows those that come along; a path to an .expect file is taken as it is");
    }
    arena_release(&arena);
    return found;
}

static int only_expect(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');

    return dot && !strcmp(dot, ".expect");
}

static void each_in(const char *dir, void (*fn)(void *arg, const char *path), void *arg)
{
    struct arena arena = {0};
    struct dirent **entries;
    int n = scandir(dir, &entries, only_expect, alphasort);

    for (int i = 0; i < n; i++) {
        fn(arg, arena_printf(&arena, "%s/%s", dir, entries[i]->d_name));
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    arena_release(&arena);
}

void run_each_expect(void (*fn)(void *arg, const char *path), void *arg)
{
    struct arena arena = {0};
    const char *dir = program_data_dir("expected", &arena);
    struct stat here, there;

    if (dir)
        each_in(dir, fn, arg);
    if (stat("expected", &here) == 0 &&
        (!dir || stat(dir, &there) < 0 || here.st_ino != there.st_ino || here.st_dev != there.st_dev))
        each_in("expected", fn, arg);
    arena_release(&arena);
}

bool run_describe(const char *path, struct arena *arena, struct expect_text *text, struct err *err)
{
    struct source source;
    bool ok = file_load(path, arena, &source, err);

    if (ok) {
        struct diags diags = {.source = &source};
        struct expect *expect = expect_parse(arena, NULL, 0, &diags);

        if (expect)
            *text =
                (struct expect_text){arena_strdup(arena, expect->title), arena_strdup(arena, expect->about)};
        else
            ok = err_set(err, "'%s' has errors: `sockdrill run %s` shows them", path, path);
        diags_release(&diags);
    }
    return ok;
}
