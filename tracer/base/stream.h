/* base/stream.h: stdio whose writes are whole, whatever signals come meanwhile. */
#ifndef BASE_STREAM_H
#define BASE_STREAM_H

#include <stdio.h>

/*
 * A FILE that writes to `fd` and closes it with itself. write(2) to a pipe or a terminal that is full fails
 * with EINTR when a signal is handled, and stdio then drops what it had; here it is tried again, also on a
 * descriptor that is non-blocking. NULL with errno where there is no memory.
 */
FILE *stream_open(int fd);

#endif
