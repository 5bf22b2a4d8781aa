/* unit/report/fixture.h: traces written by hand, for the tests of rules and reports. */
#ifndef UNIT_REPORT_FIXTURE_H
#define UNIT_REPORT_FIXTURE_H

#include "base/bug.h"
#include "event/canon.h"
#include "event/trace.h"
#include "model/model.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>

/* Events are 10 µs long and follow one another. */
struct fixture {
    struct trace trace;
    struct model *model;
    uint64_t now_ns;
};

/* Who acts, and on which socket. */
struct who {
    const char *role;
    int pid;
};

static const struct who server = {"server", 100}, client = {"client", 200};

static inline void fixture_init(struct fixture *f)
{
    *f = (struct fixture){0};
    trace_init(&f->trace);
    f->model = model_new();
}

static inline void fixture_release(struct fixture *f)
{
    model_free(f->model);
    trace_release(&f->trace);
}

static inline struct event *fixture_event(struct fixture *f, struct who who, enum event_kind kind)
{
    struct event *event = ARENA_NEW(&f->trace.arena, struct event);

    event->kind = kind;
    event->role = who.role;
    event->pid = event->tid = who.pid;
    event->name = "";
    event->seq = f->trace.events.len + 1;
    event->start_ns = f->now_ns;
    event->end_ns = f->now_ns += 10000;
    vec_push(&f->trace.events, event);
    return event;
}

/* A call on a socket identity (0: none). `result` below 0 is the errno, negated. Then name, value, …, NULL.
 */
static inline struct event *fixture_call(struct fixture *f, struct who who, uint64_t sock, const char *name,
                                         int64_t result, ...)
{
    struct event *event = fixture_event(f, who, EVENT_CALL);
    const char *arg;
    va_list ap;

    event->name = name;
    event->result = result < 0 ? -1 : result;
    event->err = result < 0 ? (int)-result : 0;
    event->sock = sock;
    event->is_stream = true;
    va_start(ap, result);
    while ((arg = va_arg(ap, const char *)))
        event_add(event, arg, va_arg(ap, const struct value *));
    va_end(ap);
    return event;
}

/* Canonical forms are made and the model has seen everything: to be called once, at the end. */
static inline void fixture_fold(struct fixture *f)
{
    vec_each (struct event *, it, &f->trace.events) {
        if ((*it)->kind == EVENT_CALL)
            canon_fill(*it, &f->trace.arena);
        model_fold(f->model, *it);
    }
}

static inline const struct value *val_fd(struct fixture *f, int fd, uint64_t sock)
{
    struct value *value = ARENA_NEW(&f->trace.arena, struct value);

    *value = *value_fd(&f->trace.arena, fd);
    value->fd.sock = sock;
    return value;
}

static inline const struct value *val_int(struct fixture *f, int64_t n)
{
    return value_int(&f->trace.arena, n);
}

static inline const struct value *val_text(struct fixture *f, const char *text)
{
    return value_bytes(&f->trace.arena, text, strlen(text), strlen(text));
}

static inline const struct value *val_inet(struct fixture *f, const char *host, uint16_t port)
{
    struct arena *arena = &f->trace.arena;
    struct in_addr in;
    struct field fields[3];

    inet_pton(AF_INET, host, &in);
    fields[0] = (struct field){"sa_family", value_sym(arena, &nametab_af, AF_INET)};
    fields[1] = (struct field){"sin_port", value_uint(arena, port, INT_HTONS)};
    fields[2] = (struct field){"sin_addr", value_ip(arena, &in, 4)};
    return value_struct(arena, "sockaddr_in", fields, 3);
}

/* The kernel's word on the socket after the event. */
static inline void fixture_state(struct event *event, uint8_t tcp_state, uint32_t queue, uint32_t queue_max)
{
    event->kernel = (struct kernel_state){.known = true,
                                          .tcp_state = tcp_state,
                                          .queue = queue,
                                          .queue_max = queue_max,
                                          .unread = -1,
                                          .unsent = -1};
}

/* The call waited since `since`. */
static inline void fixture_waited(struct event *event, const struct event *since)
{
    event->start_ns = since->start_ns;
}

static inline struct event *call_socket(struct fixture *f, struct who who, uint64_t made, int type,
                                        int64_t result)
{
    struct arena *arena = &f->trace.arena;
    struct event *event =
        fixture_call(f, who, 0, "socket", result, "domain", value_sym(arena, &nametab_af, AF_INET), "type",
                     value_flags(arena, &nametab_sock, (uint64_t)type), "protocol",
                     value_sym(arena, &nametab_ipproto, 0), NULL);

    event->made[0] = made;
    if (result >= 0)
        event->ret = val_fd(f, (int)result, made);
    return event;
}

static inline struct event *call_addr(struct fixture *f, struct who who, uint64_t sock, const char *name,
                                      int fd, const char *host, uint16_t port, int64_t result)
{
    return fixture_call(f, who, sock, name, result, "sockfd", val_fd(f, fd, sock), "addr",
                        val_inet(f, host, port), "addrlen", val_int(f, 16), NULL);
}

static inline struct event *call_listen(struct fixture *f, struct who who, uint64_t sock, int fd,
                                        int64_t result)
{
    return fixture_call(f, who, sock, "listen", result, "sockfd", val_fd(f, fd, sock), "backlog",
                        val_int(f, 16), NULL);
}

