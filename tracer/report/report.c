/* report/report.c: the registry of reports and of trace views. */
#include "report/report.h"

#include "base/alloc.h"
#include "report/views.h"

#include <string.h>

static const struct report *const reports[] = {
    &report_text,   &report_json,       &report_junit,   &report_tap,   &report_tap13,
    &report_github, &report_gradescope, &report_check50, &report_sarif,
};
static const struct view *const views[] = {&view_sequence, &view_sockets};

const struct report *report_at(size_t i)
{
    return i < ARRAY_LEN(reports) ? reports[i] : NULL;
}

const struct report *report_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(reports); i++)
        if (strcmp(reports[i]->name, name) == 0)
            return reports[i];
    return NULL;
}

const struct view *view_at(size_t i)
{
    return i < ARRAY_LEN(views) ? views[i] : NULL;
}

const struct view *view_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(views); i++)
        if (strcmp(views[i]->name, name) == 0)
            return views[i];
    return NULL;
}

size_t report_width(const struct report_opts *opts)
{
    if (opts->width <= 0)
        return REPORT_WIDTH;
    return opts->width < REPORT_WIDTH_MIN ? REPORT_WIDTH_MIN : (size_t)opts->width;
}
