/* cmd/list.c: sockdrill list: the scenarios that come along. */
#include "cmd/cmd.h"

#include "run/run.h"

#include <string.h>

static const struct option_row rows[] = {{0}};

static const struct usage usage = {
    .name = "list",
    .synopsis = "",
    .about = "Lists the scenarios that come along: name and title, and what each is about.",
    .options = {.rows = rows, .order = OPTIONS_ANYWHERE},
};

struct listing {
    size_t shown;
    int code;
};

static void print_name(const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;

    printf("%-16.*s ", (int)(strlen(base) - strlen(".expect")), base);
}

static void show_one(void *arg, const char *path)
{
    struct listing *listing = arg;
    struct arena arena = {0};
    struct expect_text text;
    struct err err;

    if (!run_describe(path, &arena, &text, &err)) {
        listing->code = cmd_fail("list", EXIT_USAGE, &err);
    } else {
        print_name(path);
        printf("%s\n", text.title);
        if (*text.about)
            printf("%-16s   %s\n", "", text.about);
        listing->shown++;
    }
    arena_release(&arena);
}

int cmd_list(int argc, char **argv)
{
    struct listing listing = {.code = EXIT_HOLDS};
    struct err err;
    int first, code;

    if (!cmd_options(&usage, NULL, argc, argv, &first, &code))
        return code;
    if (first < argc)
        return cmd_usage_error(&usage, "it takes no operands");
    run_each_expect(show_one, &listing);
    if (!listing.shown && listing.code == EXIT_HOLDS) {
        err_set(&err, "there are no scenarios");
        err_hint(&err, "they are looked for beside the program; SOCKDRILL_DATA names another place");
        return cmd_fail("list", EXIT_UNTESTED, &err);
    }
    return listing.code;
}
