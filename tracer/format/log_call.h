/* format/log_call.h: a call of a log as the event that the decoder would have made of it. */
#ifndef FORMAT_LOG_CALL_H
#define FORMAT_LOG_CALL_H

#include "decode/call.h"
#include "format/log_value.h"

/* What stands behind the `=`. */
struct log_result {
    bool is_unknown;          /* `?` */
    struct log_text restarts; /* `ERESTARTSYS` behind it, or empty */
    int64_t n;
    int err;
    struct log_text aux; /* what stands in brackets behind it, or empty */
};

/* log_result.c: NULL; or what is wrong with the text. */
const char *log_result_split(struct log_text text, struct log_result *result);

/*
 * Fills event->name, canon and args from the text between the brackets, which may break off after any
 * argument: those that are missing are NULL pointers. `result`: NULL at the entry; result and err of the
 * event are filled in from it, where it is known. Values live in in->arena. false: in->why says what could
 * not be read.
 */
bool log_call_fill(struct log_values *in, const struct call *call, struct log_text args,
                   const struct log_result *result, struct event *event);

#endif
