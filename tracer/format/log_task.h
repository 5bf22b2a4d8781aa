/* format/log_task.h: the threads, processes and programs of a log, and the calls that they are in. */
#ifndef FORMAT_LOG_TASK_H
#define FORMAT_LOG_TASK_H

#include "base/intmap.h"
#include "base/vec.h"
#include "decode/call.h"
#include "format/log_input.h"

/* What a process was made to run, with those that it forked since. */
struct log_program {
    char *role;
    size_t users;
    struct buf printed; /* what went to standard output, as far as the log has it */
    bool is_cut;        /* it has not all */
};

/* What a process does with a signal. */
enum log_handling { HANDLING_NONE, HANDLING_CAUGHT, HANDLING_RESTARTS };
enum { LOG_SIGNALS = 65 };

struct log_proc {
    int pid, parent;
    size_t tasks;
    bool is_started; /* an EVENT_START told of it */
    struct log_program *program;
    uint8_t handling[LOG_SIGNALS]; /* enum log_handling */
};

/* A call that has begun and not ended. */
struct log_pending {
    struct arena arena;
    char name[32];
    struct buf args;         /* their text, as far as it is there */
    const struct call *call; /* NULL: none of the table */
    struct event event;
    uint64_t start_ns;
    bool is_entered; /* the model knows of it */
    bool on_socket;
    bool is_settled;   /* interrupted: it goes on behind the handler, whatever interrupts that */
    bool is_doubtful;  /* interrupted: whether there is a handler is not in the log */
    char restarts[32]; /* interrupted: what the kernel said */
    struct log_pending *next;
};

/* A line of a task that nobody has told of yet. */
struct log_held {
    struct log_held *next;
    struct log_step step;
    struct log_entry entry; /* of step */
};

struct log_task {
    int tid;
    struct log_proc *proc; /* NULL: not told of yet */
    struct log_pending *current, *interrupted;
    struct log_held *first_held, *last_held;
    int64_t exit_status;         /* what it called exit with; -1: it did not */
    int64_t sender;              /* of the last signal: its pid; 0: not said */
    bool has_lines, is_detached; /* the log has lines of it; strace let go of it */
    int former;                  /* whose execve it is that is about to return here; 0: its own */
};

struct log_tasks {
    struct intmap by_tid;
    VEC(int) order; /* tids as they came, for an end in that order */
    struct log_pending *spare;
};

void log_tasks_release(struct log_tasks *tasks);

struct log_task *log_task_find(const struct log_tasks *tasks, int tid);
struct log_task *log_task_add(struct log_tasks *tasks, int tid);
void log_task_remove(struct log_tasks *tasks, struct log_task *task);

/* The task becomes one of the process. */
void log_task_join(struct log_task *task, struct log_proc *proc);

/* A process that runs the program of `parent` (NULL: one of its own, whose name comes later). */
struct log_proc *log_proc_new(int pid, struct log_proc *parent);

/* From now on it runs a program with this name. */
void log_proc_run(struct log_proc *proc, const char *name);

/* One user less; frees it behind the last one. */
void log_program_unref(struct log_program *program);

/* A pending call without anything in it; put gives it back. */
struct log_pending *log_pending_get(struct log_tasks *tasks);
void log_pending_put(struct log_tasks *tasks, struct log_pending *pending);

/* Keep the line for later; the first that was kept, which is the caller's then, or NULL. */
void log_task_hold(struct log_task *task, const struct log_step *step);
struct log_held *log_task_unhold(struct log_task *task);
void log_held_free(struct log_held *held);

#endif
