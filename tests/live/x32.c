/* tests/live/x32.c: system calls with the numbers of x32 programs, which most kernels refuse. */
#include "probe.h"

enum { X32_BIT = 0x40000000 };

int main(void)
{
    int pair[2];

    for (int i = 0; i < 3; i++)
        printf("%s\n", syscall(X32_BIT | SYS_socket, AF_INET, SOCK_STREAM, 0) == -1 ? "refused" : "done");
    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    return 0;
}
