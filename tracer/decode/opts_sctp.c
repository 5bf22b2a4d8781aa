/* decode/opts_sctp.c: values of the options of SCTP (RFC 6458 section 8, linux/sctp.h). */
#include "base/alloc.h"
#include "decode/families.h"
#include "decode/opts.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <linux/sctp.h>

/* The kernel knows one layout of these, its own, whatever the width of the program's words. */

static const struct member hmac = MEMBER_AT(NULL, 0, 2, SHAPE_SYM, &nametab_sctp_hmac);
static const struct member stream = MEMBER_AT(NULL, 0, 2, SHAPE_UDEC, NULL);
static const struct member association = MEMBER_AT(NULL, 0, 4, SHAPE_DEC, NULL);

static const struct member sctp_rtoinfo[] = {
    MEMBER(sctp_rtoinfo, srto_assoc_id, SHAPE_DEC),
    MEMBER(sctp_rtoinfo, srto_initial, SHAPE_UDEC),
    MEMBER(sctp_rtoinfo, srto_max, SHAPE_UDEC),
    MEMBER(sctp_rtoinfo, srto_min, SHAPE_UDEC),
};

static const struct member sctp_assocparams[] = {
    MEMBER(sctp_assocparams, sasoc_assoc_id, SHAPE_DEC),
    MEMBER(sctp_assocparams, sasoc_asocmaxrxt, SHAPE_UDEC),
    MEMBER(sctp_assocparams, sasoc_number_peer_destinations, SHAPE_UDEC),
    MEMBER(sctp_assocparams, sasoc_peer_rwnd, SHAPE_UDEC),
    MEMBER(sctp_assocparams, sasoc_local_rwnd, SHAPE_UDEC),
    MEMBER(sctp_assocparams, sasoc_cookie_life, SHAPE_UDEC),
};

static const struct member sctp_setpeerprim[] = {
    MEMBER(sctp_setpeerprim, sspp_assoc_id, SHAPE_DEC),
    MEMBER(sctp_setpeerprim, sspp_addr, SHAPE_SOCKADDR),
};

static const struct member sctp_prim[] = {
    MEMBER(sctp_prim, ssp_assoc_id, SHAPE_DEC),
    MEMBER(sctp_prim, ssp_addr, SHAPE_SOCKADDR),
};

static const struct member sctp_setadaptation[] = {
    MEMBER(sctp_setadaptation, ssb_adaptation_ind, SHAPE_UDEC),
};

static const struct member sctp_paddrparams[] = {
    MEMBER(sctp_paddrparams, spp_assoc_id, SHAPE_DEC),
    MEMBER(sctp_paddrparams, spp_address, SHAPE_SOCKADDR),
    MEMBER(sctp_paddrparams, spp_hbinterval, SHAPE_UDEC),
    MEMBER(sctp_paddrparams, spp_pathmaxrxt, SHAPE_UDEC),
    MEMBER(sctp_paddrparams, spp_pathmtu, SHAPE_UDEC),
    MEMBER(sctp_paddrparams, spp_sackdelay, SHAPE_UDEC),
    MEMBER_OF(sctp_paddrparams, spp_flags, SHAPE_FLAGS, &nametab_sctp_spp),
    MEMBER(sctp_paddrparams, spp_ipv6_flowlabel, SHAPE_UDEC),
    MEMBER(sctp_paddrparams, spp_dscp, SHAPE_UDEC),
};

static const struct member sctp_event_subscribe[] = {
    MEMBER(sctp_event_subscribe, sctp_data_io_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_association_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_address_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_send_failure_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_peer_error_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_shutdown_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_partial_delivery_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_adaptation_layer_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_authentication_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_sender_dry_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_stream_reset_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_assoc_reset_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_stream_change_event, SHAPE_UDEC),
    MEMBER(sctp_event_subscribe, sctp_send_failure_event_event, SHAPE_UDEC),
};

