/* base/stream.c: fopencookie(3) over write(2). */
#include "base/stream.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <unistd.h>

static int fd_of(void *cookie)
{
    return (int)(intptr_t)cookie;
}

/* fopencookie(3): the number of bytes, 0 for an error. */
static ssize_t write_all(void *cookie, const char *bytes, size_t len)
{
    size_t done = 0;

    while (done < len) {
        ssize_t n = write(fd_of(cookie), bytes + done, len - done);

        if (n > 0) {
            done += (size_t)n;
        } else if (n < 0 && errno == EAGAIN) {
            struct pollfd wait = {.fd = fd_of(cookie), .events = POLLOUT};

            poll(&wait, 1, -1);
        } else if (n == 0 || errno != EINTR) {
            return 0;
        }
    }
    return (ssize_t)done;
}

static int close_fd(void *cookie)
{
    return close(fd_of(cookie));
}

FILE *stream_open(int fd)
{
    const cookie_io_functions_t functions = {.write = write_all, .close = close_fd};

    return fopencookie((void *)(intptr_t)fd, "w", functions);
}
