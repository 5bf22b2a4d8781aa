/* report/more.h: what to ask `sockdrill explain` for, to learn more about what went wrong. */
#ifndef REPORT_MORE_H
#define REPORT_MORE_H

#include "base/buf.h"
#include "verdict/verdict.h"

#include <stdbool.h>

/* `sockdrill explain accept EINVAL · sockdrill explain SD021`: of the first cause its call, with the error
 * where it failed, and the rule that knows it. Nothing, and false, where there is neither. */
bool more_add(struct buf *out, const struct verdict *verdict);

#endif
