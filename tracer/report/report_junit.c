/* report/report_junit.c: outcomes as JUnit's XML, as Surefire writes and Jenkins and GitLab read it. */
#include "base/quote.h"
#include "report/tally.h"
#include "report/views.h"

#include <string.h>

/* A text or an attribute. What XML 1.0 has no place for is U+FFFD; line ends and tabs in attributes would be
 * spaces. */
static void add_xml(struct buf *out, const char *text, bool is_attribute)
{
    static const char *const entities[128] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&apos;"};
    const uint8_t *s = (const uint8_t *)text;

    for (size_t len = strlen(text), i = 0, n; i < len; i += n) {
        n = quote_utf8_len(s + i, len - i);
        if (n == 1 && entities[s[i]])
            buf_adds(out, entities[s[i]]);
        else if (n == 1 && is_attribute && s[i] < ' ')
            buf_addf(out, "&#%d;", s[i]);
        else if (n == 3 && s[i] == 0xef && s[i + 1] == 0xbf && s[i + 2] >= 0xbe)
            buf_adds(out, "\xef\xbf\xbd");
        else
            buf_add(out, s + i, n);
    }
}

static void attribute(struct buf *out, const char *name, const char *value)
{
    buf_addf(out, " %s=\"", name);
    add_xml(out, value, true);
    buf_addc(out, '"');
}

static void time_attribute(struct buf *out, uint64_t ns)
{
    if (!ns)
        return;
    buf_adds(out, " time=\"");
    tally_add_seconds(out, ns);
    buf_addc(out, '"');
}

static void place_attributes(struct buf *out, const struct outcome *outcome)
{
    struct outcome_place place =
        outcome->ncauses ? outcome_place(&outcome->causes[0]) : (struct outcome_place){0};

    if (place.file)
        attribute(out, "file", place.file);
    else if (outcome->expectation[0])
        attribute(out, "file", outcome->expectation);
    if (place.file && place.line)
        buf_addf(out, " line=\"%d\"", place.line);
}

/* What became of it: nothing where it holds. */
static void add_problem(struct buf *out, const struct outcome *outcome)
{
    const char *element = outcome->result == OUTCOME_FAILS ? "failure" : "error";
    struct buf type = {0};

    if (outcome->result == OUTCOME_HOLDS)
        return;
    if (outcome->result == OUTCOME_FAILS && outcome->ncauses)
        outcome_add_rule(&type, &outcome->causes[0]);
    else
        buf_adds(&type,
                 outcome->result == OUTCOME_UNTESTED ? "could-not-test" : outcome_word(outcome->result));
    buf_addf(out, "      <%s", element);
    attribute(out, "type", buf_str(&type));
    attribute(out, "message", outcome->headline);
    buf_addc(out, '>');
    add_xml(out, outcome->text, false);
    buf_addf(out, "</%s>\n", element);
    buf_release(&type);
}

static void add_printed(struct buf *out, const struct outcome_role *role, const struct outcome_stream *stream)
{
    if (!stream->text[0])
        return;
    add_xml(out, role->name, false);
    buf_adds(out, " printed:\n");
    add_xml(out, stream->text, false);
    if (stream->left_out)
        buf_addf(out, "… (%llu bytes more)", (unsigned long long)stream->left_out);
    if (out->data[out->len - 1] != '\n')
        buf_addc(out, '\n');
}

/* The element, where there is something to stand in it. */
static void add_streams(struct buf *out, const struct outcome *outcome, bool is_stderr)
{
    const char *element = is_stderr ? "system-err" : "system-out";
    struct buf text = {0};

    if (!is_stderr && outcome->result == OUTCOME_HOLDS)
        add_xml(&text, outcome->text, false);
    for (size_t i = 0; i < outcome->nroles; i++)
        add_printed(&text, &outcome->roles[i], is_stderr ? &outcome->roles[i].err : &outcome->roles[i].out);
    if (text.len)
        buf_addf(out, "      <%s>%s</%s>\n", element, text.data, element);
    buf_release(&text);
}

static void add_case(struct buf *out, const struct outcome *outcome, const struct report_set *set)
{
    buf_adds(out, "    <testcase");
    attribute(out, "name", outcome->name);
    attribute(out, "classname", set->title);
    time_attribute(out, set->no_times ? 0 : outcome->took_ns);
    place_attributes(out, outcome);
    buf_adds(out, ">\n");
    add_problem(out, outcome);
    add_streams(out, outcome, false);
    add_streams(out, outcome, true);
    buf_adds(out, "    </testcase>\n");
}

static void open_suite(struct buf *out, const char *element, const struct tally *tally, size_t len,
                       const struct report_set *set)
{
    size_t failures = tally->counts[OUTCOME_FAILS];

    buf_addf(out, "<%s", element);
    attribute(out, "name", set->title);
    buf_addf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"0\"", len, failures,
             len - failures - tally->counts[OUTCOME_HOLDS]);
    time_attribute(out, tally->took_ns);
}

static void write_junit(struct buf *out, const struct outcome *const *outcomes, size_t len,
                        const struct report_set *set)
{
    struct tally tally = tally_make(outcomes, len, set);

    buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open_suite(out, "testsuites", &tally, len, set);
    buf_adds(out, ">\n  ");
    open_suite(out, "testsuite", &tally, len, set);
    if (tally.began_s) {
        buf_adds(out, " timestamp=\"");
        tally_add_time(out, tally.began_s);
        buf_addc(out, '"');
    }
    buf_adds(out, ">\n");
    for (size_t i = 0; i < len; i++)
        add_case(out, outcomes[i], set);
    buf_adds(out, "  </testsuite>\n</testsuites>\n");
}

const struct report report_junit = {
    .name = "junit",
    .suffix = "junit.xml",
    .what = "JUnit's XML, for Jenkins, GitLab and others",
    .write = write_junit,
};
