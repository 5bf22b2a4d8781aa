/* unit/format/test_value_styles.c: values as -x, -xx, -X, -v and -s ask for them. */
#include "lines.h"

#define RAW     .consts = CONST_RAW
#define VERBOSE .consts = CONST_VERBOSE

#define AF(n)   "{\"n\": " #n ", \"of\": \"AF\"}"
#define MSG(n)  "{\"flags\": [], \"n\": " #n ", \"of\": \"MSG\"}"
#define SOCK(n) "{\"flags\": [], \"n\": " #n ", \"of\": \"SOCK\"}"
#define OPEN(n) "{\"flags\": [], \"n\": " #n ", \"of\": \"O\"}"
#define LO      "{\"struct\": \"ifindex\", \"index\": 1, \"name\": \"lo\"}"
#define ETH(n)  "{\"struct\": \"x\", \"p\": {\"n\": " #n ", \"of\": \"ETH_P\"}}"
#define PSM(n)  "{\"n\": " #n ", \"of\": \"L2CAP_PSM\"}"
#define CM      "{\"n\": 1, \"of\": \"RXRPC_SERVICE\"}"
#define ALG     "{\"flags\": [], \"n\": 4097, \"of\": \"CRYPTO_ALG\"}"
#define SCO     "{\"struct\": \"sockaddr_sco\", \"sco_bdaddr\": \"abcdef\"}"
#define PORT    "{\"int\": 7123, \"form\": \"htons\"}"
#define LABEL   "{\"int\": 5, \"form\": \"htonl\"}"
#define SIGNALS                                                                                              \
    "{\"struct\": \"sigset\", \"signals\": [{\"n\": 2, \"of\": \"SIG\"}, {\"n\": 10, \"of\": \"SIG\"}]}"
#define ETH_P(n)        "{\"n\": " #n ", \"of\": \"ETH_P\"}"
#define PROTOCOL        "{\"struct\": \"sockaddr_ll\", \"sll_protocol\": " ETH_P(3) "}"
#define IFINDEX         "{\"struct\": \"ifindex\", \"index\": 1, \"name\": \"lo\"}"
#define MAC             "{\"struct\": \"sockaddr_l2\", \"l2_bdaddr\": {\"base64\": \"Af8=\"}}"
#define PATH(key, text) "{\"struct\": \"sockaddr_un\", \"" key "\": " text "}"
#define IN6             "{\"struct\": \"x\", \"sin6_addr\": {\"ip\": \"::1\"}}"
#define IN6_BYTES       "\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x01"

