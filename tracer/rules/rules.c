/* rules/rules.c: the table of rules, and running them over a trace. */
#include "rules/rules.h"

#include "event/brief.h"
#include "rules/stream.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#define CALL(canon) (UINT64_C(1) << (canon))
#define CALLS_SEND  (CALL(CANON_SEND) | CALL(CANON_SENDTO))
#define CALLS_RECV  (CALL(CANON_RECV) | CALL(CANON_RECVFROM))
#define CALLS_DATA  (CALLS_SEND | CALLS_RECV)
#define CALLS_NAME  (CALL(CANON_GETSOCKNAME) | CALL(CANON_GETPEERNAME))
#define CALLS_ON_SOCKET                                                                                      \
    (CALLS_DATA | CALL(CANON_BIND) | CALL(CANON_LISTEN) | CALL(CANON_ACCEPT) | CALL(CANON_CONNECT) |         \
     CALL(CANON_SHUTDOWN) | CALL(CANON_SETSOCKOPT) | CALL(CANON_GETSOCKOPT) | CALLS_NAME)

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

/* clang-format off */

/* Found from the trace as a whole. */
#define PROOF(code, confidence, kind, calls, err, may_hold, holds) \
    {code, confidence, kind, calls, err, may_hold, holds, NULL, NULL, MOMENT_EVENT, false, false}
#define PROOF_EFFECT(code, confidence, kind, calls, err, may_hold, holds) \
    {code, confidence, kind, calls, err, may_hold, holds, NULL, NULL, MOMENT_EVENT, false, true}
/* Found while it goes by, at a call; with the last reference to a socket; at the end of the trace. */
#define AT_CALL(code, confidence, calls, err, spots, what) \
    {code, confidence, EVENT_CALL, calls, err, NULL, NULL, spots, what, MOMENT_EVENT, false, false}
#define AT_CALL_EFFECT(code, confidence, calls, err, spots, what) \
    {code, confidence, EVENT_CALL, calls, err, NULL, NULL, spots, what, MOMENT_EVENT, false, true}
#define AT_EVENT(code, confidence, kind, spots, what) \
    {code, confidence, kind, 0, ERR_ANY, NULL, NULL, spots, what, MOMENT_EVENT, true, false}
#define AT_SOCK_END(code, confidence, spots, what) \
    {code, confidence, EVENT_CALL, 0, ERR_ANY, NULL, NULL, spots, what, MOMENT_SOCK_END, true, false}
#define AT_RESET_EFFECT(code, confidence, spots, what) \
    {code, confidence, EVENT_CALL, 0, ERR_ANY, NULL, NULL, spots, what, MOMENT_RESET, true, true}
#define AT_TRACE_END(code, confidence, spots, what) \
    {code, confidence, EVENT_CALL, 0, ERR_ANY, NULL, NULL, spots, what, MOMENT_TRACE_END, true, false}

#define PROVED FINDING_PROVED
#define LIKELY FINDING_LIKELY
#define STYLE  FINDING_STYLE

