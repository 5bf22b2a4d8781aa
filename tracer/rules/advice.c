/* rules/advice.c: one sentence of cause and one of cure for a step that went wrong. */
#include "rules/rules.h"

#include "base/bug.h"
#include "explain/meaning.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What became of a step, or what an event is that no step wanted. */
enum fate {
    MISSING,     /* the call was not made */
    EOF_MISSING, /* the recv that sees the end of stream was not made */
    EXTRA,       /* a call that nobody asked for, and that succeeded… */
    WENT_ON,     /* … although the call before it on its socket had failed */
    MOVED,       /* made, but at another place in the order */
    ELSEWHERE,   /* made on another socket */
    FLAGS,       /* made with other flags */
    OTHER_CALL,  /* made by another system call than the line names */
    ARGUMENT,    /* made with another argument */
    SWAPPED,     /* made with a port whose bytes are swapped */
    RESULT,      /* succeeded with another result */
    EOF_EARLY,   /* a recv that returned 0 where data was due */
    FAILED,      /* explain/errors.txt says why, of errors that it has */
    HANGS,       /* never returned */
};

/*
 * CANON_NONE: any call; errnum 0: any errno. The first row that fits counts, so the general ones stand last.
 * Slots: {call} {expected} {seen} {what} {errno}, {before}: a call that had failed, with {errno}.
 */
struct row {
    enum canon canon;
    enum fate fate;
    int errnum;
    const char *cause, *cure;
};