static const struct member sctp_paddrinfo[] = {
    MEMBER(sctp_paddrinfo, spinfo_assoc_id, SHAPE_DEC),
    MEMBER(sctp_paddrinfo, spinfo_address, SHAPE_SOCKADDR),
    MEMBER_OF(sctp_paddrinfo, spinfo_state, SHAPE_SYM, &nametab_sctp_peer_state),
    MEMBER(sctp_paddrinfo, spinfo_cwnd, SHAPE_UDEC),
    MEMBER(sctp_paddrinfo, spinfo_srtt, SHAPE_UDEC),
    MEMBER(sctp_paddrinfo, spinfo_rto, SHAPE_UDEC),
    MEMBER(sctp_paddrinfo, spinfo_mtu, SHAPE_UDEC),
};

static const struct layout layout_sctp_paddrinfo = LAYOUT(sctp_paddrinfo, sctp_paddrinfo);

static const struct member sctp_status[] = {
    MEMBER(sctp_status, sstat_assoc_id, SHAPE_DEC),
    MEMBER_OF(sctp_status, sstat_state, SHAPE_SYM, &nametab_sctp_state),
    MEMBER(sctp_status, sstat_rwnd, SHAPE_UDEC),
    MEMBER(sctp_status, sstat_unackdata, SHAPE_UDEC),
    MEMBER(sctp_status, sstat_penddata, SHAPE_UDEC),
    MEMBER(sctp_status, sstat_instrms, SHAPE_UDEC),
    MEMBER(sctp_status, sstat_outstrms, SHAPE_UDEC),
    MEMBER(sctp_status, sstat_fragmentation_point, SHAPE_UDEC),
    MEMBER_OF(sctp_status, sstat_primary, SHAPE_STRUCT, &layout_sctp_paddrinfo),
};

static const struct member sctp_sack_info[] = {
    MEMBER(sctp_sack_info, sack_assoc_id, SHAPE_DEC),
    MEMBER(sctp_sack_info, sack_delay, SHAPE_UDEC),
    MEMBER(sctp_sack_info, sack_freq, SHAPE_UDEC),
};

static const struct member sctp_assoc_value[] = {
    MEMBER(sctp_assoc_value, assoc_id, SHAPE_DEC),
    MEMBER(sctp_assoc_value, assoc_value, SHAPE_UDEC),
};

static const struct member sctp_authchunk[] = {
    MEMBER(sctp_authchunk, sauth_chunk, SHAPE_UDEC),
};

static const struct member sctp_hmacalgo[] = {
    MEMBER(sctp_hmacalgo, shmac_num_idents, SHAPE_UDEC),
    MEMBER_REST(sctp_hmacalgo, shmac_idents, SHAPE_ARRAY, &hmac),
};

static const struct member sctp_authkey[] = {
    MEMBER(sctp_authkey, sca_assoc_id, SHAPE_DEC),
    MEMBER(sctp_authkey, sca_keynumber, SHAPE_UDEC),
    MEMBER(sctp_authkey, sca_keylength, SHAPE_UDEC),
    MEMBER_REST(sctp_authkey, sca_key, SHAPE_BYTES, NULL),
};

static const struct member sctp_authkeyid[] = {
    MEMBER(sctp_authkeyid, scact_assoc_id, SHAPE_DEC),
    MEMBER(sctp_authkeyid, scact_keynumber, SHAPE_UDEC),
};

static const struct member sctp_authchunks[] = {
    MEMBER(sctp_authchunks, gauth_assoc_id, SHAPE_DEC),
    MEMBER(sctp_authchunks, gauth_number_of_chunks, SHAPE_UDEC),
    MEMBER_REST(sctp_authchunks, gauth_chunks, SHAPE_BYTES, NULL),
};

static const struct member sctp_assoc_ids[] = {
    MEMBER(sctp_assoc_ids, gaids_number_of_ids, SHAPE_UDEC),
    MEMBER_REST(sctp_assoc_ids, gaids_assoc_id, SHAPE_ARRAY, &association),
};

