/* report/sockets.c: every socket of a trace: what it was, whom it talked to, how it ended, and the calls on
 * it. */
#include "base/clock.h"
#include "base/intmap.h"
#include "base/quote.h"
#include "event/brief.h"
#include "report/layout.h"
#include "report/views.h"

#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

enum { INDENT = 2, PLACE_WIDTH = 24, STRING_MAX = 24 };

/* One descriptor number that stood for the socket in a process. */
struct number {
    int pid, fd;
};

/* What concerns one socket. */
struct index {
    uint64_t id;
    VEC(const struct event *) events;
    VEC(struct number) numbers;
    bool several; /* processes have numbers for it */
};

/* The sockets that events name. A trace file may hold any number as an identity. */
struct indexes {
    struct intmap by_id;
    VEC(struct index *) list;
};

struct block {
    struct buf *out;
    const struct model *model;
    const struct sock_life *life;
    const struct index *index;
    const struct report_opts *opts;
};

static const char *kind_name(const struct sock_life *life)
{
    bool inet = life->domain == AF_INET || life->domain == AF_INET6;

    if (life->listening)
        return inet ? "TCP listener" : "listener";
    switch (life->type) {
    case SOCK_STREAM: return inet ? "TCP" : "stream";
    case SOCK_DGRAM: return inet ? "UDP" : "datagram";
    case SOCK_SEQPACKET: return "seqpacket";
    case SOCK_RAW: return "raw";
    default: return "socket";
    }
}

static const char *family_name(int domain)
{
    switch (domain) {
    case AF_INET: return "IPv4 ";
    case AF_INET6: return "IPv6 ";
    case AF_UNIX: return "Unix ";
    default: return "";
    }
}

static struct index *index_of(struct indexes *sockets, uint64_t id)
{
    struct index *index = intmap_get(&sockets->by_id, id);

    if (!index) {
        index = ALLOC_NEW(struct index);
        index->id = id;
        intmap_set(&sockets->by_id, id, index);
        vec_push(&sockets->list, index);
    }
    return index;
}

static void note_number(struct indexes *sockets, int pid, const struct value *value)
{
    struct index *index;

    value = value_final(value);
    if (value && value->kind == VALUE_ARRAY)
        for (size_t i = 0; i < value->array.len; i++)
            note_number(sockets, pid, value->array.items[i]);
    if (!value || value->kind != VALUE_FD || !value->fd.sock)
        return;
    index = index_of(sockets, value->fd.sock);
    vec_each (struct number, it, &index->numbers) {
        if (it->pid == pid && it->fd == value->fd.n)
            return;
        index->several |= it->pid != pid;
    }
    vec_push(&index->numbers, (struct number){pid, value->fd.n});
}

static void note_event(struct indexes *sockets, const struct event *event)
{
    const uint64_t ids[] = {event->sock, event->made[0], event->made[1]};

    for (size_t i = 0; i < ARRAY_LEN(ids); i++)
        if (ids[i] && (!i || ids[i] != event->sock))
            vec_push(&index_of(sockets, ids[i])->events, event);
    for (size_t i = 0; i < event->nargs; i++)
        note_number(sockets, event->pid, event->args[i].value);
    note_number(sockets, event->pid, event->ret);
}

static int compare_indexes(const void *a, const void *b)
{
    uint64_t m = (*(struct index *const *)a)->id, n = (*(struct index *const *)b)->id;

    return (m > n) - (m < n);
}

static void write_numbers(const struct block *b)
{
    for (size_t i = 0; i < b->index->numbers.len; i++) {
        buf_addf(b->out, "%s%d", i ? ", " : ", fd ", b->index->numbers.items[i].fd);
        if (b->index->several)
            buf_addf(b->out, " of %d", b->index->numbers.items[i].pid);
    }
}

static void write_addr(struct buf *out, const struct value *addr)
{
    if (!addr || !value_addr_short(addr, out))
        buf_addc(out, '?');
}

static void add_other(struct buf *line, const struct block *b, const char *label, uint64_t id)
{
    const struct sock_life *other = id ? model_sock(b->model, id) : NULL;

    if (!id)
        return;
    buf_addf(line, "%s%s socket %" PRIu64, line->len ? ", " : "", label, id);
    if (other && other->role && strcmp(other->role, b->life->role ? b->life->role : "") != 0) {
        buf_adds(line, " of ");
        quote_terminal(line, other->role, strlen(other->role));
    }
}