static const struct row rows[] = {
    {CANON_SOCKET, MISSING, 0, "Every other call needs a descriptor that socket returned",
     "Call socket first, and keep its result"},
    {CANON_SOCKET, ARGUMENT, 0, "The family and the type decide which protocol the socket speaks",
     "Make the socket with {expected}: the program asked for {seen}"},
    {CANON_SOCKET, EXTRA, 0, "The program made a socket that the pattern has no use for",
     "Make one socket and keep it; look for a second call to socket, or a loop around it"},

    {CANON_BIND, MISSING, 0,
     "Without bind nobody knows where to find the socket: the kernel picks a port, or gives no name at all",
     "Call bind with the address after socket, and test its result"},
    {CANON_BIND, MOVED, 0,
     "listen and connect give an unbound socket an address of its own, so bind must come before them",
     "Call bind right after socket"},
    {CANON_BIND, SWAPPED, 0,
     "sin_port is read in network byte order: {expected} stored as it is means {seen} to the kernel",
     "Convert the port when it is stored: addr.sin_port = htons({expected})"},
    {CANON_BIND, ARGUMENT, 0, "The socket is bound to another {what} than the one at which the clients look",
     "Bind to the {what} {expected} in place of {seen}"},

    {CANON_LISTEN, MISSING, 0,
     "Only listen opens the port: until then connections to it are refused, and accept answers EINVAL",
     "Call listen on the program's socket after bind and before accept, and test its result"},
    {CANON_LISTEN, MOVED, 0,
     "The port is closed to clients until listen is called, and accept needs the queue that it makes",
     "Call listen after bind and before accept"},
    {CANON_LISTEN, ARGUMENT, 0, "The backlog is how many connections may wait to be accepted",
     "Call listen with {expected} in place of {seen}"},
    {CANON_LISTEN, EXTRA, 0, "One listen is enough for all connections", "Call listen once, before the loop"},

    {CANON_ACCEPT, MISSING, 0,
     "Connections stay in the listen queue until accept takes them; only its result is a socket to talk "
     "through",
     "Call accept on the listening socket, and use the descriptor that it returns"},
    {CANON_ACCEPT, HANGS, 0, "accept waits until a client connects, and none did",
     "See why the client did not connect to this address and port"},
    {CANON_ACCEPT, EXTRA, 0, "The program went on to accept where the pattern has it do something else",
     "Do what the connection needs before the next accept"},

    {CANON_CONNECT, MISSING, 0, "Without connect the socket has nobody at its other end",
     "Call connect with the server's address and port after socket, and test its result"},
    {CANON_CONNECT, SWAPPED, 0,
     "sin_port is read in network byte order: {expected} stored as it is means {seen} to the kernel",
     "Convert the port when it is stored: addr.sin_port = htons({expected})"},
    {CANON_CONNECT, ARGUMENT, 0,
     "The program connects to another {what} than the one at which the server listens",
     "Connect to the {what} {expected} in place of {seen}"},
    {CANON_CONNECT, HANGS, 0, "connect waits for the server's answer, and none came",
     "Let the server accept: its queue is full, or its packets are dropped"},

    {CANON_SEND, MISSING, 0,
     "The other end waits for these bytes, and a stream carries nothing that was not sent",
     "Call send with all of them, in a loop where it takes fewer than it was given"},
    {CANON_SEND, ARGUMENT, 0,
     "The bytes on the wire differ from those of the pattern: {expected} was to be sent, {seen} was",
     "Send exactly the bytes that belong to the message: look at the pointer and the length"},
    {CANON_SEND, HANGS, 0, "send waits until the other end takes bytes out of a full buffer, and it does not",
     "Let the other end receive while this one sends"},
    {CANON_SEND, EXTRA, 0, "The program sent more than the pattern has it send",
     "Send only what was received (the number that recv returned), and only once"},

    {CANON_RECV, EOF_MISSING, 0,
     "A recv that returns 0 is how the program learns that the other end will send no more",
     "Call recv again until it returns 0, and only then go on"},
    {CANON_RECV, MISSING, 0, "Bytes that were sent stay in the kernel's buffer until recv takes them",
     "Call recv, in a loop until the whole message is there: one call may return a part of it"},
    {CANON_RECV, ARGUMENT, 0,
     "The bytes received differ from those of the pattern: {expected} was to come, {seen} came",
     "Look at what the other end sent, and use only as many bytes as recv returned"},
    {CANON_RECV, EOF_EARLY, 0,
     "recv returned 0, the end of the stream, where {expected} was to come: the other end had ended its half "
     "already",
     "Look at what the other end did: it closed, shut down or ended before it had sent all"},
    {CANON_RECV, MOVED, 0, "The program received at another place than the pattern has it",
     "Call recv before what stands below it in the pattern, and after what stands above"},
    {CANON_RECV, RESULT, 0,
     "recv returns how many bytes came, and 0 only when the other end has shut down its half",
     "The pattern wants {expected} here: look at what the other end did before"},
    {CANON_RECV, HANGS, 0,
     "recv waits for bytes or for the end of stream, and the other end neither sends nor shuts down its half",
     "See what the other end waits for; whoever has sent everything calls shutdown(fd, SHUT_WR) or close"},
    {CANON_RECV, EXTRA, 0, "The program received more often than the pattern has it",
     "Stop when the message is complete, or when recv returned 0"},

    {CANON_SENDTO, MISSING, 0, "The other end waits for this datagram",
     "Call sendto with the address: a server answers to the one that recvfrom filled in"},
    {CANON_SENDTO, SWAPPED, 0,
     "sin_port is read in network byte order: {expected} stored as it is means {seen} to the kernel",
     "Convert the port when it is stored: addr.sin_port = htons({expected})"},
    {CANON_SENDTO, ARGUMENT, 0,
     "Datagrams are delivered as they are sent, to the address that is given: the {what} differs",
     "Give sendto the {what} {expected} in place of {seen}"},
    {CANON_SENDTO, EXTRA, 0, "The program sent a datagram more than the pattern has",
     "Send each datagram once"},

    {CANON_RECVFROM, MISSING, 0, "A datagram waits in the socket's buffer until recvfrom takes it",
     "Call recvfrom, with a buffer for the whole datagram and one for the sender's address"},
    {CANON_RECVFROM, ARGUMENT, 0,
     "Another datagram came than the pattern has: {expected} was to come, {seen} came",
     "Look at what the other end sent, and at the length of the buffer: what does not fit is thrown away"},
    {CANON_RECVFROM, HANGS, 0, "recvfrom waits for a datagram, and none came",
     "See where the other end sent to; a client sets SO_RCVTIMEO, since datagrams may be lost"},
    {CANON_RECVFROM, EXTRA, 0, "The program received more datagrams than the pattern has",
     "Stop when the answer is there"},

    {CANON_SHUTDOWN, MISSING, 0,
     "Only shutdown or close tells the other end that no more will come: until then its recv waits for more",
     "Call shutdown(fd, SHUT_WR) after the last send, then receive until 0"},
    {CANON_SHUTDOWN, MOVED, 0,
     "After shutdown nothing can be sent, and before it the other end waits for more",
     "Call shutdown right after the last send"},
    {CANON_SHUTDOWN, ARGUMENT, 0, "SHUT_WR ends what is sent, SHUT_RD what is received, SHUT_RDWR both",
     "Call shutdown with {expected} in place of {seen}"},

    {CANON_CLOSE, MISSING, 0,
     "An open descriptor keeps the connection: the other end sees no end of stream, and in the end "
     "descriptors run out",
     "Close the descriptor when the connection is done, on every way out of the loop"},
    {CANON_CLOSE, MOVED, 0,
     "After close the descriptor means nothing, and before it the connection stays open",
     "Close where the pattern has it: after the last call on the descriptor"},
    {CANON_CLOSE, EXTRA, 0, "The program closed a socket where the pattern still has calls on it, or none",
     "Close each socket once, after its last call"},

    {CANON_NONE, MISSING, 0, "The pattern has this call here, and the program did not make it",
     "Call {call} at this place"},
    {CANON_NONE, EOF_MISSING, 0, "The pattern has this call here, and the program did not make it",
     "Call {call} at this place"},
    {CANON_NONE, MOVED, 0, "The program made this call at another place than the pattern has it",
     "Move {call} to where the pattern has it"},
    {CANON_NONE, SWAPPED, 0,
     "The port is read in network byte order: {expected} stored as it is means {seen}",
     "Convert the port with htons when it is stored"},
    {CANON_NONE, ELSEWHERE, ENOTSOCK, "Descriptor {seen} is open, but it is no socket",
     "Call {call} on the descriptor that socket or accept returned: {expected} of the pattern"},
    {CANON_NONE, ELSEWHERE, 0, "The program called {call} on another socket: {seen} in place of {expected}",
     "Call {call} on {expected}: look at which variable holds which descriptor"},
    {CANON_NONE, FLAGS, 0, "The program called {call} with other flags: {seen} in place of {expected}",
     "Give {call} the flags {expected}"},
    {CANON_NONE, OTHER_CALL, 0, "The program called {seen} where the pattern has {expected}",
     "Call {expected} in its place"},
    {CANON_NONE, ARGUMENT, 0, "The program called {call} with another {what}: {seen} in place of {expected}",
     "Call {call} with {expected}"},
    {CANON_NONE, EOF_EARLY, 0, "{call} returned 0 where {expected} was to come",
     "Look at what the other end did before"},
    {CANON_NONE, RESULT, 0, "{call} returned {seen} where the pattern has {expected}",
     "Look at the calls before it: they decide what it returns"},
    {CANON_NONE, FAILED, 0, "{call} failed with {errno}",
     "Test the result of {call}, and see errno in its manual page"},
    {CANON_NONE, HANGS, 0, "{call} never returned",
     "See what the program waits for there, and who should have caused it"},
    {CANON_NONE, WENT_ON, 0, "{before} had failed with {errno}, and the program went on as if it had not",
     "Test the result of {before}, and stop there or try again"},
    {CANON_NONE, EXTRA, 0, "The pattern has no {call} here",
     "Leave the call out, or allow it in the pattern"},
};

