/* format/siginfo.h: the names of si_code. */
#ifndef FORMAT_SIGINFO_H
#define FORMAT_SIGINFO_H

/* "SI_USER", "CLD_EXITED" (sigaction(2)): codes above 0 mean something else for each signal. NULL: no name.
 */
const char *siginfo_code_name(int signo, int code);

/* The other way; 0 (SI_USER) where there is no such name. */
int siginfo_code_find(int signo, const char *name);

#endif
