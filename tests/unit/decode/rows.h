/* unit/decode/rows.h: rows of a call's registers and memory, each played through the decoder in several ways,
 * and the line that strace prints for it. */
#ifndef UNIT_DECODE_ROWS_H
#define UNIT_DECODE_ROWS_H

#include "../suite.h"
#include "base/alloc.h"
#include "decode/decode.h"
#include "format/strace_value.h"
#include "memory.h"

#include <errno.h>

/* Of the programs that make the calls: a file of 32-bit ones defines it before. */
#ifndef ROWS_ABI
#define ROWS_ABI ABI_NATIVE
#endif

/* Addresses of the tests' memory; HALF is where only what a row gives up to the end of its page can be read.
 */
enum { A = 0x10000, B = 0x20000, C = 0x30000, D = 0x40000, BAD = 0x66000, PAGE_END = 0x51000 };

enum { SNAPLEN = 64 };

struct row {
    const char *call;
    uint64_t args[6];
    int64_t ret;
    struct block in[BLOCKS_MAX];
    struct block out[BLOCKS_MAX]; /* at exit; where it has none, `in` holds still */
    const char *line;
};

/* The rows of the file that includes this. */
extern const struct row rows[];
extern const size_t rows_len;

#define PTR(n) ((void *)(uintptr_t)(n))
#define TEXT(at, lit)                                                                                        \
    {                                                                                                        \
        at, lit, sizeof(lit) - 1                                                                             \
    }
#define OBJ(at, ...)                                                                                         \
    {                                                                                                        \
        at, &(__VA_ARGS__), sizeof(__VA_ARGS__)                                                              \
    }

/* Interface 1 has a name, no other. */
static bool rows_ifname(void *arg, uint32_t index, char name[DECODE_IFNAME_SIZE])
{
    (void)arg;
    strcpy(name, "lo");
    return index == 1;
}

static const struct decode_opts opts = {.snaplen = SNAPLEN, .ifname = rows_ifname};
static const struct format_opts format = {.strlen_max = 1000};

/* The event as a line. What stands behind a result stands in parentheses, one pair for each argument. */
static void render(struct buf *out, const struct event *event)
{
    buf_addf(out, "%s(", event->name);
    for (size_t i = 0; i < event->nargs; i++) {
        buf_adds(out, i ? ", " : "");
        strace_value(out, event->args[i].value, event, &format);
    }
    buf_adds(out, ") = ");
    if (event->err)
        buf_addf(out, "-1 %s", nametab_name(&nametab_errno, (uint64_t)event->err));
    else if (event->ret)
        strace_value(out, event->ret, event, &format);
    else
        buf_addf(out, "%lld", (long long)event->result);
    for (size_t i = 0; i < event->nargs; i++) {
        const struct value *value = event->args[i].value;

        if (value->kind != VALUE_CHANGED || value->form != CHANGED_AUX)
            continue;
        buf_addf(out, " (%s%s", value->changed.label ? value->changed.label : "",
                 value->changed.label ? " " : "");
        strace_value(out, value->changed.after, event, &format);
        buf_addc(out, ')');
    }
}

/* One call under way. */
struct play {
    const struct row *row;
    const struct call *call;
    struct rawcall raw;
    struct memory memory;
    struct arena arena;
    struct event event;
};

static void play_begin(struct play *play, const struct row *row)
{
    *play = (struct play){.row = row, .call = call_by_name(row->call)};
    ck_assert_msg(play->call != NULL, "%s", row->call);
    play->raw.ret = row->ret;
    play->raw.is_error = row->ret < 0;
    play->raw.abi = ROWS_ABI;
    memcpy(play->raw.args, row->args, sizeof(play->raw.args));
    play->memory.peek.read = memory_read;
    play->event = (struct event){.kind = EVENT_CALL, .role = ""};
}

static void play_enter(struct play *play)
{
    play->memory.blocks = play->row->in;
    decode_enter(play->call, &play->raw, &play->memory.peek, &opts, &play->arena, &play->event);
}

