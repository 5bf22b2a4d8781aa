#!/usr/bin/env bats
# tests/cli/million.bats: traces of 100 000 events are checked in little memory, and one fault among a thousand connections
# is told as it is in a short trace. (A million events: tests/bench/check.)

load helpers

# long EVENTS FAULT CONNECTION: a trace with this fault, in $trace.
long()
{
    trace=$BATS_TEST_TMPDIR/long.jsonl
    "$build/bench/million" "$1" 1 "$2" "$3" >"$trace"
}

# within KILOBYTES COMMAND…: with no more memory than that, of whatever kind.
within()
{
    (ulimit -v "$1" && shift && "$@")
}

# told KILOBYTES STATUS: checks $trace and prints the headline.
told()
{
    local status=0 output
    output=$(within "$1" timeout 20 "$sockdrill" check --color=never tcp-echo "$trace") || status=$?
    [ "$status" -eq "$2" ] || { echo "exit status $status: $output" >&2; return 1; }
    echo "${output%%$'\n'*}"
}

# What a trace of 100 000 events and one of 2000 say of a fault early, in the middle and at the end.
same_as_short()
{
    local fault=$1 cause=$2 connection short
    long 2000 "$fault" 10
    short=$(told 64000 1)
    [ "$short" = "✗ tcp-echo does not hold: $cause" ] || { echo "short: $short"; return 1; }
    for connection in 1 500 999; do
        long 100000 "$fault" "$connection"
        [ "$(told 128000 1)" = "$short" ] || { echo "connection $connection: $(told 128000 1)"; return 1; }
    done
}

@test "100 000 events hold in the memory of 10 000" {
    local events
    for events in 10000 100000; do
        long "$events" none 0
        told 64000 0
    done
}

@test "from a pipe, too" {
    long 10000 none 0
    within 64000 "$sockdrill" check tcp-echo - < <(cat "$trace")
}

@test "wrong bytes in one connection of a thousand" {
    same_as_short data 'server: send: data is "piXg\n", expected "ping\n"'
}

@test "no answer in one connection of a thousand" {
    same_as_short unanswered 'server: send is missing'
}

@test "one connection of a thousand is not closed" {
    same_as_short unclosed 'server: close is missing'
}

@test "one connection of a thousand gets too much" {
    same_as_short extra 'server: send was not expected'
}

@test "the server listens a second time, among a thousand connections" {
    same_as_short own 'server: listen was not expected'
}
