/* cmd/display.c: strace's letters for selection, lines and statistics. */
#include "cmd/display.h"

#include "cmd/words.h"

#include <string.h>

static const char *verdict(struct display *display, bool ok)
{
    return ok ? NULL : buf_str(&display->wrong);
}

/* ---- selection ---- */

static const char *set_calls(void *arg, const char *value)
{
    struct display *display = arg;

    return verdict(display, select_calls(&display->select, value, &display->wrong));
}

static const char *set_statuses(void *arg, const char *value)
{
    struct display *display = arg;

    return verdict(display, select_statuses(&display->select, value, &display->wrong));
}

static const char *set_signals(void *arg, const char *value)
{
    struct display *display = arg;

    return verdict(display, select_signals(&display->select, value, &display->wrong));
}

static const char *set_place(void *arg, const char *value)
{
    struct display *display = arg;

    return verdict(display, select_place(&display->select, value, &display->wrong));
}

static const char *set_successful(void *arg, const char *value)
{
    (void)value;
    select_status(&((struct display *)arg)->select, SELECT_SUCCESSFUL);
    return NULL;
}

static const char *set_failed(void *arg, const char *value)
{
    (void)value;
    select_status(&((struct display *)arg)->select, SELECT_FAILED);
    return NULL;
}

/* ---- lines ---- */

static const char *set_strlen(void *arg, const char *value)
{
    unsigned long n;

    if (!options_number(value, 1024 * 1024, &n))
        return "is no number from 0 to 1048576";
    ((struct display *)arg)->opts.strlen_max = n;
    return NULL;
}

static const char *set_column(void *arg, const char *value)
{
    unsigned long n;

    if (!options_number(value, 500, &n))
        return "is no number from 0 to 500";
    ((struct display *)arg)->opts.column = (unsigned)n;
    return NULL;
}

/* "path", "socket" and, for strace's habit, what is about other descriptors. */
static const char *set_fds(void *arg, const char *value)
{
    static const struct word words[] = {
        {"path", FD_INFO_PATH}, {"socket", FD_INFO_SOCKET}, {"dev", 0}, {"pidfd", 0}};
    struct display *display = arg;
    struct format_opts *opts = &display->opts;

    if (value && *value)
        return verdict(display, words_parse(value, words, ARRAY_LEN(words), "detail of a descriptor",
                                            &opts->fds, &display->wrong));
    opts->fds |= !value && opts->fds ? FD_INFO_PATH | FD_INFO_SOCKET : FD_INFO_PATH;
    return NULL;
}

static const char *set_hex(void *arg, const char *value)
{
    static const char *const names[] = {
        [HEX_CHARS] = "non-ascii-chars", [HEX_NON_ASCII] = "non-ascii", [HEX_ALL] = "all"};
    struct format_opts *opts = &((struct display *)arg)->opts;

    if (!value) {
        opts->hex = opts->hex == HEX_NONE ? HEX_NON_ASCII : HEX_ALL;
        return NULL;
    }
    opts->hex = HEX_ALL;
    while (*value && opts->hex > HEX_NONE && strcmp(names[opts->hex], value) != 0)
        opts->hex--;
    return opts->hex == HEX_NONE ? "is none of non-ascii-chars, non-ascii, all" : NULL;
}

static const char *set_consts(void *arg, const char *value)
{
    static const char *const names[] = {
        [CONST_ABBREV] = "abbrev", [CONST_RAW] = "raw", [CONST_VERBOSE] = "verbose"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (strcmp(names[i], value) != 0)
            continue;
        ((struct display *)arg)->opts.consts = (enum const_style)i;
        return NULL;
    }
    return "is none of raw, abbrev, verbose";
}

static const struct {
    const char *name;
    unsigned digits;
} precisions[] = {{"s", 0}, {"ms", 3}, {"us", 6}, {"ns", 9}};

enum { DIGITS_US = 6 };

static bool find_precision(const char *word, unsigned *digits)
{
    for (size_t i = 0; i < ARRAY_LEN(precisions); i++) {
        if (strcmp(precisions[i].name, word) != 0)
            continue;
        *digits = precisions[i].digits;
        return true;
    }
    return false;
}

/* A prefix that strace allows in front of a word. */
static const char *behind(const char *word, const char *prefix)
{
    return strncmp(word, prefix, strlen(prefix)) == 0 ? word + strlen(prefix) : word;
}

static bool parse_time(const char *word, struct time_form *form)
{
    static const struct {
        const char *name;
        enum time_style style;
    } styles[] = {{"none", TIME_NONE}, {"time", TIME_OF_DAY}, {"unix", TIME_UNIX}};

    for (size_t i = 0; i < ARRAY_LEN(styles); i++) {
        if (strcmp(styles[i].name, behind(word, "format:")) != 0)
            continue;
        form->style = styles[i].style;
        return true;
    }
    return find_precision(behind(word, "precision:"), &form->digits);
}

