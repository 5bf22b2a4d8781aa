/* unit/decode/test_opts.c: the tables of options hold together, and what is true of a value of any of them.
 */
#include "../suite.h"
#include "base/alloc.h"
#include "decode/opts.h"
#include "event/event.h"
#include "memory.h"

#include <errno.h>

enum { VALUE_AT = 0x10000, LEN_AT = 0x20000, SIZE_MAX_OF = 600 };

static size_t n_rows(void)
{
    size_t count = 0;

    for (size_t i = 0; opts_at(i); i++)
        count += opts_at(i)->len;
    return count;
}

static const struct opt *row_at(size_t n)
{
    size_t i = 0;

    while (n >= opts_at(i)->len)
        n -= opts_at(i++)->len;
    return &opts_at(i)->rows[n];
}

START_TEST(has_names)
{
    const struct opt *opt = row_at((size_t)_i);
    bool is_read = opt->use == OPT_READ;
    const struct nametab *tab = nametab_of_option((uint32_t)opt->level, (uint32_t)opt->name, is_read);

    ck_assert_msg(nametab_name(&nametab_sol, (uint32_t)opt->level) != NULL, "level %d", opt->level);
    ck_assert_msg(tab != NULL, "level %d has no table of names", opt->level);
    if (opt->name != OPT_ANY)
        ck_assert_msg(nametab_name(tab, (uint32_t)opt->name) != NULL, "%d of level %d", opt->name,
                      opt->level);
    ck_assert_msg(!opt->shape.layout != !opt->shape.make, "%d of level %d has not one shape", opt->name,
                  opt->level);
}
END_TEST

/* Each row is one that is found, so none hides another. */
START_TEST(is_found)
{
    const struct opt *opt = row_at((size_t)_i);
    int name = opt->name == OPT_ANY ? INT32_MAX : opt->name;

    ck_assert_ptr_eq(opt_find(opt->level, name, opt->use == OPT_READ), opt);
}
END_TEST

/* Where a member's offset or size differs between programs, the whole does too, and none lies outside. */
START_TEST(members_are_in_order)
{
    const struct layout *layout = row_at((size_t)_i)->shape.layout;

    for (size_t i = 0; layout && i < layout->len; i++) {
        const struct member *member = &layout->members[i];
        bool is_last = i + 1 == layout->len,
             is_table = member->form == SHAPE_SYM || member->form == SHAPE_FLAGS ||
                        member->form == SHAPE_STRUCT || member->form == SHAPE_ARRAY;

        ck_assert_msg(member->size || is_last, "%s of %s", member->name, layout->type);
        ck_assert_msg(!is_table == !member->of, "%s of %s", member->name, layout->type);
        if (is_last)
            continue;
        ck_assert_msg(member[1].at >= member->at && member[1].at32 >= member->at32, "%s of %s",
                      member[1].name, layout->type);
        ck_assert_msg(member->bits || member[1].at >= member->at + member->size, "%s of %s", member[1].name,
                      layout->type);
    }
}
END_TEST

/* A call on `len` bytes, of which `there` can be read. */
struct play {
    uint8_t bytes[SIZE_MAX_OF + 8];
    struct memory memory;
    struct block blocks[BLOCKS_MAX];
    struct arena arena;
    struct event event;
};

static const struct value *play(struct play *play, const struct opt *opt, bool is_read, size_t there, int len,
                                enum abi abi, int err)
{
    static const struct decode_opts decode = {.snaplen = SIZE_MAX_OF + 8};
    const struct call *call = call_by_name(is_read ? "getsockopt" : "setsockopt");
    struct rawcall raw = {
        .args = {3, (uint32_t)opt->level, (uint32_t)(opt->name == OPT_ANY ? 0 : opt->name), VALUE_AT,
                 is_read ? LEN_AT : (uint32_t)len},
        .ret = -err,
        .is_error = err != 0,
        .abi = abi,
    };

