#!/usr/bin/env bats
# tests/cli/batch.bats: several scenarios in one run: side by side, told in order, summed up, and ended together.

load helpers

# scenario NAME LINE…: an expectation in the course of this test.
scenario()
{
    local name=$1
    shift
    mkdir -p "$BATS_TEST_TMPDIR/data/expected"
    export SOCKDRILL_DATA=$BATS_TEST_TMPDIR/data
    cd "$BATS_TEST_TMPDIR" || return 1
    printf '%s\n' "$@" >"data/expected/$name.expect"
}

holds() { scenario "$1" 'a "true" {' '    exit 0' '}'; }
fails() { scenario "$1" 'a "false" {' '    exit 0' '}'; }
untested() { scenario "$1" 'requires linux 99.1' 'a "true" {' '}'; }
# One that does not end by itself for a minute.
sleeps() { scenario "$1" "a \"sleep $mark\" {" '    timeout 2m' '}'; }

course()
{
    printf '%s\n' "$@" >"$BATS_TEST_TMPDIR/data/expected/course"
}

# The names in the order told, with their marks, and whether that is of the summary.
marks()
{
    sed -nE 's/^( *)(✓|✗|\?) ([^ ]+) .*/\1\2\3/p' <<<"$stdout" | sed 's/^  /=/' | xargs
}

@test "batch: all scenarios of the course, in its order, with a summary" {
    holds alpha
    fails bravo
    untested charlie
    holds delta
    course delta charlie bravo alpha
    sd_ends 1 run --all
    [ "$(marks)" = '✓delta ?charlie ✗bravo ✓alpha =?charlie =✗bravo' ]
    says '4 scenarios: 2 hold, 1 does not hold, 1 could not be tested' \
        'charlie could not be tested: it requires linux 99.1' 'bravo does not hold: a: exited with 1, expected exit 0'
    sd_ends 1 run -j 1 alpha bravo
    [ "$(marks)" = '✓alpha ✗bravo =✗bravo' ]
}

@test "batch: the exit status is the worst, a failure before what could not be tested" {
    holds alpha
    fails bravo
    untested charlie
    sd_ends 0 run alpha alpha
    sd_ends 3 run charlie alpha
    sd_ends 1 run charlie bravo alpha
    scenario wrong 'titel "x"'
    sd_ends 2 run alpha wrong charlie bravo
    says titel
    [ "$(marks)" = '✓alpha ?charlie ✗bravo =?wrong =?charlie =✗bravo' ]
    sd_ends 2 run alpha no-such-one
    [ "$(marks)" = '✓alpha' ]
}

@test "batch: a course that is wrong is told, and nothing is run" {
    holds alpha
    course alpha alhpa
    sd_ends 2 run --all
    says "there is no scenario 'alhpa'"
    [ -z "$stdout" ]
}

@test "batch: what does not go together is told" {
    sd_ends 2 run --all tcp-echo
    sd_ends 2 run --all -o "$BATS_TEST_TMPDIR/t.jsonl"
    sd_ends 2 run tcp-echo udp-echo -o "$BATS_TEST_TMPDIR/t.jsonl"
    sd_ends 2 run -j 0 tcp-echo
    sd_ends 2 run -j many tcp-echo
    sd_ends 2 run -j 257 tcp-echo
}

@test "batch: scenarios run side by side" {
    local n
    for n in 1 2 3; do
        # Each goes on when all have begun.
        scenario "s$n" "a \"sh -c 'touch $n; until [ -e 1 -a -e 2 -a -e 3 ]; do sleep 0.01; done'\" {" '    exit 0' '}'
    done
    sd_ends 0 run -j 3 s1 s2 s3
}

@test "batch: no more run at once than asked for" {
    local n
    for n in 1 2 3; do
        scenario "s$n" "a \"sh -c 'mkdir alone && sleep 0.05 && rmdir alone'\" {" '    exit 0' '}'
    done
    sd_ends 0 run -j 1 s1 s2 s3
}

@test "batch: a hundred runs side by side disturb each other neither in namespaces nor on the machine's ports" {
    many=$(for n in {1..33}; do echo tcp-echo udp-echo tcp-echo-servers; done)
    sd_ends 0 run -j 30 $many
    says '99 scenarios: 99 hold'
    sd_ends 0 run -j 30 --no-namespace $many
    says '99 scenarios: 99 hold'
}

# Succeeds when N processes with the mark run.
asleep()
{
    local tries
    for tries in {1..100}; do
        [ "$(pgrep -cf "^sleep $mark")" = "$1" ] && return 0
        sleep 0.05
    done
    return 1
}

@test "batch: SIGINT to sockdrill alone ends all, and what was done is told" {
    local n
    holds alpha
    for n in 1 2 3 4; do
        sleeps "s$n"
    done
    set -m # or the shell lets it pass over SIGINT
    "$sockdrill" run -j 3 alpha s1 s2 s3 s4 >"$BATS_TEST_TMPDIR/stdout" 2>&1 3>&- &
    pid=$!
    set +m
    asleep 3 || asleep 2
    kill -INT "$pid"
    status=0
    wait "$pid" || status=$?
    cat "$BATS_TEST_TMPDIR/stdout"
    [ "$status" = 130 ]
    nothing_left
    grep -q '✓ alpha holds' "$BATS_TEST_TMPDIR/stdout"
    grep -q 's1 could not be tested: the run was interrupted' "$BATS_TEST_TMPDIR/stdout"
    [ -z "$(grep 's4 ' "$BATS_TEST_TMPDIR/stdout")" ]
}

@test "batch: nothing is left when sockdrill is killed" {
    sleeps s1
    sleeps s2
    "$sockdrill" run -j 2 s1 s2 >/dev/null 2>&1 3>&- &
    pid=$!
    asleep 2
    kill -KILL "$pid"
    wait "$pid" || true
    asleep 0
}

@test "batch: progress is shown on a terminal, and only there" {
    script -qec true /dev/null </dev/null >/dev/null || skip "this machine gives no pseudo-terminals"
    TERM=xterm script -qec "stty cols 60; '$sockdrill' run tcp-echo udp-echo" /dev/null </dev/null >"$BATS_TEST_TMPDIR/tty"
    grep -q '0 of 2 done, tcp-echo' "$BATS_TEST_TMPDIR/tty"
    grep -q '2 scenarios: 2 hold' "$BATS_TEST_TMPDIR/tty"
    sd_ends 0 run tcp-echo udp-echo
    [[ $output != *'of 2 done'* ]]
}
