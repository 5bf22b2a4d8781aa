/* names/options.c: which table names the options of which level. */
#include "base/alloc.h"
#include "names/nametab.h"

#include <netinet/in.h>
#include <sys/socket.h>

/* `read`: the names that getsockopt(2) has for numbers that setsockopt(2) uses otherwise. */
static const struct {
    uint32_t level;
    const struct nametab *tab, *read;
} levels[] = {
    {SOL_SOCKET, &nametab_so, &nametab_so_read},
    {IPPROTO_IP, &nametab_ip, &nametab_ip_read},
    {IPPROTO_TCP, &nametab_tcp, NULL},
    {IPPROTO_UDP, &nametab_udp, NULL},
    {18 /* SOL_RFCOMM */, &nametab_rfcomm, NULL},
    {AF_VSOCK, &nametab_vsock, NULL},
    {IPPROTO_IPV6, &nametab_ipv6, &nametab_ipv6_read},
    {SOL_ICMPV6, &nametab_icmpv6, NULL},
    {101 /* SOL_CAN_RAW */, &nametab_can_raw, NULL},
    {106 /* SOL_CAN_ISOTP */, &nametab_can_isotp, NULL},
    {107 /* SOL_CAN_J1939 */, &nametab_can_j1939, NULL},
    {IPPROTO_SCTP, &nametab_sctp, NULL},
    {IPPROTO_UDPLITE, &nametab_udplite, NULL},
    {SOL_RAW, &nametab_raw, NULL},
    {256 /* SOL_IPX */, &nametab_ipx, NULL},
    {257 /* SOL_AX25 */, &nametab_ax25, NULL},
    {259 /* SOL_NETROM */, &nametab_netrom, NULL},
    {260 /* SOL_ROSE */, &nametab_rose, NULL},
    {SOL_X25, &nametab_x25, NULL},
    {SOL_PACKET, &nametab_packet, NULL},
    {SOL_IRDA, &nametab_irda, NULL},
    {SOL_LLC, &nametab_llc, NULL},
    {SOL_DCCP, &nametab_dccp, NULL},
    {SOL_NETLINK, &nametab_sol_netlink, NULL},
    {SOL_TIPC, &nametab_tipc, NULL},
    {SOL_RXRPC, &nametab_rxrpc, NULL},
    {SOL_PPPOL2TP, &nametab_pppol2tp, NULL},
    {SOL_BLUETOOTH, &nametab_bluetooth, NULL},
    {SOL_PNPIPE, &nametab_pnpipe, NULL},
    {SOL_RDS, &nametab_rds, NULL},
    {SOL_IUCV, &nametab_iucv, NULL},
    {SOL_CAIF, &nametab_caif, NULL},
    {SOL_ALG, &nametab_alg, NULL},
    {SOL_NFC, &nametab_nfc, NULL},
    {SOL_KCM, &nametab_kcm, NULL},
    {SOL_TLS, &nametab_tls, NULL},
    {SOL_XDP, &nametab_sol_xdp, NULL},
    {SOL_MPTCP, &nametab_mptcp, NULL},
    {SOL_MCTP, &nametab_mctp, NULL},
    {SOL_SMC, &nametab_smc, NULL},
};

const struct nametab *nametab_of_option(uint32_t level, uint32_t name, bool is_read)
{
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        if (levels[i].level != level)
            continue;
        if (is_read && levels[i].read && nametab_name(levels[i].read, name))
            return levels[i].read;
        return levels[i].tab;
    }
    return NULL;
}
