/* base/alloc.h: allocation that succeeds or ends the program with exit status 4. */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

/* Each returns memory that the caller releases with free(); none returns NULL. alloc_zeroed(0) is one byte.
 */
void *alloc_zeroed(size_t size);
void *alloc_resize(void *old, size_t count, size_t size);
char *alloc_strdup(const char *s);

#define ALLOC_NEW(type) ((type *)alloc_zeroed(sizeof(type)))

/* Elements of a true array. */
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
