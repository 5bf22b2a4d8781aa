/* addresses · both · binds the second client after it has connected, when its source is long picked. */
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

/* Port 0 asks for any free port. */
static void bind_to_any_port(int sock, in_addr_t host)
{
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(host)};
    if (bind(sock, (struct sockaddr *)&addr, sizeof addr) == -1)
        die("bind");
}

static void connect_to(int sock, const struct sockaddr_in *there)
{
    if (connect(sock, (const struct sockaddr *)there, sizeof *there) == -1)
        die("connect");
}

static int accept_one(int listener)
{
    struct sockaddr_in from;
    socklen_t len = sizeof from; /* accept reads how much room there is, and writes how much it needed */
    int conn = accept(listener, (struct sockaddr *)&from, &len);
    if (conn == -1)
        die("accept");
    print_address("accepted from", &from);
    return conn;
}

int main(void)
{
    int listener = stream();
    own_address("before bind", listener);
    bind_to_any_port(listener, INADDR_LOOPBACK);
    struct sockaddr_in there = own_address("after bind", listener);
    if (listen(listener, 4) == -1)
        die("listen");

    int client = stream();
    connect_to(client, &there);
    own_address("the client", client);
    int conn = accept_one(listener);
    own_address("the accepted socket", conn);
    struct sockaddr_in peer;
    socklen_t len = sizeof peer;
    if (getpeername(conn, (struct sockaddr *)&peer, &len) == -1)
        die("getpeername");
    print_address("its peer", &peer);

    /* All of 127.0.0.0/8 is this machine, so a client may call from 127.0.0.2. */
    int bound = stream();
    connect_to(bound, &there);
    bind_to_any_port(bound, INADDR_LOOPBACK + 1);
    own_address("the bound client", bound);
    int other = accept_one(listener);

    int unbound = stream();
    if (listen(unbound, 4) == -1)
        die("listen");
    struct sockaddr_in anywhere = own_address("listening without bind", unbound);
    anywhere.sin_addr.s_addr = htonl(INADDR_LOOPBACK); /* 0.0.0.0 is every address: take one of them */
    int last = stream();
    connect_to(last, &anywhere);

    int all[] = {client, conn, bound, other, last, unbound, listener};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        close(all[i]);
    return 0;
}
