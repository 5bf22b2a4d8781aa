/* cmd/select_parse.c: sets of calls, statuses, signals and places, as strace(1) writes them. */
#include "cmd/select.h"

#include "cmd/options.h"
#include "cmd/words.h"
#include "decode/call.h"

#include <arpa/inet.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- calls ---- */

static bool is_network(const struct call *call)
{
    return call->flags & CALL_NETWORK;
}

static bool is_desc(const struct call *call)
{
    return call->flags & CALL_DESC;
}

static bool is_any(const struct call *call)
{
    (void)call;
    return true;
}

static const struct {
    const char *name;
    bool (*has)(const struct call *call);
} classes[] = {
    {"%network", is_network}, {"%net", is_network}, {"network", is_network}, {"net", is_network},
    {"%desc", is_desc},       {"desc", is_desc},    {"all", is_any},
};

/* Classes of strace that hold nothing that is traced here. */
static bool is_foreign_class(const char *word)
{
    static const char *const names[] = {"clock",  "creds", "file",   "fstat",   "fstatfs",
                                        "ipc",    "lstat", "memory", "process", "pure",
                                        "signal", "stat",  "%stat",  "statfs",  "%statfs"};

    for (size_t i = 0; *word == '%' && i < ARRAY_LEN(names); i++)
        if (!strcmp(word + 1, names[i]))
            return true;
    return false;
}

static bool add_class(struct select *select, const char *word)
{
    const struct call *call;

    for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
        if (strcmp(classes[i].name, word) != 0)
            continue;
        for (size_t k = 0; (call = call_at(k)); k++)
            if (classes[i].has(call))
                vec_push(&select->calls, call->name);
        return true;
    }
    return false;
}

static bool add_matching(struct select *select, const char *pattern, bool may_be_none, struct buf *wrong)
{
    size_t before = select->calls.len;
    const struct call *call;
    regex_t regex;
    char why[128];
    int error = regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB);

    if (error) {
        regerror(error, &regex, why, sizeof(why));
        buf_addf(wrong, "has no regular expression behind its /: %s", why);
        return false;
    }
    for (size_t i = 0; (call = call_at(i)); i++)
        if (regexec(&regex, call->name, 0, NULL, 0) == 0)
            vec_push(&select->calls, call->name);
    regfree(&regex);
    if (select->calls.len == before && !may_be_none)
        buf_addf(wrong, "has /%s, which no call that is traced matches", pattern);
    return select->calls.len > before || may_be_none;
}

static bool tell_unknown(const char *word, struct buf *wrong)
{
    VEC(const char *) names = {0};
    const struct call *call;

    if (!*word) {
        buf_adds(wrong, "names no call: names, %network, %desc, /REGEX or all, with commas between; or none");
        return false;
    }
    if (is_foreign_class(word)) {
        buf_addf(wrong, "has %s, of which nothing is traced here: there are %%network and %%desc", word);
        return false;
    }
    for (size_t i = 0; (call = call_at(i)); i++)
        vec_push(&names, call->name);
    for (size_t i = 0; i < ARRAY_LEN(classes); i++)
        vec_push(&names, classes[i].name);
    buf_addf(wrong, "has '%s', which is no call that is traced here", word);
    words_suggest(wrong, word, names.items, names.len);
    vec_release(&names);
    return false;
}

static bool add_calls(struct select *select, const char *word, struct buf *wrong)
{
    bool may_be_none = *word == '?';
    const struct call *call;

    word += may_be_none;
    if (*word == '/')
        return add_matching(select, word + 1, may_be_none, wrong);
    if (add_class(select, word))
        return true;
    call = call_by_name(word);
    if (call)
        vec_push(&select->calls, call->name);
    return call || may_be_none || tell_unknown(word, wrong);
}

bool select_calls(struct select *select, const char *text, struct buf *wrong)
{
    struct buf word = {0};
    bool ok = true;

    select->has_calls = true;
    select->is_inverted = *text == '!';
    select->calls.len = 0;
    text += select->is_inverted;
    if (strcmp(text, "none") != 0)
        while (ok && words_next(&text, &word))
            ok = add_calls(select, buf_str(&word), wrong);
    buf_release(&word);
    return ok;
}

/* ---- statuses ---- */

bool select_statuses(struct select *select, const char *text, struct buf *wrong)
{
    static const struct word statuses[] = {
        {"successful", SELECT_SUCCESSFUL}, {"failed", SELECT_FAILED},
        {"unfinished", SELECT_UNFINISHED}, {"unavailable", 0},
        {"detached", SELECT_DETACHED},
    };

    select->has_statuses = true;
    return words_parse(text, statuses, ARRAY_LEN(statuses), "status", &select->statuses, wrong);
}

