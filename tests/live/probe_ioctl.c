/* tests/live/probe_ioctl.c: ioctl on sockets. */
#include "probe.h"

#include <sys/ioctl.h>

int main(void)
{
    int pair[2], on = 1, off = 0, waiting = -1, *nowhere = probe_nowhere();
    char into[8];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    CALL(ioctl(pair[0], FIONBIO, &on), "ioctl(%d, FIONBIO, [1])", pair[0]);
    CALL(recv(pair[0], into, 8, 0), "recvfrom(%d, %p, 8, 0, NULL, NULL)", pair[0], (void *)into);
    CALL(ioctl(pair[0], FIONBIO, &off), "ioctl(%d, FIONBIO, [0])", pair[0]);
    CALL(ioctl(pair[0], FIONREAD, &waiting), "ioctl(%d, FIONREAD, [0])", pair[0]);
    CALL(send(pair[1], "ping\n", 5, 0), "sendto(%d, \"ping\\n\", 5, 0, NULL, 0)", pair[1]);
    CALL(ioctl(pair[0], FIONREAD, &waiting), "ioctl(%d, FIONREAD, [5])", pair[0]);
    CALL(ioctl(pair[0], FIONBIO, NULL), "ioctl(%d, FIONBIO, NULL)", pair[0]);
    CALL(ioctl(pair[0], FIONBIO, nowhere), "ioctl(%d, FIONBIO, %p)", pair[0], (void *)nowhere);
    CALL(ioctl(pair[0], FIONREAD, nowhere), "ioctl(%d, FIONREAD, %p)", pair[0], (void *)nowhere);
    CALL(ioctl(-1, FIONBIO, &on), "ioctl(-1, FIONBIO, [1])");
    CALL(ioctl(-1, FIONREAD, &waiting), "ioctl(-1, FIONREAD, %p)", (void *)&waiting);
    probe_close(pair[0]);
    probe_close(pair[1]);
    return 0;
}
