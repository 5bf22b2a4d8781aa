/* tests/live/own_filter.c: a program with a seccomp filter of its own, whose ERRNO outranks the tracer's
 * TRACE. */
#include "probe.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#define ANSWER(call, error)                                                                                  \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))

static void tell(const char *what, long result)
{
    printf("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "done");
}

int main(void)
{
    struct sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
        ANSWER(SYS_listen, EACCES),
        ANSWER(SYS_shutdown, ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {sizeof program / sizeof program[0], program};
    int fd, pair[2];

    probe_need(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
    probe_need(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0, "seccomp");
    fd = socket(AF_INET, SOCK_STREAM, 0);
    tell("socket", fd);
    tell("listen", listen(fd, 5));
    tell("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    tell("send", send(pair[0], "x", 1, 0));
    tell("shutdown", shutdown(pair[0], SHUT_WR));
    tell("close", close(pair[0]));
    return 0;
}
