/* tests/live/probe_int80.c: a 64-bit program that makes 32-bit calls: `int $0x80` has i386's numbers and its
 * structs, and what is told of such a call is what would be told of a 32-bit program's. */
#include "probe.h"

#ifdef __x86_64__
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>

/* i386's numbers. */
enum {
    I386_CLOSE = 6,
    I386_SOCKETCALL = 102,
    I386_POLL = 168,
    I386_FCNTL64 = 221,
    I386_SOCKET = 359,
    I386_SOCKETPAIR,
    I386_BIND,
    I386_CONNECT,
    I386_SHUTDOWN = 373,
    I386_SENDMSG = 370
};

enum { SUB_SOCKET = 1, SUB_SEND = 9, SUB_RECVFROM = 12 };

/* i386's structs: words of 32 bits. */
struct iovec32 {
    uint32_t base, len;
};

struct msghdr32 {
    uint32_t name, namelen, iov, iovlen, control, controllen, flags;
};

/* Memory that 32 bits can point to. */
struct low {
    char bytes[16];
    struct sockaddr_in in;
    struct iovec32 iov;
    struct msghdr32 msg;
    struct pollfd poll;
    uint32_t words[6];
    int pair[2];
};

static uint32_t low32(const void *pointer)
{
    return (uint32_t)(uintptr_t)pointer;
}

static long int80(unsigned number, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    long result;

    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "0"((unsigned long)number), "b"(a), "c"(b), "d"(c), "S"(d)
                     : "memory", "r8", "r9", "r10", "r11");
    result = (int)result;
    if (result >= 0)
        return result;
    errno = (int)-result;
    return -1;
}

static sigjmp_buf refused;

static void on_fault(int signal)
{
    siglongjmp(refused, signal);
}

/* A kernel may be built, or booted, without them: the instruction faults then. */
static void need_int80(void)
{
    if (sigsetjmp(refused, 1))
        probe_nothing_to_do("this kernel takes no 32-bit calls");
    signal(SIGSEGV, on_fault);
    int80(I386_CLOSE, 12345, 0, 0, 0); /* of no socket: nothing is told of it */
    signal(SIGSEGV, SIG_DFL);
}

static void direct(struct low *low)
{
    int fd = -1;

    low->in = probe_in("127.0.0.1", 0);
    CALL(fd = (int)int80(I386_SOCKET, AF_INET, SOCK_DGRAM, 0, 0), "socket(AF_INET, SOCK_DGRAM, IPPROTO_IP)");
    CALL(int80(I386_BIND, (unsigned)fd, low32(&low->in), 16, 0), "bind(%d, %s, 16)", fd,
         probe_in_text(&low->in));
    low->in = probe_bound(fd); /* a call of 64 bits in between */
    CALL(int80(I386_CONNECT, (unsigned)fd, low32(&low->in), 16, 0), "connect(%d, %s, 16)", fd,
         probe_in_text(&low->in));
    CALL(int80(I386_CONNECT, (unsigned)fd, 0, 16, 0), "connect(%d, NULL, 16)", fd);
    CALL(int80(I386_SHUTDOWN, (unsigned)fd, SHUT_WR, 0, 0), "shutdown(%d, SHUT_WR)", fd);
    CALL(int80(I386_FCNTL64, (unsigned)fd, F_SETFD, FD_CLOEXEC, 0), "fcntl64(%d, F_SETFD, FD_CLOEXEC)", fd);
    CALL(int80(I386_CLOSE, (unsigned)fd, 0, 0, 0), "close(%d)", fd);
}

static void structs(struct low *low)
{
    memcpy(low->bytes, "ping", 4);
    CALL(int80(I386_SOCKETPAIR, AF_UNIX, SOCK_STREAM, 0, low32(low->pair)),
         "socketpair(AF_UNIX, SOCK_STREAM, 0, [%d, %d])", low->pair[0], low->pair[1]);
    low->iov = (struct iovec32){low32(low->bytes), 4};
    low->msg = (struct msghdr32){.iov = low32(&low->iov), .iovlen = 1};
    CALL(int80(I386_SENDMSG, (unsigned)low->pair[0], low32(&low->msg), 0, 0),
         "sendmsg(%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"ping\", iov_len=4}], msg_iovlen=1, "
         "msg_controllen=0, msg_flags=0}, 0)",
         low->pair[0]);
    low->poll = (struct pollfd){low->pair[1], POLLIN, 0};
    CALL_AUX(int80(I386_POLL, low32(&low->poll), 1, 0, 0),
             probe_text("[{fd=%d, revents=POLLIN}]", low->pair[1]), "poll([{fd=%d, events=POLLIN}], 1, 0)",
             low->pair[1]);
}

static void through_socketcall(struct low *low)
{
    uint32_t *words = low->words;

    memcpy(words, (uint32_t[]){(uint32_t)low->pair[1], low32(low->bytes), 4, 0, 0, 0}, sizeof low->words);
    CALL(int80(I386_SOCKETCALL, SUB_RECVFROM, low32(words), 0, 0), "recvfrom(%d, \"ping\", 4, 0, NULL, NULL)",
         low->pair[1]);
    words[0] = (uint32_t)low->pair[0];
    CALL(int80(I386_SOCKETCALL, SUB_SEND, low32(words), 0, 0), "send(%d, \"ping\", 4, 0)", low->pair[0]);
    CALL(int80(I386_SOCKETCALL, SUB_SOCKET, 0, 0, 0), "socketcall(SYS_SOCKET, NULL)");
    CALL(int80(I386_SOCKETCALL, 21, low32(words), 0, 0), "socketcall(21, %p)", (void *)words);
}

int main(void)
{
    struct low *low =
        mmap(NULL, sizeof *low, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

    probe_need(low != MAP_FAILED, "mmap");
    need_int80();
    direct(low);
    structs(low);
    through_socketcall(low);
    probe_close(low->pair[0]);
    probe_close(low->pair[1]);
    return 0;
}
#else
int main(void)
{
    probe_nothing_to_do("only a 64-bit program of x86-64 has int $0x80 besides its own system calls");
}
#endif
