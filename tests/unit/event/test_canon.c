/* unit/event/test_canon.c: the canonical form of each call. */
#include "../suite.h"
#include "base/alloc.h"
#include "event/canon.h"

#include <string.h>
#include <sys/socket.h>

static const struct value *bytes(struct arena *arena, const char *text, uint64_t full)
{
    return value_bytes(arena, text, strlen(text), full);
}

static const struct value *addr(struct arena *arena)
{
    const uint8_t ip[4] = {127, 0, 0, 1};
    struct field fields[3] = {{"sa_family", value_sym(arena, &nametab_af, AF_INET)},
                              {"sin_port", value_uint(arena, 7000, INT_HTONS)},
                              {"sin_addr", value_ip(arena, ip, 4)}};

    return value_struct(arena, "sockaddr_in", fields, 3);
}

static const struct value *iovecs(struct arena *arena, const char *first, uint64_t first_full,
                                  const char *second)
{
    struct field a[2] = {{"iov_base", bytes(arena, first, first_full)}, {"iov_len", value_int(arena, 0)}};
    struct field b[2] = {{"iov_base", bytes(arena, second, strlen(second))},
                         {"iov_len", value_int(arena, 0)}};
    const struct value *items[2] = {value_struct(arena, "iovec", a, 2), value_struct(arena, "iovec", b, 2)};

    return value_array(arena, items, 2, 2);
}

static const struct value *msghdr(struct arena *arena, const struct value *name, const struct value *iov)
{
    struct field fields[3] = {{"msg_name", name}, {"msg_iov", iov}, {"msg_control", value_null(arena)}};

    return value_struct(arena, "msghdr", fields, 3);
}

static const struct value *mmsghdr(struct arena *arena, const struct value *hdr, int64_t len)
{
    struct field fields[2] = {{"msg_hdr", hdr}, {"msg_len", value_int(arena, len)}};

    return value_struct(arena, "mmsghdr", fields, len < 0 ? 1 : 2);
}

/* A call whose first argument, named `fd_name`, is descriptor 3. */
static struct event call(struct arena *arena, const char *name, const char *fd_name, bool is_stream)
{
    struct event event = {.kind = EVENT_CALL, .role = "", .name = name, .is_stream = is_stream};

    event_add(&event, fd_name, value_fd(arena, 3));
    return event;
}

/* The bytes of the canonical data argument. */
static void ck_data(const struct event *event, const char *text, uint64_t full)
{
    const struct value *data = event->ncargs > 1 ? event->cargs[1] : NULL;

    ck_assert_ptr_nonnull(data);
    ck_assert_int_eq(data->kind, VALUE_BYTES);
    ck_assert_uint_eq(data->bytes.len, strlen(text));
    ck_assert_mem_eq(data->bytes.ptr, text, strlen(text));
    ck_assert_uint_eq(data->bytes.full, full);
}

START_TEST(every_call_has_a_form)
{
    const char *name;
    size_t count = 0;

    while ((name = canon_syscall_at(count))) {
        struct event event = {.kind = EVENT_CALL, .role = "", .name = name};
        struct arena arena = {0};

        ck_assert_int_ne(canon_of_syscall(name), CANON_NONE);
        canon_fill(&event, &arena); /* without any argument, as a damaged trace might have it */
        ck_assert_int_eq(event.canon, canon_of_syscall(name));
        ck_assert_uint_le(event.ncargs, 1);
        arena_release(&arena);
        count++;
    }
    ck_assert_uint_gt(count, 35);
    ck_assert_int_eq(canon_of_syscall("open"), CANON_NONE);
    ck_assert_int_eq(canon_of_syscall("accept4"), CANON_ACCEPT);
    ck_assert_int_eq(canon_of_syscall("epoll_pwait2"), CANON_WAIT);
    ck_assert_int_eq(canon_of_syscall("close_range"), CANON_OTHER);
}
END_TEST

