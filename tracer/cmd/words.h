/* cmd/words.h: sets that an option's value names, as strace(1) has them: words with commas, ! inverts. */
#ifndef CMD_WORDS_H
#define CMD_WORDS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct word {
    const char *name;
    unsigned bits; /* of the set; 0: nothing here, accepted for strace's habit */
};

/*
 * "a,b", "!a", "all", "none" to the bits of the words. false: `wrong` says what of it is no `what`
 * ("status"), and which there are.
 */
bool words_parse(const char *text, const struct word *words, size_t len, const char *what, unsigned *bits,
                 struct buf *wrong);

/* Appends `; did you mean 'listen'?` where one of the names is near. */
void words_suggest(struct buf *wrong, const char *word, const char *const *names, size_t len);

/* The next word of a text with commas, in `word`, which is emptied first; moves *text behind it. false at the
 * end. */
bool words_next(const char **text, struct buf *word);

#endif
