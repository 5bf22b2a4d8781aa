/* names/nametab.h: constants and their names, both ways from one table. */
#ifndef NAMES_NAMETAB_H
#define NAMES_NAMETAB_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct name {
    uint64_t n;
    const char *name;
};

/*
 * One family of constants. Rows are in the order in which strace prints flags. Where two names share a value
 * the first row names it, and both are found by name.
 */
struct nametab {
    const char *id;      /* stable, stands in trace files: "AF", "SOCK", "MSG", … */
    const char *unknown; /* what strace prints for a value without a name: "AF_???"; NULL: the value alone */
    const struct name *rows;
    size_t len;
    bool is_flags;      /* values are sets of rows */
    uint64_t enum_mask; /* flag tables: these bits hold one number, not flags (SOCK_TYPE_MASK, O_ACCMODE) */
    uint64_t quiet;    /* flag tables only: these change no meaning on the wire; patterns and short forms pass
                          them over */
    bool is_private;   /* no header has the names: strace writes the value, and the name behind it */
    const char *order; /* the macro that programs put the constants into: "htons", "htobs"; or NULL */
    uint64_t count_from; /* nameless values above this one are counted from it: `DYN_START+3`; or 0 */
};

/* The name of exactly this value, or NULL. */
const char *nametab_name(const struct nametab *tab, uint64_t n);

/* false where the table has no such name. */
bool nametab_find(const struct nametab *tab, const char *name, uint64_t *n);

/*
 * The name that people use for the value: the one without `_OLD` where the table has both (the kernel's
 * SO_RCVTIMEO_OLD is SO_RCVTIMEO in every program). NULL as nametab_name.
 */
const char *nametab_plain_name(const struct nametab *tab, uint64_t n);

/* The table with this id, or NULL. */
const struct nametab *nametab_by_id(const char *id);

/* Walk over all tables: NULL ends it. */
const struct nametab *nametab_at(size_t i);

/*
 * Split a flag set: writes the names of the set bits (the enumerated part first) to names[], at most `cap`,
 * returns how many, and leaves in *rest the bits that have no name. A value 0 without a row of its own gives
 * no name.
 */
size_t nametab_split(const struct nametab *tab, uint64_t n, const char **names, size_t cap, uint64_t *rest);

