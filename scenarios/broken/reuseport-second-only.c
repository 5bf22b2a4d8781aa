/* reuseport · server · sets SO_REUSEPORT on the second socket alone: the first one has not agreed to share
 * its port. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[1]));
    addr.sin_addr.s_addr = htonl(INADDR_ANY);

    int listeners[2];
    for (int i = 0; i < 2; i++) {
        listeners[i] = socket(AF_INET, SOCK_STREAM, 0);
        if (listeners[i] == -1) {
            perror("socket");
            return 1;
        }
        int on = 1;
        if (setsockopt(listeners[i], SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1 ||
            (i == 1 && setsockopt(listeners[i], SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == -1)) {
            perror("setsockopt");
            return 1;
        }
        if (bind(listeners[i], (struct sockaddr *)&addr, sizeof addr) == -1) {
            perror("bind");
            return 1;
        }
        if (listen(listeners[i], 5) == -1) {
            perror("listen");
            return 1;
        }
    }

    pid_t child = fork();
    if (child == -1) {
        perror("fork");
        return 1;
    }
    int listener = listeners[child == 0];
    close(listeners[child != 0]);

    while (1) {
        int conn = accept(listener, NULL, NULL);
        if (conn == -1) {
            perror("accept");
            return 1;
        }

        char buf[1024];
        ssize_t n;
        while ((n = recv(conn, buf, sizeof buf, 0)) > 0) {
            if (send(conn, buf, n, MSG_NOSIGNAL) != n) {
                perror("send");
                return 1;
            }
        }
        if (n == -1)
            perror("recv");
        close(conn);
    }
}
