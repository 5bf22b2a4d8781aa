/* addresses/addresses-together.c: makes all its sockets first, and asks for addresses when all are connected.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int stream(void)
{
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    if (sock == -1)
        die("socket");
    return sock;
}

static void print_address(const char *whose, const struct sockaddr_in *addr)
{
    char host[INET_ADDRSTRLEN];
    if (inet_ntop(AF_INET, &addr->sin_addr, host, sizeof host) == NULL)
        die("inet_ntop");
    printf("%s: %s:%d\n", whose, host, ntohs(addr->sin_port));
}

static struct sockaddr_in own_address(const char *whose, int sock)
{
    struct sockaddr_in addr = {0};
    socklen_t len = sizeof addr;
    if (getsockname(sock, (struct sockaddr *)&addr, &len) == -1)
        die("getsockname");
    print_address(whose, &addr);
    return addr;
}

/* All of this machine's addresses, for a listener: its clients call the one of the loopback interface. */
static struct sockaddr_in listen_on(const char *whose, int sock)
{
    if (listen(sock, 4) == -1)
        die("listen");
    struct sockaddr_in addr = own_address(whose, sock);
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return addr;
}

static void connect_to(int sock, const struct sockaddr_in *there)
{
    if (connect(sock, (const struct sockaddr *)there, sizeof *there) == -1)
        die("connect");
}

static int accept_one(int listener)
{
    struct sockaddr_in from;
    socklen_t len = sizeof from;
    int conn = accept4(listener, (struct sockaddr *)&from, &len, SOCK_CLOEXEC);
    if (conn == -1)
        die("accept4");
    print_address("accepted from", &from);
    return conn;
}

int main(void)
{
    int bound = stream(), unbound = stream(), last = stream(), listener = stream(), client = stream();

    struct sockaddr_in anywhere = listen_on("listening without bind", unbound);
    connect_to(last, &anywhere);

    own_address("before bind", listener);
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
    if (bind(listener, (struct sockaddr *)&any, sizeof any) == -1)
        die("bind");
    struct sockaddr_in there = listen_on("after bind", listener);

    struct sockaddr_in source = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1)};
    if (bind(bound, (struct sockaddr *)&source, sizeof source) == -1)
        die("bind");
    connect_to(bound, &there);
    connect_to(client, &there);

    int other = accept_one(listener), conn = accept_one(listener);
    struct sockaddr_in peer;
    socklen_t len = sizeof peer;
    if (getpeername(conn, (struct sockaddr *)&peer, &len) == -1)
        die("getpeername");
    print_address("the client, seen from its other end", &peer);
    own_address("the accepted socket", conn);
    own_address("the bound client", bound);
    own_address("the client", client);

    int all[] = {client, conn, bound, other, last, unbound, listener};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        close(all[i]);
    return 0;
}
