/* rules/rules.c: the table of rules, and running them over a trace. */
#include "rules/rules.h"

#include "rules/proof.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#define CALL(canon) (UINT64_C(1) << (canon))
#define CALLS_DATA  (CALL(CANON_SEND) | CALL(CANON_RECV) | CALL(CANON_SENDTO) | CALL(CANON_RECVFROM))
#define CALLS_ON_SOCKET                                                                                      \
    (CALLS_DATA | CALL(CANON_BIND) | CALL(CANON_LISTEN) | CALL(CANON_ACCEPT) | CALL(CANON_CONNECT) |         \
     CALL(CANON_SHUTDOWN) | CALL(CANON_SETSOCKOPT) | CALL(CANON_GETSOCKOPT) | CALL(CANON_GETSOCKNAME) |      \
     CALL(CANON_GETPEERNAME))

enum { ANY = -1 };

struct rule {
    const char *code, *title;
    enum confidence confidence;
    enum event_kind kind;
    uint64_t calls;                              /* of EVENT_CALL */
    int err;                                     /* an errno, 0: success, ANY */
    bool (*may_hold)(const struct event *event); /* by the event alone, for the watch; NULL: by kind, call and
                                                    errno */
    bool (*holds)(struct proof *proof);
    const char *why, *cure, *man;
};

static bool may_be_unconnected(const struct event *event)
{
    return event->err == ENOTCONN || event->err == EPIPE;
}

static bool may_be_sigpipe(const struct event *event)
{
    int64_t signo;

    return value_number(event_arg(event, "signal"), &signo) && signo == SIGPIPE;
}

/* The other events that it takes are watched for: a connect that was refused, a port that was told. */
static bool may_not(const struct event *event)
{
    (void)event;
    return false;
}

/* Rows of one code stand together. */
static const struct rule rules[] = {
    {"SD005", "failure not noticed", FINDING_PROVED, EVENT_CALL, CALLS_ON_SOCKET, EBADF, NULL,
     proof_result_unchecked,
     "A call that fails returns -1, and -1 is no descriptor, so every call on it fails with EBADF",
     "Test the result before it is used, and report errno with perror: the first failure is the one to mend",
     "errno(3)"},
    {"SD005", "failure not noticed", FINDING_PROVED, EVENT_CALL, CALLS_DATA, ANY, may_be_unconnected,
     proof_data_after_failed_connect,
     "A connect that fails leaves the socket unconnected: there is nobody to send to or to receive from",
     "Test the result of connect, and stop (or try again on a new socket) where it is -1", "connect(2)"},
    {"SD006", "socket(…) < 0 without parentheses", FINDING_PROVED, EVENT_CALL,
     CALL(CANON_BIND) | CALL(CANON_LISTEN) | CALL(CANON_CONNECT), ENOTSOCK, NULL, proof_precedence,
     "In `s = socket(…) < 0` the comparison is done first, and s becomes its outcome, 0 or 1, not the "
     "descriptor",
     "Put the assignment in parentheses: `(s = socket(…)) < 0`", "socket(2)"},
    {"SD007", "port without htons", FINDING_PROVED, EVENT_CALL,
     CALL(CANON_BIND) | CALL(CANON_CONNECT) | CALL(CANON_SENDTO), ANY, may_not, proof_port_swapped,
     "sin_port is read in network byte order, the high byte first; this machine stores the low byte first",
     "Convert the number when it is stored: `addr.sin_port = htons(port)`", "htons(3)"},
    {"SD019", "data call on the listening socket", FINDING_PROVED, EVENT_CALL, CALLS_DATA, ANY,
     may_be_unconnected, proof_data_on_listener,
     "A listening socket carries no data; each connection has a socket of its own, the one that accept "
     "returns",
     "Use the descriptor that accept returned for recv and send", "accept(2)"},
    {"SD020", "bind after listen", FINDING_PROVED, EVENT_CALL, CALL(CANON_BIND), EINVAL, NULL,
     proof_bind_after_listen,
     "listen on a socket without an address gives it a port that the kernel picks, and a bound socket can't "
     "be bound again",
     "Call bind first, then listen", "bind(2)"},
    {"SD021", "accept without listen", FINDING_PROVED, EVENT_CALL, CALL(CANON_ACCEPT), EINVAL, NULL,
     proof_accept_without_listen,
     "Only a listening socket has a queue of incoming connections from which accept can take one",
     "Call listen after bind and before accept, and test its result", "listen(2)"},
    {"SD022", "listen without bind", FINDING_LIKELY, EVENT_CALL, CALL(CANON_LISTEN), 0, may_not,
     proof_listen_without_bind,
     "listen on a socket without an address gives it a port that the kernel picks, which no client knows",
     "Call bind with the address and port that the clients use, before listen", "listen(2)"},
    {"SD023", "client started before the server listened", FINDING_PROVED, EVENT_CALL, CALL(CANON_CONNECT),
     ECONNREFUSED, NULL, proof_connect_before_listen,
     "The kernel refuses a connection at once where no socket listens on the port: it doesn't wait for one "
     "to come",
     "Start the server first, or let the client close the socket and try again a little later on a new one",
     "connect(2)"},
    {"SD026", "killed by SIGPIPE", FINDING_PROVED, EVENT_EXIT, 0, ANY, may_be_sigpipe,
     proof_killed_by_sigpipe,
     "Sending on a connection that can't carry data any more raises SIGPIPE, whose default action ends the "
     "process",
     "Send with MSG_NOSIGNAL, or ignore SIGPIPE with signal(SIGPIPE, SIG_IGN), and handle EPIPE", "send(2)"},
    {"SD032", "closed twice", FINDING_LIKELY, EVENT_CALL, CALL(CANON_CLOSE), EBADF, NULL, proof_closed_twice,
     "After the first close the number is free, and the kernel may give it to the next socket or file",
     "Close each descriptor at one place, and set the variable to -1 after it", "close(2)"},
    {"SD045", "listen or accept on a datagram socket", FINDING_PROVED, EVENT_CALL,
     CALL(CANON_LISTEN) | CALL(CANON_ACCEPT), EOPNOTSUPP, NULL, proof_not_for_datagrams,
     "Datagram sockets have no connections to wait for: each datagram stands for itself",
     "Call recvfrom right after bind; or make the socket with SOCK_STREAM where connections are wanted",
     "udp(7)"},
};

