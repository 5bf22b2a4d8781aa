/* cem: a process for each client. */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void serve(int conn)
{
    char buf[256];
    ssize_t got;

    while ((got = recv(conn, buf, sizeof buf, 0)) > 0)
        if (send(conn, buf, (size_t)got, MSG_NOSIGNAL) != got)
            exit(1);
    close(conn);
    exit(0);
}

int main(int argc, char **argv)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argc > 1 ? argv[1] : "0"))};
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);

    signal(SIGCHLD, SIG_IGN);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 16) < 0) {
        perror("server");
        return 1;
    }
    for (;;) {
        int conn = accept(listener, NULL, NULL);

        if (conn < 0)
            continue;
        switch (fork()) {
        case 0:
            close(listener);
            serve(conn);
        case -1:
            perror("fork");
        }
        close(conn);
    }
}
