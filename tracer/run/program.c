/* run/program.c: splitting commands into words, finding programs and data. */
#include "run/program.h"

#include "base/buf.h"
#include "base/vec.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* One word into `word`, from *s on; moves *s behind it. false where a quote stays open. */
static bool take_word(const char **s, struct buf *word)
{
    char quote = 0;

    for (; **s && (quote || !is_space(**s)); (*s)++) {
        char c = **s;

        if (!quote && (c == '\'' || c == '"')) {
            quote = c;
        } else if (c == quote) {
            quote = 0;
        } else if (c == '\\' && quote != '\'' && (*s)[1]) {
            if (quote && !strchr("\"\\$`", (*s)[1]))
                buf_addc(word, c);
            buf_addc(word, *++*s);
        } else {
            buf_addc(word, c);
        }
    }
    return !quote;
}

bool program_split(const char *command, struct arena *arena, char ***argv, struct err *err)
{
    VEC(char *) words = {0};
    const char *s = command;
    bool ok = true;

    while (ok) {
        struct buf word = {0};

        while (is_space(*s))
            s++;
        if (!*s)
            break;
        ok = take_word(&s, &word);
        vec_push(&words, arena_memdup(arena, buf_str(&word), word.len));
        buf_release(&word);
    }
    if (!ok)
        err_set(err, "a quote is not closed in the command '%s'", command);
    else if (!words.len)
        ok = err_set(err, "the command is empty");
    *argv = ARENA_ARRAY(arena, char *, words.len + 1);
    if (words.len)
        memcpy(*argv, words.items, words.len * sizeof(char *));
    vec_release(&words);
    return ok;
}

static bool is_file(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

static bool is_dir(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The directory of the running program, or NULL. */
static const char *own_dir(struct arena *arena)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
    char *slash;

    if (len <= 0)
        return NULL;
    path[len] = '\0';
    slash = strrchr(path, '/');
    if (!slash)
        return NULL;
    return arena_memdup(arena, path, (size_t)(slash - path));
}

/*
 * build/sockdrill has build/scenarios beside it (compiled programs) and the tree's expected/ one level up; an
 * installed bin/sockdrill has share/sockdrill one level up. The i-th place to look, NULL where it can't be
 * one; false: there are no more.
 */
static bool data_place(size_t i, const char *name, struct arena *arena, const char **path)
{
    static const char *const layouts[] = {"", "/..", "/../..", "/../share/sockdrill"};
    const char *data = getenv("SOCKDRILL_DATA"), *own;

    if (data && *data) {
        *path = arena_printf(arena, "%s/%s", data, name);
        return i == 0;
    }
    if (i < ARRAY_LEN(layouts)) {
        own = own_dir(arena);
        *path = own ? arena_printf(arena, "%s%s/%s", own, layouts[i], name) : NULL;
        return true;
    }
    *path = arena_printf(arena, "%s/%s", SOCKDRILL_DATADIR, name);
    return i == ARRAY_LEN(layouts);
}

const char *program_data_dir(const char *name, struct arena *arena)
{
    const char *path;

    for (size_t i = 0; data_place(i, name, arena, &path); i++)
        if (path && is_dir(path))
            return path;
    return NULL;
}

const char *program_data_file(const char *name, const char *file, struct arena *arena)
{
    const char *path;

    for (size_t i = 0; data_place(i, name, arena, &path); i++) {
        path = path ? arena_printf(arena, "%s/%s", path, file) : NULL;
        if (path && is_file(path))
            return path;
    }
    return NULL;
}

static const char *find_in_path(const char *name, struct arena *arena)
{
    const char *path = getenv("PATH"), *end;

    if (!path || !*path)
        path = "/usr/local/bin:/usr/bin:/bin";
    for (;; path = end + 1) {
        const char *candidate;

        end = strchrnul(path, ':');
        candidate = end == path ? name : arena_printf(arena, "%.*s/%s", (int)(end - path), path, name);
        if (is_file(candidate) && access(candidate, X_OK) == 0)
            return candidate;
        if (!*end)
            return NULL;
    }
}

bool program_find(char **argv, const char *beside, struct arena *arena, struct program_line *line,
                  struct err *err)
{
    const char *name = argv[0], *path;

    *line = (struct program_line){.argv = argv};
    if (strchr(name, '/')) {
        line->path = name;
        return true;
    }
    if (beside) {
        path = arena_printf(arena, "%s/%s", beside, name);
        if (is_file(path)) {
            line->path = path;
            return true;
        }
    }
    line->path = program_data_file("scenarios", name, arena);
    if (!line->path)
        line->path = find_in_path(name, arena);
    if (line->path)
        return true;
    err_set(err, "cannot find the program '%s'", name);
    if (is_file(name))
        return err_hint(err, "there is a file of that name in the working directory: write ./%s", name);
    return err_hint(
        err,
        "looked beside the expectation, among the scenario programs, and in PATH; has it been compiled?");
}
