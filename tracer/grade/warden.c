/* grade/warden.c: the loop that reaps, counts and kills. */
#include "grade/warden.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "grade/family.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    CLEAR_MS = 5000,
    SOON_MS = 3000, /* what takes longer is ended with its worker */
};

static const uint64_t MIB = 1024 * 1024;

struct duty {
    struct ward *ward;
    enum isolate_way way;
    uint64_t until_ns;
};

const char *ward_excess_text(int excess)
{
    switch ((enum ward_excess)excess) {
    case WARD_WITHIN: break;
    case WARD_TASKS: return "it had more than 1000 processes and threads at a time, and was ended";
    case WARD_MEMORY: return "it used more than 2048 MiB of memory, and was ended";
    case WARD_OWN_MEMORY: return "what it did could not be judged within 4096 MiB of memory";
    case WARD_TIME: return "its grading did not come to an end, and was ended";
    }
    return NULL;
}

void ward_clear(const struct ward *ward)
{
    family_end(ward->root, (const pid_t[]){ward->worker, 0}, CLEAR_MS);
}

/* What is graded is not to stop those who judge it. Running ones do not notice. */
static void wake(const struct ward *ward)
{
    const pid_t pids[] = {ward->worker, ward->recorder};

    for (size_t i = 0; i < ARRAY_LEN(pids); i++)
        if (pids[i])
            kill(pids[i], SIGCONT);
}

/* What is over its limits is killed; true: and so is the worker. */
static bool keep_limits(const struct duty *duty)
{
    struct ward *ward = duty->ward;
    const pid_t keep[2] = {ward->worker, ward->recorder};
    struct family_state state;

    family_look(getpid(), keep, &state);
    if (state.of_keep[0] > WARDEN_MOST_OWN_MEMORY * MIB || state.of_keep[1] > WARDEN_MOST_OWN_MEMORY * MIB) {
        ward->excess = WARD_OWN_MEMORY;
        return true;
    }
    if (clock_mono_ns() > duty->until_ns) {
        ward->excess = WARD_TIME;
        return true;
    }
    if (state.tasks > WARDEN_MOST_TASKS || state.memory > WARDEN_MOST_MEMORY * MIB) {
        ward->excess = state.tasks > WARDEN_MOST_TASKS ? WARD_TASKS : WARD_MEMORY;
        /* All at once, or they would fork faster than they are found. */
        if (duty->way != ISOLATE_NOT)
            kill(-1, SIGSTOP);
        wake(ward);
        return family_end(getpid(), keep, SOON_MS) > 0;
    }
    return false;
}

/* Orphans of the family as well. true: the worker has ended. */
static bool reap(struct ward *ward)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        if (pid == ward->worker) {
            ward->status = status;
            ward->ended = 1;
        }
    return ward->ended;
}

static void watch(const struct duty *duty)
{
    const struct timespec pause = {.tv_nsec = WARDEN_LOOK_MS * CLOCK_NS_PER_MS};
    uint64_t looked_ns = 0;
    sigset_t awaited;

    sigemptyset(&awaited);
    sigaddset(&awaited, SIGCHLD);
    sigaddset(&awaited, SIGTERM);
    while (!reap(duty->ward)) {
        uint64_t now_ns = clock_mono_ns();

        /* Each child that ends wakes us: a storm of them is no reason to look all the time. */
        if (now_ns - looked_ns >= (uint64_t)pause.tv_nsec) {
            looked_ns = now_ns;
            wake(duty->ward);
            if (keep_limits(duty))
                break;
        }
        if (sigtimedwait(&awaited, NULL, &pause) == SIGTERM)
            break;
    }
    /* The first of a namespace reaches all others at once, and none of them can fork any more. */
    if (duty->way != ISOLATE_NOT)
        kill(-1, SIGKILL);
    else
        family_end(getpid(), (const pid_t[]){0, 0}, CLEAR_MS);
    reap(duty->ward);
}

