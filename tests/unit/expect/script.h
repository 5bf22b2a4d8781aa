/* unit/expect/script.h: traces of one role as a few words, for tests of the matcher. */
#ifndef UNIT_EXPECT_SCRIPT_H
#define UNIT_EXPECT_SCRIPT_H

#include "event/canon.h"
#include "event/trace.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/*
 * Events are separated by `;`, words by spaces: a call, its socket, then
 *
 *     socket tcp|udp|unix|netlink =N     socket N is made (its fd is N + 2)
 *     bind N PORT, connect N PORT, listen N BACKLOG, accept N =M, shutdown N wr|rd
 *     send N 'data', write N 'data', recv N 'data', read N 'data', recv N 0, sendto N 'data' PORT, recvfrom N
 * 'data' PORT sendmmsg N 'data' PORT 'data' PORT, recvmmsg likewise peek N 'data' (a recv with MSG_PEEK),
 * socketpair =N (sockets N and N + 1), getpeername N close N, close N dup (not the last reference), close -1,
 * setsockopt N, so_error N ERRNO, wait closed N (by exit), exit (the process ends of its own accord), stopped
 * (by the runner)
 *
 * and behind it `!ENAME` where it failed or `?` where it never returned. In data `\n` is a newline, `~` a
 * byte that the snap length cut off (at the end only).
 */
struct script {
    struct trace trace;
    bool is_stream[64];
    const char *text; /* for messages, where the test keeps it */
};

static const struct value *script_addr(struct script *s, int port)
{
    struct arena *a = &s->trace.arena;
    static const uint8_t loopback[] = {127, 0, 0, 1};
    struct field fields[] = {{"sa_family", value_sym(a, &nametab_af, AF_INET)},
                             {"sin_port", value_uint(a, (uint64_t)port, INT_HTONS)},
                             {"sin_addr", value_ip(a, loopback, sizeof(loopback))}};

    return value_struct(a, "sockaddr_in", fields, 3);
}

static const struct value *script_fd(struct script *s, uint64_t sock)
{
    struct value *fd = (struct value *)value_fd(&s->trace.arena, (int)sock + 2);

    fd->fd.sock = sock;
    return fd;
}

/* 'a\nb' with its quotes: fills the data argument, returns how many bytes there were. */
static size_t script_data(struct script *s, struct event *e, const char *word)
{
    struct buf bytes = {0};
    size_t len;

    for (const char *p = word + 1; *p && *p != '\''; p++) {
        if (*p == '\\' && p[1] == 'n') {
            buf_addc(&bytes, '\n');
            p++;
        } else {
            buf_addc(&bytes, *p == '_' ? ' ' : *p);
        }
    }
    len = strcspn(buf_str(&bytes), "~");
    e->cargs[1] = value_bytes(&s->trace.arena, buf_str(&bytes), len, bytes.len);
    len = bytes.len;
    buf_release(&bytes);
    return len;
}

static void script_socket(struct script *s, struct event *e, const char *kind)
{
    struct arena *a = &s->trace.arena;
    uint64_t type = strcmp(kind, "udp") == 0 ? SOCK_DGRAM : SOCK_STREAM;
    uint64_t family = strcmp(kind, "unix") == 0      ? AF_UNIX
                      : strcmp(kind, "netlink") == 0 ? AF_NETLINK
                                                     : AF_INET;

    e->cargs[0] = value_sym(a, &nametab_af, family);
    e->cargs[1] = value_flags(a, &nametab_sock, type | SOCK_CLOEXEC);
    e->cargs[2] = value_sym(a, &nametab_ipproto, 0);
    e->ncargs = 3;
    e->is_stream = type == SOCK_STREAM;
}

/* The words behind the socket. */
static void script_rest(struct script *s, struct event *e, char *const *w, size_t n)
{
    struct arena *a = &s->trace.arena;

    switch (e->canon) {
    case CANON_BIND:
    case CANON_CONNECT:
        e->cargs[1] = script_addr(s, atoi(w[0]));
        e->ncargs = 2;
        break;
    case CANON_LISTEN:
        e->cargs[1] = value_int(a, n ? atoi(w[0]) : 16);
        e->ncargs = 2;
        break;
    case CANON_SHUTDOWN:
        e->cargs[1] = value_sym(a, &nametab_shut, n && strcmp(w[0], "rd") == 0 ? SHUT_RD : SHUT_WR);
        e->ncargs = 2;
        break;
    case CANON_SEND:
    case CANON_RECV:
    case CANON_SENDTO:
    case CANON_RECVFROM:
        e->cargs[1] = value_bytes(a, "", 0, 0);
        if (n && w[0][0] == '\'')
            e->result = (int64_t)script_data(s, e, w[0]);
        e->cargs[2] = value_flags(a, &nametab_msg, 0);
        e->ncargs = 3;
        if (n > 1 && (e->canon == CANON_SENDTO || e->canon == CANON_RECVFROM))
            e->cargs[e->ncargs++] = script_addr(s, atoi(w[1]));
        e->is_stream = s->is_stream[e->sock];
        break;
    case CANON_CLOSE: e->last_ref = n == 0 || strcmp(w[0], "dup") != 0; break;
    case CANON_SETSOCKOPT:
    case CANON_GETSOCKOPT:
        e->cargs[1] = value_sym(a, &nametab_sol, SOL_SOCKET);
        e->cargs[2] = value_sym(a, &nametab_so, e->canon == CANON_GETSOCKOPT ? SO_ERROR : SO_REUSEADDR);
        e->cargs[3] = value_int(a, n ? atoi(w[0]) : 1);
        e->ncargs = 4;
        break;
    default: break;
    }
}

