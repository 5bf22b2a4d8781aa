/* format/log_line.c: who, when, and the parts of what happened, by the brackets and quotes that strace
 * balances. */
#include "format/log_line.h"

#include "base/clock.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

enum {
    UNIX_DIGITS = 9,     /* a time since 1970 has at least as many; a pid has fewer */
    FRACTION_DIGITS = 9, /* nanoseconds */
    MOST_DIGITS = 18,    /* of what fits into 64 bits with a sign */
    SECONDS_MOST = 1 << 30,
};

/* The rest of a line. */
struct rest {
    const char *at, *end;
};

static size_t rest_len(const struct rest *rest)
{
    return (size_t)(rest->end - rest->at);
}

static bool begins(const struct rest *rest, const char *text)
{
    return rest_len(rest) >= strlen(text) && memcmp(rest->at, text, strlen(text)) == 0;
}

static bool skip(struct rest *rest, const char *text)
{
    if (!begins(rest, text))
        return false;
    rest->at += strlen(text);
    return true;
}

static void skip_spaces(struct rest *rest)
{
    while (rest->at < rest->end && *rest->at == ' ')
        rest->at++;
}

static void trim(struct rest *rest)
{
    while (rest->at < rest->end && isspace((unsigned char)rest->end[-1]))
        rest->end--;
}

static bool skip_end(struct rest *rest, const char *text)
{
    size_t len = strlen(text);

    if (rest_len(rest) < len || memcmp(rest->end - len, text, len) != 0)
        return false;
    rest->end -= len;
    return true;
}

static size_t digits_at(const struct rest *rest)
{
    size_t n = 0;

    while (n < rest_len(rest) && isdigit((unsigned char)rest->at[n]))
        n++;
    return n;
}

/* At most MOST_DIGITS digits; returns how many they are. */
static size_t take_digits(struct rest *rest, uint64_t *n)
{
    size_t len = digits_at(rest);

    if (len > MOST_DIGITS)
        return 0;
    *n = 0;
    for (size_t i = 0; i < len; i++)
        *n = *n * 10 + (uint64_t)(*rest->at++ - '0');
    return len;
}

static struct log_text text_of(const struct rest *rest)
{
    return (struct log_text){rest->at, rest_len(rest)};
}

/* --- what is in front --- */

/* `.123456`, if it is there, as nanoseconds. */
static bool take_fraction(struct rest *rest, uint64_t *ns)
{
    uint64_t unit = CLOCK_NS_PER_S;
    size_t len;

    *ns = 0;
    if (!skip(rest, "."))
        return false;
    len = digits_at(rest);
    for (size_t i = 0; i < len; i++, rest->at++) {
        unit /= 10;
        *ns += unit * (uint64_t)(*rest->at - '0');
    }
    return true;
}

/* `12:34:56` */
static bool take_day(struct rest *rest, uint64_t *seconds)
{
    struct rest at = *rest;
    uint64_t hour, minute, second;

    if (take_digits(&at, &hour) != 2 || !skip(&at, ":") || take_digits(&at, &minute) != 2 ||
        !skip(&at, ":") || take_digits(&at, &second) != 2)
        return false;
    *seconds = (hour * 60 + minute) * 60 + second;
    *rest = at;
    return true;
}

/* `(+     0.000012) `: what -r adds to -t. */
static void skip_span(struct rest *rest)
{
    struct rest at = *rest;

    if (!skip(&at, "(+"))
        return;
    while (at.at < at.end && *at.at != ')')
        at.at++;
    if (!skip(&at, ")"))
        return;
    skip_spaces(&at);
    *rest = at;
}

static void take_time(struct rest *rest, struct log_line *line)
{
    struct rest at = *rest;
    uint64_t seconds, fraction;
    bool is_day, has_fraction;
    size_t digits;

    skip_spaces(&at);
    digits = digits_at(&at);
    is_day = take_day(&at, &seconds);
    if (!is_day && !take_digits(&at, &seconds))
        return;
    has_fraction = take_fraction(&at, &fraction);
    if (!is_day && !has_fraction && digits < UNIX_DIGITS)
        return;
    if (!skip(&at, " "))
        return;
    line->clock = is_day ? CLOCK_DAY : digits >= UNIX_DIGITS ? CLOCK_UNIX : CLOCK_SINCE;
    if (seconds > (uint64_t)SECONDS_MOST * 8)
        seconds = 0;
    line->in_seconds = !has_fraction;
    line->time_ns = seconds * CLOCK_NS_PER_S + fraction;
    skip_spaces(&at);
    skip_span(&at);
    *rest = at;
}

/* `1234  `, `1234<name> `, `[pid  1234] `. */
static void take_pid(struct rest *rest, struct log_line *line)
{
    struct rest at = *rest;
    bool in_brackets = skip(&at, "[pid");
    size_t digits;
    uint64_t pid;

    if (in_brackets)
        skip_spaces(&at);
    digits = take_digits(&at, &pid);
    if (!digits || (!in_brackets && digits >= UNIX_DIGITS) || pid > INT_MAX)
        return;
    if (at.at < at.end && *at.at == '<')
        at.at += log_skip_tag(text_of(&at), 0);
    if (!skip(&at, in_brackets ? "] " : " "))
        return;
    line->pid = (int)pid;
    skip_spaces(&at);
    *rest = at;
}

