/* grade/build_usual.c: how a folder without instructions is built. */
#include "base/vec.h"
#include "grade/build.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Behind a comment, a string or a character that begins at `at`; `at` itself where none does. */
static const char *pass_over(const char *at, const char *end)
{
    const char *behind = at;

    if (end - at >= 2 && !strncmp(at, "//", 2)) {
        for (behind += 2; behind < end && *behind != '\n'; behind++)
            ;
    } else if (end - at >= 2 && !strncmp(at, "/*", 2)) {
        const char *close = memmem(at + 2, (size_t)(end - at) - 2, "*/", 2);

        behind = close ? close + 2 : end;
    } else if (*at == '"' || *at == '\'') {
        for (behind++; behind < end && *behind != *at && *behind != '\n'; behind++)
            if (*behind == '\\' && behind + 1 < end)
                behind++;
        behind += behind < end;
    }
    return behind;
}

/* Does a declaration end here? Those of the parameters in K&R's style, behind main's, are none. */
static bool is_declared(const char *text, const char *at, bool is_behind)
{
    return is_behind ? strchr(";,", *at) && at > text && at[-1] == ')' : *at == ';';
}

/* `main (…) {` outside of all braces. */
bool build_has_main(const char *text, size_t len)
{
    enum { NOTHING, NAME, PARAMETERS, BEHIND } seen = NOTHING;
    const char *at = text, *end = text + len;
    int braces = 0, parens = 0;

    while (at < end) {
        const char *behind = pass_over(at, end);

        if (behind != at) {
            at = behind;
            continue;
        }
        if (is_word(*at)) {
            for (; behind < end && is_word(*behind); behind++)
                ;
            if (!braces && !parens && seen != BEHIND) /* K&R has declarations behind the parameters */
                seen = behind - at == 4 && !strncmp(at, "main", 4) ? NAME : NOTHING;
            at = behind;
            continue;
        }
        if (*at == '(' && !braces && !parens++ && seen == NAME)
            seen = PARAMETERS;
        else if (*at == ')' && parens && !--parens && seen == PARAMETERS)
            seen = BEHIND;
        else if (*at == '{' && !parens && !braces++ && seen == BEHIND)
            return true;
        else if (*at == '}' && braces)
            braces--;
        else if (is_declared(text, at, seen == BEHIND) && !parens)
            seen = NOTHING;
        at++;
    }
    return false;
}

static bool file_has_main(int dir, const char *name)
{
    enum { MOST = 4 * 1024 * 1024 };
    int fd = openat(dir, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    char piece[65536];
    struct buf text = {0};
    ssize_t n;
    bool has;

    if (fd < 0)
        return false;
    while (text.len < MOST && (n = read(fd, piece, sizeof(piece))) > 0)
        buf_add(&text, piece, (size_t)n);
    close(fd);
    has = build_has_main(buf_str(&text), text.len);
    buf_release(&text);
    return has;
}

struct files {
    VEC(const char *) list;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(struct files *files)
{
    if (files->list.len)
        qsort(files->list.items, files->list.len, sizeof(files->list.items[0]), by_text);
}

/* As a word of the shell that no program takes for an option. */
static void add_file(struct buf *out, const char *name, size_t len)
{
    buf_adds(out, name[0] == '-' ? " './" : " '");
    for (size_t i = 0; i < len; i++)
        if (name[i] == '\'')
            buf_adds(out, "'\\''");
        else
            buf_addc(out, name[i]);
    buf_addc(out, '\'');
}

static const char *compile_line(const struct files *mains, const struct files *others, struct arena *arena)
{
    struct buf line = {0};
    const char *kept;

    vec_each (const char *, main, &mains->list) {
        buf_addf(&line, "%scc -g -Wall -pthread -o", line.len ? " && " : "");
        add_file(&line, *main, strlen(*main) - 2);
        add_file(&line, *main, strlen(*main));
        vec_each (const char *, other, &others->list)
            add_file(&line, *other, strlen(*other));
    }
    kept = arena_strdup(arena, buf_str(&line));
    buf_release(&line);
    return kept;
}

const char *build_usual(const char *path, struct arena *arena)
{
    struct files mains = {0}, others = {0};
    DIR *dir = opendir(path);
    const char *line = "";
    bool has_makefile = false;
    struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        const char *name = entry->d_name;
        size_t len = strlen(name);

        has_makefile = has_makefile || !strcmp(name, "Makefile") || !strcmp(name, "makefile") ||
                       !strcmp(name, "GNUmakefile");
        if (len <= 2 || name[0] == '.' || strcmp(name + len - 2, ".c") != 0)
            continue;
        name = arena_strdup(arena, name);
        if (file_has_main(dirfd(dir), name))
            vec_push(&mains.list, name);
        else
            vec_push(&others.list, name);
    }
    if (dir)
        closedir(dir);
    sort(&mains);
    sort(&others);
    if (has_makefile)
        line = "make";
    else if (mains.list.len)
        line = compile_line(&mains, &others, arena);
    else if (others.list.len)
        line = NULL;
    vec_release(&mains.list);
    vec_release(&others.list);
    return line;
}
