/* tests/bench/million.c: writes traces of any length: many connections to an echo server, interleaved. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * million EVENTS SEED [FAULT CONNECTION]
 *
 * The same arguments give the same trace: about EVENTS events of connections of STEPS events each, AT_ONCE of
 * them open at a time, whose events come in an order drawn from SEED. Role `server` is an epoll server; role
 * `client` has connection 0, role `load`, which no expectation names, all others. The FAULT, if any, is in
 * that connection (counted from 0), or in the server's own lines right after it was accepted.
 */
enum { STEPS = 100, AT_ONCE = 64, PIECES = 5, PORT = 7000, FIRST_PORT = 32768, LISTENER = 1, FIRST_FD = 8 };
enum { SERVER = 100, CLIENT = 200, LOAD = 300 };

static const char payload[] = "ping\n";

/* What one connection goes through, in this order: its two ends and what an epoll server does in between. */
enum step {
    SOCKET,
    CONNECT,
    ACCEPT,
    TRY,
    ASK,
    WAIT,
    SEND,
    RECV,
    ANSWER,
    GET,
    SHUTDOWN,
    RECV_END,
    CLOSE,
    GET_END,
    END
};

static const char *const faults[] = {"none", "data", "unanswered", "unclosed", "extra", "own"};
enum fault { FAULT_NONE, FAULT_DATA, FAULT_UNANSWERED, FAULT_UNCLOSED, FAULT_EXTRA, FAULT_OWN };

struct connection {
    uint64_t number;    /* from 0 */
    unsigned at;        /* steps done */
    unsigned piece[4];  /* bytes so far: sent, received by the server, answered, received by the client */
    uint64_t near, far; /* sockets: the client's, the server's */
    unsigned slot;
};

struct million {
    uint64_t seq, random, last_sock, connections, begun;
    enum fault fault;
    uint64_t fault_at;
    struct connection open[AT_ONCE];
    size_t nopen;
    bool slots[AT_ONCE];
};

static uint64_t draw(struct million *m)
{
    m->random ^= m->random << 13;
    m->random ^= m->random >> 7;
    m->random ^= m->random << 17;
    return m->random;
}

/* ---- records ---- */

static void head(struct million *m, const char *kind, const char *role, int pid)
{
    uint64_t start = ++m->seq * 1000;

    printf("{\"seq\": %" PRIu64 ", \"event\": \"%s\", \"start_ns\": %" PRIu64 ", \"end_ns\": %" PRIu64
           ", \"role\": \"%s\", \"pid\": %d, \"tid\": %d, ",
           m->seq, kind, start, start + 900, role, pid, pid);
}

static void call_head(struct million *m, const struct connection *c, bool is_server, const char *call,
                      const char *canon)
{
    if (is_server)
        head(m, "call", "server", SERVER);
    else if (c->number == 0)
        head(m, "call", "client", CLIENT);
    else
        head(m, "call", "load", LOAD);
    printf("\"call\": \"%s\", \"canon\": \"%s\", \"args\": {", call, canon);
}

#define ADDR(host)                                                                                           \
    "{\"struct\": \"sockaddr_in\", \"family\": \"AF_INET\", \"port\": %u, \"host\": \"" host "\"}"
#define FD       "{\"fd\": %u, \"sock\": %" PRIu64 "}"
#define NO_FLAGS "{\"flags\": [], \"n\": 0, \"of\": \"MSG\"}"
#define QUIET    "{\"flags\": [\"MSG_NOSIGNAL\"], \"n\": 16384, \"of\": \"MSG\"}"

static unsigned fd_of(const struct connection *c, bool is_server)
{
    return is_server || c->number ? FIRST_FD + c->slot : 3;
}

static unsigned port_of(const struct connection *c)
{
    return FIRST_PORT + (unsigned)(c->number % 28000);
}

