#!/usr/bin/env bats
# tests/cli/trace-options.bats: options of `trace` and `show` as strace users know them, and what is said of wrong values.

load helpers

# What differs between any two runs becomes a word: pids, addresses, inodes, ports that the kernel chose, time that was left.
alike()
{
    sed -E -e '/sa_data=|left \{/d' -e 's/^[0-9]+ +//' -e 's/\) +(= )/) \1/' -e 's/0x7[ef][0-9a-f]{9,10}/ADDRESS/g' \
        -e 's/\[[0-9]{5,}/[INODE/g' -e 's/->[0-9]{5,}/->INODE/g' -e 's/htons\([0-9]{5}\)/htons(PORT)/g' -e 's/pid=[0-9]+/pid=PID/g' \
        -e 's/:[0-9]{5}/:PORT/g' -e 's/sin6?_port="[^"]*"/PORT/g' -e 's#<(/[^<>]*|pipe:[^>]*)(<[^>]*>)?>##g' "$1"
}

# same_as_strace PROBE OPTION…: the lines of both, for calls of the network.
same_as_strace()
{
    local probe=$1
    shift
    command -v strace >/dev/null || skip "strace is not there"
    strace -f -qq -e trace=%network "$@" -o "$BATS_TEST_TMPDIR/theirs" -- "$build/tests/$probe" >/dev/null </dev/null
    sd_ends 0 trace --format strace -qq -e trace=%network "$@" -o "$BATS_TEST_TMPDIR/ours" -- "$build/tests/$probe" >/dev/null
    echo "$probe $*: - is strace, + is sockdrill"
    diff -U 0 <(alike "$BATS_TEST_TMPDIR/theirs") <(alike "$BATS_TEST_TMPDIR/ours")
    [ -s "$BATS_TEST_TMPDIR/ours" ]
}

# lines_of OPTION…: of a trace in strace's format.
lines_of()
{
    sd_ends 0 trace --format strace -qq -o "$BATS_TEST_TMPDIR/trace" "$@" >/dev/null
    cat "$BATS_TEST_TMPDIR/trace"
}

@test "as strace has it: -x, -xx, --strings-in-hex" {
    for option in -x -xx --strings-in-hex --strings-in-hex=non-ascii-chars; do
        same_as_strace probe_sendto "$option"
        same_as_strace probe_connect "$option"
    done
    grep -q '\\x' "$BATS_TEST_TMPDIR/ours"
}

@test "as strace has it: -X raw, abbrev, verbose" {
    for style in raw abbrev verbose; do
        for probe in probe_socket probe_connect probe_sockopt probe_sendmsg; do
            same_as_strace $probe -X $style
        done
    done
    grep -q '0x1 /\* AF_UNIX \*/' "$BATS_TEST_TMPDIR/ours"
}

@test "as strace has it: -y, -yy, --decode-fds" {
    for option in -y -yy --decode-fds=socket --decode-fds=none; do
        same_as_strace probe_socket $option
        same_as_strace probe_sendmsg $option
    done
    same_as_strace probe_connect -y
    same_as_strace probe_connect -yy
    grep -q '<TCP:\[127.0.0.1:[0-9]*->127.0.0.1:' "$BATS_TEST_TMPDIR/ours"
}

@test "as strace has it: -z, -Z, --status" {
    for option in -z -Z --status=failed '--status=!failed' '--status=successful,failed'; do
        same_as_strace probe_connect "$option"
    done
    same_as_strace probe_connect -z -Z
    [ -z "$(grep -v ' = -1 ' "$BATS_TEST_TMPDIR/ours")" ]
}

@test "as strace has it: -v, -s" {
    same_as_strace probe_sendmsg -s 1
    same_as_strace probe_sendmsg -s 1 -v
    grep -q 'iov_len=.*iov_len=' "$BATS_TEST_TMPDIR/ours"
}

@test "as strace has it: -e trace=" {
    on_sockets='^(socket|bind|listen|accept|connect|getsockname|getpeername)'
    for set in connect,bind '!connect' %net '/^get' '?nosuch,connect' none; do
        command -v strace >/dev/null || skip "strace is not there"
        strace -f -qq -e trace="$set" -o "$BATS_TEST_TMPDIR/theirs" -- "$build/tests/probe_connect" >/dev/null
        lines_of -e trace="$set" -- "$build/tests/probe_connect" >/dev/null
        # Of other calls strace tells as well.
        diff -U 0 <(alike "$BATS_TEST_TMPDIR/theirs" | grep -E "$on_sockets") \
            <(alike "$BATS_TEST_TMPDIR/trace" | grep -E "$on_sockets")
    done
}

@test "-e: a lone set is one of calls; what is given last counts" {
    lines_of -e bind -- "$build/tests/probe_bind" | grep -q '^[0-9]* *bind('
    [ -z "$(lines_of -e bind -e none -- "$build/tests/probe_bind")" ]
    [ "$(lines_of --trace=bind "$build/tests/probe_bind")" != "$(lines_of -e t=socket "$build/tests/probe_bind")" ]
}