/* The tables (tables.c, options.c, files.c, ioctls.c, devices.c, process.c, links.c, families.c). */
extern const struct nametab nametab_af;          /* AF_*: address families */
extern const struct nametab nametab_sock;        /* SOCK_*: type of socket(2), with its flags */
extern const struct nametab nametab_sock_flags;  /* SOCK_CLOEXEC, SOCK_NONBLOCK alone: accept4(2) */
extern const struct nametab nametab_ipproto;     /* IPPROTO_* */
extern const struct nametab nametab_netlink;     /* NETLINK_*: protocols of AF_NETLINK */
extern const struct nametab nametab_msg;         /* MSG_* */
extern const struct nametab nametab_socketcall;  /* SYS_*: the calls of socketcall(2) */
extern const struct nametab nametab_shut;        /* SHUT_* */
extern const struct nametab nametab_sol;         /* SOL_*: option levels */
extern const struct nametab nametab_so;          /* SO_*: options of SOL_SOCKET */
extern const struct nametab nametab_ip;          /* IP_* options */
extern const struct nametab nametab_ipv6;        /* IPV6_* options */
extern const struct nametab nametab_tcp;         /* TCP_* options */
extern const struct nametab nametab_udp;         /* UDP_* options */
extern const struct nametab nametab_sol_netlink; /* NETLINK_* options */
extern const struct nametab nametab_packet;      /* PACKET_* options */
extern const struct nametab nametab_raw;         /* options of SOL_RAW */
extern const struct nametab nametab_poll;        /* POLL* */
extern const struct nametab nametab_epoll_event; /* EPOLL*: events */
extern const struct nametab nametab_epoll_op;    /* EPOLL_CTL_* */
extern const struct nametab nametab_epoll_flags; /* EPOLL_CLOEXEC */
extern const struct nametab nametab_fcntl;       /* F_*: commands */
extern const struct nametab nametab_fd_flags;    /* FD_CLOEXEC */
extern const struct nametab nametab_open;        /* O_*: flags as F_GETFL and F_SETFL give and take them */
extern const struct nametab nametab_dup;         /* O_CLOEXEC alone: dup3(2) */
extern const struct nametab nametab_lock;        /* F_RDLCK, F_WRLCK, F_UNLCK, … */
extern const struct nametab nametab_seek;        /* SEEK_* */
extern const struct nametab nametab_owner;       /* F_OWNER_* */
extern const struct nametab nametab_notify;      /* DN_* */
extern const struct nametab nametab_seal;        /* F_SEAL_* */
extern const struct nametab nametab_rw_hint;     /* RWH_* */
extern const struct nametab nametab_splice;      /* SPLICE_F_* */
extern const struct nametab nametab_rwf;         /* RWF_*: preadv2(2) */
extern const struct nametab nametab_ioctl;       /* requests of ioctl(2) on sockets */
extern const struct nametab nametab_iff;         /* IFF_* */
extern const struct nametab nametab_atf;         /* ATF_*: arp(7) */
extern const struct nametab nametab_rtf;         /* RTF_*: routes */
extern const struct nametab nametab_signal;      /* SIG* */
extern const struct nametab nametab_errno;       /* E* */
extern const struct nametab nametab_clone;       /* CLONE_* */
extern const struct nametab nametab_close_range; /* CLOSE_RANGE_* */
extern const struct nametab nametab_tcp_state;   /* ESTABLISHED, SYN_SENT, …: TCP_* without TCP_ */
extern const struct nametab nametab_eth_p;       /* ETH_P_*: protocols of AF_PACKET, in host order */
extern const struct nametab nametab_arphrd;      /* ARPHRD_* */
extern const struct nametab nametab_packet_type; /* PACKET_HOST, …: sll_pkttype */
extern const struct nametab nametab_vm_cid, nametab_vm_port, nametab_vm_flags; /* VMADDR_* */
extern const struct nametab nametab_crypto_alg;                                /* CRYPTO_ALG_*: of AF_ALG */
extern const struct nametab nametab_xdp;                          /* XDP_*: flags of sockaddr_xdp */
extern const struct nametab nametab_btproto;                      /* BTPROTO_* */
extern const struct nametab nametab_hci_channel;                  /* HCI_CHANNEL_* */
extern const struct nametab nametab_l2cap_psm, nametab_l2cap_cid; /* L2CAP_*, in host order */
extern const struct nametab nametab_bdaddr;                       /* BDADDR_*: types of Bluetooth addresses */
extern const struct nametab nametab_tipc_addr, nametab_tipc_scope; /* TIPC_*: types of addresses, scopes */
extern const struct nametab nametab_can;                           /* CAN_RAW, …: protocols of AF_CAN */
extern const struct nametab nametab_mctp_net, nametab_mctp_addr;   /* MCTP_* */
extern const struct nametab nametab_nfc_proto, nametab_nfc_sockproto, nametab_llcp_sap; /* of AF_NFC */
extern const struct nametab nametab_rxrpc_service;                                      /* *_SERVICE */
extern const struct nametab nametab_ieee802154_type, nametab_ieee802154_pan,
    nametab_ieee802154_addr; /* IEEE802154_*: kinds of addresses; PANs and short addresses with a meaning */
/* Protocols of the family. */
extern const struct nametab nametab_ax25_p, nametab_isdn_p, nametab_irdaproto, nametab_pn_proto,
    nametab_caifproto, nametab_kcmproto, nametab_smcproto;

/* Types of control messages, where they are not the options of their level, and what stands in them (cmsg.c).
 */
extern const struct nametab nametab_cmsg_level; /* SOL_* */
extern const struct nametab nametab_scm;        /* SCM_*: of SOL_SOCKET */
extern const struct nametab nametab_ip_cmsg;    /* IP_* */
extern const struct nametab nametab_tcp_cmsg;   /* TCP_CM_* */
extern const struct nametab nametab_tls_cmsg;   /* TLS_* */
extern const struct nametab nametab_alg_cmsg;   /* ALG_SET_* */
extern const struct nametab nametab_sctp_cmsg;  /* SCTP_* */
extern const struct nametab nametab_rxrpc_cmsg; /* RXRPC_* */
extern const struct nametab nametab_rds_cmsg;   /* RDS_CMSG_* */
extern const struct nametab nametab_tipc_cmsg;  /* TIPC_* */
extern const struct nametab nametab_llc_cmsg;   /* LLC_CMSG_* */
extern const struct nametab nametab_dccp_cmsg;  /* DCCP_SCM_* */
extern const struct nametab nametab_ee_origin;  /* SO_EE_ORIGIN_*: where an error came from */
extern const struct nametab nametab_tls_record; /* TLS_RECORD_TYPE_* */
extern const struct nametab nametab_alg_op;     /* ALG_OP_* */
extern const struct nametab nametab_tp_status;  /* TP_STATUS_* */
extern const struct nametab nametab_sctp_flags; /* of SCTP_SNDINFO and its like */
extern const struct nametab nametab_sctp_pr;    /* SCTP_PR_SCTP_*: when a message is given up */

#endif
