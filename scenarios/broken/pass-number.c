/* pass-fd · front · sends the number of the descriptor: in the worker's process it means nothing. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s PORT WORKER-PATH\n", argv[0]);
        return 2;
    }

    struct sockaddr_un there;
    memset(&there, 0, sizeof there);
    there.sun_family = AF_UNIX;
    strncpy(there.sun_path, argv[2], sizeof there.sun_path - 1);
    int worker = socket(AF_UNIX, SOCK_STREAM, 0);
    if (worker == -1) {
        perror("socket");
        return 1;
    }
    if (connect(worker, (struct sockaddr *)&there, sizeof there) == -1) {
        perror("connect");
        return 1;
    }

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1) {
        perror("socket");
        return 1;
    }

    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1) {
        perror("setsockopt");
        return 1;
    }

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[1]));
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(listener, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("bind");
        return 1;
    }
    if (listen(listener, 5) == -1) {
        perror("listen");
        return 1;
    }

    int conn = accept(listener, NULL, NULL);
    if (conn == -1) {
        perror("accept");
        return 1;
    }
    char number = conn;
    if (send(worker, &number, 1, MSG_NOSIGNAL) != 1) {
        perror("send");
        return 1;
    }
    close(conn);
    close(listener);
    close(worker);
    return 0;
}
