/* names/nametab.c: lookup in tables of constants, both ways, and the list of the tables. */
#include "names/nametab.h"

#include "base/alloc.h"

#include <string.h>

static const struct nametab *const all[] = {
    &nametab_af,
    &nametab_sock,
    &nametab_sock_flags,
    &nametab_ipproto,
    &nametab_netlink,
    &nametab_msg,
    &nametab_shut,
    &nametab_sol,
    &nametab_so,
    &nametab_ip,
    &nametab_ipv6,
    &nametab_tcp,
    &nametab_udp,
    &nametab_scm,
    &nametab_poll,
    &nametab_epoll_event,
    &nametab_epoll_op,
    &nametab_epoll_flags,
    &nametab_fcntl,
    &nametab_fd_flags,
    &nametab_open,
    &nametab_dup,
    &nametab_lock,
    &nametab_seek,
    &nametab_owner,
    &nametab_notify,
    &nametab_seal,
    &nametab_rw_hint,
    &nametab_splice,
    &nametab_rwf,
    &nametab_ioctl,
    &nametab_iff,
    &nametab_atf,
    &nametab_rtf,
    &nametab_signal,
    &nametab_errno,
    &nametab_clone,
    &nametab_close_range,
    &nametab_tcp_state,
    &nametab_sol_netlink,
    &nametab_packet,
    &nametab_raw,
    &nametab_socketcall,
    &nametab_eth_p,
    &nametab_arphrd,
    &nametab_packet_type,
    &nametab_vm_cid,
    &nametab_vm_port,
    &nametab_vm_flags,
    &nametab_crypto_alg,
    &nametab_xdp,
    &nametab_btproto,
    &nametab_hci_channel,
    &nametab_l2cap_psm,
    &nametab_l2cap_cid,
    &nametab_bdaddr,
    &nametab_tipc_addr,
    &nametab_tipc_scope,
    &nametab_can,
    &nametab_qrtr_node,
    &nametab_qrtr_port,
    &nametab_mctp_net,
    &nametab_mctp_addr,
    &nametab_nfc_proto,
    &nametab_nfc_sockproto,
    &nametab_llcp_sap,
    &nametab_rxrpc_service,
    &nametab_ieee802154_type,
    &nametab_ieee802154_pan,
    &nametab_ieee802154_addr,
    &nametab_ax25_p,
    &nametab_isdn_p,
    &nametab_irdaproto,
    &nametab_pn_proto,
    &nametab_caifproto,
    &nametab_kcmproto,
    &nametab_smcproto,
    &nametab_cmsg_level,
    &nametab_ip_cmsg,
    &nametab_tcp_cmsg,
    &nametab_tls_cmsg,
    &nametab_alg_cmsg,
    &nametab_sctp_cmsg,
    &nametab_rxrpc_cmsg,
    &nametab_rds_cmsg,
    &nametab_tipc_cmsg,
    &nametab_llc_cmsg,
    &nametab_dccp_cmsg,
    &nametab_bt_cmsg,
    &nametab_ee_origin,
    &nametab_tls_record,
    &nametab_alg_op,
    &nametab_tp_status,
    &nametab_sctp_flags,
    &nametab_sctp_pr,
    &nametab_so_read,
    &nametab_txrehash,
    &nametab_timestamping,
    &nametab_txtime,
    &nametab_clock,
    &nametab_ip_read,
    &nametab_ipv6_read,
    &nametab_udplite,
    &nametab_icmpv6,
    &nametab_icmp_type,
    &nametab_icmp6_type,
    &nametab_mcast_mode,
    &nametab_flowlabel_action,
    &nametab_flowlabel_flags,
    &nametab_flowlabel_share,
    &nametab_mptcp,
    &nametab_tcp_info_state,
    &nametab_tcp_ca_state,
    &nametab_tcp_info_opt,
    &nametab_tcp_md5sig,
    &nametab_tcp_opt_kind,
    &nametab_tcp_zerocopy,
    &nametab_mptcp_flags,
    &nametab_sctp,
    &nametab_dccp,
    &nametab_sctp_spp,
    &nametab_sctp_peer_state,
    &nametab_sctp_state,
    &nametab_sctp_event,
    &nametab_sctp_hmac,
    &nametab_sctp_reset,
    &nametab_packet_mr,
    &nametab_packet_fanout,
    &nametab_sol_xdp,
    &nametab_xdp_umem,
    &nametab_xdp_options,
    &nametab_can_raw,
    &nametab_can_isotp,
    &nametab_can_j1939,
    &nametab_vsock,
    &nametab_llc,
    &nametab_tls,
    &nametab_tls_version,
    &nametab_tls_cipher,
    &nametab_alg,
    &nametab_tipc,
    &nametab_tipc_group,
    &nametab_bluetooth,
    &nametab_bt_security,
    &nametab_rfcomm,
    &nametab_kcm,
    &nametab_rxrpc,
    &nametab_rds,
    &nametab_ipx,
    &nametab_ax25,
    &nametab_irda,
    &nametab_pppol2tp,
    &nametab_pnpipe,
    &nametab_iucv,
    &nametab_caif,
    &nametab_nfc,
    &nametab_netrom,
    &nametab_rose,
    &nametab_x25,
    &nametab_mctp,
    &nametab_smc,
    &nametab_bpf,
    &nametab_bpf_aux,
};

const char *nametab_name(const struct nametab *tab, uint64_t n)
{
    for (size_t i = 0; i < tab->len; i++)
        if (tab->rows[i].n == n)
            return tab->rows[i].name;
    return NULL;
}

const char *nametab_plain_name(const struct nametab *tab, uint64_t n)
{
    const char *name = nametab_name(tab, n);
    size_t len = name ? strlen(name) : 0;

    if (len < 4 || strcmp(name + len - 4, "_OLD") != 0)
        return name;
    for (size_t i = 0; i < tab->len; i++)
        if (tab->rows[i].n == n && strlen(tab->rows[i].name) == len - 4 &&
            !strncmp(tab->rows[i].name, name, len - 4))
            return tab->rows[i].name;
    return name;
}

bool nametab_find(const struct nametab *tab, const char *name, uint64_t *n)
{
    for (size_t i = 0; i < tab->len; i++)
        if (strcmp(tab->rows[i].name, name) == 0) {
            *n = tab->rows[i].n;
            return true;
        }
    return false;
}

const struct nametab *nametab_by_id(const char *id)
{
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (strcmp(all[i]->id, id) == 0)
            return all[i];
    return NULL;
}

const struct nametab *nametab_at(size_t i)
{
    return i < ARRAY_LEN(all) ? all[i] : NULL;
}

size_t nametab_split(const struct nametab *tab, uint64_t n, const char **names, size_t cap, uint64_t *rest)
{
    uint64_t enumerated = n & tab->enum_mask, flags = n & ~tab->enum_mask;
    const char *name = tab->enum_mask || !n ? nametab_name(tab, enumerated) : NULL;
    size_t count = 0;

    if (name && cap) {
        enumerated = 0;
        names[count++] = name;
    }
    for (size_t i = 0; i < tab->len && count < cap; i++) {
        uint64_t row = tab->rows[i].n;

        if (!row || (row & tab->enum_mask) || (flags & row) != row)
            continue;
        names[count++] = tab->rows[i].name;
        flags &= ~row;
    }
    *rest = enumerated | flags;
    return count;
}
