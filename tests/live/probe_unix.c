/* tests/live/probe_unix.c: the oddities of Unix-domain addresses: unnamed, abstract with NULs, without a NUL
 * at the end, and what comes back where there is too little room. */
#include "probe.h"

#include <fcntl.h>
#include <sys/file.h>

enum { FAMILY = offsetof(struct sockaddr_un, sun_path), PATH = sizeof(((struct sockaddr_un *)0)->sun_path) };

/* Paths are relative, so that they are the same in each run; abstract names are everybody's, so that only one
 * run of this program may be under way. */
static char workdir[] = "/tmp/sockdrill-probe-XXXXXX";

static void enter_workdir(void)
{
    int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

    probe_need(self >= 0 && flock(self, LOCK_EX) == 0, "flock");
    probe_need(mkdtemp(workdir) && chdir(workdir) == 0, "mkdtemp");
}

static void leave_workdir(void)
{
    probe_need(chdir("/") == 0 && rmdir(workdir) == 0, "rmdir");
}

static struct sockaddr_un named(const char *path, size_t len)
{
    struct sockaddr_un un = {.sun_family = AF_UNIX};

    memcpy(un.sun_path, path, len);
    return un;
}

/* As strace prints the first `len` bytes of it. */
static const char *un_text(const struct sockaddr_un *un, size_t len)
{
    int is_abstract = len > FAMILY && !un->sun_path[0];
    size_t path = len <= FAMILY ? 0 : len - FAMILY < PATH ? len - FAMILY : PATH;

    if (!path)
        return "{sa_family=AF_UNIX}";
    if (!is_abstract)
        path = strnlen(un->sun_path, path);
    return probe_text("{sa_family=AF_UNIX, sun_path=%s%s}", is_abstract ? "@" : "",
                      probe_quote(un->sun_path + is_abstract, path - (size_t)is_abstract));
}

/* getsockname with room for `room` bytes; `full` is how long the address is. */
static void try_name(int fd, const struct sockaddr_un *un, socklen_t room, socklen_t full)
{
    struct sockaddr_un got = {0};
    socklen_t len = room, there = room < full ? room : full;
    const char *lengths = room == full ? probe_text("[%u]", room) : probe_text("[%u => %u]", room, full);

    if (there < FAMILY)
        CALL(getsockname(fd, (struct sockaddr *)&got, &len), "getsockname(%d, %p, %s)", fd, (void *)&got,
             lengths);
    else
        CALL(getsockname(fd, (struct sockaddr *)&got, &len), "getsockname(%d, %s, %s)", fd,
             un_text(un, there), lengths);
}

/* Bound to the first `len` bytes; its address is `full` bytes long then. */
static void try_bind(const struct sockaddr_un *un, socklen_t len, socklen_t full)
{
    int fd = -1;

    CALL(fd = socket(AF_UNIX, SOCK_DGRAM, 0), "socket(AF_UNIX, SOCK_DGRAM, 0)");
    CALL(bind(fd, (const struct sockaddr *)un, len), "bind(%d, %s, %u)", fd, un_text(un, len), len);
    try_name(fd, un, sizeof *un, full);
    try_name(fd, un, 128, full);
    try_name(fd, un, full - 1, full);
    try_name(fd, un, FAMILY + 1, full);
    try_name(fd, un, FAMILY, full);
    try_name(fd, un, 1, full);
    try_name(fd, un, 0, full);
    probe_close(fd);
}

static void names(void)
{
    struct sockaddr_un path = named("name", 5), nul = named("na\0me", 6), whole = {.sun_family = AF_UNIX};
    struct sockaddr_un abstract = named("\0sock\0drill\0\0probe\0", 19), empty = named("\0", 1);
    char longest[PATH + 1] = "";

    try_bind(&path, FAMILY + 5, FAMILY + 5);
    unlink("name");
    try_bind(&path, FAMILY + 4, FAMILY + 5); /* the kernel adds the NUL */
    unlink("name");
    try_bind(&nul, FAMILY + 6, FAMILY + 3); /* and ends the path at the first */
    unlink("na");
    memset(whole.sun_path, 'x', PATH);
    try_bind(&whole, sizeof whole, sizeof whole + 1); /* which has its place behind the struct */
    memcpy(longest, whole.sun_path, PATH);
    probe_need(unlink(longest) == 0, "unlink");
    try_bind(&abstract, FAMILY + 19, FAMILY + 19);
    try_bind(&empty, FAMILY + 1, FAMILY + 1);
}