static const struct member sctp_paddrthlds[] = {
    MEMBER(sctp_paddrthlds, spt_assoc_id, SHAPE_DEC),
    MEMBER(sctp_paddrthlds, spt_address, SHAPE_SOCKADDR),
    MEMBER(sctp_paddrthlds, spt_pathmaxrxt, SHAPE_UDEC),
    MEMBER(sctp_paddrthlds, spt_pathpfthld, SHAPE_UDEC),
};

static const struct member sctp_paddrthlds_v2[] = {
    MEMBER(sctp_paddrthlds_v2, spt_assoc_id, SHAPE_DEC),
    MEMBER(sctp_paddrthlds_v2, spt_address, SHAPE_SOCKADDR),
    MEMBER(sctp_paddrthlds_v2, spt_pathmaxrxt, SHAPE_UDEC),
    MEMBER(sctp_paddrthlds_v2, spt_pathpfthld, SHAPE_UDEC),
    MEMBER(sctp_paddrthlds_v2, spt_pathcpthld, SHAPE_UDEC),
};

static const struct member sctp_default_prinfo[] = {
    MEMBER(sctp_default_prinfo, pr_assoc_id, SHAPE_DEC),
    MEMBER(sctp_default_prinfo, pr_value, SHAPE_UDEC),
    MEMBER_OF(sctp_default_prinfo, pr_policy, SHAPE_SYM, &nametab_sctp_pr),
};

static const struct member sctp_prstatus[] = {
    MEMBER(sctp_prstatus, sprstat_assoc_id, SHAPE_DEC),
    MEMBER(sctp_prstatus, sprstat_sid, SHAPE_UDEC),
    MEMBER_OF(sctp_prstatus, sprstat_policy, SHAPE_SYM, &nametab_sctp_pr),
    MEMBER(sctp_prstatus, sprstat_abandoned_unsent, SHAPE_UDEC),
    MEMBER(sctp_prstatus, sprstat_abandoned_sent, SHAPE_UDEC),
};

static const struct member sctp_reset_streams[] = {
    MEMBER(sctp_reset_streams, srs_assoc_id, SHAPE_DEC),
    MEMBER_OF(sctp_reset_streams, srs_flags, SHAPE_FLAGS, &nametab_sctp_reset),
    MEMBER(sctp_reset_streams, srs_number_streams, SHAPE_UDEC),
    MEMBER_REST(sctp_reset_streams, srs_stream_list, SHAPE_ARRAY, &stream),
};

static const struct member sctp_add_streams[] = {
    MEMBER(sctp_add_streams, sas_assoc_id, SHAPE_DEC),
    MEMBER(sctp_add_streams, sas_instrms, SHAPE_UDEC),
    MEMBER(sctp_add_streams, sas_outstrms, SHAPE_UDEC),
};

static const struct member sctp_stream_value[] = {
    MEMBER(sctp_stream_value, assoc_id, SHAPE_DEC),
    MEMBER(sctp_stream_value, stream_id, SHAPE_UDEC),
    MEMBER(sctp_stream_value, stream_value, SHAPE_UDEC),
};

static const struct member sctp_event[] = {
    MEMBER(sctp_event, se_assoc_id, SHAPE_DEC),
    MEMBER_OF(sctp_event, se_type, SHAPE_SYM, &nametab_sctp_event),
    MEMBER(sctp_event, se_on, SHAPE_UDEC),
};

static const struct member sctp_udpencaps[] = {
    MEMBER(sctp_udpencaps, sue_assoc_id, SHAPE_DEC),
    MEMBER(sctp_udpencaps, sue_address, SHAPE_SOCKADDR),
    MEMBER(sctp_udpencaps, sue_port, SHAPE_UDEC),
};