/* -t, -tt, -ttt; or in words. */
static const char *set_abs_time(void *arg, const char *value)
{
    struct time_form *form = &((struct display *)arg)->opts.abs_time;
    struct buf word = {0};
    bool ok = true;

    if (!value) {
        if (form->style == TIME_NONE)
            *form = (struct time_form){TIME_OF_DAY, 0};
        else
            *form = (struct time_form){form->digits ? TIME_UNIX : TIME_OF_DAY, DIGITS_US};
        return NULL;
    }
    *form = (struct time_form){TIME_OF_DAY, 0};
    if (*value)
        while (ok && words_next(&value, &word))
            ok = parse_time(buf_str(&word), form);
    buf_release(&word);
    return ok ? NULL : "is no time: none, time or unix, and s, ms, us or ns, with a comma between";
}

static const char *set_span(struct time_form *form, const char *value)
{
    *form = (struct time_form){TIME_SPAN, DIGITS_US};
    return !value || !*value || find_precision(value, &form->digits) ? NULL : "is none of s, ms, us, ns";
}

static const char *set_rel_time(void *arg, const char *value)
{
    return set_span(&((struct display *)arg)->opts.rel_time, value);
}

static const char *set_duration(void *arg, const char *value)
{
    return set_span(&((struct display *)arg)->opts.duration, value);
}

/* -q, -qq, -qqq; or in words, of which some are about what is never told here. */
static const char *set_quiet(void *arg, const char *value)
{
    static const struct word words[] = {{"attach", QUIET_ATTACH},
                                        {"exit", QUIET_EXIT},
                                        {"thread-execve", QUIET_EXECVE},
                                        {"path-resolution", 0},
                                        {"personality", 0}};
    struct display *display = arg;
    unsigned *quiet = &display->opts.quiet;

    if (value && *value)
        return verdict(display,
                       words_parse(value, words, ARRAY_LEN(words), "message", quiet, &display->wrong));
    if (!(*quiet & QUIET_ATTACH))
        *quiet |= QUIET_ATTACH;
    else
        *quiet = *quiet & QUIET_EXIT ? QUIET_ALL : *quiet | QUIET_EXIT;
    return NULL;
}

/* ---- statistics ---- */

static const char *set_summary_only(void *arg, const char *value)
{
    (void)value;
    ((struct display *)arg)->what = DISPLAY_SUMMARY;
    return NULL;
}

static const char *set_summary(void *arg, const char *value)
{
    (void)value;
    ((struct display *)arg)->what = DISPLAY_BOTH;
    return NULL;
}

static const char *set_sort(void *arg, const char *value)
{
    struct display *display = arg;

    if (summary_sort_parse(value, &display->sort))
        return NULL;
    buf_addf(&display->wrong, "is none of %s", summary_sort_words);
    return buf_str(&display->wrong);
}

static const char *set_color(void *arg, const char *value)
{
    return color_parse(value, &((struct display *)arg)->color);
}

/* ---- -e ---- */

static const char no_tampering[] = "asks to tamper with calls, which sockdrill does not do";
static const char no_such[] = "asks for what is not there: calls are decoded whole; see -s, -v, -x and -X";

/* What stands before the = of -e, with strace's short forms. */
static const struct {
    const char *names[4];
    const char *(*set)(void *arg, const char *value);
    const char *wrong; /* where it can't be done */
} qualifiers[] = {
    {{"trace", "t"}, set_calls, NULL},
    {{"status"}, set_statuses, NULL},
    {{"signal", "signals", "s"}, set_signals, NULL},
    {{"quiet", "silent", "silence", "q"}, set_quiet, NULL},
    {{"decode-fds", "decode-fd"}, set_fds, NULL},
    {{"inject"}, NULL, no_tampering},
    {{"fault"}, NULL, no_tampering},
    {{"abbrev", "a"}, NULL, no_such},
    {{"verbose", "v"}, NULL, no_such},
    {{"raw", "x"}, NULL, no_such},
    {{"read", "reads", "r"}, NULL, no_such},
    {{"write", "writes", "w"}, NULL, no_such},
    {{"kvm"}, NULL, no_such},
};

/* A lone SET is one of calls. */
static const char *set_expression(void *arg, const char *value)
{
    size_t len = strcspn(value, "=");

    if (!value[len])
        return set_calls(arg, value);
    for (size_t i = 0; i < ARRAY_LEN(qualifiers); i++)
        for (size_t k = 0; k < ARRAY_LEN(qualifiers[i].names) && qualifiers[i].names[k]; k++) {
            const char *name = qualifiers[i].names[k];

            if (strlen(name) == len && !strncmp(name, value, len))
                return qualifiers[i].set ? qualifiers[i].set(arg, value + len + 1) : qualifiers[i].wrong;
        }
    return "has none of trace=, status=, signal=, quiet=, decode-fds= in front";
}