static void wrong(void)
{
    struct sockaddr_un un = named("nothing", 8), abstract = named("\0no\0thing", 10);
    struct sockaddr_un whole = {.sun_family = AF_UNIX};
    struct sockaddr *sa = (struct sockaddr *)&un;
    char *edge = probe_edge(FAMILY + 3);
    char big[300] = "";
    int fd = -1;

    memset(whole.sun_path, 'y', PATH);
    memcpy(edge, &un, FAMILY + 3);
    memcpy(big, &whole, sizeof whole);
    CALL(fd = socket(AF_UNIX, SOCK_DGRAM, 0), "socket(AF_UNIX, SOCK_DGRAM, 0)");
    CALL(connect(fd, sa, FAMILY), "connect(%d, {sa_family=AF_UNIX}, 2)", fd);
    CALL(connect(fd, sa, FAMILY + 1), "connect(%d, {sa_family=AF_UNIX, sun_path=\"n\"}, 3)", fd);
    CALL(connect(fd, sa, FAMILY + 8), "connect(%d, {sa_family=AF_UNIX, sun_path=\"nothing\"}, 10)", fd);
    CALL(connect(fd, (struct sockaddr *)&abstract, FAMILY + 10), "connect(%d, %s, 12)", fd,
         un_text(&abstract, FAMILY + 10));
    CALL(connect(fd, (struct sockaddr *)&abstract, FAMILY + 1),
         "connect(%d, {sa_family=AF_UNIX, sun_path=@\"\"}, 3)", fd);
    CALL(connect(fd, (struct sockaddr *)&whole, sizeof whole), "connect(%d, %s, %zu)", fd,
         un_text(&whole, sizeof whole), sizeof whole);
    CALL(connect(fd, (struct sockaddr *)big, sizeof whole + 1), "connect(%d, %s, %zu)", fd,
         un_text(&whole, sizeof whole), sizeof whole + 1);
    CALL(connect(fd, (struct sockaddr *)big, sizeof big), "connect(%d, %s, 300)", fd,
         un_text(&whole, sizeof whole));
    CALL(connect(fd, (struct sockaddr *)edge, FAMILY + 3),
         "connect(%d, {sa_family=AF_UNIX, sun_path=\"not\"}, 5)", fd);
    CALL(connect(fd, (struct sockaddr *)edge, FAMILY + 4), "connect(%d, %p, 6)", fd, (void *)edge);
    CALL(sendto(fd, "x", 1, 0, sa, FAMILY + 8),
         "sendto(%d, \"x\", 1, 0, {sa_family=AF_UNIX, sun_path=\"nothing\"}, 10)", fd);
    probe_close(fd);
}

static void unnamed_pair(void)
{
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    socklen_t len = sizeof un;
    int pair[2];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    try_name(pair[0], &un, sizeof un, FAMILY);
    try_name(pair[0], &un, FAMILY, FAMILY);
    try_name(pair[0], &un, 1, FAMILY);
    CALL(getpeername(pair[1], (struct sockaddr *)&un, &len),
         "getpeername(%d, {sa_family=AF_UNIX}, [%zu => %u])", pair[1], sizeof un, FAMILY);
    CALL(write(pair[0], "x", 1), "write(%d, \"x\", 1)", pair[0]);
    len = sizeof un;
    CALL(recvfrom(pair[1], &un.sun_path, 1, 0, (struct sockaddr *)&un, &len),
         "recvfrom(%d, \"x\", 1, 0, %p, [%zu => 0])", pair[1], (void *)&un, sizeof un);
    probe_close(pair[0]);
    probe_close(pair[1]);
}

/* accept with room for `room` bytes of the peer's address, which is `full` bytes long. */
static void try_accept(int listener, const struct sockaddr_un *server, socklen_t server_len,
                       const struct sockaddr_un *client, socklen_t full, socklen_t room)
{
    struct sockaddr_un got = {0};
    socklen_t len = room, there = room < full ? room : full;
    const char *lengths = room == full ? probe_text("[%u]", room) : probe_text("[%u => %u]", room, full);
    int fd = -1, peer = -1;

    CALL(fd = socket(AF_UNIX, SOCK_STREAM, 0), "socket(AF_UNIX, SOCK_STREAM, 0)");
    if (full > FAMILY)
        CALL(bind(fd, (const struct sockaddr *)client, full), "bind(%d, %s, %u)", fd, un_text(client, full),
             full);
    CALL(connect(fd, (const struct sockaddr *)server, server_len), "connect(%d, %s, %u)", fd,
         un_text(server, server_len), server_len);
    if (there < FAMILY)
        CALL(peer = accept(listener, (struct sockaddr *)&got, &len), "accept(%d, %p, %s)", listener,
             (void *)&got, lengths);
    else
        CALL(peer = accept(listener, (struct sockaddr *)&got, &len), "accept(%d, %s, %s)", listener,
             un_text(client, there), lengths);
    probe_close(peer);
    probe_close(fd);
    if (full > FAMILY)
        unlink(client->sun_path);
}

