/* engine/symbols.c: libdw's symbols, lines and scopes, kept by object and address. */
#include "engine/symbols.h"

#include "base/alloc.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>
#include <string.h>

/* A file, known by its path and the number that its linker gave it (ld(1), --build-id). */
struct object {
    const char *path;
    const void *id;
    size_t id_len;        /* 0: it has none, and can't be told from others of its path */
    struct intmap places; /* offset in the object and `is_return` → struct place */
};

struct symbols {
    struct arena arena; /* frames and strings */
    VEC(struct object *) objects;
    struct object nowhere; /* of the addresses that are in no object */
};

struct symbols *symbols_new(void)
{
    return ALLOC_NEW(struct symbols);
}

void symbols_free(struct symbols *symbols)
{
    if (!symbols)
        return;
    vec_each (struct object *, object, &symbols->objects) {
        intmap_release(&(*object)->places);
        free(*object);
    }
    vec_release(&symbols->objects);
    intmap_release(&symbols->nowhere.places);
    arena_release(&symbols->arena);
    free(symbols);
}

/* ---- objects ---- */

static struct object *find_object(struct symbols *symbols, Dwfl_Module *module, const char *name)
{
    /* libdwfl writes "[vdso: PID]"; it is the same for every process. */
    const char *path = strncmp(name, "[vdso", 5) == 0 ? "[vdso]" : name;
    const unsigned char *id = NULL;
    struct object *object;
    GElf_Addr at;
    int len = dwfl_module_build_id(module, &id, &at);
    size_t id_len = len > 0 ? (size_t)len : 0;

    vec_each (struct object *, each, &symbols->objects)
        if (id_len && (*each)->id_len == id_len && memcmp((*each)->id, id, id_len) == 0 &&
            strcmp((*each)->path, path) == 0)
            return *each;
    object = ALLOC_NEW(struct object);
    object->path = arena_strdup(&symbols->arena, path);
    object->id = arena_memdup(&symbols->arena, id, id_len);
    object->id_len = id_len;
    vec_push(&symbols->objects, object);
    return object;
}

/* Where the byte at `pc` stands in its file; where that can't be had, how far behind the first mapped one. */
static uint64_t offset_in_file(Dwfl_Module *module, uint64_t start, uint64_t pc)
{
    GElf_Addr bias = 0;
    Elf *elf = dwfl_module_getelf(module, &bias);
    size_t n = 0;

    if (!elf || elf_getphdrnum(elf, &n) < 0)
        return pc - start;
    for (size_t i = 0; i < n; i++) {
        GElf_Phdr phdr;

        if (gelf_getphdr(elf, (int)i, &phdr) && phdr.p_type == PT_LOAD && pc - bias >= phdr.p_vaddr &&
            pc - bias - phdr.p_vaddr < phdr.p_memsz)
            return pc - bias - phdr.p_vaddr + phdr.p_offset;
    }
    return pc - start;
}

/* ---- source ---- */

struct naming {
    struct arena *arena;
    VEC(struct frame) frames;
    struct frame frame; /* the next one */
};

static const char *keep(struct naming *naming, const char *s)
{
    return s ? arena_strdup(naming->arena, s) : NULL;
}

static void set_source(struct naming *naming, const char *dir, const char *file, int line)
{
    if (file && file[0] != '/' && dir)
        naming->frame.file = arena_printf(naming->arena, "%s/%s", dir, file);
    else
        naming->frame.file = keep(naming, file);
    naming->frame.line = file ? line : 0;
}

static Dwarf_Word number_of(Dwarf_Die *die, unsigned name)
{
    Dwarf_Attribute attr;
    Dwarf_Word n = 0;

    return dwarf_formudata(dwarf_attr(die, name, &attr), &n) == 0 ? n : 0;
}

/* From where an inlined function was called: there the frame behind it stands. */
static void set_call_site(struct naming *naming, Dwarf_Die *cu, Dwarf_Die *inlined)
{
    Dwarf_Attribute attr;
    Dwarf_Files *files;
    const char *file = NULL;

    if (dwarf_getsrcfiles(cu, &files, NULL) == 0)
        file = dwarf_filesrc(files, number_of(inlined, DW_AT_call_file), NULL, NULL);
    set_source(naming, dwarf_formstring(dwarf_attr(cu, DW_AT_comp_dir, &attr)), file,
               (int)number_of(inlined, DW_AT_call_line));
}

