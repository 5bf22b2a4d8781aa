/* engine/nettab.h: the kernel's tables of TCP and UDP sockets in this network namespace (proc(5)). */
#ifndef ENGINE_NETTAB_H
#define ENGINE_NETTAB_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct nettab_row {
    bool is_tcp;
    uint8_t local[18], remote[18]; /* address (IPv4 inside IPv6), port in network order */
    uint8_t state, timer;          /* TCP_*; 1: to send again, 2: keepalive, 3: TIME_WAIT, 4: window probe */
    uint32_t unsent, unread;       /* bytes; of a listener `unread` are connections to be accepted */
    uint64_t inode;                /* 0: no descriptor is of it */
};

struct nettab {
    VEC(struct nettab_row) rows;
};

/* false where they can't be read. Adds to `tab`; release it in either case. */
bool nettab_read(struct nettab *tab);
void nettab_release(struct nettab *tab);

/* Packets that loopback has been given and has not delivered: waiting for a busy CPU. */
bool nettab_any_under_way(void);

#endif
