/* report/report_sarif.c: outcomes as SARIF 2.1.0 (OASIS), for code scanning and editors. */
#include "base/alloc.h"
#include "format/jout.h"
#include "report/json.h"
#include "report/tally.h"
#include "report/views.h"
#include "rules/rules.h"

#include <string.h>

/* Causes that no rule knows have rules of their own, behind those of rules/. */
static const struct {
    const char *kind, *title;
} kinds[] = {
    {"missing-call", "A call that the expectation asks for is missing"},
    {"extra-call", "A call that the expectation does not have"},
    {"moved-call", "A call comes at another place than the expectation has it"},
    {"changed-call", "A call has another argument or result than the expectation"},
    {"behaviour", "A program ends, prints or waits in another way than the expectation has it"},
};

static void text_object(struct buf *out, const char *key, const char *text)
{
    json_open(out, key, '{');
    json_text(out, "text", text);
    buf_addc(out, '}');
}

/* Code scanning services take no rule without `help`; it gives no more away than --hints 0 does. */
static void add_rule(struct buf *out, const struct rule_text *rule)
{
    struct buf full = {0};

    buf_addf(&full, "%s; see %s, %s.", rule->title, rule->man, rule->section);
    json_item(out, '{');
    json_text(out, "id", rule->code);
    text_object(out, "shortDescription", rule->title);
    text_object(out, "fullDescription", buf_str(&full));
    buf_reset(&full);
    buf_addf(&full, "Ask `sockdrill explain %s`; or see %s, %s.", rule->code, rule->man, rule->section);
    text_object(out, "help", buf_str(&full));
    buf_addc(out, '}');
    buf_release(&full);
}

static void add_kind(struct buf *out, size_t i)
{
    struct buf id = {0};

    buf_addf(&id, "sockdrill/%s", kinds[i].kind);
    json_item(out, '{');
    json_text(out, "id", buf_str(&id));
    text_object(out, "shortDescription", kinds[i].title);
    text_object(out, "fullDescription", kinds[i].title);
    text_object(out, "help", "How an expectation is read: sockdrill-expect(5).");
    buf_addc(out, '}');
    buf_release(&id);
}

static void add_rules(struct buf *out)
{
    const struct rule_text *rule;

    json_open(out, "rules", '[');
    for (size_t i = 0; (rule = rules_text_at(i)); i++)
        add_rule(out, rule);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        add_kind(out, i);
    buf_addc(out, ']');
}

/* Where the rule of this id stands among them; false for one of another version. */
static bool find_rule(const char *id, uint64_t *index)
{
    const struct rule_text *rule;
    size_t n = 0;

    for (; (rule = rules_text_at(n)); n++)
        if (!strcmp(rule->code, id)) {
            *index = n;
            return true;
        }
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (!strncmp(id, "sockdrill/", 10) && !strcmp(kinds[i].kind, id + 10)) {
            *index = n + i;
            return true;
        }
    return false;
}

/* A path as a URI reference (RFC 3986): all but unreserved characters and slashes are escaped. */
static void uri_member(struct buf *out, const char *path)
{
    struct buf uri = {0};

    buf_adds(&uri, path[0] == '/' ? "file://" : "");
    for (const char *s = path; *s; s++) {
        bool is_plain = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') ||
                        strchr("-._~/", *s);

        buf_addf(&uri, is_plain ? "%c" : "%%%02X", (unsigned char)*s);
    }
    json_text(out, "uri", buf_str(&uri));
    buf_release(&uri);
}

static void add_location(struct buf *out, struct outcome_place place, const char *message)
{
    json_item(out, '{');
    json_open(out, "physicalLocation", '{');
    json_open(out, "artifactLocation", '{');
    uri_member(out, place.file);
    if (place.file[0] != '/')
        json_text(out, "uriBaseId", "%SRCROOT%");
    buf_addc(out, '}');
    if (place.line > 0) {
        json_open(out, "region", '{');
        json_number(out, "startLine", (uint64_t)place.line);
        buf_addc(out, '}');
    }
    buf_addc(out, '}');
    if (message)
        text_object(out, "message", message);
    buf_addc(out, '}');
}

static void add_locations(struct buf *out, const struct outcome_cause *cause)
{
    struct outcome_place place = outcome_place(cause);

    json_open(out, "locations", '[');
    if (place.file)
        add_location(out, place, NULL);
    buf_addc(out, ']');
    if (!cause->source.file || !cause->expectation.file)
        return;
    json_open(out, "relatedLocations", '[');
    add_location(out, cause->expectation, "what is expected");
    buf_addc(out, ']');
}