    *play = (struct play){.bytes = {[0 ... SIZE_MAX_OF] = 1}};
    play->blocks[0] = (struct block){VALUE_AT, play->bytes, there};
    play->blocks[1] = (struct block){LEN_AT, &len, sizeof(len)};
    play->memory.peek.read = memory_read;
    play->memory.blocks = play->blocks;
    decode_enter(call, &raw, &play->memory.peek, &decode, &play->arena, &play->event);
    decode_exit(call, &raw, &play->memory.peek, &decode, &play->arena, &play->event);
    return event_arg(&play->event, "optval");
}

static bool plays_as(const struct opt *opt, bool is_read, size_t there, int len, enum abi abi,
                     enum value_kind kind)
{
    struct play p;
    const struct value *value = play(&p, opt, is_read, there, len, abi, 0);
    bool is_it = value->kind == kind;

    arena_release(&p.arena);
    return is_it;
}

/* What is shown of a value that has not the shape: as strace shows what it does not know. */
static enum value_kind plain_kind(const struct opt *opt, size_t len)
{
    if (opt->use != OPT_OURS)
        return VALUE_ADDR;
    return len == sizeof(int) ? VALUE_ARRAY : VALUE_BYTES;
}

/* Layouts know their size: right, one short, one long, not there, and all but what is needed. */
START_TEST(fits_its_layout)
{
    const struct opt *opt = row_at((size_t)_i);
    const struct layout *layout = opt->shape.layout;

    for (enum abi abi = 0; layout && abi < ABI_COUNT; abi++) {
        size_t size = shape_size(layout, abi);
        int len = (int)size;

        ck_assert_uint_lt(size, SIZE_MAX_OF);
        ck_assert(plays_as(opt, true, size, len, abi, VALUE_STRUCT));
        ck_assert(size == 1 || plays_as(opt, true, size - 1, len - 1, abi, VALUE_STRUCT));
        ck_assert(plays_as(opt, true, size, 0, abi, VALUE_ADDR));
        ck_assert(plays_as(opt, true, size, -1, abi, VALUE_ADDR));
        ck_assert(plays_as(opt, true, 0, len, abi, VALUE_ADDR));
        if (opt->use == OPT_READ)
            continue;
        ck_assert(plays_as(opt, false, size, len, abi, VALUE_STRUCT));
        ck_assert(plays_as(opt, false, size - 1, len - 1, abi, plain_kind(opt, size - 1)));
        ck_assert(plays_as(opt, false, size + 1, len + 1, abi, layout->is_exact ? VALUE_ADDR : VALUE_STRUCT));
        ck_assert(plays_as(opt, false, 0, len, abi, VALUE_ADDR));
        ck_assert(plays_as(opt, false, size - 1, len, abi, VALUE_ADDR));
        ck_assert(plays_as(opt, false, size, -1, abi, VALUE_ADDR));
    }
}
END_TEST

/* Whatever the length: a value, and none of what can't be read or was not answered. */
START_TEST(bears_any_length)
{
    const struct opt *opt = row_at((size_t)_i);

    for (int len = 1; len <= SIZE_MAX_OF; len++)
        for (enum abi abi = 0; abi < ABI_COUNT; abi++)
            for (int is_read = 0; is_read <= 1; is_read++) {
                struct play p;
                const struct value *value = play(&p, opt, is_read, (size_t)len, len, abi, 0);

                ck_assert_ptr_nonnull(value);
                ck_assert(value->kind != VALUE_NULL);
                arena_release(&p.arena);
                ck_assert(plays_as(opt, is_read, 0, len, abi, VALUE_ADDR));
            }
}
END_TEST

START_TEST(no_answer_is_an_address)
{
    const struct opt *opt = row_at((size_t)_i);
    struct play p;

    ck_assert_int_eq(play(&p, opt, true, 64, 64, ABI_NATIVE, EINVAL)->kind, VALUE_ADDR);
    arena_release(&p.arena);
}
END_TEST

static void add(Suite *suite)
{
    int count = (int)n_rows();

    suite_add_loop(suite, "names", has_names, count);
    suite_add_loop(suite, "found", is_found, count);
    suite_add_loop(suite, "members", members_are_in_order, count);
    suite_add_loop(suite, "layout", fits_its_layout, count);
    suite_add_loop(suite, "lengths", bears_any_length, count);
    suite_add_loop(suite, "no answer", no_answer_is_an_address, count);
}

SUITE_MAIN("opts", add)
