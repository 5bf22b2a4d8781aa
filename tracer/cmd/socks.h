/* cmd/socks.h: a sink that follows the sockets of a trace as it passes: for -y, -P and -c, who stand behind
 * it.
 */
#ifndef CMD_SOCKS_H
#define CMD_SOCKS_H

#include "event/sink.h"
#include "format/format.h"
#include "model/model.h"

struct socks {
    struct sink sink;
    struct sink *next;
    struct model *model;
    struct sock_life before;   /* what the call that passes was made on, as it was at its entry; id 0: none */
    struct sock_source source; /* for format_opts */
};

void socks_init(struct socks *socks, struct sink *next);
void socks_release(struct socks *socks);

/* A socket as it is after the event that passes, and as it was before. NULL: not known. */
const struct sock_life *socks_after(const struct socks *socks, uint64_t sock);
const struct sock_life *socks_before(const struct socks *socks, uint64_t sock);

/* What is told of a socket that is so. */
void socks_describe(const struct socks *socks, const struct sock_life *life, struct sock_info *info);

#endif
