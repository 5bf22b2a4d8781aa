/* tests/live/rights.c: a socket goes from parent to child in a message; both then mean the same one by other
 * numbers. */
#include "probe.h"

#include <sys/wait.h>

union control {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
};

static void give(int channel, int fd)
{
    union control control = {0};
    struct iovec iov = {(char *)"g", 1};
    struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.bytes};

    msg.msg_controllen = sizeof control.bytes;
    control.align =
        (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(&control.align), &fd, sizeof fd);
    probe_need(sendmsg(channel, &msg, 0) == 1, "sendmsg");
}

static int take(int channel)
{
    union control control = {0};
    char byte;
    struct iovec iov = {&byte, 1};
    struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.bytes};
    int fd = -1;

    msg.msg_controllen = sizeof control.bytes;
    probe_need(recvmsg(channel, &msg, 0) == 1, "recvmsg");
    memcpy(&fd, CMSG_DATA(&control.align), sizeof fd);
    return fd;
}

int main(void)
{
    int channel[2], pair[2], status = 0;
    char text[16] = "";
    pid_t pid;

    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, channel) == 0, "socketpair");
    pid = fork();
    if (pid == 0) {
        int fd;

        close(channel[0]);
        fd = take(channel[1]);
        _exit(send(fd, "through", 7, 0) == 7 ? 0 : 1);
    }
    close(channel[1]);
    probe_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
    give(channel[0], pair[1]);
    close(pair[1]);
    probe_need(recv(pair[0], text, 7, 0) == 7, "recv");
    probe_need(waitpid(pid, &status, 0) == pid, "waitpid");
    printf("%s, child ended with %d\n", text, WEXITSTATUS(status));
    printf("then the end of the stream: %s\n", recv(pair[0], text, 1, 0) == 0 ? "yes" : "no");
    return 0;
}
