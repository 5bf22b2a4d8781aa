/* compare/words.c: items in words. */
#include "base/alloc.h"
#include "base/quote.h"
#include "compare/plain.h"
#include "compare/script.h"
#include "event/brief.h"
#include "expect/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* What an option or a request answers is the kernel's, and another each time. */
static bool is_unsteady(const struct event *event)
{
    static const char *const names[] = {
        "TCP_INFO",      "MPTCP_INFO", "SO_MEMINFO",          "SO_INCOMING_CPU", "SO_COOKIE",
        "TCP_CC_INFO",   "SO_SNDBUF",  "SO_RCVBUF",           "SO_NETNS_COOKIE", "SO_INCOMING_NAPI_ID",
        "TCP_TIMESTAMP", "TCP_ULP",    "TCP_ZEROCOPY_RECEIVE"};
    const struct value *option = event->ncargs > 2 ? event->cargs[2] : NULL;
    const char *name =
        option && option->kind == VALUE_SYM ? nametab_plain_name(option->sym.tab, option->sym.n) : NULL;

    if (event->canon == CANON_IOCTL)
        return true;
    for (size_t i = 0; name && event->canon == CANON_GETSOCKOPT && i < ARRAY_LEN(names); i++)
        if (!strcmp(name, names[i]))
            return true;
    return false;
}

/* Does this argument of the canonical call say something that is the program's own? The socket itself is in
 * the heading. */
static bool tells(const struct item *item, size_t i)
{
    const struct event *event = item->event;
    bool is_data = canon_is_send(event->canon) || canon_is_recv(event->canon);

    switch (event->canon) {
    case CANON_SOCKET: return true;
    case CANON_SOCKETPAIR: return i < 3;
    case CANON_EPOLL_CTL: return i == 1 || i == 3;
    case CANON_DUP:
    case CANON_CLOSE: return false;
    default: break;
    }
    /* How much of a stream a call that failed was about is a matter of segments. */
    if (i == 0 || (is_data && i == 1 && event->is_stream))
        return false;
    return i < 3 || !is_unsteady(event);
}

static const char *kept(struct script *script, struct buf *text)
{
    const char *copy = arena_memdup(&script->arena, buf_str(text), text->len);

    buf_reset(text);
    return copy;
}

/* Who gets the signals of a socket: a process, or with a minus a group of them. */
static bool is_owner(const struct script *script, const struct item *item, const struct value *value)
{
    const struct value *cmd = item->event->ncargs > 1 ? item->event->cargs[1] : NULL;
    const char *name = cmd && cmd->kind == VALUE_SYM ? nametab_name(cmd->sym.tab, cmd->sym.n) : NULL;
    int64_t n;

    return item->event->canon == CANON_FCNTL && name && strstr(name, "OWN") && value_number(value, &n) &&
           choice_is_pid(&script->choice, n < 0 ? -n : n);
}

static void add_arg(struct script *script, const struct strand *strand, struct item *item, const char *name,
                    const struct value *value)
{
    struct plain plain = {.choice = &script->choice, .names = &script->names, .owner = strand->actor};
    struct item_arg *arg = &item->args[item->nargs++];
    struct buf text = {0};

    arg->name = name;
    if (is_owner(script, item, value))
        buf_adds(&text, "${PID}");
    else
        plain_value(&text, &plain, value);
    arg->text = arg->plain = kept(script, &text);
    if (value && value_final(value)->kind == VALUE_FLAGS) {
        plain.no_quiet = true;
        plain_value(&text, &plain, value);
        arg->plain = kept(script, &text);
    }
    buf_release(&text);
}

static void add_word(struct item *item, const char *name, const char *word)
{
    item->args[item->nargs++] = (struct item_arg){name, word, word};
}

/* How a descriptor went; in a shared socket's life it counts whose. */
static void close_words(struct script *script, const struct strand *strand, struct item *item)
{
    const struct event *origin = item->origin;
    const char *why = origin->kind == EVENT_CLOSED ? event_text(origin, "why", &script->arena) : "close";
    struct buf way = {0};

    item->name = "close";
    buf_adds(&way, "by ");
    quote_c(&way, (const uint8_t *)why, strlen(why));
    add_word(item, "way", kept(script, &way));
    buf_release(&way);
    if (strand->is_shared)
        add_word(item, "process",
                 origin->pid == strand->pid ? "the process that made it" : "another process");
}

static void control_words(struct script *script, const struct strand *strand, struct item *item)
{
    const struct value *message = value_final(event_arg(item->event, "msg"));

    add_arg(script, strand, item, "control messages", value_field(message, "msg_control"));
}

