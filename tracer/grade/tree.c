/* grade/tree.c: one walk over a tree, in the order of its names, that never follows a link. */
#include "grade/tree.h"

#include "base/quote.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the walk has come to. */
struct spot {
    int dir;          /* the directory that it is in, opened */
    const char *name; /* there */
    const char *path; /* from the top on */
    unsigned depth;   /* 0: in the top itself */
    struct stat stat;
};

struct walk {
    /* Before what is in a folder; false ends the walk. */
    bool (*visit)(struct walk *walk, const struct spot *spot, struct err *err);
    struct arena arena;
    size_t nfiles;
    uint64_t nbytes;
    struct hash *hash;
    int to; /* the top of the copy */
    struct tree_notes *notes;
};

/* A path as messages show it, whatever bytes it has. */
static const char *shown(struct walk *walk, const char *path)
{
    struct buf text = {0};
    const char *copy;

    quote_terminal(&text, path, strlen(path));
    copy = arena_strdup(&walk->arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

struct names {
    VEC(const char *) list;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool read_names(struct walk *walk, int fd, const char *path, struct names *names, struct err *err)
{
    DIR *dir = fdopendir(fd);
    struct dirent *entry;

    if (!dir) {
        close(fd);
        return err_sys(err, errno, "cannot read folder '%s'", shown(walk, path));
    }
    while ((entry = readdir(dir)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            vec_push(&names->list, arena_strdup(&walk->arena, entry->d_name));
    closedir(dir);
    if (names->list.len)
        qsort(names->list.items, names->list.len, sizeof(names->list.items[0]), compare_names);
    return true;
}

static bool keep_limits(struct walk *walk, const struct spot *spot, struct err *err)
{
    walk->nfiles++;
    if (S_ISREG(spot->stat.st_mode))
        walk->nbytes += (uint64_t)spot->stat.st_size;
    if (walk->nfiles > TREE_MOST_FILES)
        return err_set(err, "the submission has more than %d files", TREE_MOST_FILES);
    if (walk->nbytes > TREE_MOST_BYTES)
        return err_set(err, "the submission is larger than %d MiB ('%s')", TREE_MOST_BYTES / 1024 / 1024,
                       shown(walk, spot->path));
    return true;
}

static bool walk_dir(struct walk *walk, int parent, const char *name, const char *path, unsigned depth,
                     struct err *err)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int for_names = fd < 0 ? -1 : openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct names names = {0};
    bool ok = for_names >= 0 || err_sys(err, errno, "cannot read folder '%s'", shown(walk, path));

    if (ok && depth > TREE_MOST_DEPTH) {
        close(for_names);
        ok = err_set(err, "the submission has folders in folders, more than %d deep", TREE_MOST_DEPTH);
    }
    ok = ok && read_names(walk, for_names, path, &names, err);
    for (size_t i = 0; ok && i < names.list.len; i++) {
        struct spot spot = {.dir = fd, .name = names.list.items[i], .depth = depth};

        spot.path = *path ? arena_printf(&walk->arena, "%s/%s", path, spot.name) : spot.name;
        if (fstatat(fd, spot.name, &spot.stat, AT_SYMLINK_NOFOLLOW) < 0)
            continue; /* gone meanwhile */
        ok = keep_limits(walk, &spot, err) && walk->visit(walk, &spot, err) &&
             (!S_ISDIR(spot.stat.st_mode) || walk_dir(walk, fd, spot.name, spot.path, depth + 1, err));
    }
    vec_release(&names.list);
    if (fd >= 0)
        close(fd);
    return ok;
}

static int open_file(struct walk *walk, const struct spot *spot, struct err *err)
{
    /* What became a FIFO since must not keep us waiting. */
    int fd = openat(spot->dir, spot->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0)
        err_sys(err, errno, "cannot read '%s'", shown(walk, spot->path));
    return fd;
}

/* ---- telling apart ---- */

static bool hash_file(struct walk *walk, const struct spot *spot, struct err *err)
{
    int fd = open_file(walk, spot, err);
    uint64_t left = TREE_MOST_BYTES;
    char piece[65536];
    ssize_t n = -1;

    if (fd < 0)
        return false;
    while (left && (n = read(fd, piece, sizeof(piece))) > 0) {
        hash_add(walk->hash, piece, (size_t)n);
        left -= (uint64_t)n < left ? (uint64_t)n : left;
    }
    if (n < 0)
        err_sys(err, errno, "cannot read '%s'", shown(walk, spot->path));
    close(fd);
    return n >= 0;
}

static bool hash_spot(struct walk *walk, const struct spot *spot, struct err *err)
{
    char target[PATH_MAX];
    const uint64_t what[] = {spot->stat.st_mode & S_IFMT, spot->stat.st_mode & S_IXUSR,
                             S_ISREG(spot->stat.st_mode) ? (uint64_t)spot->stat.st_size : 0};
    ssize_t len;

    hash_adds(walk->hash, spot->path);
    hash_add(walk->hash, what, sizeof(what));
    if (S_ISREG(spot->stat.st_mode))
        return hash_file(walk, spot, err);
    if (S_ISLNK(spot->stat.st_mode) && (len = readlinkat(spot->dir, spot->name, target, sizeof(target))) > 0)
        hash_add(walk->hash, target, (size_t)len);
    return true;
}

bool tree_hash(const char *path, struct hash *hash, struct err *err)
{
    struct walk walk = {.visit = hash_spot, .hash = hash};
    bool ok = walk_dir(&walk, AT_FDCWD, path, "", 0, err);

    arena_release(&walk.arena);
    return ok;
}

/* ---- copying ---- */

static void note(struct walk *walk, const struct spot *spot, const char *why)
{
    const char *text = arena_printf(walk->notes->arena, "%s: %s", shown(walk, spot->path), why);

    vec_push(&walk->notes->list, text);
}

static bool copy_bytes(int from, int to)
{
    char piece[65536];
    uint64_t total = 0;
    ssize_t n;

    while ((n = read(from, piece, sizeof(piece))) > 0) {
        total += (uint64_t)n;
        if (total > TREE_MOST_BYTES) { /* it grows while it is read */
            errno = EFBIG;
            return false;
        }
        for (ssize_t done = 0, some; done < n; done += some)
            if ((some = write(to, piece + done, (size_t)(n - done))) < 0)
                return false;
    }
    return n == 0;
}

static bool copy_file(struct walk *walk, const struct spot *spot, struct err *err)
{
    /* Who grades may read and write what is graded, whatever the owner allowed. */
    mode_t mode = (spot->stat.st_mode & 0777) | S_IRUSR | S_IWUSR;
    const struct timespec times[2] = {spot->stat.st_atim, spot->stat.st_mtim};
    int from = open_file(walk, spot, err), to = -1;
    bool ok = false;

    if (from < 0)
        return false;
    to = openat(walk->to, spot->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (to >= 0)
        ok = copy_bytes(from, to) && futimens(to, times) == 0;
    if (!ok)
        err_sys(err, errno, "cannot copy '%s'", shown(walk, spot->path));
    close(from);
    if (to >= 0)
        close(to);
    return ok;
}

/* Does the link lead to something in the tree, as far as its text tells? */
static bool stays_inside(const char *target, unsigned depth)
{
    long at = depth;

    if (*target == '/')
        return false;
    while (*target) {
        size_t len = strcspn(target, "/");

        if (len == 2 && !strncmp(target, "..", 2))
            at--;
        else if (len && !(len == 1 && *target == '.'))
            at++;
        if (at < 0)
            return false;
        target += len + (target[len] == '/');
    }
    return true;
}

static bool copy_link(struct walk *walk, const struct spot *spot, struct err *err)
{
    char target[PATH_MAX];
    ssize_t len = readlinkat(spot->dir, spot->name, target, sizeof(target) - 1);

    if (len < 0)
        return err_sys(err, errno, "cannot read '%s'", shown(walk, spot->path));
    target[len] = '\0';
    if (!stays_inside(target, spot->depth))
        note(walk, spot, "left out: a link that leads out of the submission");
    else if (symlinkat(target, walk->to, spot->path) < 0)
        return err_sys(err, errno, "cannot copy '%s'", shown(walk, spot->path));
    return true;
}

static bool copy_spot(struct walk *walk, const struct spot *spot, struct err *err)
{
    mode_t mode = spot->stat.st_mode;

    if (S_ISREG(mode))
        return copy_file(walk, spot, err);
    if (S_ISLNK(mode))
        return copy_link(walk, spot, err);
    if (!S_ISDIR(mode)) {
        note(walk, spot, "left out: it is neither a file nor a folder");
        return true;
    }
    return mkdirat(walk->to, spot->path, (mode & 0777) | S_IRWXU) == 0 ||
           err_sys(err, errno, "cannot copy '%s'", shown(walk, spot->path));
}

bool tree_copy(const char *from, const char *to, struct tree_notes *notes, struct err *err)
{
    struct walk walk = {.visit = copy_spot, .notes = notes};
    bool ok;

    if (mkdir(to, 0755) < 0 || (walk.to = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
        return err_sys(err, errno, "cannot make folder '%s'", to);
    ok = walk_dir(&walk, AT_FDCWD, from, "", 0, err);
    close(walk.to);
    arena_release(&walk.arena);
    return ok;
}

/* ---- removing ---- */

static void remove_at(int parent, const char *name)
{
    struct walk walk = {0};
    struct names names = {0};
    struct err err;
    int fd;

    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return;
    fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && fchmodat(parent, name, S_IRWXU, 0) == 0)
        fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0) {
        int for_names = dup(fd);

        fchmod(fd, S_IRWXU);
        if (for_names >= 0)
            read_names(&walk, for_names, name, &names, &err);
        for (size_t i = 0; i < names.list.len; i++)
            remove_at(fd, names.list.items[i]);
        close(fd);
    }
    unlinkat(parent, name, AT_REMOVEDIR);
    vec_release(&names.list);
    arena_release(&walk.arena);
}

void tree_remove(const char *path)
{
    remove_at(AT_FDCWD, path);
}
