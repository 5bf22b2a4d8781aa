/* engine/ifname.h: the names of the network interfaces that a tracee's indices mean. */
#ifndef ENGINE_IFNAME_H
#define ENGINE_IFNAME_H

#include "decode/decode.h"

#include <sys/types.h>

/* Whose indices are asked about. */
struct ifname {
    pid_t tid; /* a thread of it; 0: nobody's */
};

/*
 * For decode_opts.ifname: `arg` is a struct ifname. An index means something in one network namespace only
 * (network_namespaces(7)), so where the tracee is not in that of this process, or is gone, there is no name.
 */
bool ifname_get(void *arg, uint32_t index, char name[DECODE_IFNAME_SIZE]);

#endif
