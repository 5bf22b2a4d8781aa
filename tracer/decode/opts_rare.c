/* decode/opts_rare.c: values of the options of TLS, of the kernel's cryptography, and of protocols that few
 * machines have. */
#include "base/alloc.h"
#include "decode/opts.h"

#include <sys/socket.h>

#include <linux/if_alg.h>
#include <linux/rds.h>
#include <linux/rxrpc.h>
#include <linux/tipc.h>
#include <linux/tls.h>

/* --- TLS --- */

static const struct member tls_crypto_info[] = {
    MEMBER_OF(tls_crypto_info, version, SHAPE_SYM, &nametab_tls_version),
    MEMBER_OF(tls_crypto_info, cipher_type, SHAPE_SYM, &nametab_tls_cipher),
};

static const struct layout layout_tls = LAYOUT(tls_crypto_info, tls_crypto_info);

/* clang-format off */
#define KEYS(cipher)                                                                                         \
    MEMBER_OF(tls12_crypto_info_##cipher, info, SHAPE_STRUCT, &layout_tls),                                  \
    MEMBER(tls12_crypto_info_##cipher, iv, SHAPE_BYTES),                                                     \
    MEMBER(tls12_crypto_info_##cipher, key, SHAPE_BYTES)
#define SALT(cipher)    MEMBER(tls12_crypto_info_##cipher, salt, SHAPE_BYTES)
#define REC_SEQ(cipher) MEMBER(tls12_crypto_info_##cipher, rec_seq, SHAPE_BYTES)

static const struct member aes_gcm_128[] = {KEYS(aes_gcm_128), SALT(aes_gcm_128), REC_SEQ(aes_gcm_128)};
static const struct member aes_gcm_256[] = {KEYS(aes_gcm_256), SALT(aes_gcm_256), REC_SEQ(aes_gcm_256)};
static const struct member aes_ccm_128[] = {KEYS(aes_ccm_128), SALT(aes_ccm_128), REC_SEQ(aes_ccm_128)};
/* Its salt has no bytes. */
static const struct member chacha20_poly1305[] = {KEYS(chacha20_poly1305), REC_SEQ(chacha20_poly1305)};
static const struct member sm4_gcm[] = {KEYS(sm4_gcm), SALT(sm4_gcm), REC_SEQ(sm4_gcm)};
static const struct member sm4_ccm[] = {KEYS(sm4_ccm), SALT(sm4_ccm), REC_SEQ(sm4_ccm)};
static const struct member aria_gcm_128[] = {KEYS(aria_gcm_128), SALT(aria_gcm_128), REC_SEQ(aria_gcm_128)};
static const struct member aria_gcm_256[] = {KEYS(aria_gcm_256), SALT(aria_gcm_256), REC_SEQ(aria_gcm_256)};

static const struct {
    uint16_t cipher;
    struct layout layout;
} ciphers[] = {
    {TLS_CIPHER_AES_GCM_128, LAYOUT(tls12_crypto_info_aes_gcm_128, aes_gcm_128)},
    {TLS_CIPHER_AES_GCM_256, LAYOUT(tls12_crypto_info_aes_gcm_256, aes_gcm_256)},
    {TLS_CIPHER_AES_CCM_128, LAYOUT(tls12_crypto_info_aes_ccm_128, aes_ccm_128)},
    {TLS_CIPHER_CHACHA20_POLY1305, LAYOUT(tls12_crypto_info_chacha20_poly1305, chacha20_poly1305)},
    {TLS_CIPHER_SM4_GCM, LAYOUT(tls12_crypto_info_sm4_gcm, sm4_gcm)},
    {TLS_CIPHER_SM4_CCM, LAYOUT(tls12_crypto_info_sm4_ccm, sm4_ccm)},
    {TLS_CIPHER_ARIA_GCM_128, LAYOUT(tls12_crypto_info_aria_gcm_128, aria_gcm_128)},
    {TLS_CIPHER_ARIA_GCM_256, LAYOUT(tls12_crypto_info_aria_gcm_256, aria_gcm_256)},
};
/* clang-format on */

/* What follows the head depends on the cipher that stands in it. */
static const struct value *crypto_info(const struct argctx *ctx, const uint8_t *bytes, size_t len)
{
    uint64_t cipher;

    if (len < sizeof(struct tls_crypto_info))
        return NULL;
    if (len == sizeof(struct tls_crypto_info))
        return shape_struct(ctx, &layout_tls, bytes, len);
    cipher = shape_uint(bytes + offsetof(struct tls_crypto_info, cipher_type), sizeof(uint16_t));
    for (size_t i = 0; i < ARRAY_LEN(ciphers); i++)
        if (ciphers[i].cipher == cipher)
            return shape_struct(ctx, &ciphers[i].layout, bytes, len);
    return NULL;
}

/* --- the others --- */

static const struct member tipc_group_req[] = {
    MEMBER(tipc_group_req, type, SHAPE_UDEC),
    MEMBER(tipc_group_req, instance, SHAPE_UDEC),
    MEMBER_OF(tipc_group_req, scope, SHAPE_SYM, &nametab_tipc_scope),
    MEMBER_OF(tipc_group_req, flags, SHAPE_FLAGS, &nametab_tipc_group),
};

static const struct layout layout_tipc_group = LAYOUT(tipc_group_req, tipc_group_req);

/* The kernel's headers leave these to those of BlueZ. */
static const struct member bt_security[] = {
    MEMBER_AT("level", 0, 1, SHAPE_SYM, &nametab_bt_security),
    MEMBER_AT("key_size", 1, 1, SHAPE_UDEC, NULL),
};
static const struct member bt_power[] = {MEMBER_AT("force_active", 0, 1, SHAPE_UDEC, NULL)};
static const struct member bt_voice[] = {MEMBER_AT("setting", 0, 2, SHAPE_HEX, NULL)};
static const struct member rfcomm_conninfo[] = {
    MEMBER_AT("hci_handle", 0, 2, SHAPE_UDEC, NULL),
    MEMBER_AT("dev_class", 2, 3, SHAPE_BYTES, NULL),
};

static const struct layout layout_bt_security = {"bt_security", bt_security, 2, 2, 2, false};
static const struct layout layout_bt_power = {"bt_power", bt_power, 1, 1, 1, false};
static const struct layout layout_bt_voice = {"bt_voice", bt_voice, 1, 2, 2, false};
static const struct layout layout_rfcomm_conninfo = {"rfcomm_conninfo", rfcomm_conninfo, 2, 5, 5, false};

static const struct member rds_iovec[] = {
    MEMBER(rds_iovec, addr, SHAPE_POINTER),
    MEMBER(rds_iovec, bytes, SHAPE_UDEC),
};

static const struct layout layout_rds_iovec = LAYOUT(rds_iovec, rds_iovec);

static const struct member rds_get_mr_args[] = {
    MEMBER_OF(rds_get_mr_args, vec, SHAPE_STRUCT, &layout_rds_iovec),
    MEMBER(rds_get_mr_args, cookie_addr, SHAPE_POINTER),
    MEMBER(rds_get_mr_args, flags, SHAPE_HEX),
};

static const struct member rds_get_mr_for_dest_args[] = {
    MEMBER(rds_get_mr_for_dest_args, dest_addr, SHAPE_SOCKADDR),
    MEMBER_OF(rds_get_mr_for_dest_args, vec, SHAPE_STRUCT, &layout_rds_iovec),
    MEMBER(rds_get_mr_for_dest_args, cookie_addr, SHAPE_POINTER),
    MEMBER(rds_get_mr_for_dest_args, flags, SHAPE_HEX),
};

static const struct member rds_free_mr_args[] = {
    MEMBER(rds_free_mr_args, cookie, SHAPE_HEX),
    MEMBER(rds_free_mr_args, flags, SHAPE_HEX),
};

static const struct layout layout_rds_get_mr = LAYOUT(rds_get_mr_args, rds_get_mr_args);
static const struct layout layout_rds_get_mr_for_dest =
    LAYOUT(rds_get_mr_for_dest_args, rds_get_mr_for_dest_args);
static const struct layout layout_rds_free_mr = LAYOUT(rds_free_mr_args, rds_free_mr_args);

static const struct opt rows[] = {
    {SOL_TLS, TLS_TX, SHAPE_BY(crypto_info), OPT_OURS},
    {SOL_TLS, TLS_RX, SHAPE_BY(crypto_info), OPT_OURS},
    {SOL_ALG, ALG_SET_KEY, SHAPE_BY(opt_bytes), OPT_OURS},
    {SOL_ALG, ALG_SET_DRBG_ENTROPY, SHAPE_BY(opt_bytes), OPT_OURS},
    {SOL_RXRPC, RXRPC_SECURITY_KEY, SHAPE_BY(opt_bytes), OPT_OURS},
    {SOL_RXRPC, RXRPC_SECURITY_KEYRING, SHAPE_BY(opt_bytes), OPT_OURS},
    {SOL_TIPC, TIPC_GROUP_JOIN, SHAPE_OF(layout_tipc_group), OPT_OURS},
    {SOL_BLUETOOTH, 4 /* BT_SECURITY */, SHAPE_OF(layout_bt_security), OPT_OURS},
    {SOL_BLUETOOTH, 9 /* BT_POWER */, SHAPE_OF(layout_bt_power), OPT_OURS},
    {SOL_BLUETOOTH, 11 /* BT_VOICE */, SHAPE_OF(layout_bt_voice), OPT_OURS},
    {18 /* SOL_RFCOMM */, 2 /* RFCOMM_CONNINFO */, SHAPE_OF(layout_rfcomm_conninfo), OPT_OURS},
    {SOL_RDS, RDS_GET_MR, SHAPE_OF(layout_rds_get_mr), OPT_OURS},
    {SOL_RDS, RDS_GET_MR_FOR_DEST, SHAPE_OF(layout_rds_get_mr_for_dest), OPT_OURS},
    {SOL_RDS, RDS_FREE_MR, SHAPE_OF(layout_rds_free_mr), OPT_OURS},
};

const struct opts opts_rare = {rows, ARRAY_LEN(rows)};