/* --- brackets and quotes --- */

bool log_text_is(struct log_text text, const char *other)
{
    return text.len == strlen(other) && memcmp(text.at, other, text.len) == 0;
}

size_t log_skip_string(struct log_text text, size_t at)
{
    for (at++; at < text.len && text.at[at] != '"'; at++)
        if (text.at[at] == '\\')
            at++;
    return at < text.len ? at + 1 : text.len;
}

size_t log_skip_comment(struct log_text text, size_t at)
{
    const char *end = memmem(text.at + at, text.len - at, "*/", 2);

    return end ? (size_t)(end - text.at) + 2 : text.len;
}

/*
 * strace writes a `>` of a path as an octal escape, and a device has its number in brackets of its own:
 * `</dev/null<char 1:3>>`; other kinds of files have brackets around what they hold.
 */
size_t log_skip_tag(struct log_text text, size_t at)
{
    bool is_path = at + 1 < text.len && text.at[at + 1] == '/';
    char opening = is_path ? '<' : '[', closing = is_path ? '>' : ']';
    size_t depth = 0;

    for (at++; at < text.len; at++) {
        char c = text.at[at];

        if (c == '>' && !depth)
            break;
        if (c == '"' && !is_path)
            at = log_skip_string(text, at) - 1;
        else if (c == opening)
            depth++;
        else if (c == closing && depth)
            depth--;
    }
    at = at < text.len ? at + 1 : text.len;
    if (text.len - at >= strlen("(deleted)") && memcmp(text.at + at, "(deleted)", strlen("(deleted)")) == 0)
        at += strlen("(deleted)");
    return at;
}

/* Does the `<` there decorate a descriptor? */
static bool is_tag(struct log_text text, size_t at)
{
    return at && (isdigit((unsigned char)text.at[at - 1]) || isupper((unsigned char)text.at[at - 1])) &&
           !(at + 1 < text.len && text.at[at + 1] == '<');
}

/* Where the bracket is closed that was opened before the text; its length where it is not. */
static size_t find_close(struct log_text text)
{
    size_t depth = 0;

    for (size_t at = 0; at < text.len;) {
        switch (text.at[at]) {
        case '"': at = log_skip_string(text, at); continue;
        case '<': at = is_tag(text, at) ? log_skip_tag(text, at) : at + 1; continue;
        case '/':
            at = at + 1 < text.len && text.at[at + 1] == '*' ? log_skip_comment(text, at) : at + 1;
            continue;
        case '(':
        case '[':
        case '{': depth++; break;
        case ')':
        case ']':
        case '}':
            if (!depth)
                return at;
            depth--;
            break;
        default: break;
        }
        at++;
    }
    return text.len;
}

/* --- what happened --- */

/* `name(`, of small letters and digits. */
static bool take_name(struct rest *rest, struct log_text *name)
{
    struct rest at = *rest;

    while (at.at < at.end && (isalnum((unsigned char)*at.at) || *at.at == '_' || *at.at == '?'))
        at.at++;
    *name = (struct log_text){rest->at, (size_t)(at.at - rest->at)};
    if (!name->len || isdigit((unsigned char)name->at[0]) || !skip(&at, "("))
        return false;
    *rest = at;
    return true;
}

/* ` <0.000123>` at the end. */
static void take_duration(struct rest *rest, struct log_line *line)
{
    struct rest at = *rest;
    uint64_t seconds, fraction;

    if (!skip_end(&at, ">"))
        return;
    while (at.end > at.at && (isdigit((unsigned char)at.end[-1]) || at.end[-1] == '.'))
        at.end--;
    if (at.end == at.at || at.end[-1] != '<')
        return;
    at = (struct rest){at.end, rest->end - 1};
    if (!take_digits(&at, &seconds) || seconds > SECONDS_MOST)
        return;
    take_fraction(&at, &fraction);
    if (at.at != at.end)
        return;
    line->has_took = true;
    line->took_ns = seconds * CLOCK_NS_PER_S + fraction;
    while (rest->end[-1] != '<')
        rest->end--;
    rest->end--;
    trim(rest);
}

/* The last `)` that has a `= ` behind it: arguments of calls that nobody wants to know more of may have
 * quotes and brackets that are not ours. The length where there is none. */
static size_t find_last_close(struct log_text text)
{
    for (size_t at = text.len; at-- > 0;) {
        struct rest behind = {text.at + at + 1, text.at + text.len};

        if (text.at[at] != ')')
            continue;
        skip_spaces(&behind);
        if (begins(&behind, "= "))
            return at;
    }
    return text.len;
}

