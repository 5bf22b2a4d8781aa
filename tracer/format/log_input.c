/* format/log_input.c: reading ahead one line, clocks, and choosing among several logs. */
#include "format/log_input.h"

#include "base/alloc.h"
#include "base/clock.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE_MOST = 64 * 1024 * 1024,
    LINE_NS = CLOCK_NS_PER_US, /* from line to line, where there is no clock */
};

static const uint64_t day_ns = (uint64_t)24 * 60 * 60 * CLOCK_NS_PER_S;

static bool fail(struct log_inputs *inputs, const struct log_input *input, const char *why)
{
    return err_set(inputs->err, "%s:%lu: %s", input->of->name, input->number, why);
}

/* One line, without its end. false: there is no more, or it is not whole. */
static bool read_text(struct log_inputs *inputs, struct log_input *input, struct buf *text, bool *failed)
{
    int c = EOF;

    buf_reset(text);
    while ((c = getc_unlocked(input->of->in)) != EOF && c != '\n') {
        buf_addc(text, (char)c);
        if (text->len > LINE_MOST) {
            input->number++;
            *failed = !fail(inputs, input, "a line of more than 64 MiB");
            return false;
        }
    }
    if (ferror(input->of->in)) {
        *failed = !err_sys(inputs->err, errno, "cannot read %s", input->of->name);
        return false;
    }
    input->number++;
    input->was_cut = input->was_cut || (c == EOF && text->len);
    return c != EOF;
}

/* When the line was written. What has no clock counts lines. */
static uint64_t read_clock(struct log_input *input, const struct log_line *line)
{
    uint64_t at = 0;

    switch (line->clock) {
    case CLOCK_NONE: at = input->last_ns + (input->clock == CLOCK_NONE ? LINE_NS : 0); break;
    case CLOCK_SINCE: at = input->last_ns + line->time_ns; break;
    case CLOCK_UNIX: at = line->time_ns; break;
    case CLOCK_DAY:
        at = line->time_ns + input->days_ns;
        if (at + day_ns / 2 < input->last_ns) {
            input->days_ns += day_ns;
            at += day_ns;
        }
        break;
    }
    if (line->clock != CLOCK_NONE)
        input->clock = line->clock;
    input->last_ns = at;
    return at;
}

/* The next line that tells something, into the free entry. */
static bool read_entry(struct log_inputs *inputs, struct log_input *input, int slot)
{
    struct log_entry *entry = &input->entries[slot];
    bool failed = false;

    input->has[slot] = false;
    while (read_text(inputs, input, &entry->text, &failed)) {
        const char *why = log_line_split(buf_str(&entry->text), entry->text.len, &entry->line);

        if (why) {
            fail(inputs, input, why);
            return err_hint(inputs->err, "take the log with `" LOG_COMMAND "`, so that nothing but strace "
                                         "writes into it");
        }
        if (entry->line.kind == LOG_NOTHING)
            continue;
        entry->number = input->number;
        entry->tid = entry->line.pid ? entry->line.pid : input->tid;
        entry->start_ns = read_clock(input, &entry->line);
        input->has[slot] = true;
        return true;
    }
    return !failed;
}

/* -T says how long a call took; else it was over before the next line of its log was begun. */
static void bound_end(struct log_input *input)
{
    struct log_entry *entry = &input->entries[input->in_hand];
    const struct log_entry *next = &input->entries[1 - input->in_hand];

    entry->end_ns = entry->start_ns;
    if (entry->line.kind != LOG_CALL)
        return;
    if (entry->line.has_took)
        entry->end_ns += entry->line.took_ns;
    else if (input->clock == CLOCK_NONE)
        entry->end_ns += LINE_NS / 2;
    else if (input->has[1 - input->in_hand] && next->start_ns > entry->start_ns)
        entry->end_ns = next->start_ns;
}

static bool advance(struct log_inputs *inputs, struct log_input *input)
{
    input->is_first = false;
    input->has_begun = input->has_ended = false;
    input->in_hand = 1 - input->in_hand;
    if (!read_entry(inputs, input, 1 - input->in_hand))
        return false;
    bound_end(input);
    return true;
}

