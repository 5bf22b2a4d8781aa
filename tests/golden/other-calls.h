/* tests/golden/other-calls.h: put in front of a scenario's program: the same calls by other system calls. */
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

static inline ssize_t other_send(int fd, const void *bytes, size_t len, int flags)
{
    return flags ? send(fd, bytes, len, flags) : write(fd, bytes, len);
}

static inline ssize_t other_recv(int fd, void *bytes, size_t len, int flags)
{
    return flags ? recv(fd, bytes, len, flags) : read(fd, bytes, len);
}

static inline int other_accept(int fd, struct sockaddr *addr, socklen_t *len)
{
    return accept4(fd, addr, len, SOCK_CLOEXEC);
}

#define send   other_send
#define recv   other_recv
#define accept other_accept
