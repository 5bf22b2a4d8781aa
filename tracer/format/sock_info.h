/* format/sock_info.h: what -y and -yy tell of the socket behind a descriptor. */
#ifndef FORMAT_SOCK_INFO_H
#define FORMAT_SOCK_INFO_H

#include "event/event.h"
#include "format/format.h"

/*
 * Append it in its angle brackets, as opts->fds asks: `<sock 3>`, `<sock 3 127.0.0.1:7000->127.0.0.1:40312>`,
 * with FD_INFO_SOCKET `<sock 3 TCP …>`. `event` (or NULL) is what the line is about.
 */
void sock_info_tag(struct buf *out, uint64_t sock, const struct event *event, const struct format_opts *opts);

/* The same as strace -y and -yy write it: `<socket:[12345]>`, `<TCP:[127.0.0.1:7000->127.0.0.1:40312]>`. A
 * socket without an inode that is known has our number in its place: `sock 3`. */
void sock_info_tag_strace(struct buf *out, uint64_t sock, const struct event *event,
                          const struct format_opts *opts);

/* ` TCP 127.0.0.1:7000->127.0.0.1:40312`: what is known of it, with a space in front of each part. */
void sock_info_add(struct buf *out, const struct sock_info *info, bool with_protocol);

#endif
