/* decode/decode.h: one walk over a row of the table turns registers and memory into named values. */
#ifndef DECODE_DECODE_H
#define DECODE_DECODE_H

#include "decode/abi.h"
#include "decode/call.h"

enum { DECODE_IFNAME_SIZE = 16 }; /* IFNAMSIZ of netdevice(7) */

struct decode_opts {
    size_t snaplen; /* at most so many bytes of each buffer are kept */
    /* The name of a network interface of the tracee's; false: not known. NULL: none is. */
    bool (*ifname)(void *arg, uint32_t index, char name[DECODE_IFNAME_SIZE]);
    void *ifname_arg;
};

/* A call's registers. `ret`: the result as the kernel returned it (negative errno where is_error). */
struct rawcall {
    uint64_t args[6];
    int64_t ret;
    bool is_error;
    enum abi abi; /* of the program that made the call */
};

/* What an argkind sees. */
struct argctx {
    const struct call *call;
    const struct argspec *spec;
    const struct rawcall *raw;
    unsigned i; /* which argument */
    bool at_exit;
    const struct value *entered; /* at exit: what decode_enter made of this argument (NULL: nothing) */
    const struct field *fields;  /* at exit: all arguments as decode_enter left them */
    struct peek *peek;
    struct arena *arena;
    const struct decode_opts *opts;
    size_t *budget; /* bytes that vectors and messages may still have: what is beyond is there as a number */
};

/*
 * decode_enter fills event->name, canon (of the table), args with what the inputs are; outputs are VALUE_ADDR
 * for now. decode_exit fills in the outputs, result, err and ret. An output whose memory can't be read, or
 * that a failed call did not write, stays the address, as strace shows it. Both may be run again on the same
 * event with a peek that can read more (values then come from the new run). Values live in `arena`;
 * decode_exit needs those of decode_enter alive.
 */
void decode_enter(const struct call *call, const struct rawcall *raw, struct peek *peek,
                  const struct decode_opts *opts, struct arena *arena, struct event *event);
void decode_exit(const struct call *call, const struct rawcall *raw, struct peek *peek,
                 const struct decode_opts *opts, struct arena *arena, struct event *event);

/*
 * Structs that decoders make (type {fields}; bytes behind a family without a type of its own are sockaddr's
 * sa_data):
 *
 *     sockaddr_in {sa_family, sin_port, sin_addr}     sockaddr_un {sa_family, sun_path (not where unnamed)}
 *     sockaddr_in6 {sa_family, sin6_port, sin6_flowinfo, sin6_addr, sin6_scope_id}
 *     sockaddr {sa_family, sa_data}
 *     sockaddr_ … nl, ll, vm, xdp, alg, hci, sco, rc, l2, can, tipc, qrtr, mctp, pn, llc, at, iucv, ipx,
 *         x25, ax25, rxrpc, ieee802154, nfc, nfc_llcp: the members that they have in C (families.c and
 *         families_rare.c), padding only where it is not zero, hardware addresses as bytes
 *     iovec {iov_base, iov_len}                       mmsghdr {msg_hdr, msg_len (once moved)}
 *     msghdr {msg_name, msg_namelen, msg_iov, msg_iovlen, msg_control (where there is room), msg_controllen,
 * msg_flags}; of recvmsg and recvmmsg before they succeed only {msg_namelen} cmsghdr {cmsg_len, cmsg_level,
 * cmsg_type, cmsg_data (not where the bytes are too few)} linger {l_onoff, l_linger} ucred {pid, uid,
 * gid} timeval {tv_sec, tv_usec}                       timespec {tv_sec, tv_nsec} ip_mreq {imr_multiaddr,
 * imr_interface}          ipv6_mreq {ipv6mr_multiaddr, ipv6mr_interface} pollfd {fd, events} before, {fd,
 * revents} after epoll_event {events, data: epoll_data {u32, u64}} fd_set {fds}    sigset {signals, not}
 * sigset_arg {sigmask, sigsetsize}
 *     tpacket_req {tp_block_size, tp_block_nr, tp_frame_size, tp_frame_nr}
 *     flock {l_type, l_whence, l_start, l_len, l_pid (of the answer only)}   f_owner_ex {type, pid}
 *     ifreq {ifr_name, and the member that the request is about}   ifmap {mem_start, …}   hwaddr {sa_family,
 * sa_data} ifconf {ifc_len: a number or ifc_len {bytes, ifreqs}, ifc_buf} arpreq {arp_pa, arp_ha, arp_flags,
 * arp_netmask, arp_dev} rtentry {rt_dst, …}
 *
 * cmsg_data: VALUE_FDs (SCM_RIGHTS, SCM_PIDFD), numbers, symbols or timespecs in an array; an address; bytes;
 * a timeval, timespec or ucred; or one of these, or a struct of RFC 6458 (sctp_sndinfo, …):
 *
 *     in_pktinfo {ipi_ifindex, ipi_spec_dst, ipi_addr}      in6_pktinfo {ipi6_addr, ipi6_ifindex}
 *     sock_extended_err {ee_errno, ee_origin, ee_type, ee_code, ee_info, ee_data, offender (IP, IPv6)}
 *     ip6_mtuinfo {ip6m_addr, ip6m_mtu}                     scm_ts_pktinfo {if_index, pkt_length}
 *     nl_pktinfo {group}                                    af_alg_iv {ivlen, iv}
 *     tpacket_auxdata {tp_status, tp_len, tp_snaplen, tp_mac, tp_net, tp_vlan_tci, tp_vlan_tpid}
 *
 * Values of options: numbers, symbols, descriptors in an array; text and bytes; an address; control messages
 * (IP_PKTOPTIONS); or structs of the kernel's headers with the members that they have there, as far as the
 * kernel has filled them (linger, so_timestamping, sock_txtime, ip_mreqn, ip_mreq_source, ip_msfilter,
 * group_req, group_source_req, group_filter, in6_flowlabel_req, tcp_info, tcp_md5sig, tcp_repair_opt,
 * tcp_repair_window, tcp_zerocopy_receive, mptcp_info, packet_mreq, tpacket_req3, tpacket_stats, fanout_args,
 * xdp_umem_reg, can_filter, tls12_crypto_info_aes_gcm_128, sctp_status, …: opts_*.c), but for these:
 *
 *     sock_fprog {len, filter: array of BPF_STMT {code, k} and BPF_JUMP {code, k, jt, jf}}
 *     icmp_filter, icmp6_filter {types, not: 1 where all others are meant}
 *     sctp_getaddrs {assoc_id, addr_num, addrs: array}      sctp_peeloff_arg {associd, sd}
 *     sctp_peeloff_flags_arg {associd, sd, flags}
 *
 * A member that a too short answer ends in has its bytes, BYTES_HEX, for its value.
 *
 * The index of an interface whose name is known is ifindex {index, name}; of the scope of an IPv6 address
 * only where the address is link-local.
 *
 * An array that could not be read to its end has a VALUE_ADDR as its last item: strace's `... 0x7f…` in a
 * comment.
 */

/* A sockaddr of `len` bytes as a struct value; also used for addresses that the tracer itself asks the kernel
 * for. */
const struct value *decode_sockaddr(struct arena *arena, const struct decode_opts *opts, const uint8_t *bytes,
                                    size_t len);

#endif
