/* expect/parse_role.c: roles, and the directives of roles and of the file. */
#include "expect/parser.h"

#include "names/nametab.h"

#include <string.h>

enum { MOST_ROLES = 64, MOST_TIMEOUT_MS = 24 * 60 * 60 * 1000, MOST_TIMES = 1000000 };

/* A list in the arena that grows by one: room for `n` + 1 items, the first `n` as they were. */
static void *grow(struct parser *p, const void *old, size_t n, size_t size)
{
    void *items;

    if (n & (n - 1))
        return (void *)old;
    items = arena_alloc(p->arena, (n ? 2 * n : 1) * size);
    if (n)
        memcpy(items, old, n * size);
    return items;
}

/* A directive that stands a second time is told; the line is read all the same. */
static void once(struct parser *p, bool *has)
{
    if (*has)
        diags_add(p->diags, p->tok.span, "a second '%s'", p->tok.text);
    *has = true;
}

bool parse_title(struct parser *p, struct block *block)
{
    (void)block;
    once(p, &p->has_title);
    parser_advance(p);
    p->expect->title = parser_text(p, "the title in quotes");
    return p->expect->title;
}

bool parse_about(struct parser *p, struct block *block)
{
    (void)block;
    once(p, &p->has_about);
    parser_advance(p);
    p->expect->about = parser_text(p, "the text in quotes");
    return p->expect->about;
}

static void check_ends_once(struct parser *p, const struct role *role, struct span span)
{
    if (role->has_exit && role->has_killed)
        diags_add(p->diags, span, "a role can't both exit and be killed");
}

bool parse_exit(struct parser *p, struct block *block)
{
    struct role *role = block->role;
    int64_t status;

    once(p, &role->has_exit);
    role->exit_span = p->tok.span;
    parser_advance(p);
    if (!parser_count(p, "an exit status", 0, 255, &status))
        return false;
    role->exit_status = (int)status;
    role->exit_span.to = p->prev_to;
    check_ends_once(p, role, role->exit_span);
    return true;
}

bool parse_killed(struct parser *p, struct block *block)
{
    struct role *role = block->role;
    VEC(const char *) names = {0};

    once(p, &role->has_killed);
    role->killed_span = p->tok.span;
    parser_advance(p);
    if (!parser_is_word(p, "by"))
        return parser_unexpected(p, "'by' and a signal");
    parser_advance(p);
    if (!parser_is(p, TOK_WORD))
        return parser_unexpected(p, "a signal");
    if (!nametab_find(&nametab_signal, p->tok.text, &role->killed_by) && !p->tok.is_wild) {
        diags_add(p->diags, p->tok.span, "there is no signal '%s'", p->tok.text);
        for (size_t i = 0; i < nametab_signal.len; i++)
            vec_push(&names, nametab_signal.rows[i].name);
        parser_hint_nearest(p, p->tok.text, names.items, names.len);
        vec_release(&names);
    }
    parser_advance(p);
    role->killed_span.to = p->prev_to;
    check_ends_once(p, role, role->killed_span);
    return true;
}

bool parse_stdin(struct parser *p, struct block *block)
{
    once(p, &block->role->has_stdin);
    parser_advance(p);
    if (!parser_is(p, TOK_STR))
        return parser_unexpected(p, "a string");
    block->role->stdin_bytes = p->tok.text;
    block->role->stdin_len = p->tok.len;
    parser_advance(p);
    return true;
}

bool parse_stdout(struct parser *p, struct block *block)
{
    struct role *role = block->role;

    once(p, &role->has_stdout);
    role->stdout_span = p->tok.span;
    parser_advance(p);
    role->stdout_pat = parse_string(p);
    role->stdout_span.to = p->prev_to;
    return role->stdout_pat;
}

bool parse_env(struct parser *p, struct block *block)
{
    struct role *role = block->role;
    struct role_env env, *list;
    struct span span;

    parser_advance(p);
    span = p->tok.span;
    env.name = parser_name(p, "NAME=VALUE");
    if (!env.name)
        return false;
    if (!parser_is(p, TOK_EQ))
        return parser_unexpected(p, "'='");
    p->prev_to = p->tok.span.to;
    p->tok = lex_bare(&p->lex);
    env.value = p->tok.text;
    if (p->tok.kind != TOK_BAD && strlen(env.value) != p->tok.len) {
        diags_add(p->diags, p->tok.span, "a NUL byte can't stand here");
        return false;
    }
    if (p->tok.kind == TOK_BAD)
        return false;
    for (size_t i = 0; i < role->nenv; i++)
        if (strcmp(role->env[i].name, env.name) == 0)
            diags_add(p->diags, span, "a second value of '%s'", env.name);
    list = grow(p, role->env, role->nenv, sizeof(*list));
    list[role->nenv++] = env;
    role->env = list;
    parser_advance(p);
    return true;
}