static inline struct event *call_accept(struct fixture *f, struct who who, uint64_t sock, int fd,
                                        uint64_t made, uint16_t from_port, int64_t result)
{
    struct arena *arena = &f->trace.arena;
    struct event *event =
        result < 0 ? fixture_call(f, who, sock, "accept", result, "sockfd", val_fd(f, fd, sock), "addr",
                                  value_null(arena), "addrlen", value_null(arena), NULL)
                   : fixture_call(f, who, sock, "accept", result, "sockfd", val_fd(f, fd, sock), "addr",
                                  val_inet(f, "127.0.0.1", from_port), "addrlen", val_int(f, 16), NULL);

    event->made[0] = made;
    if (result >= 0)
        event->ret = val_fd(f, (int)result, made);
    return event;
}

static inline struct event *call_data(struct fixture *f, struct who who, uint64_t sock, const char *name,
                                      int fd, const char *text, int64_t result)
{
    return fixture_call(f, who, sock, name, result, "sockfd", val_fd(f, fd, sock), "buf", val_text(f, text),
                        "len", val_int(f, 64), "flags", value_flags(&f->trace.arena, &nametab_msg, 0),
                        strcmp(name, "sendto") == 0 ? "dest_addr" : "src_addr", value_null(&f->trace.arena),
                        "addrlen", value_null(&f->trace.arena), NULL);
}

static inline struct event *call_datagram(struct fixture *f, struct who who, uint64_t sock, const char *name,
                                          int fd, const char *text, const char *host, uint16_t port,
                                          int64_t result)
{
    struct event *event =
        fixture_call(f, who, sock, name, result, "sockfd", val_fd(f, fd, sock), "buf", val_text(f, text),
                     "len", val_int(f, 64), "flags", value_flags(&f->trace.arena, &nametab_msg, 0),
                     strcmp(name, "sendto") == 0 ? "dest_addr" : "src_addr", val_inet(f, host, port),
                     "addrlen", val_int(f, 16), NULL);

    event->is_stream = false;
    return event;
}

static inline struct event *call_shutdown(struct fixture *f, struct who who, uint64_t sock, int fd)
{
    return fixture_call(f, who, sock, "shutdown", 0, "sockfd", val_fd(f, fd, sock), "how",
                        value_sym(&f->trace.arena, &nametab_shut, SHUT_WR), NULL);
}

static inline struct event *call_close(struct fixture *f, struct who who, uint64_t sock, int fd,
                                       int64_t result)
{
    struct event *event = fixture_call(f, who, sock, "close", result, "fd", val_fd(f, fd, sock), NULL);

    event->last_ref = result == 0;
    return event;
}

enum { TCP_ST_ESTABLISHED = 1, TCP_ST_FIN_WAIT2 = 5, TCP_ST_CLOSE_WAIT = 8, TCP_ST_LISTEN = 10 };

/* The trace of a TCP echo that holds: sockets 1 listener, 2 client's, 3 connection. */
static inline void fixture_tcp_echo(struct fixture *f)
{
    struct event *made, *event;

    call_socket(f, server, 1, SOCK_STREAM, 3);
    call_addr(f, server, 1, "bind", 3, "0.0.0.0", 7000, 0);
    fixture_state(call_listen(f, server, 1, 3, 0), TCP_ST_LISTEN, 0, 16);
    made = call_socket(f, client, 2, SOCK_STREAM, 3);
    event = call_addr(f, client, 2, "connect", 3, "127.0.0.1", 7000, 0);
    fixture_state(event, TCP_ST_ESTABLISHED, 0, 0);
    event->kernel.local = val_inet(f, "127.0.0.1", 40312);
    event->kernel.peer = val_inet(f, "127.0.0.1", 7000);
    event = call_accept(f, server, 1, 3, 3, 40312, 4);
    fixture_state(event, TCP_ST_ESTABLISHED, 0, 16);
    event->kernel.local = val_inet(f, "127.0.0.1", 7000);
    event->kernel.peer = val_inet(f, "127.0.0.1", 40312);
    fixture_waited(event, made);
    fixture_state(made = call_data(f, client, 2, "sendto", 3, "ping\n", 5), TCP_ST_ESTABLISHED, 0, 0);
    fixture_state(event = call_data(f, server, 3, "recvfrom", 4, "ping\n", 5), TCP_ST_ESTABLISHED, 0, 0);
    fixture_waited(event, made);
    fixture_state(made = call_data(f, server, 3, "sendto", 4, "ping\n", 5), TCP_ST_ESTABLISHED, 0, 0);
    fixture_state(event = call_data(f, client, 2, "recvfrom", 3, "ping\n", 5), TCP_ST_ESTABLISHED, 0, 0);
    fixture_waited(event, made);
    fixture_state(made = call_shutdown(f, client, 2, 3), TCP_ST_FIN_WAIT2, 0, 0);
    fixture_state(event = call_data(f, server, 3, "recvfrom", 4, "", 0), TCP_ST_CLOSE_WAIT, 0, 0);
    fixture_waited(event, made);
    made = call_close(f, server, 3, 4, 0);
    event = call_data(f, client, 2, "recvfrom", 3, "", 0);
    fixture_waited(event, made);
    call_close(f, client, 2, 3, 0);
    event = call_accept(f, server, 1, 3, 0, 0, -EINTR);
    event->err = 0;
    event->unfinished = true;
}

#endif