static const struct {
    const char *json;
    struct format_opts opts;
    const char *strace, *text; /* text NULL: as strace has it */
} rows[] = {
    /* -x: a string that holds anything but printable ASCII and white space. */
    {"\"plain\\t\\n\"", {.hex = HEX_NON_ASCII}, "\"plain\\t\\n\"", NULL},
    {"\"a\\u0001\"", {.hex = HEX_NON_ASCII}, "\"\\x61\\x01\"", NULL},
    {"\"a\\u007f\"", {.hex = HEX_NON_ASCII}, "\"\\x61\\x7f\"", NULL},
    {"\"a\\u000e\"", {.hex = HEX_NON_ASCII}, "\"\\x61\\x0e\"", NULL},
    {"{\"base64\": \"/w==\"}", {.hex = HEX_NON_ASCII}, "\"\\xff\"", NULL},
    {"\"\"", {.hex = HEX_NON_ASCII}, "\"\"", NULL},
    {"\"\\\"\\\\\"", {.hex = HEX_NON_ASCII}, "\"\\\"\\\\\"", NULL},
    /* What is cut off does not count. */
    {"\"abcd\\u0001\"", {.hex = HEX_NON_ASCII, .strlen_max = 4}, "\"abcd\"...", "\"abcd\"... 5 bytes"},
    {"\"ab\"", {.hex = HEX_ALL}, "\"\\x61\\x62\"", NULL},
    {"\"abc\"", {.hex = HEX_ALL, .strlen_max = 2}, "\"\\x61\\x62\"...", "\"\\x61\\x62\"... 3 bytes"},
    {"\"a\\n\\u00011\"", {.hex = HEX_CHARS}, "\"a\\n\\x011\"", NULL},
    {"{\"ip\": \"127.0.0.1\"}",
     {.hex = HEX_ALL},
     "inet_addr(\"\\x31\\x32\\x37\\x2e\\x30\\x2e\\x30\\x2e\\x31\")",
     "127.0.0.1"},
    {"{\"ip\": \"127.0.0.1\"}", {.hex = HEX_NON_ASCII}, "inet_addr(\"127.0.0.1\")", "127.0.0.1"},
    {PATH("abstract", "\"ab\""), {.hex = HEX_ALL}, "{sun_path=@\"\\x61\\x62\"}", "unix:\"@ab\""},
    /* -X raw */
    {AF(2), {RAW}, "0x2", NULL},
    {AF(0), {RAW}, "0", NULL},
    {AF(99), {RAW}, "0x63", NULL},
    {MSG(0), {RAW}, "0", NULL},
    {MSG(16448), {RAW}, "0x4040", NULL},
    {SOCK(1), {RAW}, "0x1", NULL},
    {SOCK(526337), {RAW}, "0x1|0x80800", "0x80801"},
    {SOCK(77), {RAW}, "0x4d", NULL},
    {OPEN(2050), {RAW}, "0x802", NULL},
    {"{\"n\": 4660, \"of\": \"IOCTL\"}", {RAW}, "0x1234", NULL},
    {"{\"n\": 10, \"of\": \"SIG\"}", {RAW}, "10", NULL},
    {SIGNALS, {RAW}, "[2 10]", NULL},
    {PORT, {RAW}, "\"\\x1b\\xd3\"", "7123"},
    {LABEL, {RAW}, "\"\\x00\\x00\\x00\\x05\"", "5"},
    {"{\"ip\": \"127.0.0.1\"}", {RAW}, "\"\\x7f\\x00\\x00\\x01\"", "127.0.0.1"},
    {IN6, {RAW}, "{sin6_addr=\"" IN6_BYTES "\"}", "{sin6_addr=::1}"},
    {LO, {RAW}, "1", "lo"},
    {ETH(3), {RAW}, "{p=\"\\x00\\x03\"}", "{p=0x3}"},
    {"{\"n\": 3, \"of\": \"ETH_P\"}", {RAW}, "htons(0x3)", "0x3"},
    {PSM(1), {RAW}, "htobs(0x1)", "0x1"},
    {PSM(4100), {RAW}, "htobs(0x1004)", "0x1004"},
    {CM, {RAW}, "0x1", NULL},
    {ALG, {RAW}, "0x1001", NULL},
    {SCO, {RAW}, "{sco_bdaddr=\"\\x61\\x62\\x63\\x64\\x65\\x66\"}", "sco:66:65:64:63:62:61"},
    /* -X verbose */
    {LO, {VERBOSE}, "1 /* if_nametoindex(\"lo\") */", "lo"},
    {ETH(3), {VERBOSE}, "{p=\"\\x00\\x03\" /* htons(ETH_P_ALL) */}", "{p=0x3 /* ETH_P_ALL */}"},
    {"{\"n\": 3, \"of\": \"ETH_P\"}", {VERBOSE}, "htons(0x3 /* ETH_P_ALL */)", "0x3 /* ETH_P_ALL */"},
    {PSM(1), {VERBOSE}, "htobs(0x1 /* L2CAP_PSM_SDP */)", "0x1 /* L2CAP_PSM_SDP */"},
    {PSM(4100), {VERBOSE}, "htobs(0x1004 /* L2CAP_PSM_DYN_START+3 */)", "4100"},
    {CM, {VERBOSE}, "0x1 /* CM_SERVICE */", NULL},
    {ALG, {VERBOSE}, "0x1001 /* CRYPTO_ALG_KERN_DRIVER_ONLY|0x1 */", NULL},
    {SCO,
     {VERBOSE},
     "{sco_bdaddr=\"\\x61\\x62\\x63\\x64\\x65\\x66\" /* 61:62:63:64:65:66 */}",
     "sco:66:65:64:63:62:61"},
    {AF(2), {VERBOSE}, "0x2 /* AF_INET */", NULL},
    {AF(0), {VERBOSE}, "0 /* AF_UNSPEC */", NULL},
    {AF(99), {VERBOSE}, "0x63 /* AF_??? */", "99"},
    {MSG(0), {VERBOSE}, "0", NULL},
    {MSG(64), {VERBOSE}, "0x40 /* MSG_DONTWAIT */", NULL},
    {MSG(268451840), {VERBOSE}, "0x10004000 /* MSG_NOSIGNAL|0x10000000 */", NULL},
    {MSG(268435456), {VERBOSE}, "0x10000000 /* MSG_??? */", "0x10000000"},
    {SOCK(1), {VERBOSE}, "0x1 /* SOCK_STREAM */", NULL},
    {SOCK(526337),
     {VERBOSE},
     "0x1 /* SOCK_STREAM */|0x80800 /* SOCK_CLOEXEC|SOCK_NONBLOCK */",
     "0x80801 /* SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK */"},
    {SOCK(65), {VERBOSE}, "0x1 /* SOCK_STREAM */|0x40 /* SOCK_??? */", "0x41 /* SOCK_STREAM|0x40 */"},
    {SOCK(77), {VERBOSE}, "0x4d /* SOCK_??? */", "0x4d"},
    {OPEN(0), {VERBOSE}, "0 /* O_RDONLY */", NULL},
    {"{\"n\": 4660, \"of\": \"IOCTL\"}", {VERBOSE}, "0x1234 /* _IOC(_IOC_NONE, 0x12, 0x34, 0) */", "4660"},
    {SIGNALS, {VERBOSE}, "[2 /* INT */ 10 /* USR1 */]", NULL},
    {PORT, {VERBOSE}, "\"\\x1b\\xd3\" /* htons(7123) */", "7123"},
    {"{\"ip\": \"127.0.0.1\"}",
     {VERBOSE},
     "\"\\x7f\\x00\\x00\\x01\" /* inet_addr(\"127.0.0.1\") */",
     "127.0.0.1"},
    {IN6, {VERBOSE}, "{sin6_addr=\"" IN6_BYTES "\" /* inet_pton(AF_INET6, \"::1\") */}", "{sin6_addr=::1}"},
    /* What has a form of its own without -X. */
    {PROTOCOL, {RAW}, "{sll_protocol=\"\\x00\\x03\"}", "{sll_protocol=0x3}"},
    {PROTOCOL,
     {VERBOSE},
     "{sll_protocol=\"\\x00\\x03\" /* htons(ETH_P_ALL) */}",
     "{sll_protocol=0x3 /* ETH_P_ALL */}"},
    {ETH_P(3), {RAW}, "htons(0x3)", "0x3"},
    {ETH_P(3), {VERBOSE}, "htons(0x3 /* ETH_P_ALL */)", "0x3 /* ETH_P_ALL */"},
    {IFINDEX, {RAW}, "1", "lo"},
    {IFINDEX, {VERBOSE}, "1 /* if_nametoindex(\"lo\") */", "lo"},
    {MAC, {RAW}, "{l2_bdaddr=\"\\x01\\xff\"}", "{l2_bdaddr=\"\\1\\377\"}"},
    {MAC, {VERBOSE}, "{l2_bdaddr=\"\\x01\\xff\" /* 01:ff */}", "{l2_bdaddr=\"\\1\\377\"}"},
    {"{\"n\": 111, \"of\": \"E\"}", {VERBOSE}, "111 /* ECONNREFUSED */", NULL},
    /* -v, and the arrays that it does not cut */
    {"[1, 2, 3]", {.strlen_max = 2}, "[1, 2, ...]", NULL},
    {"[1, {\"ptr\": \"0x99\"}]", {.strlen_max = 1}, "[1, ... /* 0x99 */]", "[1, 0x99]"},
    {"[1, 2, 3]", {.strlen_max = 2, .whole = true}, "[1, 2, 3]", NULL},
    {"{\"array\": [1, 2], \"len\": 40}", {.strlen_max = 1, .whole = true}, "[1, 2, ...]", NULL},
    {"\"abc\"", {.strlen_max = 2, .whole = true}, "\"ab\"...", "\"ab\"... 3 bytes"},
};