/* `-ff -o log` has the files log.1234. */
static int tid_of_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    long tid = dot ? strtol(dot + 1, NULL, 10) : 0;

    return tid > 0 && tid < 1 << 22 && dot[1 + strspn(dot + 1, "0123456789")] == '\0' ? (int)tid : 0;
}

/* Several logs are put in order by their clocks, which must be the same, and fine enough. */
static bool check_clock(struct log_inputs *inputs, const struct log_input *input)
{
    const struct log_input *first = &inputs->list[0];
    const struct log_line *line = &input->entries[0].line;

    if (inputs->len == 1 || !input->has[0])
        return true;
    if ((line->clock == CLOCK_UNIX || line->clock == CLOCK_DAY) && !line->in_seconds &&
        input->clock == first->clock)
        return true;
    err_set(inputs->err, "%s: it has no times by which several logs could be put in order", input->of->name);
    return err_hint(inputs->err, "take each with `" LOG_COMMAND "`, or all programs into one log, whose "
                                 "COMMAND is sh -c './server & ./client'");
}

static bool open_input(struct log_inputs *inputs, size_t i)
{
    struct log_input *input = &inputs->list[i];
    int tid = tid_of_name(input->of->name);

    input->tid = tid ? tid : (int)i + 1;
    if (!read_entry(inputs, input, 0))
        return false;
    if (!input->has[0] && !input->was_cut)
        return err_set(inputs->err, "%s: a log without a call", input->of->name);
    if (!input->has[0])
        return fail(inputs, input, "cut before the end of the first line: nothing is there to be read");
    if (!check_clock(inputs, input) || !read_entry(inputs, input, 1))
        return false;
    input->is_first = true;
    bound_end(input);
    if (i == 0 || input->entries[0].start_ns < inputs->began_ns)
        inputs->began_ns = input->entries[0].start_ns;
    return true;
}

bool log_inputs_open(struct log_inputs *inputs, const struct format_input *of, size_t len, struct err *err)
{
    *inputs = (struct log_inputs){.len = len, .err = err};
    inputs->list = alloc_zeroed(len * sizeof(*inputs->list));
    for (size_t i = 0; i < len; i++) {
        inputs->list[i].of = &of[i];
        if (!open_input(inputs, i))
            return false;
    }
    return true;
}

void log_inputs_release(struct log_inputs *inputs)
{
    for (size_t i = 0; i < inputs->len; i++) {
        buf_release(&inputs->list[i].entries[0].text);
        buf_release(&inputs->list[i].entries[1].text);
    }
    free(inputs->list);
}

static uint64_t due(const struct log_input *input)
{
    const struct log_entry *entry = &input->entries[input->in_hand];

    return input->has_begun ? entry->end_ns : entry->start_ns;
}

/* What is done with the step before is done with. */
static bool settle(struct log_inputs *inputs)
{
    for (size_t i = 0; i < inputs->len; i++) {
        struct log_input *input = &inputs->list[i];

        if (input->has_begun && input->has_ended && !advance(inputs, input))
            return false;
    }
    return true;
}

bool log_inputs_next(struct log_inputs *inputs, struct log_step *step, bool *failed)
{
    struct log_input *next = NULL;
    const struct log_entry *entry;

    *failed = !settle(inputs);
    if (*failed)
        return false;
    for (size_t i = 0; i < inputs->len; i++) {
        struct log_input *input = &inputs->list[i];

        if (input->has[input->in_hand] && (!next || due(input) < due(next)))
            next = input;
    }
    if (!next)
        return false;
    entry = &next->entries[next->in_hand];
    *step = (struct log_step){.input = next, .entry = entry, .begins = !next->has_begun};
    step->ends = next->has_begun || inputs->len == 1 || entry->line.kind != LOG_CALL;
    next->has_begun = true;
    next->has_ended = step->ends;
    return true;
}
