/* cmd/reports.c: reports into files, which are there whole or not at all, and to stdout. */
#include "cmd/reports.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_text_on_stdout(const struct reports_item *item)
{
    return !item->path && !strcmp(item->report->name, "text");
}

static const char *unknown(struct arena *arena)
{
    const struct report *report;
    struct buf message = {0};
    const char *kept;

    buf_adds(&message, "is no kind of report: there are");
    for (size_t i = 0; (report = report_at(i)); i++)
        buf_addf(&message, "%s %s", i ? "," : "", report->name);
    kept = arena_strdup(arena, buf_str(&message));
    buf_release(&message);
    return kept;
}

const char *reports_add(struct reports *reports, const char *value, struct arena *arena)
{
    const char *colon = strchr(value, ':');
    size_t len = colon ? (size_t)(colon - value) : strlen(value);
    struct reports_item item = {.report = report_by_name(arena_memdup(arena, value, len))};

    if (!item.report)
        return unknown(arena);
    if (colon && !colon[1])
        return "names no file behind the colon";
    if (colon && strcmp(colon + 1, "-") != 0)
        item.path = arena_strdup(arena, colon + 1);
    vec_each (const struct reports_item, other, &reports->items) {
        if (!item.path && !other->path)
            return "is a second report to stdout: give it a file, KIND:FILE";
        if (item.path && other->path && !strcmp(item.path, other->path))
            return "is a second report into the same file";
    }
    vec_push(&reports->items, item);
    return NULL;
}

bool reports_take_stdout(const struct reports *reports)
{
    vec_each (const struct reports_item, item, &reports->items)
        if (!item->path && !is_text_on_stdout(item))
            return true;
    return false;
}

/* ---- files ---- */

/* A FIFO or a device can't be replaced, nor can what stands in its place be written beside it. */
static bool is_written_in_place(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static bool check_file(const char *path, struct err *err)
{
    char *copy = alloc_strdup(path);
    const char *directory = dirname(copy);
    bool in_place = is_written_in_place(path), may = false;
    struct stat st;

    if (!in_place && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        err_set(err, "cannot write a report to %s: it is a directory", path);
    else if (access(in_place ? path : directory, in_place ? W_OK : W_OK | X_OK) != 0)
        err_set(err, "cannot write a report to %s: %s", path, strerror(errno));
    else
        may = true;
    free(copy);
    return may;
}

bool reports_check(const struct reports *reports, struct err *err)
{
    vec_each (const struct reports_item, item, &reports->items)
        if (item->path && !check_file(item->path, err))
            return false;
    return true;
}

static bool write_all(int fd, const struct buf *out)
{
    size_t done = 0;

    while (done < out->len) {
        ssize_t n = write(fd, out->data + done, out->len - done);

        if (n > 0)
            done += (size_t)n;
        else if (n < 0 && errno != EINTR)
            return false;
    }
    return true;
}

/* Behind a link stands the file that is replaced, not the link. */
static bool replace(const char *path, const struct buf *out)
{
    char *target = realpath(path, NULL);
    struct buf beside = {0};
    bool is_done = false;
    int fd;

    buf_addf(&beside, "%s.%d~", target ? target : path, (int)getpid());
    fd = open(buf_str(&beside), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd != -1) {
        is_done = write_all(fd, out);
        is_done = close(fd) == 0 && is_done;
        is_done = is_done && rename(buf_str(&beside), target ? target : path) == 0;
    }
    if (fd != -1 && !is_done) {
        int saved = errno;

        unlink(buf_str(&beside));
        errno = saved;
    }
    free(target);
    buf_release(&beside);
    return is_done;
}

static bool add_to(const char *path, int flags, const struct buf *out)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0666);
    bool is_done = fd != -1 && write_all(fd, out);

    return fd != -1 && close(fd) == 0 && is_done;
}

static bool write_item(const struct reports_item *item, const struct buf *out)
{
    if (!item->path)
        return fwrite(buf_str(out), 1, out->len, stdout) == out->len && fflush(stdout) == 0;
    return is_written_in_place(item->path) ? add_to(item->path, 0, out) : replace(item->path, out);
}

bool reports_write(const struct reports *reports, const struct outcome *const *outcomes, size_t len,
                   struct err *err)
{
    const struct report_set set = {.title = "sockdrill", .version = SOCKDRILL_VERSION};
    bool are_done = true;

    vec_each (const struct reports_item, item, &reports->items) {
        const struct report *report = item->report;
        const char *aside = report->aside_in ? getenv(report->aside_in) : NULL;
        struct buf out = {0};

        if (is_text_on_stdout(item))
            continue;
        report->write(&out, outcomes, len, &set);
        if (!write_item(item, &out) && are_done) {
            err_set(err, "cannot write the report to %s: %s", item->path ? item->path : "stdout",
                    strerror(errno));
            are_done = false;
        }
        buf_reset(&out);
        if (aside && aside[0])
            report->write_aside(&out, outcomes, len, &set);
        if (out.len && !add_to(aside, O_APPEND | O_CREAT, &out) && are_done) {
            err_set(err, "cannot write to %s of %s: %s", aside, report->aside_in, strerror(errno));
            are_done = false;
        }
        buf_release(&out);
    }
    return are_done;
}

void reports_release(struct reports *reports)
{
    vec_release(&reports->items);
}
