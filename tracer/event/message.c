/* event/message.c: a call on several messages, message by message. */
#include "event/message.h"

#include "event/canon.h"

#include <string.h>

enum { MESSAGES_MAX = 1024 }; /* UIO_MAXIOV: a call moves no more, whatever a trace from elsewhere claims */

static const struct value *vector(const struct event *event)
{
    const struct value *value = value_final(event_arg(event, "msgvec"));

    return value && value->kind == VALUE_ARRAY ? value : NULL;
}

bool message_is_in(const struct event *event)
{
    return event->kind == EVENT_CALL && vector(event);
}

/* How many bytes the nth message moved. */
static uint64_t length(const struct value *messages, size_t nth)
{
    int64_t len;

    return value_number(value_field(messages->array.items[nth], "msg_len"), &len) ? (uint64_t)len : 0;
}

size_t message_count(const struct event *event)
{
    const struct value *messages = vector(event);

    uint64_t most = messages->array.len < MESSAGES_MAX ? messages->array.len : MESSAGES_MAX;
    uint64_t tried = event->err || event->unfinished ? 1 : event->result > 0 ? (uint64_t)event->result : 0;

    return tried < most ? (size_t)tried : (size_t)most;
}

static void set_vector(struct event *event, const struct value *message)
{
    for (size_t i = 0; i < event->nargs; i++)
        if (strcmp(event->args[i].name, "msgvec") == 0)
            event->args[i].value = message;
}

struct event message_at(const struct event *event, size_t nth, struct arena *arena)
{
    const struct value *messages = vector(event);
    struct event one = *event;

    set_vector(&one, messages->array.items[nth]);
    one.message = nth + 1;
    one.messages = message_count(event);
    if (!event->err && !event->unfinished) {
        one.result = (int64_t)length(messages, nth);
        for (size_t i = 0; i < nth; i++)
            one.range.from += length(messages, i);
        one.range.to = one.range.from + length(messages, nth);
    }
    if (one.message < one.messages)
        one.kernel = (struct kernel_state){0};
    canon_fill(&one, arena);
    return one;
}
