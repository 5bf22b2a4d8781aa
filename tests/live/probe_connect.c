/* tests/live/probe_connect.c: listen, connect, accept, accept4, getpeername: a connection within one process.
 */
#include "probe.h"

static int tcp(void)
{
    int fd = -1;

    CALL(fd = socket(AF_INET, SOCK_STREAM, 0), "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)");
    return fd;
}

static int dial(const struct sockaddr_in *there)
{
    int fd = tcp();

    CALL(connect(fd, (const struct sockaddr *)there, sizeof *there), "connect(%d, %s, 16)", fd,
         probe_in_text(there));
    return fd;
}

/* Where the other end of `fd` says it is. */
static struct sockaddr_in peer(int fd)
{
    struct sockaddr_in in = {0};
    socklen_t len = 20;

    CALL(getpeername(fd, (struct sockaddr *)&in, &len), "getpeername(%d, %s, [20 => 16])", fd,
         probe_in_text(&in));
    return in;
}

static void accepts(int listener, const struct sockaddr_in *there)
{
    int client, conn = -1;
    struct sockaddr_in from = {0};
    struct sockaddr *sa = (struct sockaddr *)&from, *nowhere = probe_nowhere();
    socklen_t len = 128;

    client = dial(there);
    CALL(conn = accept(listener, NULL, NULL), "accept(%d, NULL, NULL)", listener);
    peer(client);
    peer(conn);
    probe_close(conn);
    probe_close(client);

    client = dial(there);
    CALL(conn = accept(listener, sa, &len), "accept(%d, %s, [128 => 16])", listener, probe_in_text(&from));
    probe_close(conn);
    probe_close(client);

    client = dial(there);
    CALL(conn = accept4(listener, sa, &len, SOCK_CLOEXEC | SOCK_NONBLOCK),
         "accept4(%d, %s, [16], SOCK_CLOEXEC|SOCK_NONBLOCK)", listener, probe_in_text(&from));
    probe_close(conn);
    probe_close(client);

    client = dial(there);
    len = 4;
    CALL(conn = accept(listener, sa, &len), "accept(%d, {sa_family=AF_INET, sa_data=%s}, [4 => 16])",
         listener, probe_quote(&from.sin_port, 2));
    probe_close(conn);
    probe_close(client);

    /* These are refused before a connection is taken from the queue, or lose the one that they took. */
    client = dial(there);
    CALL(accept4(listener, sa, &len, 1), "accept4(%d, %p, [16], 0x1 /* SOCK_??? */)", listener, (void *)sa);
    len = 16;
    CALL(accept(listener, nowhere, &len), "accept(%d, %p, [16])", listener, (void *)nowhere);
    probe_close(client);
    client = dial(there);
    CALL(accept(listener, sa, NULL), "accept(%d, %p, NULL)", listener, (void *)sa);
    probe_close(client);
    client = dial(there);
    len = (socklen_t)-1;
    CALL(accept(listener, sa, &len), "accept(%d, %p, [-1])", listener, (void *)sa);
    probe_close(client);
}

int main(void)
{
    int listener = tcp(), spare = tcp();
    struct sockaddr_in here = probe_in("127.0.0.1", 0), refused;
    struct sockaddr *sa = (struct sockaddr *)&here, *nowhere = probe_nowhere();
    struct sockaddr unspec = {.sa_family = AF_UNSPEC};
    socklen_t len = 16;

    CALL(accept(listener, NULL, NULL), "accept(%d, NULL, NULL)", listener);
    CALL(bind(listener, sa, 16), "bind(%d, %s, 16)", listener, probe_in_text(&here));
    here = probe_bound(listener);
    CALL(connect(spare, sa, 16), "connect(%d, %s, 16)", spare, probe_in_text(&here));
    refused = here;
    CALL(listen(listener, 5), "listen(%d, 5)", listener);
    CALL(listen(listener, 0), "listen(%d, 0)", listener);
    CALL(listen(listener, -1), "listen(%d, -1)", listener);
    CALL(listen(-1, 5), "listen(-1, 5)");
    CALL(listen(99, 5), "listen(99, 5)");
    CALL(listen(0, 5), "listen(0, 5)");
    probe_close(spare);

    accepts(listener, &here);

    CALL(accept(-1, sa, &len), "accept(-1, %p, [16])", (void *)sa);
    CALL(accept(99, NULL, NULL), "accept(99, NULL, NULL)");
    CALL(accept4(99, NULL, NULL, SOCK_NONBLOCK), "accept4(99, NULL, NULL, SOCK_NONBLOCK)");
    CALL(accept(0, NULL, NULL), "accept(0, NULL, NULL)");

    spare = dial(&here);
    CALL(connect(spare, (struct sockaddr *)&refused, 16), "connect(%d, %s, 16)", spare,
         probe_in_text(&refused));
    probe_close(spare);
    spare = tcp();
    CALL(connect(spare, NULL, 16), "connect(%d, NULL, 16)", spare);
    CALL(connect(spare, nowhere, 16), "connect(%d, %p, 16)", spare, (void *)nowhere);
    CALL(connect(spare, sa, 8), "connect(%d, {sa_family=AF_INET, sa_data=%s}, 8)", spare,
         probe_quote(&here.sin_port, 6));
    CALL(connect(spare, &unspec, 16), "connect(%d, {sa_family=AF_UNSPEC, sa_data=%s}, 16)", spare,
         probe_quote(unspec.sa_data, 14));
    CALL(connect(-1, sa, 16), "connect(-1, %s, 16)", probe_in_text(&here));
    CALL(connect(0, sa, 16), "connect(0, %s, 16)", probe_in_text(&here));
    probe_close(spare);
    probe_close(listener);
    probe_close(listener);
    return 0;
}
