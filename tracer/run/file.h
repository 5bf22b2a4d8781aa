/* run/file.h: an expectation file and the parameters that fill it in. */
#ifndef RUN_FILE_H
#define RUN_FILE_H

#include "base/vec.h"
#include "run/run.h"

/* Values of ${NAME}, each name once; the strings are borrowed. */
struct params {
    VEC(struct param) list;
};

/* Set a value, replacing what was there. */
void params_set(struct params *params, struct param param);

/* PORT, HOST and TMP (NULL: none) as given, unless the file sets them; then what --set says, which wins. */
struct params params_make(const struct run_opts *opts, const char *port, const char *tmp);
void params_release(struct params *params);

/* Read a file whole; name and text live in `arena`. */
bool file_load(const char *path, struct arena *arena, struct source *source, struct err *err);

/* Parse run->source; NULL where it has errors, which are appended to `diagnostics` as the user reads them. */
struct expect *file_parse(struct run *run, const struct params *params, struct buf *diagnostics);

#endif
