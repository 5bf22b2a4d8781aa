/* chat · server · takes what one recv brings for one line: of two lines only the first gets its speaker's
 * name. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
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

    struct pollfd pfds[16] = {{.fd = listener, .events = POLLIN}};
    char names[16][32] = {""};
    int n = 1;
    while (poll(pfds, n, -1) != -1) {
        for (int i = 1; i < n; i++) {
            if (!pfds[i].revents)
                continue;
            char line[512], text[600];
            ssize_t got = recv(pfds[i].fd, line, sizeof line - 1, 0);
            if (got <= 0) {
                close(pfds[i].fd);
                pfds[i].fd = -1;
                continue;
            }
            line[got] = '\0';
            if (!names[i][0]) {
                snprintf(names[i], sizeof names[i], "%.*s", (int)strcspn(line, "\n"), line);
                snprintf(text, sizeof text, "welcome, %s\n", names[i]);
                if (send(pfds[i].fd, text, strlen(text), MSG_NOSIGNAL) == -1)
                    perror("send");
                continue;
            }
            snprintf(text, sizeof text, "%s: %s", names[i], line);
            for (int j = 1; j < n; j++)
                if (j != i && pfds[j].fd != -1 && send(pfds[j].fd, text, strlen(text), MSG_NOSIGNAL) == -1)
                    perror("send");
        }
        if (pfds[0].revents && n < 16) {
            pfds[n].fd = accept(listener, NULL, NULL);
            if (pfds[n].fd == -1) {
                perror("accept");
                return 1;
            }
            pfds[n++].events = POLLIN;
        }
    }
    perror("poll");
    return 1;
}