@test "-e signal=: only these signals, in every format" {
    kill_self=(sh -c 'trap : USR1 USR2; kill -USR1 $$; kill -USR2 $$')
    [ "$(lines_of -e signal=usr2 -- "${kill_self[@]}" | grep -c SIGUSR)" = 1 ]
    [ "$(lines_of -e signal=none -- "${kill_self[@]}" | grep -c SIG)" = 0 ]
    sd_ends 0 trace --format jsonl --signal='!SIGUSR1' -o "$BATS_TEST_TMPDIR/t" -- "${kill_self[@]}"
    jq -es '[.[] | select(.event == "signal") | .args.signo.name] == ["SIGUSR2"]' "$BATS_TEST_TMPDIR/t"
}

@test "-q: how processes start; -qq: and end, as strace has it" {
    sd_ends 0 trace -- true
    says '+ started' '- exited'
    sd_ends 0 trace -q -- true
    [[ $stderr != *started* && $stderr == *'- exited 0'* ]]
    sd_ends 0 trace -qq -- true
    [ -z "$stderr" ]
    sd_ends 0 trace --quiet=exit -- true
    [[ $stderr == *started* && $stderr != *exited* ]]
    sd_ends 0 trace -e quiet=all -- true
    [ -z "$stderr" ]
}

@test "-y in text: which socket, and -yy: what it is, on every line" {
    sd_ends 0 trace -qq -y -e trace=listen -- "$build/tests/probe_connect"
    grep -qE 'listen\([0-9]+<sock 1 127\.0\.0\.1:[0-9]+>, ' <<<"$stderr"
    sd_ends 0 trace -qq -yy -e trace=listen -- "$build/tests/probe_connect"
    grep -qE 'listen\([0-9]+<sock 1 TCP 127\.0\.0\.1:[0-9]+>, ' <<<"$stderr"
    sd_ends 0 trace -qq -yy --no-kernel -e trace=sendmsg --format strace -- "$build/tests/probe_sendmsg"
    grep -qE 'sendmsg\([0-9]+<UNIX[-A-Z]*:\[sock [0-9]+(->[0-9]+)?\]>' <<<"$stderr"
}

@test "times: -t, -tt, -ttt, -r, -T, and their long names with a precision" {
    second='[0-9]{2}:[0-9]{2}:[0-9]{2}'
    shows() { lines_of "$1" -e socket -- "$build/tests/probe_socket" | head -n 1 | grep -qE "^[0-9]+ +$2"; }
    shows -t "$second socket"
    shows -tt "$second\.[0-9]{6} socket"
    shows -ttt '[0-9]{10}\.[0-9]{6} socket'
    shows --absolute-timestamps=ms "$second\.[0-9]{3} socket"
    shows --absolute-timestamps=format:unix,precision:ns '[0-9]{10}\.[0-9]{9} socket'
    shows --relative-timestamps=s '0 socket'
    shows -r '0\.000000 socket'
    shows -T 'socket.* <[0-9]+\.[0-9]{6}>$'
    shows --syscall-times=ns 'socket.* <[0-9]+\.[0-9]{9}>$'
}

