/* engine/ifname.c: if_indextoname(3), where it is the tracee's interface that it would name. */
#include "engine/ifname.h"

#include <net/if.h>
#include <stdio.h>
#include <sys/stat.h>

_Static_assert(DECODE_IFNAME_SIZE == IF_NAMESIZE, "a name fits");

/* Each time anew: a program may enter another namespace whenever it wants. */
static bool shares_net(pid_t tid)
{
    char path[64];
    struct stat its, ours;

    snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)tid);
    return stat(path, &its) == 0 && stat("/proc/thread-self/ns/net", &ours) == 0 &&
           its.st_dev == ours.st_dev && its.st_ino == ours.st_ino;
}

bool ifname_get(void *arg, uint32_t index, char name[DECODE_IFNAME_SIZE])
{
    const struct ifname *ifname = arg;

    return ifname->tid && shares_net(ifname->tid) && if_indextoname(index, name);
}
