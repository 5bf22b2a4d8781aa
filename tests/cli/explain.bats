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

@test "explain: a call alone tells what it does and its errors, an error alone all calls" {
    sd_ends 0 explain connect
    says 'makes a connection' ECONNREFUSED EINPROGRESS ETIMEDOUT SD023 'connect($s, 127.0.0.1:${PORT}) = 0' client-pattern 'connect(2)'
    sd_ends 0 explain connect errors
    says ECONNREFUSED 'nobody listens' EINPROGRESS ETIMEDOUT
    sd_ends 0 explain EADDRINUSE
    says 'bind = -1 EADDRINUSE' 'listen = -1 EADDRINUSE' SO_REUSEADDR
    [ "$(grep -c '^bind = ' <<<"$stdout")" = 1 ]
    sd_ends 0 explain EINVAL
    says 'something else for each call' 'explain socket EINVAL'
}

@test "explain: calls that wait have a name together, and errors of their own" {
    sd_ends 0 explain epoll_wait EINVAL
    says maxevents
    [[ $stdout != *nfds* ]]
    sd_ends 0 explain select EINVAL
    says nfds
    sd_ends 0 explain wait EINVAL
    says maxevents nfds
}

@test "explain: a rule is told as reports tell it" {
    sd_ends 0 explain SD012
    says 'SD012 (proved, or likely): addrlen not set before the call' 'proved  … was given N as the room' 'ask  ' 'why  ' 'do  ' \
        'accept(2), DESCRIPTION' 'accept ·'
    sd_ends 0 explain sd021
    says 'SD021 (proved): accept without listen'
}

@test "explain: a topic has several words, of either case, and parentheses do not matter" {
    sd_ends 0 explain end of stream
    says 'will send no more' SD017 half-close
    eof=$stdout
    for words in 'End Of Stream' end-of-stream EOF fin; do
        sd_ends 0 explain $words
        [ "$stdout" = "$eof" ]
    done
    sd_ends 0 explain 'accept()'
    says 'queue of a listener'
    sd_ends 0 explain 'listen(2)' EADDRINUSE
    says 'listen = -1'
    sd_ends 0 explain LISTEN
    says 'queue 1/2'
    sd_ends 0 explain listen
    says ECONNREFUSED
}

@test "explain: for programs, a JSON object" {
    sd_ends 0 explain --json accept EINVAL
    [ "$(jq -r '.reasons | length, .[0].call, .[0].error' <<<"$stdout" | xargs)" = '3 accept EINVAL' ]
    sd_ends 0 explain EADDRINUSE --json
    [ "$(jq -r '.reasons[].call' <<<"$stdout" | sort -u | xargs)" = 'bind connect listen setsockopt' ]
    sd_ends 0 explain --json SD012
    [ "$(jq -r '.names[0], .shows[].confidence' <<<"$stdout" | xargs)" = 'SD012 proved likely' ]
    sd_ends 0 explain --json recv
    [ "$(jq -r .pattern <<<"$stdout")" = 'recv($conn, "ping\n")' ]
    [ "$(jq -r '.kind, .names[0]' <<<"$stdout" | xargs)" = 'calls recv' ]
}

# Whatever `explain` has an answer to, and all answers.
every_name()
{
    "$sockdrill" explain --json | jq -r '.[][]'
}

every_answer()
{
    every_name | while read -r name; do "$sockdrill" explain --json -- "$name" || echo "no answer to $name" >&2; done
}

@test "explain: what it lists can be asked for, and fits on a screen" {
    [ "$(every_name | wc -l)" -ge 300 ]
    wrong=
    while read -r name; do
        "$sockdrill" explain -- "$name" >"$BATS_TEST_TMPDIR/out" || wrong+=" $name"
        [ "$(wc -l <"$BATS_TEST_TMPDIR/out")" -le 24 ] || wrong+=" $name(long)"
        [ "$(LC_ALL=C.UTF-8 wc -L <"$BATS_TEST_TMPDIR/out")" -le 80 ] || wrong+=" $name(wide)"
    done < <(every_name)
    echo "wrong: $wrong"
    [ -z "$wrong" ]
    sd_ends 0 explain
    [ "$(LC_ALL=C.UTF-8 wc -L <<<"$stdout")" -le 80 ]
    says backlog 'half-close' EINVAL SD050 proved
}

@test "explain: links lead somewhere, rules are in a topic, and what is named exists" {
    every_answer >"$BATS_TEST_TMPDIR/all" 2>"$BATS_TEST_TMPDIR/none"
    [ ! -s "$BATS_TEST_TMPDIR/none" ]
    wrong=
    while read -r word; do
        "$sockdrill" explain -- "$word" >/dev/null 2>&1 || wrong+=" $word"
    done < <(jq -r '.see[]?, .rules[]?' "$BATS_TEST_TMPDIR/all" | sort -u)
    for code in $(jq -r 'select(.kind == "rules" and .see == []) | .names[0]' "$BATS_TEST_TMPDIR/all"); do
        wrong+=" $code(in no topic)"
    done
    for scenario in $(jq -r '.course[]?' "$BATS_TEST_TMPDIR/all" | sort -u); do
        [ -f "expected/$scenario.expect" ] || wrong+=" $scenario"
    done
    while IFS=$'\t' read -r course line; do
        read -ra files <<<"$(sed -E 's,[^ ]+,expected/&.expect,g' <<<"$course")"
        cat "${files[@]}" | tr -s ' ' | grep -qF -e "$line" || wrong+=" '$line'"
    done < <(jq -r 'select(.pattern) | (.course | join(" ")) + "\t" + .pattern' "$BATS_TEST_TMPDIR/all" | sort -u)
    echo "wrong: $wrong"
    [ -z "$wrong" ]
}

@test "explain: the manual pages that are named exist" {
    man -w 2 accept >/dev/null 2>&1 || skip 'no manual pages here'
    wrong=
    while read -r page section; do
        man -w "$section" "$page" >/dev/null 2>&1 || wrong+=" $page($section)"
    done < <(every_answer | jq -r '.manual[]?' | sort -u | tr '()' '  ')
    echo "wrong: $wrong"
    [ -z "$wrong" ]
}

@test "explain: an unknown word ends with 2, and the nearest is suggested" {
    sd_ends 2 explain lisen
    says "'lisen'" 'explain listen'
    sd_ends 2 explain acept EINVALL
    says "'acept EINVALL'" '`sockdrill explain accept EINVAL`'
    sd_ends 2 explain so_reuseadr
    says 'explain SO_REUSEADDR'
    sd_ends 2 explain end off stream
    says 'explain end of stream'
    sd_ends 2 explain accept zzzzzz
    says "'accept zzzzzz'" 'lists what there is'
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
    says 'as the room for the address'
    [[ $stdout != *'before accept, and test its result'* ]]
}
