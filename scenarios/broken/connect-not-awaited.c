/* anything · client · sends at once on a connection that has only begun. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s ADDRESS PORT\n", argv[0]);
        return 2;
    }

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &addr.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", argv[1]);
        return 2;
    }

    int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (server == -1) {
        perror("socket");
        return 1;
    }
    if (connect(server, (struct sockaddr *)&addr, sizeof addr) == -1 && errno != EINPROGRESS) {
        perror("connect");
        return 1;
    }

    if (send(server, "ping\n", 5, MSG_NOSIGNAL) == -1) /* SD039 */
        perror("send");
    close(server);
    return 0;
}