static const struct member sctp_probeinterval[] = {
    MEMBER(sctp_probeinterval, spi_assoc_id, SHAPE_DEC),
    MEMBER(sctp_probeinterval, spi_address, SHAPE_SOCKADDR),
    MEMBER(sctp_probeinterval, spi_interval, SHAPE_UDEC),
};

static const struct member sctp_assoc_stats[] = {
    MEMBER(sctp_assoc_stats, sas_assoc_id, SHAPE_DEC),
    MEMBER(sctp_assoc_stats, sas_obs_rto_ipaddr, SHAPE_SOCKADDR),
    MEMBER(sctp_assoc_stats, sas_maxrto, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_isacks, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_osacks, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_opackets, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_ipackets, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_rtxchunks, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_outofseqtsns, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_idupchunks, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_gapcnt, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_ouodchunks, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_iuodchunks, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_oodchunks, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_iodchunks, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_octrlchunks, SHAPE_UDEC),
    MEMBER(sctp_assoc_stats, sas_ictrlchunks, SHAPE_UDEC),
};

static const struct member getaddrs_head[] = {
    MEMBER(sctp_getaddrs, assoc_id, SHAPE_DEC),
    MEMBER(sctp_getaddrs, addr_num, SHAPE_UDEC),
};

static const struct member peeloff[] = {
    MEMBER_AT("associd", 0, 4, SHAPE_DEC, NULL),
    MEMBER_AT("sd", 4, 4, SHAPE_FD, NULL),
    MEMBER_AT("flags", 8, 4, SHAPE_FLAGS, &nametab_sock_flags),
};

static const struct layout layout_getaddrs = LAYOUT(sctp_getaddrs, getaddrs_head);
static const struct layout layout_peeloff = {"sctp_peeloff_arg", peeloff, 2, 8, 8, false};
static const struct layout layout_peeloff_flags = {"sctp_peeloff_flags_arg", peeloff, 3, 12, 12, false};
static const struct layout layout_sctp_rtoinfo = LAYOUT(sctp_rtoinfo, sctp_rtoinfo);
static const struct layout layout_sctp_assocparams = LAYOUT(sctp_assocparams, sctp_assocparams);
static const struct layout layout_sctp_setpeerprim = LAYOUT(sctp_setpeerprim, sctp_setpeerprim);
static const struct layout layout_sctp_prim = LAYOUT(sctp_prim, sctp_prim);
static const struct layout layout_sctp_setadaptation = LAYOUT(sctp_setadaptation, sctp_setadaptation);
/* Without what later kernels put at its end. */
static const struct layout layout_sctp_paddrparams =
    LAYOUT_FROM(sctp_paddrparams, sctp_paddrparams, offsetof(struct sctp_paddrparams, spp_ipv6_flowlabel));
static const struct layout layout_sctp_event_subscribe =
    LAYOUT_FROM(sctp_event_subscribe, sctp_event_subscribe, 1);
