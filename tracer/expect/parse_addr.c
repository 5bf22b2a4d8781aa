/* expect/parse_addr.c: socket addresses, short (127.0.0.1:7000) and as strace prints the struct. */
#include "expect/parser.h"

#include <arpa/inet.h>
#include <string.h>

enum { PORT_MOST = 65535 };

static bool is_dotted(const char *s)
{
    return strchr(s, '.') && s[strspn(s, "0123456789.")] == '\0';
}

bool token_is_host(const struct parser *p)
{
    if (p->tok.kind != TOK_WORD)
        return false;
    return lex_peek(&p->lex) == ':' || is_dotted(p->tok.text) || strchr(p->tok.text, ':');
}

/* The bytes of an address, and its zone; tells what is none, and leaves pat with no bytes then. */
static void set_ip(struct parser *p, struct pat *pat, const char *text, struct span span, bool is_v6)
{
    static const char *const versions[] = {"IPv4", "IPv6"};
    const char *zone = is_v6 ? strchr(text, '%') : NULL;

    if (zone && zone[1]) {
        pat->addr.zone = zone + 1;
        text = arena_memdup(p->arena, text, (size_t)(zone - text));
    }
    if (inet_pton(is_v6 ? AF_INET6 : AF_INET, text, pat->addr.ip) == 1) {
        pat->addr.ip_len = is_v6 ? 16 : 4;
        return;
    }
    diags_add(p->diags, span, "'%s' is no %s address", text, versions[is_v6]);
    diags_hint(p->diags,
               "addresses are written in numbers, as a trace shows them: 127.0.0.1:7000, [::1]:7000, *:7000");
}

static void check_port(struct parser *p, const struct pat *port)
{
    int64_t low = 0, high = 0;

    if (port->kind == PAT_INT)
        low = high = port->n;
    if (port->kind == PAT_RANGE) {
        low = port->range.from;
        high = port->range.to;
    }
    if (low < 0 || high > PORT_MOST)
        diags_add(p->diags, port->span, "a port is a number from 0 to %d", PORT_MOST);
}

static const struct pat *parse_port(struct parser *p)
{
    const struct pat *port = NULL;

    if (parser_is(p, TOK_SLOT) || parser_is_word(p, "_") || token_is_number(&p->tok))
        port = parse_operand(p);
    else
        parser_unexpected(p, "a port: a number, $name or _");
    return port;
}

const struct pat *parse_addr(struct parser *p)
{
    struct pat *pat = pat_new(p, PAT_ADDR);
    struct token host = p->tok;

    if (host.kind == TOK_STAR || host.is_wild)
        pat->addr.any_host = true;
    else
        set_ip(p, pat, host.text, host.span, host.kind == TOK_HOST6 || strchr(host.text, ':'));
    parser_advance(p);
    if (!parser_is(p, TOK_COLON)) {
        if (pat->addr.any_host || pat->addr.ip_len) {
            diags_add(p->diags, pat->span, "an address needs a port behind it");
            diags_hint(p->diags, "':7000', or ':_' for any");
        }
        return pat_end(p, pat);
    }
    parser_advance(p);
    pat->addr.port = parse_port(p);
    if (!pat->addr.port)
        return NULL;
    check_port(p, pat->addr.port);
    return pat_end(p, pat);
}

const struct pat *parse_unix(struct parser *p)
{
    struct pat *pat = pat_new(p, PAT_ADDR);

    parser_advance(p);
    parser_advance(p);
    if (p->tok.kind != TOK_STR) {
        parser_unexpected(p, "a path in quotes");
        return NULL;
    }
    if (p->tok.has_ellipsis)
        diags_add(p->diags, p->tok.span, "'...' can't stand in the path of an address");
    pat->addr.path = p->tok.text;
    pat->addr.path_len = p->tok.len;
    parser_advance(p);
    return pat_end(p, pat);
}

/* ("…"): the text of the address, behind `(` and before what follows. */
static bool host_text(struct parser *p, struct pat *pat, bool is_v6)
{
    struct span span = p->tok.span;
    bool is_wild = p->tok.is_wild;
    const char *text = parser_text(p, "an address in quotes");

    if (!text)
        return false;
    if (is_wild)
        pat->kind = PAT_ANY;
    else
        set_ip(p, pat, text, span, is_v6);
    return true;
}

const struct pat *parse_inet_addr(struct parser *p)
{
    struct pat *pat = pat_new(p, PAT_ADDR);

    parser_advance(p);
    if (!parser_expect(p, TOK_LPAREN) || !host_text(p, pat, false) || !parser_expect(p, TOK_RPAREN))
        return NULL;
    return pat_end(p, pat);
}

