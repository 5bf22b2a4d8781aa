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

/* The tables (tables.c, files.c, ioctls.c, devices.c, process.c, links.c, families.c). */
extern const struct nametab nametab_af;          /* AF_*: address families */
extern const struct nametab nametab_sock;        /* SOCK_*: type of socket(2), with its flags */
extern const struct nametab nametab_sock_flags;  /* SOCK_CLOEXEC, SOCK_NONBLOCK alone: accept4(2) */
extern const struct nametab nametab_ipproto;     /* IPPROTO_* */
extern const struct nametab nametab_netlink;     /* NETLINK_*: protocols of AF_NETLINK */
extern const struct nametab nametab_msg;         /* MSG_* */
extern const struct nametab nametab_socketcall;  /* SYS_*: the calls of socketcall(2) */
extern const struct nametab nametab_shut;        /* SHUT_* */
extern const struct nametab nametab_sol;         /* SOL_*: option levels */
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
extern const struct nametab nametab_qrtr_node, nametab_qrtr_port;  /* QRTR_* */
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
extern const struct nametab nametab_bt_cmsg;    /* BT_SCM_* */
extern const struct nametab nametab_dccp_cmsg;  /* DCCP_SCM_* */
extern const struct nametab nametab_ee_origin;  /* SO_EE_ORIGIN_*: where an error came from */
extern const struct nametab nametab_tls_record; /* TLS_RECORD_TYPE_* */
extern const struct nametab nametab_alg_op;     /* ALG_OP_* */
extern const struct nametab nametab_tp_status;  /* TP_STATUS_* */
extern const struct nametab nametab_sctp_flags; /* of SCTP_SNDINFO and its like */
extern const struct nametab nametab_sctp_pr;    /* SCTP_PR_SCTP_*: when a message is given up */

/* Options of SOL_SOCKET and what stands in their values (options_sock.c). */
extern const struct nametab nametab_so;           /* SO_*: options of SOL_SOCKET */
extern const struct nametab nametab_so_read;      /* those that getsockopt(2) calls otherwise */
extern const struct nametab nametab_txrehash;     /* SOCK_TXREHASH_* */
extern const struct nametab nametab_timestamping; /* SOF_TIMESTAMPING_* */
extern const struct nametab nametab_txtime;       /* SOF_TXTIME_* */
extern const struct nametab nametab_clock;        /* CLOCK_* */

/* Of IP, IPv6, ICMP, UDP (options_inet.c). */
extern const struct nametab nametab_ip;               /* IP_* options */
extern const struct nametab nametab_ip_read;          /* those that getsockopt(2) calls otherwise */
extern const struct nametab nametab_ipv6;             /* IPV6_* options */
extern const struct nametab nametab_ipv6_read;        /* those that getsockopt(2) calls otherwise */
extern const struct nametab nametab_udp;              /* UDP_* options */
extern const struct nametab nametab_udplite;          /* UDPLITE_* options */
extern const struct nametab nametab_raw;              /* options of SOL_RAW */
extern const struct nametab nametab_icmpv6;           /* options of SOL_ICMPV6 */
extern const struct nametab nametab_icmp_type;        /* ICMP_*: types */
extern const struct nametab nametab_icmp6_type;       /* ICMP6_*, MLD_*, ND_*: types */
extern const struct nametab nametab_mcast_mode;       /* MCAST_INCLUDE, MCAST_EXCLUDE */
extern const struct nametab nametab_flowlabel_action; /* IPV6_FL_A_* */
extern const struct nametab nametab_flowlabel_flags;  /* IPV6_FL_F_* */
extern const struct nametab nametab_flowlabel_share;  /* IPV6_FL_S_* */

/* Of TCP and MPTCP (options_tcp.c). */
extern const struct nametab nametab_tcp;            /* TCP_* options */
extern const struct nametab nametab_mptcp;          /* MPTCP_* options */
extern const struct nametab nametab_tcp_info_state; /* TCP_ESTABLISHED, TCP_SYN_SENT, … */
extern const struct nametab nametab_tcp_ca_state;   /* TCP_CA_* */
extern const struct nametab nametab_tcp_info_opt;   /* TCPI_OPT_* */
extern const struct nametab nametab_tcp_md5sig;     /* TCP_MD5SIG_FLAG_* */
extern const struct nametab nametab_tcp_opt_kind;   /* TCPOPT_* */
extern const struct nametab nametab_tcp_zerocopy;   /* TCP_RECEIVE_ZEROCOPY_FLAG_* */
extern const struct nametab nametab_mptcp_flags;    /* MPTCP_INFO_FLAG_* */

