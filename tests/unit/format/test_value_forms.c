/* unit/format/test_value_forms.c: each kind of value as each format writes it, and read back. */
#include "lines.h"

static const struct {
    const char *json;   /* as the trace file has it */
    const char *strace; /* behind `frob(` */
    const char *text;
} rows[] = {
    {"null", "NULL) = 0", "NULL"},
    {"5", "5) = 0", "5"},
    {"-1", "-1) = 0", "-1"},
    {"9007199254740991", "9007199254740991) = 0", "9007199254740991"},
    {"{\"int\": \"9007199254740992\"}", "9007199254740992) = 0", "9007199254740992"},
    {"-9007199254740991", "-9007199254740991) = 0", "-9007199254740991"},
    {"{\"int\": \"-9007199254740992\"}", "-9007199254740992) = 0", "-9007199254740992"},
    {"{\"int\": \"-9223372036854775808\"}", "-9223372036854775808) = 0", "-9223372036854775808"},
    {"{\"int\": \"9223372036854775807\"}", "9223372036854775807) = 0", "9223372036854775807"},
    {"{\"int\": \"9223372036854775808\"}", "9223372036854775808) = 0", "9223372036854775808"},
    {"{\"int\": \"18446744073709551615\"}", "18446744073709551615) = 0", "18446744073709551615"},
    {"{\"int\": \"18446744073709551615\", \"form\": \"hex\"}", "0xffffffffffffffff) = 0",
     "0xffffffffffffffff"},
    {"{\"int\": 255, \"form\": \"hex\"}", "0xff) = 0", "0xff"},
    {"{\"int\": 0, \"form\": \"hex\"}", "0) = 0", "0"},
    {"{\"int\": 8, \"form\": \"oct\"}", "010) = 0", "010"},
    {"{\"int\": 7000, \"form\": \"htons\"}", "htons(7000)) = 0", "7000"},
    {"{\"int\": 5, \"form\": \"htonl\"}", "htonl(5)) = 0", "5"},
    {"{\"name\": \"AF_INET\", \"n\": 2, \"of\": \"AF\"}", "AF_INET) = 0", "AF_INET"},
    {"{\"n\": 99, \"of\": \"AF\"}", "0x63 /* AF_??? */) = 0", "99"},
    {"{\"n\": 4242, \"of\": \"SOL\"}", "0x1092 /* SOL_?? */) = 0", "4242"},
    {"{\"n\": 4660, \"of\": \"IOCTL\"}", "_IOC(_IOC_NONE, 0x12, 0x34, 0)) = 0", "4660"},
    {"{\"n\": 3221492292, \"of\": \"IOCTL\"}", "_IOC(_IOC_READ|_IOC_WRITE, 0x12, 0x44, 0x4)) = 0",
     "3221492292"},
    {"{\"flags\": [], \"n\": 0, \"of\": \"MSG\"}", "0) = 0", "0"},
    {"{\"flags\": [\"MSG_PEEK\", \"MSG_DONTWAIT\"], \"n\": 66, \"of\": \"MSG\"}",
     "MSG_PEEK|MSG_DONTWAIT) = 0", "MSG_PEEK|MSG_DONTWAIT"},
    {"{\"flags\": [\"MSG_PEEK\"], \"rest\": 268435456, \"n\": 268435458, \"of\": \"MSG\"}",
     "MSG_PEEK|0x10000000) = 0", "MSG_PEEK|0x10000000"},
    {"{\"flags\": [], \"rest\": 268435456, \"n\": 268435456, \"of\": \"MSG\"}",
     "0x10000000 /* MSG_??? */) = 0", "0x10000000"},
    {"{\"flags\": [\"SOCK_STREAM\", \"SOCK_CLOEXEC\"], \"n\": 524289, \"of\": \"SOCK\"}",
     "SOCK_STREAM|SOCK_CLOEXEC) = 0", "SOCK_STREAM|SOCK_CLOEXEC"},
    {"{\"flags\": [\"SOCK_STREAM\"], \"rest\": 64, \"n\": 65, \"of\": \"SOCK\"}",
     "SOCK_STREAM|0x40 /* SOCK_??? */) = 0", "SOCK_STREAM|0x40"},
    {"{\"flags\": [], \"rest\": 77, \"n\": 77, \"of\": \"SOCK\"}", "0x4d /* SOCK_??? */) = 0", "0x4d"},
    {"{\"flags\": [\"O_RDONLY\"], \"n\": 0, \"of\": \"O\"}", "O_RDONLY) = 0", "O_RDONLY"},
    {"\"ping\\n\"", "\"ping\\n\") = 0", "\"ping\\n\""},
    {"\"\"", "\"\") = 0", "\"\""},
    {"\"\\u0000\\u00011\\\"\\\\\\u001b[2J\\u007f\\u0085é\"",
     "\"\\0\\0011\\\"\\\\\\33[2J\\177\\302\\205\\303\\251\") = 0",
     "\"\\0\\0011\\\"\\\\\\33[2J\\177\\302\\205\\303\\251\""},
    {"\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"", "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\") = 0",
     "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\""},
    {"\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"", "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"...) = 0",
     "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"... 33 bytes"},
    {"{\"text\": \"ab\", \"len\": 1000}", "\"ab\"...) = 0", "\"ab\"... 1000 bytes"},
    {"{\"base64\": \"/w==\"}", "\"\\377\") = 0", "\"\\377\""},
    {"{\"base64\": \"/wD/\", \"len\": 9}", "\"\\377\\0\\377\"...) = 0", "\"\\377\\0\\377\"... 9 bytes"},
    {"{\"base64\": \"AQA=\", \"form\": \"hex\"}", "\"\\x01\\x00\") = 0", "\"\\1\\0\""},
    {"{\"struct\": \"packet_mreq\", \"mr_address\": {\"base64\": \"AgC/\"}}", "{mr_address=02:00:bf}) = 0",
     "{mr_address=\"\\2\\0\\277\"}"},
    {"{\"fd\": 3}", "3) = 0", "3"},
    {"{\"fd\": -1, \"sock\": 7}", "-1) = 0", "-1"},
    {"{\"ptr\": \"0x7ffe12345678\"}", "0x7ffe12345678) = 0", "0x7ffe12345678"},
    {"{\"ptr\": \"0xffffffffffffffff\"}", "0xffffffffffffffff) = 0", "0xffffffffffffffff"},
    {"{\"ip\": \"127.0.0.1\"}", "inet_addr(\"127.0.0.1\")) = 0", "127.0.0.1"},
    {"[]", "[]) = 0", "[]"},
    {"[1]", "[1]) = 0", "[1]"},
    {"[{\"fd\": 13}, {\"fd\": 14}]", "[13, 14]) = 0", "[13, 14]"},
    {"{\"array\": [1, 2], \"len\": 40}", "[1, 2, ...]) = 0", "[1, 2, ...]"},
    {"[1, {\"ptr\": \"0x7f337ee3f000\"}]", "[1, ... /* 0x7f337ee3f000 */]) = 0", "[1, 0x7f337ee3f000]"},
    {"{\"array\": [], \"len\": 2}", "[...]) = 0", "[...]"},
    {"{\"struct\": \"linger\", \"l_onoff\": 1, \"l_linger\": 5}", "{l_onoff=1, l_linger=5}) = 0",
     "{l_onoff=1, l_linger=5}"},
    {"{\"struct\": \"sockaddr_in\", \"family\": \"AF_INET\", \"port\": 7000, \"host\": \"127.0.0.1\"}",
     "{sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr(\"127.0.0.1\")}) = 0", "127.0.0.1:7000"},
    {"{\"struct\": \"sockaddr_in6\", \"family\": \"AF_INET6\", \"port\": 80, \"flowinfo\": 5, \"host\": "
     "\"::1\", "
     "\"scope_id\": 1}",
     "{sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(5), inet_pton(AF_INET6, \"::1\", "
     "&sin6_addr), "
     "sin6_scope_id=1}) = 0",
     "[::1%1]:80"},
    {"{\"struct\": \"sockaddr_un\", \"family\": \"AF_UNIX\", \"abstract\": \"abs\\\"x\\u0000\"}",
     "{sa_family=AF_UNIX, sun_path=@\"abs\\\"x\\0\"}) = 0", "unix:\"@abs\\\"x\\0\""},
    {"{\"struct\": \"sockaddr_un\", \"family\": \"AF_UNIX\", \"abstract\": {\"base64\": \"/w==\"}}",
     "{sa_family=AF_UNIX, sun_path=@\"\\377\"}) = 0", "unix:\"@\\377\""},
    {"{\"struct\": \"sockaddr_un\", \"family\": \"AF_UNIX\", \"path\": "
     "\"/tmp/a/path/longer/than/what/a/string/may/have\"}",
     "{sa_family=AF_UNIX, sun_path=\"/tmp/a/path/longer/than/what/a/string/may/have\"}) = 0",
     "unix:\"/tmp/a/path/longer/than/what/a/string/may/have\""},
    {"{\"struct\": \"sockaddr_un\", \"family\": \"AF_UNIX\"}", "{sa_family=AF_UNIX}) = 0", "unix:\"\""},
    {"{\"struct\": \"sockaddr_nl\", \"family\": \"AF_NETLINK\", \"pid\": 7, \"groups\": 16}",
     "{sa_family=AF_NETLINK, nl_pid=7, nl_groups=0x000010}) = 0", "netlink:7"},
    {"{\"struct\": \"sockaddr_vm\", \"family\": \"AF_VSOCK\", \"cid\": \"VMADDR_CID_HOST\", \"port\": 1024}",
     "{sa_family=AF_VSOCK, svm_cid=VMADDR_CID_HOST, svm_port=0x400}) = 0", "vsock:2:1024"},
    {"{\"struct\": \"sockaddr_ll\", \"family\": \"AF_PACKET\", \"protocol\": \"ETH_P_IP\", \"interface\": "
     "{\"struct\": \"ifindex\", \"index\": 1, \"name\": \"lo\"}, \"sll_halen\": 0}",
     "{sa_family=AF_PACKET, sll_protocol=htons(ETH_P_IP), sll_ifindex=if_nametoindex(\"lo\"), sll_halen=0}) "
     "= 0",
     "packet:lo"},
    {"{\"struct\": \"sockaddr\", \"family\": 77, \"data\": \"\\u001c\\u0000\"}",
     "{sa_family=0x4d /* AF_??? */, sa_data=\"\\34\\0\"}) = 0", "AF_77 \"\\34\\0\""},
    {"{\"struct\": \"ifinfo\", \"family\": 2, \"port\": 5, \"path\": \"x\", \"of\": 1, \"fd\": 2, \"int\": "
     "3}",
     "{family=2, port=5, path=\"x\", of=1, fd=2, int=3}) = 0",
     "{family=2, port=5, path=\"x\", of=1, fd=2, int=3}"},
    {"{\"struct\": \"ifindex\", \"index\": 1, \"name\": \"lo\"}", "if_nametoindex(\"lo\")) = 0", "lo"},
    {"{\"struct\": \"ifindex\", \"index\": 1}", "{index=1}) = 0", "{index=1}"},
    {"{\"struct\": \"sockaddr_in6\", \"family\": \"AF_INET6\", \"port\": 80, \"flowinfo\": 0, \"host\": "
     "\"fe80::1\", \"scope_id\": {\"struct\": \"ifindex\", \"index\": 1, \"name\": \"lo\"}}",
     "{sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, \"fe80::1\", "
     "&sin6_addr), sin6_scope_id=if_nametoindex(\"lo\")}) = 0",
     "[fe80::1%lo]:80"},
    {"{\"struct\": \"sockaddr_l2\", \"family\": \"AF_BLUETOOTH\", \"l2_psm\": {\"n\": 4100, \"of\": "
     "\"L2CAP_PSM\"}, \"l2_bdaddr\": \"abc\"}",
     "{sa_family=AF_BLUETOOTH, l2_psm=htobs(L2CAP_PSM_DYN_START+3), l2_bdaddr=61:62:63}) = 0",
     "l2cap:63:62:61:4100"},
    {"{\"struct\": \"sockaddr_vm\", \"family\": \"AF_VSOCK\", \"cid\": \"VMADDR_CID_ANY\", \"port\": 7}",
     "{sa_family=AF_VSOCK, svm_cid=VMADDR_CID_ANY, svm_port=0x7}) = 0", "vsock:*:7"},
    {"{\"struct\": \"sockaddr_ll\", \"family\": \"AF_PACKET\", \"protocol\": \"ETH_P_ALL\", \"interface\": "
     "2, "
     "\"sll_addr\": {\"text\": \"ab\", \"len\": 3}}",
     "{sa_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL), sll_ifindex=2, sll_addr=[0x61, 0x62, ...]}) = 0",
     "packet:2"},
    {"{\"name\": \"CM_SERVICE\", \"n\": 1, \"of\": \"RXRPC_SERVICE\"}", "0x1 /* CM_SERVICE */) = 0",
     "CM_SERVICE"},
    {"{\"n\": 2, \"of\": \"RXRPC_SERVICE\"}", "0x2 /* ???_SERVICE */) = 0", "2"},
    {"{\"flags\": [\"CRYPTO_ALG_KERN_DRIVER_ONLY\"], \"rest\": 1, \"n\": 4097, \"of\": \"CRYPTO_ALG\"}",
     "0x1001 /* CRYPTO_ALG_KERN_DRIVER_ONLY|0x1 */) = 0", "CRYPTO_ALG_KERN_DRIVER_ONLY|0x1"},
    {"{\"flags\": [], \"rest\": 1, \"n\": 1, \"of\": \"CRYPTO_ALG\"}", "0x1 /* CRYPTO_ALG_??? */) = 0",
     "0x1"},
    {"{\"flags\": [], \"n\": 0, \"of\": \"CRYPTO_ALG\"}", "0) = 0", "0"},
    {"{\"struct\": \"ax25_address\", \"ax25_call\": \"\\u0000x\", \"callsign\": \"GP6ABC-1\"}",
     "{ax25_call=\"\\x00\\x78\"} /* GP6ABC-1 */) = 0", "{ax25_call=\"\\0x\", callsign=\"GP6ABC-1\"}"},
    {"{\"struct\": \"ax25_address\", \"ax25_call\": 5}", "{ax25_call=5}) = 0", "{ax25_call=5}"},
    {"{\"struct\": \"fd_set\", \"fds\": [{\"fd\": 3}, {\"fd\": 5}]}", "[3 5]) = 0", "[3 5]"},
    {"{\"struct\": \"sigset\", \"signals\": [{\"name\": \"SIGINT\", \"n\": 2, \"of\": \"SIG\"}, "
     "{\"name\": \"SIGRT_2\", \"n\": 34, \"of\": \"SIG\"}]}",
     "[INT RT_2]) = 0", "[INT RT_2]"},
    {"{\"struct\": \"sigset\", \"not\": 1, \"signals\": []}", "~[]) = 0", "~[]"},
    {"{\"struct\": \"icmp_filter\", \"types\": [{\"name\": \"ICMP_ECHO\", \"n\": 8, \"of\": \"ICMP\"}, 3], "
     "\"not\": 1}",
     "~[ICMP_ECHO 3]) = 0", "~[ICMP_ECHO 3]"},
    {"{\"struct\": \"BPF_STMT\", \"code\": {\"struct\": \"bpf_code\", \"class\": {\"name\": \"BPF_RET\", "
     "\"n\": 6, "
     "\"of\": \"BPF_CLASS\"}, \"rest\": 5}, \"k\": {\"struct\": \"bpf_offset\", \"a\": 1, \"b\": 2}}",
     "BPF_STMT(BPF_RET|5, 1+2)) = 0", "BPF_STMT(BPF_RET|5, 1+2)"},
    {"{\"was\": 128, \"now\": 16}", "[128 => 16]) = 0", "128 → 16"},
    {"{\"was\": 16, \"now\": 16}", "[16]) = 0", "16"},
    {"{\"was\": 16}", "[16]) = 0", "16"},
    {"{\"now\": 16}", "[16]) = 0", "16"},
    {"{\"struct\": \"msghdr\", \"msg_namelen\": {\"was\": 128, \"now\": 16}}", "{msg_namelen=128 => 16}) = 0",
     "{msg_namelen=128 → 16}"},
    {"{\"was\": [1], \"now\": [2], \"aux\": true}", "[1]) = 0 ([2])", "[1] → [2]"},
    {"{\"was\": [1], \"aux\": true}", "[1]) = 0", "[1]"},
    {"{\"was\": null, \"now\": 5, \"label\": \"left\", \"aux\": true}", "NULL) = 0 (left 5)", "NULL → 5"},
    {"{\"aux\": true}", "NULL) = 0", "NULL"},
    {"{\"aux\": false}", "[NULL]) = 0", "NULL"},
};

/* One call `frob` with the value as its argument. */
static char *record_of(const char *json)
{
    char *text = NULL;

    ck_assert_int_gt(asprintf(&text,
                              HEAD
                              "{\"seq\": 1, \"event\": \"call\", \"start_ns\": 0, \"end_ns\": 0, \"pid\": 1, "
                              "\"tid\": 1, \"call\": \"frob\", \"canon\": \"other\", \"args\": {\"x\": %s}, "
                              "\"result\": 0}\n{\"end\": true, \"events\": 1}\n",
                              json),
                     0);
    return text;
}

START_TEST(strace_writes_it)
{
    struct format_opts opts = {.strlen_max = 32};
    char *record = record_of(rows[_i].json), *out;
    struct trace trace;

    lines_load(&trace, record);
    out = lines_write(&trace, "strace", &opts);
    ck_assert_int_eq(strncmp(out, "frob(", 5), 0);
    out[strlen(out) - 1] = '\0';
    ck_assert_str_eq(out + 5, rows[_i].strace);
    free(out);
    free(record);
    trace_release(&trace);
}
END_TEST

START_TEST(text_writes_it)
{
    struct format_opts opts = {.strlen_max = 32};
    char *record = record_of(rows[_i].json);
    struct trace trace;
    struct buf out = {0};

    lines_load(&trace, record);
    format_value(&out, trace.events.items[0]->args[0].value, &opts);
    ck_assert_str_eq(buf_str(&out), rows[_i].text);
    buf_release(&out);
    free(record);
    trace_release(&trace);
}
END_TEST

static void expect_kept(const char *json,
                        char *(*write)(const struct trace *, const char *, const struct format_opts *))
{
    char *record = record_of(json), *out;
    struct trace trace;

    lines_load(&trace, record);
    ck_assert(!trace.cut);
    out = write(&trace, "jsonl", &FORMAT_OPTS_DEFAULT);
    ck_assert_str_eq(out, record);
    free(out);
    free(record);
    trace_release(&trace);
}

START_TEST(trace_file_keeps_it)
{
    expect_kept(rows[_i].json, lines_write);
}
END_TEST

/* No decoder makes such an address. What a part can't hold keeps the name that it has in C. */
START_TEST(odd_addresses_are_kept)
{
    expect_kept("{\"struct\": \"sockaddr_in\", \"sa_family\": 2, \"sin_port\": {\"int\": 80, \"form\": "
                "\"hex\"}, \"sin_addr\": null}",
                lines_render);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "strace", strace_writes_it, ARRAY_LEN(rows));
    suite_add_loop(suite, "text", text_writes_it, ARRAY_LEN(rows));
    suite_add(suite, "odd", odd_addresses_are_kept);
    suite_add_loop(suite, "jsonl", trace_file_keeps_it, ARRAY_LEN(rows));
}
SUITE_MAIN("value forms", add)
