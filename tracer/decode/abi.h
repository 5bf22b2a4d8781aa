/* decode/abi.h: what differs between programs of one kernel: the width of their words, hence their structs.
 */
#ifndef DECODE_ABI_H
#define DECODE_ABI_H

#include <stddef.h>
#include <stdint.h>

enum abi {
    ABI_NATIVE, /* as this program itself: words of 64 bits */
    ABI_32,     /* a 32-bit program on a 64-bit kernel: i386 on x86-64, arm on arm64 */
    ABI_COUNT,
};

/* Bytes of a pointer, a long and a size_t. */
static inline size_t abi_word(enum abi abi)
{
    return abi == ABI_32 ? sizeof(uint32_t) : sizeof(uint64_t);
}

#endif