static void accepting(void)
{
    struct sockaddr_un server = named("server", 7), client = named("client", 7);
    int fd = -1;

    CALL(fd = socket(AF_UNIX, SOCK_STREAM, 0), "socket(AF_UNIX, SOCK_STREAM, 0)");
    CALL(bind(fd, (struct sockaddr *)&server, FAMILY + 7), "bind(%d, %s, %u)", fd,
         un_text(&server, FAMILY + 7), FAMILY + 7);
    CALL(listen(fd, 5), "listen(%d, 5)", fd);
    try_accept(fd, &server, FAMILY + 7, &client, FAMILY, sizeof client);
    try_accept(fd, &server, FAMILY + 7, &client, FAMILY, 0);
    try_accept(fd, &server, FAMILY + 7, &client, FAMILY + 7, sizeof client);
    try_accept(fd, &server, FAMILY + 7, &client, FAMILY + 7, FAMILY + 7);
    try_accept(fd, &server, FAMILY + 7, &client, FAMILY + 7, FAMILY + 3);
    try_accept(fd, &server, FAMILY + 7, &client, FAMILY + 7, 1);
    probe_close(fd);
    unlink("server");
}

/* A datagram's source with room for `room` bytes; its address is `full` bytes long, 0: it has none. */
static void try_source(int from, int to, const struct sockaddr_un *server, const struct sockaddr_un *source,
                       socklen_t full, socklen_t room)
{
    struct sockaddr_un got = {0};
    socklen_t len = room, there = room < full ? room : full, server_len = FAMILY + 7;
    const char *lengths = room == full ? probe_text("[%u]", room) : probe_text("[%u => %u]", room, full);
    char byte;

    CALL(sendto(from, "x", 1, 0, (const struct sockaddr *)server, server_len),
         "sendto(%d, \"x\", 1, 0, %s, %u)", from, un_text(server, server_len), server_len);
    if (there < FAMILY)
        CALL(recvfrom(to, &byte, 1, 0, (struct sockaddr *)&got, &len), "recvfrom(%d, \"x\", 1, 0, %p, %s)",
             to, (void *)&got, lengths);
    else
        CALL(recvfrom(to, &byte, 1, 0, (struct sockaddr *)&got, &len), "recvfrom(%d, \"x\", 1, 0, %s, %s)",
             to, un_text(source, there), lengths);
}

static void datagrams(void)
{
    struct sockaddr_un server = named("server", 7), client = named("client", 7);
    int to = -1, from = -1;

    CALL(to = socket(AF_UNIX, SOCK_DGRAM, 0), "socket(AF_UNIX, SOCK_DGRAM, 0)");
    CALL(bind(to, (struct sockaddr *)&server, FAMILY + 7), "bind(%d, %s, %u)", to,
         un_text(&server, FAMILY + 7), FAMILY + 7);
    CALL(from = socket(AF_UNIX, SOCK_DGRAM, 0), "socket(AF_UNIX, SOCK_DGRAM, 0)");
    try_source(from, to, &server, &client, 0, sizeof client);
    try_source(from, to, &server, &client, 0, 0);
    CALL(bind(from, (struct sockaddr *)&client, FAMILY + 7), "bind(%d, %s, %u)", from,
         un_text(&client, FAMILY + 7), FAMILY + 7);
    try_source(from, to, &server, &client, FAMILY + 7, sizeof client);
    try_source(from, to, &server, &client, FAMILY + 7, FAMILY + 4);
    try_source(from, to, &server, &client, FAMILY + 7, FAMILY);
    try_source(from, to, &server, &client, FAMILY + 7, 1);
    try_source(from, to, &server, &client, FAMILY + 7, 0);
    probe_close(from);
    probe_close(to);
    unlink("client");
    unlink("server");
}

int main(void)
{
    enter_workdir();
    names();
    wrong();
    unnamed_pair();
    accepting();
    datagrams();
    leave_workdir();
    return 0;
}