/* Arguments, the closing bracket and the result. */
static const char *take_call(struct rest rest, struct log_line *line)
{
    struct rest args;
    size_t close;

    if (skip_end(&rest, "<detached ...>")) {
        line->kind = LOG_DETACHED;
        trim(&rest);
        line->args = text_of(&rest);
        return NULL;
    }
    if (skip_end(&rest, "<unfinished ...>")) {
        line->kind = LOG_UNFINISHED;
        trim(&rest);
        line->args = text_of(&rest);
        return NULL;
    }
    close = find_close(text_of(&rest));
    if (close == rest_len(&rest))
        close = find_last_close(text_of(&rest));
    if (close == rest_len(&rest))
        return "a call without its closing bracket";
    args = (struct rest){rest.at, rest.at + close};
    if (skip_end(&args, "<unfinished ...>"))
        trim(&args);
    line->args = text_of(&args);
    rest.at += close + 1;
    skip_spaces(&rest);
    if (!skip(&rest, "="))
        return "a call without a result";
    skip_spaces(&rest);
    take_duration(&rest, line);
    line->result = text_of(&rest);
    return line->result.len ? NULL : "a call without a result";
}

/* `<... name resumed>`; strace before 5.0 has a space, or more, behind it. */
static const char *take_resumed(struct rest rest, struct log_line *line)
{
    const char *end = memmem(rest.at, rest_len(&rest), " resumed>", strlen(" resumed>"));
    const char *why;

    if (!end)
        return "a line that begins like a resumed call, and is none";
    line->name = (struct log_text){rest.at, (size_t)(end - rest.at)};
    rest.at = end + strlen(" resumed>");
    why = take_call(rest, line);
    line->kind = LOG_RESUMED;
    return why || line->result.len ? why : "a call without a result";
}

/* `--- SIGTERM {si_signo=SIGTERM, …} ---`, `--- stopped by SIGSTOP ---` */
static const char *take_signal(struct rest rest, struct log_line *line)
{
    struct rest name;

    if (!skip_end(&rest, " ---"))
        return "a signal that does not end with ---";
    name = rest;
    while (name.at < rest.end && *name.at != ' ')
        name.at++;
    line->name = (struct log_text){rest.at, (size_t)(name.at - rest.at)};
    if (!skip(&name, " {") || !skip_end(&name, "}"))
        return NULL;
    line->kind = LOG_SIGNAL;
    line->args = text_of(&name);
    return NULL;
}

static const char *take_end(struct rest rest, struct log_line *line)
{
    uint64_t n = 0;

    if (!skip_end(&rest, " +++"))
        return "the end of a process that does not end with +++";
    if (skip(&rest, "exited with ") && take_digits(&rest, &n)) {
        line->kind = LOG_EXITED;
    } else if (skip(&rest, "superseded by execve in pid ") && take_digits(&rest, &n) && n && n <= INT_MAX) {
        line->kind = LOG_SUPERSEDED;
    } else if (skip(&rest, "killed by ")) {
        line->kind = LOG_KILLED;
        line->core = skip_end(&rest, " (core dumped)");
        line->name = text_of(&rest);
        return NULL;
    }
    line->n = (int64_t)n;
    return line->kind == LOG_NOTHING || rest.at < rest.end ? "an end of a process that is not known" : NULL;
}

/* What strace tells the person in front of it; a frame of -k. */
static bool is_aside(const struct rest *rest)
{
    static const char *const asides[] = {"strace: ", "[ Process PID=", "Process ", " > ", "> ", "..."};

    for (size_t i = 0; i < sizeof(asides) / sizeof(asides[0]); i++)
        if (begins(rest, asides[i]))
            return true;
    return rest->at == rest->end;
}

static void take_front(struct rest *rest, struct log_line *line)
{
    trim(rest);
    take_pid(rest, line);
    take_time(rest, line);
}

const char *log_line_split(const char *text, size_t len, struct log_line *line)
{
    struct rest rest = {text, text + len};
    const char *why;

    *line = (struct log_line){.kind = LOG_NOTHING};
    if (is_aside(&rest))
        return NULL;
    take_front(&rest, line);
    if (is_aside(&rest))
        return NULL;
    if (skip(&rest, "<... "))
        return take_resumed(rest, line);
    if (skip(&rest, "--- "))
        return take_signal(rest, line);
    if (skip(&rest, "+++ "))
        return take_end(rest, line);
    if (!take_name(&rest, &line->name))
        return "not a line of strace";
    line->kind = LOG_CALL;
    why = take_call(rest, line);
    return why;
}

bool log_line_sniff(const char *head, size_t len)
{
    const char *end;
    struct rest rest;
    struct log_line line = {0};

    while (len && (*head == '\n' || *head == '\r'))
        head++, len--;
    end = memchr(head, '\n', len);
    rest = (struct rest){head, end ? end : head + len};
    if (begins(&rest, "strace: "))
        return true;
    take_front(&rest, &line);
    return begins(&rest, "<... ") || begins(&rest, "--- SIG") || begins(&rest, "+++ exited") ||
           begins(&rest, "+++ killed") || take_name(&rest, &line.name);
}