/* Rows of one code stand together. */
const struct rule rules[] = {
    AT_RESET_EFFECT("SD001", LIKELY, spot_left_part,
            "{event} left {n} bytes unread, the rest of a message that had been read in part, and the other end saw {other}"),
    AT_CALL("SD002", PROVED, CALLS_SEND, ERR_ANY, spot_rest_lost,
            "{event} took {n} of {m} bytes, and the next send does not begin with the rest"),
    AT_CALL("SD002", PROVED, CALL(CANON_SHUTDOWN), 0, spot_rest_never_sent,
            "{event} took {n} of {m} bytes, and the rest was never sent"),
    AT_SOCK_END("SD002", PROVED, spot_rest_never_sent, "{event} took {n} of {m} bytes, and the rest was never sent"),
    AT_SOCK_END("SD002", LIKELY, spot_rest_maybe_sent, "{event} took {n} of {m} bytes, and the rest was never sent"),
    AT_CALL("SD004", PROVED, CALLS_SEND, ERR_ANY, spot_resent,
            "{other} had taken the first {n} bytes, and {event} begins with the same ones again"),
    PROOF("SD005", PROVED, EVENT_CALL, CALLS_ON_SOCKET, EBADF, NULL, proof_result_unchecked),
    PROOF("SD005", PROVED, EVENT_CALL, CALLS_DATA, ERR_ANY, may_be_unconnected, proof_data_after_failed_connect),
    AT_CALL("SD005", PROVED, CALL(CANON_LISTEN), 0, spot_bind_unchecked,
            "{event}, and the socket was then used as if it had the address: {other}"),
    AT_CALL("SD005", PROVED, CALLS_RECV, ERR_EITHER, spot_unbound_receiver,
            "{event}, and the socket was then used as if it had the address: {other}"),
    PROOF("SD006", PROVED, EVENT_CALL, CALL(CANON_BIND) | CALL(CANON_LISTEN) | CALL(CANON_CONNECT), ENOTSOCK, NULL,
          proof_precedence),
    PROOF("SD007", PROVED, EVENT_CALL, CALL(CANON_BIND) | CALL(CANON_CONNECT) | CALL(CANON_SENDTO), ERR_ANY, may_not,
          proof_port_swapped),
    AT_CALL("SD008", LIKELY, CALL(CANON_SEND), 0, spot_length_host_order,
            "{event} begins with {n} bytes that are the length of the rest, {m}, lowest byte first"),
    AT_CALL("SD008", LIKELY, CALL(CANON_SEND), 0, spot_number_host_order,
            "{event} sends the length of what follows, {m}, lowest byte first: {other}"),
    AT_CALL("SD009", PROVED, CALL(CANON_BIND), 0, spot_host_none, "{event} names 255.255.255.255"),
    AT_CALL("SD009", PROVED, CALL(CANON_CONNECT), ENETUNREACH, spot_host_none, "{event} names 255.255.255.255"),
    AT_CALL("SD009", PROVED, CALLS_SEND | CALL(CANON_CONNECT), EACCES, spot_host_none_broadcast,
            "{event} names 255.255.255.255"),
    AT_CALL("SD010", PROVED, CALL(CANON_CONNECT), 0, spot_family_unset,
            "{event} gives an address without a family, and connects nothing"),
    AT_CALL("SD010", PROVED, CALL(CANON_BIND) | CALL(CANON_CONNECT), EAFNOSUPPORT, spot_family_other,
            "{event}: the family in the address is {n}, not the socket's"),
    AT_CALL("SD010", STYLE, CALL(CANON_BIND), 0, spot_family_unset_bind, "{event} gives an address without a family"),
    AT_CALL("SD011", PROVED, CALL(CANON_BIND) | CALL(CANON_CONNECT) | CALLS_SEND, EINVAL, spot_pointer_length,
            "{event} gives {n} as the length of the address: that is the size of a pointer"),
    AT_CALL("SD012", PROVED, CALL(CANON_ACCEPT) | CALLS_RECV | CALLS_NAME, EINVAL, spot_addrlen_negative,
            "{event} was given {n} as the room for the address"),
    AT_CALL("SD012", LIKELY, CALL(CANON_ACCEPT) | CALLS_RECV | CALLS_NAME, 0, spot_addrlen_absurd,
            "{event} was given {n} as the room for the address"),
    AT_CALL("SD013", PROVED, CALL(CANON_ACCEPT) | CALLS_RECV | CALLS_NAME, 0, spot_addrlen_not_reset,
            "{event} had room for {n} bytes of an address of {m}: that is what {other} left in the variable"),
    AT_CALL("SD014", LIKELY, CALLS_SEND, 0, spot_pointer_size,
            "{event} sends 8 bytes, the size of a pointer, of a text of {n} from the command line"),
    AT_CALL("SD014", LIKELY, CALLS_RECV, ERR_EITHER, spot_pointer_size_answer,
            "{event} sends 8 bytes, the size of a pointer, of the {n} that came with {other}"),
    AT_CALL("SD015", LIKELY, CALLS_SEND, 0, spot_buffer_answered,
            "{event} sends the whole buffer of {n} bytes, of which {other} had filled {m}"),
    AT_CALL("SD015", LIKELY, CALLS_SEND, 0, spot_buffer_sent,
            "{event} sends {n} bytes: a text of {m}, and NULs up to the end of its buffer"),
    AT_CALL("SD016", LIKELY, CALLS_SEND, 0, spot_stale_bytes,
            "{event} sends {n} bytes, though {other} brought {m}: behind them stands what an earlier message left in the buffer"),
    AT_CALL("SD017", PROVED, CALLS_RECV, 0, spot_end_ignored,
            "{event} told that no more will come, and the program called it again and again: {n} times"),
    AT_CALL("SD018", PROVED, CALLS_DATA, ERR_ANY, spot_minus_one, "{event} was given -1 as the length"),
    PROOF("SD019", PROVED, EVENT_CALL, CALLS_DATA, ERR_ANY, may_be_unconnected, proof_data_on_listener),
    PROOF("SD020", PROVED, EVENT_CALL, CALL(CANON_BIND), EINVAL, NULL, proof_bind_after_listen),
    PROOF("SD021", PROVED, EVENT_CALL, CALL(CANON_ACCEPT), EINVAL, NULL, proof_accept_without_listen),
    PROOF("SD022", LIKELY, EVENT_CALL, CALL(CANON_LISTEN), 0, may_not, proof_listen_without_bind),
    PROOF("SD023", PROVED, EVENT_CALL, CALL(CANON_CONNECT), ECONNREFUSED, NULL, proof_connect_before_listen),
    AT_CALL("SD024", LIKELY, CALL(CANON_SETSOCKOPT), 0, spot_reuseaddr_late, "{other} came first, then {event}"),
    AT_CALL("SD024", STYLE, CALL(CANON_LISTEN), 0, spot_no_reuseaddr,
            "{event} on port {n} without SO_REUSEADDR"),
    PROOF("SD025", LIKELY, EVENT_CALL, CALL(CANON_CONNECT), ECONNREFUSED, NULL, proof_loopback_only),
    PROOF("SD026", PROVED, EVENT_EXIT, 0, ERR_ANY, may_be_sigpipe, proof_killed_by_sigpipe),
    AT_EVENT("SD027", PROVED, EVENT_EXIT, spot_interrupted, "{event}, and the program ended: {other}"),
    AT_SOCK_END("SD029", PROVED, spot_parent_keeps,
                "The child finished with the connection that {event} made ({other}), and the parent has it open to its end"),
    AT_EVENT("SD030", STYLE, EVENT_CLOSED, spot_child_keeps,
             "{event} was made by a child that had the listening socket open to its end ({other})"),
    AT_SOCK_END("SD031", PROVED, spot_leak_by_accept,
                "{event} told that the client is done, and the connection was left open when the next was accepted"),
    AT_SOCK_END("SD031", LIKELY, spot_leak_by_wait,
                "{event} told that the client is done, and the connection was never closed"),
    PROOF("SD032", LIKELY, EVENT_CALL, CALL(CANON_CLOSE), EBADF, NULL, proof_closed_twice),
    PROOF("SD032", STYLE, EVENT_CALL, CALL(CANON_CLOSE), EBADF, NULL, proof_closed_twice_at_end),
    PROOF("SD033", PROVED, EVENT_CALL, CALL(CANON_ACCEPT), EBADF, NULL, proof_listener_closed),
    PROOF_EFFECT("SD034", LIKELY, EVENT_CALL, CALL(CANON_CONNECT), ECONNREFUSED, NULL, proof_server_gone),
    PROOF_EFFECT("SD036", PROVED, EVENT_CALL, CALL(CANON_RECV), ERR_UNFINISHED, NULL, proof_both_wait),
    AT_RESET_EFFECT("SD037", LIKELY, spot_left_unread,
            "{event} left {n} bytes unread, and the other end saw {other}"),
    AT_CALL("SD038", STYLE, CALL(CANON_CONNECT), ERR_ANY, spot_connected_again, "{other}, and then on the same socket {event}"),
    AT_CALL("SD039", LIKELY, CALLS_DATA, ERR_ANY, spot_connect_unfinished,
            "{other} had only begun, and nobody waited for it or asked what came of it before {event}"),
    AT_CALL("SD040", PROVED, CALLS_DATA | CALL(CANON_ACCEPT), EAGAIN, spot_busy,
            "{event} was made {n} times in a row, without waiting in between"),
    AT_SOCK_END("SD041", PROVED, spot_edge_not_drained,
                "{event} left {n} bytes unread, and the program went to wait for an event that had been told already"),
    AT_CALL("SD042", PROVED, CALL(CANON_WAIT), ERR_EITHER, spot_nfds,
            "{event} was told to look at the descriptors below {n}, and {n} is the socket to look at"),
    AT_CALL("SD042", LIKELY, CALL(CANON_WAIT), ERR_EITHER, spot_set_reused,
            "{event} was given what {other} had left in the set, and descriptor {n} is not in it any more"),
    AT_CALL("SD043", PROVED, CALLS_RECV, 0, spot_datagram_cut,
            "{event} took {n} bytes of a datagram of {m}: {other}"),
    AT_CALL("SD043", PROVED, CALLS_SEND, 0, spot_datagram_was_cut,
            "{event} took {n} bytes of a datagram of {m}: {other}"),
    AT_CALL_EFFECT("SD044", PROVED, CALLS_RECV, ERR_UNFINISHED, spot_datagram_dropped,
            "{event} waited for the answer to {other}, which got lost"),
    AT_CALL_EFFECT("SD044", LIKELY, CALLS_RECV, ERR_UNFINISHED, spot_datagram_awaited,
            "{event} waited without a time limit for the answer to {other}"),
    PROOF("SD045", PROVED, EVENT_CALL, CALL(CANON_LISTEN) | CALL(CANON_ACCEPT), EOPNOTSUPP, NULL, proof_not_for_datagrams),
    AT_TRACE_END("SD046", PROVED, spot_datagram_early,
                 "{event} came before the receiver had its port, {other}, and was not sent again"),
    AT_CALL("SD047", STYLE, CALLS_RECV, ERR_ANY, spot_tiny_writes,
            "Again and again several small sends, like {event}, came before a receive"),
    AT_TRACE_END("SD048", LIKELY, spot_port_fixed, "{event} names port {n}; the program was given {m}"),
    AT_CALL("SD049", LIKELY, CALL(CANON_BIND), EADDRINUSE, spot_families_collide,
            "{other} has the port that {event} asks for as well: a socket for :: takes IPv4 too"),
    PROOF("SD049", LIKELY, EVENT_CALL, CALL(CANON_CONNECT), ECONNREFUSED, NULL, proof_first_address_only),
    AT_EVENT("SD050", PROVED, EVENT_EXIT, spot_accept_gave_up, "{event}, and the program ended: {other}"),
};
/* clang-format on */

