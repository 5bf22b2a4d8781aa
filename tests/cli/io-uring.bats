#!/usr/bin/env bats
# tests/cli/io-uring.bats: I/O through io_uring is no system call: the trace says so, and --deny-io-uring keeps programs from it.
load helpers

begin()
{
    "$build/tests/uring" | grep -q '^io_uring_setup: done' || skip 'io_uring is not allowed here'
    trace=$BATS_TEST_TMPDIR/trace.jsonl
    server="sh -c '$build/tests/uring; exec $build/scenarios/tcp-echo-server \${PORT}'"
}

@test "a program that sets up an io_uring makes the trace say what it does not see" {
    begin
    sd_ends 0 trace --format jsonl -o "$trace" -- "$build/tests/uring"
    says 'io_uring_setup: done'
    jq -se 'any(.[]; .event == "lost")' "$trace"
    grep -q 'this process set up an io_uring' "$trace"
}

@test "--deny-io-uring: it gets ENOSYS, falls back, and nothing is lost" {
    begin
    for mode in '' --no-filter; do
        sd_ends 0 trace $mode --deny-io-uring --format jsonl -o "$trace" -- "$build/tests/uring"
        says 'io_uring_setup: ENOSYS' 'recv: 1'
        jq -se 'all(.[]; .event != "lost") and any(.[]; .canon == "recv")' "$trace"
    done
}

@test "a scenario whose server sets up an io_uring could not be tested; with --deny-io-uring it could" {
    begin
    sd_ends 3 run tcp-echo --server "$server"
    says 'io_uring'
    sd run tcp-echo --deny-io-uring --server "$server"
    [[ $output != *'set up an io_uring'* ]]
    [ "$status" -lt 2 ]
}