/* Where such a setsockopt or getsockopt is missing. */
static const struct option {
    const char *name, *cause, *cure;
} options[] = {
    {"SO_REUSEADDR",
     "Connections of before keep the port for a while (TIME_WAIT): until then bind answers EADDRINUSE, "
     "unless "
     "SO_REUSEADDR is set",
     "Call setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), with int on = 1, before each bind"},
    {"SO_REUSEPORT",
     "Sockets share a port only where each of them has agreed to it before its bind, the first one too",
     "Call setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on), with int on = 1, before each bind"},
    {"IPV6_V6ONLY",
     "Whether an IPv6 socket takes IPv4 clients as well is a setting of the machine, unless the program says "
     "it",
     "Call setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) before bind"},
    {"SO_RCVTIMEO", "Without a limit the call waits for as long as nothing comes",
     "Call setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), with a struct timeval"},
    {"SO_ERROR",
     "A connect that did not wait is over when the socket is writable, but only SO_ERROR tells how it ended",
     "After the wait call getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len): 0, or the error of connect"},
};

static bool is_number(const char *text, long *n)
{
    char *end;

    *n = text ? strtol(text, &end, 10) : 0;
    return text && *text && !*end;
}

static bool is_swapped(const char *expected, const char *seen)
{
    long want, got;

    return is_number(expected, &want) && is_number(seen, &got) && want != got && want > 0 && want <= 0xffff &&
           got == ((want & 0xff) << 8 | want >> 8);
}

static bool is_eof_step(const struct step *step)
{
    return step && step->canon == CANON_RECV && step->result && step->result->kind == PAT_INT &&
           !step->result->n;
}

/* The kernel minds the very argument that differs: what it says of that tells more. */
static bool is_address_refused(const struct event *event)
{
    return (event->canon == CANON_BIND || event->canon == CANON_CONNECT || event->canon == CANON_SENDTO) &&
           (event->err == EINVAL || event->err == EAFNOSUPPORT);
}

static enum fate fate_of_change(const struct align_row *row, const struct event *event)
{
    const char *what = row->what ? row->what : "";

    if (event && canon_is_recv(event->canon) && event->is_stream && !event->err && !event->result &&
        strcmp(what, "data") == 0)
        return EOF_EARLY;
    if (strcmp(what, "result") == 0 || strcmp(what, "errno") == 0)
        return event && event->err ? FAILED : RESULT;
    if (strcmp(what, "socket") == 0)
        return ELSEWHERE;
    if (strcmp(what, "flags") == 0)
        return FLAGS;
    if (strcmp(what, "call") == 0)
        return OTHER_CALL;
    if (strstr(what, "port") && is_swapped(row->expected, row->seen))
        return SWAPPED;
    return event && is_address_refused(event) ? FAILED : ARGUMENT;
}