const size_t nrules = ARRAY_LEN(rules);

bool rule_applies(const struct rule *rule, const struct event *event)
{
    if (event->kind != rule->kind)
        return false;
    if (event->kind != EVENT_CALL)
        return true;
    /* What was injected is no mistake of the program's. */
    if (!(rule->calls & CALL(event->canon)) || event_is_skipped(event))
        return false;
    if (event->unfinished)
        return rule->err == ERR_UNFINISHED || rule->err == ERR_EITHER;
    return rule->err == ERR_ANY || rule->err == ERR_EITHER || event->err == rule->err;
}

bool rules_sign_at(const char *code, size_t i, enum confidence *confidence, const char **what)
{
    for (size_t at = 0; at < nrules; at++) {
        if (strcmp(rules[at].code, code) != 0 || i--)
            continue;
        *confidence = rules[at].confidence;
        *what = rules[at].what;
        return true;
    }
    return false;
}

/* ---- findings ---- */

/* A loop that makes a mistake again and again makes one mistake. */
static bool is_known(const struct findings *findings, const struct rule *rule, const struct event *event)
{
    vec_each (struct finding, it, &findings->list)
        if (strcmp(it->code, rule->code) == 0 && it->event->sock == event->sock &&
            strcmp(it->event->role, event->role) == 0)
            return true;
    return false;
}

