/* tests/live/directed.c: the two ends of small conversations, for a director to hold and to put faults into.
 *
 *     send PORT CALL loop|once     connects and sends 1000 bytes; `once` does not look at how many went
 *     receive PORT CALL loop|once  accepts one connection and receives 1000 bytes; tells how many were right
 *     backlog PORT                 listens with a backlog of 2, then accepts four
 *     crowd PORT                   four connections to it: the last one finds the queue full
 *     late PORT                    binds, then listens, then accepts one
 *     eager PORT                   connects, until it is let in
 *     ask PORT, answer PORT        one datagram each way; who asks asks again after 100 ms
 *     threads PORT                 one accepts a connection, another asks five times for its own name
 *     forks PORT                   two children accept one connection each
 *     pair PORT                    connects twice, then closes both
 *     wait PORT                    waits for ever, in pause(2)
 */
#include "probe.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/sendfile.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>

enum { MESSAGE = 1000 };

static unsigned char message[MESSAGE], received[MESSAGE];

/* Read-only once the program is loaded. */
static const struct iovec out_parts[] = {{message, 400}, {message + 400, 0}, {message + 400, 600}};
static const struct iovec in_parts[] = {{received, 1}, {received + 1, 998}, {received + 999, 1}};

static struct sockaddr_in loopback(const char *port)
{
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};

    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return addr;
}

static int bound(const char *port, int type)
{
    const struct sockaddr_in addr = loopback(port);
    int sock = socket(AF_INET, type, 0), on = 1;

    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    probe_need(bind(sock, (const struct sockaddr *)&addr, sizeof(addr)) == 0, "bind");
    return sock;
}

static int listening(const char *port, int backlog)
{
    int sock = bound(port, SOCK_STREAM);

    probe_need(listen(sock, backlog) == 0, "listen");
    return sock;
}

static int connected(const char *port)
{
    const struct sockaddr_in addr = loopback(port);
    int sock = socket(AF_INET, SOCK_STREAM, 0);

    if (connect(sock, (const struct sockaddr *)&addr, sizeof(addr)) == 0)
        return sock;
    close(sock);
    return -1;
}

/* ---- a stream ---- */

/* From byte `from` on, by this call. */
static ssize_t send_by(const char *call, int sock, int file, size_t from)
{
    size_t len = MESSAGE - from;
    struct iovec rest = {message + from, len};
    struct msghdr msg = {.msg_iov = from ? &rest : (struct iovec *)out_parts, .msg_iovlen = from ? 1 : 3};
    off_t at = (off_t)from;

    if (!strcmp(call, "write"))
        return write(sock, message + from, len);
    if (!strcmp(call, "writev"))
        return writev(sock, msg.msg_iov, (int)msg.msg_iovlen);
    if (!strcmp(call, "sendmsg"))
        return sendmsg(sock, &msg, MSG_NOSIGNAL);
    if (!strcmp(call, "sendfile"))
        return sendfile(sock, file, &at, len);
    return send(sock, message + from, len, MSG_NOSIGNAL);
}

static ssize_t receive_by(const char *call, int sock, size_t from)
{
    size_t len = MESSAGE - from;
    struct iovec rest = {received + from, len};
    struct msghdr msg = {.msg_iov = from ? &rest : (struct iovec *)in_parts, .msg_iovlen = from ? 1 : 3};

    if (!strcmp(call, "read"))
        return read(sock, received + from, len);
    if (!strcmp(call, "readv"))
        return readv(sock, msg.msg_iov, (int)msg.msg_iovlen);
    if (!strcmp(call, "recvmsg"))
        return recvmsg(sock, &msg, 0);
    return recv(sock, received + from, len, 0);
}

static bool is_to_try_again(ssize_t n)
{
    return n < 0 && (errno == EINTR || errno == EAGAIN);
}

static int send_main(const char *port, const char *call, bool loops)
{
    FILE *file = tmpfile();
    int sock = connected(port);
    size_t sent = 0;
    ssize_t n;

    probe_need(file && fwrite(message, 1, MESSAGE, file) == MESSAGE && fflush(file) == 0, "a file");
    probe_need(sock >= 0, "a connection");
    do {
        n = send_by(call, sock, fileno(file), sent);
        sent += n > 0 ? (size_t)n : 0;
    } while (loops && sent < MESSAGE && (n > 0 || is_to_try_again(n)));
    /* The parts that say what is sent are as they were. */
    probe_need(out_parts[0].iov_len == 400 && out_parts[2].iov_len == 600, "the parts");
    fclose(file);
    close(sock);
    return n < 0;
}

