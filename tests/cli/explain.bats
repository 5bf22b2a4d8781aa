#!/usr/bin/env bats
# tests/cli/explain.bats: what an error of a call means.

load helpers

@test "explain: an error of a call is that call's, with what to change" {
    sd_ends 0 explain accept EINVAL
    says 'accept = -1 EINVAL' 'does not listen' 'Call listen before accept'
    sd_ends 0 explain EINVAL bind
    says 'bind = -1 EINVAL' 'already has an address'
    [[ $stdout != *'does not listen'* ]]
    [ -z "$stderr" ]
}

@test "explain: a call is known by the kernel's name, an error that all calls have is told" {
    sd_ends 0 explain accept4 EBADF
    says 'accept4 = -1 EBADF' 'not open'
    sd_ends 0 explain write EPIPE
    says 'write = -1 EPIPE' MSG_NOSIGNAL
}

@test "explain: a call alone tells all its errors, an error alone all calls" {
    sd_ends 0 explain connect
    says ECONNREFUSED EINPROGRESS ETIMEDOUT
    sd_ends 0 explain EADDRINUSE
    says 'bind = -1 EADDRINUSE' 'listen = -1 EADDRINUSE' SO_REUSEADDR
    [ "$(grep -c '^bind = ' <<<"$stdout")" = 1 ]
    sd_ends 0 explain
    says accept EINVAL
}

@test "explain: nothing is wider than the terminal, nor longer than a screen" {
    for words in "" accept connect send setsockopt EADDRINUSE "bind EINVAL"; do
        sd_ends 0 explain $words
        [ "$(LC_ALL=C.UTF-8 wc -L <<<"$stdout")" -le 80 ]
        [ "$(wc -l <<<"$stdout")" -le 50 ]
    done
}

@test "explain: an unknown word ends with 2, and the nearest is suggested" {
    sd_ends 2 explain lisen
    says "'lisen'" 'explain listen'
    sd_ends 2 explain accept EINVALL
    says EINVAL
    sd_ends 2 explain close EADDRINUSE
    says 'does not fail with EADDRINUSE'
    [ -z "$stdout" ]
}

@test "explain: every error that the probes met has a meaning" {
    for probe in bind connect sendto sendmsg shutdown socket sockopt epoll select poll dup rw unix; do
        sd trace --format jsonl -o "$BATS_TEST_TMPDIR/t" -- "$build/tests/probe_$probe"
        jq -r 'select(.errno and .canon and .canon != "other") | "\(.canon) \(.errno.name)"' "$BATS_TEST_TMPDIR/t"
    done | grep -E '^[a-z_]+ E[A-Z0-9]+$' | sort -u >"$BATS_TEST_TMPDIR/met"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/met")" -ge 20 ]
    missing=
    while read -r call error; do
        "$sockdrill" explain "$call" "$error" >"$BATS_TEST_TMPDIR/out" 2>&1 || { cat "$BATS_TEST_TMPDIR/out"; missing=1; }
    done <"$BATS_TEST_TMPDIR/met"
    [ -z "$missing" ]
}

# The section ERRORS of each call's manual page; what is about files, locks or devices is not about sockets.
@test "explain: every error that the manual pages list has a meaning" {
    man -w 2 accept >/dev/null 2>&1 || skip 'no manual pages here'
    missing='' n=0
    for call in socket socketpair bind listen accept connect send recv shutdown getsockname getpeername setsockopt getsockopt \
        select poll epoll_create epoll_ctl epoll_wait close dup ioctl read write writev; do
        for error in $(zcat -f "$(man -w 2 $call)" | sed -n '/^\.SH ERRORS/,/^\.SH [^E]/p' | grep -A1 '^\.TP' |
            grep -oE '^\.BR? +"?E[A-Z0-9]+' | grep -oE 'E[A-Z0-9]+' | sort -u); do
            case $call-$error in
            *-EIO | *-EDQUOT | *-EFBIG | *-EISDIR | close-ENOSPC | write-ENOSPC | write-EPERM) continue ;;
            esac
            n=$((n + 1))
            "$sockdrill" explain "$call" "$error" >"$BATS_TEST_TMPDIR/out" 2>&1 || { cat "$BATS_TEST_TMPDIR/out"; missing=1; }
        done
    done
    [ "$n" -ge 100 ]
    [ -z "$missing" ]
}

@test "explain: a run says the same of an error, by the arguments of the call" {
    sd_ends 1 run tcp-echo --server "$broken/addrlen-unset \${PORT}" --timeout 2
    says 'never set'
    [[ $stdout != *'before accept, and test its result'* ]]
}
