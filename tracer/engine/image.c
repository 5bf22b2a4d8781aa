/* engine/image.c: /proc/PID/maps into a session of libdwfl that finds files as the process itself would. */
#include "engine/image.h"

#include "base/alloc.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* By the process's own root directory: this one may have another file of that name. */
static int open_in_root(pid_t pid, const char *path)
{
    char in_root[PATH_MAX + 32];
    struct stat st;

    snprintf(in_root, sizeof(in_root), "/proc/%d/root%s", pid, path);
    /* To open a device may do anything. */
    if (path[0] != '/' || stat(in_root, &st) < 0 || !S_ISREG(st.st_mode))
        return -1;
    return open(in_root, O_RDONLY | O_CLOEXEC);
}

static int find_elf(Dwfl_Module *module, void **userdata, const char *name, Dwarf_Addr base, char **file_name,
                    Elf **elf)
{
    const struct mapped *mapped = *userdata;
    int fd = mapped ? open_in_root(mapped->pid, name) : -1;

    if (fd < 0)
        return dwfl_linux_proc_find_elf(module, userdata, name, base, file_name, elf);
    *file_name = strdup(name);
    return fd;
}

/* Separate debug information is looked for on this machine only: a trace does not wait for a download. */
static int find_debuginfo(Dwfl_Module *module, void **userdata, const char *name, Dwarf_Addr base,
                          const char *file_name, const char *link, GElf_Word crc, char **found)
{
    const char *servers = getenv("DEBUGINFOD_URLS");

    if (servers && servers[0])
        return dwfl_build_id_find_debuginfo(module, userdata, name, base, file_name, link, crc, found);
    return dwfl_standard_find_debuginfo(module, userdata, name, base, file_name, link, crc, found);
}

struct report {
    struct image *image;
    pid_t pid;
};

static int add_mapped(Dwfl_Module *module, void **userdata, const char *name, Dwarf_Addr start, void *arg)
{
    struct report *report = arg;
    struct mapped *mapped = ALLOC_NEW(struct mapped);
    GElf_Addr bias;

    (void)start;
    mapped->pid = report->pid;
    vec_push(&report->image->mapped, mapped);
    *userdata = mapped;
    /* The kernel's part is read from the memory of the process, so now: its children may outlive it. */
    if (strncmp(name, "[vdso", 5) == 0)
        dwfl_module_getelf(module, &bias);
    return DWARF_CB_OK;
}

struct image *image_new(pid_t pid)
{
    static const Dwfl_Callbacks callbacks = {.find_elf = find_elf, .find_debuginfo = find_debuginfo};
    struct image *image = ALLOC_NEW(struct image);
    struct report report = {image, pid};

    image->refs = 1;
    image->dwfl = dwfl_begin(&callbacks);
    if (!image->dwfl)
        return image;
    dwfl_report_begin(image->dwfl);
    if (dwfl_linux_proc_report(image->dwfl, pid) != 0 || dwfl_report_end(image->dwfl, NULL, NULL) != 0) {
        dwfl_end(image->dwfl);
        image->dwfl = NULL;
        return image;
    }
    dwfl_getmodules(image->dwfl, add_mapped, &report, 0);
    return image;
}

const char *image_file_at(const struct image *image, uint64_t addr)
{
    Dwfl_Module *module = image->dwfl ? dwfl_addrmodule(image->dwfl, addr) : NULL;

    return module ? dwfl_module_info(module, NULL, NULL, NULL, NULL, NULL, NULL, NULL) : NULL;
}

struct image *image_ref(struct image *image)
{
    if (image)
        image->refs++;
    return image;
}

void image_unref(struct image *image)
{
    if (!image || --image->refs)
        return;
    if (image->dwfl)
        dwfl_end(image->dwfl);
    vec_each (struct mapped *, mapped, &image->mapped)
        free(*mapped);
    vec_release(&image->mapped);
    intmap_release(&image->sites);
    arena_release(&image->arena);
    free(image);
}
