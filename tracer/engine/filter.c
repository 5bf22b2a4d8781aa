/* engine/filter.c: walks the call table and the watch table into a libseccomp filter. */
#include "engine/filter.h"

#include "base/alloc.h"
#include "engine/watch.h"

#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* libseccomp's names for the architectures of the two ABIs. */
#if defined __x86_64__
#define ARCH_32 SCMP_ARCH_X86
#elif defined __aarch64__
#define ARCH_32 SCMP_ARCH_ARM
#endif

enum {
    NUMBERS = 1024,       /* system call numbers end well below on every architecture */
    X32_BIT = 0x40000000, /* of the numbers of x32 programs, which have the architecture of 64-bit ones */
};

static uint64_t key(enum abi abi, uint64_t nr)
{
    return (uint64_t)abi << 32 | (nr + 1);
}

bool filter_abi(const struct filter *filter, uint32_t arch, uint64_t nr, enum abi *abi)
{
    for (*abi = 0; *abi < ABI_COUNT; ++*abi)
        if (filter->archs[*abi] == arch)
            return *abi != ABI_NATIVE || !(nr & X32_BIT);
    return false;
}

const struct filter_row *filter_row(const struct filter *filter, enum abi abi, uint64_t nr)
{
    return nr < NUMBERS ? intmap_get(&filter->rows, key(abi, nr)) : NULL;
}

static const struct watch *watch_by_name(const char *name)
{
    for (size_t i = 0; watch_at(i); i++)
        if (strcmp(watch_at(i)->name, name) == 0)
            return watch_at(i);
    return NULL;
}

/*
 * From each number to what is known of its name: a name may have several numbers, one of them shared with
 * others (socketcall(2) of i386).
 */
static void add_rows(struct filter *filter, enum abi abi)
{
    for (int nr = 0; nr < NUMBERS; nr++) {
        char *name = seccomp_syscall_resolve_num_arch(filter->archs[abi], nr);
        struct filter_row found = {NULL, NULL}, *row;

        if (name)
            found = (struct filter_row){call_by_name(name), watch_by_name(name)};
        free(name);
        if (!found.call && !found.watch)
            continue;
        row = ALLOC_NEW(struct filter_row);
        *row = found;
        intmap_set(&filter->rows, key(abi, (uint64_t)nr), row);
    }
}

/*
 * 0 or a negative errno. libseccomp adds a rule to both architectures, and drops it where one of them lacks
 * the call (poll on arm64).
 */
static int add_call(scmp_filter_ctx ctx, const struct call *call)
{
    int nr = seccomp_syscall_resolve_name(call->name), rc = 0;
    unsigned fds = call_fds(call);

    if (nr == __NR_SCMP_ERROR)
        return 0;
    if (!(call->flags & CALL_IF_SOCK))
        return seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 0);
    /* fd 0, 1 and 2 carry most of the calls that are none of ours. A socket put there is noticed when it is
       made or duplicated, and its process then stops at every call. The comparison is unsigned, so -1 stops.
       One rule is enough to stop a call. */
    for (unsigned i = 0; !rc && fds >> i; i++)
        if (fds >> i & 1)
            rc = seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 1, SCMP_CMP(i, SCMP_CMP_GT, 2, 0));
    return rc;
}

static int add_watch(scmp_filter_ctx ctx, const struct watch *watch)
{
    int nr = seccomp_syscall_resolve_name(watch->name);

    if (nr == __NR_SCMP_ERROR)
        return 0;
    if (watch->only_arg0)
        return seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 1, SCMP_A0(SCMP_CMP_EQ, watch->arg0, 0));
    if (watch->maps_code)
        return seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 1,
                                SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
    return seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 0);
}

/* libseccomp writes programs to a file descriptor; a memory file makes bytes of it. */
static int export_program(scmp_filter_ctx ctx, struct sock_fprog *program)
{
    int fd = memfd_create("filter", MFD_CLOEXEC), rc;
    off_t size;

    if (fd < 0)
        return -errno;
    rc = seccomp_export_bpf(ctx, fd);
    size = lseek(fd, 0, SEEK_END);
    if (rc == 0 && size > 0) {
        program->filter = alloc_zeroed((size_t)size);
        program->len = (unsigned short)((size_t)size / sizeof(*program->filter));
        if (pread(fd, program->filter, (size_t)size, 0) != size)
            rc = -EIO;
    }
    close(fd);
    return rc;
}

bool filter_init(struct filter *filter, bool with_stacks, struct err *err)
{
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
    int rc = ctx ? 0 : -ENOMEM;

    *filter = (struct filter){.archs = {[ABI_NATIVE] = seccomp_arch_native(), [ABI_32] = ARCH_32}};
    /* Calls of any other kind (x32) stop, so that the trace can say that they are not decoded. */
    if (!rc)
        rc = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_TRACE(0));
    if (!rc)
        rc = seccomp_arch_add(ctx, ARCH_32);
    for (size_t i = 0; !rc && call_at(i); i++)
        rc = add_call(ctx, call_at(i));
    for (size_t i = 0; !rc && watch_at(i); i++)
        if (with_stacks || !watch_at(i)->maps_code)
            rc = add_watch(ctx, watch_at(i));
    for (enum abi abi = 0; !rc && abi < ABI_COUNT; abi++)
        add_rows(filter, abi);
    if (!rc)
        rc = export_program(ctx, &filter->program);
    if (ctx)
        seccomp_release(ctx);
    if (!rc)
        return true;
    filter_release(filter);
    return err_sys(err, -rc, "cannot build the seccomp filter");
}

void filter_release(struct filter *filter)
{
    const struct intmap_slot *slot;
    size_t pos = 0;

    while ((slot = intmap_next(&filter->rows, &pos)))
        free(slot->value);
    intmap_release(&filter->rows);
    free(filter->program.filter);
    filter->program = (struct sock_fprog){0};
}
