/* engine/stack.c: libdwfl's unwinder, fed with registers and memory; each stack is unwound once. */
#include "engine/stack.h"

#include "base/alloc.h"
#include "engine/image.h"
#include "engine/memory.h"
#include "engine/regs.h"
#include "engine/symbols.h"

#include <string.h>

enum {
    PAGE = 4096,
    MOST_SITES = 4096, /* of an image; then it begins anew */
    MOST_ALIKE = 8,    /* with the same two pointers: a helper that is called from several places */
    MOST_WORDS = MEMORY_MOST_RANGES, /* that are compared */
    SOURCE_DEPTH = 32, /* where sources are asked for: as deep as getaddrinfo(3) goes, and more */
    MOST_SOURCES = 8,  /* in event.src */
};

struct pc {
    uint64_t addr;
    bool is_return; /* it follows a call */
};

struct word {
    uint64_t at, value; /* at: its address, or the number of a register */
};

/* A place in the program with a stack below it. */
struct site {
    struct site *next; /* another with the same two pointers */
    struct image *image;
    uint64_t pc, sp;
    const struct word *regs, *words; /* that decide which stack it is */
    size_t nregs, nwords;
    const struct pc *pcs; /* innermost first */
    size_t npcs;
    const struct frame *frames; /* NULL: not named yet */
    size_t nframes;
};

struct stacks {
    struct symbols *symbols;
    unsigned depth;
    bool only_sources;
    struct site once; /* one that can't be known again */

    /* Of the stack that is being unwound. */
    pid_t tid;
    bool after_call;
    struct regs_dwarf regs;
    uint8_t page[PAGE];
    uint64_t page_at; /* NO_PAGE: nothing was read yet */
    VEC(struct word) reads;
    VEC(struct pc) pcs;
};

enum { NO_PAGE = 1 };

struct stacks *stacks_new(unsigned depth)
{
    struct stacks *stacks = ALLOC_NEW(struct stacks);

    stacks->symbols = symbols_new();
    stacks->only_sources = !depth;
    stacks->depth = depth ? depth : SOURCE_DEPTH;
    return stacks;
}

void stacks_free(struct stacks *stacks)
{
    if (!stacks)
        return;
    symbols_free(stacks->symbols);
    vec_release(&stacks->reads);
    vec_release(&stacks->pcs);
    free(stacks);
}

void stack_forget(struct proc *proc)
{
    image_unref(proc->image);
    proc->image = NULL;
}

/* ---- unwinding ---- */

static pid_t next_thread(Dwfl *dwfl, void *arg, void **thread_arg)
{
    (void)dwfl, (void)arg, (void)thread_arg;
    return 0; /* they are asked for by number only */
}

static bool get_thread(Dwfl *dwfl, pid_t tid, void *arg, void **thread_arg)
{
    const struct image *image = arg;

    (void)dwfl, (void)tid;
    *thread_arg = image->unwinding;
    return true;
}

static bool set_registers(Dwfl_Thread *thread, void *arg)
{
    const struct stacks *stacks = arg;

    dwfl_thread_state_register_pc(thread, stacks->regs.pc);
    return dwfl_thread_state_registers(thread, 0, stacks->regs.len, stacks->regs.reg);
}

static bool read_word(Dwfl *dwfl, Dwarf_Addr addr, Dwarf_Word *result, void *arg)
{
    struct stacks *stacks = ((struct image *)arg)->unwinding;
    uint64_t at = addr % PAGE, page_at = addr - at;
    unsigned width = stacks->regs.width;

    (void)dwfl;
    if (at > PAGE - width)
        return false; /* not aligned: no stack has that */
    if (page_at != stacks->page_at) {
        stacks->page_at = NO_PAGE;
        if (!memory_read(stacks->tid, page_at, stacks->page, PAGE))
            return false;
        stacks->page_at = page_at;
    }
    *result = 0;
    memcpy(result, stacks->page + at, width);
    vec_push(&stacks->reads, (struct word){addr, *result});
    return true;
}

static int add_pc(Dwfl_Frame *frame, void *arg)
{
    struct stacks *stacks = arg;
    struct pc pc;
    bool is_activation;

    if (!dwfl_frame_pc(frame, &pc.addr, &is_activation))
        return DWARF_CB_ABORT;
    pc.is_return = !is_activation || (!stacks->pcs.len && stacks->after_call);
    vec_push(&stacks->pcs, pc);
    return stacks->pcs.len < stacks->depth ? DWARF_CB_OK : DWARF_CB_ABORT;
}