/* 5s, 500ms, 2m */
bool parse_timeout(struct parser *p, struct block *block)
{
    static const struct {
        const char *name;
        uint32_t ms;
    } units[] = {{"ms", 1}, {"s", 1000}, {"m", 60 * 1000}};
    const char *s;
    uint64_t n = 0;
    bool has_timeout = block->role->timeout_ms > 0;

    once(p, &has_timeout);
    parser_advance(p);
    s = p->tok.text;
    if (!token_is_number(&p->tok))
        return parser_unexpected(p, "a time: 500ms, 5s, 2m");
    for (; *s >= '0' && *s <= '9' && n <= MOST_TIMEOUT_MS; s++)
        n = n * 10 + (uint64_t)(*s - '0');
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (strcmp(s, units[i].name) == 0 && n && n * units[i].ms <= MOST_TIMEOUT_MS)
            block->role->timeout_ms = (uint32_t)n * units[i].ms;
    if (!block->role->timeout_ms && !p->tok.is_wild) {
        diags_add(p->diags, p->tok.span, "'%s' is no time from 1ms to a day", p->tok.text);
        diags_hint(p->diags, "a whole number with its unit: 500ms, 5s, 2m");
    }
    parser_advance(p);
    return true;
}

/* xN */
static bool parse_nth(struct parser *p, struct start_when *start)
{
    struct token number = p->tok;
    int64_t n;

    start->times = 1;
    if (!parser_is(p, TOK_WORD) || p->tok.text[0] != 'x')
        return true;
    number.text++;
    if (p->tok.is_wild) {
        parser_advance(p);
        return true;
    }
    if (!token_is_number(&number))
        return parser_unexpected(p, "a count: x2");
    if (!parser_number(p, &number, &n))
        return false;
    if (n < 1 || n > MOST_TIMES)
        diags_add(p->diags, p->tok.span, "the count is a number from 1 to %d", MOST_TIMES);
    else
        start->times = (int32_t)n;
    parser_advance(p);
    return true;
}

/* start when ROLE CALL [xN] */
bool parse_start(struct parser *p, struct block *block)
{
    struct start_when *start = &block->role->start;
    bool has_start = start->role;
    const char *call, *exact;
    struct span span;

    once(p, &has_start);
    start->span = p->tok.span;
    parser_advance(p);
    if (!parser_is_word(p, "when"))
        return parser_unexpected(p, "'when'");
    parser_advance(p);
    start->span = p->tok.span;
    start->role = parser_name(p, "a role");
    if (!start->role)
        return false;
    span = p->tok.span;
    call = parser_name(p, "a call");
    if (!call)
        return false;
    start->canon = call_find(p, span, call, false, &exact);
    return parse_nth(p, start);
}

static bool is_rule_code(const char *s)
{
    return strncmp(s, "SD", 2) == 0 && strlen(s) == 5 && strspn(s + 2, "0123456789") == 3;
}

bool parse_allow(struct parser *p, struct block *block)
{
    struct role *role = block->role;

    do {
        const char **list;

        parser_advance(p);
        if (!parser_is(p, TOK_WORD))
            return parser_unexpected(p, "the code of a rule");
        if (!is_rule_code(p->tok.text) && !p->tok.is_wild) {
            diags_add(p->diags, p->tok.span, "'%s' is no code of a rule", p->tok.text);
            diags_hint(p->diags, "codes are SD and three digits: SD012");
        }
        list = grow(p, role->allow, role->nallow, sizeof(*list));
        list[role->nallow++] = p->tok.text;
        role->allow = list;
        parser_advance(p);
    } while (parser_is(p, TOK_COMMA));
    return true;
}

static bool check_role_name(struct parser *p, const struct role *role)
{
    for (size_t i = 0; i < p->roles.len; i++) {
        const struct role *other = p->roles.items[i];

        if (strcmp(other->name, role->name) == 0) {
            diags_add(p->diags, role->span, "a second role '%s'", role->name);
            diags_hint(p->diags, "the first is on line %u",
                       source_place(p->lex.source, other->span.from).line);
            return true;
        }
    }
    if (p->roles.len == MOST_ROLES) {
        diags_add(p->diags, role->span, "more than %d roles", MOST_ROLES);
        return false;
    }
    return true;
}

static bool no_role_block(struct parser *p, const struct role *role)
{
    static const char *const words[] = {"title", "about"};

    if (p->tok.kind == TOK_BAD || parser_at_later_word(p))
        return false;
    parser_unexpected(p, "'{', the block of the role");
    if (parser_is(p, TOK_NEWLINE) || parser_is(p, TOK_END))
        parser_hint_nearest(p, role->name, words, ARRAY_LEN(words));
    return false;
}

bool parse_role(struct parser *p, struct block *file)
{
    struct role *role = ARENA_NEW(p->arena, struct role);
    struct block block = {.place = PLACE_ROLE, .role = role, .scope = &role->scope};
    bool ok;

    (void)file;
    role->span = p->tok.span;
    role->name = parser_name(p, "a role's name");
    if (!role->name || !check_role_name(p, role))
        return false;
    role->command_span = p->tok.span;
    role->command = parser_text(p, "the role's command in quotes");
    if (!role->command)
        return false;
    vec_push(&p->roles, role);
    if (!parser_is(p, TOK_LBRACE))
        return no_role_block(p, role);
    ok = parse_block(p, &block);
    role->body = parser_steps(p, &block);
    return ok;
}
