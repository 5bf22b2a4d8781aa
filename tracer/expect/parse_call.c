/* expect/parse_call.c: a call line: name(arguments) = result, and the block of the socket that it makes. */
#include "expect/parser.h"

#include "event/canon.h"

#include <string.h>

static const struct {
    const char *form; /* its arguments, in canonical form */
    uint8_t most_args;
    bool is_on_socket, makes_socket;
} calls[CANON_COUNT] = {
    [CANON_SOCKET] = {"(domain, type, protocol)", 3, false, true},
    [CANON_SOCKETPAIR] = {"(domain, type, protocol, [sock, sock])", 4, false, false},
    [CANON_BIND] = {"(sock, address)", 2, true, false},
    [CANON_LISTEN] = {"(sock, backlog)", 2, true, false},
    [CANON_ACCEPT] = {"(sock, address, flags)", 3, true, true},
    [CANON_CONNECT] = {"(sock, address)", 2, true, false},
    [CANON_SEND] = {"(sock, data, flags)", 3, true, false},
    [CANON_RECV] = {"(sock, data, flags)", 3, true, false},
    [CANON_SENDTO] = {"(sock, data, flags, address)", 4, true, false},
    [CANON_RECVFROM] = {"(sock, data, flags, address)", 4, true, false},
    [CANON_SHUTDOWN] = {"(sock, how)", 2, true, false},
    [CANON_CLOSE] = {"(sock)", 1, true, false},
    [CANON_GETSOCKNAME] = {"(sock, address)", 2, true, false},
    [CANON_GETPEERNAME] = {"(sock, address)", 2, true, false},
    [CANON_SETSOCKOPT] = {"(sock, level, option, value)", 4, true, false},
    [CANON_GETSOCKOPT] = {"(sock, level, option, value)", 4, true, false},
    [CANON_FCNTL] = {"(sock, command, argument)", 3, true, false},
    [CANON_IOCTL] = {"(sock, request, argument)", 3, true, false},
    [CANON_DUP] = {"(sock, new fd, flags)", 3, true, false},
    [CANON_WAIT] = {"(fds, …)", EVENT_MAX_ARGS, false, false},
    [CANON_EPOLL_CREATE] = {"(flags)", 1, false, false},
    [CANON_EPOLL_CTL] = {"(epoll, operation, sock, event)", 4, true, false},
};

/* libc's calls that the kernel knows under another name: send(2) is sendto(2) without an address. */
static const struct {
    const char *libc, *kernel;
} libc_calls[] = {{"send", "sendto"}, {"recv", "recvfrom"}};

bool call_is_on_socket(enum canon canon)
{
    return calls[canon].is_on_socket;
}

static void unknown_call(struct parser *p, struct span span, const char *name)
{
    VEC(const char *) names = {0};

    diags_add(p->diags, span, "unknown call '%s'", name);
    for (int i = CANON_NONE + 1; i < CANON_OTHER; i++)
        vec_push(&names, canon_name((enum canon)i));
    for (size_t i = 0; canon_syscall_at(i); i++)
        if (canon_of_syscall(canon_syscall_at(i)) != CANON_OTHER)
            vec_push(&names, canon_syscall_at(i));
    for (size_t i = 0; keyword_at(i); i++)
        vec_push(&names, keyword_at(i));
    parser_hint_nearest(p, name, names.items, names.len);
    vec_release(&names);
}

const char *call_kernel_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(libc_calls); i++)
        if (strcmp(libc_calls[i].libc, name) == 0)
            return libc_calls[i].kernel;
    return canon_of_syscall(name) == CANON_NONE ? NULL : name;
}

enum canon call_find(struct parser *p, struct span span, const char *name, bool bang, const char **exact)
{
    enum canon canon = canon_find(name), family = canon_of_syscall(name);

