/* tests/live/surroundings.c: what a program finds around it must not betray that it is traced. */
#include "probe.h"

#include <dirent.h>
#include <sched.h>
#include <sys/resource.h>

/* Of /proc/self/status, what is inherited by a start. */
static void status_lines(void)
{
    static const char *const names[] = {
        "SigBlk:", "SigIgn:", "SigCgt:", "SigPnd:", "Umask:", "Groups:", "CapEff:"};
    FILE *status = fopen("/proc/self/status", "re");
    char line[512];

    probe_need(status != NULL, "/proc/self/status");
    while (fgets(line, sizeof line, status))
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            if (strncmp(line, names[i], strlen(names[i])) == 0)
                fputs(line, stdout);
    fclose(status);
}

static void descriptors(void)
{
    DIR *dir = opendir("/proc/self/fd");
    struct dirent *entry;

    probe_need(dir != NULL, "/proc/self/fd");
    while ((entry = readdir(dir)))
        if (entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(dir))
            printf("descriptor %s\n", entry->d_name);
    closedir(dir);
}

int main(void)
{
    cpu_set_t cpus;
    struct rlimit files;
    extern char **environ;
    size_t variables = 0;

    probe_need(sched_getaffinity(0, sizeof cpus, &cpus) == 0, "sched_getaffinity");
    printf("%d CPUs allowed, %ld online\n", CPU_COUNT(&cpus), sysconf(_SC_NPROCESSORS_ONLN));
    probe_need(getrlimit(RLIMIT_NOFILE, &files) == 0, "getrlimit");
    printf("%lu files, at most %lu\n", (unsigned long)files.rlim_cur, (unsigned long)files.rlim_max);
    while (environ[variables])
        variables++;
    printf("%zu variables, nice %d, scheduler %d\n", variables, getpriority(PRIO_PROCESS, 0),
           sched_getscheduler(0));
    status_lines();
    descriptors();
    return 0;
}