static void write_socket(struct million *m, uint64_t sock, unsigned fd)
{
    printf("\"domain\": {\"name\": \"AF_INET\", \"n\": 2, \"of\": \"AF\"}, \"type\": {\"flags\": "
           "[\"SOCK_STREAM\"], "
           "\"n\": 1, \"of\": \"SOCK\"}, \"protocol\": {\"name\": \"IPPROTO_IP\", \"n\": 0, \"of\": "
           "\"IPPROTO\"}}, "
           "\"result\": %u, \"ret\": " FD ", \"made\": [%" PRIu64 "], \"kernel\": {\"tcp\": \"CLOSE\"}}\n",
           fd, fd, sock, sock);
    m->last_sock = sock;
}

static void write_send(const struct connection *c, bool is_server, const char *bytes, size_t len,
                       unsigned from)
{
    uint64_t sock = is_server ? c->far : c->near;

    printf("\"sockfd\": " FD ", \"buf\": \"%.*s%s\", \"len\": %zu, \"flags\": " QUIET
           ", \"dest_addr\": null, \"addrlen\": 0}, \"result\": %zu, \"sock\": %" PRIu64
           ", \"stream\": true, \"range\": [%u, %zu], \"kernel\": {\"tcp\": \"ESTABLISHED\", \"unread\": 0, "
           "\"unsent\": 0}}\n",
           fd_of(c, is_server), sock, bytes[len - 1] == '\n' ? (int)len - 1 : (int)len, bytes,
           bytes[len - 1] == '\n' ? "\\n" : "", len, len, sock, from, from + len);
}

/* len 0: the end of the stream; -1: EAGAIN. */
static void write_recv(const struct connection *c, bool is_server, const char *bytes, int len, unsigned from)
{
    uint64_t sock = is_server ? c->far : c->near;
    bool is_line = len > 0 && bytes[len - 1] == '\n';

    printf("\"sockfd\": " FD ", \"buf\": \"%.*s%s\", \"len\": 4096, \"flags\": " NO_FLAGS
           ", \"src_addr\": null, \"addrlen\": null}, \"result\": %d, %s\"sock\": %" PRIu64
           ", \"stream\": true, \"range\": [%u, %u], \"kernel\": {\"tcp\": \"%s\", \"unread\": 0, "
           "\"unsent\": 0}}\n",
           fd_of(c, is_server), sock, len < 0 ? 0 : len - is_line, bytes, is_line ? "\\n" : "", len,
           len < 0 ? "\"errno\": {\"name\": \"EAGAIN\", \"n\": 11}, " : "", sock, from,
           from + (len > 0 ? (unsigned)len : 0), len ? "ESTABLISHED" : "CLOSE_WAIT");
}

static void write_close(struct million *m, const struct connection *c, bool is_server)
{
    uint64_t sock = is_server ? c->far : c->near;

    call_head(m, c, is_server, "close", "close");
    printf("\"fd\": " FD "}, \"result\": 0, \"sock\": %" PRIu64
           ", \"last_ref\": true, \"kernel\": {\"tcp\": \"CLOSE\", \"unread\": 0, \"unsent\": 0}}\n",
           fd_of(c, is_server), sock, sock);
}

static void write_connect(struct million *m, const struct connection *c)
{
    call_head(m, c, false, "connect", "connect");
    printf("\"sockfd\": " FD
           ", \"addr\": " ADDR("127.0.0.1") ", \"addrlen\": 16}, \"result\": 0, \"addr\": " ADDR(
               "127.0.0.1") ", \"sock\": %" PRIu64
                            ", \"kernel\": {\"tcp\": \"ESTABLISHED\", \"local\": " ADDR(
                                "127.0.0.1") ", \"peer\": " ADDR("127.0.0.1") "}}\n",
           fd_of(c, false), c->near, PORT, PORT, c->near, port_of(c), PORT);
}