static bool is_linux(unsigned wanted_major, unsigned wanted_minor)
{
    unsigned major = 0, minor = 0;
    struct utsname system;

    return uname(&system) == 0 && sscanf(system.release, "%u.%u", &major, &minor) == 2 &&
           (major > wanted_major || (major == wanted_major && minor >= wanted_minor));
}

/*
 * However many there are, the warden gets to run: as far as this machine lets it. Beyond what is tolerated
 * the kernel is to make no more of them. Before Linux 5.14 RLIMIT_NPROC was about all that a user has, and
 * before 6.14 pid_max about the whole machine: these are left alone.
 */
static void stand_above(enum isolate_way way)
{
    enum { TASKS_AT_ALL = WARDEN_MOST_TASKS + 200, PIDS_AT_ALL = 4 * WARDEN_MOST_TASKS };
    int fd;

    sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &(struct sched_param){.sched_priority = 1});
    if (way == ISOLATE_AS_USER && is_linux(5, 14))
        setrlimit(RLIMIT_NPROC, &(struct rlimit){TASKS_AT_ALL, TASKS_AT_ALL});
    if (way != ISOLATE_NOT && is_linux(6, 14) &&
        (fd = open("/proc/sys/kernel/pid_max", O_WRONLY | O_CLOEXEC)) >= 0) {
        dprintf(fd, "%d\n", PIDS_AT_ALL);
        close(fd);
    }
}

static void default_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
        signal(signals[i], SIG_DFL);
}

static _Noreturn void warden_main(const struct duty *duty, int fd,
                                  void (*work)(void *arg, int fd, struct ward *ward), void *arg, pid_t parent)
{
    sigset_t blocked, before;
    pid_t worker;

    /* The terminal's Ctrl-C is for our parent, which tells us. */
    setpgid(0, 0);
    default_signals();
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    if (parent && getppid() != parent) /* it has died already */
        _exit(1);
    duty->ward->root = getpid();
    stand_above(duty->way);
    worker = fork();
    if (worker == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        sigprocmask(SIG_SETMASK, &before, NULL);
        duty->ward->worker = getpid();
        work(arg, fd, duty->ward);
        _exit(0);
    }
    close(fd);
    if (worker < 0)
        _exit(1);
    duty->ward->worker = worker;
    watch(duty);
    _exit(0);
}

bool warden_start(struct warden *warden, enum isolate_way way, uint64_t most_ms,
                  void (*work)(void *arg, int fd, struct ward *ward), void *arg, struct err *err)
{
    struct duty duty = {.way = way, .until_ns = clock_mono_ns() + most_ms * CLOCK_NS_PER_MS};
    /* A parent outside of the namespace has no pid in it. */
    pid_t parent = way == ISOLATE_NOT ? getpid() : 0;
    int fds[2] = {-1, -1};

    *warden = (struct warden){.fd = -1};
    duty.ward = mmap(NULL, sizeof(*duty.ward), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (duty.ward != MAP_FAILED && pipe2(fds, O_CLOEXEC) == 0)
        warden->pid = isolate_fork(way);
    else
        warden->pid = -1;
    if (warden->pid == 0) {
        close(fds[0]);
        warden_main(&duty, fds[1], work, arg, parent);
    }
    if (warden->pid < 0) {
        err_sys(err, errno, "cannot start a worker");
        if (fds[0] >= 0)
            close(fds[0]);
        if (duty.ward != MAP_FAILED)
            munmap(duty.ward, sizeof(*duty.ward));
        warden->pid = 0;
    } else {
        warden->fd = fds[0];
        warden->ward = duty.ward;
    }
    if (fds[1] >= 0)
        close(fds[1]);
    return warden->pid != 0;
}

void warden_stop(const struct warden *warden)
{
    kill(warden->pid, SIGTERM);
}

void warden_finish(struct warden *warden, struct ward *ward)
{
    while (waitpid(warden->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    close(warden->fd);
    *ward = *warden->ward;
    munmap(warden->ward, sizeof(*warden->ward));
    *warden = (struct warden){.fd = -1};
}
