/* run/cast.c: by the names of roles, by the words of commands, by the names of programs. */
#include "run/cast.h"

#include "run/program.h"

#include <sched.h>
#include <string.h>

void cast_rewind(struct cast *cast)
{
    intmap_release(&cast->by_pid);
    cast->by_pid = (struct intmap){0};
    cast->taken.len = 0;
}

void cast_release(struct cast *cast)
{
    intmap_release(&cast->by_pid);
    vec_release(&cast->taken);
    arena_release(&cast->arena);
}

/* --server NAME and the like: the trace's role NAME plays that role of the expectation, a copy that copy. */
static const char *by_name(const struct cast *cast, const char *name)
{
    for (size_t i = 0; i < cast->opts->ncommands; i++) {
        const struct role_command *as = &cast->opts->commands[i];
        size_t len = strlen(as->command), as_len = strlen(as->role);

        if (strncmp(name, as->command, len) != 0 || !(name[len] == '\0' || name[len] == '#'))
            continue;
        for (size_t k = 0; k < cast->expect->nroles; k++) {
            const char *role = cast->expect->roles[k]->name;

            if (strncmp(role, as->role, as_len) == 0 && strcmp(role + as_len, name + len) == 0)
                return role;
        }
    }
    return name;
}

/* --- programs --- */

static const char *base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* The words of the command line that a process was started with. */
struct words {
    const char *const *list;
    size_t len;
};

static struct words words_of(struct cast *cast, const struct event *start)
{
    const struct value *argv = event_arg(start, "argv");
    struct words words = {NULL, argv && argv->kind == VALUE_ARRAY ? argv->array.len : 0};
    const char **list = ARENA_ARRAY(&cast->arena, const char *, words.len + 1);

    for (size_t i = 0; i < words.len; i++) {
        const struct value *word = argv->array.items[i];

        list[i] =
            word->kind == VALUE_BYTES ? arena_memdup(&cast->arena, word->bytes.ptr, word->bytes.len) : "";
    }
    words.list = list;
    return words;
}

/* What the user said plays the role: a program, or a word of its command line (the script of an interpreter).
 */
static bool is_asked(struct cast *cast, const struct role *role, const char *program,
                     const struct words *words)
{
    for (size_t i = 0; i < cast->opts->ncommands; i++) {
        const struct role_command *as = &cast->opts->commands[i];

        if (!role_is_named(role, as->role))
            continue;
        if (strcmp(base(as->command), program) == 0)
            return true;
        for (size_t k = 0; k < words->len; k++)
            if (strcmp(base(as->command), base(words->list[k])) == 0)
                return true;
    }
    return false;
}

/* The role's own command, word by word, wherever its program lies. */
static bool is_command(struct cast *cast, const struct role *role, const char *program,
                       const struct words *words)
{
    struct err err;
    char **argv;
    size_t n = 0;

    (void)program;
    if (!program_split(role->command, &cast->arena, &argv, &err))
        return false;
    while (argv[n])
        n++;
    if (n != words->len || strcmp(base(argv[0]), base(words->list[0])) != 0)
        return false;
    for (size_t i = 1; i < n; i++)
        if (strcmp(argv[i], words->list[i]) != 0)
            return false;
    return true;
}

static bool is_program(struct cast *cast, const struct role *role, const char *program,
                       const struct words *words)
{
    struct err err;
    char **argv;

    (void)words;
    return program_split(role->command, &cast->arena, &argv, &err) && strcmp(base(argv[0]), program) == 0;
}

static bool is_role(struct cast *cast, const struct role *role, const char *program,
                    const struct words *words)
{
    (void)cast, (void)words;
    return role_is_named(role, program);
}

static bool is_taken(const struct cast *cast, const struct role *role)
{
    vec_each (const struct role *, taken, &cast->taken)
        if (*taken == role)
            return true;
    return false;
}

static bool has_choice(const struct cast *cast, const struct role *role)
{
    for (size_t i = 0; i < cast->opts->ncommands; i++)
        if (role_is_named(role, cast->opts->commands[i].role))
            return true;
    return false;
}

/* The first role that fits, best of all one that nobody plays yet. Where the user chose, nothing else does.
 */
static const struct role *find_role(struct cast *cast, const char *program, const struct words *words)
{
    static bool (*const fits[])(struct cast * cast, const struct role *role, const char *program,
                                const struct words *words) = {is_asked, is_command, is_program, is_role};
    const struct expect *expect = cast->expect;
    const struct role *second = NULL;

    for (size_t f = 0; f < sizeof(fits) / sizeof(fits[0]); f++)
        for (size_t i = 0; i < expect->nroles; i++) {
            const struct role *role = expect->roles[i];

            if ((f > 0 && has_choice(cast, role)) || !fits[f](cast, role, program, words))
                continue;
            if (!is_taken(cast, role))
                return role;
            second = second ? second : role;
        }
    /* A log that does not say what ran: of one role it can only be that. */
    return !second && !*program && expect->nroles == 1 ? expect->roles[0] : second;
}

/* A process that plays a role goes on to, whatever it runs. */
static void cast_start(struct cast *cast, const struct event *start)
{
    struct words words;
    const struct role *role;

    if (intmap_get(&cast->by_pid, (uint64_t)start->pid))
        return;
    words = words_of(cast, start);
    role = words.len ? find_role(cast, start->role, &words)
                     : find_role(cast, start->role, &(struct words){(const char *const[]){""}, 1});
    if (!role)
        return;
    intmap_set(&cast->by_pid, (uint64_t)start->pid, (void *)role);
    vec_push(&cast->taken, role);
}

static void cast_fork(struct cast *cast, const struct event *fork)
{
    const struct role *role = intmap_get(&cast->by_pid, (uint64_t)fork->pid);
    int64_t child, flags = 0;

    value_number(event_arg(fork, "flags"), &flags);
    if (!value_number(event_arg(fork, "child"), &child) || (flags & CLONE_THREAD))
        return;
    intmap_del(&cast->by_pid, (uint64_t)child);
    if (role)
        intmap_set(&cast->by_pid, (uint64_t)child, (void *)role);
}

const char *cast_event(struct cast *cast, const struct event *event)
{
    const struct role *role;

    if (!cast->expect)
        return event->role;
    if (!cast->by_program)
        return by_name(cast, event->role);
    if (event->kind == EVENT_START)
        cast_start(cast, event);
    if (event->kind == EVENT_FORK)
        cast_fork(cast, event);
    role = intmap_get(&cast->by_pid, (uint64_t)event->pid);
    return role ? role->name : event->role;
}
