/* grade/submission.c: which folders are submissions; their names for files and for people. */
#include "grade/submission.h"

#include "base/quote.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The ASCII sense, whatever the locale. */
static bool is_plain(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-_+@", c);
}

const char *submission_stem(const char *name, struct arena *arena)
{
    enum { LONGEST = 200 };
    const uint8_t *at = (const uint8_t *)name;
    size_t left = strlen(name);
    struct buf out = {0};
    const char *stem;

    while (left) {
        size_t n = *at < 0x80 ? 1 : quote_utf8_len(at, left);
        bool is_control = n == 2 && at[0] == 0xc2 && at[1] < 0xa0;

        /* A dot in front would hide the file. */
        if ((n > 1 && !is_control) || (n == 1 && (is_plain(*at) || (*at == '.' && out.len)))) {
            buf_add(&out, at, n);
        } else {
            n = 1;
            buf_addf(&out, "%%%02X", *at);
        }
        at += n;
        left -= n;
    }
    if (out.len > LONGEST) {
        struct hash hash = hash_new();
        char text[HASH_TEXT];

        hash_adds(&hash, name);
        hash_text(&hash, text);
        buf_cut(&out, LONGEST - HASH_TEXT);
        while (out.len && (out.data[out.len - 1] & 0x80)) /* no half of a character */
            buf_cut(&out, out.len - 1);
        buf_addf(&out, "~%s", text);
    }
    stem = arena_strdup(arena, buf_str(&out));
    buf_release(&out);
    return stem;
}

void submission_show(struct buf *out, const char *name)
{
    quote_terminal(out, name, strlen(name));
}

static void note(struct submissions *submissions, const char *name, const char *why)
{
    struct buf text = {0};
    const char *copy;

    submission_show(&text, name);
    copy = arena_printf(&submissions->arena, "%s: %s", buf_str(&text), why);
    vec_push(&submissions->notes, copy);
    buf_release(&text);
}

static bool is_same(const struct stat *st, const char *path)
{
    struct stat other;

    return stat(path, &other) == 0 && other.st_dev == st->st_dev && other.st_ino == st->st_ino;
}

/* `top`: the real path of the folder of all. */
static void look_at(struct submissions *submissions, const char *top, const char *name, const char *output)
{
    const char *path = arena_printf(&submissions->arena, "%s/%s", top, name);
    char *real = realpath(path, NULL);
    size_t len = strlen(top);
    struct stat st;

    if (!real || stat(real, &st) < 0) {
        note(submissions, name, "left out: it leads nowhere");
    } else if (!S_ISDIR(st.st_mode)) {
        note(submissions, name, "left out: it is no folder");
    } else if (is_same(&st, output)) {
        note(submissions, name, "left out: results go there");
    } else if (strncmp(real, top, len) != 0 || real[len] != '/') {
        note(submissions, name, "left out: a link to a folder outside of this one");
    } else {
        struct submission it = {arena_strdup(&submissions->arena, name),
                                submission_stem(name, &submissions->arena),
                                arena_strdup(&submissions->arena, real)};

        vec_push(&submissions->list, it);
    }
    free(real);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct submission *)a)->name, ((const struct submission *)b)->name);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool submissions_read(struct submissions *submissions, const char *path, const char *output, struct err *err)
{
    char *top = realpath(path, NULL);
    DIR *dir = top ? opendir(top) : NULL;
    struct dirent *entry;

    *submissions = (struct submissions){.names = hash_new()};
    if (!dir) {
        err_sys(err, errno, "cannot read the folder of submissions '%s'", path);
        free(top);
        return false;
    }
    while ((entry = readdir(dir)))
        if (entry->d_name[0] != '.')
            look_at(submissions, top, entry->d_name, output);
    closedir(dir);
    submissions->path = arena_strdup(&submissions->arena, top);
    free(top);
    if (submissions->list.len)
        qsort(submissions->list.items, submissions->list.len, sizeof(submissions->list.items[0]), by_name);
    if (submissions->notes.len)
        qsort(submissions->notes.items, submissions->notes.len, sizeof(submissions->notes.items[0]), by_text);
    vec_each (struct submission, it, &submissions->list)
        hash_adds(&submissions->names, it->name);
    return true;
}

void submissions_release(struct submissions *submissions)
{
    vec_release(&submissions->list);
    vec_release(&submissions->notes);
    arena_release(&submissions->arena);
}
