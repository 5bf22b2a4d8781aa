/* tcp-echo · server · listens without bind: at a port that nobody knows. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
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

    if (listen(listener, 5) == -1) { /* SD022 */
        perror("listen");
        return 1;
    }

    while (1) {
        int conn = accept(listener, NULL, NULL);
        if (conn == -1) {
            perror("accept");
            return 1;
        }

        char buf[1024];
        ssize_t n;
        while ((n = recv(conn, buf, sizeof buf, 0)) > 0) {
            ssize_t done = 0;
            while (done < n) {
                ssize_t sent = send(conn, buf + done, n - done, MSG_NOSIGNAL);
                if (sent == -1) {
                    perror("send");
                    return 1;
                }
                done += sent;
            }
        }
        if (n == -1)
            perror("recv");
        close(conn);
    }
}