static void write_others(const struct block *b)
{
    struct buf line = {0};

    add_other(&line, b, "accepted from", b->life->parent);
    add_other(&line, b, "peer of", b->life->peer);
    if (line.len)
        buf_addf(b->out, "%*s%s\n", INDENT, "", buf_str(&line));
    buf_release(&line);
}

static const struct event *end_of(const struct block *b)
{
    for (size_t i = b->index->events.len; b->life->ended_seq && i-- > 0;)
        if (b->index->events.items[i]->seq == b->life->ended_seq)
            return b->index->events.items[i];
    return NULL;
}

static void write_end(const struct block *b)
{
    const struct event *end = end_of(b);

    buf_addf(b->out, "%*s", INDENT, "");
    if (!b->life->listening)
        buf_addf(b->out, "sent %" PRIu64 ", received %" PRIu64 " bytes; ", b->life->bytes[MODEL_SEND],
                 b->life->bytes[MODEL_RECV]);
    if (!end) {
        buf_adds(b->out, b->life->ended_seq ? "closed\n" : "still open at the end of the trace\n");
        return;
    }
    buf_adds(b->out, "closed by ");
    if (end->kind == EVENT_CALL)
        event_brief_call(b->out, end, STRING_MAX);
    else if (event_arg(end, "why") && event_arg(end, "why")->kind == VALUE_BYTES)
        quote_c(b->out, event_arg(end, "why")->bytes.ptr, event_arg(end, "why")->bytes.len);
    else
        buf_adds(b->out, "its process");
    buf_addf(b->out, " at #%" PRIu64 "\n", end->seq);
}

static void write_head(const struct block *b)
{
    const struct sock_life *life = b->life;
    const char *role = life->role ? life->role : "";
    struct buf head = {0};

    buf_addf(&head, "socket %" PRIu64, life->id);
    if (role[0]) {
        buf_adds(&head, "  ");
        quote_terminal(&head, role, strlen(role));
    }
    layout_styled(b->out, b->opts->color, STYLE_BOLD, buf_str(&head));
    buf_release(&head);
    buf_addf(b->out, "  %s%s", family_name(life->domain), kind_name(life));
    write_numbers(b);
    buf_addf(b->out, "\n%*s", INDENT, "");
    if (life->local || life->remote) {
        write_addr(b->out, life->local);
        if (life->remote) {
            buf_adds(b->out, " → ");
            write_addr(b->out, life->remote);
        }
    } else {
        buf_adds(b->out, "no address");
    }
    buf_addc(b->out, '\n');
    write_others(b);
}

static void write_call(const struct block *b, const struct event *event, size_t width)
{
    struct buf text = {0};

    event_brief(&text, event, STRING_MAX);
    buf_addf(b->out, "%*s%9.3f ms  #%-4" PRIu64 " ", INDENT, "", (double)event->start_ns / CLOCK_NS_PER_MS,
             event->seq);
    layout_cut_call(b->out, buf_str(&text), width - PLACE_WIDTH);
    buf_addc(b->out, '\n');
    buf_release(&text);
}

static void write_block(const struct block *b, bool first)
{
    buf_adds(b->out, first ? "" : "\n");
    write_head(b);
    write_end(b);
    vec_each (const struct event *, it, &b->index->events)
        write_call(b, *it, report_width(b->opts));
}

static void write_sockets(struct buf *out, const struct trace *trace, const struct model *model,
                          const struct report_opts *opts)
{
    struct indexes sockets = {0};
    size_t n = 0;

    vec_each (struct event *, it, &trace->events)
        note_event(&sockets, *it);
    if (sockets.list.len)
        qsort(sockets.list.items, sockets.list.len, sizeof(*sockets.list.items), compare_indexes);
    vec_each (struct index *, it, &sockets.list) {
        struct index *index = *it;
        struct block b = {out, model, model_sock(model, index->id), index, opts};

        if (b.life)
            write_block(&b, n++ == 0);
        vec_release(&index->events);
        vec_release(&index->numbers);
        free(index);
    }
    vec_release(&sockets.list);
    intmap_release(&sockets.by_id);
    if (!n)
        buf_adds(out, "No sockets were seen.\n");
}

const struct view view_sockets = {
    .name = "sockets",
    .what = "each socket: addresses, peer, bytes, how it ended, and its calls",
    .write = write_sockets,
};
