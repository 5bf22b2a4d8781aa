/* base/err.h: why something could not be done. An out-parameter, always the last one. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

/*
 * A complete message ("cannot seize pid 412: Operation not permitted"), without "sockdrill:" in front and
 * without a full stop, and a hint: what the reader can do about it ("" where there is nothing to say). The
 * caller provides the storage; a function that fails fills it, a function that succeeds leaves it alone.
 */
struct err {
    char msg[512];
    char hint[384];
};

/* Fill the message and clear the hint. Return false, so that `return err_set(err, …)` reads well. */
bool err_set(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The same with ": " and strerror(errnum) behind it. */
bool err_sys(struct err *err, int errnum, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Fill the hint of an error already set. Returns false. */
bool err_hint(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