/* Of SCTP and DCCP (options_sctp.c). */
extern const struct nametab nametab_sctp;            /* SCTP_* options */
extern const struct nametab nametab_dccp;            /* DCCP_SOCKOPT_* options */
extern const struct nametab nametab_sctp_spp;        /* SPP_* */
extern const struct nametab nametab_sctp_peer_state; /* SCTP_ACTIVE, …: of a path */
extern const struct nametab nametab_sctp_state;      /* SCTP_ESTABLISHED, …: of an association */
extern const struct nametab nametab_sctp_event;      /* SCTP_*_EVENT */
extern const struct nametab nametab_sctp_hmac;       /* SCTP_AUTH_HMAC_ID_* */
extern const struct nametab nametab_sctp_reset;      /* SCTP_STREAM_RESET_* */

/* Of sockets below IP (options_link.c). */
extern const struct nametab nametab_sol_netlink;   /* NETLINK_* options */
extern const struct nametab nametab_packet;        /* PACKET_* options */
extern const struct nametab nametab_packet_mr;     /* PACKET_MR_* */
extern const struct nametab nametab_packet_fanout; /* PACKET_FANOUT_*: mode and flags */
extern const struct nametab nametab_sol_xdp;       /* XDP_* options */
extern const struct nametab nametab_xdp_umem;      /* XDP_UMEM_*: flags */
extern const struct nametab nametab_xdp_options;   /* XDP_OPTIONS_* */
extern const struct nametab nametab_can_raw;       /* CAN_RAW_* options */
extern const struct nametab nametab_can_isotp;     /* CAN_ISOTP_* options */
extern const struct nametab nametab_can_j1939;     /* SO_J1939_* options */
extern const struct nametab nametab_vsock;         /* SO_VM_SOCKETS_* options */
extern const struct nametab nametab_llc;           /* LLC_OPT_* options */

/* Of TLS, AF_ALG and protocols that few machines have (options_rare.c). */
extern const struct nametab nametab_tls;         /* TLS_* options */
extern const struct nametab nametab_tls_version; /* TLS_*_VERSION */
extern const struct nametab nametab_tls_cipher;  /* TLS_CIPHER_* */
extern const struct nametab nametab_alg;         /* ALG_* options */
extern const struct nametab nametab_tipc;        /* TIPC_* options */
extern const struct nametab nametab_tipc_group;  /* TIPC_GROUP_* */
extern const struct nametab nametab_bluetooth;   /* BT_* options */
extern const struct nametab nametab_bt_security; /* BT_SECURITY_*: levels */
extern const struct nametab nametab_rfcomm;      /* RFCOMM_* options */
extern const struct nametab nametab_kcm;         /* KCM_* options */
extern const struct nametab nametab_rxrpc;       /* RXRPC_* options */
extern const struct nametab nametab_rds;         /* RDS_* options */
extern const struct nametab nametab_ipx;         /* IPX_* options */
extern const struct nametab nametab_ax25;        /* AX25_* options */
extern const struct nametab nametab_irda;        /* IRLMP_* options */
extern const struct nametab nametab_pppol2tp;    /* PPPOL2TP_SO_* options */
extern const struct nametab nametab_pnpipe;      /* PNPIPE_* options */
extern const struct nametab nametab_iucv;        /* options of SOL_IUCV */
extern const struct nametab nametab_caif;        /* CAIFSO_* options */
extern const struct nametab nametab_nfc;         /* NFC_LLCP_* options */
extern const struct nametab nametab_netrom;      /* NETROM_* options */
extern const struct nametab nametab_rose;        /* ROSE_* options */
extern const struct nametab nametab_x25;         /* X25_* options */
extern const struct nametab nametab_mctp;        /* MCTP_OPT_* options */
extern const struct nametab nametab_smc;         /* options of SOL_SMC */

/* Filters of sockets (bpf.c). */
extern const struct nametab nametab_bpf;     /* codes of BPF instructions */
extern const struct nametab nametab_bpf_aux; /* SKF_AD_OFF+…: what they load of a packet */

/*
 * The table that names the options of a level (options.c); NULL: there is none. `is_read`: as getsockopt(2)
 * has them, which gives a few numbers another meaning.
 */
const struct nametab *nametab_of_option(uint32_t level, uint32_t name, bool is_read);

#endif
