/* unit/model/script.h: a small machine to act out traces by hand: calls of tasks go through resolve, canon
 * and model.
 */
#ifndef UNIT_MODEL_SCRIPT_H
#define UNIT_MODEL_SCRIPT_H

#include "../suite.h"
#include "base/vec.h"
#include "event/canon.h"
#include "model/model.h"
#include "model/resolve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

struct script {
    struct arena arena;
    struct resolve *resolve;
    struct model *model;
    uint64_t seq, now;
    bool timeless;              /* as a log without times */
    VEC(struct event *) closed; /* what the last event closed */
};

/* Thread ids 11 to 19 are threads of process 10, and so on. */
static inline int pid_of(int tid)
{
    return tid / 10 * 10;
}

static inline void script_init(struct script *s)
{
    *s = (struct script){.resolve = resolve_new(), .model = model_new()};
}

static inline void script_release(struct script *s)
{
    resolve_free(s->resolve);
    model_free(s->model);
    vec_release(&s->closed);
    arena_release(&s->arena);
}

static inline void script_closed(void *arg, struct event *event)
{
    struct script *s = arg;

    vec_push(&s->closed, event);
}

static inline struct event *event_begin(struct script *s, int tid, enum event_kind kind, const char *name)
{
    struct event *event = ARENA_NEW(&s->arena, struct event);

    event->kind = kind;
    event->name = name;
    event->role = pid_of(tid) < 100 ? "server" : "client";
    event->pid = pid_of(tid);
    event->tid = tid;
    event->start_ns = s->timeless ? 0 : ++s->now;
    return event;
}

static inline void event_finish(struct script *s, struct event *event)
{
    s->closed.len = 0;
    event->end_ns = s->timeless ? 0 : ++s->now;
    resolve_exit(s->resolve, event, &s->arena, script_closed, s);
    if (event->kind == EVENT_CALL)
        canon_fill(event, &s->arena);
    event->seq = ++s->seq;
    model_fold(s->model, event);
    for (size_t i = 0; i < s->closed.len; i++) {
        s->closed.items[i]->seq = ++s->seq;
        model_fold(s->model, s->closed.items[i]);
    }
}

/* Arguments. */
static inline void arg_int(struct script *s, struct event *event, const char *name, int64_t n)
{
    event_add(event, name, value_int(&s->arena, n));
}

static inline void arg_fd(struct script *s, struct event *event, const char *name, int fd)
{
    event_add(event, name, value_fd(&s->arena, fd));
}

static inline void arg_bytes(struct script *s, struct event *event, const char *name, const char *text)
{
    event_add(event, name, value_bytes(&s->arena, text, strlen(text), strlen(text)));
}

static inline const struct value *inet_addr_value(struct script *s, const char *ip, int port)
{
    uint8_t bytes[4];

    ck_assert_int_eq(inet_pton(AF_INET, ip, bytes), 1);
    return value_struct(&s->arena, "sockaddr_in",
                        (struct field[]){{"sa_family", value_sym(&s->arena, &nametab_af, AF_INET)},
                                         {"sin_port", value_uint(&s->arena, (uint64_t)port, INT_HTONS)},
                                         {"sin_addr", value_ip(&s->arena, bytes, 4)}},
                        3);
}

/* 127.0.0.1 */
static inline const struct value *at_port(struct script *s, int port)
{
    return inet_addr_value(s, "127.0.0.1", port);
}

static inline const struct value *at_path(struct script *s, const char *path)
{
    return value_struct(
        &s->arena, "sockaddr_un",
        (struct field[]){{"sa_family", value_sym(&s->arena, &nametab_af, AF_UNIX)},
                         {"sun_path", value_bytes(&s->arena, path, strlen(path), strlen(path))}},
        2);
}

/* A call in two halves: …_begin, arguments, call_enter; call_leave. `result` < 0 is a negative errno. */
static inline struct event *call_begin(struct script *s, int tid, const char *name)
{
    struct event *event = event_begin(s, tid, EVENT_CALL, name);

    event->canon = canon_of_syscall(name); /* as decode_enter leaves it */
    return event;
}

static inline struct event *call_enter(struct script *s, struct event *event)
{
    resolve_enter(s->resolve, event, &s->arena);
    return event;
}

static inline struct event *call_leave(struct script *s, struct event *event, int64_t result)
{
    event->result = result < 0 ? -1 : result;
    event->err = result < 0 ? (int)-result : 0;
    event_finish(s, event);
    return event;
}

static inline struct event *call_whole(struct script *s, struct event *event, int64_t result)
{
    return call_leave(s, call_enter(s, event), result);
}

/* With what the kernel would say of both addresses. */
static inline void kernel_says(struct event *event, const struct value *local, const struct value *peer)
{
    event->kernel = (struct kernel_state){.known = true, .tcp_state = 1, .unread = -1, .unsent = -1};
    event->kernel.local = local;
    event->kernel.peer = peer;
}