/* The last call before the row on its socket, where that failed for good and the row's is no answer to it; or
 * NULL. */
static const struct event *failed_before(const struct align_row *row, const struct alignment *alignment)
{
    const struct event *event = row->nevents ? row->events[0] : NULL;

    if (!event || !event->sock || event->canon == CANON_CLOSE)
        return NULL;
    while (row-- > alignment->rows) {
        const struct event *before = row->nevents ? row->events[row->nevents - 1] : NULL;

        if (before && row->op != ALIGN_PASSED && before->sock == event->sock)
            return before->err && before->err != EINPROGRESS && before->canon != event->canon ? before : NULL;
    }
    return NULL;
}

static enum fate fate_of(const struct align_row *row, const struct event *event, const struct event *before)
{
    /* A line may forbid EINTR; in other places it comes of a program's being stopped while it waits. */
    if (event && (event->unfinished || (event->err == EINTR && row->op != ALIGN_EXTRA)))
        return HANGS;
    switch (row->op) {
    case ALIGN_MISSING: return is_eof_step(row->step) ? EOF_MISSING : MISSING;
    case ALIGN_MOVED: return MOVED;
    case ALIGN_CHANGED: return fate_of_change(row, event);
    case ALIGN_EXTRA:
    case ALIGN_KEPT:
    case ALIGN_PASSED: break;
    }
    if (event && event->err)
        return FAILED;
    return before ? WENT_ON : EXTRA;
}

static const struct row *find(enum canon canon, enum fate fate, int errnum)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if ((rows[i].canon == CANON_NONE || rows[i].canon == canon) && rows[i].fate == fate &&
            (!rows[i].errnum || rows[i].errnum == errnum))
            return &rows[i];
    BUG("no general advice for fate %d", fate);
}

/* What is said of the option that a line sets or asks for, or NULL. */
static const struct option *find_option(const struct step *step)
{
    enum { OPTION = 2 };
    const struct pat *pat = step->nargs > OPTION ? step->args[OPTION] : NULL;

    if ((step->canon != CANON_SETSOCKOPT && step->canon != CANON_GETSOCKOPT) || !pat || pat->kind != PAT_SYM)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(options); i++)
        if (strcmp(options[i].name, pat->sym.name) == 0)
            return &options[i];
    return NULL;
}

struct slot {
    const char *name, *text;
};

static const char *fill(const char *text, const struct slot *slots, size_t len, struct arena *arena)
{
    struct buf out = {0};
    const char *made;

    while (*text) {
        size_t i = 0;

        while (i < len && (*text != '{' || strncmp(text + 1, slots[i].name, strlen(slots[i].name)) != 0))
            i++;
        if (i < len) {
            buf_adds(&out, slots[i].text);
            text += 1 + strlen(slots[i].name);
        } else {
            buf_addc(&out, *text++);
        }
    }
    made = arena_strdup(arena, buf_str(&out));
    buf_release(&out);
    return made;
}

struct advice advice_for(const struct align_row *row, const struct alignment *alignment, struct arena *arena)
{
    const struct event *event = row->nevents ? row->events[row->nevents - 1] : NULL;
    bool is_line = row->step && row->step->kind != STEP_ANY;
    enum canon canon = is_line ? row->step->canon : event ? event->canon : CANON_NONE;
    const struct option *option = row->op == ALIGN_MISSING ? find_option(row->step) : NULL;
    const struct event *before = failed_before(row, alignment);
    const struct event *failed = event && event->err ? event : before;
    const char *errname = failed ? nametab_name(&nametab_errno, (uint64_t)failed->err) : NULL;
    enum fate fate = fate_of(row, event, before);
    const struct row *found = find(canon, fate, event ? event->err : 0);
    const struct meaning *meaning = event && fate == FAILED ? meaning_of(event) : NULL;
    const struct slot slots[] = {
        {"call}", is_line && row->step->name ? row->step->name : canon_name(canon)},
        {"expected}", row->expected ? row->expected : "what the pattern has"},
        {"seen}", row->seen ? row->seen : "something else"},
        {"what}", row->what ? row->what : "argument"},
        {"before}", before ? canon_name(before->canon) : "a call"},
        {"errno}", errname ? errname : "an error"},
    };

    if (option)
        return (struct advice){option->cause, option->cure};
    if (meaning)
        return (struct advice){meaning->why, meaning->cure};
    return (struct advice){fill(found->cause, slots, ARRAY_LEN(slots), arena),
                           fill(found->cure, slots, ARRAY_LEN(slots), arena)};
}