const struct pat *parse_inet_pton(struct parser *p, const char **field)
{
    struct pat *pat = pat_new(p, PAT_ADDR);
    bool is_v6;

    parser_advance(p);
    if (!parser_expect(p, TOK_LPAREN))
        return NULL;
    is_v6 = parser_is_word(p, "AF_INET6");
    if (!is_v6 && !parser_is_word(p, "AF_INET")) {
        parser_unexpected(p, "AF_INET6 or AF_INET");
        return NULL;
    }
    parser_advance(p);
    if (!parser_expect(p, TOK_COMMA) || !host_text(p, pat, is_v6) || !parser_expect(p, TOK_COMMA) ||
        !parser_expect(p, TOK_AMP))
        return NULL;
    *field = parser_name(p, "a field's name");
    if (!*field || !parser_expect(p, TOK_RPAREN))
        return NULL;
    return pat_end(p, pat);
}

/* What a whole address has, beside its family; fields in `zero` say nothing when they are 0. */
static const struct form {
    const char *family, *port, *host, *zero[2];
    uint8_t ip_len;
} forms[] = {
    {"AF_INET", "sin_port", "sin_addr", {NULL, NULL}, 4},
    {"AF_INET6", "sin6_port", "sin6_addr", {"sin6_flowinfo", "sin6_scope_id"}, 16},
    {"AF_UNIX", NULL, "sun_path", {NULL, NULL}, 0},
};

static bool is_zero_field(const struct form *form, const struct pat_field *field)
{
    for (size_t i = 0; i < ARRAY_LEN(form->zero); i++)
        if (form->zero[i] && strcmp(form->zero[i], field->name) == 0)
            return field->value->kind == PAT_INT && field->value->n == 0;
    return false;
}

static bool is_port(const struct pat *pat)
{
    return pat->kind == PAT_INT || pat->kind == PAT_NAME || pat->kind == PAT_ANY || pat->kind == PAT_RANGE;
}

/* A Unix path without a gap in it, as the short form has it: "@…" where it begins with a NUL. */
static bool set_path(struct parser *p, struct pat *addr, const struct pat *str)
{
    struct buf path = {0};

    if (str->kind != PAT_STR)
        return false;
    for (size_t i = 0; i < str->str.len; i++) {
        if (str->str.pieces[i].any) {
            buf_release(&path);
            return false;
        }
        buf_add(&path, str->str.pieces[i].bytes, str->str.pieces[i].len);
    }
    if (path.len && path.data[0] == '\0')
        path.data[0] = '@';
    addr->addr.path = arena_memdup(p->arena, path.data, path.len);
    addr->addr.path_len = path.len;
    buf_release(&path);
    return true;
}

/* Fill addr from the fields; false where one is missing, or is more than the short form can say. */
static bool fill(struct parser *p, const struct form *form, const struct pat *st, struct pat *addr)
{
    const struct pat *host = NULL;

    for (size_t i = 0; i < st->st.len; i++) {
        const struct pat_field *field = &st->st.fields[i];

        if (strcmp(field->name, "sa_family") == 0 || is_zero_field(form, field))
            continue;
        if (strcmp(field->name, form->host) == 0)
            host = field->value;
        else if (form->port && strcmp(field->name, form->port) == 0 && is_port(field->value))
            addr->addr.port = field->value;
        else
            return false;
    }
    if (!host)
        return false;
    if (!form->port)
        return set_path(p, addr, host);
    if (!addr->addr.port || host->kind != PAT_ADDR || host->addr.port || host->addr.ip_len != form->ip_len)
        return false;
    memcpy(addr->addr.ip, host->addr.ip, sizeof(addr->addr.ip));
    addr->addr.ip_len = form->ip_len;
    check_port(p, addr->addr.port);
    return true;
}

const struct pat *addr_from_struct(struct parser *p, struct pat *pat)
{
    const struct pat *family = pat->st.len ? pat->st.fields[0].value : NULL;

    if (pat->st.open || !family || strcmp(pat->st.fields[0].name, "sa_family") != 0 ||
        family->kind != PAT_SYM)
        return pat;
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        struct pat *addr = ARENA_NEW(p->arena, struct pat);

        addr->kind = PAT_ADDR;
        addr->span = pat->span;
        if (strcmp(family->sym.name, forms[i].family) == 0 && fill(p, &forms[i], pat, addr))
            return addr;
    }
    return pat;
}
