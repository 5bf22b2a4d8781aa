/* expect/need.h: what a scenario may require of the machine that it is to run on. */
#ifndef EXPECT_NEED_H
#define EXPECT_NEED_H

#include "base/diag.h"

#include <stdbool.h>

/* NEED_<first>; the word in a file; does a version follow? How each is seen: run/needs.c. */
#define NEEDS(row)                                                                                           \
    row(IPV6, "ipv6", false) row(ROOT, "root", false) row(NAMESPACE, "namespace", false)                     \
        row(LINUX, "linux", true)

#define NEED_MEMBER(name, word, has_version) NEED_##name,
enum need_kind { NEEDS(NEED_MEMBER) NEED_COUNT };
#undef NEED_MEMBER

/* A requirement of a file. */
struct need {
    enum need_kind kind;
    unsigned major, minor; /* of the version, where one follows */
    struct span span;
};

const char *need_word(enum need_kind kind);
bool need_has_version(enum need_kind kind);
/* Append it as it is written: "linux 5.6". */
void need_text(struct buf *out, const struct need *need);

#endif
