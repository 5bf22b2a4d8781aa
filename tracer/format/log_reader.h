/* format/log_reader.h: what the parts of the reader of strace's logs share. */
#ifndef FORMAT_LOG_READER_H
#define FORMAT_LOG_READER_H

#include "event/sink.h"
#include "format/log_call.h"
#include "format/log_task.h"
#include "model/model.h"
#include "model/resolve.h"

/* What a log does not have. Each is told once, in an EVENT_LOST. */
enum log_lack {
    LACK_BYTES,     /* -s cut them */
    LACK_MEMBERS,   /* a struct was shortened, without -v */
    LACK_BEGINNING, /* a process that nobody told of */
    LACK_CHILDREN,  /* without -f */
    LACK_CLOSE,     /* a descriptor that was open was given away */
    LACK_HANDLERS,  /* was the call restarted, or did it fail? */
    LACK_CALLS,     /* -e trace=network */
    LACK_COUNT,
};

struct log_reader {
    struct log_inputs inputs;
    struct log_tasks tasks;
    struct resolve *resolve;
    struct model *model;
    struct sink *sink;
    struct arena scratch;
    struct err *err;
    const char *name;     /* of the file of the line in hand, and */
    unsigned long number; /* its number: for messages */
    const char *role;     /* of all programs in that file, or "" */
    uint64_t seq, last_ns;
    size_t forking; /* tasks that are in a fork(2) or its like */
    VEC(int) ready; /* tasks that were told of, and have lines that were held */
    bool lacks[LACK_COUNT];
    bool seen_start; /* a call that programs begin with, and that nobody asks for by name: all are traced */
    bool seen_close, seen_data, seen_socket, sent_kill, is_open; /* is_open: a process had no end */
};

/* A message about the line in hand. */
bool log_fail(struct log_reader *reader, const char *why);

/* --- log_tell.c: events on their way out --- */

uint64_t log_time(const struct log_reader *reader, uint64_t ns);
struct event *log_event(struct log_reader *reader, const struct log_task *task, enum event_kind kind);
void log_tell_fact(struct log_reader *reader, struct event *event);
void log_tell_call(struct log_reader *reader, struct log_pending *pending);
/* What it did is done, but it is no event. */
void log_tell_nothing(struct log_reader *reader, struct log_pending *pending);
void log_tell_role(struct log_reader *reader, const struct log_task *task, const char *what, const void *text,
                   size_t len, uint64_t full);
void log_tell_lack(struct log_reader *reader, const struct log_task *task, enum log_lack lack,
                   const char *about);

/* --- log_pending.c: calls from their beginning to their end --- */

/* `at_once`: its end is in the same line, and nothing happens between. */
bool log_pending_begin(struct log_reader *reader, struct log_task *task, const struct log_entry *entry,
                       bool at_once);
bool log_pending_resume(struct log_reader *reader, struct log_task *task, const struct log_entry *entry);
bool log_pending_end(struct log_reader *reader, struct log_task *task, const struct log_entry *entry);
/* They never return; `detached`: strace let go of the process. */
void log_pending_abandon(struct log_reader *reader, struct log_task *task, bool detached);
/* The signal is delivered: what becomes of the call that it interrupted. */
bool log_pending_signalled(struct log_reader *reader, struct log_task *task, int signo);

/* --- log_life.c: processes: how they begin, run another program, and end --- */

/* Is it a call by which tasks begin? */
bool log_life_is_fork(const char *name);
/* A call that is not of the table has returned. */
bool log_life_called(struct log_reader *reader, struct log_task *task, const char *name, struct log_text args,
                     const struct log_result *result);
/* "SIGTERM" as its number; 0: no signal that is known. */
int log_signal_number(struct log_text name);
/* A task that no other has made. `runs`: its first line is an execve, which tells more. */
void log_life_appear(struct log_reader *reader, struct log_task *task, bool runs);
void log_life_signal(struct log_reader *reader, struct log_task *task, const struct log_line *line);
void log_life_supersede(struct log_reader *reader, struct log_task *leader, int former);
/* Exited with `status`, or killed by a signal. */
void log_life_exit(struct log_reader *reader, struct log_task *task, const struct log_line *line);
/* The log is over. */
void log_life_end(struct log_reader *reader);

#endif