@test "-P: only calls on sockets at a place, on what they accepted and what names it" {
    sd_ends 0 run tcp-echo -o "$BATS_TEST_TMPDIR/echo.jsonl" --set PORT=7000
    sd_ends 0 show "$BATS_TEST_TMPDIR/echo.jsonl" --view strace -P :7000 -qq
    for call in bind listen accept connect recv send close; do
        grep -q "$call" <<<"$stdout"
    done
    [[ $stdout != *socket\(* && $stdout != *setsockopt* ]]
    sd_ends 0 show "$BATS_TEST_TMPDIR/echo.jsonl" --view strace -P 127.0.0.1:7001 -qq -e signal=none
    [ -z "$stdout" ]
    sd_ends 0 trace -qq -P :7999 -o "$BATS_TEST_TMPDIR/none" -- "$build/tests/probe_connect"
    [ ! -s "$BATS_TEST_TMPDIR/none" ]
}

@test "-c: a table of calls and one of sockets, in place of the lines" {
    sd_ends 0 trace -c -- "$build/tests/probe_rw"
    says '% time     seconds  usecs/call     calls    errors syscall' 'total' 'bytes sent    received  socket'
    [[ $stderr != *socketpair\(* ]]
    grep -qE '^ *[0-9.]+ +[0-9.]+ +[0-9]+ +[0-9]+ +[0-9]+ read$' <<<"$stderr"
    sd_ends 0 trace -C -qq -- "$build/tests/probe_rw"
    grep -q 'socketpair(' <<<"$stderr"
    says total
    sd_ends 0 trace -c -S name -e trace=read,write,close -- "$build/tests/probe_rw"
    [ "$(grep -oE '(read|write|close)$' <<<"$stderr" | xargs)" = 'close read write' ]
    sd_ends 0 trace -c -S calls -e trace=%network -- "$build/tests/probe_connect"
    sort -c -s -k 4,4nr <(sed -nE '/^ *[0-9.]+ +[0-9.]+ +[0-9]+ +[0-9]+ /p' <<<"$stderr" | grep -v total | sed '/socket$/,$!b')
}

@test "-c counts what strace -c counts, and the bytes of each socket are those that the calls moved" {
    command -v strace >/dev/null || skip "strace is not there"
    counts() { sed -nE 's/^ *[0-9.]+ +[0-9.]+ +[0-9]+ +([0-9]+ +[0-9]* *[a-z0-9]+)$/\1/p' "$1" | tr -s ' ' | sort; }
    strace -f -c -e trace=%network -o "$BATS_TEST_TMPDIR/theirs" "$build/tests/probe_connect" >/dev/null
    sd_ends 0 trace -c -e trace=%network -o "$BATS_TEST_TMPDIR/ours" -- "$build/tests/probe_connect"
    diff <(counts "$BATS_TEST_TMPDIR/theirs") <(counts "$BATS_TEST_TMPDIR/ours")
    sd_ends 0 run tcp-echo -o "$BATS_TEST_TMPDIR/echo.jsonl" --set PORT=7000
    sd_ends 0 show "$BATS_TEST_TMPDIR/echo.jsonl" -c
    grep -qE ' 0 +0  [0-9]+ server TCP [0-9.]+:7000 listens$' <<<"$stdout"
    grep -qE ' 5 +5  [0-9]+ client TCP 127\.0\.0\.1:[0-9]+->127\.0\.0\.1:7000, with [0-9]+ server$' <<<"$stdout"
}

@test "a summary does not go among JSON Lines" {
    sd_ends 2 trace -C --format jsonl -- true
    says --summary-only -o
    sd_ends 0 trace -C --format jsonl -o "$BATS_TEST_TMPDIR/t" -- true
    says total
    jq -es 'last.end' "$BATS_TEST_TMPDIR/t"
}

@test "jsonl has everything, whatever is asked for lines" {
    record() { sd_ends 0 trace --format jsonl -o "$BATS_TEST_TMPDIR/$1" "${@:2}" -- "$build/tests/probe_socket"; }
    what() { jq -c 'select(.call) | [.call, .args, .errno]' "$BATS_TEST_TMPDIR/$1" | sed -E "s/0x[0-9a-f]{9,}/ADDRESS/g"; }
    record plain
    record asked -yy -xx -X raw -v -s 1 -ttt -qq
    diff <(what plain) <(what asked)
    record failed -Z -e trace=socket
    jq -es '[.[] | select(.call)] | length > 0 and all(.call == "socket" and .errno)' "$BATS_TEST_TMPDIR/failed"
}

@test "show takes the same options and gives the same lines" {
    sd_ends 0 trace --format jsonl -o "$BATS_TEST_TMPDIR/t.jsonl" -- "$build/tests/probe_connect"
    lines_of -yy -X verbose -x -z -e trace=%network -- "$build/tests/probe_connect" >"$BATS_TEST_TMPDIR/live"
    sd_ends 0 show "$BATS_TEST_TMPDIR/t.jsonl" --view strace -qq -yy -X verbose -x -z -e trace=%network
    diff <(alike "$BATS_TEST_TMPDIR/live") <(alike "$BATS_TEST_TMPDIR/stdout")
}

# wrong OPTION… -- WORD…: ends with 2 and says the words.
wrong()
{
    local options=()
    while [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    shift
    for command in trace show; do
        sd_ends 2 $command "${options[@]}" x
        says "$@" --help
    done
}

@test "each option says what is wrong with its value, and what it takes" {
    wrong -e lisen -- lisen "did you mean 'listen'"
    wrong -e trace=socket,openat -- openat
    wrong -e trace=%%stat -- %%stat %network %desc
    wrong -e trace= -- 'names no call'
    wrong --trace='/(' -- regular 'Unmatched'
    wrong --trace=/nosuch -- /nosuch
    wrong -e fault=socket -- tamper
    wrong -e inject=socket:error=EINVAL -- tamper
    wrong -e raw=socket -- -X
    wrong -e frobnicate=1 -- frobnicate trace= status=
    wrong --status=good -- good successful failed unfinished
    wrong -e signal=SIGUSR3 -- SIGUSR3 "did you mean 'SIGUSR1'"
    wrong -P localhost:80 -- localhost:80 path 127.0.0.1:7000
    wrong -s many -- many 1048576
    wrong -a 501 -- 501 500
    wrong --strings-in-hex=few -- few non-ascii
    wrong -X numbers -- numbers raw abbrev verbose
    wrong --decode-fds=files -- files path socket
    wrong --absolute-timestamps=noon -- noon unix
    wrong --relative-timestamps=min -- min ns
    wrong --syscall-times=min -- min ns
    wrong --quiet=noise -- noise attach exit
    wrong -S size -- size min-time
    wrong --successful-only=1 -- 'takes no value'
    wrong --summry -- "did you mean --summary"
}

@test "-p: what is no process id is told" {
    sd_ends 2 trace -p me
    says "'me'"
    sd_ends 2 trace -p 1,2x
    sd_ends 2 trace -p ,
    sd_ends 2 trace -p 0
    sd_ends 3 trace -p 2147483647
    says 2147483647
}
