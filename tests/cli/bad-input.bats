#!/usr/bin/env bats
# tests/cli/bad-input.bats: what goes wrong outside sockdrill is named with its remedy, ends with the right code, and
# leaves no process behind.

load helpers

teardown()
{
    nothing_left
}

@test "a program that is missing: could not test, and it is named" {
    sd_ends 3 run tcp-echo --server "./no-such-server \${PORT} $mark"
    says ./no-such-server 'no such file'
    sd_ends 3 run tcp-echo --client "no-such-client \${PORT} $mark"
    says no-such-client
    sd_ends 3 trace -- ./no-such-program
    says ./no-such-program
}

@test "a program that is not executable: could not test, and it is named" {
    echo data >"$BATS_TEST_TMPDIR/plain"
    sd_ends 3 run tcp-echo --server "$BATS_TEST_TMPDIR/plain $mark"
    says "$BATS_TEST_TMPDIR/plain"
    sd_ends 3 trace -- "$BATS_TEST_TMPDIR/plain"
    says "$BATS_TEST_TMPDIR/plain" chmod
    sd_ends 3 trace -- "$BATS_TEST_TMPDIR"
    says "$BATS_TEST_TMPDIR"
}

@test "a server that was not told the port: a note says how to tell it" {
    sd_ends 1 run tcp-echo --timeout 2 --server "$build/scenarios/tcp-echo-server 7001"
    says 'server: its command does not say the port, 7000' '${PORT}' '--set PORT=N'
    sd_ends 1 run tcp-echo --timeout 2 --server "$broken/no-listen \${PORT}"
    ! says 'does not say the port'
}

@test "a server that exits at once does not hold, and that is told" {
    sd_ends 1 run tcp-echo --server "sh -c 'exit 5' $mark"
    says server 'exit' 5
}

@test "a server that dies of a signal does not hold, and the signal is told" {
    sd_ends 1 run tcp-echo --server "sh -c 'kill -SEGV \$\$' $mark"
    says server SIGSEGV
}

@test "a server that never becomes ready: the time limit ends it, and that is told" {
    SECONDS=0
    sd_ends 1 run tcp-echo --timeout 3 --server "sleep $mark"
    says server ready
    [ "$SECONDS" -lt 15 ]
}

@test "a client that hangs: the time limit ends it, and never is it a pass" {
    SECONDS=0
    sd_ends 1 run tcp-echo --timeout 1 --client "sleep $mark"
    says client 'time'
    [ "$SECONDS" -lt 15 ]
}

@test "a client that hangs and ignores SIGTERM, with a child of its own, is ended too" {
    sd_ends 1 run tcp-echo --timeout 1 --client "sh -c 'trap \"\" TERM; sleep $mark & sleep $mark; sleep $mark'"
}

@test "a time limit can be a fraction of a second" {
    SECONDS=0
    sd_ends 1 run tcp-echo --timeout 0.3 --client "sleep $mark"
    [ "$SECONDS" -lt 10 ]
}

@test "a trace file that is cut anywhere: what is whole is shown, that it is cut is said" {
    local whole=$BATS_TEST_TMPDIR/whole.jsonl cut=$BATS_TEST_TMPDIR/cut.jsonl size first at
    sd_ends 0 run tcp-echo -o "$whole"
    size=$(stat -c %s "$whole")
    first=$(head -n 1 "$whole" | wc -c)
    for at in 0 1 $((first - 2)); do
        head -c "$at" "$whole" >"$cut"
        sd_ends 2 show "$cut" --view text
        says "$cut"
        sd_ends 2 check tcp-echo "$cut"
    done
    for ((at = first; at < size - 1; at += 1 + (size - first) / 61)); do
        head -c "$at" "$whole" >"$cut"
        sd_ends 0 show "$cut" --view text
        says cut
        sd check tcp-echo "$cut"
        ((status >= 1 && status <= 3))
        says cut
    done
}

@test "a file that is no trace ends with 2 and is named" {
    echo 'hello, world' >"$BATS_TEST_TMPDIR/other"
    sd_ends 2 show "$BATS_TEST_TMPDIR/other" --view text
    says "$BATS_TEST_TMPDIR/other"
    sd_ends 2 show "$BATS_TEST_TMPDIR/none" --view text
    says "$BATS_TEST_TMPDIR/none" 'no such file'
    sd_ends 2 show "$BATS_TEST_TMPDIR" --view text
    echo '{"sockdrill": 99}' >"$BATS_TEST_TMPDIR/newer"
    sd_ends 2 show "$BATS_TEST_TMPDIR/newer" --view text
    says 99
    head -c 3000 /dev/urandom >"$BATS_TEST_TMPDIR/noise"
    sd_ends 2 check tcp-echo "$BATS_TEST_TMPDIR/noise"
}

@test "a trace without a role that the expectation has ends with 2 and the role is named" {
    sd_ends 0 trace --format jsonl -o "$BATS_TEST_TMPDIR/t.jsonl" -- "$build/tests/probe_socket"
    sd_ends 2 check tcp-echo "$BATS_TEST_TMPDIR/t.jsonl"
    says server
}

@test "an expectation that is wrong ends with 2, told like a compiler, all errors at once" {
    printf '%s\n' 'server "x" {' '    sokcet(AF_INET, SOCK_STREAM) = $s' '    bind($s, *:99999) = 0' '}' \
        >"$BATS_TEST_TMPDIR/wrong.expect"
    sd_ends 2 run "$BATS_TEST_TMPDIR/wrong.expect"
    says wrong.expect:2:5 wrong.expect:3: 'sokcet(AF_INET' '^' socket
    sd_ends 0 run tcp-echo -o "$BATS_TEST_TMPDIR/t.jsonl"
    sd_ends 2 check "$BATS_TEST_TMPDIR/wrong.expect" "$BATS_TEST_TMPDIR/t.jsonl"
    says wrong.expect:2:5
}

@test "ptrace refused: could not test, with what refuses it and the remedy" {
    status=0
    output=$("$build/tests/deny" ptrace "$sockdrill" run tcp-echo 2>&1) || status=$?
    echo "$output"
    [ "$status" -eq 3 ]
    says ptrace 'not permitted'
    status=0
    output=$("$build/tests/deny" ptrace "$sockdrill" trace -- sleep "$mark" 2>&1) || status=$?
    echo "$output"
    [ "$status" -eq 3 ]
    says ptrace
    status=0
    output=$("$build/tests/deny" ptrace "$sockdrill" doctor 2>&1) || status=$?
    echo "$output"
    [ "$status" -eq 3 ]
    says ptrace
}

@test "namespaces refused: the run goes on beside the others' ports, and says so" {
    status=0
    output=$("$build/tests/deny" unshare,setns "$sockdrill" run tcp-echo udp-echo -v 2>&1) || status=$?
    echo "$output"
    [ "$status" -eq 0 ]
    says namespace
}

@test "a filter that is refused: every call is stopped at, and the run still holds" {
    status=0
    output=$("$build/tests/deny" seccomp "$sockdrill" run tcp-echo 2>&1) || status=$?
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "a pid that is not there or not ours: trace -p says so" {
    sd trace -p 4194304
    [ "$status" -eq 3 ]
    says 4194304
}

@test "an output file on a full device is told" {
    [ -c /dev/full ] || skip "no /dev/full"
    sd trace --format jsonl -o /dev/full -- "$build/tests/probe_socket"
    [ "$status" -ne 0 ]
    says /dev/full
}