static void write_accept(struct million *m, const struct connection *c)
{
    call_head(m, c, true, "accept4", "accept");
    printf(
        "\"sockfd\": " FD ", \"addr\": null, \"addrlen\": null, \"flags\": {\"flags\": [\"SOCK_NONBLOCK\"], "
        "\"n\": 2048, \"of\": \"SOCK_FLAGS\"}}, \"result\": %u, \"ret\": " FD
        ", \"sock\": %d, \"made\": [%" PRIu64
        "], \"kernel\": {\"tcp\": \"ESTABLISHED\", \"queue_max\": 16, \"local\": " ADDR(
            "127.0.0.1") ", \"peer\": " ADDR("127.0.0.1") "}}\n",
        3u, (uint64_t)LISTENER, fd_of(c, true), fd_of(c, true), c->far, LISTENER, c->far, PORT, port_of(c));
}

static void write_wait(struct million *m, const struct connection *c)
{
    call_head(m, c, true, "epoll_wait", "wait");
    printf(
        "\"epfd\": {\"fd\": 4}, \"events\": [{\"struct\": \"epoll_event\", \"events\": {\"flags\": "
        "[\"EPOLLIN\"], "
        "\"n\": 1, \"of\": \"EPOLL\"}, \"data\": {\"struct\": \"epoll_data\", \"u32\": %u, \"u64\": %u}}], "
        "\"maxevents\": 16, \"timeout\": -1}, \"result\": 1}\n",
        fd_of(c, true), fd_of(c, true));
}

static void write_ask(struct million *m, const struct connection *c, bool is_server)
{
    uint64_t sock = is_server ? c->far : c->near;

    call_head(m, c, is_server, "getsockopt", "getsockopt");
    printf("\"sockfd\": " FD
           ", \"level\": {\"name\": \"SOL_SOCKET\", \"n\": 1, \"of\": \"SOL\"}, \"optname\": "
           "{\"name\": \"SO_ERROR\", \"n\": 4, \"of\": \"SO\"}, \"optval\": [0], \"optlen\": {\"was\": 4, "
           "\"now\": 4}}, "
           "\"result\": 0, \"sock\": %" PRIu64 ", \"kernel\": {\"tcp\": \"ESTABLISHED\"}}\n",
           fd_of(c, is_server), sock, sock);
}

/* ---- connections ---- */

/* The steps of every connection; what is left to STEPS are tries and waits. */
static enum step step_at(unsigned at)
{
    enum { PER_PIECE = 10, BEFORE = 3, FILL = STEPS - BEFORE - 6 };
    static const enum step begin[] = {SOCKET, CONNECT, ACCEPT};
    static const enum step end[] = {SHUTDOWN, RECV_END, CLOSE, GET_END, END};
    static const enum step fill[] = {WAIT, TRY, ASK, TRY};

    if (at < BEFORE)
        return begin[at];
    at -= BEFORE;
    if (at >= FILL)
        return at - FILL < 5 ? end[at - FILL] : END;
    if (at % PER_PIECE < PIECES && at / PER_PIECE < 4)
        return (enum step[]){SEND, RECV, ANSWER, GET}[at / PER_PIECE];
    return fill[at % 4];
}

static bool has(const struct million *m, const struct connection *c, enum fault fault)
{
    return m->fault == fault && m->fault_at == c->number;
}

/* The server's side of the next byte, or the client's. */
static void move_byte(struct million *m, struct connection *c, enum step step)
{
    bool is_server = step == RECV || step == ANSWER, is_send = step == SEND || step == ANSWER;
    unsigned from = c->piece[step - SEND]++;
    const char *bytes = payload + from;

    if (step == GET && has(m, c, FAULT_UNANSWERED))
        return;
    if (step == ANSWER && has(m, c, FAULT_UNANSWERED))
        return;
    if (step == ANSWER && from == 2 && has(m, c, FAULT_DATA))
        bytes = "X";
    call_head(m, c, is_server, is_send ? "sendto" : "recvfrom", is_send ? "send" : "recv");
    if (is_send)
        write_send(c, is_server, bytes, 1, from);
    else
        write_recv(c, is_server, bytes, 1, from);
}