/* A call on several messages: pairs of data and port. */
static void script_messages(struct script *s, struct event *e, char *const *w, size_t n)
{
    struct arena *a = &s->trace.arena;
    const struct value *items[4];

    for (size_t i = 0; i + 1 < n; i += 2) {
        int64_t len = (int64_t)script_data(s, e, w[i]);
        struct field iov[] = {{"iov_base", e->cargs[1]}};
        struct field hdr[] = {{"msg_name", script_addr(s, atoi(w[i + 1]))},
                              {"msg_iov", value_struct(a, "iovec", iov, 1)}};
        struct field fields[] = {{"msg_hdr", value_struct(a, "msghdr", hdr, 2)},
                                 {"msg_len", value_int(a, len)}};

        items[i / 2] = value_struct(a, "mmsghdr", fields, e->err ? 1 : 2);
    }
    event_add(e, "sockfd", e->cargs[0]);
    event_add(e, "msgvec", value_array(a, items, n / 2, n / 2));
    event_add(e, "flags", value_flags(a, &nametab_msg, 0));
    e->result = (int64_t)n / 2;
    e->is_stream = s->is_stream[e->sock];
    canon_fill(e, a);
}

/* What happens to the process itself. */
static bool script_process(struct script *s, struct event *e, const char *name)
{
    if (strcmp(name, "exit") == 0) {
        e->kind = EVENT_EXIT;
        event_add(e, "status", value_int(&s->trace.arena, 0));
    } else if (strcmp(name, "stopped") == 0) {
        e->kind = EVENT_ROLE;
        event_add(e, "what", value_bytes(&s->trace.arena, name, strlen(name), strlen(name)));
    } else {
        return false;
    }
    vec_push(&s->trace.events, e);
    return true;
}

static void script_event(struct script *s, char **w, size_t n)
{
    struct event *e = ARENA_NEW(&s->trace.arena, struct event);
    bool peeks = strcmp(w[0], "peek") == 0;
    const char *name = strcmp(w[0], "so_error") == 0 ? "getsockopt" : peeks ? "recv" : w[0];
    bool is_write = strcmp(name, "write") == 0, is_read = strcmp(name, "read") == 0;
    uint64_t errnum;

    e->role = "server";
    e->pid = e->tid = 1;
    e->seq = s->trace.events.len + 1;
    e->canon = is_write ? CANON_SEND : is_read ? CANON_RECV : canon_find(name);
    e->kind = strcmp(name, "closed") == 0 ? EVENT_CLOSED : EVENT_CALL;
    e->name = e->kind != EVENT_CALL       ? ""
              : strcmp(name, "send") == 0 ? "sendto"
              : strcmp(name, "recv") == 0 ? "recvfrom"
                                          : arena_strdup(&s->trace.arena, name);
    e->last_ref = e->kind == EVENT_CLOSED;
    if (script_process(s, e, name))
        return;
    if (n > 1 && w[n - 1][0] == '=') {
        e->made[0] = (uint64_t)atoi(w[--n] + 1);
        e->result = (int64_t)e->made[0] + 2;
        e->ret = script_fd(s, e->made[0]);
        e->made[1] = e->canon == CANON_SOCKETPAIR ? e->made[0] + 1 : 0;
    } else if (n > 1 && w[n - 1][0] == '!') {
        e->err = nametab_find(&nametab_errno, w[--n] + 1, &errnum) ? (int)errnum : EIO;
    } else if (n > 1 && w[n - 1][0] == '?') {
        e->unfinished = true;
        n--;
    }
    if (e->canon == CANON_SOCKET) {
        script_socket(s, e, w[1]);
        s->is_stream[e->made[0]] = e->is_stream;
    } else if (n > 1 && strcmp(w[1], "-1") == 0) {
        e->cargs[0] = value_fd(&s->trace.arena, -1);
        e->ncargs = 1;
    } else if (n > 1) {
        e->sock = (uint64_t)atoi(w[1]);
        e->cargs[0] = script_fd(s, e->sock);
        e->ncargs = 1;
        s->is_stream[e->made[0]] = true;
        if (strstr(name, "mmsg"))
            script_messages(s, e, w + 2, n - 2);
        else
            script_rest(s, e, w + 2, n - 2);
        if (peeks)
            e->cargs[2] = value_flags(&s->trace.arena, &nametab_msg, MSG_PEEK);
        if (e->kind == EVENT_CLOSED) {
            event_add(e, "fd", e->cargs[0]);
            event_add(e, "why", value_bytes(&s->trace.arena, "exit", 4, 4));
        }
    }
    if (e->err)
        e->result = -1;
    vec_push(&s->trace.events, e);
}

/* Add the events of `text`. */
static void script_add(struct script *s, const char *text)
{
    char *copy = arena_strdup(&s->trace.arena, text), *end_event, *end_word;

    for (char *event = strtok_r(copy, ";", &end_event); event; event = strtok_r(NULL, ";", &end_event)) {
        char *words[8];
        size_t n = 0;

        for (char *word = strtok_r(event, " \n", &end_word); word && n < 8;
             word = strtok_r(NULL, " \n", &end_word))
            words[n++] = word;
        if (n)
            script_event(s, words, n);
    }
}

static inline void script_init(struct script *s, const char *text)
{
    memset(s, 0, sizeof(*s));
    trace_init(&s->trace);
    script_add(s, text);
}

static inline void script_release(struct script *s)
{
    trace_release(&s->trace);
}

#endif
