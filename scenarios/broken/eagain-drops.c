/* send-dont-wait · client · waits for room after EAGAIN, and goes on with the next piece: this one is lost.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH\n", argv[0]);
        return 2;
    }

    int sock = socket(AF_UNIX, SOCK_STREAM, 0);
    if (sock == -1) {
        perror("socket");
        return 1;
    }
    int size = 8192;
    if (setsockopt(sock, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) == -1) {
        perror("setsockopt");
        return 1;
    }

    struct sockaddr_un addr;
    memset(&addr, 0, sizeof addr);
    addr.sun_family = AF_UNIX;
    strncpy(addr.sun_path, argv[1], sizeof addr.sun_path - 1);
    if (connect(sock, (struct sockaddr *)&addr, sizeof addr) == -1) {
        perror("connect");
        return 1;
    }

    char piece[4096];
    memset(piece, '.', sizeof piece);
    for (int i = 0; i < 16; i++) {
        size_t done = 0;
        while (done < sizeof piece) {
            ssize_t n = send(sock, piece + done, sizeof piece - done, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (n == -1 && errno == EAGAIN) {
                struct pollfd room = {.fd = sock, .events = POLLOUT};
                if (poll(&room, 1, -1) == -1) {
                    perror("poll");
                    return 1;
                }
                break;
            }
            if (n == -1) {
                perror("send");
                return 1;
            }
            done += n;
        }
    }

    if (shutdown(sock, SHUT_WR) == -1) {
        perror("shutdown");
        return 1;
    }
    char buf[1024];
    ssize_t n;
    while ((n = recv(sock, buf, sizeof buf, 0)) > 0)
        fwrite(buf, 1, n, stdout);
    if (n == -1) {
        perror("recv");
        return 1;
    }
    close(sock);
    return 0;
}
