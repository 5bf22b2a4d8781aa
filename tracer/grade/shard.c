/* grade/shard.c: parts of a class. */
#include "grade/shard.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool shard_parse(const char *text, struct shard *shard)
{
    unsigned long k, n;
    char *end;

    if (*text < '0' || *text > '9')
        return false;
    k = strtoul(text, &end, 10);
    if (*end != '/' || end[1] < '0' || end[1] > '9')
        return false;
    n = strtoul(end + 1, &end, 10);
    if (*end || !k || k > n || n > SHARD_MOST)
        return false;
    *shard = (struct shard){k, n};
    return true;
}

bool shard_has(const struct shard *shard, size_t index)
{
    return index % shard->n == shard->k - 1;
}
