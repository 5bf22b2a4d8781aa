/* fuzz/fuzz_expect.c: arbitrary bytes as an expectation, with and without parameters. */
#include "base/bug.h"
#include "expect/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct expect *expect, struct steps steps, struct arena *arena)
{
    for (size_t i = 0; i < steps.len; i++) {
        const struct step *step = steps.items[i];

        if (step->span.from > step->span.to || step->span.to > expect->source->len)
            BUG("a step's span lies outside of the text");
        for (size_t arg = 0; arg < step->nargs; arg++)
            if (step->args[arg]->span.to > expect->source->len)
                BUG("an argument's span lies outside of the text");
        expect_step_text(expect, step, arena);
        walk(expect, step->life, arena);
        walk(expect, step->body, arena);
        for (size_t alt = 0; alt < step->nalternatives; alt++)
            walk(expect, step->alternatives[alt], arena);
    }
}

static void parse(const uint8_t *data, size_t size, const struct param *params, size_t nparams)
{
    struct source source = {"fuzz.expect", (const char *)data, size};
    struct diags diags = {.source = &source};
    struct arena arena = {0};
    struct buf out = {0};
    struct expect *expect = expect_parse(&arena, params, nparams, &diags);

    if ((expect == NULL) != (diags.list.len > 0))
        BUG("a tree beside errors, or neither");
    diags_write(&diags, &out);
    for (size_t i = 0; expect && i < expect->nroles; i++)
        walk(expect, expect->roles[i]->body, &arena);
    buf_release(&out);
    diags_release(&diags);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct param params[] = {
        {"PORT", "7000", true}, {"HOST", "::1", true}, {"A", "\"}\n\x01", false}, {"E", "", false}};

    parse(data, size, params, sizeof(params) / sizeof(params[0]));
    parse(data, size, NULL, 0);
    return 0;
}
