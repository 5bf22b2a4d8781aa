/* anything · client · leaves sin_family out: connect succeeds, and connects nothing. */
#include <arpa/inet.h>
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
    addr.sin_port = htons(atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &addr.sin_addr) != 1) {
        fprintf(stderr, "%s is not an IPv4 address\n", argv[1]);
        return 2;
    }

    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server == -1) {
        perror("socket");
        return 1;
    }
    if (connect(server, (struct sockaddr *)&addr, sizeof addr) == -1) { /* SD010 */
        perror("connect");
        return 1;
    }

    const char *message = "ping\n";
    size_t len = strlen(message), done = 0;
    while (done < len) {
        ssize_t n = send(server, message + done, len - done, MSG_NOSIGNAL);
        if (n == -1) {
            perror("send");
            return 1;
        }
        done += n;
    }
    if (shutdown(server, SHUT_WR) == -1) {
        perror("shutdown");
        return 1;
    }
    char buf[1024];
    ssize_t n;
    while ((n = recv(server, buf, sizeof buf, 0)) > 0)
        fwrite(buf, 1, n, stdout);
    if (n == -1) {
        perror("recv");
        return 1;
    }
    close(server);
    return 0;
}
