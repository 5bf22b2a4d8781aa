/* grade/store.h: the output folder: records, reports, the summary; each file is there whole or not at all. */
#ifndef GRADE_STORE_H
#define GRADE_STORE_H

#include "base/arena.h"
#include "grade/mark.h"

/* Make the folder and what is in it; remove what a run that was killed has left of its work. `dir` becomes
 * absolute, in `arena`. */
bool store_open(const char **dir, struct arena *arena, struct err *err);

/* Paths, in `arena`. */
const char *store_record_path(const char *dir, const char *stem, struct arena *arena);
const char *store_work_path(const char *dir, size_t index, struct arena *arena);

/* In place of what is there. `path` is made of `dir` and what stands below. */
bool store_write(const char *path, const struct buf *text, struct err *err);

/* A record with its text; NULL with a message that names the file. */
const struct mark *store_read(const char *path, struct arena *arena, struct err *err);

/* A file whole; NULL where there is none. */
const char *store_load(const char *path, size_t *len, struct arena *arena);

/* The work is over. */
void store_close(const char *dir);

#endif