START_TEST(data_of_a_buffer)
{
    struct arena arena = {0};
    struct event event = call(&arena, "write", "fd", true);

    event_add(&event, "buf", bytes(&arena, "ping\n", 900));
    event_add(&event, "count", value_int(&arena, 900));
    canon_fill(&event, &arena);
    ck_assert_int_eq(event.canon, CANON_SEND);
    ck_assert_uint_eq(event.ncargs, 3);
    ck_assert_ptr_eq(event.cargs[1], event.args[1].value);
    ck_assert_int_eq(event.cargs[2]->kind, VALUE_FLAGS);
    ck_assert_uint_eq(event.cargs[2]->sym.n, 0);
    arena_release(&arena);
}
END_TEST

/* sendto and recvfrom by what the address is and whether the socket is a stream. */
static const struct {
    const char *name, *addr_name;
    bool is_stream;
    enum { NO_ADDR, ADDR, UNREAD } given;
    enum canon canon;
    size_t ncargs;
} addressed[] = {
    {"sendto", "dest_addr", false, NO_ADDR, CANON_SEND, 3},
    {"sendto", "dest_addr", false, ADDR, CANON_SENDTO, 4},
    {"sendto", "dest_addr", false, UNREAD, CANON_SENDTO, 4},
    {"sendto", "dest_addr", true, ADDR, CANON_SEND, 3},
    {"recvfrom", "src_addr", false, NO_ADDR, CANON_RECV, 3},
    {"recvfrom", "src_addr", false, ADDR, CANON_RECVFROM, 4},
    {"recvfrom", "src_addr", false, UNREAD, CANON_RECVFROM, 4},
    {"recvfrom", "src_addr", true, ADDR, CANON_RECV, 3},
};

START_TEST(address_makes_sendto)
{
    struct arena arena = {0};
    struct event event = call(&arena, addressed[_i].name, "sockfd", addressed[_i].is_stream);
    const struct value *given[] = {value_null(&arena), addr(&arena), value_addr(&arena, 0x1000)};

    event_add(&event, "buf", bytes(&arena, "x", 1));
    event_add(&event, "len", value_int(&arena, 1));
    event_add(&event, "flags", value_flags(&arena, &nametab_msg, MSG_DONTWAIT));
    event_add(&event, addressed[_i].addr_name, given[addressed[_i].given]);
    canon_fill(&event, &arena);
    ck_assert_int_eq(event.canon, addressed[_i].canon);
    ck_assert_uint_eq(event.ncargs, addressed[_i].ncargs);
    ck_assert_uint_eq(event.cargs[2]->sym.n, MSG_DONTWAIT);
    if (event.ncargs == 4)
        ck_assert_ptr_eq(event.cargs[3], event.args[4].value);
    arena_release(&arena);
}
END_TEST

START_TEST(data_of_iovecs)
{
    struct arena arena = {0};
    struct event whole = call(&arena, "writev", "fd", true), cut = call(&arena, "readv", "fd", true);

    event_add(&whole, "iov", iovecs(&arena, "pi", 2, "ng\n"));
    canon_fill(&whole, &arena);
    ck_data(&whole, "ping\n", 5);

    /* What follows bytes that were not kept has no known place. */
    event_add(&cut, "iov", iovecs(&arena, "pi", 100, "ng\n"));
    canon_fill(&cut, &arena);
    ck_data(&cut, "pi", 103);
    arena_release(&arena);
}
END_TEST

START_TEST(messages)
{
    struct arena arena = {0};
    const struct value *iov = iovecs(&arena, "pi", 2, "ng\n");
    struct event plain = call(&arena, "sendmsg", "sockfd", false), named = plain, stream = plain,
                 unread = plain, failed = plain;
    struct field room = {"msg_namelen", value_int(&arena, 128)};

    event_add(&plain, "msg", msghdr(&arena, value_null(&arena), iov));
    canon_fill(&plain, &arena);
    ck_assert_int_eq(plain.canon, CANON_SEND);
    ck_data(&plain, "ping\n", 5);

    event_add(&named, "msg", msghdr(&arena, addr(&arena), iov));
    canon_fill(&named, &arena);
    ck_assert_int_eq(named.canon, CANON_SENDTO);
    ck_assert_uint_eq(named.ncargs, 4);
    ck_assert_str_eq(named.cargs[3]->st.type, "sockaddr_in");

    stream.is_stream = true;
    event_add(&stream, "msg", msghdr(&arena, addr(&arena), iov));
    canon_fill(&stream, &arena);
    ck_assert_int_eq(stream.canon, CANON_SEND);
    ck_assert_uint_eq(stream.ncargs, 3);

    event_add(&unread, "msg", value_addr(&arena, 1));
    canon_fill(&unread, &arena);
    ck_assert_int_eq(unread.canon, CANON_SEND);
    ck_assert_int_eq(unread.cargs[1]->kind, VALUE_ADDR);

    failed.name = "recvmsg";
    event_add(&failed, "msg", value_struct(&arena, "msghdr", &room, 1));
    canon_fill(&failed, &arena);
    ck_assert_int_eq(failed.canon, CANON_RECV);
    ck_data(&failed, "", 0);
    arena_release(&arena);
}
END_TEST