static void unwind(struct stacks *stacks, struct image *image)
{
    stacks->page_at = NO_PAGE;
    stacks->reads.len = stacks->pcs.len = 0;
    image->unwinding = stacks;
    /* It fails at the first frame that can't be left, as most stacks end: those before it hold. */
    if (image->dwfl)
        dwfl_getthread_frames(image->dwfl, stacks->tid, add_pc, stacks);
    if (!stacks->pcs.len)
        vec_push(&stacks->pcs, (struct pc){stacks->regs.pc, stacks->after_call});
}

static struct image *image_of(struct proc *proc)
{
    static const Dwfl_Thread_Callbacks callbacks = {.next_thread = next_thread,
                                                    .get_thread = get_thread,
                                                    .memory_read = read_word,
                                                    .set_initial_registers = set_registers};

    if (proc->image)
        return proc->image;
    proc->image = image_new(proc->pid);
    /* Where it can't be attached, dwfl_getthread_frames fails. */
    if (proc->image->dwfl)
        dwfl_attach_state(proc->image->dwfl, NULL, proc->pid, &callbacks, proc->image);
    return proc->image;
}

/*
 * ---- the same stack again ----
 * A stack is a function of the registers and words that it was unwound from: where a task stands at the same
 * place and all of these are unchanged, it is the same stack.
 */

static uint64_t key_of(const struct stacks *stacks)
{
    return stacks->regs.pc * 0x9e3779b97f4a7c15 ^ stacks->regs.sp;
}

static bool has_same_words(const struct site *site, const struct stacks *stacks)
{
    struct memory_range ranges[MOST_WORDS];
    uint64_t values[MOST_WORDS] = {0};

    for (size_t i = 0; i < site->nwords; i++)
        ranges[i] = (struct memory_range){
            .addr = site->words[i].at, .len = stacks->regs.width, .bytes = (uint8_t *)&values[i]};
    memory_read_ranges(stacks->tid, ranges, site->nwords);
    for (size_t i = 0; i < site->nwords; i++)
        if (ranges[i].failed || values[i] != site->words[i].value)
            return false;
    return true;
}

static bool is_same(const struct site *site, const struct stacks *stacks)
{
    if (site->pc != stacks->regs.pc || site->sp != stacks->regs.sp)
        return false;
    for (size_t i = 0; i < site->nregs; i++)
        if (stacks->regs.reg[site->regs[i].at] != site->regs[i].value)
            return false;
    return has_same_words(site, stacks);
}

static struct site *find_site(const struct image *image, const struct stacks *stacks)
{
    struct site *site = intmap_get(&image->sites, key_of(stacks));

    while (site && !is_same(site, stacks))
        site = site->next;
    return site;
}

/* Is it the address of a caller? */
static bool is_caller(const struct stacks *stacks, uint64_t value)
{
    for (size_t i = 1; i < stacks->pcs.len; i++)
        if (stacks->pcs.items[i].addr == value)
            return true;
    return false;
}

/* Those of the words that hold a caller's address, or one up to `top` in the stack. */
static size_t choose(const struct stacks *stacks, struct arena *arena, uint64_t top, const struct word *all,
                     size_t len, const struct word **chosen)
{
    struct word *words = ARENA_ARRAY(arena, struct word, len);
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        if ((all[i].value >= stacks->regs.sp && all[i].value <= top) || is_caller(stacks, all[i].value))
            words[n++] = all[i];
    *chosen = words;
    return n;
}

static bool holds(const struct word *words, size_t len, uint64_t value)
{
    for (size_t i = 0; i < len; i++)
        if (words[i].value == value)
            return true;
    return false;
}

/*
 * Where the address of a function is the same, so are the rules by which its caller is found, and these start
 * from a register, or a saved register, that points into the stack. So the words that decide are the callers'
 * addresses and what points between the stack pointer and the last word that was read; all others are what
 * the program computes with. That holds for a stack that is read upwards (a signal handler's own may lie
 * above) with the addresses standing there as they are; false where it does not.
 */