static void add_inlined(struct naming *naming, Dwarf_Die *cu, Dwarf_Die *inlined)
{
    struct frame frame = naming->frame;

    frame.function = keep(naming, dwarf_diename(inlined));
    frame.inlined = true;
    vec_push(&naming->frames, frame);
    set_call_site(naming, cu, inlined);
}

/* The name that stands in the source, where a symbol may be `send_all.constprop.0`, or not there. */
static void set_function(struct naming *naming, Dwarf_Die *function, uint64_t addr)
{
    const char *name = dwarf_diename(function);
    Dwarf_Addr entry;

    if (!naming->frame.function && dwarf_entrypc(function, &entry) == 0)
        naming->frame.offset = addr - entry;
    if (name)
        naming->frame.function = keep(naming, name);
}

/* The scopes around `addr` of the compilation unit, innermost first, up to the function that it is in. */
static void add_scopes(struct naming *naming, Dwarf_Die *cu, Dwarf_Addr addr)
{
    Dwarf_Die *around = NULL, *scopes = NULL;
    int n = dwarf_getscopes(cu, addr, &around);

    /* From an inlined call on, those go up through where it was written, not through where it was called. */
    n = n > 0 ? dwarf_getscopes_die(&around[0], &scopes) : 0;
    for (int i = 0; i < n; i++) {
        int tag = dwarf_tag(&scopes[i]);

        if (tag == DW_TAG_inlined_subroutine)
            add_inlined(naming, cu, &scopes[i]);
        if (tag == DW_TAG_subprogram) {
            set_function(naming, &scopes[i], addr);
            break;
        }
    }
    free(scopes);
    free(around);
}

static void add_frames(struct naming *naming, Dwfl_Module *module, uint64_t pc, bool is_return)
{
    uint64_t insn = pc - is_return; /* inside the instruction that is meant */
    GElf_Off offset = 0;
    GElf_Sym sym;
    Dwarf_Addr bias;
    const char *symbol = dwfl_module_addrinfo(module, insn, &offset, &sym, NULL, NULL, NULL);
    Dwfl_Line *line = dwfl_module_getsrc(module, insn);
    Dwarf_Die *cu = dwfl_module_addrdie(module, insn, &bias);

    if (symbol) {
        naming->frame.function = keep(naming, symbol);
        naming->frame.offset = offset + is_return;
    }
    if (line) {
        int number = 0;
        const char *file = dwfl_lineinfo(line, NULL, &number, NULL, NULL, NULL);

        set_source(naming, dwfl_line_comp_dir(line), file, number);
    }
    if (cu)
        add_scopes(naming, cu, insn - bias);
    vec_push(&naming->frames, naming->frame);
}

static struct place *make_place(struct symbols *symbols, const struct object *object, Dwfl_Module *module,
                                uint64_t start, uint64_t pc, bool is_return)
{
    struct naming naming = {.arena = &symbols->arena, .frame = {.object = object->path, .address = pc}};
    struct place *place = ARENA_NEW(&symbols->arena, struct place);
    struct frame *frames;

    if (module) {
        naming.frame.address = offset_in_file(module, start, pc);
        add_frames(&naming, module, pc, is_return);
    } else {
        vec_push(&naming.frames, naming.frame);
    }
    frames = ARENA_ARRAY(&symbols->arena, struct frame, naming.frames.len);
    memcpy(frames, naming.frames.items, naming.frames.len * sizeof(*frames));
    *place = (struct place){frames, naming.frames.len};
    vec_release(&naming.frames);
    return place;
}

const struct place *symbols_find(struct symbols *symbols, const struct image *image, uint64_t pc,
                                 bool is_return)
{
    Dwfl_Module *module = image->dwfl ? dwfl_addrmodule(image->dwfl, pc) : NULL;
    struct object *object = &symbols->nowhere;
    struct place *place;
    Dwarf_Addr start = 0;
    uint64_t key;

    if (module) {
        void **userdata;
        const char *name = dwfl_module_info(module, &userdata, &start, NULL, NULL, NULL, NULL, NULL);
        struct mapped *mapped = *userdata;

        if (!mapped->object)
            mapped->object = find_object(symbols, module, name);
        object = mapped->object;
    }
    key = (pc - start) << 1 | is_return;
    place = intmap_get(&object->places, key);
    if (!place) {
        place = make_place(symbols, object, module, start, pc, is_return);
        intmap_set(&object->places, key, place);
    }
    return place;
}