static bool applies(const struct rule *rule, const struct event *event)
{
    if (event->kind != rule->kind)
        return false;
    if (event->kind != EVENT_CALL)
        return true;
    /* What was injected is no mistake of the program's. */
    return (rule->calls & CALL(event->canon)) && !event->unfinished && !event_is_skipped(event) &&
           (rule->err == ANY || event->err == rule->err);
}

/* A loop that makes a mistake again and again makes one mistake. */
static bool is_known(const struct findings *findings, const struct rule *rule, const struct event *event)
{
    vec_each (struct finding, it, &findings->list)
        if (strcmp(it->code, rule->code) == 0 && it->event->sock == event->sock &&
            strcmp(it->event->role, event->role) == 0)
            return true;
    return false;
}

static void look(const struct rule *rule, struct proof *proof, struct findings *out)
{
    if (!applies(rule, proof->event) || is_known(out, rule, proof->event) || !rule->holds(proof))
        return;
    vec_push(&out->list, (struct finding){
                             .code = rule->code,
                             .title = rule->title,
                             .confidence = rule->confidence,
                             .event = proof->event,
                             .what = proof->what,
                             .why = rule->why,
                             .cure = rule->cure,
                             .man = rule->man,
                         });
}

void rules_run(const struct rules_input *in, struct arena *arena, struct findings *out)
{
    struct starts starts = {0};

    vec_each (struct event *, it, &in->trace->events)
        if ((*it)->kind == EVENT_START)
            vec_push(&starts.list, *it);
    for (size_t at = 0; at < in->trace->events.len; at++)
        for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
            struct proof proof = {
                .in = in, .starts = &starts, .event = in->trace->events.items[at], .at = at, .arena = arena};

            look(&rules[i], &proof, out);
        }
    vec_release(&starts.list);
}

bool proof_may_hold(const struct event *event, bool *port)
{
    bool may = false;

    *port = false;
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        if (!applies(&rules[i], event))
            continue;
        *port = *port || rules[i].holds == proof_port_swapped;
        may = may || !rules[i].may_hold || rules[i].may_hold(event);
    }
    return may;
}

const char *rules_code_at(size_t i, const char **title)
{
    for (size_t row = 0; row < ARRAY_LEN(rules); row++) {
        if (row && strcmp(rules[row].code, rules[row - 1].code) == 0)
            continue;
        if (i-- == 0) {
            *title = rules[row].title;
            return rules[row].code;
        }
    }
    return NULL;
}