/* In the order of their events. */
static void add_finding(struct findings *out, const struct rule *rule, const struct event *event,
                        const char *what)
{
    const struct rule_text *text = rules_text(rule->code);
    size_t at = out->list.len;

    vec_push(&out->list, (struct finding){.code = rule->code,
                                          .title = text->title,
                                          .confidence = rule->confidence,
                                          .event = event,
                                          .what = what,
                                          .nudge = text->nudge,
                                          .why = text->why,
                                          .cure = text->cure,
                                          .man = text->man,
                                          .section = text->section,
                                          .is_effect = rule->is_effect});
    for (; at > 0 && out->list.items[at - 1].event->seq > event->seq; at--) {
        struct finding later = out->list.items[at - 1];

        out->list.items[at - 1] = out->list.items[at];
        out->list.items[at] = later;
    }
}

static void prove(const struct rule *rule, struct proof *proof, struct findings *out)
{
    if (rule->holds && rule_applies(rule, proof->event) && !is_known(out, rule, proof->event) &&
        rule->holds(proof))
        add_finding(out, rule, proof->point ? proof->point : proof->event, proof->what);
}

static void prove_all(const struct rules_input *in, struct arena *arena, struct findings *out)
{
    struct starts starts = {0};

    vec_each (struct event *, it, &in->trace->events)
        if ((*it)->kind == EVENT_START)
            vec_push(&starts.list, *it);
    for (size_t at = 0; at < in->trace->events.len; at++)
        for (size_t i = 0; i < nrules; i++) {
            struct proof proof = {
                .in = in, .starts = &starts, .event = in->trace->events.items[at], .at = at, .arena = arena};

            prove(&rules[i], &proof, out);
        }
    vec_release(&starts.list);
}