static void play_exit(struct play *play)
{
    play->memory.blocks = play->row->out[0].bytes ? play->row->out : play->row->in;
    decode_exit(play->call, &play->raw, &play->memory.peek, &opts, &play->arena, &play->event);
}

static void ck_line(const struct play *play)
{
    struct buf line = {0};

    render(&line, &play->event);
    ck_assert_str_eq(buf_str(&line), play->row->line);
    buf_release(&line);
}

START_TEST(decodes)
{
    struct play play;

    play_begin(&play, &rows[_i]);
    play_enter(&play);
    ck_assert_str_eq(play.event.name, rows[_i].call);
    play_exit(&play);
    ck_line(&play);
    ck_assert_int_eq(play.event.canon, play.call->canon);
    ck_assert_int_eq(play.event.result, rows[_i].ret < 0 ? -1 : rows[_i].ret);
    arena_release(&play.arena);
}
END_TEST

/* Both may run again on the same event, and then see what they could not see before. */
START_TEST(runs_again)
{
    struct play play;

    play_begin(&play, &rows[_i]);
    for (unsigned k = 0; k < 2; k++)
        play_enter(&play);
    for (unsigned k = 0; k < 3; k++)
        play_exit(&play);
    ck_line(&play);
    arena_release(&play.arena);
}
END_TEST

/* Memory comes one round after it was asked for; after as many rounds as call_depth says, all is there. */
START_TEST(depth_is_enough)
{
    struct play play;

    play_begin(&play, &rows[_i]);
    play.memory.is_lazy = true;
    for (unsigned k = 0; k <= call_depth(play.call, false); k++) {
        play_enter(&play);
        play.memory.n_granted = play.memory.n_wishes;
    }
    play.memory.n_wishes = play.memory.n_granted = 0;
    for (unsigned k = 0; k <= call_depth(play.call, true); k++) {
        play_exit(&play);
        play.memory.n_granted = play.memory.n_wishes;
    }
    ck_line(&play);
    arena_release(&play.arena);
}
END_TEST

/* Whichever read fails: a value says so, nothing else happens, and the next run makes it good. */
START_TEST(survives_each_failing_read)
{
    unsigned reads = 1;

    for (unsigned fail_at = 1; fail_at <= reads; fail_at++) {
        struct buf line = {0};
        struct play play;

        play_begin(&play, &rows[_i]);
        play.memory.fail_at = fail_at;
        play_enter(&play);
        play_exit(&play);
        reads = play.memory.reads;
        render(&line, &play.event);
        ck_assert_uint_gt(line.len, 0);
        buf_release(&line);

        play.memory.fail_at = 0;
        play_enter(&play);
        play_exit(&play);
        ck_line(&play);
        arena_release(&play.arena);
    }
}
END_TEST

/* Between entry and exit another thread may change what lies in memory: sizes must come from one reading. */
START_TEST(survives_changed_memory)
{
    static const uint8_t noise[512] = {[0 ... 511] = 0xff};
    static const struct block wild[BLOCKS_MAX] = {
        {A, noise, 512}, {B, noise, 512}, {C, noise, 512}, {D, noise, 512}};
    struct buf line = {0};
    struct play play;

    play_begin(&play, &rows[_i]);
    play_enter(&play);
    play.memory.blocks = wild;
    play.raw.is_error = false;
    play.raw.ret = INT32_MAX;
    decode_exit(play.call, &play.raw, &play.memory.peek, &opts, &play.arena, &play.event);
    render(&line, &play.event);
    ck_assert_uint_gt(line.len, 0);
    buf_release(&line);
    arena_release(&play.arena);
}
END_TEST

static inline void rows_add(Suite *suite)
{
    suite_add_loop(suite, "rows", decodes, (int)rows_len);
    suite_add_loop(suite, "again", runs_again, (int)rows_len);
    suite_add_loop(suite, "depth", depth_is_enough, (int)rows_len);
    suite_add_loop(suite, "failing", survives_each_failing_read, (int)rows_len);
    suite_add_loop(suite, "changed", survives_changed_memory, (int)rows_len);
}

/* The rows of a file whose tests are nothing else. */
#define ROWS_MAIN(name) SUITE_MAIN(name, rows_add)

#endif
