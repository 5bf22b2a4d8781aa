/* http · server · takes the first 8 bytes for the whole request, answers and closes: the rest was never read.
 */
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

    while (1) {
        int conn = accept(listener, NULL, NULL);
        if (conn == -1) {
            perror("accept");
            return 1;
        }

        char request[9];
        ssize_t n = recv(conn, request, 8, 0);
        if (n == -1) {
            perror("recv");
            return 1;
        }
        request[n] = 0;

        const char *answer = "HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nhello\n";
        size_t len = strlen(answer), done = 0;
        while (strncmp(request, "GET ", 4) == 0 && done < len) {
            ssize_t sent = send(conn, answer + done, len - done, MSG_NOSIGNAL);
            if (sent == -1) {
                perror("send");
                return 1;
            }
            done += sent;
        }
        close(conn); /* SD001 */
    }
}