static void accept_one(struct million *m, struct connection *c)
{
    c->far = ++m->last_sock;
    write_accept(m, c);
    if (!has(m, c, FAULT_OWN))
        return;
    call_head(m, c, true, "listen", "listen");
    printf("\"sockfd\": " FD
           ", \"backlog\": 1}, \"result\": 0, \"sock\": %d, \"kernel\": {\"tcp\": \"LISTEN\", "
           "\"queue_max\": 1}}\n",
           3u, (uint64_t)LISTENER, LISTENER);
}

static void end_server(struct million *m, struct connection *c)
{
    if (has(m, c, FAULT_EXTRA)) {
        call_head(m, c, true, "sendto", "send");
        write_send(c, true, "!", 1, PIECES);
    }
    if (!has(m, c, FAULT_UNCLOSED))
        write_close(m, c, true);
}

static void do_step(struct million *m, struct connection *c, enum step step)
{
    switch (step) {
    case SOCKET:
        c->near = m->last_sock + 1;
        call_head(m, c, false, "socket", "socket");
        write_socket(m, c->near, fd_of(c, false));
        break;
    case CONNECT: write_connect(m, c); break;
    case ACCEPT: accept_one(m, c); break;
    case TRY:
        call_head(m, c, true, "recvfrom", "recv");
        write_recv(c, true, "", -1, c->piece[1]);
        break;
    case ASK: write_ask(m, c, draw(m) % 2); break;
    case WAIT: write_wait(m, c); break;
    case SEND:
    case RECV:
    case ANSWER:
    case GET: move_byte(m, c, step); break;
    case SHUTDOWN:
        call_head(m, c, false, "shutdown", "shutdown");
        printf("\"sockfd\": " FD
               ", \"how\": {\"name\": \"SHUT_WR\", \"n\": 1, \"of\": \"SHUT\"}}, \"result\": 0, "
               "\"sock\": %" PRIu64 ", \"kernel\": {\"tcp\": \"FIN_WAIT1\", \"unread\": 0, \"unsent\": 1}}\n",
               fd_of(c, false), c->near, c->near);
        break;
    case RECV_END:
        call_head(m, c, true, "recvfrom", "recv");
        write_recv(c, true, "", 0, PIECES);
        break;
    case CLOSE: end_server(m, c); break;
    case GET_END:
        call_head(m, c, false, "recvfrom", "recv");
        write_recv(c, false, "", 0, PIECES);
        break;
    case END: write_close(m, c, false); break;
    }
}

static void open_one(struct million *m)
{
    struct connection *c = &m->open[m->nopen++];

    *c = (struct connection){.number = m->begun++};
    while (m->slots[c->slot])
        c->slot++;
    m->slots[c->slot] = true;
}

/* A step of any open connection. */
static void go_on(struct million *m)
{
    struct connection *c = &m->open[draw(m) % m->nopen];
    enum step step = step_at(c->at++);

    do_step(m, c, step);
    if (step != END)
        return;
    m->slots[c->slot] = false;
    *c = m->open[--m->nopen];
}

/* ---- the whole ---- */

