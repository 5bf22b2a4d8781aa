/* cmd/select.c: sets of system calls, as strace(1) writes them. */
#include "cmd/select.h"

#include "decode/call.h"

#include <string.h>

/* Calls that work on any descriptor; all others of the table are of the network (strace -e trace=%network).
 */
static bool is_desc(const struct event *event)
{
    static const char *const plain[] = {"read", "write", "readv", "writev"};
    enum canon canon = event->canon;

    for (size_t i = 0; i < ARRAY_LEN(plain); i++)
        if (!strcmp(plain[i], event->name))
            return true;
    return canon == CANON_CLOSE || canon == CANON_DUP || canon == CANON_FCNTL || canon == CANON_IOCTL ||
           canon == CANON_WAIT || canon == CANON_EPOLL_CREATE || canon == CANON_EPOLL_CTL ||
           canon == CANON_OTHER;
}

static bool has(const struct select *select, const struct event *event)
{
    for (size_t i = 0; i < select->names.len; i++) {
        const char *name = select->names.items[i];

        if (!strcmp(name, "all") || !strcmp(name, event->name))
            return true;
        if (!strcmp(name, "%network") && !is_desc(event))
            return true;
        if (!strcmp(name, "%desc") && is_desc(event))
            return true;
    }
    return false;
}

static void pass_begin(struct sink *sink, const struct trace_head *head)
{
    sink_begin(((struct select *)sink)->next, head);
}

static bool is_selected(const struct select *select, const struct event *event)
{
    return event->kind != EVENT_CALL || !select->names.len || has(select, event) != select->inverted;
}

static void pass_enter(struct sink *sink, const struct event *event)
{
    if (is_selected((struct select *)sink, event))
        sink_enter(((struct select *)sink)->next, event);
}

static void pass_event(struct sink *sink, const struct event *event)
{
    if (is_selected((struct select *)sink, event))
        sink_event(((struct select *)sink)->next, event);
}

static void pass_end(struct sink *sink)
{
    sink_end(((struct select *)sink)->next);
}

static const struct sink_ops select_ops = {pass_begin, pass_enter, pass_event, pass_end};

void select_init(struct select *select, struct sink *next)
{
    select->sink.ops = &select_ops;
    select->next = next;
}

static const char *canonical_word(const char *word)
{
    static const char *const words[][2] = {
        {"network", "%network"},  {"net", "%network"}, {"%net", "%network"}, {"desc", "%desc"},
        {"%network", "%network"}, {"%desc", "%desc"},  {"all", "all"},       {"none", "none"}};

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (!strcmp(words[i][0], word))
            return words[i][1];
    return call_by_name(word) ? word : NULL;
}

const char *select_parse(struct select *select, char *text)
{
    char *save = NULL;

    if (!strncmp(text, "trace=", 6))
        text += 6;
    if (*text == '!') {
        select->inverted = true;
        text++;
    }
    for (char *word = strtok_r(text, ",", &save); word; word = strtok_r(NULL, ",", &save)) {
        const char *name = canonical_word(word);

        if (!name)
            return "names a call that sockdrill does not trace (names, %network, %desc, all, none; ! in "
                   "front inverts)";
        vec_push(&select->names, name);
    }
    return select->names.len ? NULL : "names no call";
}

void select_release(struct select *select)
{
    vec_release(&select->names);
}
