/* run/catalog.c: from the name of a scenario to its file. */
#include "run/program.h"
#include "run/run.h"

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