/* ---- the tables ---- */

static const struct option_row selection[] = {
    {'e', NULL, "EXPR", "trace=SET; or status=, signal=, quiet=, decode-fds=", OPTION_SET(set_expression)},
    {0, "trace", "SET",
     "these calls: names, %network, %desc, /REGEX, ?NAME,\n"
     "none; ! in front: all others",
     OPTION_SET(set_calls)},
    {0, "status", "SET",
     "calls that ended so: successful, failed, unfinished,\n"
     "detached; ! inverts",
     OPTION_SET(set_statuses)},
    {'z', "successful-only", NULL, "as --status=successful", OPTION_SET(set_successful)},
    {'Z', "failed-only", NULL, "as --status=failed", OPTION_SET(set_failed)},
    {0, "signal", "SET", "these signals: names, numbers, none; ! inverts", OPTION_SET(set_signals)},
    {'P', "trace-path", "PLACE",
     "calls on sockets there, and on what they accepted:\n"
     "/PATH, @ABSTRACT, HOST:PORT, :PORT",
     OPTION_SET(set_place)},
    {0},
};

static const struct option_row lines[] = {
    {'s', "string-limit", "N", "show at most N bytes of a string (default 32)", OPTION_SET(set_strlen)},
    {'v', "no-abbrev", NULL, "do not cut arrays", OPTION_FLAG(struct display, opts.whole)},
    {'x', NULL, NULL, "strings that are not ASCII in hexadecimal; -xx: all", OPTION_SET(set_hex)},
    {0, "strings-in-hex", "[=WHICH]", "all (default), non-ascii, or non-ascii-chars", OPTION_SET(set_hex)},
    {'X', "const-print-style", "STYLE", "abbrev (default), raw: numbers, verbose: both",
     OPTION_SET(set_consts)},
    {'y', "decode-fds", "[=SET]",
     "which socket is behind each descriptor; -yy:\n"
     "protocol and addresses; SET: path, socket, all",
     OPTION_SET(set_fds)},
    {'t', "absolute-timestamps", "[=FORMAT]",
     "time of day; -tt: with microseconds; -ttt: since\n"
     "1970; FORMAT: time or unix, s, ms, us, ns",
     OPTION_SET(set_abs_time)},
    {'r', "relative-timestamps", "[=UNIT]", "time since the line before", OPTION_SET(set_rel_time)},
    {'T', "syscall-times", "[=UNIT]", "time spent in each call; UNIT: s, ms, us, ns",
     OPTION_SET(set_duration)},
    {'a', "columns", "N", "column of the results (default 40)", OPTION_SET(set_column)},
    {'q', "quiet", "[=SET]",
     "not how processes start; -qq: nor how they end;\n"
     "SET: attach, exit, thread-execve, all",
     OPTION_SET(set_quiet)},
    {0, "color", "WHEN", "auto (default), always, never", OPTION_SET(set_color)},
    {0},
};

static const struct option_row statistics[] = {
    {'c', "summary-only", NULL,
     "no lines, but how often and how long each call was\n"
     "made, and what each socket sent and received",
     OPTION_SET(set_summary_only)},
    {'C', "summary", NULL, "that too, behind the lines", OPTION_SET(set_summary)},
    {'S', "summary-sort-by", "WHAT",
     "time (default), min-time, max-time, avg-time, calls,\n"
     "errors, name, nothing",
     OPTION_SET(set_sort)},
    {'w', "summary-wall-clock", NULL, "accepted: times are always of the clock",
     OPTION_FLAG(struct display, wall_clock)},
    {0},
};

const struct option_group display_groups[] = {
    {"Selection", selection}, {"Lines", lines}, {"Statistics", statistics}, {0}};

/* ---- the chain ---- */

/* From the last to the first: each is made where an option asks for it. */
struct sink *display_open(struct display *display, const struct format *format, FILE *out, FILE *told)
{
    bool needs_socks = display->opts.fds || display->select.places.len || display->what != DISPLAY_LINES;
    struct sink *sink = NULL;

    if (needs_socks)
        display->opts.socks = &display->socks.source;
    if (display->what != DISPLAY_SUMMARY)
        sink = format->writer(out, &display->opts);
    if (display->what != DISPLAY_LINES) {
        summary_init(&display->summary, sink, told, &display->socks, display->sort);
        sink = &display->summary.sink;
    }
    if (select_is_needed(&display->select)) {
        select_init(&display->select, sink, &display->socks);
        sink = &display->select.sink;
    }
    if (needs_socks) {
        socks_init(&display->socks, sink);
        sink = &display->socks.sink;
    }
    return sink;
}

void display_release(struct display *display)
{
    select_release(&display->select);
    socks_release(&display->socks);
    summary_release(&display->summary);
    buf_release(&display->wrong);
}