/* Calls. Those that give a descriptor return the event. */
static inline struct event *do_socket(struct script *s, int tid, int type, int fd)
{
    struct event *event = call_begin(s, tid, "socket");

    event_add(event, "domain", value_sym(&s->arena, &nametab_af, AF_INET));
    event_add(event, "type", value_flags(&s->arena, &nametab_sock, (uint64_t)type));
    arg_int(s, event, "protocol", 0);
    event->ret = value_fd(&s->arena, fd);
    return call_whole(s, event, fd);
}

static inline struct event *do_socketpair(struct script *s, int tid, int type, int fd)
{
    struct event *event = call_begin(s, tid, "socketpair");
    const struct value *fds[2] = {value_fd(&s->arena, fd), value_fd(&s->arena, fd + 1)};

    event_add(event, "domain", value_sym(&s->arena, &nametab_af, AF_UNIX));
    event_add(event, "type", value_flags(&s->arena, &nametab_sock, (uint64_t)type));
    arg_int(s, event, "protocol", 0);
    event_add(event, "sv", value_array(&s->arena, fds, 2, 2));
    return call_whole(s, event, 0);
}

static inline struct event *addr_call(struct script *s, int tid, const char *name, int fd,
                                      const struct value *addr)
{
    struct event *event = call_begin(s, tid, name);

    arg_fd(s, event, "sockfd", fd);
    event_add(event, "addr", addr ? addr : value_null(&s->arena));
    arg_int(s, event, "addrlen", addr ? 16 : 0);
    return event;
}

static inline struct event *do_bind(struct script *s, int tid, int fd, const struct value *addr)
{
    return call_whole(s, addr_call(s, tid, "bind", fd, addr), 0);
}

static inline struct event *do_listen(struct script *s, int tid, int fd)
{
    struct event *event = call_begin(s, tid, "listen");

    arg_fd(s, event, "sockfd", fd);
    arg_int(s, event, "backlog", 5);
    return call_whole(s, event, 0);
}

static inline struct event *do_connect(struct script *s, int tid, int fd, const struct value *addr,
                                       int64_t result)
{
    return call_whole(s, addr_call(s, tid, "connect", fd, addr), result);
}

/* A socket that connects, and one that listens. */
static inline uint64_t make_client(struct script *s, int tid, int fd, int port)
{
    do_socket(s, tid, SOCK_STREAM, fd);
    return do_connect(s, tid, fd, at_port(s, port), 0)->sock;
}

static inline uint64_t make_listener(struct script *s, int tid, int fd, int port)
{
    do_socket(s, tid, SOCK_STREAM, fd);
    do_bind(s, tid, fd, at_port(s, port));
    return do_listen(s, tid, fd)->sock;
}

static inline struct event *accept_begin(struct script *s, int tid, int lfd, const struct value *addr)
{
    return call_enter(s, addr_call(s, tid, "accept", lfd, addr));
}

static inline struct event *do_accept(struct script *s, int tid, int lfd, const struct value *addr, int fd)
{
    struct event *event = accept_begin(s, tid, lfd, addr);

    event->ret = value_fd(&s->arena, fd);
    return call_leave(s, event, fd);
}

static inline struct event *fd_call(struct script *s, int tid, const char *name, int fd)
{
    struct event *event = call_begin(s, tid, name);

    arg_fd(s, event, strncmp(name, "dup", 3) ? "fd" : "oldfd", fd);
    return event;
}

static inline struct event *do_close(struct script *s, int tid, int fd)
{
    return call_whole(s, fd_call(s, tid, "close", fd), 0);
}

static inline struct event *do_dup2(struct script *s, int tid, int oldfd, int newfd)
{
    struct event *event = fd_call(s, tid, "dup2", oldfd);

    arg_fd(s, event, "newfd", newfd);
    event->ret = value_fd(&s->arena, newfd);
    return call_whole(s, event, newfd);
}

static inline struct event *do_shutdown(struct script *s, int tid, int fd, int how)
{
    struct event *event = call_begin(s, tid, "shutdown");

    arg_fd(s, event, "sockfd", fd);
    event_add(event, "how", value_sym(&s->arena, &nametab_shut, (uint64_t)how));
    return call_whole(s, event, 0);
}

/* write and read; recvfrom with flags. */
static inline struct event *send_begin(struct script *s, int tid, int fd, const char *text)
{
    struct event *event = fd_call(s, tid, "write", fd);

    arg_bytes(s, event, "buf", text);
    arg_int(s, event, "count", (int64_t)strlen(text));
    return call_enter(s, event);
}

static inline struct event *do_send(struct script *s, int tid, int fd, const char *text)
{
    return call_leave(s, send_begin(s, tid, fd, text), (int64_t)strlen(text));
}

static inline struct event *recv_begin(struct script *s, int tid, int fd)
{
    return call_enter(s, fd_call(s, tid, "read", fd));
}

static inline struct event *recv_end(struct script *s, struct event *event, const char *text)
{
    arg_bytes(s, event, "buf", text);
    arg_int(s, event, "count", 100);
    return call_leave(s, event, (int64_t)strlen(text));
}

