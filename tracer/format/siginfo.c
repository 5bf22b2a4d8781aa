/* format/siginfo.c: a table of signal, code and name. */
#include "format/siginfo.h"

#include "base/alloc.h"

#include <signal.h>
#include <string.h>

enum { ANY_SIGNAL = 0 };

#define CODE(signo, code)                                                                                    \
    {                                                                                                        \
        signo, code, #code                                                                                   \
    }

static const struct {
    int signo, code;
    const char *name;
} codes[] = {
    CODE(ANY_SIGNAL, SI_USER),  CODE(ANY_SIGNAL, SI_KERNEL),  CODE(ANY_SIGNAL, SI_QUEUE),
    CODE(ANY_SIGNAL, SI_TIMER), CODE(ANY_SIGNAL, SI_MESGQ),   CODE(ANY_SIGNAL, SI_ASYNCIO),
    CODE(ANY_SIGNAL, SI_SIGIO), CODE(ANY_SIGNAL, SI_TKILL),   CODE(SIGCHLD, CLD_EXITED),
    CODE(SIGCHLD, CLD_KILLED),  CODE(SIGCHLD, CLD_DUMPED),    CODE(SIGCHLD, CLD_TRAPPED),
    CODE(SIGCHLD, CLD_STOPPED), CODE(SIGCHLD, CLD_CONTINUED), CODE(SIGSEGV, SEGV_MAPERR),
    CODE(SIGSEGV, SEGV_ACCERR), CODE(SIGBUS, BUS_ADRALN),     CODE(SIGBUS, BUS_ADRERR),
    CODE(SIGBUS, BUS_OBJERR),   CODE(SIGILL, ILL_ILLOPC),     CODE(SIGILL, ILL_ILLOPN),
    CODE(SIGILL, ILL_ILLADR),   CODE(SIGILL, ILL_ILLTRP),     CODE(SIGILL, ILL_PRVOPC),
    CODE(SIGFPE, FPE_INTDIV),   CODE(SIGFPE, FPE_INTOVF),     CODE(SIGFPE, FPE_FLTDIV),
    CODE(SIGFPE, FPE_FLTINV),   CODE(SIGTRAP, TRAP_BRKPT),    CODE(SIGTRAP, TRAP_TRACE),
    CODE(SIGPOLL, POLL_IN),     CODE(SIGPOLL, POLL_OUT),      CODE(SIGPOLL, POLL_MSG),
    CODE(SIGPOLL, POLL_ERR),    CODE(SIGPOLL, POLL_PRI),      CODE(SIGPOLL, POLL_HUP),
    {SIGSYS, 1, "SYS_SECCOMP"},
};

const char *siginfo_code_name(int signo, int code)
{
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if (codes[i].code == code && (codes[i].signo == ANY_SIGNAL || codes[i].signo == signo))
            return codes[i].name;
    return NULL;
}

int siginfo_code_find(int signo, const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if ((codes[i].signo == ANY_SIGNAL || codes[i].signo == signo) && strcmp(codes[i].name, name) == 0)
            return codes[i].code;
    return 0;
}