static bool find_deciding(const struct stacks *stacks, struct arena *arena, struct site *site)
{
    uint64_t top = stacks->regs.sp;
    struct word regs[REGS_MOST];

    vec_each (struct word, read, &stacks->reads) {
        if (read->at < stacks->regs.sp)
            return false;
        if (top < read->at + stacks->regs.width)
            top = read->at + stacks->regs.width;
    }
    for (unsigned i = 0; i < stacks->regs.len; i++)
        regs[i] = (struct word){i, stacks->regs.reg[i]};
    site->nregs = choose(stacks, arena, top, regs, stacks->regs.len, &site->regs);
    site->nwords = choose(stacks, arena, top, stacks->reads.items, stacks->reads.len, &site->words);
    for (size_t i = 1; i < stacks->pcs.len; i++)
        if (!holds(site->regs, site->nregs, stacks->pcs.items[i].addr) &&
            !holds(site->words, site->nwords, stacks->pcs.items[i].addr))
            return false;
    return site->nwords <= MOST_WORDS;
}

static void keep_site(struct image *image, uint64_t key, struct site *site)
{
    struct site *others = intmap_get(&image->sites, key);
    size_t n = 0;

    for (const struct site *other = others; other; other = other->next)
        n++;
    site->next = n < MOST_ALIKE ? others : NULL;
    intmap_set(&image->sites, key, site);
}

static void forget_sites(struct image *image)
{
    intmap_release(&image->sites);
    image->sites = (struct intmap){0};
    arena_reset(&image->arena);
    image->nsites = 0;
}

static struct site *make_site(struct stacks *stacks, struct image *image)
{
    struct site made = {.image = image, .pc = stacks->regs.pc, .sp = stacks->regs.sp}, *site;
    size_t size = stacks->pcs.len * sizeof(struct pc);

    if (image->nsites++ == MOST_SITES)
        forget_sites(image);
    made.pcs = stacks->pcs.items;
    made.npcs = stacks->pcs.len;
    if (!find_deciding(stacks, &image->arena, &made)) {
        stacks->once = made;
        return &stacks->once;
    }
    site = ARENA_NEW(&image->arena, struct site);
    *site = made;
    site->pcs = memcpy(arena_alloc(&image->arena, size), stacks->pcs.items, size);
    keep_site(image, key_of(stacks), site);
    return site;
}

struct site *stack_take(struct stacks *stacks, struct task *task, bool after_call)
{
    struct image *image;
    struct site *site;

    if (!regs_dwarf(task->tid, &stacks->regs))
        return NULL;
    stacks->tid = task->tid;
    stacks->after_call = after_call;
    image = image_of(task->proc);
    site = find_site(image, stacks);
    if (site)
        return site;
    unwind(stacks, image);
    return make_site(stacks, image);
}

/* To name a function of the C library may take a hundred times as long as one of the program. */
static bool is_left_out(const struct stacks *stacks, const struct image *image, const struct pc *pc)
{
    return stacks->only_sources && event_is_libc(image_file_at(image, pc->addr));
}

/* From the first function that has a source on, those that have one; where none has, the first. */
static void keep_sources(struct site *site, struct frame *frames)
{
    size_t n = 0;

    for (size_t i = 0; i < site->nframes && n < MOST_SOURCES; i++)
        if (frames[i].file)
            frames[n++] = frames[i];
    site->nframes = n || !site->nframes ? n : 1;
}

static void name_frames(struct stacks *stacks, struct site *site)
{
    struct arena *arena = &site->image->arena;
    const struct place **places = ARENA_ARRAY(arena, const struct place *, site->npcs);
    struct frame *frames, *next;
    size_t n = 0;

    site->nframes = 0;
    for (size_t i = 0; i < site->npcs; i++) {
        const struct pc *pc = &site->pcs[i];

        if (is_left_out(stacks, site->image, pc))
            continue;
        places[n] = symbols_find(stacks->symbols, site->image, pc->addr, pc->is_return);
        site->nframes += places[n++]->len;
    }
    site->frames = frames = next = ARENA_ARRAY(arena, struct frame, site->nframes + 1);
    for (size_t i = 0; i < n; i++) {
        memcpy(next, places[i]->frames, places[i]->len * sizeof(*next));
        next += places[i]->len;
    }
    if (stacks->only_sources)
        keep_sources(site, frames);
}

void stack_tell(struct stacks *stacks, struct site *site, struct arena *arena, struct event *event)
{
    const struct frame *frames;
    size_t size;

    if (!site)
        return;
    if (!site->frames)
        name_frames(stacks, site);
    size = site->nframes * sizeof(*site->frames);
    frames = memcpy(arena_alloc(arena, size), site->frames, size);
    if (stacks->only_sources) {
        event->src = frames;
        event->nsrc = site->nframes;
    } else {
        event->stack = frames;
        event->nstack = site->nframes;
    }
}