static const struct layout layout_sctp_status = LAYOUT(sctp_status, sctp_status);
static const struct layout layout_sctp_sack_info = LAYOUT(sctp_sack_info, sctp_sack_info);
static const struct layout layout_sctp_assoc_value = LAYOUT(sctp_assoc_value, sctp_assoc_value);
static const struct layout layout_sctp_authchunk = LAYOUT(sctp_authchunk, sctp_authchunk);
static const struct layout layout_sctp_hmacalgo = LAYOUT(sctp_hmacalgo, sctp_hmacalgo);
static const struct layout layout_sctp_authkey = LAYOUT(sctp_authkey, sctp_authkey);
static const struct layout layout_sctp_authkeyid = LAYOUT(sctp_authkeyid, sctp_authkeyid);
static const struct layout layout_sctp_authchunks = LAYOUT(sctp_authchunks, sctp_authchunks);
static const struct layout layout_sctp_assoc_ids = LAYOUT(sctp_assoc_ids, sctp_assoc_ids);
static const struct layout layout_sctp_paddrthlds = LAYOUT(sctp_paddrthlds, sctp_paddrthlds);
static const struct layout layout_sctp_paddrthlds_v2 = LAYOUT(sctp_paddrthlds_v2, sctp_paddrthlds_v2);
static const struct layout layout_sctp_default_prinfo = LAYOUT(sctp_default_prinfo, sctp_default_prinfo);
static const struct layout layout_sctp_prstatus = LAYOUT(sctp_prstatus, sctp_prstatus);
static const struct layout layout_sctp_reset_streams = LAYOUT(sctp_reset_streams, sctp_reset_streams);
static const struct layout layout_sctp_add_streams = LAYOUT(sctp_add_streams, sctp_add_streams);
static const struct layout layout_sctp_stream_value = LAYOUT(sctp_stream_value, sctp_stream_value);
static const struct layout layout_sctp_event = LAYOUT(sctp_event, sctp_event);
static const struct layout layout_sctp_udpencaps = LAYOUT(sctp_udpencaps, sctp_udpencaps);
static const struct layout layout_sctp_probeinterval = LAYOUT(sctp_probeinterval, sctp_probeinterval);
static const struct layout layout_sctp_assoc_stats = LAYOUT(sctp_assoc_stats, sctp_assoc_stats);

/* RFC 6458 says for several options: an integer alone stands for all associations. */
static const struct value *assoc_value(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    const struct value *value = shape_struct(ctx, &layout_sctp_assoc_value, bytes, len);

    return value ? value : shape_int(ctx, bytes, len);
}

/* Addresses one behind the other, each as long as its family is. */
static const struct value *addresses(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    size_t count = 0, at = 0, size;
    const struct value **items =
        ARENA_ARRAY(ctx->arena, const struct value *, len / sizeof(struct sockaddr_in) + 1);

    for (; at + sizeof(struct sockaddr_in) <= len; at += size) {
        size = shape_uint(bytes + at, sizeof(sa_family_t)) == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                                       : sizeof(struct sockaddr_in);
        size = size < len - at ? size : len - at;
        items[count++] = families_sockaddr(ctx, bytes + at, size);
    }
    return count ? value_array(ctx->arena, items, count, count) : NULL;
}

static const struct value *getaddrs(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    size_t head = sizeof(struct sctp_getaddrs);
    const struct value *value = shape_struct(ctx, &layout_getaddrs, bytes, len);
    const struct value *addrs = len > head ? addresses(ctx, bytes + head, len - head) : NULL;

    return value && addrs ? shape_append(ctx->arena, value, "addrs", addrs) : value;
}

/* clang-format off */
#define SCTP(name, layout)   {IPPROTO_SCTP, name, SHAPE_OF(layout_##layout), OPT_OURS}
#define SCTP_BY(name, make)  {IPPROTO_SCTP, name, SHAPE_BY(make), OPT_OURS}
/* clang-format on */

