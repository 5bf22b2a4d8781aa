/* model/fdmsg.h: descriptors that travel in messages. */
#ifndef MODEL_FDMSG_H
#define MODEL_FDMSG_H

#include "model/fdcall.h"

/* Each descriptor that a sendmsg or sendmmsg carries gets a reference. At entry already: the receiver's
 * return may be seen before the sender's, and the sender may close its own at once. */
void fdmsg_depart(struct fdcall *call);

/* Descriptors that a recvmsg or recvmmsg brought into the table: those sent, and those that the kernel made.
 */
void fdmsg_arrive(struct fdcall *call);

#endif
