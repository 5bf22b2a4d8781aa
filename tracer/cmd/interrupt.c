/* cmd/interrupt.c: SIGINT, SIGTERM, SIGHUP. */
#include "cmd/cmd.h"

#include "engine/engine.h"

#include <unistd.h>

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

static volatile sig_atomic_t caught, passed_to[INTERRUPT_MOST]; /* 0: a free place */

static void on_signal(int sig)
{
    caught = sig;
    engine_wake();
    for (size_t i = 0; i < INTERRUPT_MOST; i++)
        if (passed_to[i])
            kill(passed_to[i], sig);
}

static void replace(pid_t from, pid_t to)
{
    for (size_t i = 0; i < INTERRUPT_MOST; i++)
        if (passed_to[i] == from) {
            passed_to[i] = to;
            return;
        }
}

void interrupt_pass_on(pid_t pid, bool wanted)
{
    replace(wanted ? 0 : pid, wanted ? pid : 0);
    /* One that came while the process began has not reached it. */
    if (wanted && caught)
        kill(pid, caught);
}

void interrupt_pass_on_nothing(void)
{
    for (size_t i = 0; i < INTERRUPT_MOST; i++)
        passed_to[i] = 0;
}

void interrupt_catch(void)
{
    struct sigaction act = {.sa_handler = on_signal, .sa_flags = SA_RESTART}, old;

    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        /* What the caller chose to ignore (nohup) stays ignored. */
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(signals[i], &act, NULL);
    }
}

int interrupt_signal(void)
{
    return caught;
}

_Noreturn void interrupt_die(int sig)
{
    sigset_t set;

    fflush(NULL);
    signal(sig, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, sig);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    kill(getpid(), sig);
    _exit(128 + sig); /* a signal whose default is to do nothing */
}