    *exact = NULL;
    if (canon == CANON_OTHER || (canon == CANON_NONE && family == CANON_NONE)) {
        unknown_call(p, span, name);
        return CANON_NONE;
    }
    if (family == CANON_OTHER) {
        diags_add(p->diags, span, "'%s' is never matched: a trace shows what it did to each socket", name);
        return CANON_NONE;
    }
    if (bang || canon == CANON_NONE)
        *exact = call_kernel_name(name);
    if (bang && !*exact) {
        diags_add(p->diags, span, "'%s' stands for several system calls, and is none of its own", name);
        diags_hint(p->diags, "name the system call that you mean, or leave the '!' out");
    }
    return canon == CANON_NONE ? family : canon;
}

static void too_many(struct parser *p, const struct step *step, struct span span)
{
    unsigned most = calls[step->canon].most_args;

    diags_add(p->diags, span, "'%s' has no more than %u argument%s", step->name, most, most == 1 ? "" : "s");
    diags_hint(p->diags, "%s%s", step->name, calls[step->canon].form);
}

/* From behind `(` to behind `)`. */
static bool parse_args(struct parser *p, struct step *step)
{
    size_t most = step->canon == CANON_NONE ? EVENT_MAX_ARGS : calls[step->canon].most_args;

    if (parser_is(p, TOK_RPAREN)) {
        parser_advance(p);
        return true;
    }
    for (size_t n = 0;; n++) {
        const struct pat *arg;

        if (parser_is(p, TOK_ELLIPSIS)) {
            parser_advance(p);
            return parser_expect(p, TOK_RPAREN);
        }
        arg = parse_value(p);
        if (!arg)
            return false;
        if (n < most)
            step->args[step->nargs++] = arg;
        else if (n == most && step->canon != CANON_NONE)
            too_many(p, step, arg->span);
        if (!parser_is(p, TOK_COMMA))
            break;
        parser_advance(p);
    }
    if (!parser_is(p, TOK_RPAREN))
        return parser_unexpected(p, "',' or ')'");
    parser_advance(p);
    return true;
}

static bool parse_life(struct parser *p, struct step *step)
{
    struct block life = {.place = PLACE_LIFE, .scope = &step->scope};
    bool ok;

    if (step->canon != CANON_NONE && !calls[step->canon].makes_socket) {
        diags_add(p->diags, p->tok.span, "'%s' makes no socket whose life a block could be", step->name);
        diags_hint(p->diags,
                   "socket and accept do; several lines are taken together by optional, repeat or either");
    } else if (!step->result || step->result->kind != PAT_NAME || step->errnos) {
        diags_add(p->diags, p->tok.span, "a block needs the name of its socket");
        diags_hint(p->diags, "%s(…) = $name {", step->name);
    }
    ok = parse_block(p, &life);
    step->has_life = true;
    step->life = parser_steps(p, &life);
    return ok;
}

bool call_is_data_line(const struct step *step)
{
    return !step->has_bang && (canon_is_send(step->canon) || canon_is_recv(step->canon)) && step->nargs > 1 &&
           (step->args[1]->kind == PAT_STR || step->args[1]->kind == PAT_NAME) && !step->result &&
           !step->errnos;
}

struct step *parse_call(struct parser *p)
{
    struct step *step = ARENA_NEW(p->arena, struct step);

    step->kind = STEP_CALL;
    step->span = p->tok.span;
    step->name_span = p->tok.span;
    step->name = parser_name(p, "a call");
    if (!step->name)
        return NULL;
    step->has_bang = parser_is(p, TOK_BANG);
    if (step->has_bang)
        parser_advance(p);
    step->canon = call_find(p, step->span, step->name, step->has_bang, &step->exact);
    if (!parser_expect(p, TOK_LPAREN) || !parse_args(p, step))
        return NULL;
    if (parser_is(p, TOK_EQ)) {
        parser_advance(p);
        if (!parse_result(p, step))
            return NULL;
    }
    step->span.to = p->prev_to;
    if (!parser_hint(p, &step->hint))
        return NULL;
    step->is_data =
        !step->exact && (step->canon == CANON_SEND || step->canon == CANON_RECV) && call_is_data_line(step);
    if (parser_is(p, TOK_LBRACE) && !parse_life(p, step))
        return NULL;
    return step;
}
