/* engine/state.h: what the files of the engine share. Not for other folders: engine/engine.h is. */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "base/vec.h"
#include "engine/engine.h"
#include "engine/filter.h"
#include "engine/ifname.h"
#include "engine/kernel.h"
#include "engine/memory.h"
#include "engine/stack.h"
#include "engine/stop.h"
#include "model/model.h"
#include "model/resolve.h"

/* A program that was started or attached, and how it ended. */
struct program {
    pid_t pid;
    struct ending ending;
};

/* One answer of waitpid(2). */
struct wait {
    pid_t tid;
    int status;
};

/* A socket of a dying process, asked about while it still exists. */
struct last_words {
    uint64_t sock;
    struct kernel_answer answer;
};

struct engine {
    struct engine_opts opts;
    struct decode_opts decode;
    struct ifname ifname; /* of the task that is served */
    struct sink *sink;
    struct filter filter;
    struct tasks tasks;
    struct memory memory;
    struct stacks *stacks; /* NULL: not asked for */
    struct resolve *resolve;
    struct model *model;
    struct arena scratch; /* of events that are no calls; emptied after each event */
    uint64_t seq, began_ns;
    VEC(struct program) programs;
    VEC(int) given; /* descriptors that programs inherit: those that we were started with */
    VEC(struct last_words) last_words;
    VEC(struct wait) waits; /* what waitpid(2) said, not yet served */
    unsigned until_all;     /* stops until all that wait are fetched at once (engine/engine.c) */
    VEC(pid_t) strangers;   /* children that this process had before the engine was made */
    size_t held;            /* tasks that wait for their fork to be told */
    uint64_t look_ns;       /* when to look for orphans among them next */
};

/* engine/emit.c: from an event to the sink. */

/* Nanoseconds since the engine was made. */
uint64_t emit_now(const struct engine *engine);

/* An event of this kind about a task, in engine->scratch: fill in its facts, then emit_fact. */
struct event *emit_new(struct engine *engine, const struct task *task, enum event_kind kind);
void emit_fact(struct engine *engine, struct event *event);

/* A completed or unfinished call: resolve, put in canonical form, fold, number, hand to the sink. */
void emit_call(struct engine *engine, struct pending *pending);

/* A completed call that is not worth an event: the model of descriptors still follows it. */
void emit_nothing(struct engine *engine, struct pending *pending);

/* The trace admits that it could not see something. */
void emit_lost(struct engine *engine, const struct task *task, const char *why);

/* engine/calls.c: a task in a STOP_SYSCALL. Lets it go on itself, as soon as everything is captured. */
void calls_stopped(struct engine *engine, struct task *task);

/* A held task goes on with its call. */
void calls_released(struct engine *engine, struct task *task);

/* A signal is about to be delivered to a task in a stop: calls that it interrupts for good return EINTR. */
void calls_interrupted(struct engine *engine, struct task *task, int sig);

/* The task is dying: what it was in is told as unfinished. calls_let_go: it leaves the trace, and goes on in
 * it. */
void calls_abandon(struct engine *engine, struct task *task);
void calls_let_go(struct engine *engine, struct task *task);

/* engine/birth.c: new tasks. The fork that made one and its own first stop are told in any order. */

/* A wait status of a task whose fork has not been told: it waits for that. */
void birth_hold(struct engine *engine, struct task *task, int status);

/* A task in a STOP_FORK. */
void birth_told(struct engine *engine, struct task *parent, const struct stop *stop);

/* Takes in those whose parent was killed before it could tell of them. */
void birth_adopt_orphans(struct engine *engine);

/* Lets go of those that are held, untold. */
void birth_forget(struct engine *engine);

/* engine/death.c: a task in a STOP_EXEC, in a STOP_DYING, and one that is gone. */
void death_by_exec(struct engine *engine, struct task *task, const struct stop *stop);
void death_near(struct engine *engine, struct task *task, const struct stop *stop);
void death_done(struct engine *engine, struct task *task, int status);

/* engine/spawn.c */

/* Options of PTRACE_SEIZE. */
extern const long spawn_ptrace_options;

/* EVENT_START of a process that has just begun, or has just been attached. */
void spawn_tell_start(struct engine *engine, struct task *task);

/* Before anything else opens descriptors: those that programs are to inherit are noted. */
void spawn_note_given(struct engine *engine);

#endif
