/* tests/live/probe_rw.c: read, write, readv and writev on sockets, and what of them on other files is no
 * event. */
#include "probe.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/uio.h>

static void plain(int from, int to)
{
    char into[16], *nowhere = probe_nowhere(), *edge = probe_edge(4);

    memcpy(edge, "edge", 4);
    CALL(write(from, "ping\n", 5), "write(%d, \"ping\\n\", 5)", from);
    CALL(read(to, into, 16), "read(%d, \"ping\\n\", 16)", to);
    CALL(write(from, "", 0), "write(%d, \"\", 0)", from);
    CALL(read(to, into, 0), "read(%d, \"\", 0)", to);
    CALL(write(from, (void *)probe_hide(0), 5), "write(%d, NULL, 5)", from);
    CALL(write(from, nowhere, 5), "write(%d, %p, 5)", from, (void *)nowhere);
    CALL(write(from, edge, 8), "write(%d, %p, 8)", from, (void *)edge);
    CALL(write(from, edge, 4), "write(%d, \"edge\", 4)", from);
    CALL(read(to, nowhere, 4), "read(%d, %p, 4)", to, (void *)nowhere);
    CALL(read(to, edge, 4), "read(%d, \"edge\", 4)", to);
    CALL(write(from, nowhere, probe_hide(SIZE_MAX)), "write(%d, %p, %zu)", from, (void *)nowhere, SIZE_MAX);
    CALL(write(-1, "x", 1), "write(-1, \"x\", 1)");
    CALL(read(-1, into, 1), "read(-1, %p, 1)", (void *)into);
}

static void vectors(int from, int to)
{
    char one[4], two[8];
    struct iovec out[] = {{(char *)"head", 4}, {(char *)"tail\n", 5}}, in[] = {{one, 4}, {two, 8}};
    struct iovec *nowhere = probe_nowhere(), *edge = (struct iovec *)probe_edge(sizeof out);

    memcpy(edge, out, sizeof out);
    CALL(writev(from, out, 2),
         "writev(%d, [{iov_base=\"head\", iov_len=4}, {iov_base=\"tail\\n\", iov_len=5}], 2)", from);
    CALL(readv(to, in, 2),
         "readv(%d, [{iov_base=\"head\", iov_len=4}, {iov_base=\"tail\\n\", iov_len=8}], 2)", to);
    CALL(writev(from, out, 1), "writev(%d, [{iov_base=\"head\", iov_len=4}], 1)", from);
    in[0].iov_len = 2;
    CALL(readv(to, in, 1), "readv(%d, [{iov_base=\"he\", iov_len=2}], 1)", to);
    CALL(readv(to, in, 2), "readv(%d, [{iov_base=\"ad\", iov_len=2}, {iov_base=\"\", iov_len=8}], 2)", to);
    CALL(writev(from, out, 0), "writev(%d, [], 0)", from);
    CALL(writev(from, NULL, 0), "writev(%d, NULL, 0)", from);
    CALL(writev(from, nowhere, 2), "writev(%d, %p, 2)", from, (void *)nowhere);
    CALL(writev(from, edge + 1, (int)probe_hide(SIZE_MAX)), "writev(%d, %s, %zu)", from,
         probe_endless("{iov_base=\"tail\\n\", iov_len=5}", edge + 1, sizeof *edge), SIZE_MAX);
    CALL(
        writev(from, edge, (int)probe_hide(2000)),
        "writev(%d, [{iov_base=\"head\", iov_len=4}, {iov_base=\"tail\\n\", iov_len=5}, ... /* %p */], 2000)",
        from, (void *)(edge + 2));
    CALL(writev(from, edge, 3),
         "writev(%d, [{iov_base=\"head\", iov_len=4}, {iov_base=\"tail\\n\", iov_len=5}, ... /* %p */], 3)",
         from, (void *)(edge + 2));
    CALL(readv(to, nowhere, 2), "readv(%d, %p, 2)", to, (void *)nowhere);
    CALL(writev(-1, out, 1), "writev(-1, [{iov_base=\"head\", iov_len=4}], 1)");
    CALL(readv(-1, in, 1), "readv(-1, [{iov_base=%p, iov_len=2}], 1)", (void *)one);
}

/* None of these is on a socket, so none of them is told. */
static void not_sockets(void)
{
    int pipes[2], file = open("/dev/null", O_RDWR);
    char into[4];

    probe_need(pipe(pipes) == 0 && file >= 0, "pipe");
    probe_need(write(pipes[1], "pipe", 4) == 4 && read(pipes[0], into, 4) == 4, "pipe");
    probe_need(write(file, "null", 4) == 4 && read(file, into, 4) == 0, "/dev/null");
    close(pipes[0]);
    close(pipes[1]);
    close(file);
}

/* A number that a file has had since: neither the file nor what is done to its number afterwards is of a
 * socket. */
static void reused_number(int fd)
{
    int file;

    probe_close(fd);
    file = open("/dev/null", O_WRONLY);
    probe_need(file == fd && write(file, "no event", 8) == 8 && close(file) == 0, "/dev/null");
    probe_need(write(fd, "no event", 8) < 0 && close(fd) < 0, "a closed number");
}

/* Bytes that are never in the program's memory. */
static void files(int to)
{
    char path[] = "/tmp/probe-XXXXXX";
    int file = mkstemp(path);
    off_t offset = 1, *nowhere = probe_nowhere();

    probe_need(file >= 0 && unlink(path) == 0 && write(file, "ping\n", 5) == 5, "a file");
    CALL(sendfile(to, file, &offset, 3), "sendfile(%d, %d, [1] => [4], 3)", to, file);
    CALL(sendfile(to, file, &offset, 100), "sendfile(%d, %d, [4] => [5], 100)", to, file);
    CALL(sendfile(to, file, &offset, 100), "sendfile(%d, %d, [5], 100)", to, file);
    lseek(file, 0, SEEK_SET);
    CALL(sendfile(to, file, NULL, 5), "sendfile(%d, %d, NULL, 5)", to, file);
    CALL(sendfile(to, -1, NULL, 5), "sendfile(%d, -1, NULL, 5)", to);
    CALL(sendfile(to, file, nowhere, 5), "sendfile(%d, %d, %p, 5)", to, file, (void *)nowhere);
    close(file);
}

int main(void)
{
    int pair[2];
    char byte, bytes[16];

    probe_pair(SOCK_STREAM, "SOCK_STREAM", pair);
    plain(pair[0], pair[1]);
    vectors(pair[0], pair[1]);
    not_sockets();
    files(pair[0]);
    CALL(read(pair[1], bytes, sizeof(bytes)), "read(%d, \"ing\\nping\\n\", 16)", pair[1]);
    reused_number(pair[0]);
    CALL(read(pair[1], &byte, 1), "read(%d, \"\", 1)", pair[1]);
    probe_close(pair[1]);
    return 0;
}
