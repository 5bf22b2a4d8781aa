/* library/greeter.c: a server that greets whoever connects, and hangs up. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char greeting[] = "hello\n";

static int open_port(unsigned short port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);

    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0)
        return -1;
#ifndef FORGETFUL
    if (listen(listener, 16) < 0)
        return -1;
#endif
    return listener;
}

int main(int argc, char **argv)
{
    int listener = argc > 1 ? open_port((unsigned short)atoi(argv[1])) : -1, visitor;

    if (listener < 0) {
        perror("greeter");
        return 1;
    }
    while ((visitor = accept(listener, NULL, NULL)) >= 0) {
        if (send(visitor, greeting, strlen(greeting), MSG_NOSIGNAL) < 0)
            perror("send");
        close(visitor);
    }
    perror("accept");
    return 1;
}