static void ck_bytes(const struct value *data, const char *text)
{
    ck_assert_int_eq(data->kind, VALUE_BYTES);
    ck_assert_uint_eq(data->bytes.len, strlen(text));
    ck_assert_mem_eq(data->bytes.ptr, text, strlen(text));
}

/* Each message that was moved keeps its own bytes; event_data counts bytes, though the result counts
 * messages. */
START_TEST(many_messages)
{
    struct arena arena = {0};
    const struct value *hdr = msghdr(&arena, addr(&arena), iovecs(&arena, "pi", 2, "ng\n"));
    const struct value *items[3] = {mmsghdr(&arena, hdr, 5), mmsghdr(&arena, hdr, 3),
                                    mmsghdr(&arena, hdr, -1)};
    const struct value *tried[2] = {items[2], items[2]};
    struct event event = call(&arena, "sendmmsg", "sockfd", false), failed = event;
    const uint8_t *data;
    uint64_t full;
    size_t len;

    event.result = 2;
    event_add(&event, "msgvec", value_array(&arena, items, 3, 3));
    canon_fill(&event, &arena);
    ck_assert_int_eq(event.canon, CANON_SENDTO);
    ck_assert_int_eq(event.cargs[1]->kind, VALUE_ARRAY);
    ck_assert_uint_eq(event.cargs[1]->array.len, 2);
    ck_bytes(event.cargs[1]->array.items[0], "ping\n");
    ck_bytes(event.cargs[1]->array.items[1], "pin");
    ck_assert(event_data(&event, &data, &len, &full));
    ck_assert_uint_eq(len, 5);
    ck_assert_uint_eq(full, 8);

    failed.result = -1;
    failed.err = 11;
    event_add(&failed, "msgvec", value_array(&arena, tried, 2, 2));
    canon_fill(&failed, &arena);
    ck_assert_uint_eq(failed.cargs[1]->array.len, 2);
    ck_bytes(failed.cargs[1]->array.items[1], "ping\n");
    arena_release(&arena);
}
END_TEST

/* What went from file to socket inside the kernel is counted; its bytes are not known. */
START_TEST(bytes_never_in_memory)
{
    struct arena arena = {0};
    struct event event = call(&arena, "sendfile", "out_fd", true);
    const uint8_t *data;
    uint64_t full;
    size_t len;

    event.result = 5;
    canon_fill(&event, &arena);
    ck_assert_int_eq(event.canon, CANON_SEND);
    ck_assert(event_data(&event, &data, &len, &full));
    ck_assert_uint_eq(len, 0);
    ck_assert_uint_eq(full, 5);
    arena_release(&arena);
}
END_TEST

/* Whichever end of it is the socket; on none it is taken for a send. */
START_TEST(two_ends)
{
    struct arena arena = {0};
    struct event event = call(&arena, "splice", "fd_in", true);
    struct value in = {.kind = VALUE_FD, .fd = {3, 1}}, out = {.kind = VALUE_FD, .fd = {4, 0}};

    event.args[0].value = &in;
    event_add(&event, "fd_out", &out);
    event_add(&event, "flags", value_flags(&arena, &nametab_splice, 2));
    event.result = 5;
    event.sock = 1;
    canon_fill(&event, &arena);
    ck_assert_int_eq(event.canon, CANON_RECV);
    ck_assert_ptr_eq(event.cargs[0], &in);
    ck_assert_uint_eq(event.cargs[1]->bytes.full, 5);
    ck_assert_ptr_eq(event.cargs[2]->sym.tab, &nametab_msg);
    ck_assert_uint_eq(event.cargs[2]->sym.n, 0);
    in.fd.sock = 0;
    out.fd.sock = 1;
    canon_fill(&event, &arena);
    ck_assert_int_eq(event.canon, CANON_SEND);
    ck_assert_ptr_eq(event.cargs[0], &out);
    event.sock = 0;
    canon_fill(&event, &arena);
    ck_assert_int_eq(event.canon, CANON_SEND);
    arena_release(&arena);
}
END_TEST

