/* grade/family.c: descendants, as /proc tells them. */
#include "grade/family.h"

#include "base/clock.h"
#include "base/intmap.h"
#include "base/vec.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct member {
    pid_t pid, parent;
    bool is_dead; /* a zombie: it waits to be reaped; where threads are left, it is none yet */
    enum { UNKNOWN, DESCENDANT, STRANGER } kin;
    size_t threads;
    uint64_t memory;
};

struct members {
    VEC(struct member) list;
    struct intmap by_pid; /* place in the list + 1 */
};

/* proc(5): "pid (comm) state ppid …"; a comm may hold anything, also ") ". */
static bool read_member(const char *name, struct member *member)
{
    char path[64], text[1024];
    long threads = 0, pages = 0;
    const char *at;
    char state = 0;
    int fd, parent;
    ssize_t len;

    snprintf(path, sizeof(path), "/proc/%.20s/stat", name);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    len = read(fd, text, sizeof(text) - 1);
    close(fd);
    if (len <= 0)
        return false;
    text[len] = '\0';
    at = strrchr(text, ')');
    if (!at ||
        sscanf(at, ") %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %ld %*d %*u %*u %ld",
               &state, &parent, &threads, &pages) != 4)
        return false;
    *member = (struct member){.pid = atoi(name),
                              .parent = parent,
                              .is_dead = (state == 'Z' && threads <= 1) || state == 'X',
                              .threads = (size_t)threads,
                              .memory = (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE)};
    return true;
}

static struct member *find(const struct members *members, pid_t pid)
{
    void *place = intmap_get(&members->by_pid, (uint64_t)pid);

    return place ? &members->list.items[(uintptr_t)place - 1] : NULL;
}

/* Up to the root, or to where there is no way on. Pids can be used again while /proc is read: no loops. */
static void tell_kin(struct members *members, struct member *member, pid_t root)
{
    struct member *at = member;
    int kin = UNKNOWN;

    for (size_t steps = 0; kin == UNKNOWN && steps <= members->list.len; steps++) {
        if (at->parent == root)
            kin = DESCENDANT;
        else if (!(at = find(members, at->parent)))
            kin = STRANGER;
        else if (at->kin != UNKNOWN)
            kin = at->kin;
    }
    for (at = member; kin != UNKNOWN && at && at->kin == UNKNOWN; at = find(members, at->parent))
        at->kin = kin;
}

static void read_members(struct members *members, pid_t root)
{
    DIR *dir = opendir("/proc");
    struct dirent *entry;
    struct member member;

    while (dir && (entry = readdir(dir)))
        if (isdigit((unsigned char)entry->d_name[0]) && read_member(entry->d_name, &member) &&
            member.pid != root) {
            vec_push(&members->list, member);
            intmap_set(&members->by_pid, (uint64_t)member.pid, (void *)(uintptr_t)members->list.len);
        }
    if (dir)
        closedir(dir);
    vec_each (struct member, it, &members->list)
        tell_kin(members, it, root);
}

static void release_members(struct members *members)
{
    vec_release(&members->list);
    intmap_release(&members->by_pid);
}

void family_look(pid_t root, const pid_t keep[2], struct family_state *state)
{
    struct members members = {0};

    *state = (struct family_state){0};
    read_members(&members, root);
    vec_each (struct member, it, &members.list) {
        if (it->kin != DESCENDANT || it->is_dead)
            continue;
        if (it->pid == keep[0] || it->pid == keep[1]) {
            state->of_keep[it->pid != keep[0]] = it->memory;
        } else {
            state->tasks += it->threads;
            state->memory += it->memory;
        }
    }
    release_members(&members);
}

/* How many there were to kill. */
static size_t kill_all(pid_t root, const pid_t keep[2])
{
    struct members members = {0};
    size_t n = 0;

    read_members(&members, root);
    vec_each (struct member, it, &members.list)
        if (it->kin == DESCENDANT && !it->is_dead && it->pid != keep[0] && it->pid != keep[1]) {
            kill(it->pid, SIGKILL);
            n++;
        }
    release_members(&members);
    return n;
}

size_t family_end(pid_t root, const pid_t keep[2], unsigned most_ms)
{
    const uint64_t end_ns = clock_mono_ns() + most_ms * (uint64_t)CLOCK_NS_PER_MS;
    const struct timespec pause = {.tv_nsec = CLOCK_NS_PER_MS};
    size_t left;

    while ((left = kill_all(root, keep)) && clock_mono_ns() < end_ns)
        nanosleep(&pause, NULL);
    return left;
}
