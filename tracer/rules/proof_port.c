/* rules/proof_port.c: ports that the program was told, and those that it names. */
#include "event/addr.h"
#include "rules/proof.h"

#include <ctype.h>

bool proof_next_number(const struct value *text, size_t *at, int64_t *number)
{
    enum { MOST_DIGITS = 10 };
    size_t from;

    if (!text || text->kind != VALUE_BYTES)
        return false;
    while (*at < text->bytes.len && !isdigit(text->bytes.ptr[*at]))
        ++*at;
    *number = 0;
    for (from = *at; *at < text->bytes.len && isdigit(text->bytes.ptr[*at]) && *at - from < MOST_DIGITS;
         ++*at)
        *number = *number * 10 + (text->bytes.ptr[*at] - '0');
    return *at > from;
}

static bool text_has_number(const struct value *text, int64_t number)
{
    size_t at = 0;
    int64_t n;

    while (proof_next_number(text, &at, &n))
        if (n == number)
            return true;
    return false;
}

/* Was the program given this port: as a parameter of the run, or on its command line? */
static bool was_told(const struct proof *proof, int64_t port)
{
    const struct trace *trace = proof->in->trace;

    for (size_t i = 0; i < trace->head.nparams; i++)
        if (text_has_number(trace->head.params[i].value, port))
            return true;
    vec_each (const struct event *, it, &proof->starts->list) {
        const struct value *argv = event_arg(*it, "argv");

        if (!argv || argv->kind != VALUE_ARRAY || !proof_same_program(*it, proof->event))
            continue;
        for (size_t i = 1; i < argv->array.len; i++)
            if (text_has_number(argv->array.items[i], port))
                return true;
    }
    return false;
}

bool proof_swaps_port(const struct event *event, int64_t *swapped)
{
    enum { FIRST_UNPRIVILEGED = 1024 };
    int64_t port;

    if (!addr_port(event_addr(event), &port))
        return false;
    *swapped = (port & 0xff) << 8 | (port >> 8 & 0xff);
    /* A small number on a command line is as likely a count as a port. */
    return *swapped != port && *swapped >= FIRST_UNPRIVILEGED;
}

bool proof_port_swapped(struct proof *proof)
{
    int64_t port, swapped;

    if (!proof_swaps_port(proof->event, &swapped) || !addr_port(event_addr(proof->event), &port) ||
        !was_told(proof, swapped) || was_told(proof, port))
        return false;
    proof->what = arena_printf(proof->arena, "%s names port %d, which is %d with its two bytes swapped",
                               proof_call_text(proof, proof->event), (int)port, (int)swapped);
    return true;
}
