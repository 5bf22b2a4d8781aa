/* decode/unfold.c: a table of the calls that are carried by others. */
#include "decode/unfold.h"

#include "base/alloc.h"
#include "decode/shape.h"

#include <string.h>

struct carried {
    const char *name;
    uint8_t nargs;
};

/* linux/net.h: SYS_SOCKET is 1. */
static const struct carried socketcalls[] = {
    {NULL, 0},         {"socket", 3},      {"bind", 3},        {"connect", 3},    {"listen", 2},
    {"accept", 3},     {"getsockname", 3}, {"getpeername", 3}, {"socketpair", 4}, {"send", 4},
    {"recv", 4},       {"sendto", 6},      {"recvfrom", 6},    {"shutdown", 2},   {"setsockopt", 5},
    {"getsockopt", 5}, {"sendmsg", 3},     {"recvmsg", 3},     {"accept4", 4},    {"recvmmsg", 5},
    {"sendmmsg", 4},
};

static const struct carried old_select = {"select", 5};

const struct call *unfold_call(const struct call *call, struct rawcall *raw, uint64_t *carried_at,
                               struct peek *peek)
{
    const struct carried *carried = NULL;
    uint64_t addr = raw->args[1];
    const uint8_t *bytes;

    if (raw->abi != ABI_32)
        return call;
    if (strcmp(call->name, "socketcall") == 0) {
        if (raw->args[0] && raw->args[0] < ARRAY_LEN(socketcalls))
            carried = &socketcalls[raw->args[0]];
    } else if (strcmp(call->name, old_select.name) == 0) {
        carried = &old_select;
        addr = raw->args[0];
    }
    bytes = carried && addr ? peek->read(peek, addr, carried->nargs * sizeof(uint32_t)) : NULL;
    if (!bytes)
        return call;
    *carried_at = addr;
    memset(raw->args, 0, sizeof(raw->args));
    for (size_t i = 0; i < carried->nargs; i++)
        raw->args[i] = shape_uint(bytes + i * sizeof(uint32_t), sizeof(uint32_t));
    return call_by_name(carried->name);
}
