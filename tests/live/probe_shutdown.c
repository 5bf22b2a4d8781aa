/* tests/live/probe_shutdown.c: shutdown and close, on ends that are and are not connected, and closes that
 * hit nothing. */
#include "probe.h"

int main(void)
{
    int pair[2], fd = -1;
    char into[8];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    CALL(shutdown(pair[0], SHUT_WR), "shutdown(%d, SHUT_WR)", pair[0]);
    CALL(recv(pair[1], into, 8, 0), "recvfrom(%d, \"\", 8, 0, NULL, NULL)", pair[1]);
    CALL(send(pair[0], "x", 1, MSG_NOSIGNAL), "sendto(%d, \"x\", 1, MSG_NOSIGNAL, NULL, 0)", pair[0]);
    CALL(shutdown(pair[0], SHUT_RD), "shutdown(%d, SHUT_RD)", pair[0]);
    CALL(shutdown(pair[1], SHUT_RDWR), "shutdown(%d, SHUT_RDWR)", pair[1]);
    CALL(shutdown(pair[1], SHUT_RDWR), "shutdown(%d, SHUT_RDWR)", pair[1]);
    CALL(shutdown(pair[1], 3), "shutdown(%d, 0x3 /* SHUT_??? */)", pair[1]);
    CALL(shutdown(pair[1], -1), "shutdown(%d, 0xffffffff /* SHUT_??? */)", pair[1]);
    probe_close(pair[0]);
    probe_close(pair[0]);
    probe_close(pair[1]);

    CALL(fd = socket(AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    CALL(shutdown(fd, SHUT_WR), "shutdown(%d, SHUT_WR)", fd);
    probe_close(fd);
    CALL(shutdown(fd, SHUT_WR), "shutdown(%d, SHUT_WR)", fd);
    CALL(shutdown(-1, SHUT_WR), "shutdown(-1, SHUT_WR)");
    CALL(shutdown(0, SHUT_WR), "shutdown(0, SHUT_WR)");
    probe_close(-1);
    return 0;
}