/* Flags of files mean nothing to a message. */
START_TEST(flags_of_files)
{
    struct arena arena = {0};
    struct event event = call(&arena, "preadv2", "fd", true);

    event_add(&event, "iov", iovecs(&arena, "pi", 2, "ng\n"));
    event_add(&event, "flags", value_flags(&arena, &nametab_rwf, 8));
    canon_fill(&event, &arena);
    ck_assert_int_eq(event.canon, CANON_RECV);
    ck_data(&event, "ping\n", 5);
    ck_assert_ptr_eq(event.cargs[2]->sym.tab, &nametab_msg);
    ck_assert_uint_eq(event.cargs[2]->sym.n, 0);
    arena_release(&arena);
}
END_TEST

START_TEST(calls_on_descriptors)
{
    struct arena arena = {0};
    struct event dupfd = call(&arena, "fcntl", "fd", false), getfl,
                 accept = call(&arena, "accept", "sockfd", false);

    getfl = dupfd;
    event_add(&dupfd, "cmd", value_sym(&arena, &nametab_fcntl, 0));
    event_add(&dupfd, "arg", value_int(&arena, 100));
    canon_fill(&dupfd, &arena);
    ck_assert_int_eq(dupfd.canon, CANON_DUP);
    ck_assert_uint_eq(dupfd.ncargs, 1);

    event_add(&getfl, "cmd", value_sym(&arena, &nametab_fcntl, 3));
    canon_fill(&getfl, &arena);
    ck_assert_int_eq(getfl.canon, CANON_FCNTL);
    ck_assert_uint_eq(getfl.ncargs, 2);

    event_add(&accept, "addr", value_null(&arena));
    event_add(&accept, "addrlen", value_null(&arena));
    canon_fill(&accept, &arena);
    ck_assert_int_eq(accept.canon, CANON_ACCEPT);
    ck_assert_uint_eq(accept.ncargs, 3);
    ck_assert_int_eq(accept.cargs[2]->kind, VALUE_FLAGS);
    arena_release(&arena);
}
END_TEST

/* The same event gives the same form, however often it is asked. */
START_TEST(filling_twice)
{
    struct arena arena = {0};
    struct event event = call(&arena, "sendto", "sockfd", false);
    struct event first;

    event_add(&event, "buf", bytes(&arena, "x", 1));
    event_add(&event, "dest_addr", addr(&arena));
    canon_fill(&event, &arena);
    first = event;
    canon_fill(&event, &arena);
    ck_assert_int_eq(event.canon, first.canon);
    ck_assert_uint_eq(event.ncargs, first.ncargs);
    for (size_t i = 0; i < first.ncargs; i++)
        ck_assert(value_equal(event.cargs[i], first.cargs[i]));

    event.is_stream = true;
    canon_fill(&event, &arena);
    ck_assert_int_eq(event.canon, CANON_SEND);
    ck_assert_uint_eq(event.ncargs, 3);
    arena_release(&arena);
}
END_TEST

static void add(Suite *suite)
{
    suite_add(suite, "sendfile", bytes_never_in_memory);
    suite_add(suite, "two ends", two_ends);
    suite_add(suite, "flags of files", flags_of_files);
    suite_add(suite, "every call", every_call_has_a_form);
    suite_add(suite, "buffer", data_of_a_buffer);
    suite_add_loop(suite, "address", address_makes_sendto, ARRAY_LEN(addressed));
    suite_add(suite, "iovecs", data_of_iovecs);
    suite_add(suite, "messages", messages);
    suite_add(suite, "many messages", many_messages);
    suite_add(suite, "descriptors", calls_on_descriptors);
    suite_add(suite, "twice", filling_twice);
}

SUITE_MAIN("canon", add)
