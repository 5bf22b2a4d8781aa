/* tests/live/clones.c: clone and clone3 with CLONE_UNTRACED, and children that share the table of
 * descriptors. */
#include "probe.h"

#include <linux/sched.h>
#include <signal.h>
#include <sys/wait.h>

static long clone_old(unsigned long flags)
{
    return syscall(SYS_clone, flags | SIGCHLD, NULL, NULL, NULL, NULL);
}

static long clone_new(unsigned long flags)
{
    struct clone_args args = {.flags = flags, .exit_signal = SIGCHLD};

    return syscall(SYS_clone3, &args, sizeof args);
}

/* The child makes a socketpair, tells its numbers through `pipe`, and the parent tries them. */
static void try(const char *name, long (*make)(unsigned long), unsigned long flags)
{
    int channel[2], pair[2] = {-1, -1}, status = 0;
    long pid;

    fflush(stdout);
    probe_need(pipe(channel) == 0, "pipe");
    pid = make(flags);
    if (pid == 0) {
        int made = socketpair(AF_UNIX, SOCK_STREAM, 0, pair);

        _exit(made == -1 || write(channel[1], pair, sizeof pair) != sizeof pair ? 1 : 0);
    }
    probe_need(pid > 0 && waitpid((pid_t)pid, &status, 0) == pid, name);
    if (status == 0)
        probe_need(read(channel[0], pair, sizeof pair) == sizeof pair, "read");
    printf("%s: child ended with %d, parent's send: %s\n", name, WEXITSTATUS(status),
           send(pair[0], "x", 1, MSG_NOSIGNAL) == 1 ? "sent" : strerrorname_np(errno));
    close(pair[0]);
    close(pair[1]);
    close(channel[0]);
    close(channel[1]);
}

int main(void)
{
    try("clone", clone_old, 0);
    try("clone, untraced", clone_old, CLONE_UNTRACED);
    try("clone, shared files", clone_old, CLONE_FILES);
    try("clone, untraced, shared files", clone_old, CLONE_UNTRACED | CLONE_FILES);
    try("clone3", clone_new, 0);
    try("clone3, untraced", clone_new, CLONE_UNTRACED);
    try("clone3, untraced, shared files", clone_new, CLONE_UNTRACED | CLONE_FILES);
    return 0;
}
