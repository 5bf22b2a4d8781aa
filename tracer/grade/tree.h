/* grade/tree.h: a folder with all that is in it: told apart, copied, removed. */
#ifndef GRADE_TREE_H
#define GRADE_TREE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "grade/hash.h"

enum {
    TREE_MOST_DEPTH = 40,
    TREE_MOST_FILES = 20000,
    TREE_MOST_BYTES = 256 * 1024 * 1024,
};

/* What was left out, and why: "fifo: it is neither file nor folder". */
struct tree_notes {
    VEC(const char *) list; /* in the arena */
    struct arena *arena;
};

/*
 * Add all that a copy would have to `hash`: paths, contents, which files can be executed. false where
 * something can't be read, or the tree is larger than the limits above. Opens nothing but regular files.
 */
bool tree_hash(const char *path, struct hash *hash, struct err *err);

/*
 * Copy folder `from` into `to`, which is made: files with their times, folders, and symbolic links that stay
 * inside. What else there is is left out, and noted. false as tree_hash, and where nothing can be written.
 */
bool tree_copy(const char *from, const char *to, struct tree_notes *notes, struct err *err);

/* Remove the folder with all that is in it, also what its owner may not enter. What is not there is
 * removed. */
void tree_remove(const char *path);

#endif
