/* base/text.h: comparing names that are looked up in tables, for every event. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <string.h>

/* Most names differ in their first letter: that is seen without a call. */
static inline bool text_is(const char *a, const char *b)
{
    return a[0] == b[0] && strcmp(a, b) == 0;
}

#endif