static void begin(struct million *m)
{
    const struct connection own = {.number = 1};

    puts("{\"sockdrill\": 1, \"version\": \"0.1.0\", \"linux\": \"6.1.0\", \"arch\": \"x86_64\", "
         "\"began_ns\": "
         "\"1795654972078670146\", \"isolation\": \"namespace\", \"no_new_privs\": false, \"params\": "
         "{\"PORT\": "
         "\"7000\", \"HOST\": \"127.0.0.1\"}}");
    head(m, "start", "server", SERVER);
    puts("\"args\": {\"argv\": [\"tcp-echo-server\", \"7000\"], \"attached\": 0, \"sockets\": []}}");
    call_head(m, &own, true, "socket", "socket");
    write_socket(m, LISTENER, 3);
    call_head(m, &own, true, "bind", "bind");
    printf(
        "\"sockfd\": " FD ", \"addr\": " ADDR("0.0.0.0") ", \"addrlen\": 16}, \"result\": 0, \"addr\": " ADDR(
            "0.0.0.0") ", \"sock\": %d, \"kernel\": {\"tcp\": \"CLOSE\", \"local\": " ADDR("0.0.0.0") "}}\n",
        3u, (uint64_t)LISTENER, PORT, PORT, LISTENER, PORT);
    call_head(m, &own, true, "listen", "listen");
    printf("\"sockfd\": " FD
           ", \"backlog\": 16}, \"result\": 0, \"sock\": %d, \"kernel\": {\"tcp\": \"LISTEN\", "
           "\"queue_max\": 16, \"local\": " ADDR("0.0.0.0") "}}\n",
           3u, (uint64_t)LISTENER, LISTENER, PORT);
    head(m, "start", "client", CLIENT);
    puts("\"args\": {\"argv\": [\"tcp-echo-client\", \"127.0.0.1\", \"7000\"], \"attached\": 0, \"sockets\": "
         "[]}}");
    head(m, "start", "load", LOAD);
    puts("\"args\": {\"argv\": [\"load\"], \"attached\": 0, \"sockets\": []}}");
}

static void end_process(struct million *m, const char *role, int pid)
{
    head(m, "exit", role, pid);
    puts("\"args\": {\"status\": 0, \"last\": 1}}");
}

static void end(struct million *m)
{
    const struct connection own = {.number = 1};

    end_process(m, "client", CLIENT);
    end_process(m, "load", LOAD);
    head(m, "role", "server", 0);
    puts("\"args\": {\"what\": \"stopped\", \"text\": \"waited for clients when all others had ended\"}}");
    head(m, "signal", "server", SERVER);
    puts(
        "\"args\": {\"signo\": {\"name\": \"SIGTERM\", \"n\": 15, \"of\": \"SIG\"}, \"code\": 0, \"pid\": 1, "
        "\"uid\": 0}}");
    call_head(m, &own, true, "epoll_wait", "wait");
    puts("\"epfd\": {\"fd\": 4}, \"events\": {\"ptr\": \"0x7ffd1000\"}, \"maxevents\": 16, \"timeout\": -1}, "
         "\"unfinished\": true}");
    head(m, "exit", "server", SERVER);
    puts("\"args\": {\"signal\": {\"name\": \"SIGTERM\", \"n\": 15, \"of\": \"SIG\"}, \"core\": 0, \"last\": "
         "1}}");
    head(m, "closed", "server", SERVER);
    printf("\"args\": {\"fd\": " FD ", \"why\": \"exit\"}, \"sock\": %d, \"last_ref\": true}\n", 3u,
           (uint64_t)LISTENER, LISTENER);
    printf("{\"end\": true, \"events\": %" PRIu64 "}\n", m->seq);
}

static int usage(void)
{
    fputs("usage: million EVENTS SEED [none|data|unanswered|unclosed|extra|own CONNECTION]\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct million m = {0};
    char spread[BUFSIZ * 8];

    if (argc != 3 && argc != 5)
        return usage();
    setvbuf(stdout, spread, _IOFBF, sizeof(spread));
    m.connections = (strtoull(argv[1], NULL, 10) + STEPS - 1) / STEPS;
    m.random = strtoull(argv[2], NULL, 10) * UINT64_C(0x9e3779b97f4a7c15) | 1;
    if (argc == 5) {
        while (m.fault < sizeof(faults) / sizeof(*faults) && strcmp(faults[m.fault], argv[3]) != 0)
            m.fault++;
        if (m.fault == sizeof(faults) / sizeof(*faults))
            return usage();
        m.fault_at = strtoull(argv[4], NULL, 10);
    }
    begin(&m);
    while (m.begun < m.connections || m.nopen) {
        while (m.nopen < AT_ONCE && m.begun < m.connections)
            open_one(&m);
        go_on(&m);
    }
    end(&m);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
