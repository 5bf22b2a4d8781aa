/* fuzz/fuzz_decode.c: every call of the table with any registers, any memory and any result, of 64-bit and
 * 32-bit programs; what comes of it must have a canonical form, and stand in every format. */
#include "formats.h"

#include "base/bug.h"
#include "decode/unfold.h"
#include "event/canon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Memory: the input's own bytes here, at addresses that 32-bit programs have too; ones and zeros without end.
 */
enum { OWN = 0x10000, ONES = 0x1000000, ZEROS = 0x2000000, PATTERN_SIZE = 1 << 20 };

struct memory {
    struct peek peek;
    const uint8_t *bytes;
    size_t len;
};

static const uint8_t *memory_read(struct peek *peek, uint64_t addr, size_t len)
{
    static const uint8_t ones[PATTERN_SIZE] = {[0 ... PATTERN_SIZE - 1] = 0xff}, zeros[PATTERN_SIZE];
    const struct memory *memory = (struct memory *)peek;

    if (!len)
        BUG("a read of nothing");
    if (addr >= OWN && addr - OWN <= memory->len && len <= memory->len - (addr - OWN))
        return memory->bytes + (addr - OWN);
    if (len <= PATTERN_SIZE && addr >= ONES && addr < ZEROS)
        return ones;
    return len <= PATTERN_SIZE && addr >= ZEROS && addr < 2 * (uint64_t)ZEROS ? zeros : NULL;
}

static bool interface_name(void *arg, uint32_t index, char name[DECODE_IFNAME_SIZE])
{
    (void)arg;
    strcpy(name, "lo");
    return index % 2;
}

/* Takes what the input has left. */
struct input {
    const uint8_t *at;
    size_t len;
};

static uint64_t take(struct input *input, size_t size)
{
    uint64_t n = 0;

    if (size > input->len)
        size = input->len;
    memcpy(&n, input->at, size);
    input->at += size;
    input->len -= size;
    return n;
}

/* A register: small numbers and pointers into the memory more often than chance would give them. */
static uint64_t take_register(struct input *input, enum abi abi)
{
    uint64_t how = take(input, 1), n = take(input, how % 4 == 3 ? 8 : 2);

    switch (how % 4) {
    case 0: return n;
    case 1: return OWN + n;
    case 2: return n << 12;
    default: return abi == ABI_32 ? (uint32_t)n : n;
    }
}

static void trace_one(const struct event *event)
{
    struct trace_head head = {
        .schema = TRACE_SCHEMA, .version = "0", .kernel = "0", .arch = "x86_64", .isolation = ""};
    struct trace trace;

    trace_init(&trace);
    sink_begin(&trace.sink, &head);
    sink_event(&trace.sink, event);
    sink_end(&trace.sink);
    check_formats(&trace);
    trace_release(&trace);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct decode_opts opts = {.snaplen = 4096, .ifname = interface_name};
    struct input input = {data, size};
    struct event event = {.kind = EVENT_CALL, .seq = 1, .role = ""};
    struct memory memory = {.peek.read = memory_read};
    struct arena arena = {0};
    struct rawcall raw = {0};
    uint64_t carried_at;
    const struct call *call;
    size_t calls = 0;

    while (call_at(calls))
        calls++;
    call = call_at(take(&input, 1) % calls);
    raw.abi = take(&input, 1) % ABI_COUNT;
    raw.is_error = take(&input, 1) % 4 == 0;
    raw.ret = raw.is_error ? -(int64_t)(take(&input, 1) + 1) : (int64_t)take(&input, 2);
    for (size_t i = 0; i < 6; i++)
        raw.args[i] = take_register(&input, raw.abi);
    memory.bytes = input.at;
    memory.len = input.len;
    call = unfold_call(call, &raw, &carried_at, &memory.peek);
    decode_enter(call, &raw, &memory.peek, &opts, &arena, &event);
    canon_fill(&event, &arena);
    decode_exit(call, &raw, &memory.peek, &opts, &arena, &event);
    event.is_stream = size % 2;
    canon_fill(&event, &arena);
    if (size % 4 == 0) /* which takes far longer than all the rest */
        trace_one(&event);
    arena_release(&arena);
    return 0;
}