static const struct event *event_at(const struct trace *trace, uint64_t seq)
{
    size_t low = 0, high = trace->events.len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (trace->events.items[middle]->seq < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low < trace->events.len && trace->events.items[low]->seq == seq ? trace->events.items[low] : NULL;
}

static const char *told(const struct hit *hit, const struct event *event, const struct event *other,
                        struct arena *arena)
{
    struct buf out = {0};
    const char *text;

    for (const char *at = hit->rule->what; *at;) {
        if (strncmp(at, "{event}", 7) == 0) {
            event_brief(&out, event, BRIEF_STRLEN);
            at += 7;
        } else if (strncmp(at, "{other}", 7) == 0) {
            if (other)
                event_brief(&out, other, BRIEF_STRLEN);
            at += 7;
        } else if (strncmp(at, "{n}", 3) == 0 || strncmp(at, "{m}", 3) == 0) {
            buf_addf(&out, "%lld", (long long)(at[1] == 'n' ? hit->n : hit->m));
            at += 3;
        } else {
            buf_addc(&out, *at++);
        }
    }
    text = arena_strdup(arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static void tell(const struct stream *stream, const struct trace *trace, struct arena *arena,
                 struct findings *out)
{
    bool is_lossy = trace_is_lossy(trace);

    vec_each (const struct hit, it, &stream->hits) {
        const struct event *event = event_at(trace, it->at);

        if (event && !(is_lossy && it->rule->by_absence) && !is_known(out, it->rule, event))
            add_finding(out, it->rule, event, told(it, event, event_at(trace, it->other), arena));
    }
}

/* Whatever mistake there is, of this program or another, may be what it came of; of two effects the first
 * stays. */
static bool may_come_of_another(const struct findings *findings, size_t i)
{
    for (size_t j = 0; j < findings->list.len; j++) {
        const struct finding *other = &findings->list.items[j];

        if (j != i && other->confidence != FINDING_STYLE && (j < i || !other->is_effect))
            return true;
    }
    return false;
}

static void drop_effects(struct findings *out)
{
    for (size_t i = out->list.len; i-- > 0;)
        if (out->list.items[i].is_effect && may_come_of_another(out, i))
            vec_remove(&out->list, i);
}

static void stream_all(const struct rules_input *in, struct arena *arena, struct findings *out)
{
    struct stream stream = {0};

    stream_head(&stream, &in->trace->head);
    vec_each (struct event *, it, &in->trace->events)
        stream_event(&stream, *it);
    stream_end(&stream);
    tell(&stream, in->trace, arena, out);
    stream_release(&stream);
}

void rules_run(const struct rules_input *in, struct arena *arena, struct findings *out)
{
    prove_all(in, arena, out);
    if (in->watch)
        tell(in->watch->stream, in->trace, arena, out);
    else
        stream_all(in, arena, out);
    drop_effects(out);
}

bool proof_may_hold(const struct event *event, bool *port)
{
    bool may = false;

    *port = false;
    for (size_t i = 0; i < nrules; i++) {
        if (!rules[i].holds || !rule_applies(&rules[i], event))
            continue;
        *port = *port || rules[i].holds == proof_port_swapped;
        may = may || !rules[i].may_hold || rules[i].may_hold(event);
    }
    return may;
}
