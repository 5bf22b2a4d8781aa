/* tests/live/probe.h: how a probe makes a call and says which line a tracer must print for it. */
#ifndef TESTS_LIVE_PROBE_H
#define TESTS_LIVE_PROBE_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

/* In a 32-bit program, send and recv are sub-calls of socketcall(2) in one C library and not in another.
 * These are system calls of their own names everywhere. */
#define send(fd, buf, len, flags) sendto(fd, buf, len, flags, NULL, 0)
#define recv(fd, buf, len, flags) recvfrom(fd, buf, len, flags, NULL, NULL)

/* What fcntl(3) calls. */
#if __SIZEOF_LONG__ == 4
#define FCNTL "fcntl64"
#else
#define FCNTL "fcntl"
#endif

/* Make a call, then print its line: what is given after the call is looked at once the call is over. */
#define CALL(call, ...)                                                                                      \
    do {                                                                                                     \
        long probe_result_ = (call);                                                                         \
        int probe_errno_ = errno;                                                                            \
        probe_line(probe_result_, probe_errno_, NULL, __VA_ARGS__);                                          \
    } while (0)

/* The same for a call whose result is more than a number: `aux` (a string) stands behind it. */
#define CALL_AUX(call, aux, ...)                                                                             \
    do {                                                                                                     \
        long probe_result_ = (call);                                                                         \
        int probe_errno_ = errno;                                                                            \
        probe_line(probe_result_, probe_errno_, (aux), __VA_ARGS__);                                         \
    } while (0)

__attribute__((format(printf, 4, 5))) static inline void probe_line(long result, int error, const char *aux,
                                                                    const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vprintf(format, ap);
    va_end(ap);
    if (result == -1)
        printf(" = -1 %s (%s)", strerrorname_np(error), strerror(error));
    else
        printf(" = %ld", result);
    if (aux)
        printf(" (%s)", aux);
    putchar('\n');
}

/* Text in one of a few buffers that take turns, for the pieces of a line. */
__attribute__((format(printf, 1, 2))) static inline const char *probe_text(const char *format, ...)
{
    static char texts[8][1024];
    static unsigned turn;
    char *text = texts[turn++ % 8];
    va_list ap;

    va_start(ap, format);
    vsnprintf(text, sizeof texts[0], format, ap);
    va_end(ap);
    return text;
}

/* Bytes as strace quotes them: octal escapes as short as what follows allows. */
static inline const char *probe_quote(const void *bytes, size_t len)
{
    static const char letters[] = "\"\"\\\\\nn\tt\vv\ff\rr";
    const unsigned char *from = bytes;
    char text[1024], *to = text;

    for (size_t i = 0; i < len && to + 5 < text + sizeof text; i++) {
        const char *letter = letters;
        int digit_follows = i + 1 < len && from[i + 1] >= '0' && from[i + 1] <= '7';

        while (*letter && *letter != from[i])
            letter += 2;
        if (*letter)
            to += sprintf(to, "\\%c", letter[1]);
        else if (from[i] >= ' ' && from[i] <= '~')
            *to++ = (char)from[i];
        else
            to += sprintf(to, digit_follows ? "\\%03o" : "\\%o", from[i]);
    }
    return probe_text("\"%.*s\"", (int)(to - text), text);
}

/* An array of SIZE_MAX elements, of which one can be read: there is no such array where its size is beyond 64
 * bits. */
static inline const char *probe_endless(const char *element, const void *at, size_t size)
{
    if (SIZE_MAX > UINT64_MAX / size)
        return probe_text("%p", at);
    return probe_text("[%s, ... /* %p */]", element, (const void *)((const char *)at + size));
}

/* A value that the compiler doesn't see through: it would warn of the calls that are wrong on purpose. */
static inline uintptr_t probe_hide(uintptr_t value)
{
    __asm__ volatile("" : "+r"(value));
    return value;
}

/* Ends a probe of which nothing is left in this build of it, or on this kernel: whoever ran it passes over
 * it. */
static inline _Noreturn void probe_nothing_to_do(const char *why)
{
    fprintf(stderr, "nothing to do: %s\n", why);
    exit(77);
}

static inline void probe_need(int ok, const char *what)
{
    if (!ok) {
        perror(what);
        exit(1);
    }
}

/* The last `len` bytes before a page that is not mapped. */
static inline char *probe_edge(size_t len)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    probe_need(pages != MAP_FAILED, "mmap");
    probe_need(munmap(pages + page, page) == 0, "munmap");
    return pages + page - len;
}

/* An address that nothing is mapped at. */
static inline void *probe_nowhere(void)
{
    return probe_edge(0);
}

static inline struct sockaddr_in probe_in(const char *address, unsigned port)
{
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};

    probe_need(inet_pton(AF_INET, address, &in.sin_addr) == 1, "inet_pton");
    return in;
}

static inline struct sockaddr_in6 probe_in6(const char *address, unsigned port)
{
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};

    probe_need(inet_pton(AF_INET6, address, &in6.sin6_addr) == 1, "inet_pton");
    return in6;
}

/* As strace prints them. */
static inline const char *probe_in_text(const struct sockaddr_in *in)
{
    char address[INET_ADDRSTRLEN];

    inet_ntop(AF_INET, &in->sin_addr, address, sizeof address);
    return probe_text("{sa_family=AF_INET, sin_port=htons(%u), sin_addr=inet_addr(\"%s\")}",
                      ntohs(in->sin_port), address);
}

static inline const char *probe_in6_text(const struct sockaddr_in6 *in6)
{
    char address[INET6_ADDRSTRLEN];

    inet_ntop(AF_INET6, &in6->sin6_addr, address, sizeof address);
    return probe_text("{sa_family=AF_INET6, sin6_port=htons(%u), sin6_flowinfo=htonl(%u), "
                      "inet_pton(AF_INET6, \"%s\", &sin6_addr), sin6_scope_id=%u}",
                      ntohs(in6->sin6_port), ntohl(in6->sin6_flowinfo), address, in6->sin6_scope_id);
}

/* Where a socket is bound. The call is in the trace too, so its line is printed. */
static inline struct sockaddr_in probe_bound(int fd)
{
    struct sockaddr_in in;
    socklen_t len = sizeof in;

    CALL(getsockname(fd, (struct sockaddr *)&in, &len), "getsockname(%d, %s, [16])", fd, probe_in_text(&in));
    return in;
}

/* A socketpair of its own: what most probes of data calls work on. */
static inline void probe_pair(int type, const char *type_text, int pair[2])
{
    CALL(socketpair(AF_UNIX, type, 0, pair), "socketpair(AF_UNIX, %s, 0, [%d, %d])", type_text, pair[0],
         pair[1]);
}

static inline void probe_close(int fd)
{
    CALL(close(fd), "close(%d)", fd);
}

#endif