static struct format_opts opts_of(size_t i)
{
    struct format_opts opts = rows[i].opts;

    opts.strlen_max = opts.strlen_max ? opts.strlen_max : 32;
    return opts;
}

/* One call `frob` with the value as its argument. */
static void load(struct trace *trace, const char *json)
{
    char *record = NULL;

    ck_assert_int_gt(
        asprintf(&record, HEAD EVENT(1, "call") "\"call\": \"frob\", \"args\": {\"x\": %s}}\n", json), 0);
    lines_load(trace, record);
    free(record);
}

START_TEST(strace_writes_it)
{
    struct format_opts opts = opts_of((size_t)_i);
    struct trace trace;
    char *out, *expected = NULL;

    load(&trace, rows[_i].json);
    out = lines_write(&trace, "strace", &opts);
    ck_assert_int_gt(asprintf(&expected, "frob(%s) = 0\n", rows[_i].strace), 0);
    ck_assert_str_eq(out, expected);
    free(expected);
    free(out);
    trace_release(&trace);
}
END_TEST

START_TEST(text_writes_it)
{
    struct format_opts opts = opts_of((size_t)_i);
    struct trace trace;
    struct buf out = {0};

    load(&trace, rows[_i].json);
    format_value(&out, trace.events.items[0]->args[0].value, &opts);
    ck_assert_str_eq(buf_str(&out), rows[_i].text ? rows[_i].text : rows[_i].strace);
    buf_release(&out);
    trace_release(&trace);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "strace", strace_writes_it, ARRAY_LEN(rows));
    suite_add_loop(suite, "text", text_writes_it, ARRAY_LEN(rows));
}
SUITE_MAIN("value styles", add)
