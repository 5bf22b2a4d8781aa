/* report/report_tap.c: outcomes as the Test Anything Protocol, version 14; and as 13, for those who know
 * no 14. */
#include "base/quote.h"
#include "report/tally.h"
#include "report/views.h"

#include <string.h>

/* A description: what would begin a directive is escaped. */
static void add_plain(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '#' || *text == '\\')
            buf_addc(out, '\\');
        buf_addc(out, *text == '\n' ? ' ' : *text);
    }
}

/* What YAML does not take as printable, or takes as the end of a line. */
static unsigned special(const uint8_t *s, size_t n)
{
    unsigned c = n == 3 ? (s[0] & 0xfu) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3fu) : 0;

    return c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe || c == 0xffff ? c : 0;
}

/* A double-quoted scalar, without a colon in its first `plain` bytes. */
static void add_quoted(struct buf *out, const char *text, size_t len, size_t plain)
{
    const uint8_t *s = (const uint8_t *)text;

    buf_addc(out, '"');
    for (size_t i = 0, n; i < len; i += n) {
        n = quote_utf8_len(s + i, len - i);
        if (s[i] == '"' || s[i] == '\\')
            buf_addf(out, "\\%c", s[i]);
        else if (s[i] == '\n' || s[i] == '\t')
            buf_adds(out, s[i] == '\n' ? "\\n" : "\\t");
        else if (special(s + i, n))
            buf_addf(out, "\\u%04x", special(s + i, n));
        else if (s[i] == ':' && i < plain)
            buf_adds(out, "\\u003a");
        else
            buf_add(out, s + i, n);
    }
    buf_addc(out, '"');
}

static void add_member(struct buf *out, const char *key, const char *text)
{
    if (!text)
        return;
    buf_addf(out, "  %s: ", key);
    add_quoted(out, text, strlen(text), 0);
    buf_addc(out, '\n');
}

/* TAP::Parser, the reader of version 13, takes an item for a member where a colon stands behind its first
 * word, quoted or not. */
static size_t first_word(const char *text, int version)
{
    size_t word = strcspn(text, " ");

    return version == 13 ? word + strspn(text + word, " ") + 1 : 0;
}

/* A list of its lines: these are read as they stand. */
static void add_lines(struct buf *out, const char *key, const char *text, int version)
{
    if (!text[0])
        return;
    buf_addf(out, "  %s:\n", key);
    while (*text) {
        size_t len = strcspn(text, "\n");

        buf_adds(out, "    - ");
        add_quoted(out, text, len, first_word(text, version));
        buf_addc(out, '\n');
        text += len + (text[len] == '\n');
    }
}

static void add_place(struct buf *out, struct outcome_place place)
{
    if (!place.file)
        return;
    buf_adds(out, "  at:\n    file: ");
    add_quoted(out, place.file, strlen(place.file), 0);
    if (place.line)
        buf_addf(out, "\n    line: %d", place.line);
    buf_addc(out, '\n');
}

static void add_cause(struct buf *out, const struct outcome_cause *cause)
{
    struct buf rule = {0};

    outcome_add_rule(&rule, cause);
    add_member(out, "rule", buf_str(&rule));
    add_place(out, outcome_place(cause));
    add_member(out, "expected", cause->expected);
    add_member(out, "actual", cause->actual);
    add_member(out, "hint", cause->hint);
    add_member(out, "ask", cause->nudge);
    add_member(out, "why", cause->why);
    add_member(out, "do", cause->cure);
    buf_release(&rule);
}

static const char *severity(const struct outcome *outcome)
{
    return outcome->result == OUTCOME_HOLDS ? "comment" : outcome->result == OUTCOME_FAILS ? "fail" : "error";
}

static void add_block(struct buf *out, const struct outcome *outcome, const struct report_set *set,
                      int version)
{
    buf_adds(out, "  ---\n");
    add_member(out, "severity", severity(outcome));
    add_member(out, "message", outcome->headline[0] ? outcome->headline : NULL);
    if (outcome->took_ns && !set->no_times) {
        buf_adds(out, "  seconds: ");
        tally_add_seconds(out, outcome->took_ns);
        buf_addc(out, '\n');
    }
    if (outcome->ncauses)
        add_cause(out, &outcome->causes[0]);
    add_lines(out, "text", outcome->text, version);
    buf_adds(out, "  ...\n");
}

static void add_test(struct buf *out, const struct outcome *outcome, size_t number,
                     const struct report_set *set, int version)
{
    buf_addf(out, "%s %zu - ", outcome->result == OUTCOME_HOLDS ? "ok" : "not ok", number);
    add_plain(out, outcome->name);
    if (outcome->result != OUTCOME_HOLDS && outcome->result != OUTCOME_FAILS) {
        buf_adds(out, " # could not test: ");
        add_plain(out, outcome->headline);
    }
    buf_addc(out, '\n');
    if (outcome->result != OUTCOME_HOLDS || outcome->ncauses)
        add_block(out, outcome, set, version);
}

static void add_tests(struct buf *out, const struct outcome *const *outcomes, size_t len,
                      const struct report_set *set, int version)
{
    buf_addf(out, "TAP version %d\n1..%zu\n", version, len);
    for (size_t i = 0; i < len; i++)
        add_test(out, outcomes[i], i + 1, set, version);
}

static void write_tap(struct buf *out, const struct outcome *const *outcomes, size_t len,
                      const struct report_set *set)
{
    add_tests(out, outcomes, len, set, 14);
}

static void write_tap13(struct buf *out, const struct outcome *const *outcomes, size_t len,
                        const struct report_set *set)
{
    add_tests(out, outcomes, len, set, 13);
}

const struct report report_tap = {
    .name = "tap",
    .suffix = "tap",
    .what = "Test Anything Protocol 14",
    .write = write_tap,
};

const struct report report_tap13 = {
    .name = "tap13",
    .suffix = "13.tap",
    .what = "the same as version 13, for prove(1)",
    .write = write_tap13,
};
