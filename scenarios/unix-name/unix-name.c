/* unix-name/unix-name.c: binds a name, closes the socket, and wants to bind the name again. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* The call that has just returned `result` must have failed, with `wanted`. */
static void expect_error(const char *what, int result, int wanted)
{
    if (result != -1) {
        fprintf(stderr, "%s succeeded\n", what);
        exit(1);
    }
    if (errno != wanted)
        die(what);
    printf("%s: %s\n", what, strerror(wanted));
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH\n", argv[0]);
        return 2;
    }
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    if (strlen(argv[1]) >= sizeof name.sun_path) {
        fprintf(stderr, "the path is too long\n");
        return 2;
    }
    strcpy(name.sun_path, argv[1]);
    const struct sockaddr *address = (struct sockaddr *)&name;

    int old = socket(AF_UNIX, SOCK_STREAM, 0);
    if (old == -1)
        die("socket");
    expect_error("connect before bind", connect(old, address, sizeof name), ENOENT);
    if (bind(old, address, sizeof name) == -1)
        die("bind");
    expect_error("connect without listen", connect(old, address, sizeof name), ECONNREFUSED);
    if (close(old) == -1)
        die("close");

    int new = socket(AF_UNIX, SOCK_STREAM, 0);
    if (new == -1)
        die("socket");
    int on = 1;
    if (setsockopt(new, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt");
    expect_error("bind again", bind(new, address, sizeof name), EADDRINUSE);
    if (unlink(name.sun_path) == -1)
        die("unlink");
    if (bind(new, address, sizeof name) == -1)
        die("bind");
    if (listen(new, 4) == -1)
        die("listen");

    if (close(new) == -1)
        die("close");
    if (unlink(name.sun_path) == -1)
        die("unlink");
    return 0;
}
