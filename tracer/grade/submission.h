/* grade/submission.h: the folders of a class, one a student, whose names may be any bytes. */
#ifndef GRADE_SUBMISSION_H
#define GRADE_SUBMISSION_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "grade/hash.h"

struct submission {
    const char *name; /* of the folder, as it is */
    const char *stem; /* of its files: what makes a file name anywhere, another one for each name */
    const char *path; /* no link */
};

struct submissions {
    const char *path;            /* of the folder, absolute, no link */
    VEC(struct submission) list; /* in the order of the bytes of their names */
    VEC(const char *) notes;     /* what of the folder is no submission, and why */
    struct hash names;           /* of all of them */
    struct arena arena;
};

/* false: the folder can't be read. Folders whose names begin with a dot are passed over; `output`, where
 * results go, is none. */
bool submissions_read(struct submissions *submissions, const char *dir, const char *output, struct err *err);
void submissions_release(struct submissions *submissions);

/* The name as a reader sees it: nothing in it moves a cursor. Appended. */
void submission_show(struct buf *out, const char *name);

/*
 * Letters, digits, `.`, `-`, `_`, `+`, `@` and what is UTF-8 beyond ASCII stay; other bytes become %XX. What
 * would be too long for a file name ends with a hash of the whole name.
 */
const char *submission_stem(const char *name, struct arena *arena);

#endif