/* Adds `sentence` after what is there, with the full stop that it lacks. */
static void add_sentence(struct buf *text, const char *sentence)
{
    size_t len = strlen(sentence);

    if (len)
        buf_addf(text, " %s%s", sentence, strchr(".?!", sentence[len - 1]) ? "" : ".");
}

static void message_object(struct buf *out, const struct outcome *outcome, const struct outcome_cause *cause)
{
    const char *const parts[] = {cause->hint, cause->nudge, cause->why, cause->cure};
    struct buf text = {0};

    buf_addf(&text, "%s: %s.", outcome->name, cause->what);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (parts[i])
            add_sentence(&text, parts[i]);
    text_object(out, "message", buf_str(&text));
    buf_release(&text);
}

static void add_result(struct buf *out, const struct outcome *outcome, size_t at)
{
    static const char *const levels[] = {
        [OUTCOME_NOTE] = "note", [OUTCOME_WARNING] = "warning", [OUTCOME_ERROR] = "error"};
    const struct outcome_cause *cause = &outcome->causes[at];
    struct buf id = {0};
    uint64_t index;

    outcome_add_rule(&id, cause);
    json_item(out, '{');
    json_text(out, "ruleId", buf_str(&id));
    if (find_rule(buf_str(&id), &index))
        json_number(out, "ruleIndex", index);
    json_text(out, "level", levels[outcome_level(outcome, at)]);
    message_object(out, outcome, cause);
    add_locations(out, cause);
    json_open(out, "properties", '{');
    json_text(out, "scenario", outcome->name);
    if (cause->role)
        json_text(out, "role", cause->role);
    if (cause->confidence)
        json_text(out, "confidence", cause->confidence);
    buf_adds(out, "}}");
    buf_release(&id);
}

static bool is_tested(const struct outcome *outcome)
{
    return outcome->result == OUTCOME_HOLDS || outcome->result == OUTCOME_FAILS;
}

/* What could not be tested is no result: it is told of the run of the tool. */
static void add_invocation(struct buf *out, const struct outcome *const *outcomes, size_t len)
{
    bool are_tested = true;

    for (size_t i = 0; i < len; i++)
        are_tested = are_tested && is_tested(outcomes[i]);
    json_open(out, "invocations", '[');
    json_item(out, '{');
    json_bool(out, "executionSuccessful", are_tested);
    json_open(out, "toolExecutionNotifications", '[');
    for (size_t i = 0; i < len; i++) {
        struct buf text = {0};

        if (is_tested(outcomes[i]))
            continue;
        buf_addf(&text, "%s could not be tested: %s", outcomes[i]->name, outcomes[i]->headline);
        json_item(out, '{');
        json_text(out, "level", "error");
        text_object(out, "message", buf_str(&text));
        buf_addc(out, '}');
        buf_release(&text);
    }
    buf_adds(out, "]}]");
}

static void add_driver(struct buf *out, const struct report_set *set)
{
    json_open(out, "tool", '{');
    json_open(out, "driver", '{');
    json_text(out, "name", "sockdrill");
    json_text(out, "version", set->version);
    add_rules(out);
    buf_adds(out, "}}");
}

static void write_sarif(struct buf *out, const struct outcome *const *outcomes, size_t len,
                        const struct report_set *set)
{
    buf_addc(out, '{');
    json_text(out, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_text(out, "version", "2.1.0");
    json_open(out, "runs", '[');
    json_item(out, '{');
    add_driver(out, set);
    add_invocation(out, outcomes, len);
    json_open(out, "originalUriBaseIds", '{');
    json_open(out, "%SRCROOT%", '{');
    text_object(out, "description", "the working directory of sockdrill");
    buf_adds(out, "}}");
    json_text(out, "columnKind", "unicodeCodePoints");
    json_open(out, "results", '[');
    for (size_t i = 0; i < len; i++)
        for (size_t cause = 0; cause < outcomes[i]->ncauses; cause++)
            add_result(out, outcomes[i], cause);
    buf_adds(out, "]}]}\n");
}

const struct report report_sarif = {
    .name = "sarif",
    .suffix = "sarif",
    .what = "SARIF 2.1.0, for code scanning and editors",
    .write = write_sarif,
};
