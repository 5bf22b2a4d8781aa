/* datagram-length · server · takes for the length of the datagram what there was room for when it looked. */
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

    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock == -1) {
        perror("socket");
        return 1;
    }

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[1]));
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(sock, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("bind");
        return 1;
    }

    for (int i = 0; i < 6; i++) {
        char head[8];
        ssize_t len = recv(sock, head, sizeof head, MSG_PEEK);
        if (len == -1) {
            perror("recv");
            return 1;
        }
        char *buf = malloc(len + 1);
        if (buf == NULL) {
            perror("malloc");
            return 1;
        }
        ssize_t n = recv(sock, buf, len, 0);
        if (n == -1) {
            perror("recv");
            return 1;
        }
        fwrite(buf, 1, n, stdout);
        free(buf);
    }
    close(sock);
    return 0;
}
