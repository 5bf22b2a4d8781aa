/* tests/live/deny.c: runs a command where some system calls fail with EPERM: deny CALL[,CALL…] COMMAND [ARG…]
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: deny CALL[,CALL...] COMMAND [ARG...]\n");
        return 2;
    }
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return 2;
    for (char *call = strtok(argv[1], ","); call; call = strtok(NULL, ",")) {
        int number = seccomp_syscall_resolve_name(call);
        if (number == __NR_SCMP_ERROR || seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0) != 0) {
            fprintf(stderr, "deny: no system call %s\n", call);
            return 2;
        }
    }
    int failed = seccomp_load(filter);
    seccomp_release(filter);
    if (failed != 0) {
        fprintf(stderr, "deny: cannot load the filter: %s\n", strerror(-failed));
        return 2;
    }
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    return 127;
}
