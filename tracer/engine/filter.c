/* engine/filter.c: walks the call table and the watch table into a libseccomp filter. */
#include "engine/filter.h"

#include "base/alloc.h"
#include "engine/watch.h"

#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static struct filter_row *row_of(struct filter *filter, int nr)
{
    struct filter_row *row = intmap_get(&filter->rows, (uint64_t)nr + 1);

    if (!row) {
        row = ALLOC_NEW(struct filter_row);
        intmap_set(&filter->rows, (uint64_t)nr + 1, row);
    }
    return row;
}

const struct filter_row *filter_row(const struct filter *filter, uint64_t nr)
{
    return intmap_get(&filter->rows, nr + 1);
}

/* 0 or a negative errno. A call that this architecture lacks (poll on arm64) is passed over. */
static int add_call(struct filter *filter, scmp_filter_ctx ctx, const struct call *call)
{
    int nr = seccomp_syscall_resolve_name(call->name);

    if (nr < 0)
        return 0;
    row_of(filter, nr)->call = call;
    if ((call->flags & CALL_IF_SOCK) && !(call->flags & CALL_FD2))
        /* fd 0, 1 and 2 carry most of the calls that are none of ours. A socket put there is noticed when it
           is made or duplicated, and its process then stops at every call. The comparison is unsigned, so -1
           stops. */
        return seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 1, SCMP_A0(SCMP_CMP_GT, 2, 0));
    return seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 0);
}

static int add_watch(struct filter *filter, scmp_filter_ctx ctx, const struct watch *watch)
{
    int nr = seccomp_syscall_resolve_name(watch->name);

    if (nr < 0)
        return 0;
    row_of(filter, nr)->watch = watch;
    if (watch->only_arg0)
        return seccomp_rule_add(ctx, SCMP_ACT_TRACE(0), nr, 1, SCMP_A0(SCMP_CMP_EQ, watch->arg0, 0));
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

bool filter_init(struct filter *filter, struct err *err)
{
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
    int rc = ctx ? 0 : -ENOMEM;

    *filter = (struct filter){.arch = seccomp_arch_native()};
    /* Calls of another architecture (32-bit programs, x32) stop, so that the trace can say that they are not
     * decoded. */
    if (!rc)
        rc = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_TRACE(0));
    for (size_t i = 0; !rc && call_at(i); i++)
        rc = add_call(filter, ctx, call_at(i));
    for (size_t i = 0; !rc && watch_at(i); i++)
        rc = add_watch(filter, ctx, watch_at(i));
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
