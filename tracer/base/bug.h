/* base/bug.h: what to do about a mistake of our own: say where, and stop. */
#ifndef BASE_BUG_H
#define BASE_BUG_H

/* Prints file, line and message to stderr and aborts. For states that only a fault in sockdrill can produce.
 */
_Noreturn void bug_at(const char *file, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)

#endif
