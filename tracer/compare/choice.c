/* compare/choice.c: a port is the kernel's where it comes out of a call before any program says it. */
#include "compare/choice.h"

#include "base/alloc.h"
#include "base/quote.h"
#include "event/addr.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A port that a program asked for: never looked into. */
static struct choice_port asked_for;

static void note_port(struct choice *choice, const struct value *addr, bool is_asked, uint64_t sock)
{
    struct choice_port *port;
    int64_t n;

    if (!addr || !addr_port(value_final(addr), &n) || n <= 0)
        return;
    port = intmap_get(&choice->ports, (uint64_t)n);
    if (!port && is_asked) {
        intmap_set(&choice->ports, (uint64_t)n, &asked_for);
    } else if (!port) {
        port = ARENA_NEW(choice->arena, struct choice_port);
        intmap_set(&choice->ports, (uint64_t)n, port);
    }
    if (port && port != &asked_for && sock && !port->sock)
        port->sock = sock;
}

/* What the program says comes first, then what it is told. */
static void note_call(struct choice *choice, const struct event *event)
{
    bool is_asked =
        event->canon == CANON_BIND || event->canon == CANON_CONNECT || event->canon == CANON_SENDTO;
    bool is_accept = event->canon == CANON_ACCEPT;

    note_port(choice, event_addr(event), is_asked, event->canon == CANON_GETSOCKNAME ? event->sock : 0);
    /* A connection has the port of its listener. */
    note_port(choice, event->kernel.local, false, is_accept ? 0 : event->sock);
    note_port(choice, event->kernel.peer, false, 0);
}

static bool is_temporary(const uint8_t *path, size_t len)
{
    static const char *const folders[] = {"/tmp/", "/var/tmp/", "/dev/shm/", "/run/"};

    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        if (len > strlen(folders[i]) && memcmp(path, folders[i], strlen(folders[i])) == 0)
            return true;
    return false;
}

static bool has_word(const struct words *words, const uint8_t *bytes, size_t len)
{
    vec_each (const struct word, word, &words->list)
        if (word->len == len && memcmp(word->bytes, bytes, len) == 0)
            return true;
    return false;
}

/* Where the part of a path that begins at `at` ends. */
static size_t part_end(const uint8_t *path, size_t len, size_t at)
{
    const uint8_t *slash = memchr(path + at, '/', len - at);

    return slash ? (size_t)(slash - path) : len;
}

static void note_path(struct words *words, const struct value *path)
{
    size_t end;

    if (!path || path->kind != VALUE_BYTES || !is_temporary(path->bytes.ptr, path->bytes.len))
        return;
    for (size_t at = 1; at < path->bytes.len; at = end + 1) {
        end = part_end(path->bytes.ptr, path->bytes.len, at);
        if (end > at && !has_word(words, path->bytes.ptr + at, end - at))
            vec_push(&words->list, ((struct word){path->bytes.ptr + at, end - at}));
    }
}

static void note_paths(struct words *words, const struct trace *trace)
{
    vec_each (struct event *const, it, &trace->events)
        if ((*it)->kind == EVENT_CALL)
            note_path(words, value_field(value_final(event_addr(*it)), "sun_path"));
}

/* Filled in by mkstemp(3) and its like: as long, and of several characters all are others, not only small
 * letters. */
static bool is_other_filling(const struct word *a, const uint8_t *b, size_t len)
{
    enum { FILLING_MIN = 4 };
    size_t from = 0, to = len;
    bool is_mixed = false;

    if (a->len != len)
        return false;
    while (from < len && a->bytes[from] == b[from])
        from++;
    while (to > from && a->bytes[to - 1] == b[to - 1])
        to--;
    for (size_t i = from; i < to; i++)
        is_mixed = is_mixed || !islower(a->bytes[i]) || !islower(b[i]);
    return to - from >= FILLING_MIN && is_mixed;
}

/* A part of a temporary path that only this trace has, where the other has one that is filled in otherwise.
 */
static bool is_random(const struct choice *choice, const uint8_t *part, size_t len)
{
    if (has_word(&choice->parts[1], part, len))
        return false;
    vec_each (const struct word, other, &choice->parts[1].list)
        if (is_other_filling(other, part, len) && !has_word(&choice->parts[0], other->bytes, other->len))
            return true;
    return false;
}