static int receive_main(const char *port, const char *call, bool loops)
{
    int listener = listening(port, 4), sock = accept(listener, NULL, NULL);
    size_t got = 0, right = 0;
    ssize_t n;

    do {
        n = receive_by(call, sock, got);
        got += n > 0 ? (size_t)n : 0;
    } while (loops && got < MESSAGE && (n > 0 || is_to_try_again(n)));
    while (right < got && received[right] == message[right])
        right++;
    printf("%zu right, %s\n", right, n < 0 ? strerror(errno) : "no error");
    if (n < 0)
        printf("then %zd\n", recv(sock, received, 1, 0));
    close(sock);
    close(listener);
    return 0;
}

/* ---- a queue ---- */

static int backlog_main(const char *port)
{
    int sock = listening(port, 2);

    for (int i = 0; i < 4; i++)
        close(accept(sock, NULL, NULL));
    close(sock);
    return 0;
}

static int crowd_main(const char *port)
{
    int socks[4];

    for (int i = 0; i < 4; i++)
        socks[i] = connected(port);
    for (int i = 0; i < 4; i++)
        close(socks[i]);
    return socks[3] < 0;
}

static int late_main(const char *port)
{
    int sock = bound(port, SOCK_STREAM);

    listen(sock, 4);
    close(accept(sock, NULL, NULL));
    close(sock);
    return 0;
}

static int eager_main(const char *port)
{
    int sock;

    while ((sock = connected(port)) < 0 && errno == ECONNREFUSED)
        usleep(1000);
    close(sock);
    return sock < 0;
}

static int listener;

static void *accept_one(void *arg)
{
    (void)arg;
    close(accept(listener, NULL, NULL));
    return NULL;
}

/* While its accept is held, the other thread's calls go on: it is the fifth of these that the client waits
 * for. */
static int threads_main(const char *port)
{
    struct sockaddr_in name;
    socklen_t len = sizeof(name);
    pthread_t thread;

    listener = listening(port, 4);
    pthread_create(&thread, NULL, accept_one, NULL);
    for (int i = 0; i < 5; i++) {
        usleep(20000);
        getsockname(listener, (struct sockaddr *)&name, &len);
    }
    pthread_join(thread, NULL);
    close(listener);
    return 0;
}

static int forks_main(const char *port)
{
    listener = listening(port, 4);
    for (int i = 0; i < 2; i++)
        if (fork() == 0) {
            accept_one(NULL);
            _exit(0);
        }
    while (wait(NULL) > 0)
        continue;
    close(listener);
    return 0;
}

static int wait_main(const char *port)
{
    (void)port;
    pause();
    return 0;
}

static int pair_main(const char *port)
{
    int one = connected(port), two = connected(port);

    close(one);
    close(two);
    return one < 0 || two < 0;
}

/* ---- datagrams ---- */

static int ask_main(const char *port)
{
    const struct sockaddr_in addr = loopback(port);
    const struct timeval limit = {.tv_usec = 100000};
    int sock = socket(AF_INET, SOCK_DGRAM, 0), tries = 0;

    setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    do {
        tries++;
        probe_need(sendto(sock, "ask", 3, 0, (const struct sockaddr *)&addr, sizeof(addr)) == 3, "sendto");
    } while (recv(sock, received, MESSAGE, 0) < 0 && tries < 10);
    printf("answered after %d\n", tries);
    close(sock);
    return 0;
}

static int answer_main(const char *port)
{
    struct sockaddr_in from;
    socklen_t len = sizeof(from);
    int sock = bound(port, SOCK_DGRAM);

    recvfrom(sock, received, MESSAGE, 0, (struct sockaddr *)&from, &len);
    sendto(sock, "answer", 6, 0, (const struct sockaddr *)&from, len);
    close(sock);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(const char *port);
    } plays[] = {
        {"backlog", backlog_main}, {"crowd", crowd_main},     {"late", late_main},   {"eager", eager_main},
        {"ask", ask_main},         {"answer", answer_main},   {"forks", forks_main}, {"pair", pair_main},
        {"wait", wait_main},       {"threads", threads_main},
    };

    for (size_t i = 0; i < MESSAGE; i++)
        message[i] = (unsigned char)(i % 251);
    if (argc == 5 && !strcmp(argv[1], "send"))
        return send_main(argv[2], argv[3], !strcmp(argv[4], "loop"));
    if (argc == 5 && !strcmp(argv[1], "receive"))
        return receive_main(argv[2], argv[3], !strcmp(argv[4], "loop"));
    for (size_t i = 0; argc == 3 && i < sizeof(plays) / sizeof(plays[0]); i++)
        if (!strcmp(argv[1], plays[i].name))
            return plays[i].run(argv[2]);
    return 2;
}
