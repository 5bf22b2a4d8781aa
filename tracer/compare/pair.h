/* compare/pair.h: which role and which socket of one trace is which of the other. */
#ifndef COMPARE_PAIR_H
#define COMPARE_PAIR_H

#include "compare/script.h"

/*
 * Sets `twin` of actors and strands, gives names to all sockets (the same to twins), and puts the items into
 * words with them. Roles pair by name, copies of one and those left over by what they do. Sockets pair by how
 * they were made; what was accepted by who is at the other end; among several of a kind those that do the
 * same, the others by likeness: not by number, and not by the order in which they happened to come.
 */
void pair_scripts(struct script *old, struct script *now);

/* The strand of a socket in the hands of the role that made it, or NULL. */
struct strand *pair_strand(const struct script *script, uint64_t sock);

#endif