void choice_init(struct choice *choice, const struct trace *trace, const struct trace *other,
                 struct arena *arena)
{
    *choice = (struct choice){.trace = trace, .other = other, .arena = arena};
    note_paths(&choice->parts[0], trace);
    note_paths(&choice->parts[1], other);
    vec_each (struct event *const, it, &trace->events) {
        intmap_set(&choice->pids, (uint64_t)(*it)->pid, choice);
        intmap_set(&choice->pids, (uint64_t)(*it)->tid, choice);
        if ((*it)->kind == EVENT_CALL)
            note_call(choice, *it);
    }
}

void choice_release(struct choice *choice)
{
    intmap_release(&choice->ports);
    intmap_release(&choice->pids);
    vec_release(&choice->parts[0].list);
    vec_release(&choice->parts[1].list);
}

const struct choice_port *choice_port(const struct choice *choice, uint64_t port)
{
    const struct choice_port *found = intmap_get(&choice->ports, port);

    return found == &asked_for ? NULL : found;
}

bool choice_is_pid(const struct choice *choice, int64_t pid)
{
    return pid > 0 && intmap_get(&choice->pids, (uint64_t)pid) != NULL;
}

bool choice_is_number(const struct choice *choice, uint64_t n)
{
    return n <= INT32_MAX && (choice_is_pid(choice, (int64_t)n) || choice_port(choice, n));
}

const char *choice_param(const struct choice *choice, const char *text, size_t len)
{
    const struct trace_head *head = &choice->trace->head;

    for (size_t i = 0; i < head->nparams; i++) {
        const char *name = head->params[i].name;
        const char *here = trace_param(choice->trace, name), *there = trace_param(choice->other, name);

        if (here && there && strcmp(here, there) != 0 && strlen(here) == len && memcmp(here, text, len) == 0)
            return name;
    }
    return NULL;
}

static bool is_word(uint8_t c)
{
    return isalnum(c) != 0;
}

/* The longest beginning of the path that is a parameter's value; a path ends there, or a part of it. */
static const char *begins_with_param(const struct choice *choice, const uint8_t *path, size_t len,
                                     size_t *taken)
{
    for (*taken = len; *taken > 1; --*taken) {
        const char *name = *taken == len || path[*taken] == '/' || path[*taken] == '.' || path[*taken] == '-'
                               ? choice_param(choice, (const char *)path, *taken)
                               : NULL;

        if (name)
            return name;
    }
    *taken = 0;
    return NULL;
}

static bool is_own_pid(const struct choice *choice, const uint8_t *word, size_t len)
{
    enum { DIGITS_MAX = 10 };
    int64_t n = 0;

    if (!len || len > DIGITS_MAX)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (!isdigit(word[i]))
            return false;
        n = n * 10 + (word[i] - '0');
    }
    return choice_is_pid(choice, n);
}

void choice_add_param(struct buf *out, const char *name)
{
    buf_adds(out, "${");
    quote_c(out, (const uint8_t *)name, strlen(name));
    buf_addc(out, '}');
}

void choice_path(const struct choice *choice, struct buf *out, const uint8_t *path, size_t len)
{
    bool is_temp = is_temporary(path, len);
    size_t at;
    const char *param = begins_with_param(choice, path, len, &at);

    if (param)
        choice_add_param(out, param);
    while (at < len) {
        size_t end = part_end(path, len, at);

        if (is_temp && at && path[at - 1] == '/' && is_random(choice, path + at, end - at)) {
            buf_adds(out, "${RANDOM}");
            at = end;
            continue;
        }
        end = at;
        while (end < len && is_word(path[end]))
            end++;
        param = end > at ? choice_param(choice, (const char *)path + at, end - at) : NULL;
        if (param) {
            choice_add_param(out, param);
        } else if (is_own_pid(choice, path + at, end - at)) {
            buf_adds(out, "${PID}");
        } else {
            end = end > at ? end : at + 1;
            quote_c(out, path + at, end - at);
        }
        at = end;
    }
}
