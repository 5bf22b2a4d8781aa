/* run/course.h: the scenarios that come along, in the order in which they teach. */
#ifndef RUN_COURSE_H
#define RUN_COURSE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "expect/ast.h"

struct course_item {
    const char *section; /* the heading that it stands under; the same pointer for all that stand there */
    const char *name;
    const char *path;
};

/*
 * The scenarios of the directory of expectations that comes along, then those of ./expected where that is
 * another one. What a scenario of ./expected is called hides the other of that name, as `sockdrill run NAME`
 * does. In each directory a file `course` names scenarios in order, one a line, with `# Title` lines as
 * headings; those that it does not name follow by name, under a heading of their own.
 */
struct course {
    struct arena arena;
    VEC(struct course_item) items;
    struct buf wrong; /* what is wrong with the course files, as the user reads it */
};

void course_load(struct course *course);
void course_release(struct course *course);

/* The scenario of this name, or NULL. */
const struct course_item *course_find(const struct course *course, const char *name);

/*
 * What the scenario's expectation says of itself, no ${NAME} filled in; it lives in `arena`. NULL where the
 * file can't be read, or is wrong.
 */
const struct expect *course_read(const struct course_item *item, struct arena *arena, struct err *err);

#endif