static const char *result_words(struct script *script, const struct strand *strand, const struct item *item)
{
    const struct event *event = item->event;
    struct plain plain = {.choice = &script->choice, .names = &script->names, .owner = strand->actor};
    struct buf text = {0};
    const char *copy;

    if (item->kind == ITEM_CONTROL || (item->kind == ITEM_CLOSE && !event->err))
        return "";
    if (event->err || event->unfinished)
        event_brief_result(&text, event);
    else if (event->made[0] && event->canon != CANON_SOCKETPAIR)
        buf_adds(&text, plain_sock(&plain, event->made[0]));
    else if (event->canon == CANON_DUP)
        buf_adds(&text, "a descriptor");
    else if (event->canon == CANON_IOCTL)
        buf_adds(&text, "0");
    else if (event->ret)
        plain_value(&text, &plain, event->ret);
    else
        buf_addf(&text, "%" PRId64, event->result);
    if (item->kind == ITEM_END_OF_STREAM)
        buf_adds(&text, " (end of stream)");
    if (event->unfinished)
        buf_adds(&text, " (did not return)");
    copy = kept(script, &text);
    buf_release(&text);
    return copy;
}

static uint64_t key_of(const struct item *item)
{
    uint64_t key = plain_hash(item->name, strlen(item->name)) + (uint64_t)item->kind;

    for (size_t i = 0; i < item->nargs; i++)
        key = key * 31 + plain_hash(item->args[i].plain, strlen(item->args[i].plain));
    return key * 31 + plain_hash(item->result, strlen(item->result));
}

static void item_words(struct script *script, const struct strand *strand, struct item *item)
{
    const struct event *event = item->event;

    item->nargs = 0;
    item->name = canon_name(event->canon);
    if (item->kind == ITEM_CLOSE)
        close_words(script, strand, item);
    else if (item->kind == ITEM_CONTROL)
        control_words(script, strand, item);
    for (size_t i = 0; item->kind == ITEM_CALL && i < event->ncargs; i++)
        if (tells(item, i))
            add_arg(script, strand, item, text_arg_name(event->canon, i), event->cargs[i]);
    item->result = result_words(script, strand, item);
    item->key = key_of(item);
}

/* Of a strand: in order what is strict, in any order what is loose, and the bytes. */
static void print_strand(struct strand *strand)
{
    uint64_t loose = 0, print = (uint64_t)strand->how;

    vec_each (const struct item, item, &strand->items) {
        if (item->is_loose)
            loose |= item->kind == ITEM_CHANCE ? 0 : item->key;
        else
            print = print * 31 + item->key;
    }
    for (int k = 0; k < 2; k++)
        print =
            print * 31 + plain_hash(strand->streams[k].cells.items,
                                    strand->streams[k].cells.len * sizeof(*strand->streams[k].cells.items));
    strand->print = print * 31 + loose;
}

void script_words(struct script *script)
{
    vec_each (struct actor *const, actor, &script->actors) {
        (*actor)->print = plain_hash((*actor)->end, strlen((*actor)->end));
        vec_each (struct strand *const, it, &(*actor)->strands) {
            vec_each (struct item, item, &(*it)->items)
                item_words(script, *it, item);
            print_strand(*it);
            (*actor)->print += (*it)->is_foreign ? 0 : (*it)->print;
        }
    }
}

size_t item_shown(const struct item *item)
{
    static const char *const usual[][2] = {{"flags", "0"}, {"address", "NULL"}, {"protocol", "IPPROTO_IP"}};
    size_t n = item->nargs;

    for (size_t i = 0; n && i < ARRAY_LEN(usual);)
        if (!strcmp(item->args[n - 1].name, usual[i][0]) && !strcmp(item->args[n - 1].text, usual[i][1])) {
            n--;
            i = 0;
        } else {
            i++;
        }
    return n;
}

void item_line(struct buf *out, const struct item *item)
{
    bool is_close = item->kind == ITEM_CLOSE && !item->event->err;
    size_t shown = item_shown(item);

    if (is_close && item->origin->kind == EVENT_CLOSED)
        buf_addf(out, "closed %s", item->args[0].text);
    else
        buf_addf(out, "%s(", item->name);
    for (size_t i = 0; !is_close && i < shown; i++)
        buf_addf(out, "%s%s", i ? ", " : "", item->args[i].text);
    if (!is_close || item->origin->kind != EVENT_CLOSED)
        buf_adds(out, ")");
    if (is_close && item->nargs > 1)
        buf_addf(out, " in %s", item->args[1].text);
    if (*item->result)
        buf_addf(out, " = %s", item->result);
}
