/* grade/hash.c: FNV-1a, twice: from both ends of what a multiplication mixes. */
#include "grade/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const uint64_t PRIME = 0x100000001b3, BASIS = 0xcbf29ce484222325, OTHER = 0x9e3779b97f4a7c15;

struct hash hash_new(void)
{
    return (struct hash){BASIS, OTHER};
}

void hash_add(struct hash *hash, const void *bytes, size_t len)
{
    const uint8_t *at = bytes;

    for (size_t i = 0; i < len; i++) {
        hash->a = (hash->a ^ at[i]) * PRIME;
        hash->b = (hash->b ^ (hash->b >> 29) ^ at[i]) * OTHER;
    }
}

void hash_adds(struct hash *hash, const char *text)
{
    hash_add(hash, text, strlen(text) + 1);
}

void hash_text(const struct hash *hash, char text[HASH_TEXT])
{
    snprintf(text, HASH_TEXT, "%016" PRIx64 "%016" PRIx64, hash->a, hash->b);
}