void select_status(struct select *select, enum select_status status)
{
    select->has_statuses = true;
    select->statuses = status;
}

/* ---- signals ---- */

static bool find_signal(const char *word, uint64_t *signo)
{
    unsigned long n;

    if (options_number(word, 64, &n) && n) {
        *signo = n;
        return true;
    }
    word += strncasecmp(word, "SIG", 3) == 0 ? 3 : 0;
    for (size_t i = 0; i < nametab_signal.len; i++) {
        *signo = nametab_signal.rows[i].n;
        if (!strncmp(nametab_signal.rows[i].name, "SIG", 3) &&
            !strcasecmp(nametab_signal.rows[i].name + 3, word))
            return true;
    }
    return false;
}

static bool tell_no_signal(const char *word, struct buf *wrong)
{
    VEC(const char *) names = {0};

    for (size_t i = 0; i < nametab_signal.len; i++)
        vec_push(&names, nametab_signal.rows[i].name);
    buf_addf(wrong, "has '%s', which is no signal", word);
    words_suggest(wrong, word, names.items, names.len);
    vec_release(&names);
    return false;
}

bool select_signals(struct select *select, const char *text, struct buf *wrong)
{
    bool is_inverted = *text == '!', ok = true;
    struct buf word = {0};
    uint64_t signo, found = 0;

    text += is_inverted;
    while (ok && words_next(&text, &word)) {
        if (!strcmp(buf_str(&word), "all"))
            found = UINT64_MAX;
        else if (find_signal(buf_str(&word), &signo))
            found |= 1ull << (signo - 1);
        else if (strcmp(buf_str(&word), "none") != 0)
            ok = tell_no_signal(buf_str(&word), wrong);
    }
    buf_release(&word);
    select->has_signals = true;
    select->signals = is_inverted ? ~found : found;
    return ok;
}

/* ---- places ---- */

static struct endpoint path_place(const char *path)
{
    struct arena arena = {0};
    char *copy = arena_strdup(&arena, path);
    struct field field = {"sun_path", NULL};
    struct endpoint place;

    if (*copy == '@')
        *copy = '\0';
    field.value = value_bytes(&arena, copy, strlen(path), strlen(path));
    place = endpoint_of(value_struct(&arena, "sockaddr_un", &field, 1));
    arena_release(&arena);
    return place;
}

/* The text in front of the last colon as an address; empty: any. */
static bool parse_host(const char *text, size_t len, struct in6_addr *host, size_t *size)
{
    char copy[INET6_ADDRSTRLEN];

    *host = in6addr_any;
    *size = sizeof(struct in_addr);
    if (!len)
        return true;
    if (*text == '[' && text[len - 1] == ']' && len > 2) {
        text++;
        len -= 2;
    }
    if (len >= sizeof(copy))
        return false;
    memcpy(copy, text, len);
    copy[len] = '\0';
    if (inet_pton(AF_INET, copy, host) == 1)
        return true;
    *size = sizeof(*host);
    return inet_pton(AF_INET6, copy, host) == 1;
}

static bool inet_place(const char *text, struct endpoint *place)
{
    const char *colon = strrchr(text, ':');
    struct arena arena = {0};
    struct in6_addr host;
    struct field fields[2] = {{"sin_port", NULL}, {"sin_addr", NULL}};
    unsigned long port;
    size_t size;

    if (!colon || !options_number(colon + 1, UINT16_MAX, &port) || !port ||
        !parse_host(text, (size_t)(colon - text), &host, &size))
        return false;
    fields[0].value = value_int(&arena, (int64_t)port);
    fields[1].value = value_ip(&arena, &host, size);
    *place = endpoint_of(value_struct(&arena, "sockaddr_in", fields, 2));
    arena_release(&arena);
    return true;
}

bool select_place(struct select *select, const char *text, struct buf *wrong)
{
    struct endpoint place;

    if ((*text == '@' && text[1]) || strchr(text, '/')) {
        place = path_place(text);
    } else if (!inet_place(text, &place)) {
        buf_adds(wrong, "is neither a path (/run/x.sock, ./x.sock, @abstract) nor an address in numbers "
                        "(127.0.0.1:7000, [::1]:7000, :7000)");
        return false;
    }
    vec_push(&select->places, place);
    return true;
}
