/* unit/decode/opt_rows.h: rows of calls that set an option or read it. */
#ifndef UNIT_DECODE_OPT_ROWS_H
#define UNIT_DECODE_OPT_ROWS_H

#include "rows.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

/* clang-format off */

/* `len` bytes as the call says, of which the object is what can be read. */
#define SET(level, name, len, line, ...)                                                                     \
    {"setsockopt", {3, level, name, A, len}, 0, {OBJ(A, __VA_ARGS__)}, {{0}}, "setsockopt(3, " line ") = 0"}
#define SET_BYTES(level, name, bytes, line)                                                                  \
    {"setsockopt", {3, level, name, A, sizeof(bytes) - 1}, 0, {TEXT(A, bytes)}, {{0}},                       \
     "setsockopt(3, " line ") = 0"}
#define SET_BAD(level, name, len, line)                                                                      \
    {"setsockopt", {3, level, name, BAD, len}, -EFAULT, {{0}}, {{0}}, "setsockopt(3, " line ") = -1 EFAULT"}

/* There is room for `room` bytes, and the kernel says `len`. */
#define GET_FROM(level, name, room, len, line, ...)                                                          \
    {"getsockopt", {3, level, name, A, B}, 0, {OBJ(B, (int){room})},                                         \
     {OBJ(A, __VA_ARGS__), OBJ(B, (int){len})}, "getsockopt(3, " line ") = 0"}
#define GET(level, name, len, line, ...) GET_FROM(level, name, len, len, line, __VA_ARGS__)
#define GET_BYTES(level, name, bytes, line)                                                                  \
    {"getsockopt", {3, level, name, A, B}, 0, {OBJ(B, (int){sizeof(bytes) - 1})},                            \
     {TEXT(A, bytes), OBJ(B, (int){sizeof(bytes) - 1})}, "getsockopt(3, " line ") = 0"}

#define NET(n)           __builtin_bswap32(n)
#define IN(a, b, c, d)   {NET((uint32_t)(a) << 24 | (b) << 16 | (c) << 8 | (d))}
#define IN_TEXT(address) "{sa_family=AF_INET, sin_port=htons(7), sin_addr=inet_addr(\"" address "\")}"
/* clang-format on */

#endif