static inline struct event *do_recv(struct script *s, int tid, int fd, const char *text)
{
    return recv_end(s, recv_begin(s, tid, fd), text);
}

static inline struct event *msg_call(struct script *s, int tid, const char *name, int fd, const char *text,
                                     const struct value *addr, int flags)
{
    struct event *event = call_begin(s, tid, name);

    arg_fd(s, event, "sockfd", fd);
    arg_bytes(s, event, "buf", text);
    arg_int(s, event, "len", 100);
    event_add(event, "flags", value_flags(&s->arena, &nametab_msg, (uint64_t)flags));
    event_add(event, strcmp(name, "sendto") ? "src_addr" : "dest_addr", addr ? addr : value_null(&s->arena));
    arg_int(s, event, "addrlen", 16);
    return event;
}

static inline struct event *do_sendto(struct script *s, int tid, int fd, const char *text,
                                      const struct value *addr)
{
    return call_whole(s, msg_call(s, tid, "sendto", fd, text, addr, 0), (int64_t)strlen(text));
}

static inline struct event *do_recvfrom(struct script *s, int tid, int fd, const char *text,
                                        const struct value *addr, int flags)
{
    return call_whole(s, msg_call(s, tid, "recvfrom", fd, text, addr, flags), (int64_t)strlen(text));
}

/* sendmsg and recvmsg that carry descriptors; n 0: without any. */
static inline struct event *msg_begin(struct script *s, int tid, const char *name, int fd)
{
    struct event *event = call_begin(s, tid, name);

    arg_fd(s, event, "sockfd", fd);
    return event;
}

static inline void msg_carries_as(struct script *s, struct event *event, int type, const int *fds, size_t n,
                                  int flags)
{
    const struct value *items[8], *cmsg;
    struct field fields[3] = {{"cmsg_level", value_sym(&s->arena, &nametab_cmsg_level, SOL_SOCKET)},
                              {"cmsg_type", value_sym(&s->arena, &nametab_scm, (uint64_t)type)}};

    for (size_t i = 0; i < n; i++)
        items[i] = value_fd(&s->arena, fds[i]);
    fields[2] = (struct field){"cmsg_data", value_array(&s->arena, items, n, n)};
    cmsg = value_struct(&s->arena, "cmsghdr", fields, 3);
    fields[0] = (struct field){"msg_control", value_array(&s->arena, &cmsg, n ? 1 : 0, n ? 1 : 0)};
    event_add(event, "msg", value_struct(&s->arena, "msghdr", fields, 1));
    event_add(event, "flags", value_flags(&s->arena, &nametab_msg, (uint64_t)flags));
}

static inline void msg_carries(struct script *s, struct event *event, const int *fds, size_t n, int flags)
{
    msg_carries_as(s, event, SCM_RIGHTS, fds, n, flags);
}

static inline struct event *send_fds(struct script *s, int tid, int fd, const int *fds, size_t n)
{
    struct event *event = msg_begin(s, tid, "sendmsg", fd);

    msg_carries(s, event, fds, n, 0);
    return call_enter(s, event);
}

static inline struct event *recv_fds(struct script *s, int tid, int fd, const int *fds, size_t n, int flags)
{
    struct event *event = call_enter(s, msg_begin(s, tid, "recvmsg", fd));

    msg_carries(s, event, fds, n, flags);
    return call_leave(s, event, 1);
}

/* Processes. */
static inline struct event *do_fork(struct script *s, int tid, int child, int flags)
{
    struct event *event = event_begin(s, tid, EVENT_FORK, "");

    arg_int(s, event, "child", child);
    event_add(event, "flags", value_flags(&s->arena, &nametab_clone, (uint64_t)flags));
    event_finish(s, event);
    return event;
}

static const int thread_flags = CLONE_VM | CLONE_FILES | CLONE_THREAD | CLONE_SIGHAND;

static inline struct event *do_exec(struct script *s, int former)
{
    struct event *event = event_begin(s, pid_of(former), EVENT_EXEC, "");

    arg_bytes(s, event, "path", "/bin/true");
    arg_int(s, event, "former", former);
    event_finish(s, event);
    return event;
}

static inline struct event *do_exit(struct script *s, int tid)
{
    struct event *event = event_begin(s, tid, EVENT_EXIT, "");

    arg_int(s, event, "status", 0);
    event_finish(s, event);
    return event;
}

/* The text of the reason for which a reference went. */
static inline const char *why_of(struct script *s, const struct event *event)
{
    return event_text(event, "why", &s->arena);
}

static inline uint64_t sock_at(const struct script *s, int tid, int fd)
{
    return resolve_fd_sock(s->resolve, tid, fd);
}

static inline void script_suite(Suite *suite, const TTest *const *tests, size_t n, void (*setup)(void),
                                void (*teardown)(void))
{
    TCase *tcase = tcase_create("all");

    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; i < n; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
}

#endif
