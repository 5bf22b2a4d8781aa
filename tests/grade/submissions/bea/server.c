/* bea: read and write, and a signal that is ignored. */
#include "net.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int listener = open_listener((unsigned short)atoi(argc > 1 ? argv[1] : "7000")), conn;

    if (listener < 0) {
        perror("listener");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    while ((conn = accept4(listener, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        char piece[1024];
        ssize_t n;

        while ((n = read(conn, piece, sizeof piece)) > 0)
            if (write_all(conn, piece, (unsigned long)n) < 0)
                break;
        shutdown(conn, SHUT_RDWR);
        close(conn);
    }
    perror("accept");
    return 1;
}
