/* cmd/doctor.c: sockdrill doctor: tries what tracing needs, and says what to do where it is refused. */
#include "cmd/cmd.h"

#include "engine/probe.h"
#include "run/isolate.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct option_row rows[] = {{0}};

const struct usage doctor_usage = {
    .name = "doctor",
    .what = "why tracing does or does not work on this machine",
    .synopsis = "",
    .about = "Tries what sockdrill needs of this machine, and says what to do where it is\n"
             "refused.",
    .exits = "0 everything needed is there, 3 something is not.",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
};

/* In a child: the process that isolates itself stays there. */
static void probe_network(struct probe_result *result)
{
    int status = 0;
    struct err err;
    pid_t pid;

    *result = (struct probe_result){.name = "network namespace"};
    fflush(stdout);
    pid = fork();
    if (pid == 0)
        _exit(isolate_network(&err) ? 0 : 1);
    result->ok = pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    strcpy(result->detail, result->ok ? "each run has a network of its own"
                                      : "runs share the machine's network, on a free port");
    if (!result->ok)
        strcpy(result->remedy,
               "allow user namespaces: sysctl user.max_user_namespaces and, on Debian, "
               "kernel.unprivileged_userns_clone; on Ubuntu, kernel.apparmor_restrict_unprivileged_userns=0");
}

static bool print(const struct probe_result *result)
{
    const char *mark = result->ok ? "ok" : result->needed ? "MISSING" : "limited";

    printf("%-8s %-20s %s\n", mark, result->name, result->detail);
    if (!result->ok && result->remedy[0])
        printf("%-8s %-20s -> %s\n", "", "", result->remedy);
    return result->ok || !result->needed;
}

int cmd_doctor(int argc, char **argv)
{
    struct probe_result result;
    bool healthy = true;
    int first, code;

    if (!cmd_options(&doctor_usage, NULL, argc, argv, &first, &code))
        return code;
    if (first < argc)
        return cmd_usage_error(&doctor_usage, "it takes no operands");
    for (size_t i = 0; probe_run(i, &result); i++)
        healthy = print(&result) && healthy;
    probe_network(&result);
    healthy = print(&result) && healthy;
    puts(healthy ? "\nsockdrill can work here."
                 : "\nsockdrill cannot work here until what is MISSING is there.");
    return healthy ? EXIT_HOLDS : EXIT_UNTESTED;
}
