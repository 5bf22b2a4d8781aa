/* grade/build.h: the command that makes programs of a submission. */
#ifndef GRADE_BUILD_H
#define GRADE_BUILD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "grade/warden.h"

enum build_result {
    BUILD_NONE,     /* there was nothing to do */
    BUILD_DONE,     /* it ended well */
    BUILD_FAILS,    /* the submission does not build */
    BUILD_UNTESTED, /* this machine lacks what it takes */
};

enum { BUILD_OUTPUT_HEAD = 16 * 1024, BUILD_OUTPUT_TAIL = 16 * 1024 };

struct build {
    enum build_result result;
    const char *command; /* "" where nothing was to do */
    const char *why;     /* one line; "" where it was done */
    const char *output;  /* what it printed: its beginning and its end; may hold any bytes but NUL */
};

/*
 * What is usual in the folder: `make` where there is a makefile; else each .c file with a main becomes a
 * program of its name, with all .c files that have none; "" where there is neither. NULL: there are .c files,
 * and none has a main.
 */
const char *build_usual(const char *dir, struct arena *arena);

/* Does this text of a C program define main? Comments and strings do not count. */
bool build_has_main(const char *text, size_t len);

/*
 * Run the shell's `command` (NULL: build_usual) in `dir`, for `most_ms`, in a network of its own where that
 * is possible; then end all that it left. The strings live in `arena`.
 */
void build_run(struct build *build, const char *dir, const char *command, uint32_t most_ms, struct ward *ward,
               struct arena *arena);

/* "built", "none", "fails", "untested" */
const char *build_word(enum build_result result);

#endif
