/* hana: waits until the whole buffer is full, before it answers. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);

    if (argc < 2 || listener < 0)
        return 1;
    here.sin_port = htons((unsigned short)atoi(argv[1]));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 10) < 0) {
        perror("server");
        return 1;
    }
    for (;;) {
        int conn = accept(listener, NULL, NULL);
        char buf[512];
        ssize_t got, sent;

        if (conn < 0)
            continue;
        while ((got = recv(conn, buf, sizeof buf, MSG_WAITALL)) > 0)
            for (ssize_t at = 0; at < got; at += sent)
                if ((sent = send(conn, buf + at, (size_t)(got - at), MSG_NOSIGNAL)) < 0)
                    break;
        close(conn);
    }
}