static const struct opt rows[] = {
    SCTP(SCTP_RTOINFO, sctp_rtoinfo),
    SCTP(SCTP_ASSOCINFO, sctp_assocparams),
    SCTP(SCTP_INITMSG, sctp_initmsg),
    SCTP(SCTP_SET_PEER_PRIMARY_ADDR, sctp_setpeerprim),
    SCTP(SCTP_PRIMARY_ADDR, sctp_prim),
    SCTP(SCTP_ADAPTATION_LAYER, sctp_setadaptation),
    SCTP(SCTP_PEER_ADDR_PARAMS, sctp_paddrparams),
    SCTP(SCTP_DEFAULT_SEND_PARAM, sctp_sndrcvinfo),
    SCTP(SCTP_EVENTS, sctp_event_subscribe),
    SCTP_BY(SCTP_MAXSEG, assoc_value),
    SCTP(SCTP_STATUS, sctp_status),
    SCTP(SCTP_GET_PEER_ADDR_INFO, sctp_paddrinfo),
    SCTP(16 /* SCTP_DELAYED_SACK */, sctp_sack_info),
    SCTP_BY(SCTP_CONTEXT, assoc_value),
    SCTP_BY(SCTP_MAX_BURST, assoc_value),
    SCTP(SCTP_AUTH_CHUNK, sctp_authchunk),
    SCTP(SCTP_HMAC_IDENT, sctp_hmacalgo),
    SCTP(SCTP_AUTH_KEY, sctp_authkey),
    SCTP(SCTP_AUTH_ACTIVE_KEY, sctp_authkeyid),
    SCTP(SCTP_AUTH_DELETE_KEY, sctp_authkeyid),
    SCTP(SCTP_AUTH_DEACTIVATE_KEY, sctp_authkeyid),
    SCTP(SCTP_PEER_AUTH_CHUNKS, sctp_authchunks),
    SCTP(SCTP_LOCAL_AUTH_CHUNKS, sctp_authchunks),
    SCTP(SCTP_GET_ASSOC_ID_LIST, sctp_assoc_ids),
    SCTP(SCTP_PEER_ADDR_THLDS, sctp_paddrthlds),
    SCTP(SCTP_PEER_ADDR_THLDS_V2, sctp_paddrthlds_v2),
    SCTP(SCTP_DEFAULT_SNDINFO, sctp_sndinfo),
    SCTP_BY(SCTP_SOCKOPT_BINDX_ADD, addresses),
    SCTP_BY(SCTP_SOCKOPT_BINDX_REM, addresses),
    SCTP_BY(SCTP_SOCKOPT_CONNECTX, addresses),
    SCTP_BY(SCTP_SOCKOPT_CONNECTX_OLD, addresses),
    SCTP(SCTP_SOCKOPT_PEELOFF, peeloff),
    SCTP(SCTP_SOCKOPT_PEELOFF_FLAGS, peeloff_flags),
    SCTP_BY(SCTP_GET_PEER_ADDRS, getaddrs),
    SCTP_BY(SCTP_GET_LOCAL_ADDRS, getaddrs),
    SCTP(SCTP_GET_ASSOC_STATS, sctp_assoc_stats),
    SCTP(SCTP_PR_SUPPORTED, sctp_assoc_value),
    SCTP(SCTP_DEFAULT_PRINFO, sctp_default_prinfo),
    SCTP(SCTP_PR_ASSOC_STATUS, sctp_prstatus),
    SCTP(SCTP_PR_STREAM_STATUS, sctp_prstatus),
    SCTP(SCTP_RECONFIG_SUPPORTED, sctp_assoc_value),
    SCTP(SCTP_ENABLE_STREAM_RESET, sctp_assoc_value),
    SCTP(SCTP_RESET_STREAMS, sctp_reset_streams),
    SCTP(SCTP_ADD_STREAMS, sctp_add_streams),
    SCTP(SCTP_STREAM_SCHEDULER, sctp_assoc_value),
    SCTP(SCTP_STREAM_SCHEDULER_VALUE, sctp_stream_value),
    SCTP(SCTP_INTERLEAVING_SUPPORTED, sctp_assoc_value),
    SCTP(SCTP_EVENT, sctp_event),
    SCTP(SCTP_ASCONF_SUPPORTED, sctp_assoc_value),
    SCTP(SCTP_AUTH_SUPPORTED, sctp_assoc_value),
    SCTP(SCTP_ECN_SUPPORTED, sctp_assoc_value),
    SCTP(SCTP_EXPOSE_POTENTIALLY_FAILED_STATE, sctp_assoc_value),
    SCTP(SCTP_REMOTE_UDP_ENCAPS_PORT, sctp_udpencaps),
    SCTP(SCTP_PLPMTUD_PROBE_INTERVAL, sctp_probeinterval),
};

const struct opts opts_sctp = {rows, ARRAY_LEN(rows)};
