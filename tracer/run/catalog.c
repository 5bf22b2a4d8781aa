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
    const char *here, *along;
    size_t len = strlen(name);
    char *found = NULL;

    if (strchr(name, '/') || (len > 7 && !strcmp(name + len - 7, ".expect"))) {
        arena_release(&arena);
        return alloc_strdup(name);
    }
    here = arena_printf(&arena, "expected/%s.expect", name);
    along = program_data_file("expected", here + strlen("expected/"), &arena);
    if (is_file(here))
        found = alloc_strdup(here);
    else if (along)
        found = alloc_strdup(along);
    if (!found) {
        err_set(err, "there is no scenario '%s'", name);
        err_hint(err,
                 "`sockdrill list` shows those that come along; a path to an .expect file is taken as it is");
    }
    arena_release(&arena);
    return found;
}
