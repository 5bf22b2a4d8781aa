/* format/log_input.h: the lines of one log or of several, in the order in which things happened. */
#ifndef FORMAT_LOG_INPUT_H
#define FORMAT_LOG_INPUT_H

#include "base/buf.h"
#include "base/err.h"
#include "format/format.h"
#include "format/log_line.h"

/* How a log is to be taken. */
#define LOG_COMMAND "strace -f -ttt -v -s 65536 -o FILE COMMAND"

/* A line that was read, and when what it tells began and ended. */
struct log_entry {
    struct buf text;
    struct log_line line; /* points into text */
    unsigned long number;
    int tid; /* whose it is: the line's, else of the name of the file, else the number of the input */
    uint64_t start_ns, end_ns; /* by the clock of the log */
};

struct log_input {
    const struct format_input *of;
    int tid; /* of lines that do not say whose they are */
    unsigned long number;
    struct log_entry entries[2]; /* the one in hand, and the one behind it, which bounds its end */
    bool has[2];
    int in_hand;
    bool has_begun, has_ended; /* what the line in hand tells was given out */
    bool is_first;             /* the line in hand is the first that tells something */
    bool was_cut;
    enum log_clock clock;
    uint64_t last_ns, days_ns;
};

struct log_inputs {
    struct log_input *list;
    size_t len;
    uint64_t began_ns; /* of the first line of all; since 1970 where the clock says so */
    struct err *err;
};

/* What is to be done with a line: in several logs calls that took time begin and end with others between. */
struct log_step {
    const struct log_input *input;
    const struct log_entry *entry;
    bool begins, ends;
};

/* false with a message: a file can't be read, is no log, or has no times by which several could be put in
 * order. */
bool log_inputs_open(struct log_inputs *inputs, const struct format_input *of, size_t len, struct err *err);
void log_inputs_release(struct log_inputs *inputs);

/* The next step, valid until the one after it. false: there is none, or *failed with a message. */
bool log_inputs_next(struct log_inputs *inputs, struct log_step *step, bool *failed);

#endif
