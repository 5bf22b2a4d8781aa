/* expect/parse_role.c: roles and their directives. */
#include "expect/parser.h"

#include "names/nametab.h"

#include <string.h>

enum { MOST_ROLES = 64, MOST_TIMEOUT_MS = 24 * 60 * 60 * 1000 };

static void check_ends_once(struct parser *p, const struct role *role, struct span span)
{
    if (role->has_exit && role->has_killed)
        diags_add(p->diags, span, "a role can't both exit and be killed");
}

bool parse_exit(struct parser *p, struct block *block)
{
    struct role *role = block->role;
    int64_t status;

    parser_once(p, &role->has_exit);
    role->exit_span = p->tok.span;
    parser_advance(p);
    if (!parser_count(p, "an exit status", 0, 255, &status))
        return false;
    role->exit_status = (int)status;
    role->exit_span.to = p->prev_to;
    check_ends_once(p, role, role->exit_span);
    return parser_hint(p, &role->exit_hint);
}

bool parse_killed(struct parser *p, struct block *block)
{
    struct role *role = block->role;
    VEC(const char *) names = {0};

    parser_once(p, &role->has_killed);
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
    return parser_hint(p, &role->killed_hint);
}

bool parse_stdin(struct parser *p, struct block *block)
{
    parser_once(p, &block->role->has_stdin);
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

    parser_once(p, &role->has_stdout);
    role->stdout_span = p->tok.span;
    parser_advance(p);
    role->stdout_pat = parse_string(p);
    role->stdout_span.to = p->prev_to;
    return role->stdout_pat && parser_hint(p, &role->stdout_hint);
}

bool parse_env(struct parser *p, struct block *block)
{
    struct role *role = block->role;
    struct role_env env, *list;
    struct span span;

    parser_advance(p);
    if (!parser_assignment(p, &env.name, &env.value, &span))
        return false;
    for (size_t i = 0; i < role->nenv; i++)
        if (strcmp(role->env[i].name, env.name) == 0)
            diags_add(p->diags, span, "a second value of '%s'", env.name);
    list = parser_grow(p, role->env, role->nenv, sizeof(*list));
    list[role->nenv++] = env;
    role->env = list;
    parser_advance(p);
    return true;
}

bool parse_timeout(struct parser *p, struct block *block)
{
    bool has_timeout = block->role->timeout_ms > 0;

    parser_once(p, &has_timeout);
    parser_advance(p);
    return parser_time(p, MOST_TIMEOUT_MS, "a day", &block->role->timeout_ms);
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
        list = parser_grow(p, role->allow, role->nallow, sizeof(*list));
        list[role->nallow++] = p->tok.text;
        role->allow = list;
        parser_advance(p);
    } while (parser_is(p, TOK_COMMA));
    return true;
}

bool parse_copies(struct parser *p, struct block *block)
{
    bool has_copies = block->copies;
    int64_t n;

    parser_once(p, &has_copies);
    parser_advance(p);
    if (!parser_count(p, "the number of copies", 1, MOST_ROLES, &n))
        return false;
    block->copies = (int32_t)n;
    return true;
}

static bool check_role_name(struct parser *p, const struct role *role)
{
    for (size_t i = 0; i < p->roles.len; i++) {
        const struct role *other = p->roles.items[i];

        if (strcmp(other->base, role->base) == 0 && other->span.from != role->span.from) {
            diags_add(p->diags, role->span, "a second role '%s'", role->base);
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

    if (p->tok.kind == TOK_BAD)
        return false;
    parser_unexpected(p, "'{', the block of the role");
    if (parser_is(p, TOK_NEWLINE) || parser_is(p, TOK_END))
        parser_hint_nearest(p, role->base, words, ARRAY_LEN(words));
    return false;
}

/* At its name. *copies: how many the block asks for, or 0. */
static bool parse_copy(struct parser *p, int32_t copy, int32_t *copies)
{
    struct role *role = ARENA_NEW(p->arena, struct role);
    struct block block = {.place = PLACE_ROLE, .role = role, .scope = &role->scope};
    bool ok;

    parser_set(p, (struct param){.name = "COPY", .value = arena_printf(p->arena, "%d", copy)});
    role->span = p->tok.span;
    role->name = role->base = parser_name(p, "a role's name");
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
    *copies = block.copies;
    if (block.copies) {
        role->copy = copy;
        role->name = arena_printf(p->arena, "%s#%d", role->base, copy);
    }
    return ok;
}

/* A copy is read from the same lines once more, with another ${COPY}; what is wrong in them is told once. */
bool parse_role(struct parser *p, struct block *file)
{
    const struct param *outer = parser_param(p, "COPY");
    const struct param kept = outer ? *outer : (struct param){0};
    const struct token name = p->tok;
    size_t pos = p->lex.pos, wrong = p->diags->list.len;
    int32_t copies = 0;
    bool ok = parse_copy(p, 1, &copies);

    (void)file;
    for (int32_t copy = 2; ok && copy <= copies && p->diags->list.len == wrong; copy++) {
        p->tok = name;
        p->lex.pos = pos;
        ok = parse_copy(p, copy, &copies);
    }
    if (outer)
        parser_set(p, kept);
    else
        parser_unset(p, "COPY");
    return ok;
}
